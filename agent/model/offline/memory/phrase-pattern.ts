/** Phrases of the languages' word lists as regular expressions. */
import { fold } from "../text/stem.ts";

export const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** What may stand between two phrases. */
export const gap = "[\\s:,、，]*";

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

/** Any of the phrases, the longest first, as whole words. */
export function any(phrases: readonly string[]): string {
  const longest = [...phrases].sort((left, right) => right.length - left.length);
  const alternatives = longest.map((phrase) =>
    spaceless.test(phrase) ? pattern(phrase) : `(?<![\\p{L}\\p{N}])${pattern(phrase)}(?![\\p{L}\\p{N}])`,
  );
  return `(?:${alternatives.join("|")})`;
}
