/** From ranked tools to the frames of a plan, with what the thread supplies. */
import type { Briefing } from "../provider.ts";
import { forbidsDoing } from "./clauses.ts";
import { plainExample } from "./examples.ts";
import { added } from "./follow-up/amend.ts";
import { carry, completeChange, filtersOf } from "./follow-up/carried.ts";
import { casesMeant, pointsAtCases } from "./follow-up/cases-meant.ts";
import { isDependent } from "./follow-up/ellipsis.ts";
import { asksFigure } from "./frame/asked-besides.ts";
import { isDenied } from "./frame/exclusions.ts";
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import { asksTheSame, explainsLess, likelihoodOfAnswer } from "./frame/same-question.ts";
import type { Language } from "./languages/language.ts";
import { confidenceIn } from "./learned/confidence.ts";
import { committedModel } from "./learned/model.ts";
import { linksOf, type Reading, rolesAt } from "./link/reading.ts";
import type { Frame } from "./plan.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { inside } from "./text/utterance.ts";
import { wordCount } from "./text/wording.ts";
import type { Turn } from "./turn.ts";
import { strangeName } from "./unknown-object.ts";

/** The best frame, with what it leaves out taken from the thread when it leans on it. */
export function dependent({ state }: Turn, piece: Reading, ranked: readonly Ranked[]): Ranked | undefined {
  const best = ranked[0];
  if (!best || state.frames.length === 0) return best;
  if (!isDependent(piece, state)) return completed(best, state);
  const told = state.frames[0]!.input;
  const last = pointsAtCases(piece) ? { ...told, filters: casesMeant(told) } : told;
  const { activity: _activity, ...elsewhere } = last;
  const grown = added(piece, best.tool, best.filling.input, state);
  const whole = { ...best, filling: { ...best.filling, input: grown } };
  const carried = withCarried(whole, asksWhichStep(piece) ? elsewhere : last);
  return completed(carried, state);
}

/** A change that names no step is about the thread's. */
function completed(ranked: Ranked, state: Turn["state"]): Ranked {
  const input = completeChange(ranked.tool, ranked.filling.input, state);
  return input ? { ...ranked, filling: { ...ranked.filling, input } } : ranked;
}

/** "which step?" asks for what the thread's step would answer. */
function asksWhichStep(piece: Reading): boolean {
  const { entries } = lexiconOf(piece.language);
  const step = piece.tokens
    .slice(1, 3)
    .some(({ stem }) => entries.get(stem)?.some(({ value }) => value === "activity"));
  return step && piece.senses.some(({ meaning, from }) => from === 0 && isQuestion(meaning));
}

const isQuestion = (meaning: Reading["senses"][number]["meaning"]): boolean =>
  meaning.kind === "role" && meaning.value === "question";

function withCarried(best: Ranked, last: Readonly<Record<string, unknown>>): Ranked {
  const input = carry(best.tool, best.filling.input, last);
  const missingFields = best.filling.missing.filter(({ name }) => !(name in input));
  return { ...best, filling: { ...best.filling, input, missing: missingFields } };
}

/** A later request of the same text keeps the first one's cases. */
export const linked = (ranked: readonly Ranked[], frames: readonly Frame[]): Ranked | undefined =>
  ranked[0] && withCarried(ranked[0], frames[0]!.input);

/** "in May, how many were rejected, and how many paid?": the time is meant of all. */
export const onlyItsTime = (frame: Frame): Frame => ({
  ...frame,
  input: { ...frame.input, filters: filtersOf(frame.input).filter(({ kind }) => kind === "window") },
});

/** One frame, and one more for each further value of a field that takes only one. */
export function framesOf(turn: Turn, piece: Reading, best: Ranked): Frame[] {
  const first = frame(turn, piece, best);
  return [
    first,
    ...best.filling.also.map((input) => ({ ...first, input: { ...first.input, ...input }, variants: [] })),
  ];
}

/** Of several readings of a word, each is as likely as the others. */
const confidenceOf = (likelihood: number, { language }: Reading, others: number): number =>
  Math.round((100 * confidenceIn(likelihood, language.code, committedModel())) / (1 + others)) / 100;

/** As sure as a read of all cases may be where a name said of which. */
const doubtful = 0.6;

