/** Where phrases stand in a text, in just these forms. */
import type { Reading } from "../link/reading.ts";
import type { Span } from "../text/utterance.ts";

/** Where words are set apart, whole words; the longest where several begin at one place. */
export function written({ text, language }: Reading, list: readonly string[]): Span[] {
  const longest = [...list].sort((left, right) => right.length - left.length).map(RegExp.escape);
  if (longest.length === 0) return [];
  const any = `(?:${longest.join("|")})`;
  const whole = language.script === null ? `(?<![\\p{L}\\p{N}])${any}(?![\\p{L}\\p{N}])` : any;
  return [...text.toLowerCase().matchAll(new RegExp(whole, "gu"))].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}
