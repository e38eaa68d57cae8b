/** How numbers compare in filters: `NaN` with nothing, and `!=` only where there is a value. */
export type Comparator = "=" | "<" | "<=" | ">" | ">=";

/** `!=`, `in` and `not-in` are built from `=`. */
export const basic = (comparator: Comparator | "!=" | "in" | "not-in"): Comparator =>
  comparator === "in" || comparator === "not-in" || comparator === "!=" ? "=" : comparator;

/** Whether a difference of this sign compares so. */
export function compares(sign: number, by: Comparator): boolean {
  if (by === "=") return sign === 0;
  return by === "<" ? sign < 0 : by === "<=" ? sign <= 0 : by === ">" ? sign > 0 : sign >= 0;
}

/** A test of numbers against one. */
export function comparison(comparator: Comparator | "!=", wanted: number): (value: number) => boolean {
  const negated = comparator === "!=";
  return (value) => !Number.isNaN(value) && compares(value - wanted, basic(comparator)) !== negated;
}
