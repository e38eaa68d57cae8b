/** Tools by what people say for them: an index over their own examples and descriptions. */
import type { Tool } from "../../../../tools/define.ts";
import { languageOf, languages } from "../languages/index.ts";
import { read } from "../link/reading.ts";
import { denseVector, dot, type Features, featuresOf } from "./features.ts";

interface Example {
  readonly features: Features;
  readonly norm: number;
  readonly vector: Float32Array;
}

interface Indexed {
  readonly tool: Tool;
  readonly examples: readonly Example[];
  /** Everything its examples and description speak of. */
  readonly profile: Features;
}

export interface ToolIndex {
  readonly tools: readonly Indexed[];
  idf(feature: string): number;
}

export interface Likeness {
  readonly tool: Tool;
  /** 0…1: to its nearest example. */
  readonly example: number;
  /** 0…1: how much of what was said its examples and description speak of. */
  readonly coverage: number;
}

const cache = new WeakMap<readonly Tool[], ToolIndex>();
const byNames = new Map<string, ToolIndex>();

/** Built once for a set of tools. */
export function toolIndex(tools: readonly Tool[]): ToolIndex {
  let index = cache.get(tools);
  if (!index) {
    const key = tools.map((tool) => `${tool.name}@${tool.version}:${tool.examples.en.length}`).join("|");
    index = byNames.get(key) ?? buildIndex(tools);
    byNames.set(key, index);
    cache.set(tools, index);
  }
  return index;
}

const nowhere = { now: new Date(0), zone: "UTC", log: null, logs: [], proposals: [], kpis: [] };
const featuresIn = (text: string, code: string): Features =>
  featuresOf(read(text, languageOf(code), nowhere));

function buildIndex(tools: readonly Tool[]): ToolIndex {
  const indexed = tools.map((tool) => {
    const spoken = languages.flatMap(({ code }) =>
      (tool.examples[code] ?? []).map((text) => featuresIn(text, code)),
    );
    const description = featuresIn(`${tool.description} ${tool.name.replace(/[.-]/gu, " ")}`, "en");
    return { tool, spoken, profile: merge([...spoken, soften(description, 0.5)]) };
  });
  const frequency = new Map<string, number>();
  for (const { profile } of indexed)
    for (const feature of profile.keys()) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
  const idf = (feature: string): number =>
    Math.log(1 + (indexed.length + 1) / ((frequency.get(feature) ?? 0) + 0.5));
  return {
    idf,
    tools: indexed.map(({ tool, spoken, profile }) => ({
      tool,
      profile,
      examples: spoken.map((features) => ({
        features,
        norm: norm(features, idf),
        vector: denseVector(features),
      })),
    })),
  };
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
  return index.tools.map(({ tool, examples, profile }) => ({
    tool,
    example: best(
      examples.map(
        (example) => 0.8 * cosine(said, size, example, index.idf) + 0.2 * dot(vector, example.vector),
      ),
    ),
    coverage: coverage(said, profile, index.idf),
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
function coverage(said: Features, profile: Features, idf: (feature: string) => number): number {
  let [covered, all] = [0, 0];
  for (const [feature, weight] of said) {
    if (feature.startsWith("pair:")) continue;
    const mass = weight * idf(feature);
    all += mass;
    const known = profile.get(feature);
    if (known !== undefined) covered += mass * Math.min(1, known / weight);
  }
  return all === 0 ? 0 : covered / all;
}
