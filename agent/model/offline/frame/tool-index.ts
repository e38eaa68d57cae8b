/** Tools by what people say for them: an index over their own examples and descriptions. */
import { isWrite, type Tool } from "../../../../tools/define.ts";
import type { Slot } from "../../../../tools/inputs.ts";
import { examplesFor } from "../examples.ts";
import type { Language } from "../languages/language.ts";
import { normalise, type Token, tokenise } from "../text/utterance.ts";
import { descriptionFor, spokenFor } from "./example-features.ts";
import { denseVector, dot, type Features } from "./features.ts";
import { fieldsOf } from "./fields.ts";

interface Example {
  readonly features: Features;
  readonly norm: number;
  readonly vector: Float32Array;
}

export interface IndexedTool {
  readonly tool: Tool;
  readonly examples: readonly Example[];
  /** Its examples word for word, as `sentenceOf` has them. */
  readonly sentences: ReadonlySet<string>;
  /** Everything its examples and description speak of. */
  readonly profile: Features;
  /** Ideas of requests that a quarter of its examples and more speak of. */
  readonly signature: ReadonlySet<string>;
  /** Ideas that nearly all of its examples speak of: without one it is hardly meant. */
  readonly essence: ReadonlySet<string>;
}

export interface ToolIndex {
  readonly tools: readonly IndexedTool[];
  idf(feature: string): number;
  /** Some tool speaks of it. */
  knows(feature: string): boolean;
}

export interface Likeness {
  readonly tool: Tool;
  /** 0…1: to its nearest example. */
  readonly example: number;
  /** 0…1: how much of what was said its examples and description speak of. */
  readonly coverage: number;
  /** What speaks against it. */
  readonly mismatch: number;
}

const cache = new WeakMap<readonly Tool[], Map<string, ToolIndex>>();
const byNames = new Map<string, ToolIndex>();

/** Built once for a set of tools and the language that is spoken. */
export function toolIndex(tools: readonly Tool[], language: Language): ToolIndex {
  let indices = cache.get(tools);
  if (!indices) {
    indices = new Map();
    cache.set(tools, indices);
  }
  let index = indices.get(language.code);
  if (!index) {
    const names = tools.map((tool) => `${tool.name}@${tool.version}:${tool.examples.en.length}`);
    const key = [language.code, ...names].join("|");
    index = byNames.get(key) ?? buildIndex(tools, language);
    byNames.set(key, index);
    indices.set(language.code, index);
  }
  return index;
}

/** A text without case and punctuation. */
export const sentenceOf = (tokens: readonly Token[]): string => tokens.map(({ lower }) => lower).join(" ");

