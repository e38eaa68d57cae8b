/**
 * A turn's plan and how it changes: pure. The planner (a model) says which steps there are, the executor runs them, the
 * monitor keeps their states. A plan is JSON: it stands in the run's checkpoint and in the thread's events.
 */

/** Waiting: not begun. Done: its result, or its proposal, is there. The last four are ends without one. */
export type StepState = "waiting" | "running" | "done" | "failed" | "skipped" | "stopped";

export interface PlanStep {
  readonly id: string;
  /** Null where only an earlier result can tell (what is to be proposed). */
  readonly tool: string | null;
  /** What it does, in the reply's language; often the person's own words. */
  readonly title: string;
  /** What it is for, in the reply's language. */
  readonly why: string | null;
  /** Steps whose result it needs: without one it is skipped. */
  readonly dependsOn: readonly string[];
  /** Steps that only come before it: it runs once they have ended in any way. */
  readonly after: readonly string[];
  /** The step whose proposal has to be carried out first. */
  readonly onceDecided: string | null;
  readonly state: StepState;
  /** Why it failed, was skipped or was stopped, in the reply's language. */
  readonly note: string | null;
  /** Proposals that it made. */
  readonly proposals: readonly string[];
}

export interface RunPlan {
  readonly steps: readonly PlanStep[];
  /** The planner said all steps before the first ran; else they are known as they come. */
  readonly declared: boolean;
  /** Of titles and notes. */
  readonly language: string;
  /** Words of the person that changed the steps that were left, in their order. */
  readonly steering: readonly Narrowing[];
  /** A language model said it: its calls belong to its steps by their tools, not by their ids. */
  readonly byTool?: true;
  /** The step of each call that was given one by its tool. */
  readonly calls?: Readonly<Record<string, string>>;
}

/** The cases of all steps that have not begun; a filter of tools/inputs.ts each. */
export interface Narrowing {
  readonly words: string;
  readonly filters: readonly unknown[];
}

/** A step as a planner says it. */
export type PlannedStep = Pick<PlanStep, "id" | "tool" | "title"> &
  Partial<Pick<PlanStep, "why" | "dependsOn" | "after" | "onceDecided">>;

/** A call that a planner makes: its id is its step's, or the step's with a suffix after a full stop. */
export interface StepCall {
  readonly id: string;
  readonly tool: string;
}

const ended: ReadonlySet<StepState> = new Set(["done", "failed", "skipped", "stopped"]);
export const hasEnded = ({ state }: Pick<PlanStep, "state">): boolean => ended.has(state);

/** From so many steps on a plan is shown before it runs, and is accounted for at the end. */
export const shownFrom = 3;
export const isShown = ({ steps }: Pick<RunPlan, "steps">): boolean => steps.length >= shownFrom;

export function stepOf(planned: PlannedStep): PlanStep {
  return {
    why: null,
    dependsOn: [],
    after: [],
    onceDecided: null,
    ...planned,
    state: "waiting",
    note: null,
    proposals: [],
  };
}

export const declaredPlan = (planned: readonly PlannedStep[], language: string): RunPlan => ({
  steps: planned.map(stepOf),
  declared: true,
  language,
  steering: [],
});

export const emptyPlan = (language: string): RunPlan => ({
  steps: [],
  declared: false,
  language,
  steering: [],
});

/** The step that a call belongs to. */
export const stepOfCall = (plan: RunPlan, call: string): PlanStep | undefined => {
  const given = plan.calls?.[call];
  return plan.steps.find(({ id }) =>
    given === undefined ? call === id || call.startsWith(`${id}.`) : id === given,
  );
};

/** The step of a call's tool: one that nothing was called for yet, else one that runs, else one that is not to be done. */
function stepOfTool(plan: RunPlan, tool: string): PlanStep | undefined {
  const taken = new Set(Object.values(plan.calls ?? {}));
  const own = plan.steps.filter((step) => step.tool === tool);
  return (
    own.find((step) => !hasEnded(step) && !taken.has(step.id)) ??
    own.find((step) => !hasEnded(step)) ??
    own.find(({ id, state }) => (state === "skipped" || state === "stopped") && !taken.has(id))
  );
}

/** The plan with the steps of these calls, by their tools; a call of a tool that no step is left for has none. */
function assigned(plan: RunPlan, calls: readonly StepCall[]): RunPlan {
  if (plan.byTool !== true) return plan;
  const given: Record<string, string> = { ...plan.calls };
  for (const { id, tool } of calls) {
    const so = { ...plan, calls: given };
    const step = stepOfCall(so, id) === undefined ? stepOfTool(so, tool) : undefined;
    if (step !== undefined) given[id] = step.id;
  }
  return { ...plan, calls: given };
}

/**
 * The plan with a round of calls in it: those of declared steps stay theirs, each other one is a step of its own that
 * comes after all that are there.
 */
