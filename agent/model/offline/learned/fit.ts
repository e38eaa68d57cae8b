/** Fits the ranker on the corpus: the model, and how its evidence is weighed. Deterministic; takes one to two minutes. */
import type { Tool } from "../../../../tools/define.ts";
import { pendingProposals } from "../fixtures/judge.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { fixtureTools } from "../fixtures/tools.ts";
import { evidenceFor, lackingIn, utility, utilityOfLacking, weigh } from "../frame/rank.ts";
import { languageOf, profiles } from "../languages/index.ts";
import { read } from "../link/read.ts";
import type { Reading } from "../link/reading.ts";
import { Block } from "./block.ts";
import { corpus, corpusDigest } from "./corpus.ts";
import { type Choice, fitLogit } from "./logit.ts";
import { type Mix, type Model, predict } from "./model.ts";
import { type Forecast, leastSure } from "./reliability.ts";
import { languageOfSignal, type Signals, signalsOf } from "./signals.ts";
import { type Row, softmax, train } from "./train.ts";

/** One thing said. */
export interface Said {
  readonly text: string;
  readonly tool: string;
  readonly reading: Reading;
  readonly signals: Signals;
  readonly neutral: Signals;
  /** Which part it is tried in; null: only trained on. */
  readonly part: number | null;
  readonly log: "order-to-cash" | "helpdesk" | "loan";
}

export const folds = 5;
/** The part whose utterances the mix is fitted on, by a model that has not seen it. */
const trialPart = 0;
const settings = { epochs: 8, rate: 0.8, penalty: 2e-4 };
/** Seen less often than this, a signal has no column. */
const seldom = 2;
/** What a reading without words counts: a language without a corpus is understood by it. */
const neutralWeight = 0.15;
/** Steps from no weight to the largest. */
const steps = 63;

const nowhere = { now: new Date(0), zone: "UTC", log: null, logs: [], proposals: [], kpis: [] };

/**
 * The corpus read in its sample logs, and the tools' own examples in the languages of the corpus: translated examples
 * alone say too little of a language. Groups stay together in a part.
 */
export function saidByPeople(): Said[] {
  const groups = corpus();
  const spoken = [...Map.groupBy(groups, ({ language }) => language).values()].flatMap((ofLanguage) =>
    ofLanguage.flatMap(({ tool, log, says, language }, group) => {
      const here = sampleBriefing("", log);
      return says.map((text) => ({
        ...seen(text, tool, read(text, languageOf(language), here)),
        part: group % folds,
        log,
      }));
    }),
  );
  const taught = new Set(groups.map(({ language }) => language));
  const examples = profiles.flatMap(({ code }) => {
    if (!taught.has(code)) return [];
    const language = languageOf(code);
    return fixtureTools.flatMap((tool) =>
      (code === "en" ? tool.examples.en : (language.examples[tool.name] ?? [])).map((text) => ({
        ...seen(text, tool.name, read(text, language, nowhere)),
        part: null,
        log: "order-to-cash" as const,
      })),
    );
  });
  return [...spoken, ...examples];
}

const seen = (text: string, tool: string, reading: Reading) => ({
  text,
  tool,
  reading,
  signals: signalsOf(reading),
  neutral: signalsOf(reading, "neutral"),
});

const unmixed: Mix = { learned: 1, words: 0, slots: 0, lacking: 0 };

/** A model of what was said. Languages share the columns of what every language has, and nothing else. */
export function fitModel(said: readonly Said[], mix: Mix = unmixed): Model {
  const classes = [...new Set(said.map(({ tool }) => tool))].sort();
  const columns = columnsOf(said);
  const rowOf = (signals: Signals, tool: string, weight: number): Row => {
    const known = [...signals].filter(([name]) => columns.has(name));
    return {
      columns: known.map(([name]) => columns.get(name)!),
      values: known.map(([, value]) => value),
      target: classes.indexOf(tool),
      weight,
    };
  };
  const rows = [
    ...said.map(({ signals, tool }) => rowOf(signals, tool, 1)),
    ...said.map(({ neutral, tool }) => rowOf(neutral, tool, neutralWeight)),
  ];
  const trained = train(rows, { classes: classes.length, columns: columns.size, ...settings });
  const { weights, step } = inSteps(trained, classes.length);
  const blocks = blocksOf(columns, weights, classes.length);
  return {
    classes,
    languages: [...blocks.keys()].filter((code) => code !== "").sort(),
    bias: weights.subarray(columns.size * classes.length),
    block: (language) => blocks.get(language) ?? null,
    step,
    mix,
    sure: {},
    corpus: corpusDigest(corpus()),
  };
}

