/** What is said where something is missing, or nothing fits. */

import { plainExample } from "./examples.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import type { Language } from "./languages/language.ts";
import type { UnspokenLanguage } from "./languages/not-yet.ts";
import { examplesOf } from "./moves.ts";
import { asks, type Spoken } from "./spoken.ts";
import type { Turn } from "./turn.ts";

/** A change was asked about, and nothing says to which step. */
export function whichStep({ briefing }: Turn): Spoken {
  const names = briefing.log?.vocabulary.activities.slice(0, 8).map(({ name }) => name) ?? [];
  return {
    say: "clarify",
    confidence: 0.7,
    said: {
      headline: { text: "Which step do you mean? There are {names}.", values: { names: names.join(", ") } },
      ...(names[0]
        ? {
            next: {
              label: { text: "For example: {example}", values: { example: names[0] } },
              ask: `what if we skip ${names[0]}?`,
            },
          }
        : {}),
    },
  };
}

export function missing(best: Ranked, language: Language): Spoken {
  if (best.filling.missing.every(({ slot }) => slot === "proposal")) {
    return {
      say: "cannot",
      confidence: 0.8,
      said: {
        headline: { text: "There is no proposal here to speak of." },
        next: {
          label: { text: "Ask instead: {example}", values: { example: "what is waiting for approval?" } },
          ask: "what is waiting for approval?",
        },
      },
    };
  }
  const what = best.filling.missing.map(({ description, name }) => description || name).join("; ");
  const example = plainExample(best.tool, language) ?? "";
  return {
    say: "clarify",
    confidence: 0.6,
    said: {
      headline: { text: "I need one thing more for that: {what}.", values: { what } },
      next: { label: { text: "For example: {example}", values: { example } }, ask: example },
    },
  };
}

/** In the person's own language, since that is the one they certainly read. */
export function onlyEnglish({ sentence }: UnspokenLanguage): Spoken {
  return {
    say: "cannot",
    confidence: 0.9,
    said: { headline: { text: sentence }, next: asks("where do we wait?") },
  };
}

export function unclear({ reading, briefing }: Turn): Spoken {
  const near = rank(reading, briefing)
    .slice(0, 3)
    .flatMap(({ tool }) => plainExample(tool, reading.language) ?? []);
  return {
    say: "clarify",
    confidence: 0.4,
    said: {
      headline: { text: "I am not sure what you mean. The nearest things that I can answer:" },
      notes:
        near.length > 0
          ? near.map((example) => ({ text: '"{example}"', values: { example } }))
          : examplesOf(briefing, reading.language, 3),
      next: {
        label: { text: "For example: {example}", values: { example: near[0] ?? "what can you do?" } },
        ask: near[0] ?? "what can you do?",
      },
    },
  };
}
