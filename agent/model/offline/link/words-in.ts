/** The words of a text, those for ways of dividing freed of their endings. */
import type { Language } from "../languages/language.ts";
import { splitCompounds } from "../text/compounds.ts";
import { phrases } from "../text/lexicon.ts";
import { stem } from "../text/stem.ts";
import { type Token, type Utterance, utterance } from "../text/utterance.ts";
import type { VocabularyIndex } from "./vocabulary/index.ts";

export function wordsOf(text: string, language: Language, index: VocabularyIndex | null): Utterance {
  const said = utterance(text, language);
  const known = (stem: string): boolean => index?.byStem.has(stem) ?? false;
  const tokens = splitCompounds(said.tokens, language, known).flatMap((token) =>
    withoutWise(token, language, known),
  );
  return { ...said, tokens };
}

/** "filialweise" is the branch, and the ending that groups by it. */
function withoutWise(token: Token, language: Language, known: (stem: string) => boolean): Token[] {
  const ending = phrases(language.words.wise).find(
    (wise) => token.lower.endsWith(wise) && token.lower.length > wise.length + 2,
  );
  const name = ending === undefined ? "" : token.lower.slice(0, -ending.length);
  const root = [name, `${name}e`, name.slice(0, -1)].map((word) => stem(word, language)).find(known);
  if (ending === undefined || root === undefined) return [token];
  const middle = token.start + name.length;
  return [
    { ...token, text: token.text.slice(0, name.length), lower: name, stem: root, end: middle },
    { text: ending, lower: ending, stem: stem(ending, language), start: middle, end: token.end },
  ];
}
