/** A plan while it runs, as the text of one message that changes: its steps, which are done, what was said meanwhile. */
import type { PlanStep, ThreadEvent } from "../contract.ts";
import { cutText, escapeText, limits } from "./limits.ts";

const signs: Readonly<Record<PlanStep["state"], string>> = {
  waiting: ":white_circle:",
  running: ":hourglass_flowing_sand:",
  done: ":white_check_mark:",
  failed: ":warning:",
  skipped: ":no_entry_sign:",
  stopped: ":octagonal_sign:",
};

/** Takes a turn's events and gives the text after each that changes a plan of several steps; null for all others. */
export function planStatus(): (body: ThreadEvent["body"]) => string | null {
  let steps: readonly PlanStep[] = [];
  const said: string[] = [];
  return (body) => {
    if (body.type === "plan" && body.steps !== undefined) steps = body.steps;
    else if (body.type === "step") steps = steps.map((step) => (step.id === body.step.id ? body.step : step));
    else if (body.type === "steered")
      said.push(`:speech_balloon: ${escapeText(body.words)}: ${escapeText(body.said)}`);
    else return null;
    if (steps.length === 0) return null;
    const lines = [
      "*Plan* (the button stops it, and so does the word `stop`)",
      ...steps.map(lineOf),
      ...said,
    ];
    return cutText(lines.join("\n"), limits.messageText);
  };
}

const lineOf = ({ state, title, note }: PlanStep, index: number): string =>
  `${signs[state]} ${index + 1}. ${escapeText(title)}${note === null ? "" : ` — _${escapeText(note)}_`}`;
