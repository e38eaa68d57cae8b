/** Questions beside the log: none at hand, of something outside, of another place. */
import type { Briefing } from "../../provider.ts";
import { fieldsOf, hasSlot } from "../frame/fields.ts";
import type { Ranked } from "../frame/rank.ts";
import { longSuiteIn } from "../frame/suite-slots.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import type { Spoken } from "../spoken.ts";
import { cannot, line, list } from "./telling.ts";

/** A question about a log where none is there, or none of several is chosen. */
export function noLog(best: Ranked | undefined, briefing: Briefing): Spoken | null {
  if (briefing.log || !best) return null;
  const field = fieldsOf(best.tool).find(({ slot }) => slot === "log");
  if (!field || field.across || field.name in best.filling.input) return null;
  if (briefing.logs.length === 0) {
    return cannot(line("There is no event log here yet. Upload a CSV or XES file, and ask again."));
  }
  const offered = briefing.logs.slice(0, 8);
  return {
    say: "clarify",
    confidence: 0.8,
    said: {
      headline: line("Which log do you mean: {names}?", { names: list(offered.map(({ name }) => name)) }),
      readings: offered.map(({ name }) => ({ label: name, ask: name, result: "" })),
      asked: { text: briefing.text, logs: offered.map(({ id }) => id) },
    },
  };
}

/** No words let an evaluation reach a connected system. */
export function evalsStayInside({ concepts }: Reading): Spoken | null {
  if (!concepts.has("evaluate") || !concepts.has("connector")) return null;
  const never = line(
    "Evals run in worlds of their own, against simulators: they never call a connected system.",
  );
  return cannot(never, [], "run the evals");
}

/** A suite of many cases is run from the command line: another one in its place would be no answer. */
export function longSuite(reading: Reading, best: Ranked | undefined): Spoken | null {
  if (!best || !hasSlot(best.tool, "suite")) return null;
  const suite = longSuiteIn(reading);
  return suite === null
    ? null
    : cannot(
        line("The suite {suite} takes longer than a turn. It runs from the command line: {command}", {
          suite,
          command: `npx millwright eval ${suite}`,
        }),
        [],
        "run the evals",
      );
}

/** A window that lies wholly before the log's first or after its last event. */
export function outsideTheLog(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const { log } = briefing;
  if (!log?.first || !log.last || (best && !hasSlot(best.tool, "log"))) return null;
  for (const { window } of linksOf(reading, "window")) {
    const before = window.to !== null && Date.parse(window.to) <= Date.parse(log.first);
    const after = window.from !== null && Date.parse(window.from) > Date.parse(log.last);
    if (!before && !after) continue;
    const write = new Intl.DateTimeFormat(reading.language.code === "en" ? "en-GB" : reading.language.code, {
      dateStyle: "long",
      timeZone: briefing.zone,
    });
    const [first, last] = [write.format(Date.parse(log.first)), write.format(Date.parse(log.last))];
    return cannot(
      line("There is nothing in this log for {window}: it runs from {first} to {last}.", {
        window: window.label.replace(/\s*\([^)]*\)$/u, ""),
        first,
        last,
      }),
      [],
      "how long do cases take?",
    );
  }
  return null;
}
