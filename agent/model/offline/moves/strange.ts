/** A text without any word. */
import type { Message } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import { examplesFor } from "../examples.ts";
import type { Language } from "../languages/language.ts";
import { asks, line, type Situation, type Spoken } from "../spoken.ts";

/** One example of each of the first few families. */
export function examplesOf(briefing: Briefing, language: Language, count: number): Message[] {
  const families = new Map<string, string>();
  for (const tool of briefing.tools) {
    const family = tool.name.split(".")[0]!;
    const example = examplesFor(tool, language)[0];
    if (example && !families.has(family) && !/\d/u.test(example)) families.set(family, example);
  }
  return [...families.values()].slice(0, count).map((example) => line('"{example}"', { example }));
}

/** No word at all. */
export function strange({ reading, briefing }: Situation): Spoken | null {
  if (reading.tokens.length > 0) return null;
  return {
    say: "clarify",
    confidence: 0.9,
    said: {
      headline: line("What would you like to know? These are things I can answer:"),
      notes: examplesOf(briefing, reading.language, 4),
      next: asks("where do we wait?"),
    },
  };
}
