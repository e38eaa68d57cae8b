/** The port to what turns text into vectors, and the built-in ones: no model, no network, the same bytes everywhere. */
import { wordsOf } from "./words.ts";

export interface Embedder {
  /** Vectors of different embedders are never compared. */
  readonly name: string;
  readonly dimensions: number;
  /** Vectors of length 1, in the order of the texts. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
}

/** Something that a text is about, whatever its language; the higher the weight, the more it tells texts apart. */
export interface Idea {
  readonly name: string;
  readonly weight: number;
}

const wordPart = 512;
const ideaPart = 256;

/**
 * Hashed words and their character 3- to 5-grams (feature hashing with signs, Weinberger et al. 2009): near for texts
 * that share words, stems or parts of compounds. It knows nothing of meaning.
 */
export const lexicalEmbedder: Embedder = {
  name: "lexical-1",
  dimensions: wordPart,
  embed: async (texts) => texts.map(lexicalVector),
};

/**
 * The same words and n-grams, and apart from them what the texts are about in any language: near for what says the same
 * in other words, too. Its name changes when a vector comes to mean something else; that a word has one idea more or less
 * is not that.
 */
export function ideaEmbedder(ideasOf: (text: string) => readonly Idea[]): Embedder {
  return {
    name: "lexical-2",
    dimensions: wordPart + ideaPart,
    async embed(texts, signal) {
      const vectors: Float32Array[] = [];
      for (const text of texts) {
        signal?.throwIfAborted();
        vectors.push(joined(lexicalVector(text), ideaVector(ideasOf(text))));
        // Reading takes its time: others have a turn between texts.
        if (texts.length > 1) await new Promise(setImmediate);
      }
      return vectors;
    },
  };
}

/** What ideas count beside words, of the square of a vector's length. */
const ideaShare = 0.5;

/** Of length 1; words alone where there are no ideas. */
function joined(words: Float32Array, ideas: Float32Array): Float32Array {
  const length = Math.hypot(...ideas);
  const share = length === 0 ? 0 : ideaShare;
  const vector = new Float32Array(wordPart + ideaPart);
  vector.set(words.map((value) => value * Math.sqrt(1 - share)));
  if (length > 0)
    vector.set(
      ideas.map((value) => (value / length) * Math.sqrt(share)),
      wordPart,
    );
  return vector;
}

function ideaVector(ideas: readonly Idea[]): Float32Array {
  const vector = new Float32Array(ideaPart);
  for (const { name, weight } of ideas) add(vector, name, weight);
  return vector;
}

export function lexicalVector(text: string): Float32Array {
  const vector = new Float32Array(wordPart);
  const words = wordsOf(text);
  for (const word of words) {
    const weight = weightOf(word);
    add(vector, `=${word}`, 2 * weight);
    for (const gram of grams(` ${word} `)) add(vector, gram, weight / Math.sqrt(word.length + 1));
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector.fill(1 / Math.sqrt(wordPart)) : vector.map((value) => value / length);
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
  vector[hash % vector.length]! += (hash & 0x40000000 ? 1 : -1) * weight;
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
