import { type Condition, operandsOf, printOperand } from "./condition.ts";
import { normalizeName } from "./nearest.ts";

const slug = (text: string): string => normalizeName(text).replaceAll(" ", "-");

/**
 * What makes a rule the same rule with another limit: its action and what it looks at. `order_value > 500 → escalate`
 * and `order_value > 400 → escalate` are two versions of `escalate-order-value`.
 */
export function ruleId(condition: Condition, action: string): string {
  const looksAt = [...new Set(operandsOf(condition).map((operand) => slug(printOperand(operand))))];
  return [slug(action), ...looksAt].join("-").slice(0, 120);
}

/** The word after notify_, escalate_to_, assign_to_: who is meant; null for nobody in particular. */
export function addressee(action: string): string | null {
  const match = /^(?:notify|escalate_to|assign_to)_(?<who>.+)$/.exec(action);
  return match?.groups?.["who"] ?? null;
}
