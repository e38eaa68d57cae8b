import type { Comparator, Condition, Literal } from "./condition.ts";
import {
  type ConditionSchema,
  comparableValue,
  operandType,
  type ResolvedOperand,
  resolveOperand,
} from "./schema.ts";

export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Where in a case the condition stands: the bound on what is known (`p.t` or `p.n`), or everything. */
interface Scope {
  readonly events: string;
  readonly steps: string;
  readonly now: string;
}

const wholeCase: Scope = { events: "", steps: "", now: "c.last_event" };
const atTime: Scope = { events: " AND e.completed <= p.t", steps: " AND s.completed <= p.t", now: "p.t" };
/** Without times a step is known at its own event; steps and events are then the same rows. */
const atPosition: Scope = { events: " AND e.position <= p.n", steps: " AND e.position <= p.n", now: "NULL" };

function literalSql(operand: ResolvedOperand, literal: Literal): string {
  const value = comparableValue(operand, literal);
  if (operandType(operand) === "time") return `make_timestamp(${value})`;
  return typeof value === "string" ? sqlText(value) : String(value);
}

const stepFilter = (activity: string | null): string =>
  activity === null ? "" : ` AND s.activity = ${sqlText(activity)}`;

function measureSql(operand: Extract<ResolvedOperand, { kind: "measure" }>, scope: Scope): string {
  const { measure, activity } = operand;
  if (scope === atPosition) return positionMeasureSql(measure, activity);
  const from = `FROM steps s WHERE s.case_id = c.case_id${stepFilter(activity)}${scope.steps}`;
  if (measure === "count") return `(SELECT count(*) ${from})`;
  if (measure === "elapsed") {
    const until = activity === null ? scope.now : `(SELECT min(s.completed) ${from})`;
    return `((epoch_us(${until}) - epoch_us(c.first_event)) / 1e6)`;
  }
  return `(SELECT max(s.${measure}_s) ${from})`;
}

function positionMeasureSql(measure: string, activity: string | null): string {
  if (measure !== "count") return "CAST(NULL AS DOUBLE)";
  const filter = activity === null ? "" : ` AND e.activity = ${sqlText(activity)}`;
  return `(SELECT count(*) FROM events e WHERE e.case_id = c.case_id${filter} AND e.position <= p.n)`;
}

function operandSql(operand: ResolvedOperand, scope: Scope): string {
  switch (operand.kind) {
    case "case-attribute":
      return `c.${sqlName(operand.name)}`;
    case "event-attribute":
      return `(SELECT arg_max(e.${sqlName(operand.name)}, e.position) FROM events e WHERE e.case_id = c.case_id${scope.events})`;
    case "measure":
      return measureSql(operand, scope);
    case "delay":
      return `((epoch_us(${scope.now}) - epoch_us(${operandSql(operand.deadline, scope)})) / 1e6)`;
  }
}

function expression(condition: Condition, schema: ConditionSchema, scope: Scope): string {
  if (condition.kind === "and" || condition.kind === "or") {
    const parts = condition.conditions.map((part) => expression(part, schema, scope));
    return `(${parts.join(condition.kind === "and" ? " AND " : " OR ")})`;
  }
  if (condition.kind === "not") return `(NOT ${expression(condition.condition, schema, scope)})`;
  const operand = resolveOperand(condition.operand, schema);
  const left = operandSql(operand, scope);
  if (condition.kind === "missing") return `(${left} IS NULL)`;
  if (condition.kind === "in") {
    return `(${left} IN (${condition.literals.map((literal) => literalSql(operand, literal)).join(", ")}))`;
  }
  const comparator = condition.comparator === "!=" ? "<>" : condition.comparator;
  return `(${left} ${comparator} ${literalSql(operand, condition.literal)})`;
}

const growing: readonly Comparator[] = [">", ">="];

/** Whether a condition that held once in a case holds ever after, so that the case's end tells it all. */
export function staysTrue(condition: Condition, schema: ConditionSchema): boolean {
  if (condition.kind === "and" || condition.kind === "or") {
    return condition.conditions.every((part) => staysTrue(part, schema));
  }
  if (condition.kind === "not") return isFixed(condition.condition, schema);
  if (isFixed(condition, schema)) return true;
  const operand = resolveOperand(condition.operand, schema);
  if (condition.kind !== "compare" || operand.kind === "event-attribute") return false;
  if (operand.kind === "delay" && operand.deadline.kind === "event-attribute") return false;
  const settled = operand.kind === "measure" && operand.measure === "elapsed" && operand.activity !== null;
  return settled || growing.includes(condition.comparator);
}

/** Whether it rests on case attributes alone. */
function isFixed(condition: Condition, schema: ConditionSchema): boolean {
  if (condition.kind === "and" || condition.kind === "or") {
    return condition.conditions.every((part) => isFixed(part, schema));
  }
  if (condition.kind === "not") return isFixed(condition.condition, schema);
  return resolveOperand(condition.operand, schema).kind === "case-attribute";
}

/**
 * A SELECT of the `case_id`s in which the condition holds at some decision point (evaluate-condition.ts), over the
 * log store's relations. Conditions that stay true once they are true are read at the case's end.
 */
export function hitCasesSql(condition: Condition, schema: ConditionSchema): string {
  if (staysTrue(condition, schema)) {
    return `SELECT c.case_id FROM cases c WHERE ${expression(condition, schema, wholeCase)}`;
  }
  const [bound, scope] = schema.hasTimes ? ["completed AS t", atTime] : ["position AS n", atPosition];
  return `SELECT DISTINCT c.case_id FROM (SELECT DISTINCT case_id, ${bound} FROM events) p JOIN cases c ON c.case_id = p.case_id WHERE ${expression(condition, schema, scope)}`;
}
