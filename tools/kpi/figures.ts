/** Where the figures of a KPI come from, and what all of them together are. */
import type { Asked } from "./asked.ts";
import type { Group, PeriodValue } from "./core/breakdown.ts";
import type { Named } from "./query-facts.ts";
import type { Figures } from "./query-input.ts";

export interface Line {
  readonly name: string | null;
  readonly periods: readonly PeriodValue[];
}

export interface Breakdown extends Figures {
  readonly grouping: Named | null;
  readonly second: Named | null;
  /** Over time, for the groups with most observations. */
  readonly lines: readonly Line[];
}

/** Amounts in one currency, of those that a log has. */
export interface CurrencyPart {
  /** As the log writes it; null where it says none. */
  readonly name: string | null;
  /** Observations. */
  readonly n: number;
  /** A condition over an observation. */
  readonly condition: string;
}

/** Typed arrays, or the log store. */
export interface FigureSource {
  figures(asked: Asked): Promise<Breakdown>;
  /** What the amounts are counted in, the most frequent first. */
  currencies(asked: Asked): Promise<readonly CurrencyPart[]>;
  /** The same of one currency's amounts alone. */
  of(asked: Asked, part: CurrencyPart): FigureSource;
  /** Cases without a value of the attribute that is measured. */
  missing(asked: Asked): Promise<number>;
}

/** What the shares of a breakdown are shares of. */
export interface Whole {
  readonly value: number;
  readonly periods: readonly PeriodValue[];
}

/** Sums and counts as shares of a whole: of groups all of it, over time that of the same period. */
export function asShares(found: Breakdown, whole: Whole): Breakdown {
  const ofAll = <Own extends { readonly value: number }>(own: Own): Own => ({
    ...own,
    value: shareOf(own.value, whole.value) ?? Number.NaN,
  });
  const byKey = new Map(whole.periods.map(({ key, value }) => [key, value]));
  const inPeriods = (periods: readonly PeriodValue[]): readonly PeriodValue[] =>
    periods.map((period) => ({ ...period, value: shareOf(period.value, byKey.get(period.key) ?? null) }));
  return {
    ...ofAll(found),
    groups: found.groups.map(ofAll),
    pairs: found.pairs.map(ofAll),
    periods: inPeriods(found.periods),
    lines: found.lines.map(({ name, periods }) => ({ name, periods: inPeriods(periods) })),
  };
}

const shareOf = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;

/** The groups with most observations, of which a reader can tell the lines apart. */
export const mostObserved = (groups: readonly Group[]): (string | null)[] =>
  [...groups]
    .sort((a, b) => b.n - a.n)
    .slice(0, 6)
    .map(({ name }) => name);
