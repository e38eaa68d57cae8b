/** "run the clarification suite", "Klärungs-Suite": which suite of evals is meant. */
import { longSuiteWords, suiteWords } from "../languages/suite-words.ts";
import type { Reading } from "../link/reading.ts";
import { matching } from "../memory/phrase-pattern.ts";
import { fold } from "../text/stem.ts";
import type { Filled, SlotContext } from "./slot-context.ts";

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The suite whose words the text has, at the beginning of a word. */
function named(text: string, words: Readonly<Record<string, string>>): string | null {
  const said = fold(text.toLowerCase());
  const has = (word: string): boolean =>
    spaceless.test(word)
      ? said.includes(word)
      : matching(`(?<![\\p{L}\\p{N}])${fold(word).replace(/[\s-]+/gu, "[\\s-]+")}`).test(said);
  return Object.keys(words).find((suite) => words[suite]!.split(", ").some(has)) ?? null;
}

export function fillSuite({ reading }: SlotContext): Filled | null {
  const suite = named(reading.text, suiteWords);
  return suite === null ? null : { value: suite, links: [] };
}

/** A suite that no turn has the time for; understanding has one for each language. */
export function longSuiteIn({ text, language }: Reading): string | null {
  const suite = named(text, suiteWords) === null ? named(text, longSuiteWords) : null;
  return suite === "understanding" ? `${suite}-${language.code}` : suite;
}