/** Only differences between classes count: each column's middle weight becomes none, so that most are. */
function inSteps(trained: Float64Array, classes: number): { weights: Int8Array; step: number } {
  for (let from = 0; from < trained.length; from += classes) {
    const middle = trained.slice(from, from + classes).sort()[classes >> 1]!;
    for (let at = from; at < from + classes; at++) trained[at]! -= middle;
  }
  const step = trained.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / steps;
  return { weights: Int8Array.from(trained, (weight) => Math.round(weight / step)), step };
}

function blocksOf(
  columns: ReadonlyMap<string, number>,
  weights: Int8Array,
  classes: number,
): Map<string, Block> {
  const blocks = new Map<string, Block>();
  for (const [language, own] of Map.groupBy(columns, ([name]) => languageOfSignal(name))) {
    const rows = new Int8Array(own.length * classes);
    for (const [at, [, column]] of own.entries())
      rows.set(weights.subarray(column * classes, (column + 1) * classes), at * classes);
    blocks.set(
      language,
      Block.of(
        own.map(([name]) => name),
        rows,
      ),
    );
  }
  return blocks;
}

function columnsOf(said: readonly Said[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { signals } of said)
    for (const name of signals.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const often = [...counts].filter(([, count]) => count >= seldom).map(([name]) => name);
  return new Map(often.sort().map((name, at) => [name, at]));
}

/** What was meant among what it might have been: rows of learned, words, slots and lacking. */
interface Tried {
  readonly said: Said;
  readonly choice: Choice;
}

interface Unseen {
  readonly said: Said;
  readonly learned: Map<string, number>;
}

/** Utterances of the trial part with the likelihoods of a model that has not seen them. */
export function unseen(said: readonly Said[]): Unseen[] {
  const model = fitModel(said.filter(({ part }) => part !== trialPart));
  return said
    .filter(({ part }) => part === trialPart)
    .map((each) => ({ said: each, learned: predict(model, each.signals) }));
}

const proposals = pendingProposals(3);
const unit = (only: Partial<Mix>): Mix => ({ learned: 0, words: 0, slots: 0, lacking: 0, ...only });

/** Where what was meant can be chosen at all. */
function tried({ said, learned }: Unseen): Tried[] {
  const here = sampleBriefing(said.text, said.log, { proposals });
  const tools = evidenceFor(said.reading, here, learned).map((each) => ({
    name: each.tool.name,
    row: [
      utility(each, unit({ learned: 1 })),
      utility(each, unit({ words: 1 })),
      utility(each, unit({ slots: 1 })),
      0,
    ],
  }));
  const others = lackingIn(learned, here).map(({ ability, likelihood }) => ({
    name: ability,
    row: [utilityOfLacking(likelihood, unit({ learned: 1 })), 0, 0, 1],
  }));
  const all = [...tools, ...others];
  const meant = all.filter(({ name }) => name === said.tool);
  if (meant.length === 0) return [];
  const choice = [...meant, ...all.filter(({ name }) => name !== said.tool)].map(({ row }) => row);
  return [{ said, choice }];
}

/** How sure each utterance is read, and whether rightly. */
export function forecastsOf(trials: readonly Tried[], { learned, words, slots, lacking }: Mix): Forecast[] {
  return trials.map(({ choice }) => {
    const scores = Float64Array.from(
      choice,
      (row) => learned * row[0]! + words * row[1]! + slots * row[2]! + lacking * row[3]!,
    );
    softmax(scores);
    return { likelihood: Math.max(...scores), right: scores[0]! === Math.max(...scores) };
  });
}

/** How much the evidence is held to count alike, where its weight makes little difference to what was tried. */
const certainty = 0.03;

/** The trial part, tried; and the mix under which what was meant is likeliest there. */
export function trial(said: readonly Said[]): { trials: readonly Tried[]; mix: Mix } {
  const trials = unseen(said).flatMap(tried);
  const weights = fitLogit(
    trials.map(({ choice }) => choice),
    [1, 1, 1, 0],
    certainty,
  );
  const [learned, words, slots, lacking] = weights.map((value) => Math.round(value * 1000) / 1000);
  return { trials, mix: { learned: learned!, words: words!, slots: slots!, lacking: lacking! } };
}

/** At most this share of what people say is answered wrongly without a word of doubt, where no model has seen the like. */
const risk = 0.025;
/** Doubt that is voiced at nearly every answer says nothing. */
const surest = 0.96;

/** The part in which whole abilities are withheld; none that the mix is fitted on. */
const strangePart = 1;
const everyAbility = 4;
const everyTool = 10;

/**
 * Classes of which a model is told nothing, so that what was said of them is to it what people say that nobody thought
 * of: a quarter of the abilities that no tool has, and a tenth of the tools.
 */
export function withheld(said: readonly Pick<Said, "tool">[]): Set<string> {
  const classes = [...new Set(said.map(({ tool }) => tool))].sort();
  const each = (kind: RegExp, every: number) =>
    classes.filter((name) => kind.test(name)).filter((_, at) => at % every === 1);
  return new Set([...each(/^none\./u, everyAbility), ...each(/^(?!none\.)/u, everyTool)]);
}

/** How sure what was said is read by a model that knows neither its group nor, of a part of it, its ability. */
function strangers(said: readonly Said[], mix: Mix): Map<string, Forecast[]> {
  const hidden = withheld(said);
  const model = fitModel(
    said.filter(({ part, tool }) => part !== strangePart && !hidden.has(tool)),
    mix,
  );
  const heard = said.filter(({ part }) => part === strangePart);
  return new Map(
    [...Map.groupBy(heard, ({ reading }) => reading.language.code)].map(([code, own]) => [
      code,
      own.flatMap((each) => forecastOf(each, model, hidden)),
    ]),
  );
}

/** Nothing where it is taken for something that no tool can: that is said, and answers nothing. */
function forecastOf(
  { text, log, tool, reading, signals }: Said,
  model: Model,
  hidden: Set<string>,
): Forecast[] {
  const here = sampleBriefing(text, log, { proposals });
  const known = { ...here, tools: toolsWithout(here.tools, hidden) };
  const learned = predict(model, signals);
  const { tools, lacking } = weigh(
    evidenceFor(reading, known, learned),
    lackingIn(learned, known),
    model.mix,
  );
  const [best] = tools;
  if (!best || best.likelihood < (lacking[0]?.likelihood ?? 0)) return [{ likelihood: 0, right: true }];
  return [{ likelihood: best.likelihood, right: best.tool.name === tool }];
}

const fewer = new WeakMap<readonly Tool[], readonly Tool[]>();

/** The same list each time: what is indexed of it is kept. */
function toolsWithout(tools: readonly Tool[], hidden: ReadonlySet<string>): readonly Tool[] {
  const found = fewer.get(tools) ?? tools.filter(({ name }) => !hidden.has(name));
  fewer.set(tools, found);
  return found;
}

/** By language: from which likelihood on no doubt is voiced. A language that was tried on little is no surer than all are. */
function sureIn(forecasts: ReadonlyMap<string, readonly Forecast[]>): Record<string, number> {
  const ofAll = leastSure([...forecasts.values()].flat(), risk);
  const rounded = (least: number): number => Math.min(surest, Math.round(100 * least) / 100);
  return Object.fromEntries(
    [...forecasts].map(([code, own]) => [code, rounded(Math.max(ofAll, leastSure(own, risk)))]),
  );
}

export function fitRanker(said: readonly Said[]): Model {
  const { mix } = trial(said);
  return { ...fitModel(said, mix), sure: sureIn(strangers(said, mix)) };
}
