/** Numbers with their units: durations, money, shares, ordinals, comparators as signs. */
import type { Language } from "../languages/language.ts";
import { entryOf } from "../text/entry.ts";
import { phrases } from "../text/lexicon.ts";
import { overlap, type Utterance } from "../text/utterance.ts";
import { phraseAt } from "../text/wording.ts";
import type { Link } from "./links.ts";

/** What no word may continue with; where words are not set apart, letters of that script may follow. */
const letters = ({ script }: Language): string =>
  script === null ? String.raw`\p{L}` : String.raw`\p{Script=Latin}`;

const figures = String.raw`(\d+(?:[.,\u202f '\u00a0]\d{3})*(?:[.,]\d+)?|\d+)`;

/**
 * Reads "1,500.50" or "1.500,50" as the language writes it; the other way round where only that makes sense: nobody writes
 * money to a thousandth, nor a round thousand as a fraction ("5.000 euro", "12.500").
 */
export function readNumber(written: string, decimal: "." | ",", isMoney = false): number {
  const plain = written.replace(/[\u202f\u00a0 ']/gu, "");
  const group = decimal === "." ? "," : ".";
  const foreign = isMoney ? /^[1-9]\d{0,2}[.,]\d{3}$/u : /^[1-9]\d{0,2}[.,]\d00$/u;
  if (foreign.test(plain)) return Number(plain.replace(/[.,]/u, ""));
  const separators = plain.match(/[.,]/gu) ?? [];
  if (separators.length === 1 && separators[0] === group && !/[.,]\d{3}$/u.test(plain)) {
    return Number(plain.replace(group, "."));
  }
  return Number(plain.replaceAll(group, "").replace(decimal, "."));
}

const alternatives = (words: readonly string[]): string =>
  [...words]
    .sort((left, right) => right.length - left.length)
    .map(RegExp.escape)
    .join("|");

interface Patterns {
  readonly amount: RegExp;
  /** "more than a day", "dłużej niż dzień" */
  readonly single: RegExp;
  readonly worded: RegExp;
}
const cache = new WeakMap<Language, Patterns>();

function patternsOf(language: Language): Patterns {
  let found = cache.get(language);
  if (!found) {
    const { numbers } = language;
    const currency = alternatives(Object.keys(numbers.currencies));
    const magnitude = alternatives(Object.keys(numbers.magnitudes));
    const unit = alternatives([
      ...Object.keys(numbers.durations),
      ...phrases(numbers.percent),
      ...phrases(numbers.tenths ?? ""),
    ]);
    const half = numbers.half === undefined ? "" : `(${alternatives(phrases(numbers.half))})?`;
    const letter = letters(language);
    const boundary = `(?![${letter}\\p{N}])`;
    const gap = language.script === null ? "[\\s-]" : "[\\s-]?";
    const tail = `(?:\\s?(${magnitude})${boundary}(?:\\.(?=\\s(?:${unit}|${currency})${boundary}))?)?(?:[\\s-]?(${unit}|${currency})${half}${boundary})?`;
    found = {
      amount: new RegExp(`(?:(${currency})\\s?)?(?<![${letter}\\p{N}#_])${figures}${tail}`, "giu"),
      single: new RegExp(
        `(?<=(?<![\\p{L}\\p{N}])(?:${compared(language)})\\s)(?:(?:${alternatives(phrases(language.indefinite))})\\s)?(${unit})${boundary}`,
        "giu",
      ),
      worded: new RegExp(
        `(?<![${letter}\\p{N}])(${alternatives(Object.keys(numbers.values))})(?:${language.script === null ? "\\s?" : ""}(${magnitude}))?${gap}(?:(?:${alternatives(phrases(language.indefinite))})${language.script === null ? "\\s" : ""})?(${unit}|${currency})${half}${boundary}`,
        "giu",
      ),
    };
    cache.set(language, found);
  }
  return found;
}

const compared = (language: Language): string =>
  alternatives(
    Object.values(language.comparators)
      .flatMap(phrases)
      .filter((phrase) => /^\p{L}/u.test(phrase)),
  );

const lookup = <Value>(
  table: Readonly<Record<string, Value>>,
  word: string | undefined,
): Value | undefined =>
  word === undefined ? undefined : (entryOf(table, word) ?? entryOf(table, word.toLowerCase()));

export function linkAmounts(utterance: Utterance): Link[] {
  const { language, text } = utterance;
  const patterns = patternsOf(language);
  const links: Link[] = [];
  for (const match of text.matchAll(patterns.amount)) {
    const [whole, before, digits, magnitude, after, half] = match;
    const unit = before ?? after;
    const isMoney = lookup(language.numbers.currencies, unit) !== undefined;
    const written = readNumber(digits!, language.numbers.decimal, isMoney);
    const value = written + (half === undefined ? 0 : 0.5);
    links.push(amount(language, value, magnitude, unit, match.index, match.index + whole.length));
  }
  for (const match of text.matchAll(patterns.single)) {
    links.push(amount(language, 1, undefined, match[1], match.index, match.index + match[0].length));
  }
  for (const match of text.matchAll(patterns.worded)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (links.some((link) => overlap(link, span))) continue;
    if (language.script !== null && !isOfWords(utterance, span.start, span.end)) continue;
    const value = lookup(language.numbers.values, match[1])! + (match[4] === undefined ? 0 : 0.5);
    links.push(amount(language, value, match[2], match[3], match.index, match.index + match[0].length));
  }
  return links;
}

function amount(
  language: Language,
  base: number,
  magnitude: string | undefined,
  unit: string | undefined,
  start: number,
  end: number,
): Link {
  const { numbers } = language;
  const span = { start, end, score: 1 };
  /** "30m" are minutes, "1.2m" and "3M" are millions. */
  const minutes = magnitude === "m" && unit === undefined && Number.isInteger(base);
  const scale = minutes ? 1 : (lookup(numbers.magnitudes, magnitude) ?? 1);
  const value = base * scale;
  const currency = lookup(numbers.currencies, unit);
  if (currency) return { kind: "money", amount: value, currency, ...span };
  if (unit !== undefined && phrases(numbers.percent).includes(unit.toLowerCase())) {
    return { kind: "share", share: value / 100, ...span };
  }
  if (unit !== undefined && phrases(numbers.tenths ?? "").includes(unit))
    return { kind: "share", share: value / 10, ...span };
  const seconds = lookup(numbers.durations, minutes ? magnitude : unit);
  if (seconds !== undefined)
    return { kind: "duration", seconds: value * seconds, unit: (unit ?? magnitude)!, ...span };
  return { kind: "number", value, ...span };
}

/** "ten variants", "more than a million": a number in words, without a unit. */
export function linkNumberWords(utterance: Utterance): Link[] {
  const { values, magnitudes } = utterance.language.numbers;
  return utterance.tokens.flatMap((token, at): Link[] => {
    const next = utterance.tokens[at + 1];
    const scale = next && /^\p{L}{3,}$/u.test(next.lower) ? entryOf(magnitudes, next.lower) : undefined;
    const value = entryOf(values, token.lower);
    const span = { start: token.start, end: token.end, score: 1 };
    if (value !== undefined && scale !== undefined && next !== undefined)
      return [{ kind: "number", value: value * scale, ...span, end: next.end }];
    const whole = value ?? inOneWord(token.lower, utterance.language);
    if (whole === undefined || !Number.isInteger(whole) || whole < 3) return [];
    return [{ kind: "number", value: whole, ...span }];
  });
}

/** "fünftausend", "honderdduizend": the number and its magnitude in one word. */
function inOneWord(word: string, { numbers, compounds }: Language): number | undefined {
  if (compounds !== true) return undefined;
  const scale = Object.keys(numbers.magnitudes).find(
    (name) => name.length > 3 && word.endsWith(name) && word.length > name.length,
  );
  const value = scale === undefined ? undefined : entryOf(numbers.values, word.slice(0, -scale.length));
  return scale === undefined || value === undefined ? undefined : value * numbers.magnitudes[scale]!;
}

/** "the second one", "third", "#2", "number 2", "rule 4". */
export function linkOrdinals(utterance: Utterance): Link[] {
  const { tokens, language } = utterance;
  return tokens.flatMap((token, index): Link[] => {
    const position = entryOf(language.numbers.ordinals, token.lower) ?? markedPosition(utterance, index);
    const one = phraseAt(tokens, index + 1, language.words.one, language) > 0;
    if (position === undefined || (position === -1 && !one)) return [];
    return [{ kind: "ordinal", position, start: token.start, end: token.end, score: 1 }];
  });
}

/** "2番目", "第2": the figure with its mark after it. */
function markedPosition({ tokens, language }: Utterance, at: number): number | undefined {
  const figure = /^\d{1,2}$/u.exec(tokens[at]!.lower)?.[0];
  if (language.script === null || figure === undefined) return undefined;
  return phraseAt(tokens, at + 1, language.numbers.ordinalEndings, language) > 0 ? Number(figure) : undefined;
}

/** The span begins and ends with words: "一周" is no amount inside of "一周里". */
const isOfWords = ({ tokens }: Utterance, start: number, end: number): boolean =>
  tokens.some((token) => token.start === start) && tokens.some((token) => token.end === end);
