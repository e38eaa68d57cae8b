/**
 * A numeric attribute as what is measured. Of a case attribute there is one value a case that has one: at the case's last
 * event, or, where activities are named, at the first completion of one of them, of the cases that have one. Of an
 * attribute of events there is one value an event that has one, at its completion. `having`: 1 for each case with a value.
 */
import { MillwrightError } from "../../../errors.ts";
import { UnknownRuleTermError } from "../../rules/core/errors.ts";
import { nearest } from "../../rules/core/nearest.ts";
import { currencyInName, isCurrencyColumn, moneyNames } from "./currency.ts";

export interface Measure {
  readonly attribute: string;
  readonly observed: "case" | "event" | "having";
  /** ISO 4217; empty where the log does not say what it is counted in. */
  readonly unit: string;
  /** Attribute that holds each amount's currency; null where there is none. */
  readonly currency: string | null;
}

/** What of an attribute a measure depends on: `AttributeProfile` of tools/logs/core/profile.ts. */
export interface KnownAttribute {
  readonly name: string;
  readonly of: "case" | "event";
  readonly kind: "text" | "number" | "time" | "boolean";
  readonly values: readonly string[];
}

/** An attribute that holds no numbers has no mean and no sum. */
export class NotNumericError extends MillwrightError {
  constructor(attribute: string, kind: string, numeric: readonly string[]) {
    super("not-numeric", 422, `${attribute} holds no numbers, so it has no sum and no mean.`, {
      value: `${attribute} (${kind})`,
      expected:
        numeric.length === 0 ? "a numeric attribute; the log has none" : `one of: ${numeric.join(", ")}`,
      remedy: `Count by its values instead: cases by ${attribute}.`,
    });
  }
}

/** The log has no numbers to summarise, or the attribute is none of them. Throws UnknownRuleTermError, NotNumericError. */
export function measureOf(known: readonly KnownAttribute[], wanted: string, counts = false): Measure {
  const found =
    known.find(({ name, of }) => name === wanted && of === "case") ??
    known.find(({ name }) => name === wanted);
  if (found === undefined) {
    const names = known.map(({ name }) => name);
    throw new UnknownRuleTermError(wanted, nearest(wanted, names));
  }
  if (found.kind !== "number") {
    const numeric = known.filter(({ kind }) => kind === "number").map(({ name }) => name);
    throw new NotNumericError(wanted, found.kind, numeric);
  }
  const observed = found.of === "case" ? "case" : counts ? "having" : "event";
  const inName = currencyInName(wanted);
  if (inName !== null) return { attribute: wanted, observed, unit: inName, currency: null };
  return { attribute: wanted, observed, unit: "", currency: currencyBeside(known, found) };
}

/** The column that says an amount's currency; one of events only beside amounts of events. */
function currencyBeside(
  known: readonly KnownAttribute[],
  { name: wanted, of }: KnownAttribute,
): string | null {
  if (!moneyNames.test(wanted)) return null;
  const columns = known.filter(
    ({ name, kind, values, of: owner }) =>
      kind === "text" && isCurrencyColumn(name, values) && (owner === "case" || of === "event"),
  );
  return (columns.find(({ of: owner }) => owner === of) ?? columns[0])?.name ?? null;
}
