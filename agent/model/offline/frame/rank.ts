/** Ranks tools for a text: by a trained model, how near its examples are, and how well what was linked fills its input. */
import { isWrite, type Tool } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import { committedModel, type Mix, predict } from "../learned/model.ts";
import { signalsOf } from "../learned/signals.ts";
import { softmax } from "../learned/train.ts";
import { leadsQuestion } from "../link/grammar-words.ts";
import type { Link } from "../link/links.ts";
import type { Reading } from "../link/reading.ts";
import { wishTools } from "../memory/wish.ts";
import { featuresOf } from "./features.ts";
import { fieldsOf, hasSlot } from "./fields.ts";
import type { Filling } from "./filling.ts";
import { asAskedFirst } from "./same-question.ts";
import { fill } from "./slots.ts";
import { spansSteps } from "./step-order.ts";
import { likenesses, sentenceOf, toolIndex } from "./tool-index.ts";

export interface Ranked {
  readonly tool: Tool;
  readonly filling: Filling;
  /** 0…1: how much of what was said the tool's examples speak of. */
  readonly coverage: number;
  /** 0…1: how likely it is that the tool is the one that was meant; calibrated on utterances it was not trained on. */
  readonly likelihood: number;
}

/** Something that people ask for and that no tool here can. */
export interface Lacking {
  readonly ability: string;
  readonly likelihood: number;
}

export interface Ranking {
  readonly tools: readonly Ranked[];
  readonly lacking: readonly Lacking[];
}

/** What speaks for a tool, before it is weighed. */
export interface Evidence {
  readonly tool: Tool;
  readonly filling: Filling;
  readonly coverage: number;
  /** Probability by the trained model. */
  readonly learned: number;
  /** Likeness to the tool's examples. */
  readonly words: number;
  /** How well what was linked fills its input. */
  readonly slots: number;
  /** What hardly leaves a doubt, whatever the rest says: an example's own words, a place for what was pasted. */
  readonly certain: number;
}

/** What it costs to leave a link of this kind without a place. */
const unexplained: Readonly<Record<Link["kind"], number>> = {
  thing: 0.2,
  window: 0.15,
  duration: 0.2,
  money: 0.12,
  share: 0.12,
  period: 0.15,
  hours: 0.15,
  number: 0.06,
  metric: 0.06,
  statistic: 0.08,
  comparator: 0,
  ordinal: 0,
  proposal: 0.15,
  log: 0.05,
  kpi: 0.05,
  case: 0,
  unknown: 0.05,
};
const missingField = 0.3;
/** What was pasted found its place: few tools have one. */
const tookDocument = 6;
/** A whole rule was said, to be tried out. */
const asksToTry = 3;
/** "simulate: if …": the text begins with it, and asks for no draft. */
const triesOut = ({ senses, concepts }: Reading): boolean =>
  !concepts.has("draft") &&
  senses.some(({ meaning, from }) => meaning.kind === "concept" && meaning.value === "simulate" && from <= 3);
/** A figure that is asked for by name. */
const asksFigure = 0.06;
/** "which region …", by a tool that cannot tell regions apart. */
const undivided = 0.12;
/** "how long from A to B", by a tool that needs two steps and is asked for nothing else. */
const betweenSteps = 2;
function measuresBetween(tool: Tool, reading: Reading, { input, missing }: Filling): boolean {
  const field = fieldsOf(tool).find(({ slot }) => slot === "activities");
  if (!field?.required || missing.length > 0 || hasSlot(tool, "rule-kind") || hasSlot(tool, "activity"))
    return false;
  const steps = input[field.name];
  const metrics = reading.links.filter((link) => link.kind === "metric").map(({ metric }) => metric);
  const timed =
    reading.concepts.has("duration") ||
    metrics.some((metric) => ofSpans.has(metric)) ||
    reading.links.some((link) => link.kind === "statistic" && ofTimes.has(link.statistic));
  const other =
    metrics.some((metric) => !ofSpans.has(metric)) ||
    (["four-eyes", "rule", "what-if", "watch", "trend"] as const).some((each) =>
      reading.concepts.has(each),
    ) ||
    reading.links.some(({ kind }) => kind === "period");
  return Array.isArray(steps) && steps.length === 2 && timed && !other && spansSteps(reading);
}
const ofTimes: ReadonlySet<string> = new Set(["mean", "median", "p90", "p95"]);
const ofSpans: ReadonlySet<string> = new Set(["cycle_time", "time_to"]);

