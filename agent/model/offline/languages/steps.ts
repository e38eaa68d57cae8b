/** What people call the steps that logs name in English: the step's English name → the ways to say it. */
import { phrases } from "../text/lexicon.ts";
import type { Language, Phrases } from "./language.ts";

export type Steps = Readonly<Record<string, Phrases>>;

/** Business words with those of steps beside them; a word that is in both keeps what it stood for. */
export function withSteps(steps: Steps, business: Language["business"]): Language["business"] {
  const joined: Record<string, Phrases> = { ...business };
  for (const [step, ways] of Object.entries(steps))
    for (const way of phrases(ways))
      joined[way] = joined[way] === undefined ? step : `${joined[way]}, ${step}`;
  return joined;
}
