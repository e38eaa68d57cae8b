/** Text as the planner sees it: normalised, cut into words, in a language. */
import type { Language } from "../languages/language.ts";
import { segment } from "./segment.ts";
import { stem } from "./stem.ts";

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Token extends Span {
  /** As written, after normalisation. */
  readonly text: string;
  readonly lower: string;
  readonly stem: string;
}

export interface Utterance {
  /** NFKC, straight quotes, single spaces. All spans are offsets into it. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly language: Language;
  /** What stands in quotation marks, without them. */
  readonly quotes: readonly Span[];
}

const quoteMarks = /[“”„‟«»〝〞「」『』]/gu;
const apostrophes = /[‘’‚‛`´]/gu;

export function normalise(raw: string): string {
  return raw
    .normalize("NFKC")
    .replace(quoteMarks, '"')
    .replace(apostrophes, "'")
    .replace(/[\u2010-\u2015\u2212]/gu, "-")
    .replace(/\s+/gu, " ")
    .trim();
}

const segmenters = new Map<string, Intl.Segmenter>();
function segmenter(language: string): Intl.Segmenter {
  let found = segmenters.get(language);
  if (!found) {
    found = new Intl.Segmenter(language, { granularity: "word" });
    segmenters.set(language, found);
  }
  return found;
}

/** The text in the characters that the language's lists are written in; as long as it was. */
export const inOwnCharacters = (text: string, { variants }: Language): string =>
  variants === undefined
    ? text
    : text.replace(/\p{Script=Han}/gu, (character) => variants[character] ?? character);

/** Words of the text; numbers keep their separators, `snake_case` and `a-b` come apart. */
export function tokenise(written: string, language: Language): Token[] {
  const text = inOwnCharacters(written, language);
  const tokens: Token[] = [];
  if (language.script) {
    for (const piece of segment(text, language, segmenter(language.code)))
      pushParts(tokens, piece.text, piece.start, language);
    return tokens;
  }
  if (plain.test(text)) {
    for (const { 0: word, index } of text.matchAll(plainWords)) pushToken(tokens, word, index, language);
    return tokens;
  }
  for (const segment of segmenter(language.code).segment(text)) {
    if (segment.isWordLike) pushParts(tokens, segment.segment, segment.index, language);
  }
  return tokens;
}

/** Without marks that may stand inside of a word or number, runs of letters and figures are the words: no need to segment. */
const plain = /^[\p{Script=Latin}\d \-?!()/"]*$/u;
const plainWords = /[\p{Script=Latin}\d]+/gu;

function pushParts(tokens: Token[], word: string, offset: number, language: Language): void {
  for (const part of word.matchAll(/'?[^_'.:]+(?:[.:](?=\p{N})[^_'.:]+)*/gu)) {
    const clitic = part[0].startsWith("'");
    if (clitic && cliticsOf(language).has(part[0].slice(1).toLowerCase())) continue;
    pushToken(tokens, part[0].slice(clitic ? 1 : 0), offset + part.index + (clitic ? 1 : 0), language);
  }
}

const clitics = new WeakMap<Language, ReadonlySet<string>>();
function cliticsOf(language: Language): ReadonlySet<string> {
  let found = clitics.get(language);
  if (!found) {
    found = new Set(language.clitics.split(/,\s*/u));
    clitics.set(language, found);
  }
  return found;
}

function pushToken(tokens: Token[], text: string, start: number, language: Language): void {
  const lower = text.toLocaleLowerCase(language.code);
  tokens.push({ text, lower, stem: stem(lower, language), start, end: start + text.length });
}

/** Pairs of double quotes, and single quotes that stand at word edges. */
export function quotations(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(
    /"([^"]+)"|(?<![\p{L}\p{N}])'([^']+(?:'\p{L}[^']*)*)'(?![\p{L}\p{N}])/gu,
  )) {
    found.push({ start: match.index + 1, end: match.index + match[0].length - 1 });
  }
  return found;
}

export function utterance(raw: string, language: Language): Utterance {
  const text = inOwnCharacters(normalise(raw), language);
  return { text, tokens: tokenise(text, language), language, quotes: quotations(text) };
}

const letter = /[\p{L}\p{N}_]/u;
/** Scripts that are written without spaces: any place in them may be the edge of a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;

/** No letter or figure that could belong to the same word stands right before or after the span. */
export function isApart(text: string, { start, end }: Span): boolean {
  const joined = (outer: string, edge: string): boolean =>
    letter.test(outer) && !unspaced.test(outer) && !unspaced.test(edge);
  return (
    !joined(text[start - 1] ?? " ", text[start] ?? " ") && !joined(text[end] ?? " ", text[end - 1] ?? " ")
  );
}

export const inside = (inner: Span, outer: Span): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;
export const overlap = (left: Span, right: Span): boolean => left.start < right.end && right.start < left.end;