/** "ile zamówień wysłano bez kontroli?": a step that is lacking, and no question what would be without it. */
const unsupposed = 0.3;
const supposesNothing = ({ concepts, links }: Reading, { input }: Filling): boolean =>
  (input["change"] as { readonly kind?: unknown } | undefined)?.kind === "skip" &&
  !concepts.has("skip") &&
  !concepts.has("what-if") &&
  links.some(
    (link) => link.kind === "statistic" && (link.statistic === "count" || link.statistic === "share"),
  );

/** "from A to B", by a tool that would take the two together. */
const spanned = 0.5;
const dividing = (reading: Reading, link: Link): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "attribute" &&
  reading.tokens.some((token, at) => token.start === link.start && picks(reading, at - 1));
const picks = (reading: Reading, at: number): boolean =>
  reading.senses.some(
    (sense) =>
      sense.from <= at &&
      at < sense.to &&
      ((sense.meaning.kind === "role" && sense.meaning.value === "group-by") ||
        leadsQuestion(sense, reading.language)),
  );
/** A question seldom asks for a change. */
const questionOfWrite = 0.25;
/** What a place for it is worth; most for what few tools can take. */
const explained: Readonly<Partial<Record<Link["kind"], number>>> = {
  thing: 0.06,
  window: 0.03,
  period: 0.1,
  duration: 0.08,
  share: 0.06,
  money: 0.04,
  metric: 0.05,
  statistic: 0.04,
  proposal: 0.1,
  number: 0.04,
  case: 0.6,
};

const known = new WeakMap<Reading, { readonly briefing: Briefing; readonly ranking: Ranking }>();

/** Best first. */
export const rank = (reading: Reading, briefing: Briefing): readonly Ranked[] =>
  ranking(reading, briefing).tools;

/** Tools and abilities that none has, best first; together their likelihoods are at most 1. */
export function ranking(reading: Reading, briefing: Briefing): Ranking {
  const before = known.get(reading);
  if (before?.briefing === briefing) return before.ranking;
  const model = committedModel();
  const learned = predict(
    model,
    signalsOf(reading, model.languages.includes(reading.language.code) ? "all" : "neutral"),
  );
  const weighed = weigh(evidenceFor(reading, briefing, learned), lackingIn(learned, briefing), model.mix);
  const made = { ...weighed, tools: asAskedFirst(weighed.tools) };
  known.set(reading, { briefing, ranking: made });
  return made;
}

/** What it counts that somebody says exactly what an example says. */
const wordForWord = 3;
/** How likely, of an equal share, a tool is that the model was not trained on. */
const untrained = 0.1;
const fewByWords = 8;
const fewByModel = 6;

