/** Where the words of one of a language's lists stand in a text. */
import type { Language, Phrases, WordList } from "../languages/language.ts";
import { lexiconOf, phrases, stems } from "./lexicon.ts";
import type { Span, Token, Utterance } from "./utterance.ts";

export interface Wording extends Span {
  /** Indices into the tokens; `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

const compiled = new WeakMap<Language, Map<Phrases, readonly (readonly string[])[]>>();

/** The stems of each phrase of a list, longest first; kept. */
export function phraseStems(list: Phrases, language: Language): readonly (readonly string[])[] {
  let lists = compiled.get(language);
  if (!lists) {
    lists = new Map();
    compiled.set(language, lists);
  }
  let found = lists.get(list);
  if (!found) {
    found = phrases(list)
      .map((phrase) => stems(phrase, language))
      .filter((parts) => parts.length > 0)
      .sort((left, right) => right.length - left.length);
    lists.set(list, found);
  }
  return found;
}

/** How many tokens from `at` on are a phrase of the list; 0 for none. */
export function phraseAt(tokens: readonly Token[], at: number, list: Phrases, language: Language): number {
  const found = phraseStems(list, language).find((parts) =>
    parts.every((part, offset) => tokens[at + offset]?.stem === part),
  );
  return found?.length ?? 0;
}

export function wordings({ tokens, language }: Utterance, list: WordList): Wording[] {
  const found: Wording[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const length = phraseAt(tokens, from, language.words[list], language);
    if (length === 0) continue;
    const to = from + length;
    found.push({ from, to, start: tokens[from]!.start, end: tokens[to - 1]!.end });
    from = to - 1;
  }
  return found;
}

export const says = (utterance: Utterance, list: WordList): boolean => wordings(utterance, list).length > 0;

/** A word of the list, in just this form: "filters" and not "filtered". */
export const saysExactly = ({ tokens, language }: Utterance, list: WordList): boolean =>
  phrases(language.words[list])
    .map((phrase) => phrase.split(" "))
    .some((words) =>
      tokens.some((_, at) => words.every((word, offset) => tokens[at + offset]?.lower === word)),
    );

/** The token is a word of the list in just this form. */
export const isWrittenSo = ({ tokens, language }: Utterance, list: WordList, at: number): boolean =>
  phrases(language.words[list]).includes(tokens[at]!.lower);

/** The words stand after what they are about, in this language ("以降" in "3月以降"). */
export const isPostposition = (words: string, { postpositions }: Language): boolean =>
  postpositions !== undefined && phrases(postpositions).includes(words.toLowerCase());

/** How many words a text has; particles of languages without spaces are none. */
export function wordCount({ tokens, language }: Utterance): number {
  if (language.script === null) return tokens.length;
  const { functionStems } = lexiconOf(language);
  return tokens.filter(({ stem }) => !functionStems.has(stem)).length;
}

/** Articles may stand between a word and the name that it is about. */
export const isArticle = ({ lower }: Token, { time }: Language): boolean =>
  phrases(time.articles).includes(lower);

/** The last wording of the list that ends right before the offset, articles and quotation marks aside. */
export function wordingBefore(utterance: Utterance, list: WordList, offset: number): Wording | null {
  const { tokens, language } = utterance;
  return (
    wordings(utterance, list).findLast(
      ({ to, end }) =>
        end <= offset &&
        tokens.slice(to).every((token) => token.start >= offset || isArticle(token, language)),
    ) ?? null
  );
}

/** The first wording of the list that begins right after the offset. */
export function wordingAfter(utterance: Utterance, list: WordList, offset: number): Wording | null {
  const next = utterance.tokens.findIndex(({ start }) => start >= offset);
  return wordings(utterance, list).find(({ from }) => from === next) ?? null;
}

/** A phrase of the list stands in the span. */
export const phraseIn = ({ tokens, language }: Utterance, list: Phrases, { start, end }: Span): boolean =>
  tokens.some((token, at) => {
    const length = token.start >= start && token.end <= end ? phraseAt(tokens, at, list, language) : 0;
    return length > 0 && tokens[at + length - 1]!.end <= end;
  });
