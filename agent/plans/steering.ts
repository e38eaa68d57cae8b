/** What a message does to a plan that runs: pure. Who understood it, and in which language, is the caller's matter. */
import { hasEnded, type Narrowing, type PlanStep, type RunPlan } from "./plan.ts";

export type Steering =
  | { readonly kind: "stop" }
  | { readonly kind: "skip"; readonly words: string; readonly steps: readonly string[] }
  | { readonly kind: "narrow"; readonly words: string; readonly filters: readonly unknown[] };

/** Steps that a message can still change: what runs is not taken back half-way. */
export const steerable = (plan: RunPlan): readonly PlanStep[] =>
  plan.steps.filter(({ state }) => state === "waiting");

/**
 * The plan as the message leaves it. `note` says why a step is left out.
 *
 * A stop is no change of a plan: it ends the turn (`stopSteps`).
 */
export function steer(plan: RunPlan, steering: Steering, note: (words: string) => string): RunPlan {
  if (steering.kind === "stop") return plan;
  if (steering.kind === "narrow") {
    const narrowing: Narrowing = { words: steering.words, filters: steering.filters };
    return { ...plan, steering: [...plan.steering, narrowing] };
  }
  const steps = plan.steps.map((step) =>
    steering.steps.includes(step.id) && !hasEnded(step) && step.state !== "running"
      ? { ...step, state: "skipped" as const, note: note(steering.words) }
      : step,
  );
  return { ...plan, steps };
}

/** Filters that steps which begin now get besides their own. */
export const narrowedTo = (plan: RunPlan): readonly unknown[] =>
  plan.steering.flatMap(({ filters }) => filters);