/** Only the likeliest by their examples, and the likeliest by the model, are filled. */
export function evidenceFor(
  reading: Reading,
  briefing: Briefing,
  learned: ReadonlyMap<string, number>,
): readonly Evidence[] {
  const unseen = untrained / learned.size;
  const sentence = sentenceOf(reading.tokens);
  const index = toolIndex(briefing.tools, reading.language);
  const verbatim = new Set(
    index.tools.flatMap(({ sentences, tool }) => (sentences.has(sentence) ? [tool] : [])),
  );
  const all = likenesses(featuresOf(reading), index)
    .filter(({ tool }) => !wishTools.has(tool.name))
    .map(({ tool, example, coverage, mismatch }) => ({
      tool,
      coverage,
      words: 0.48 * example + 0.52 * coverage - mismatch,
      certain: verbatim.has(tool) ? wordForWord : 0,
      learned: learned.get(tool.name) ?? unseen,
    }));
  const question = reading.senses.some((sense) => leadsQuestion(sense, reading.language));
  const simulates = new Set(
    index.tools.flatMap(({ tool, examples }) =>
      examples.filter(({ features }) => features.has("concept:simulate")).length > 1 ? [tool] : [],
    ),
  );
  const near = new Set([
    ...all.filter(({ certain }) => certain > 0),
    ...all.toSorted((left, right) => right.words - left.words).slice(0, fewByWords),
    ...all.toSorted((left, right) => right.learned - left.learned).slice(0, fewByModel),
  ]);
  return [...near].map((each) => {
    const filling = fill(each.tool, reading, briefing);
    const asked = isWrite(each.tool) && question ? questionOfWrite : 0;
    const took = reading.document !== null && Object.values(filling.input).includes(reading.document);
    return {
      ...each,
      filling,
      slots: slotScore(reading, filling) - asked,
      certain:
        each.certain +
        (took ? tookDocument : 0) +
        (filling.paired || measuresBetween(each.tool, reading, filling) ? betweenSteps : 0) +
        (filling.rule && triesOut(reading) && simulates.has(each.tool) ? asksToTry : 0),
    };
  });
}

/** Classes of the model that are no tool here. */
export function lackingIn(learned: ReadonlyMap<string, number>, { tools }: Briefing): Lacking[] {
  const names = new Set(tools.map(({ name }) => name));
  return [...learned].flatMap(([ability, likelihood]) =>
    names.has(ability) ? [] : [{ ability, likelihood }],
  );
}

/** No probability is taken to be smaller. */
const least = 1e-4;

export const utility = (
  { learned, words, slots }: Pick<Evidence, "learned" | "words" | "slots">,
  mix: Mix,
): number => mix.learned * Math.log(learned + least) + mix.words * words + mix.slots * slots;

export const utilityOfLacking = (likelihood: number, mix: Mix): number =>
  mix.learned * Math.log(likelihood + least) + mix.lacking;

/** Likelihoods of all of it, best first. */
export function weigh(evidence: readonly Evidence[], lacking: readonly Lacking[], mix: Mix): Ranking {
  const scores = Float64Array.from([
    ...evidence.map((each) => utility(each, mix) + each.certain),
    ...lacking.map(({ likelihood }) => utilityOfLacking(likelihood, mix)),
  ]);
  softmax(scores);
  const tools = evidence
    .map(({ tool, filling, coverage }, at) => ({ tool, filling, coverage, likelihood: scores[at]! }))
    .sort((left, right) => right.likelihood - left.likelihood);
  return {
    tools,
    lacking: lacking
      .map(({ ability }, at) => ({ ability, likelihood: scores[evidence.length + at]! }))
      .sort((left, right) => right.likelihood - left.likelihood),
  };
}

function slotScore(reading: Reading, filling: Filling): number {
  let score =
    -missingField * filling.missing.length +
    (filling.contrast ? 0.25 : 0) +
    (filling.grouped ? 0.2 : 0) +
    (filling.ruled ? 0.3 : 0);
  if (filling.measured) score += asksFigure;
  if (supposesNothing(reading, filling)) score -= unsupposed;
  if (takesTogether(filling) && spansSteps(reading)) score -= spanned;
  for (const link of reading.links) {
    if (filling.used.has(link)) score += explained[link.kind] ?? 0;
    else if (!takenBeside(link, filling)) {
      score -= unexplained[link.kind] * link.score ** 2 + (dividing(reading, link) ? undivided : 0);
    }
  }
  return score;
}

/** Several steps and one of them fill places of their own: the tool measures at them, and not from one to the other. */
const takesTogether = ({ input }: Filling): boolean =>
  Array.isArray(input["activities"]) &&
  input["activities"].length === 2 &&
  typeof input["activity"] === "string" &&
  input["groupBy"] === undefined &&
  input["period"] === undefined;

/** Another link over the same words was used. */
const takenBeside = (link: Link, filling: Filling): boolean =>
  [...filling.used].some((other) => other.start < link.end && link.start < other.end);
