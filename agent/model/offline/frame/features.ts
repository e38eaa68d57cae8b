/** What an utterance is about, without the names and numbers in it: comparable between people's words and examples. */

import { againstTheRest } from "../link/comparing.ts";
import type { Link } from "../link/links.ts";
import type { Reading } from "../link/reading.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { overlap, type Span } from "../text/utterance.ts";

/** Feature → weight. */
export type Features = ReadonlyMap<string, number>;

const linkWeights: Readonly<Partial<Record<Link["kind"], number>>> = {
  window: 0.25,
  period: 0.8,
  duration: 0.5,
  money: 0.5,
  share: 0.5,
  proposal: 1,
  log: 0.5,
  number: 0.2,
};

export function featuresOf(reading: Reading): Features {
  const features = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    features.set(name, Math.max(weight, features.get(name) ?? 0));
  };
  for (const concept of reading.concepts) add(`concept:${concept}`, 2);
  for (const link of reading.links) {
    if (link.kind === "metric") add(`metric:${link.metric}`, 1.2);
    else if (link.kind === "statistic") add(`statistic:${link.statistic}`, 0.6);
    else if (link.kind === "thing") add(`thing:${link.thing.kind}`, 0.2);
    else if (linkWeights[link.kind]) add(link.kind, linkWeights[link.kind]!);
  }
  for (const { meaning } of reading.senses) {
    if (meaning.kind === "option") add(`option:${meaning.value}`, 0.5);
    if (meaning.kind === "role" && meaning.value === "group-by") add("group-by", 0.5);
  }
  if (contrasts(reading) || againstTheRest(reading)) add("concept:compare", 2);
  addWords(reading, add);
  return features;
}

/** "Is Poland slower than Spain?": two values or windows with a word of comparison between them. */
function contrasts(reading: Reading): boolean {
  const sides = reading.links.filter(
    (link) => link.kind === "window" || (link.kind === "thing" && link.thing.kind === "value"),
  );
  const comparing = reading.senses.filter(
    ({ meaning }) =>
      meaning.kind === "comparator" || (meaning.kind === "concept" && meaning.value === "compare"),
  );
  const after = reading.language.postpositions !== undefined;
  return sides.some((left, at) => {
    const right = sides[at + 1];
    return comparing.some(
      ({ start, end }) =>
        right !== undefined &&
        start >= left.end &&
        (end <= right.start || (after && start >= right.end && start - right.end <= 1)),
    );
  });
}

function addWords(reading: Reading, add: (name: string, weight: number) => void): void {
  const { functionStems } = lexiconOf(reading.language);
  const named = reading.links.filter((link) =>
    ["thing", "window", "hours", "number", "money", "duration", "share"].includes(link.kind),
  );
  let before = "";
  for (const token of reading.tokens) {
    const word = token.stem;
    if (named.some((link) => overlap(link, token)) || reading.quotes.some((quote) => overlap(quote, token))) {
      before = "*";
      continue;
    }
    add(`word:${word}`, functionStems.has(word) ? 0.15 : ownWeight(reading, token));
    if (before) add(`pair:${before} ${word}`, 0.25);
    before = word;
  }
}

/** A word says less by itself where an idea speaks for it, least inside a phrase ("loaded" in "got loaded"). */
function ownWeight(reading: Reading, token: Span): number {
  const ideas = reading.senses.filter(
    ({ meaning, ...span }) => meaning.kind === "concept" && overlap(span, token),
  );
  if (ideas.some(({ from, to }) => to - from > 1)) return 0.25;
  return ideas.length > 0 ? withIdea : 0.9;
}
const withIdea = 0.55;

const dimensions = 512;

const vectors = new WeakMap<Features, Float32Array>();

/** Hashed character 3- to 5-grams of the features' words, length 1: near for words that share most letters. */
export function denseVector(features: Features): Float32Array {
  const vector = vectors.get(features) ?? vectorOf(features);
  vectors.set(features, vector);
  return vector;
}

function vectorOf(features: Features): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const [feature, weight] of features) {
    if (!feature.startsWith("word:")) continue;
    const word = ` ${feature.slice(5)} `;
    for (let size = 3; size <= 5; size++) {
      for (let at = 0; at + size <= word.length; at++) {
        const hash = fnv(word.slice(at, at + size));
        vector[hash % dimensions]! += (hash & 0x40000000 ? 1 : -1) * weight;
      }
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** FNV-1a, 32 bit. */
function fnv(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}

export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!;
  return sum;
}
