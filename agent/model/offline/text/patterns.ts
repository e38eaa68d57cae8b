/** Where a language's patterns stand in a text. */
import type { Span, Utterance } from "./utterance.ts";

const compiled = new Map<string, RegExp>();

/** In a language that sets words apart, the pattern stands for whole words. Compiled once: there are few. */
export function spansOf({ text, language }: Utterance, source: string): Span[] {
  const spaced = language.script === null;
  const whole = spaced ? `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])` : source;
  let pattern = compiled.get(whole);
  if (!pattern) {
    pattern = new RegExp(whole, "giu");
    compiled.set(whole, pattern);
  }
  return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}
