/**
 * The assignment as a mixed-integer program.
 *
 * Each activity's weekly work comes in `portions` equal parts; n[a,r] whole portions of activity a go to resource r.
 * Minimised are the hours worked and the hours waited: a resource that is busy the share ρ of its hours h keeps, in an
 * M/M/1 queue, ρ²/(1−ρ) executions waiting on average, that is h·ρ²/(1−ρ) hours waited a week. That curve is convex, so
 * its tangents are rows of the program (exact at the tangent points, below the curve in between).
 */
import { MillwrightError } from "../../../errors.ts";
import { type LinearModel, ModelBuilder, type Solution, type Solve } from "./linear-model.ts";
import { costOf, loads, type Plan, type Staffing } from "./staffing.ts";

export interface AssignmentOptions {
  readonly portions: number;
  /** Cost a week that must not be exceeded; null for none. */
  readonly budget: number | null;
  readonly goal: "time" | "cost";
  /** Seconds for the solver. */
  readonly seconds: number;
  readonly gap: number;
}

/** Utilisations at which the waiting curve's tangents touch it. */
export const tangentPoints: readonly number[] = [0.2, 0.4, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98];

/** Queue length at utilisation ρ by the tangents; the program's and this function's are the same. */
export function queueByTangents(utilisation: number): number {
  return Math.max(
    0,
    ...tangentPoints.map((point) => tangentAt(point).slope * utilisation + tangentAt(point).intercept),
  );
}

function tangentAt(point: number): { slope: number; intercept: number } {
  const value = point ** 2 / (1 - point);
  const slope = (2 * point - point ** 2) / (1 - point) ** 2;
  return { slope, intercept: value - slope * point };
}

/** A little of the other goal, so that of plans alike in one the better in the other is taken. */
const minorWeight = 1e-3;

interface Weights {
  readonly hour: number;
  readonly money: number;
}

const weightsOf = (goal: "time" | "cost"): Weights =>
  goal === "time" ? { hour: 1, money: minorWeight / 100 } : { hour: minorWeight, money: 1 };

/** The objective of a plan, hours a week (goal `time`) or cost a week (goal `cost`) with a trace of the other. */
export function objectiveOf(staffing: Staffing, plan: Plan, goal: "time" | "cost"): number {
  const weights = weightsOf(goal);
  let total = weights.money * costOf(staffing, plan);
  loads(staffing, plan).forEach((load, resource) => {
    const { hours } = staffing.resources[resource]!;
    total += weights.hour * (load + (hours > 0 ? hours * queueByTangents(load / hours) : 0));
  });
  return total;
}

interface Built {
  readonly model: LinearModel;
  /** Column of n[a,r]; -1 where the resource may not do it. */
  readonly portionColumns: readonly Int32Array[];
  /** Columns of the hours by which each resource exceeds its own, and of the cost over the budget; empty unless elastic. */
  readonly overtime: readonly number[];
  readonly overspend: number | null;
}

type Entries = (readonly [number, number])[];

function addPortions(
  builder: ModelBuilder,
  staffing: Staffing,
  options: AssignmentOptions,
): readonly Int32Array[] {
  return staffing.activities.map((_, activity) => {
    const columns = Int32Array.from(staffing.resources, (__, resource) =>
      staffing.eligible[activity]![resource] === 1 ? builder.column(0, 0, options.portions, true) : -1,
    );
    const entries: Entries = [...columns]
      .filter((column) => column >= 0)
      .map((column) => [column, 1] as const);
    builder.row(options.portions, options.portions, entries);
    return columns;
  });
}

/** Hours of one portion of the activity when the resource does it. */
const portionHours = (staffing: Staffing, activity: number, resource: number, portions: number): number =>
  (staffing.activities[activity]!.arrivals / portions) * staffing.service[activity]![resource]!;

/** The program; `elastic` lets hours and budget be exceeded and minimises only by how much. */
export function buildAssignment(staffing: Staffing, options: AssignmentOptions, elastic = false): Built {
  const builder = new ModelBuilder();
  const weights = weightsOf(options.goal);
  const portionColumns = addPortions(builder, staffing, options);
  const rate = Math.max(1e-9, ...staffing.resources.map((resource) => resource.rate));
  const budgetEntries: Entries = [];
  const overtime: number[] = [];
  staffing.resources.forEach(({ hours, rate: ownRate }, resource) => {
    const load = builder.column(elastic ? 0 : weights.hour + weights.money * ownRate);
    const parts = portionColumns.flatMap((columns, activity): Entries => {
      const column = columns[resource]!;
      return column < 0 ? [] : [[column, portionHours(staffing, activity, resource, options.portions)]];
    });
    builder.row(0, 0, [...parts, [load, -1]]);
    budgetEntries.push([load, ownRate]);
    if (elastic) {
      overtime.push(builder.column(1));
      builder.row(-Infinity, hours, [
        [load, 1],
        [overtime.at(-1)!, -1],
      ]);
    } else {
      builder.row(-Infinity, hours, [[load, 1]]);
      addWaiting(builder, load, hours, weights.hour);
    }
  });
  const overspend = elastic && options.budget !== null ? builder.column(1 / rate) : null;
  if (options.budget !== null) {
    const slack: Entries = overspend === null ? [] : [[overspend, -1]];
    builder.row(-Infinity, options.budget, [...budgetEntries, ...slack]);
  }
  return { model: builder.build(), portionColumns, overtime, overspend };
}

