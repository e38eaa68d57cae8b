/** A plan while it runs, as lines: its steps before the first begins, then each as it begins and ends; and what takes long without one. */
import type { PlanStep, ThreadEvent } from "../../contract.ts";
import { plain, type Terminal } from "../terminal.ts";

const signs: Readonly<Record<PlanStep["state"], string>> = {
  waiting: " ",
  running: "→",
  done: "✓",
  failed: "✗",
  skipped: "-",
  stopped: "■",
};

/** Writes to where errors go, so that the answer alone can be piped on. */
export function planLines(terminal: Terminal): (event: ThreadEvent) => void {
  let steps: readonly PlanStep[] = [];
  let written: Promise<void> = Promise.resolve();
  const write = (text: string): void => {
    terminal.progress?.(null);
    written = written.then(() => terminal.error(`${plain(text)}\n`));
  };
  return ({ body }) => {
    if (body.type === "plan" && body.steps !== undefined) {
      const isNew = steps.length === 0;
      const added = body.steps.slice(steps.length);
      steps = body.steps;
      if (isNew) write("Plan (Ctrl-C stops it):");
      for (const step of added) write(listed(step, steps));
    } else if (body.type === "step") {
      steps = steps.map((step) => (step.id === body.step.id ? body.step : step));
      write(told(body.step, steps));
    } else if (body.type === "progress") {
      const share = body.share === null ? " …" : ` ${Math.floor(body.share * 100)} %`;
      terminal.progress?.(plain(`${body.message}${share}${steps.length === 0 ? " (Ctrl-C stops it)" : ""}`));
    } else if (body.type === "steered") write(`» ${body.words}: ${body.said}`);
    else if (body.type === "stopped" && body.plan !== undefined) write(body.plan.closing);
    if (body.type !== "reply") return;
    if (steps.length > 0) write("");
    else terminal.progress?.(null);
  };
}

const numberOf = (step: PlanStep, steps: readonly PlanStep[]): number =>
  steps.findIndex(({ id }) => id === step.id) + 1;

const listed = (step: PlanStep, steps: readonly PlanStep[]): string =>
  `  ${numberOf(step, steps)}. ${step.title}${step.why === null ? "" : ` (${step.why})`}`;

const told = (step: PlanStep, steps: readonly PlanStep[]): string =>
  `${signs[step.state]} ${numberOf(step, steps)}. ${step.title}${step.note === null ? "" : `: ${step.note}`}`;
