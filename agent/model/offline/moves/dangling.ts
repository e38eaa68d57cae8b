/** Texts that point at something nobody has spoken of. */
import type { Briefing } from "../../provider.ts";
import { rank } from "../frame/rank.ts";
import type { Concept } from "../languages/language.ts";
import { linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import { any, type Situation, type Spoken } from "../spoken.ts";
import type { PlannerState } from "../state.ts";
import { isEnclitic } from "../text/enclitic.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { inside, type Span } from "../text/utterance.ts";
import { wordCount } from "../text/wording.ts";
import { judgements, judgesIt } from "./judging.ts";
import { unspoken } from "./unspoken.ts";

/** What "it" may be besides a case or a step. */
const proposalConcepts: readonly Concept[] = [
  "approval",
  "undo",
  "decide",
  "expiry",
  "diff",
  "affected",
  "requester",
  "proposal",
  "promise",
  "fix",
];

/** Ideas that need no "it": "is there drift?", "are there clusters?". */
const ofTheLog: readonly Concept[] = [
  "case",
  "activity",
  "process",
  "log",
  "health",
  "connector",
  "map",
  "variant",
  "rule",
  "quality",
  "conformance",
  "deviating",
  "drift",
  "dots",
  "cluster",
  "unwritten",
  "four-eyes",
  "handover",
  "filter",
  "waiting-kind",
  "clock",
  "load",
  "watch",
  "memory",
  "import",
  "failure",
  "evaluate",
  "spending",
];

/** "exporte la carte": an article inside a phrase points at nothing. */
const inPhrase = (reading: Reading, pronoun: Span): boolean =>
  reading.senses.some(
    (sense) => sense.meaning.kind === "concept" && sense.to - sense.from > 1 && inside(pronoun, sense),
  );

/** "is it late?" where nothing was spoken of before. */
export function dangling({ reading, briefing, state }: Situation): Spoken | null {
  if (state.frames.length === 0 && (continuing(reading) || judgesIt(reading) || whyAlone(reading)))
    return unspoken(briefing);
  const pronouns = rolesAt(reading, "pronoun").filter((pronoun) => !inPhrase(reading, pronoun));
  const pointing =
    reading.document === null &&
    (wordCount(reading) <= (pronouns.some(({ from }) => from === 0) ? 6 : 5) || saysNothing(reading)) &&
    (pronouns.length > 0 || isEnclitic(reading) || subjectLeftOut(reading) || onlyAPlace(reading, briefing));
  const named = reading.links.some(({ kind }) =>
    ["thing", "window", "log", "kpi", "duration", "proposal"].includes(kind),
  );
  const process = any(reading, ...proposalConcepts, ...ofTheLog) || asksWhy(reading);
  if (!pointing || named || process || state.frames.length > 0) return null;
  const isVerdict = subjectLeftOut(reading) || onlyJudges(reading) || onlyAPlace(reading, briefing);
  if (reading.language.script !== null && !isVerdict && surelyMeant(reading, briefing)) return null;
  return unspoken(briefing);
}

/** "why?", "but why that?": no word says of what. */
const whyAlone = (reading: Reading): boolean =>
  reading.moves.has("why") &&
  reading.links.length === 0 &&
  [...reading.concepts].every((concept) => concept === "cause") &&
  wordCount(reading) <= mostOfWhy &&
  wordsBeside(reading, ["why", "addition", "correction"]) <= (sighsFirst(reading) ? 1 : 0);

/** "no ale czemu?", "tja, warum?": a short word before it that means nothing here. */
const sighsFirst = ({ tokens, senses, language }: Reading): boolean =>
  tokens[0] !== undefined &&
  language.script === null &&
  tokens[0].lower.length <= 4 &&
  !lexiconOf(language).functionStems.has(tokens[0].stem) &&
  !senses.some(({ from }) => from === 0);

const mostOfWhy = 5;

/** "spiegami la terza", where nothing was listed. */
const onlyAPlace = (reading: Reading, { proposals }: Briefing): boolean =>
  proposals.length === 0 && linksOf(reading, "ordinal").length > 0 && !any(reading, "case", "list");

/** "et celui-là, il en est où ?": no word of content. */
const saysNothing = ({ tokens, language, senses }: Reading): boolean =>
  tokens.length <= 9 &&
  tokens.every(
    ({ stem }, at) =>
      lexiconOf(language).functionStems.has(stem) ||
      senses.some(
        ({ meaning, from, to }) =>
          from <= at && at < to && meaning.kind === "role" && meaning.value === "pronoun",
      ),
  );

/** "why is it slow?": of the process, whatever "it" is. */
const asksWhy = (reading: Reading): boolean =>
  any(reading, "cause") && any(reading, "slow", "late", "wait", "rework");

/** "¿Va tarde?", "Está atrasado?": a verdict is asked for, and of what is left out. */
const subjectLeftOut = (reading: Reading): boolean =>
  phrases(reading.language.subjectless ?? "").includes(reading.tokens[0]?.lower ?? "") && onlyJudges(reading);

/** "それは遅れていますか？": a verdict is all that is asked for. */
const onlyJudges = ({ concepts }: Reading): boolean =>
  concepts.size > 0 && [...concepts].every((concept) => judgements.includes(concept));

/** "把这个分享给团队": what is pointed at hardly changes what is asked. */
const surelyMeant = (reading: Reading, briefing: Briefing): boolean =>
  (rank(reading, briefing)[0]?.likelihood ?? 0) >= 0.75;

/** "only web orders", "only scores above 600" say which cases, with or without a question before them. */
const narrows = (reading: Reading): boolean =>
  rolesAt(reading, "include").some(({ from }) => from === 0) &&
  reading.links.some((link) =>
    link.kind === "thing"
      ? link.thing.kind === "value" ||
        (link.thing.kind === "attribute" && linksOf(reading, "comparator").length > 0)
      : link.kind === "window",
  );

/** "what about the North?": goes on with a question that nobody has asked. */
const continuing = (reading: Reading): boolean =>
  !narrows(reading) &&
  reading.senses.some(
    ({ meaning, from }) => from === 0 && meaning.kind === "move" && meaning.value === "addition",
  ) &&
  [...reading.concepts].every((concept) => ["case", "team", "activity", "process"].includes(concept)) &&
  linksOf(reading, "metric").length === 0 &&
  wordCount(reading) <= 5;

/** "et celui-là, il en est où ?", "explain the third one", "change to 400": it points at what nobody showed. */
export function pointsAtNothing(reading: Reading, state: PlannerState): boolean {
  const points =
    rolesAt(reading, "pronoun").length > 0 ||
    reading.links.some(({ kind }) => kind === "ordinal" || kind === "number");
  const named = reading.links.some(({ kind }) => ["thing", "window", "log", "kpi", "metric"].includes(kind));
  return state.frames.length === 0 && points && !named && wordCount(reading) <= mostPointing;
}

const mostPointing = 7;
