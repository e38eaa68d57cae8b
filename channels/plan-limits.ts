/** The limits of a plan, as the environment gives them. */
import { MillwrightError } from "../errors.ts";

export interface PlanLimits {
  readonly planSteps?: number;
  readonly calls?: number;
  readonly steps?: number;
  readonly planMilliseconds?: number;
  readonly turnMilliseconds?: number;
}

export class PlanLimitError extends MillwrightError {
  constructor(variable: string, value: string) {
    super("plan-limit", 400, `${variable} is "${value}"`, {
      value,
      expected: "a whole number from 1",
      remedy: `Set ${variable} to a number such as 12, or leave it out.`,
    });
  }
}

/** How much longer a turn may take than its plan, to say what it has. */
const graceMilliseconds = 60_000;

/** Empty for what no variable sets. Throws `PlanLimitError` naming the variable. */
export function planLimits(environment: Readonly<Record<string, string | undefined>>): PlanLimits {
  const count = (variable: string, value: string | undefined): number | undefined => {
    if (value === undefined || value === "") return undefined;
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new PlanLimitError(variable, value);
    return Number(value);
  };
  const set = <Name extends keyof PlanLimits>(name: Name, value: number | undefined) =>
    value === undefined ? {} : { [name]: value };
  const seconds = count("MILLWRIGHT_PLAN_SECONDS", environment["MILLWRIGHT_PLAN_SECONDS"]);
  const milliseconds = seconds === undefined ? undefined : seconds * 1000;
  return {
    ...set("planSteps", count("MILLWRIGHT_PLAN_STEPS", environment["MILLWRIGHT_PLAN_STEPS"])),
    ...set("calls", count("MILLWRIGHT_PLAN_CALLS", environment["MILLWRIGHT_PLAN_CALLS"])),
    ...set("steps", count("MILLWRIGHT_PLAN_ROUNDS", environment["MILLWRIGHT_PLAN_ROUNDS"])),
    ...set("planMilliseconds", milliseconds),
    ...set("turnMilliseconds", milliseconds === undefined ? undefined : milliseconds + graceMilliseconds),
  };
}