function buildIndex(tools: readonly Tool[], language: Language): ToolIndex {
  const indexed = tools.map((tool) => {
    const spoken = spokenFor(tool, language);
    return { tool, spoken, profile: merge([...spoken, soften(descriptionFor(tool, language), 0.5)]) };
  });
  const frequency = new Map<string, number>();
  for (const { profile } of indexed)
    for (const feature of profile.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const idf = (feature: string): number =>
    Math.log(1 + (indexed.length + 1) / ((frequency.get(feature) ?? 0) + 0.5));
  return {
    idf,
    knows: (feature) => frequency.has(feature),
    tools: indexed.map(({ tool, spoken, profile }) => ({
      tool,
      profile,
      signature: requestsIn(spoken, 1 / 4),
      essence: requestsIn(spoken, 2 / 3),
      sentences: new Set(
        examplesFor(tool, language).map((text) => sentenceOf(tokenise(normalise(text), language))),
      ),
      examples: spoken.map((features) => ({
        features,
        norm: norm(features, idf),
        vector: denseVector(features),
      })),
    })),
  };
}

/** Ideas that say what is to be done, as opposed to what it is about. */
const requests: ReadonlySet<string> = new Set(
  [
    "map",
    "variant",
    "bottleneck",
    "cause",
    "compare",
    "quality",
    "profile",
    "rule",
    "draft",
    "simulate",
    "publish",
    "optimise",
    "what-if",
    "watch",
    "promise",
    "connector",
    "act",
    "approval",
    "diff",
    "affected",
    "undo",
    "requester",
    "expiry",
    "ledger",
    "health",
    "import",
    "export",
    "model-file",
    "predict",
    "contradict",
    "simplify",
    "fix",
    "staff",
    "skip",
    "automate",
    "stop",
    "handover",
    "conformance",
    "deviating",
    "drift",
    "dots",
    "cluster",
    "unwritten",
    "ordering",
    "four-eyes",
    "repair",
    "filter",
    "waiting-kind",
    "clock",
    "load",
    "effort",
  ].map((concept) => `concept:${concept}`),
);

/** Requests that at least a share of the examples speaks of. */
function requestsIn(spoken: readonly Features[], share: number): Set<string> {
  const counts = new Map<string, number>();
  for (const features of spoken) {
    for (const feature of features.keys())
      if (requests.has(feature)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return new Set(
    [...counts].filter(([, count]) => count >= spoken.length * share).map(([feature]) => feature),
  );
}

/** A request that the tool's examples never speak of costs; so does asking for none of what they are about. */
function mismatch(said: Features, { profile, signature, essence, tool }: IndexedTool): number {
  const asked = [...said.keys()].filter((feature) => requests.has(feature));
  const foreign = asked.filter((feature) => !profile.has(feature)).length;
  const unasked =
    signature.size > 0 && tool.risk !== "read" && !asked.some((feature) => signature.has(feature));
  const opposite = tool.risk !== "read" && said.has("concept:stop") !== signature.has("concept:stop");
  const lost = [...essence].some((feature) => !said.has(feature));
  const meant = essence.size > 0 && !lost && asked.every((feature) => essence.has(feature));
  const beyond = isWrite(tool) ? asked.filter((feature) => !signature.has(feature)).length : 0;
  return (
    0.1 * Math.min(2, foreign) +
    (unasked ? 0.15 : 0) +
    (opposite ? 0.4 : 0) +
    (lost ? 0.18 : 0) -
    (meant ? 0.045 : 0) +
    0.15 * Math.min(1, beyond)
  );
}

const soften = (features: Features, factor: number): Features =>
  new Map([...features].map(([feature, weight]) => [feature, weight * factor]));

function merge(all: readonly Features[]): Features {
  const merged = new Map<string, number>();
  for (const features of all) {
    for (const [feature, weight] of features) merged.set(feature, Math.max(weight, merged.get(feature) ?? 0));
  }
  return merged;
}

const norm = (features: Features, idf: (feature: string) => number): number =>
  Math.sqrt([...features].reduce((sum, [feature, weight]) => sum + (weight * idf(feature)) ** 2, 0)) || 1;

/** All tools with how near they are to what was said. */
export function likenesses(said: Features, index: ToolIndex): Likeness[] {
  const size = norm(said, index.idf);
  const vector = denseVector(said);
  return index.tools.map((indexed) => ({
    tool: indexed.tool,
    mismatch: mismatch(said, indexed),
    example: best(
      indexed.examples.map(
        (example) => 0.8 * cosine(said, size, example, index.idf) + 0.2 * dot(vector, example.vector),
      ),
    ),
    coverage: coverage(said, indexed.profile, index, slotsOf(indexed.tool)),
  }));
}

/** The nearest example counts most, the next two support it. */
function best(scores: readonly number[]): number {
  const sorted = [...scores].sort((left, right) => right - left);
  return 0.8 * (sorted[0] ?? 0) + 0.12 * (sorted[1] ?? 0) + 0.08 * (sorted[2] ?? 0);
}

function cosine(said: Features, size: number, example: Example, idf: (feature: string) => number): number {
  let sum = 0;
  for (const [feature, weight] of said) {
    const other = example.features.get(feature);
    if (other !== undefined) sum += weight * other * idf(feature) ** 2;
  }
  return sum / (size * example.norm);
}

/** Pairs of words say little about coverage; everything else counts by weight and rarity. */
function coverage(said: Features, profile: Features, index: ToolIndex, slots: ReadonlySet<Slot>): number {
  let [covered, all] = [0, 0];
  for (const [feature, weight] of said) {
    if (feature.startsWith("pair:")) continue;
    const mass = weight * index.idf(feature) * (index.knows(feature) ? 1 : strangeWord);
    all += mass;
    const known = profile.get(feature);
    if (known !== undefined) covered += mass * Math.min(1, known / weight);
    else if (takenBy(feature).some((slot) => slots.has(slot))) covered += mass;
  }
  return all === 0 ? 0 : covered / all;
}

/** Words that no tool speaks of say little about which tool is meant. */
const strangeWord = 0.5;

const slotsOf = (tool: Tool): ReadonlySet<Slot> =>
  new Set(fieldsOf(tool).flatMap(({ slot }) => (slot ? [slot] : [])));

/** Slots that take what a feature stands for: a tool that has one need not speak of it. */
function takenBy(feature: string): readonly Slot[] {
  if (feature.startsWith("metric:") || measured.has(feature)) return ["metric"];
  if (feature.startsWith("statistic:")) return ["statistic"];
  return places[feature] ?? [];
}

const measured = new Set(
  ["wait", "rework", "failure", "completed", "duration", "slow", "fast"].map(
    (concept) => `concept:${concept}`,
  ),
);
const places: Readonly<Record<string, readonly Slot[]>> = {
  period: ["period"],
  "concept:trend": ["period"],
  duration: ["threshold", "hours", "filters"],
  money: ["money", "filters"],
  share: ["share"],
  window: ["filters", "selection-a"],
  "thing:activity": ["activity", "filters"],
  "thing:value": ["filters"],
  "thing:attribute": ["attribute", "filters"],
  "group-by": ["attribute"],
};
