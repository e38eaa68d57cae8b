/** Compounds, cut into the words they are made of where all of these are known ("Freigabedauer" → Freigabe, Dauer). */
import type { Language } from "../languages/language.ts";
import { lexiconOf, phrases } from "./lexicon.ts";
import { stem } from "./stem.ts";
import type { Token } from "./utterance.ts";

/** Shorter pieces are found in too many words by chance; the first one may be shorter where the log has it ("Webkanal"). */
const shortest = 4;
const shortestOfLog = 3;

const ownWords = new WeakMap<Language, ReadonlySet<string>>();

/** Words for time and numbers and of lists are whole, whatever they are made of ("vorletzte", "niet meetellen"). */
function wholeWords(language: Language): ReadonlySet<string> {
  let words = ownWords.get(language);
  if (!words) {
    const { time, numbers, words: lists } = language;
    words = new Set(stringsIn([time, lists, Object.keys(numbers.values), Object.keys(numbers.ordinals)]));
    ownWords.set(language, words);
  }
  return words;
}

const stringsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? value.toLowerCase().split(/[,\s]+/u)
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : [];

/** The tokens with unknown compounds in pieces, each with its own span. `knows`: a stem that the log has. */
export function splitCompounds(
  tokens: readonly Token[],
  language: Language,
  knows: (stem: string) => boolean,
): Token[] {
  if (!language.compounds) return [...tokens];
  const { parts, functionStems } = lexiconOf(language);
  const known = (word: string): boolean => parts.has(word) || knows(word);
  return tokens.flatMap((token) => {
    const whole =
      known(token.stem) ||
      wholeWords(language).has(token.lower) ||
      functionStems.has(token.stem) ||
      Object.hasOwn(language.business, token.lower);
    if (whole || token.lower.length < shortest + shortestOfLog) return [token];
    return (
      cut(
        token,
        language,
        (word) => known(stem(word, language)) || Object.hasOwn(language.business, word),
      ) ?? [token]
    );
  });
}

/** Two or more known words in a row that make up the whole token, the last as long as possible. */
function cut(token: Token, language: Language, known: (word: string) => boolean): Token[] | null {
  const { lower } = token;
  for (let at = shortestOfLog; at <= lower.length - shortest; at++) {
    if (!known(lower.slice(at))) continue;
    const head = lower.slice(0, at);
    for (const link of ["", ...phrases(language.linkingElements)]) {
      if (!head.endsWith(link)) continue;
      const bare = head.slice(0, head.length - link.length);
      if (bare.length < shortestOfLog) continue;
      const first = piece(token, 0, bare.length, language);
      const before = known(bare) ? [first] : cut(first, language, known);
      if (before) return [...before, piece(token, at, lower.length, language)];
    }
  }
  return null;
}

function piece(token: Token, from: number, to: number, language: Language): Token {
  const lower = token.lower.slice(from, to);
  return {
    text: token.text.slice(from, to),
    lower,
    stem: stem(lower, language),
    start: token.start + from,
    end: token.start + to,
  };
}
