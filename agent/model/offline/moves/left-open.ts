/** What is asked leaves open what a thread would say, and nothing was said in it: "the same for that group", "both of them". */
import type { Briefing } from "../../provider.ts";
import { written } from "../answers/written.ts";
import { choiceWords } from "../languages/choice-words.ts";
import type { Concept } from "../languages/language.ts";
import { type OpenWords, openWords } from "../languages/open-words.ts";
import { linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { asks, line, type Situation, type Spoken } from "../spoken.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { inside, type Span } from "../text/utterance.ts";
import { wordCount } from "../text/wording.ts";
import { unspoken } from "./unspoken.ts";

/** Longer texts say what they mean. */
const longest = 10;

export function leftOpen({ reading, briefing, state }: Situation): Spoken | null {
  const words = openWords[reading.language.code];
  if (!words || state.frames.length > 0 || reading.document !== null || wordCount(reading) > longest)
    return null;
  if (isSameAgain(reading, words) || changesSomething(reading, words)) return unspoken(briefing);
  const attribute = comparesBoth(reading);
  if (attribute !== null) return whichTwo(briefing, attribute);
  return bestOf(reading) === null ? null : byWhat();
}

/** Nouns and what people are grouped by: they name no question. */
const nouns: readonly Concept[] = [
  "case",
  "team",
  "cluster",
  "activity",
  "process",
  "person",
  "list",
  "rework",
  "stop",
  "count",
];

/** "the same again for that group": nothing says what was asked. */
const isSameAgain = (reading: Reading, { same }: OpenWords): boolean =>
  written(reading, same).length > 0 &&
  !reading.links.some(({ kind }) => kind === "metric") &&
  [...reading.concepts].every((concept) => nouns.includes(concept)) &&
  (points(reading) || linksOf(reading, "thing").length > 0);

const points = (reading: Reading): boolean =>
  rolesAt(reading, "pronoun").length > 0 ||
  rolesAt(reading, "rest").length > 0 ||
  reading.moves.has("addition");

/** "raise the limit a bit", "change that to 10": a figure is to be another, and nothing says which. */
function changesSomething(reading: Reading, { changes, limits, slightly }: OpenWords): boolean {
  const [verb] = written(reading, changes);
  if (verb === undefined || /[?？]\s*$/u.test(reading.text)) return false;
  const limit = written(reading, limits);
  const figures = reading.links.filter(
    ({ kind }) => !["metric", "statistic", "thing", "kpi", "unknown"].includes(kind),
  );
  if (limit.length === 0 && figures.length === 0) return false;
  const said = [verb, ...limit, ...figures, ...written(reading, slightly), ...rolesAt(reading, "pronoun")];
  return isAllSaid(reading, said);
}

/** No word of content stands outside of the spans. */
function isAllSaid(reading: Reading, spans: readonly Span[]): boolean {
  const { functionStems } = lexiconOf(reading.language);
  return reading.tokens.every(
    (token) =>
      functionStems.has(token.stem) ||
      spans.some((span) => inside(token, span) || (reading.language.script !== null && inside(span, token))),
  );
}

/** "compare the two branches": the attribute whose values are meant, where there are more of them; "" where none is named. */
function comparesBoth(reading: Reading): string | null {
  const words = choiceWords[reading.language.code];
  if (!words || !reading.concepts.has("compare") || written(reading, words.both).length === 0) return null;
  // A slip of the hand, or a part of a name, is no second name.
  const things = linksOf(reading, "thing").filter(({ score }) => score > 0.5);
  if (things.length > 1 || linksOf(reading, "window").length > 0) return null;
  const [only] = things;
  const attribute = [only?.thing, ...(only?.alternatives ?? [])].find((thing) => thing?.kind === "attribute");
  if (attribute !== undefined) return attribute.name;
  return only === undefined && linksOf(reading, "metric").length === 0 ? "" : null;
}

/** Two values are no question. */
function whichTwo(briefing: Briefing, name: string): Spoken | null {
  const values =
    briefing.log?.vocabulary.attributes.find((attribute) => attribute.name === name)?.values ?? [];
  if (values.length === 2) return null;
  if (values.length === 0) return unspoken(briefing);
  const names = values.slice(0, 8).join(", ");
  return {
    say: "clarify",
    confidence: 0.7,
    said: { headline: line("Which two of these do you mean: {names}?", { names }) },
  };
}

/** "which is the best region?", by a measure that nobody named: what is told apart; null where it is another question. */
export function bestOf(reading: Reading): string | null {
  const words = openWords[reading.language.code];
  if (!words || written(reading, words.best).length === 0) return null;
  if (reading.links.some(({ kind }) => kind === "metric" || kind === "statistic" || kind === "number"))
    return null;
  if ([...reading.concepts].some((concept) => !verdicts.includes(concept))) return null;
  const named = linksOf(reading, "thing").flatMap(({ thing, alternatives }) => [thing, ...alternatives]);
  return named.find(({ kind }) => kind === "attribute")?.name ?? null;
}

const verdicts: readonly Concept[] = ["good", "bad", "up", "down", "optimise", "list", "team"];

const byWhat = (): Spoken => ({
  say: "clarify",
  confidence: 0.7,
  said: {
    headline: line(
      "By what measure? I can compare cycle time, waiting time, rework or how many cases there are.",
    ),
    next: asks("how long do cases take?"),
  },
});
