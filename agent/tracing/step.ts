/**
 * The steps of a turn that its trace has, and running a piece of work as one. What a step may say of itself is a closed
 * set: names of tools and models, counts and times. No words of people, no value of a log, no secret can stand in one.
 *
 * Names follow OpenTelemetry's semantic conventions for generative AI and for databases.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** Planner: decides what to do. Executor: does it. Monitor: checks what was done or promised. */
export type TraceRole = "planner" | "executor" | "monitor";

export type Step =
  | { readonly kind: "turn"; readonly channel: string }
  | { readonly kind: "execution"; readonly tool: string }
  | { readonly kind: "plan"; readonly provider: string }
  /** `step`: the id of the plan's step. */
  | { readonly kind: "tool"; readonly tool: string; readonly step?: string }
  | { readonly kind: "sql"; readonly system: string }
  | { readonly kind: "propose"; readonly tool: string; readonly step?: string }
  | { readonly kind: "connector"; readonly operation: string; readonly method: string }
  | { readonly kind: "watch" }
  | { readonly kind: "verify" };

/** What may be told of a step once it is known. */
export interface StepAttributes {
  readonly "gen_ai.response.model"?: string;
  readonly "gen_ai.usage.input_tokens"?: number;
  readonly "gen_ai.usage.output_tokens"?: number;
  readonly "millwright.cost_micros"?: number;
  /** Why the built-in planner stands in for a language model: `budget-person`, `unavailable-overloaded`. */
  readonly "millwright.fallback"?: string;
  readonly "millwright.calls"?: number;
  readonly "millwright.facts"?: number;
  readonly "millwright.doubts"?: number;
  /** Of the plan as it is after this step of the trace. */
  readonly "millwright.plan.steps"?: number;
  readonly "millwright.plan.waiting"?: number;
  readonly "millwright.plan.done"?: number;
  readonly "millwright.plan.failed"?: number;
  readonly "millwright.plan.skipped"?: number;
  readonly "millwright.plan.stopped"?: number;
  readonly "millwright.plan.steered"?: number;
  readonly "millwright.plan.limit"?: string;
  readonly "millwright.proposal.state"?: string;
  readonly "db.response.returned_rows"?: number;
  readonly "http.response.status_code"?: number;
}

export interface RunningStep {
  set(attributes: StepAttributes): void;
  /** Runs work as a step of this one. */
  child<Result>(step: Step, work: (running: RunningStep) => Promise<Result>): Promise<Result>;
}

const untraced: RunningStep = {
  set: () => undefined,
  child: (_step, work) => work(untraced),
};

/** The step that the present work belongs to. */
export const currentStep = new AsyncLocalStorage<RunningStep>();

/** Runs work as a step of whatever is being traced; just runs it where nothing is. */
export const traced = <Result>(
  step: Step,
  work: (running: RunningStep) => Promise<Result>,
): Promise<Result> => (currentStep.getStore() ?? untraced).child(step, work);

/** An identifier as it is, anything else as "other": names come from outside too. */
export const identifier = (name: string): string => (/^[\w.:/-]{1,100}$/u.test(name) ? name : "other");

export function nameOf(step: Step): string {
  switch (step.kind) {
    case "turn":
      return "invoke_agent millwright";
    case "execution":
      return `gate execute ${identifier(step.tool)}`;
    case "plan":
      return "chat";
    case "tool":
      return `execute_tool ${identifier(step.tool)}`;
    case "sql":
      return "SELECT";
    case "propose":
      return `gate propose ${identifier(step.tool)}`;
    case "connector":
      return `${identifier(step.method)} ${identifier(step.operation)}`;
    case "watch":
      return "watch plan";
    case "verify":
      return "verify reply";
  }
}

export function roleOf({ kind }: Step): TraceRole {
  if (kind === "turn" || kind === "plan") return "planner";
  return kind === "verify" || kind === "watch" ? "monitor" : "executor";
}

type Attribute = string | number;

const stepOf = ({ step }: { readonly step?: string }): Record<string, Attribute> =>
  step === undefined ? {} : { "millwright.step": identifier(step) };

/** What is known of a step before it runs. */
export function attributesOf(step: Step): Record<string, Attribute> {
  const role = { "millwright.role": roleOf(step) };
  switch (step.kind) {
    case "turn":
      return {
        ...role,
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "millwright",
        "millwright.channel": step.channel,
      };
    case "plan":
      return { ...role, "gen_ai.operation.name": "chat", "gen_ai.provider.name": step.provider };
    case "tool":
      return {
        ...role,
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": identifier(step.tool),
        "gen_ai.tool.type": "function",
        ...stepOf(step),
      };
    case "propose":
      return { ...role, "gen_ai.tool.name": identifier(step.tool), ...stepOf(step) };
    case "execution":
      return { ...role, "gen_ai.tool.name": identifier(step.tool) };
    case "sql":
      return { ...role, "db.system.name": step.system, "db.operation.name": "SELECT" };
    case "connector":
      return { ...role, "http.request.method": identifier(step.method) };
    case "watch":
    case "verify":
      return role;
  }
}
