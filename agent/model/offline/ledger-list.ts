/** "What did Ana reject last week?", "executions that failed": what was decided and done here, by whom and when. */
import type { Briefing } from "../provider.ts";
import { conditional, isOrdered } from "./frame/asked-besides.ts";
import { hasSlot } from "./frame/fields.ts";
import { fill } from "./frame/slots.ts";
import { framesOf } from "./framing.ts";
import { type LedgerWords, ledgerWords } from "./languages/ledger-words.ts";
import { leadsQuestion } from "./link/grammar-words.ts";
import { linksOf, type Reading, rolesAt } from "./link/reading.ts";
import type { Plan } from "./plan.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { spansOf } from "./text/patterns.ts";
import { overlap, type Span } from "./text/utterance.ts";
import { says } from "./text/wording.ts";
import { calls, type Turn } from "./turn.ts";

export interface LedgerAsked {
  readonly person?: string;
  readonly decision?: string;
}

const likely = 0.95;

export function ledgerAsked(turn: Turn): Plan | null {
  const { reading, briefing } = turn;
  const tool = briefing.tools.find((known) => hasSlot(known, "decision"));
  const asked = tool && reading.document === null ? askedOf(reading, briefing) : null;
  if (!tool || !asked) return null;
  const filled = fill(tool, reading, briefing);
  const filling = { ...filled, input: { ...filled.input, ...asked }, missing: [], variants: [] };
  const frames = framesOf(turn, reading, { tool, filling, coverage: 1, likelihood: likely });
  return calls(turn, frames, { act: false });
}

/** The rarest first: what failed was executed too. */
const decisions = [
  "rejected",
  "withdrawn",
  "alerted",
  "approved",
  "executed",
  "proposed",
  "decided",
] as const;

function askedOf(reading: Reading, briefing: Briefing): LedgerAsked | null {
  const words = ledgerWords[reading.language.code];
  if (words === undefined || !leads(reading, words) || isOther(reading)) return null;
  const person = personIn(reading, briefing);
  const of = (name: keyof LedgerWords): Span[] => spansOf(reading, words[name]);
  const failed = of("failed").length > 0 && of("execution").length > 0;
  const decision = failed ? "failed" : decisions.find((name) => of(name).length > 0);
  if (decision === undefined && (person === null || of("did").length === 0)) return null;
  // "show approvals": those that wait may be meant as well.
  const open =
    decision === "approved" || decision === "decided" || decision === "proposed" || decision === "alerted";
  const bounded = person !== null || linksOf(reading, "window").length > 0;
  if (open && !bounded) return null;
  const spoken = [...decisions, "failed", "execution", "did", "beside", "lead"] as const;
  const said = [...spoken.flatMap(of), ...linksOf(reading, "window"), ...(person ? [person.span] : [])];
  if (!isAllThatIsSaid(reading, said)) return null;
  return {
    ...(person ? { person: person.id } : {}),
    ...(decision === undefined ? {} : { decision }),
  };
}

/** Cases of the log are decided upon, too; so are rules of approval. What "it" is, the thread knows. */
const isOther = (reading: Reading): boolean =>
  (conditional(reading) && isOrdered(reading)) ||
  reading.moves.has("why") ||
  says(reading, "obligation") ||
  /必要|べき|需要|应该|我要/u.test(reading.text) ||
  rolesAt(reading, "pronoun").some(({ to }) => to === reading.tokens.length) ||
  linksOf(reading, "statistic").length > 0 ||
  linksOf(reading, "proposal").length > 0 ||
  (["case", "process", "activity", "rule", "what-if", "connector"] as const).some((each) =>
    reading.concepts.has(each),
  );

interface FoundPerson {
  readonly id: string;
  readonly span: Span;
}

/** Somebody of the organisation by name, first name or id; nobody where two are called so. */
function personIn(reading: Reading, { people = [] }: Briefing): FoundPerson | null {
  const found = people.flatMap(({ id, name }): FoundPerson[] => {
    const first = name.split(/\s+/u)[0] ?? "";
    const ways = [...new Set([name, id, first])].filter((way) => way.length > 1);
    const spans = ways.flatMap((way) => spansOfName(reading, way));
    return spans[0] ? [{ id, span: spans[0] }] : [];
  });
  return found.length === 1 ? found[0]! : null;
}

/** Also with an ending ("Ana's", "Any" is another name), and between letters of a script without spaces. */
function spansOfName({ text }: Reading, name: string): Span[] {
  const source = RegExp.escape(name);
  const pattern = new RegExp(
    `(?<![\\p{Script=Latin}\\p{N}])${source}(?:['’]?s)?(?![\\p{Script=Latin}\\p{N}])`,
    "giu",
  );
  return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

/** A question, a request to show, or what is listed itself: "executions that failed". */
function leads(reading: Reading, words: LedgerWords): boolean {
  const at = reading.tokens.findIndex((_, index) => !goesOn(reading, index));
  const first = reading.tokens[at];
  if (first === undefined) return false;
  const opens = [words.lead, words.execution, words.failed];
  if (reading.language.script !== null) return spansOf(reading, words.lead).length > 0;
  return (
    opens.some((source) => spansOf(reading, source).some((span) => overlap(span, first))) ||
    reading.senses.some((sense) => sense.from === at && leadsQuestion(sense, reading.language))
  );
}

/** "and", "ok": what a question may begin with that goes on with a talk. */
const goesOn = ({ senses }: Reading, at: number): boolean =>
  senses.some(
    ({ meaning, from, to }) =>
      from <= at &&
      at < to &&
      ((meaning.kind === "role" && meaning.value === "conjunction") ||
        (meaning.kind === "move" && (meaning.value === "addition" || meaning.value === "assent"))),
  );

function isAllThatIsSaid(reading: Reading, said: readonly Span[]): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const plain = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "role" && meaning.value !== "exclude") ||
      (meaning.kind === "concept" &&
        (meaning.value === "list" || meaning.value === "proposal" || meaning.value === "ledger")),
  );
  return reading.tokens.every(
    (token) => functionStems.has(token.stem) || [...said, ...plain].some((span) => overlap(span, token)),
  );
}
