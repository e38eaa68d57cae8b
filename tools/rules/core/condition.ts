/**
 * The language of a rule's condition: comparisons of a case's attributes and measures, combined with `and`, `or`
 * and `not`. Examples: `order_value > 500`, `order_delay > 2h`,
 * `country = "Germany" and waiting("Credit check") > 2h`, `discount is missing`.
 *
 * `parseCondition` (parse-condition.ts) and `printCondition` are inverse to each other.
 */
export type Comparator = "=" | "!=" | ">" | ">=" | "<" | "<=";

/**
 * Measures of a case as far as it is known at a decision point:
 * `waiting`, `service` — the longest of the activity (of any, without one), seconds;
 * `elapsed` — from the case's first event to now, or to the activity's first completion, seconds;
 * `count` — how often the activity has completed (all events, without one).
 */
export const measures = ["waiting", "service", "elapsed", "count"] as const;
export type Measure = (typeof measures)[number];

export type Operand =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "measure"; readonly measure: Measure; readonly activity: string | null };

export type Literal =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "duration"; readonly seconds: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean };

export type Condition =
  | {
      readonly kind: "compare";
      readonly operand: Operand;
      readonly comparator: Comparator;
      readonly literal: Literal;
    }
  | { readonly kind: "in"; readonly operand: Operand; readonly literals: readonly Literal[] }
  | { readonly kind: "missing"; readonly operand: Operand }
  | { readonly kind: "not"; readonly condition: Condition }
  | { readonly kind: "and"; readonly conditions: readonly Condition[] }
  | { readonly kind: "or"; readonly conditions: readonly Condition[] };

const durationUnits = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** Seconds in the largest unit that holds them as a whole number: `2h`, `90min`, `0.5s`. */
export function printDuration(seconds: number): string {
  const unit = durationUnits.find(([, size]) => {
    const count = seconds / size;
    return count !== 0 && Number.isInteger(count) && count * size === seconds;
  });
  return unit === undefined ? `${seconds}s` : `${seconds / unit[1]}${unit[0]}`;
}

/** Doubles the quote inside, as SQL and the condition language both do. */
const quoted = (text: string, quote: string): string =>
  `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;

export function printLiteral(literal: Literal): string {
  if (literal.kind === "duration") return printDuration(literal.seconds);
  if (literal.kind === "text") return quoted(literal.value, '"');
  return String(literal.value);
}

const reserved = new Set(["and", "or", "not", "in", "is", "missing", "true", "false", ...measures]);
const plainName = /^[\p{L}_][\p{L}\p{N}_.:]*$/u;

export function printOperand(operand: Operand): string {
  if (operand.kind === "measure") {
    return `${operand.measure}(${operand.activity === null ? "" : quoted(operand.activity, '"')})`;
  }
  const plain = plainName.test(operand.name) && !reserved.has(operand.name.toLowerCase());
  return plain ? operand.name : quoted(operand.name, "`");
}

const binding = { or: 1, and: 2, not: 3, compare: 4, in: 4, missing: 4 } as const;

/** The condition as text, with no more parentheses than it needs. */
export function printCondition(condition: Condition): string {
  const inner = (part: Condition): string =>
    binding[part.kind] > binding[condition.kind] ? printCondition(part) : `(${printCondition(part)})`;
  switch (condition.kind) {
    case "compare":
      return `${printOperand(condition.operand)} ${condition.comparator} ${printLiteral(condition.literal)}`;
    case "in":
      return `${printOperand(condition.operand)} in (${condition.literals.map(printLiteral).join(", ")})`;
    case "missing":
      return `${printOperand(condition.operand)} is missing`;
    case "not":
      return `not ${inner(condition.condition)}`;
    case "and":
    case "or":
      return condition.conditions.map(inner).join(` ${condition.kind} `);
  }
}

/** All operands, in order of appearance. */
export function operandsOf(condition: Condition): readonly Operand[] {
  if (condition.kind === "and" || condition.kind === "or") return condition.conditions.flatMap(operandsOf);
  return condition.kind === "not" ? operandsOf(condition.condition) : [condition.operand];
}

/** One condition for several that must all hold. Nested `and` is flattened. */
export function allOf(conditions: readonly Condition[]): Condition {
  const flat = conditions.flatMap((part) => (part.kind === "and" ? part.conditions : [part]));
  return flat.length === 1 ? flat[0]! : { kind: "and", conditions: flat };
}