function addWaiting(builder: ModelBuilder, load: number, hours: number, weight: number): void {
  if (hours <= 0) return;
  const waiting = builder.column(weight);
  for (const point of tangentPoints) {
    const { slope, intercept } = tangentAt(point);
    builder.row(hours * intercept, Infinity, [
      [waiting, 1],
      [load, -slope],
    ]);
  }
}

function planOf(staffing: Staffing, built: Built, values: Float64Array, portions: number): Plan {
  return built.portionColumns.map((columns, activity) =>
    Float64Array.from(columns, (column) =>
      column < 0 ? 0 : (Math.round(values[column]!) * staffing.activities[activity]!.arrivals) / portions,
    ),
  );
}

export interface BindingConstraint {
  readonly kind: "hours" | "budget";
  /** The resource; null for the budget. */
  readonly resource: string | null;
  readonly bound: number;
}

function bindingConstraints(
  staffing: Staffing,
  plan: Plan,
  budget: number | null,
): readonly BindingConstraint[] {
  const load = loads(staffing, plan);
  const binding: BindingConstraint[] = staffing.resources
    .filter(({ hours }, resource) => load[resource]! > 0 && load[resource]! >= hours * (1 - 1e-6))
    .map(({ name, hours }) => ({ kind: "hours", resource: name, bound: hours }));
  const isSpent = budget !== null && costOf(staffing, plan) >= budget * (1 - 1e-6);
  return isSpent ? [...binding, { kind: "budget", resource: null, bound: budget }] : binding;
}

/** What would have to give for a plan to exist: the least total excess, counted in hours. */
export interface Relaxation {
  readonly hours: readonly { readonly resource: string; readonly more: number }[];
  /** Cost a week over the budget. */
  readonly budget: number;
}

export type Assignment =
  | {
      readonly status: "optimal" | "feasible";
      readonly plan: Plan;
      readonly objective: number;
      readonly gap: number;
      readonly seconds: number;
      readonly binding: readonly BindingConstraint[];
    }
  | { readonly status: "infeasible"; readonly relaxation: Relaxation; readonly seconds: number };

/** There is nothing to share out. */
export class NothingToAssignError extends MillwrightError {
  constructor(reason: string) {
    super("nothing-to-assign", 422, `There is no work to share out: ${reason}.`, {
      expected: "activities with start times, each done by a resource",
      remedy: "Import the log with its start and resource columns, or choose another activity.",
    });
  }
}

/** The time ran out before any plan was found. */
export class NoPlanInTimeError extends MillwrightError {
  constructor(seconds: number) {
    super("no-plan-in-time", 504, `No plan was found within ${seconds} s.`, {
      remedy: "Give it more time, or fewer activities.",
    });
  }
}

/** Finds the best plan, or what to relax when there is none. */
export async function assign(
  staffing: Staffing,
  options: AssignmentOptions,
  solve: Solve,
): Promise<Assignment> {
  if (staffing.activities.length === 0)
    throw new NothingToAssignError("no activity of the selection has a resource");
  if (!staffing.service.some((row) => row.some((hours) => hours > 0)))
    throw new NothingToAssignError(
      "the log has no start times, so nobody knows how long a step is worked on",
    );
  const built = buildAssignment(staffing, options);
  const solution = await solve(built.model, options);
  if (solution.status === "infeasible") return relaxed(staffing, options, solve, solution);
  if (solution.values === null || solution.status === "unbounded")
    throw new NoPlanInTimeError(options.seconds);
  const plan = planOf(staffing, built, solution.values, options.portions);
  return {
    status: solution.status === "optimal" ? "optimal" : "feasible",
    plan,
    objective: objectiveOf(staffing, plan, options.goal),
    gap: solution.gap ?? 0,
    seconds: solution.seconds,
    binding: bindingConstraints(staffing, plan, options.budget),
  };
}

async function relaxed(
  staffing: Staffing,
  options: AssignmentOptions,
  solve: Solve,
  first: Solution,
): Promise<Assignment> {
  const built = buildAssignment(staffing, options, true);
  const { values, seconds } = await solve(built.model, options);
  if (values === null) throw new NoPlanInTimeError(options.seconds);
  const hours = built.overtime
    .map((column, resource) => ({ resource: staffing.resources[resource]!.name, more: values[column]! }))
    .filter(({ more }) => more > 1e-6);
  const budget = built.overspend === null ? 0 : Math.max(0, values[built.overspend]!);
  return { status: "infeasible", relaxation: { hours, budget }, seconds: first.seconds + seconds };
}
