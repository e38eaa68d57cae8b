/** Takes people's own data out of a text that is to become an eval case. Pure. */

interface Kind {
  readonly placeholder: string;
  readonly pattern: RegExp;
}

/** In this order: an address is found before the numbers in it. */
const kinds: readonly Kind[] = [
  { placeholder: "[mail]", pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu },
  { placeholder: "[link]", pattern: /\b(?:https?|ftp):\/\/[^\s"'<>]+/giu },
  { placeholder: "[account]", pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/gu },
  { placeholder: "[secret]", pattern: /\b(?:xox[abp]-|sk-|ghp_|eyJ)[\w.-]{8,}/gu },
  { placeholder: "[phone]", pattern: /(?<![\w.])(?:\+|00)\d[\d ()/-]{6,}\d/gu },
  { placeholder: "[number]", pattern: /(?<![\w.,])\d{7,}(?![\w,.]*\d)/gu },
];

export interface Scrubbed {
  readonly text: string;
  /** How many of each kind were taken out. */
  readonly removed: Readonly<Record<string, number>>;
}

/** @param names of people, which are replaced wherever they stand as whole words, in any case */
export function scrub(text: string, names: readonly string[]): Scrubbed {
  const removed: Record<string, number> = {};
  const replaced = (placeholder: string) => () => {
    removed[placeholder] = (removed[placeholder] ?? 0) + 1;
    return placeholder;
  };
  const withoutKinds = kinds.reduce(
    (left, { placeholder, pattern }) => left.replaceAll(pattern, replaced(placeholder)),
    text,
  );
  const scrubbed = partsOf(names).reduce(
    (left, name) => left.replaceAll(wholeWord(name), replaced("[person]")),
    withoutKinds,
  );
  return { text: scrubbed, removed };
}

/** Full names, then each of their words; the longest first, so that none is cut in two. */
function partsOf(names: readonly string[]): string[] {
  const words = names.flatMap((name) => [name, ...name.split(/\s+/)]).filter((word) => word.length > 2);
  return [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const wholeWord = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])`, "giu");
