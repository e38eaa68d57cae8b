/** Assent next to open proposals, which decides nothing. */
import type { MoveName } from "../languages/language.ts";
import { leadsQuestion } from "../link/grammar-words.ts";
import { linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import { any, asks, line, type Situation, type Spoken } from "../spoken.ts";
import type { PlannerState } from "../state.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { inside, type Span } from "../text/utterance.ts";
import { wordings } from "../text/wording.ts";

/** Assent next to open proposals decides nothing. */
export function deciding({ reading, briefing, state }: Situation): Spoken | null {
  const bare = onlyDecides(reading);
  const agreed = bare || reading.moves.has("assent") || reading.moves.has("go-ahead");
  const beside = wordsBeside(reading, ["assent", "go-ahead", "addition", "thanks"]);
  const assent = bare || (agreed && beside - wordsOfProposals(reading) <= 2);
  const begins = reading.senses.some(
    ({ meaning, from, ...span }) =>
      (from <= 2 || reading.language.script !== null) &&
      !(from > 0 && partOfName(reading, span)) &&
      meaning.kind === "move" &&
      (meaning.value === "assent" || meaning.value === "go-ahead"),
  );
  const asked = reading.senses.some((sense) => leadsQuestion(sense, reading.language)) || endsAsking(reading);
  if (
    !assent ||
    !(bare || begins) ||
    selectsCases(reading) ||
    (!bare && linksOf(reading, "statistic").length > 0) ||
    asked ||
    listsFirst(reading) ||
    (!bare && asksBeside(reading, ["assent", "go-ahead"])) ||
    any(reading, "standing", "delegate", "ledger") ||
    /\?\s*$/u.test(reading.text)
  )
    return null;
  const pending = briefing.proposals.filter((proposal) => proposal.state === "pending");
  if (pending.length === 0) return noneToDecide(reading, state);
  if (state.suggests.length > 0 && reading.moves.has("go-ahead")) return null;
  const named = mentioned(reading, pending);
  return {
    say: "decide-ui",
    confidence: 0.95,
    said: {
      headline:
        pending.length === 1
          ? line("A message does not decide. One proposal is waiting; its card has the buttons.")
          : line("A message does not decide. {count} proposals are waiting; their cards have the buttons.", {
              count: { quantity: pending.length, unit: "" },
            }),
      notes: named.map((proposal) =>
        line("{proposal}: {summary}", { proposal: proposal.id, summary: proposal.summary }),
      ),
      next: asks("what is waiting for me?", "Ask: {example}"),
    },
  };
}

/** "without the rejected ones", "only the approved": which cases, and no decision. */
const selectsCases = (reading: Reading): boolean =>
  linksOf(reading, "thing").length > 0 &&
  (rolesAt(reading, "include").some(({ from }) => from === 0) ||
    (["leaving-out", "lacking"] as const).some((list) => wordings(reading, list)[0]?.from === 0));

/** "list the rejected proposals": what was decided is to be shown, nothing is to be decided. */
const listsFirst = ({ senses, tokens }: Reading): boolean =>
  tokens.length > 1 &&
  senses.some(({ meaning, from }) => meaning.kind === "concept" && meaning.value === "list" && from === 0);

/** "count of Reject order": the word belongs to a step's name. */
const partOfName = (reading: Reading, span: Span): boolean =>
  linksOf(reading, "thing").some((link) => link.score > 0.9 && inside(span, link));

/** Words that only say which proposal. */
const wordsOfProposals = (reading: Reading): number =>
  reading.tokens.filter(
    ({ start, end }) =>
      linksOf(reading, "proposal").some((link) => link.start < end && start < link.end) ||
      reading.senses.some(
        (sense) =>
          sense.meaning.kind === "concept" && sense.meaning.value === "proposal" && sense.start === start,
      ),
  ).length;

/** "…ますか", "…吗": the last word makes it a question, where languages have such a word. */
export function endsAsking({ tokens, language }: Reading): boolean {
  if (language.questionsInPlace !== true) return false;
  return phrases(language.yesNo).includes(tokens.at(-1)?.lower ?? "");
}

/** "承認", "批准第二个": a word that decides where little else is said, and names a step or a number where more is. */
function onlyDecides(reading: Reading): boolean {
  const list = phrases(reading.language.decidesAlone ?? "");
  const { functionStems } = lexiconOf(reading.language);
  const places = [...linksOf(reading, "ordinal"), ...linksOf(reading, "proposal")];
  const friendly = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "move" && friendlyMoves.includes(meaning.value)) ||
      (meaning.kind === "concept" && meaning.value === "proposal"),
  );
  const endings = phrases(reading.language.numbers.ordinalEndings);
  const said = reading.tokens.filter(
    (token, at) =>
      (!functionStems.has(token.stem) || list.includes(token.lower)) &&
      !endings.includes(token.lower) &&
      !places.some((place) => inside(token, place)) &&
      !friendly.some(({ from, to }) => from <= at && at < to),
  );
  return said.length > 0 && said.every(({ lower }) => list.includes(lower));
}

const friendlyMoves: readonly string[] = ["assent", "go-ahead", "addition", "thanks"];

/** Ideas that may stand beside an assent or a withdrawal. */
const ofDecisions: readonly string[] = [
  "proposal",
  "approval",
  "decide",
  "publish",
  "draft",
  "act",
  "cancel",
  "undo",
];

/**
 * Words beside the move ask for something of their own. Where words are not set apart, few words say much: "執行回数" is no
 * order, "批准率" no assent.
 */
export function asksBeside(reading: Reading, moves: readonly MoveName[]): boolean {
  if (reading.language.script === null) return false;
  const own = reading.senses.filter(
    ({ meaning }) => meaning.kind === "move" && moves.includes(meaning.value),
  );
  const beside = reading.senses.filter(
    ({ from, to }) => !own.some((sense) => sense.from <= from && to <= sense.to),
  );
  return (
    beside.some(({ meaning }) =>
      meaning.kind === "concept" ? !ofDecisions.includes(meaning.value) : asking.includes(meaning.kind),
    ) || linksOf(reading, "thing").length > 0
  );
}

const asking: readonly string[] = ["metric", "statistic"];

/** "the first two", "the second one": the proposals meant; else all, at most five. */
function mentioned<Proposal>(reading: Reading, pending: readonly Proposal[]): readonly Proposal[] {
  const places = linksOf(reading, "ordinal");
  const count = reading.tokens.find(
    (token, at) =>
      places.some(({ end }) => end === reading.tokens[at - 1]?.end) &&
      Object.hasOwn(reading.language.numbers.values, token.lower),
  );
  const many = count ? reading.language.numbers.values[count.lower]! : 1;
  const first = places[0]?.position;
  if (first === undefined) return pending.slice(0, 5);
  const from = first > 0 ? first - 1 : pending.length - many;
  return pending.slice(from, from + many);
}

function noneToDecide(reading: Reading, state: PlannerState): Spoken | null {
  if (state.suggests.length > 0 || state.next !== null) return null;
  if (!onlyDecides(reading) && wordsBeside(reading, ["assent", "addition", "thanks"]) > 2) return null;
  return {
    say: "clarify",
    confidence: 0.8,
    said: {
      headline: line("Nothing is waiting for a decision. What would you like to look at?"),
      next: asks("where do we wait?"),
    },
  };
}