export function withCalls(
  given: RunPlan,
  calls: readonly StepCall[],
  title: (tool: string) => string,
): RunPlan {
  const plan = assigned(given, calls);
  const before = plan.steps.map(({ id }) => id);
  const added = calls
    .filter(({ id }) => stepOfCall(plan, id) === undefined)
    .map(({ id, tool }) => stepOf({ id, tool, title: title(tool), after: before }));
  return { ...plan, steps: [...plan.steps, ...added] };
}

export type StepChange = Partial<Pick<PlanStep, "state" | "note" | "tool" | "proposals">>;

/** The plan with one step changed; a step that has ended stays as it ended. */
export function changeStep(plan: RunPlan, id: string, change: StepChange): RunPlan {
  const steps = plan.steps.map((step) => (step.id === id && !hasEnded(step) ? { ...step, ...change } : step));
  return { ...plan, steps };
}

/** Steps whose needed results will never come are skipped, one after another; `note` says which was missing. */
export function skipOrphans(plan: RunPlan, note: (needed: PlanStep) => string): RunPlan {
  const lost = (step: PlanStep): PlanStep | undefined =>
    plan.steps.find(
      ({ id, state }) => step.dependsOn.includes(id) && state !== "done" && hasEnded({ state }),
    );
  const orphan = plan.steps.find((step) => step.state === "waiting" && lost(step) !== undefined);
  if (orphan === undefined) return plan;
  return skipOrphans(changeStep(plan, orphan.id, { state: "skipped", note: note(lost(orphan)!) }), note);
}

/** Steps that may begin now. Those that wait for a decision are not among them. */
export function readySteps(plan: RunPlan): readonly PlanStep[] {
  const state = new Map(plan.steps.map((step) => [step.id, step.state]));
  return plan.steps.filter(
    (step) =>
      step.state === "waiting" &&
      step.onceDecided === null &&
      step.dependsOn.every((id) => state.get(id) === "done") &&
      step.after.every((id) => hasEnded({ state: state.get(id) ?? "done" })),
  );
}

/** Steps that wait for a decision on a proposal that was made, themselves or through a step that they need. */
export function stepsAwaitingDecision(plan: RunPlan): readonly PlanStep[] {
  const made = new Set(plan.steps.flatMap(({ id, proposals }) => (proposals.length > 0 ? [id] : [])));
  const waits = (step: PlanStep): boolean =>
    step.state === "waiting" &&
    ((step.onceDecided !== null && made.has(step.onceDecided)) ||
      plan.steps.some(({ id, ...other }) => step.dependsOn.includes(id) && waits({ id, ...other })));
  return plan.steps.filter(waits);
}

/** Everything that has not ended is stopped: because of a limit, or because a person said so. */
export function stopSteps(
  plan: RunPlan,
  note: string,
  which: (step: PlanStep) => boolean = () => true,
): RunPlan {
  const steps = plan.steps.map((step) =>
    hasEnded(step) || !which(step) ? step : { ...step, state: "stopped" as const, note },
  );
  return { ...plan, steps };
}

/** After a restart what was running begins again. */
export const rerunSteps = (plan: RunPlan): RunPlan => ({
  ...plan,
  steps: plan.steps.map((step) => (step.state === "running" ? { ...step, state: "waiting" as const } : step)),
});

/** After its proposals were decided: steps that waited for them may begin, or never will. */
export function afterDecisions(
  plan: RunPlan,
  stateOf: (proposal: string) => string | undefined,
  note: (waitedFor: PlanStep, state: string) => string,
): RunPlan {
  const steps = plan.steps.map((step) => {
    if (step.state !== "waiting" || step.onceDecided === null) return step;
    const waitedFor = plan.steps.find(({ id }) => id === step.onceDecided);
    if (waitedFor === undefined || waitedFor.proposals.length === 0) return step;
    const states = waitedFor.proposals.map((id) => stateOf(id) ?? "pending");
    const refused = states.find((state) => state !== "executed");
    if (refused === undefined) return { ...step, onceDecided: null };
    return { ...step, state: "skipped" as const, note: note(waitedFor, refused) };
  });
  return { ...plan, steps };
}

/** The ids of steps that are not as they were. */
export function changedSteps(before: RunPlan | null, after: RunPlan): readonly PlanStep[] {
  const known = new Map((before?.steps ?? []).map((step) => [step.id, JSON.stringify(step)]));
  return after.steps.filter((step) => known.get(step.id) !== JSON.stringify(step));
}

export type PlanCounts = Readonly<Record<StepState, number>>;

export function countSteps({ steps }: Pick<RunPlan, "steps">): PlanCounts {
  const counts = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0, stopped: 0 };
  for (const { state } of steps) counts[state] += 1;
  return counts;
}
