import type { StepTable } from "../../kpi/core/steps.ts";
import { type Column, type EventLog, MISSING } from "../../logs/core/event-log.ts";
import type { Comparator, Condition, Literal } from "./condition.ts";
import { type ConditionSchema, comparableValue, type ResolvedOperand, resolveOperand } from "./schema.ts";

export type Value = number | string | boolean;
/** Three-valued as in SQL: null where a value is missing. */
export type Truth = boolean | null;

/** How far a case is known: its events up to `end` (exclusive index), at the time of the last of them. */
export interface DecisionPoint {
  readonly case: number;
  readonly end: number;
}

type Read = (point: DecisionPoint) => Value | null;
export type CompiledCondition = (point: DecisionPoint) => Truth;

/** What a condition is evaluated on. */
export interface CaseData {
  readonly log: EventLog;
  readonly steps: StepTable;
  readonly schema: ConditionSchema;
}

export function columnValue(column: Column, index: number): Value | null {
  if (column.kind === "text") {
    const code = column.codes[index]!;
    return code === MISSING ? null : column.dictionary[code]!;
  }
  if (column.kind === "boolean") {
    const value = column.values[index]!;
    return value === 2 ? null : value === 1;
  }
  const value = column.values[index]!;
  return Number.isNaN(value) ? null : value;
}

function eventColumn(log: EventLog, name: string): Column {
  const own = log.attributes.get(name);
  if (own !== undefined) return own;
  if (name === "resource" && log.resource !== null) return log.resource;
  return { kind: "text", codes: log.activity, dictionary: log.activities };
}

/** The last value that was there; values that come later are not looked at. */
function lastValue(column: Column, from: number, end: number): Value | null {
  for (let event = end - 1; event >= from; event--) {
    const value = columnValue(column, event);
    if (value !== null) return value;
  }
  return null;
}

/** The time of the last known event; NaN before the first. */
const now = (log: EventLog, point: DecisionPoint): number =>
  point.end === log.caseStart[point.case] ? Number.NaN : (log.completed?.[point.end - 1] ?? Number.NaN);

function isKnown({ log, steps }: CaseData, point: DecisionPoint, step: number): boolean {
  return log.completed === null ? steps.event[step]! < point.end : steps.completed[step]! <= now(log, point);
}

function aggregate(
  data: CaseData,
  point: DecisionPoint,
  activity: number | null,
  visit: (step: number) => void,
): void {
  const { steps } = data;
  for (let step = steps.caseStart[point.case]!; step < steps.caseStart[point.case + 1]!; step++) {
    if ((activity === null || steps.activity[step] === activity) && isKnown(data, point, step)) visit(step);
  }
}

function longest(data: CaseData, values: Float64Array, activity: number | null): Read {
  return (point) => {
    let result: number | null = null;
    aggregate(data, point, activity, (step) => {
      const value = values[step]!;
      if (!Number.isNaN(value) && (result === null || value > result)) result = value;
    });
    return result;
  };
}

function readCount(data: CaseData, activity: number | null): Read {
  return (point) => {
    let count = 0;
    aggregate(data, point, activity, () => count++);
    return count;
  };
}

function readElapsed(data: CaseData, activity: number | null): Read {
  const { steps, log } = data;
  return (point) => {
    const first = steps.firstEvent[point.case]!;
    if (Number.isNaN(first)) return null;
    if (activity === null) return (now(log, point) - first) / 1e6;
    let earliest = Number.POSITIVE_INFINITY;
    aggregate(data, point, activity, (step) => {
      earliest = Math.min(earliest, steps.completed[step]!);
    });
    return earliest === Number.POSITIVE_INFINITY ? null : (earliest - first) / 1e6;
  };
}

function readMeasure(data: CaseData, operand: Extract<ResolvedOperand, { kind: "measure" }>): Read {
  const activity = operand.activity === null ? null : data.log.activities.indexOf(operand.activity);
  if (operand.measure === "count") return readCount(data, activity);
  if (operand.measure === "elapsed") return readElapsed(data, activity);
  return longest(data, operand.measure === "waiting" ? data.steps.waiting : data.steps.service, activity);
}

function reader(data: CaseData, operand: ResolvedOperand): Read {
  const { log } = data;
  switch (operand.kind) {
    case "case-attribute": {
      const column = log.caseAttributes.get(operand.name)!;
      return (point) => columnValue(column, point.case);
    }
    case "event-attribute": {
      const column = eventColumn(log, operand.name);
      return (point) => lastValue(column, log.caseStart[point.case]!, point.end);
    }
    case "measure":
      return readMeasure(data, operand);
    case "delay": {
      const deadline = reader(data, operand.deadline);
      return (point) => {
        const due = deadline(point);
        return typeof due === "number" && log.completed !== null ? (now(log, point) - due) / 1e6 : null;
      };
    }
  }
}

function compare(left: Value, comparator: Comparator, right: Value): boolean {
  switch (comparator) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
  }
}

/** Kleene's conjunction: false wins, then unknown. */
function every(parts: readonly CompiledCondition[], point: DecisionPoint, decisive: boolean): Truth {
  let result: Truth = !decisive;
  for (const part of parts) {
    const truth = part(point);
    if (truth === decisive) return decisive;
    if (truth === null) result = null;
  }
  return result;
}

function compileLeaf(
  data: CaseData,
  condition: Extract<Condition, { kind: "compare" | "in" | "missing" }>,
): CompiledCondition {
  const operand = resolveOperand(condition.operand, data.schema);
  const read = reader(data, operand);
  if (condition.kind === "missing") return (point) => read(point) === null;
  const comparable = (literal: Literal): Value => comparableValue(operand, literal);
  const values =
    condition.kind === "in" ? condition.literals.map(comparable) : [comparable(condition.literal)];
  const comparator = condition.kind === "in" ? "=" : condition.comparator;
  return (point) => {
    const value = read(point);
    return value === null ? null : values.some((other) => compare(value, comparator, other));
  };
}

/** Compiles a condition for a log. Throws as `checkCondition` does. */
export function compileCondition(condition: Condition, data: CaseData): CompiledCondition {
  if (condition.kind === "not") {
    const inner = compileCondition(condition.condition, data);
    return (point) => {
      const truth = inner(point);
      return truth === null ? null : !truth;
    };
  }
  if (condition.kind === "and" || condition.kind === "or") {
    const parts = condition.conditions.map((part) => compileCondition(part, data));
    return (point) => every(parts, point, condition.kind === "or");
  }
  return compileLeaf(data, condition);
}

/**
 * The decision points of a case: after each event, events with equal times together (there is no telling which of
 * them was known first). Without times, after each event.
 */
export function* decisionPoints(log: EventLog, caseIndex: number): Generator<DecisionPoint> {
  const last = log.caseStart[caseIndex + 1]!;
  for (let end = log.caseStart[caseIndex]! + 1; end <= last; end++) {
    const tied = end < last && log.completed !== null && log.completed[end] === log.completed[end - 1];
    if (!tied) yield { case: caseIndex, end };
  }
}

/** The first decision point at which the condition holds; null when it never does. */
export function firstHit(
  condition: CompiledCondition,
  log: EventLog,
  caseIndex: number,
): DecisionPoint | null {
  for (const point of decisionPoints(log, caseIndex)) if (condition(point) === true) return point;
  return null;
}
