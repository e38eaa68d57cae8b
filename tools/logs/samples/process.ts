import type { Random } from "./random.ts";
import type { Flow, Worker } from "./simulation.ts";

export type Attribute = string | number | boolean;

/** A process that can be simulated: who works in it, how cases arrive, what a case does. */
export interface SampleProcess {
  readonly name: SampleName;
  readonly casePrefix: string;
  /** Cases by default, and working days they arrive over. */
  readonly cases: number;
  readonly days: number;
  /** Names of the case attributes, in the order of the columns. */
  readonly attributes: readonly string[];
  readonly truth: SampleTruth;
  workers(improved: boolean): readonly Worker[];
  describe(random: Random, arrival: number): Readonly<Record<string, Attribute>>;
  flow(random: Random, attributes: Readonly<Record<string, Attribute>>, improved: boolean): Flow;
}

export type SampleName = "order-to-cash" | "helpdesk" | "loan";

/** What was planted, so that tests can hold findings against it. */
export interface SampleTruth {
  readonly bottleneck: string;
  readonly causes: readonly {
    readonly attribute: string;
    readonly comparator: "=" | ">";
    readonly value: string | number;
    readonly effect: string;
  }[];
  /** Somebody with time to spare, who could help at the bottleneck. */
  readonly idle: { readonly resource: string; readonly team: string } | null;
  readonly improvement: string;
}

export const WEEK = [1, 2, 3, 4, 5] as const;

/** A member of a team with office hours. */
export const member = (
  name: string,
  teams: string | readonly string[],
  hours: readonly [number, number] = [8, 17],
  days: readonly number[] = WEEK,
): Worker => ({ name, teams: typeof teams === "string" ? [teams] : teams, hours, days });

/** ISO date, `days` after an instant. */
export const dateAfter = (instant: number, days: number): string =>
  new Date(instant + days * 86_400_000).toISOString().slice(0, 10);
