import type { Column, EventLog } from "../../logs/core/event-log.ts";
import type { Condition, Literal, Measure, Operand } from "./condition.ts";
import { ConditionTypeError, UnknownRuleTermError } from "./errors.ts";
import { nearest } from "./nearest.ts";

export type AttributeKind = Column["kind"];

/** What a condition over a log may name. */
export interface ConditionSchema {
  readonly caseAttributes: ReadonlyMap<string, AttributeKind>;
  readonly eventAttributes: ReadonlyMap<string, AttributeKind>;
  readonly activities: readonly string[];
  /** The time attribute that holds a case's own deadline. */
  readonly deadline: string | null;
  readonly hasTimes: boolean;
}

const deadlineName = /deadline|due|promise|target|sla\b|expected/i;
const isDelayName = (name: string): boolean => /(?:^|[_ .:])delay$/i.test(name);

const kindsOf = (columns: ReadonlyMap<string, Column>): ReadonlyMap<string, AttributeKind> =>
  new Map([...columns].map(([name, column]) => [name, column.kind]));

export function schemaOf(log: EventLog): ConditionSchema {
  const caseAttributes = kindsOf(log.caseAttributes);
  const eventAttributes = new Map<string, AttributeKind>(kindsOf(log.attributes));
  eventAttributes.set("activity", "text");
  if (log.resource !== null) eventAttributes.set("resource", "text");
  const deadline = [...caseAttributes, ...eventAttributes].find(
    ([name, kind]) => kind === "time" && deadlineName.test(name),
  );
  return {
    caseAttributes,
    eventAttributes,
    activities: log.activities,
    deadline: deadline?.[0] ?? null,
    hasTimes: log.completed !== null,
  };
}

/**
 * An operand found in a log. `delay` is what a name ending in "delay" means where the log has no such attribute:
 * the time past the case's deadline, or, without a deadline, the longest wait of a step so far.
 */
export type ResolvedOperand =
  | {
      readonly kind: "case-attribute" | "event-attribute";
      readonly name: string;
      readonly type: AttributeKind;
    }
  | { readonly kind: "measure"; readonly measure: Measure; readonly activity: string | null }
  | { readonly kind: "delay"; readonly deadline: ResolvedOperand };

/** Finds what an operand names. Throws `UnknownRuleTermError` with the nearest names. */
export function resolveOperand(operand: Operand, schema: ConditionSchema): ResolvedOperand {
  if (operand.kind === "measure") {
    const { activity } = operand;
    if (activity !== null && !schema.activities.includes(activity)) {
      throw new UnknownRuleTermError(activity, nearest(activity, schema.activities));
    }
    return operand;
  }
  return resolveAttribute(operand.name, schema);
}

function resolveAttribute(name: string, schema: ConditionSchema): ResolvedOperand {
  const ofCase = schema.caseAttributes.get(name);
  if (ofCase !== undefined) return { kind: "case-attribute", name, type: ofCase };
  const ofEvent = schema.eventAttributes.get(name);
  if (ofEvent !== undefined) return { kind: "event-attribute", name, type: ofEvent };
  if (isDelayName(name)) return resolveDelay(schema);
  const names = [...schema.caseAttributes.keys(), ...schema.eventAttributes.keys()];
  throw new UnknownRuleTermError(name, nearest(name, names));
}

function resolveDelay(schema: ConditionSchema): ResolvedOperand {
  if (schema.deadline === null) return { kind: "measure", measure: "waiting", activity: null };
  return { kind: "delay", deadline: resolveAttribute(schema.deadline, schema) };
}

/** The kind of value an operand has. */
export const operandType = (operand: ResolvedOperand): AttributeKind =>
  operand.kind === "case-attribute" || operand.kind === "event-attribute" ? operand.type : "number";

const unitNames: readonly (readonly [RegExp, number])[] = [
  [/(?:^|[_ ])(?:ms|milliseconds?)$/i, 0.001],
  [/(?:^|[_ ])(?:min|mins|minutes?)$/i, 60],
  [/(?:^|[_ ])(?:h|hrs?|hours?)$/i, 3_600],
  [/(?:^|[_ ])(?:d|days?)$/i, 86_400],
];

/** How many seconds one unit of a numeric attribute is, by the unit in its name; seconds when it names none. */
export const secondsPerUnit = (name: string): number =>
  unitNames.find(([pattern]) => pattern.test(name))?.[1] ?? 1;

/** A literal in the units of what it is compared with: a number, text or boolean; instants in microseconds. */
export function comparableValue(operand: ResolvedOperand, literal: Literal): number | string | boolean {
  const type = operandType(operand);
  const name = "name" in operand ? operand.name : operand.kind;
  if (type === "number" && literal.kind === "duration") {
    return "name" in operand ? literal.seconds / secondsPerUnit(operand.name) : literal.seconds;
  }
  if (type === "number" && literal.kind === "number") return literal.value;
  if (type === "boolean" && literal.kind === "boolean") return literal.value;
  if (type === "text" && literal.kind === "text") return literal.value;
  if (type === "text" && literal.kind === "number") return String(literal.value);
  if (type === "time" && literal.kind === "text" && !Number.isNaN(Date.parse(literal.value))) {
    return Date.parse(literal.value) * 1000;
  }
  throw new ConditionTypeError(name, type, literal.kind);
}

/** Holds a condition against a log. Throws `UnknownRuleTermError` or `ConditionTypeError`. */
export function checkCondition(condition: Condition, schema: ConditionSchema): void {
  if (condition.kind === "and" || condition.kind === "or") {
    for (const part of condition.conditions) checkCondition(part, schema);
  } else if (condition.kind === "not") {
    checkCondition(condition.condition, schema);
  } else {
    const operand = resolveOperand(condition.operand, schema);
    if (condition.kind === "compare") comparableValue(operand, condition.literal);
    if (condition.kind === "in") for (const literal of condition.literals) comparableValue(operand, literal);
  }
}
