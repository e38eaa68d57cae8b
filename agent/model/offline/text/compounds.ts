/** Compounds, cut into the words they are made of where all of these are known ("Freigabedauer" → Freigabe, Dauer). */
import type { Language } from "../languages/language.ts";
import { lexiconOf, phrases } from "./lexicon.ts";
import { stem } from "./stem.ts";
import type { Token } from "./utterance.ts";

/** Shorter pieces are found in too many words by chance. */
const shortest = 4;

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
    const whole = known(token.stem) || functionStems.has(token.stem) || token.lower in language.business;
    if (whole || token.lower.length < 2 * shortest) return [token];
    return (
      cut(token, language, (word) => known(stem(word, language)) || word in language.business) ?? [token]
    );
  });
}

/** Two or more known words in a row that make up the whole token, the last as long as possible. */
function cut(token: Token, language: Language, known: (word: string) => boolean): Token[] | null {
  const { lower } = token;
  for (let at = shortest; at <= lower.length - shortest; at++) {
    if (!known(lower.slice(at))) continue;
    const head = lower.slice(0, at);
    for (const link of ["", ...phrases(language.linkingElements)]) {
      if (!head.endsWith(link)) continue;
      const bare = head.slice(0, head.length - link.length);
      if (bare.length < shortest) continue;
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
