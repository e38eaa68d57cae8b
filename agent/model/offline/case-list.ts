/** Cases themselves are asked for: in an order ("the ten most expensive orders"), or those that are still open. */

import type { Filter } from "../../../tools/inputs.ts";
import { asksOtherwise, caseOrder } from "./frame/case-order.ts";
import { hasSlot } from "./frame/fields.ts";
import { notEnded } from "./frame/filters.ts";
import type { Ranked } from "./frame/rank.ts";
import { fill } from "./frame/slots.ts";
import { dependent, framesOf } from "./framing.ts";
import type { Link } from "./link/links.ts";
import { moneyWords } from "./link/money-words.ts";
import { linksOf, type Reading, rolesAt } from "./link/reading.ts";
import { cannot, columns } from "./obstacles/telling.ts";
import type { Plan } from "./plan.ts";
import { asks, line, type Spoken } from "./spoken.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { overlap, type Span } from "./text/utterance.ts";
import { says, wordings } from "./text/wording.ts";
import { calls, said, type Turn } from "./turn.ts";

/** How likely it is that a list is meant where its words say so. */
const likely = 0.95;

export function casesInOrder(turn: Turn): Plan | null {
  const { reading, briefing } = turn;
  const tool = briefing.tools.find((known) => hasSlot(known, "order-attribute"));
  const order = caseOrder(reading, briefing.log?.vocabulary ?? null);
  if (!tool || !order || reading.document !== null) return null;
  const last = turn.state.frames[0];
  if (order.bare && last && last.tool !== tool.name) return null;
  // How long the fastest one took is a figure.
  if (order.one && (order.order === "slowest" || order.order === "fastest")) return null;
  if (isRequest(reading)) return null;
  if (order.lacking) return said(turn, nothingToOrderBy(turn));
  if (order.by !== null && order.others.length > 0) return said(turn, byWhich([order.by, ...order.others]));
  const filling = fill(tool, reading, briefing);
  if (filling.input["order"] === undefined) return null;
  const input = order.bare && last ? { ...last.input, ...filling.input } : filling.input;
  return planOf(turn, {
    tool,
    filling: { ...filling, input, variants: [] },
    coverage: 1,
    likelihood: likely,
  });
}

/** "which orders are still open?", "list the tickets that have not been closed yet": nothing else is asked of them. */
export function openCases(turn: Turn): Plan | null {
  const { reading, briefing } = turn;
  const tool = briefing.tools.find((known) => hasSlot(known, "order-attribute"));
  if (!tool || briefing.log === null || reading.document !== null || asksOtherwise(reading)) return null;
  if (says(reading, "how-much") || moneyWords(reading).length > 0 || isRequest(reading)) return null;
  if (rolesAt(reading, "superlative").length > 0 || says(reading, "most")) return null;
  const ended = notEnded(reading);
  const measures = [...linksOf(reading, "statistic"), ...linksOf(reading, "metric")];
  if (measures.some((link) => !ended.some((span) => overlap(span, link)))) return null;
  const filling = fill(tool, reading, briefing);
  const filters = filling.input["filters"] as readonly Filter[] | undefined;
  if (!filters?.some((filter) => filter.kind === "open" && filter.next === undefined)) return null;
  if (!isAllThatIsSaid(reading, filling.used)) return null;
  return planOf(turn, { tool, filling: { ...filling, variants: [] }, coverage: 1, likelihood: likely });
}

/** "my open requests", "open items for approval", "tickets over there": what waits for a decision, or lies elsewhere. */
function isRequest(reading: Reading): boolean {
  const { senses, text } = reading;
  const columns = linksOf(reading, "thing").filter(({ thing }) => thing.kind === "attribute");
  const open: readonly Span[] = [...wordings(reading, "open-cases"), ...notEnded(reading), ...columns];
  const of = senses.filter(
    (sense) =>
      sense.meaning.kind === "concept" &&
      (sense.meaning.value === "approval" || sense.meaning.value === "decide") &&
      !open.some((word) => overlap(word, sense)),
  );
  return (
    of.length > 0 ||
    /\d{4}-\d{3}/u.test(text) ||
    /(?<!\p{L})(?:over there|di là|daar|tam)(?!\p{L})/iu.test(text) ||
    senses.some(
      ({ meaning, start, end }) =>
        meaning.kind === "concept" && meaning.value === "case" && generic.test(text.slice(start, end)),
    )
  );
}
const generic =
  /^(?:requests?|items?|solicitud(?:es)?|solicitaç(?:ão|ões)|demandes?|richiest[ae]|verzoek(?:en)?)$/iu;

/** Every word is one of grammar, a word for cases or a list of them, or says which. */
function isAllThatIsSaid(reading: Reading, used: ReadonlySet<Link>): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const taken: readonly Span[] = [...used, ...notEnded(reading), ...wordings(reading, "open-cases")];
  const plain = reading.senses.filter(
    ({ meaning }) =>
      meaning.kind === "role" ||
      (meaning.kind === "concept" && (meaning.value === "case" || meaning.value === "list")),
  );
  return reading.tokens.every(
    (token) => functionStems.has(token.stem) || [...taken, ...plain].some((span) => overlap(span, token)),
  );
}

/** With what the thread was about, where the words lean on it. */
function planOf(turn: Turn, asked: Ranked): Plan {
  const whole = dependent(turn, turn.reading, [asked]) ?? asked;
  return calls(turn, framesOf(turn, turn.reading, whole), { act: false });
}

/** Two figures fit the words alike. */
const byWhich = (names: readonly string[]): Spoken => ({
  say: "clarify",
  confidence: 0.8,
  said: {
    headline: line("By which figure shall they be put in order? There are {names}.", {
      names: names.map((name) => `"${name}"`).join(", "),
    }),
    next: asks(names[0]!),
  },
});

const nothingToOrderBy = ({ briefing }: Turn): Spoken =>
  cannot(
    line("The log has no amount that its cases could be put in order by."),
    columns(briefing),
    "show the slowest cases",
  );
