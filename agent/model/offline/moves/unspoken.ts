/** What is asked back where a text points at nothing. */
import type { Briefing } from "../../provider.ts";
import { asks, line, type Spoken } from "../spoken.ts";

export function unspoken(briefing: Briefing): Spoken {
  return {
    say: "clarify",
    confidence: 0.7,
    said: {
      headline: line("What do you mean by that: which case, step or period?"),
      notes: briefing.log
        ? [
            line("Steps of this log: {names}.", {
              names: briefing.log.vocabulary.activities
                .slice(0, 6)
                .map(({ name }) => name)
                .join(", "),
            }),
          ]
        : [],
      next: asks("how many cases are late?"),
    },
  };
}
