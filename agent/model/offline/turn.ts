/** One turn of a thread, and how plans are made of what was found for it. */
import type { Message, Tool } from "../../../tools/define.ts";
import type { Briefing } from "../provider.ts";
import { plainExample } from "./examples.ts";
import { fieldsOf } from "./frame/fields.ts";
import { sureFrom } from "./learned/confidence.ts";
import type { Reading } from "./link/reading.ts";
import type { Frame, Plan } from "./plan.ts";
import { reservations } from "./reservations.ts";
import type { Spoken } from "./spoken.ts";
import type { PlannerState } from "./state.ts";
import { understood } from "./understood.ts";

export interface Turn {
  readonly reading: Reading;
  readonly briefing: Briefing;
  readonly state: PlannerState;
}

export function said({ reading }: Turn, spoken: Spoken): Plan {
  return {
    kind: "say",
    say: spoken.say,
    said: spoken.said,
    language: reading.language.code,
    understood: spoken.say,
    confidence: spoken.confidence,
    supersedes: spoken.supersedes ?? [],
    log: null,
  };
}

export function calls(
  turn: Turn,
  frames: readonly Frame[],
  options: { act: boolean; supersedes?: readonly string[] },
): Plan {
  const confidence = Math.min(...frames.map((frame) => frame.confidence));
  return {
    kind: "calls",
    frames,
    act: options.act,
    notes: [...reservations(turn.reading, turn.briefing, frames), ...unsure(turn, frames, confidence)],
    language: turn.reading.language.code,
    understood: frames.map(understood).join("; then "),
    confidence,
    supersedes: options.supersedes ?? [],
    log: null,
  };
}

/** How the question was read, where that is not sure; several readings are held against each other instead. */
function unsure({ briefing, reading }: Turn, frames: readonly Frame[], confidence: number): Message[] {
  const tool = briefing.tools.find(({ name }) => name === frames[0]?.tool);
  const example = tool && plainExample(tool, reading.language);
  const several = frames.some(({ variants }) => variants.length > 0);
  if (confidence >= sureFrom || several || !example) return [];
  if (measuresAsAsked(tool, frames[0]!)) return [{ text: "I am not sure that I read this right." }];
  return [{ text: 'I am not sure that I read this right; I took it as: "{example}"', values: { example } }];
}

/** What is measured was chosen by the words: an example of the tool would tell of another figure. */
const measuresAsAsked = (tool: Tool, { input }: Frame): boolean =>
  fieldsOf(tool).some(({ slot, name }) => (slot === "metric" || slot === "measure") && name in input);

export const direct = (
  call: { tool: string; input: Readonly<Record<string, unknown>> },
  text: string,
): Frame => ({
  ...call,
  text,
  confidence: 0.97,
  variants: [],
  assumptions: [],
  awaits: null,
  used: [],
});
