/** "What is the standard deviation of the cycle time?": no tool works out a spread, and a mean or a median would be no answer. */
import { spreadWords } from "./languages/spread-words.ts";
import type { Situation, Spoken } from "./spoken.ts";

/** English abbreviations are used in every language. */
const everywhere = /(?<![\p{L}\p{N}])(?:std\.? ?dev|stdev|stddev|sigma of)(?![\p{L}\p{N}])|σ/u;

/** Whether a figure of spread is asked for that no tool has. */
function saysSpread(text: string, language: string, spaced: boolean): boolean {
  const said = text
    .toLowerCase()
    .normalize("NFC")
    .replaceAll(/[\s\-‐‑–]+/gu, " ");
  if (everywhere.test(said)) return true;
  return (spreadWords[language] ?? []).some((words) => {
    const at = said.indexOf(words);
    return at >= 0 && (!spaced || at === 0 || !/\p{L}/u.test(said[at - 1]!));
  });
}

/** What cannot be worked out is said, with what there is instead. */
export function unheldSpread({ reading, briefing }: Situation): Spoken | null {
  const { language } = reading;
  if (!saysSpread(briefing.text, language.code, language.script === null)) return null;
  const ask = "how long do cases take?";
  return {
    say: "cannot",
    confidence: 0.85,
    said: {
      headline: {
        text: "I cannot {ability} yet.",
        values: { ability: "work out standard deviations and variances" },
      },
      next: { label: { text: "Ask instead: {example}", values: { example: ask } }, ask },
    },
  };
}
