/** Which language a text is in: by its script, its frequent words and the words of the lexicon; the thread's is the prior. */

import { languageOf, languages } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { lexiconOf } from "./lexicon.ts";
import { normalise, tokenise } from "./utterance.ts";

export function detectLanguage(text: string, prior: string | null): Language {
  const scored = languages.map((language) => ({
    language,
    score: evidence(normalise(text), language) + (language.code === prior ? 1 : 0),
  }));
  const best = scored.reduce((top, next) => (next.score > top.score ? next : top));
  return best.score > 0 ? best.language : languageOf(prior);
}

function evidence(text: string, language: Language): number {
  const lexicon = lexiconOf(language);
  return tokenise(text, language).reduce((sum, { stem, lower }) => {
    if (lexicon.functionStems.has(stem) && lower.length > 1) return sum + 1;
    return sum + (lexicon.entries.has(stem) ? 0.7 : 0);
  }, 0);
}
