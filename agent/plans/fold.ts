/** The plan of a turn as its thread's events tell it: for those who did not run it. Pure. */
import type { ThreadEvent } from "../service.ts";
import type { PlanStep, RunPlan } from "./plan.ts";

/** Null where no plan was shown. */
export function planFromEvents(bodies: readonly ThreadEvent["body"][], language: string): RunPlan | null {
  const steps = new Map<string, PlanStep>();
  let spoken = language;
  for (const body of bodies) {
    if (body.type === "plan") for (const step of body.steps ?? []) steps.set(step.id, step);
    if (body.type === "plan") spoken = body.language ?? spoken;
    if (body.type === "step" && steps.has(body.step.id)) steps.set(body.step.id, body.step);
  }
  if (steps.size === 0) return null;
  return { steps: [...steps.values()], declared: true, language: spoken, steering: [] };
}
