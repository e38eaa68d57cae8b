/** Keeps the states of a plan's steps while its calls run, and tells the thread of each that changes. */
import {
  changedSteps,
  changeStep,
  isShown,
  type RunPlan,
  type StepChange,
  stepOfCall,
} from "../plans/plan.ts";
import type { LiveTurn } from "./run.ts";

export interface Progress {
  /** The plan as it is now. */
  plan(): RunPlan | null;
  begin(call: string): Promise<void>;
  /** A step with several calls ends with the last of them. */
  end(call: string, change: StepChange): Promise<void>;
}

export function trackPlan(turn: LiveTurn, begun: RunPlan | null, calls: readonly string[]): Progress {
  let plan = begun;
  const open = new Map<string, number>();
  for (const call of calls) {
    const id = plan === null ? undefined : stepOfCall(plan, call)?.id;
    if (id !== undefined) open.set(id, (open.get(id) ?? 0) + 1);
  }
  const change = async (call: string, changed: (id: string) => StepChange | null): Promise<void> => {
    const id = plan === null ? undefined : stepOfCall(plan, call)?.id;
    const wanted = id === undefined ? null : changed(id);
    if (plan === null || id === undefined || wanted === null) return;
    const next = changeStep(plan, id, wanted);
    const before = plan;
    plan = next;
    await tellSteps(turn, before, next);
  };
  return {
    plan: () => plan,
    begin: (call) => change(call, () => ({ state: "running" })),
    end: (call, ending) =>
      change(call, (id) => {
        const left = (open.get(id) ?? 1) - 1;
        open.set(id, left);
        const made = stepOfCall(plan!, call)?.proposals ?? [];
        const all = { ...ending, proposals: [...made, ...(ending.proposals ?? [])] };
        const { state: _state, ...rest } = all;
        return left > 0 && ending.state === "done" ? rest : all;
      }),
  };
}

/** Records the steps that changed, of a plan that people see. */
export async function tellSteps(turn: LiveTurn, before: RunPlan | null, after: RunPlan): Promise<void> {
  if (!isShown(after) || before === null || !isShown(before)) return;
  const bodies = changedSteps(before, after).map((step) => ({ type: "step" as const, step }));
  if (bodies.length > 0) await turn.recorder.record(...bodies);
}
