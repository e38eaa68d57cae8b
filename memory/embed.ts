/** The port to what turns text into vectors, and the built-in one: no model, no network, the same bytes everywhere. */
import { wordsOf } from "./words.ts";

export interface Embedder {
  /** Vectors of different embedders are never compared. */
  readonly name: string;
  readonly dimensions: number;
  /** Vectors of length 1, in the order of the texts. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
}

const dimensions = 512;

/**
 * Hashed words and their character 3- to 5-grams (feature hashing with signs, Weinberger et al. 2009): near for texts
 * that share words, stems or parts of compounds. It knows nothing of meaning.
 */
export const lexicalEmbedder: Embedder = {
  name: "lexical-1",
  dimensions,
  embed: async (texts) => texts.map(lexicalVector),
};

export function lexicalVector(text: string): Float32Array {
  const vector = new Float32Array(dimensions);
  const words = wordsOf(text);
  for (const word of words) {
    const weight = weightOf(word);
    add(vector, `=${word}`, 2 * weight);
    for (const gram of grams(` ${word} `)) add(vector, gram, weight / Math.sqrt(word.length + 1));
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector.fill(1 / Math.sqrt(dimensions)) : vector.map((value) => value / length);
}

/** Short words of alphabets are mostly grammar. */
const weightOf = (word: string): number => {
  if (!/^[\p{Script=Latin}]+$/u.test(word)) return 1;
  return word.length <= 2 ? 0.15 : word.length === 3 ? 0.35 : 1;
};

function grams(word: string): string[] {
  const found: string[] = [];
  for (let size = 3; size <= 5; size++) {
    for (let at = 0; at + size <= word.length; at++) found.push(word.slice(at, at + size));
  }
  return found;
}

function add(vector: Float32Array, feature: string, weight: number): void {
  const hash = fnv(feature);
  vector[hash % dimensions]! += (hash & 0x40000000 ? 1 : -1) * weight;
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
