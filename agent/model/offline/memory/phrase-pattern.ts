/** Phrases of the languages' word lists as regular expressions. */
import { fold } from "../text/stem.ts";

export const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** What may stand between two phrases. */
export const gap = "[\\s:：,、，]*";

/** A phrase as a pattern: any space or comma between its words, accents where they are written or not. */
function pattern(phrase: string): string {
  return [...phrase].map(letter).join("");
}

function letter(character: string): string {
  if (character === " ") return "[\\s,]+";
  if (character === "'") return "['’]?";
  const plain = fold(character);
  if (plain !== character && plain.length === 1) return `[${character}${plain}]`;
  return character.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&");
}

/** Any of the phrases, the longest first, as whole words. Classes of all letters are dear to compile: one pair for all. */
export function any(phrases: readonly string[]): string {
  const longest = [...phrases].sort((left, right) => right.length - left.length);
  const alternatives = `(?:${longest.map(pattern).join("|")})`;
  if (!longest.some(isInWords)) return alternatives;
  if (longest.every(isInWords)) return whole(alternatives);
  return `(?:${longest.map((each) => (isInWords(each) ? whole(pattern(each)) : pattern(each))).join("|")})`;
}

const isInWords = (phrase: string): boolean => !spaceless.test(phrase);
const whole = (source: string): string => `(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`;

const patterns = new Map<string, RegExp>();

/** A pattern of such sources, in any case of letters, compiled once: the lists are the languages' own, so there are few. */
export function matching(source: string): RegExp {
  const pattern = patterns.get(source) ?? new RegExp(source, "iu");
  patterns.set(source, pattern);
  return pattern;
}