function frame({ briefing }: Turn, piece: Reading, best: Ranked): Frame {
  const variants = best.filling.variants.slice(0, 2);
  const sure = confidenceOf(likelihoodOfAnswer(best, rank(piece, briefing)), piece, variants.length);
  return {
    tool: best.tool.name,
    input: best.filling.input,
    text: piece.text,
    confidence: hasSlot(best.tool, "filters") && strangeName(piece) ? Math.min(sure, doubtful) : sure,
    variants,
    ...(best.filling.label === undefined ? {} : { label: best.filling.label }),
    assumptions: best.filling.assumed.map((name) => ({
      text: "The amount is read as the attribute {attribute}.",
      values: { attribute: name },
    })),
    awaits: awaited(piece, best, briefing),
    used: [...best.filling.used],
  };
}

/** "the worst one": an activity that only an earlier result can name. */
function awaited(piece: Reading, best: Ranked, briefing: Briefing): string | null {
  const field = fieldsOf(best.tool).find(({ slot }) => slot === "activity");
  if (!field || field.name in best.filling.input || !briefing.log) return null;
  // "lead time" leads nothing.
  const metrics = linksOf(piece, "metric");
  const worst = rolesAt(piece, "superlative").filter(
    (word) => !metrics.some((metric) => inside(word, metric)),
  );
  return worst.length > 0 && rolesAt(piece, "pronoun").length > 0 ? field.name : null;
}

/** It was asked to be done, not only to be drafted or shown. */
export function acting(reading: Reading, best: Ranked): boolean {
  if (forbidsDoing(reading) || isNotToBeDone(reading)) return false;
  if (reading.moves.has("go-ahead")) return true;
  if (reading.concepts.has("draft") || /\?\s*$/u.test(reading.text) || onlyTried(reading)) return false;
  return best.filling.rule || (reading.concepts.has("fix") && wordCount(reading) <= 4);
}

/** "how many cases would it have caught? don't publish anything": it is tried on the past, and nothing is to come of it. */
function onlyTried(reading: Reading): boolean {
  return (
    reading.concepts.has("simulate") && !reading.concepts.has("publish") && !reading.concepts.has("proposal")
  );
}

/** "without putting anything live", "nichts veröffentlichen": it is said that nothing is to be done. */
const isNotToBeDone = (reading: Reading): boolean =>
  reading.senses.some(
    (sense) =>
      ((sense.meaning.kind === "concept" && sense.meaning.value === "publish") ||
        (sense.meaning.kind === "move" && sense.meaning.value === "go-ahead")) &&
      isDenied(reading, sense),
  );

/** Two reads are both run where the second is at least this much as likely as the first, unless the first is this likely. */
const near = 0.6;
const clear = 0.55;

/** Where another read is as likely as the best, both are run, and their results are held against each other. */
export function besideRival(
  frames: readonly Frame[],
  ranked: readonly Ranked[],
  reading: Reading,
): readonly Frame[] {
  const { language } = reading;
  const [first, second] = ranked;
  const [only, ...more] = frames;
  if (!first || !second || !only || more.length > 0 || only.variants.length > 0) return frames;
  const reads = first.tool.risk === "read" && second.tool.risk === "read";
  const complete = first.filling.missing.length + second.filling.missing.length === 0;
  if (asksTheSame(first, second) || explainsLess(second, first)) return frames;
  if (pickTheSame(first, second)) return frames;
  // "how long do they take?" asks for one figure, and the second has none to choose.
  if (asksFigure(reading) && hasSlot(first.tool, "statistic") && !hasSlot(second.tool, "statistic"))
    return frames;
  if (!reads || !complete || second.likelihood < near * first.likelihood || first.likelihood >= clear)
    return frames;
  const variant = { tool: second.tool.name, input: second.filling.input, label: asAsked(second, language) };
  return [{ ...only, label: asAsked(first, language), variants: [variant] }];
}

/** "only the orders above 1500": counted or listed, they are the same cases, and nobody need say which. */
const pickTheSame = (first: Ranked, second: Ranked): boolean => {
  const filters = filtersOf(first.filling.input);
  const measures = [first, second].some(({ tool }) => hasSlot(tool, "statistic") || hasSlot(tool, "metric"));
  return (
    filters.length > 0 &&
    !measures &&
    [first, second].every(({ filling }) => filling.used.size > 0) &&
    JSON.stringify(filters) === JSON.stringify(filtersOf(second.filling.input)) &&
    [first, second].some(({ tool }) => fieldsOf(tool).every(({ slot }) => onlyPicks.has(slot)))
  );
};
/** A tool that has no other field says nothing but which cases there are. */
const onlyPicks: ReadonlySet<unknown> = new Set(["log", "filters"]);

/** The tool in a person's words. */
const asAsked = ({ tool }: Ranked, language: Language): string =>
  plainExample(tool, language) ?? tool.description;
