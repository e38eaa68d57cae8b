/**
 * Words of a script without spaces: the longest word that the language's own lists have at a place, else what
 * Intl.Segmenter takes for a word. So a phrase of a list is one word wherever it stands.
 */
import type { Language } from "../languages/language.ts";

export interface Piece {
  readonly text: string;
  readonly start: number;
}

interface Dictionary {
  readonly words: ReadonlySet<string>;
  readonly longest: number;
}

const dictionaries = new WeakMap<Language, Dictionary>();

function dictionaryOf(language: Language): Dictionary {
  let found = dictionaries.get(language);
  if (!found) {
    const { script: _script, ...lists } = language;
    const words = new Set(wordsIn(lists).filter((word) => word !== "" && !/^[\p{N}\s]+$/u.test(word)));
    found = { words, longest: Math.max(1, ...[...words].map((word) => word.length)) };
    dictionaries.set(language, found);
  }
  return found;
}

/** All phrases of all lists, the keys of tables too. */
function wordsIn(value: unknown): string[] {
  if (typeof value === "string") return value.split(/[,\s]+/u).map((word) => word.toLowerCase());
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [] : Object.keys(value).filter((key) => !/^[\w>=<!-]+$/u.test(key));
  return [...keys.map((key) => key.toLowerCase()), ...Object.values(value).flatMap(wordsIn)];
}

const isOfScript = (character: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u.test(character);

export function segment(text: string, language: Language, others: Intl.Segmenter): Piece[] {
  const { words, longest } = dictionaryOf(language);
  const lower = text.toLowerCase();
  const pieces: Piece[] = [];
  let open = 0;
  const close = (end: number): void => {
    for (const { segment: word, index, isWordLike } of others.segment(text.slice(open, end)))
      if (isWordLike) pieces.push({ text: word, start: open + index });
  };
  for (let at = 0; at < text.length; ) {
    const run = at === 0 || !isKatakana(text[at - 1]!) ? katakanaRun(lower, at, words, longest) : 0;
    const length = run || (isOfScript(text[at]!) ? longestAt(lower, at, words, longest) : 0);
    if (length === 0) {
      at += 1;
      continue;
    }
    close(at);
    pieces.push({ text: text.slice(at, at + length), start: at });
    at += length;
    open = at;
  }
  close(text.length);
  return pieces;
}

const isKatakana = (character: string): boolean => /[\p{Script=Katakana}ー]/u.test(character);

/** A run of katakana that is not made of known words is one word: a name, or a slip of the hand. 0 for none. */
function katakanaRun(text: string, at: number, words: ReadonlySet<string>, longest: number): number {
  const run = /^[\p{Script=Katakana}ー]{3,}/u.exec(text.slice(at))?.[0] ?? "";
  for (let inner = 0; inner < run.length; ) {
    const length = longestAt(run, inner, words, longest);
    if (length === 0) return run.length;
    inner += length;
  }
  return 0;
}

function longestAt(text: string, at: number, words: ReadonlySet<string>, longest: number): number {
  for (let length = Math.min(longest, text.length - at); length > 0; length--)
    if (words.has(text.slice(at, at + length))) return length;
  return 0;
}
