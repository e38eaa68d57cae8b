/** Groups of observations by an attribute: its values, ranges of its numbers, or its most frequent values and the rest. */
import type { EventLog } from "../../logs/core/event-log.ts";
import { quantile } from "../../mining/core/quantiles.ts";
import { groupReader } from "./breakdown.ts";
import { groupSql, type Observed, valueSql } from "./group-sql.ts";
import type { Observations } from "./metrics.ts";

export interface Grouping {
  readonly attribute: string;
  /** Group of an observation; null where the attribute has no value. */
  nameOf(index: number): string | null;
  /** A condition over an observation for a group (see `metricSql`). */
  conditionOf(name: string | null): string;
}

export interface GroupingOptions {
  /** Numbers in so many ranges with about as many observations each; without, only where there are many numbers. */
  readonly bins?: number | undefined;
  /** The values with most observations; the others together. */
  readonly top?: number | undefined;
}

/** More different numbers than this are put into ranges. */
export const MANY_NUMBERS = 30;
export const USUAL_BINS = 5;
export const REST = "(the rest)";

export function groupingOf(
  log: EventLog,
  observations: Observations,
  attribute: string,
  observed: Observed,
  { bins, top }: GroupingOptions = {},
): Grouping {
  const read = groupReader(log, observations, attribute, observed);
  const plain: Grouping = {
    attribute,
    nameOf: read,
    conditionOf: (name) =>
      groupSql(log, attribute, observed, (column) => valueSql(log, attribute, column, name)),
  };
  const kind = (log.attributes.get(attribute) ?? log.caseAttributes.get(attribute))?.kind;
  if (kind === "number") {
    const values = observations.value.map((_, index) => Number(read(index) ?? Number.NaN));
    const known = values.filter((value) => !Number.isNaN(value));
    const many = new Set(known).size > MANY_NUMBERS;
    if (known.length > 0 && (bins !== undefined || (many && top === undefined))) {
      return inRanges(log, attribute, observed, values, known, bins ?? USUAL_BINS);
    }
  }
  return top === undefined ? plain : withRest(log, observed, plain, observations.value.length, top);
}

export interface Range {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly isLast: boolean;
}

function inRanges(
  log: EventLog,
  attribute: string,
  observed: Observed,
  values: Float64Array,
  known: Float64Array,
  bins: number,
): Grouping {
  const ranges = rangesOf(known, bins);
  const find = (value: number) =>
    ranges.find(({ low, high, isLast }) => value >= low && (value < high || isLast));
  return {
    attribute,
    nameOf: (index) => (Number.isNaN(values[index]!) ? null : find(values[index]!)!.name),
    conditionOf: (name) => {
      const range = ranges.find((own) => own.name === name);
      return groupSql(log, attribute, observed, (column) =>
        range === undefined
          ? `${column} IS NULL`
          : `${column} >= ${range.low}${range.isLast ? "" : ` AND ${column} < ${range.high}`}`,
      );
    },
  };
}

const rangesOf = (known: Float64Array, bins: number): Range[] =>
  rangesBetween(Array.from({ length: bins + 1 }, (_, at) => quantile(known.slice(), at / bins)));

/** Ranges between quantiles, closed at their lower end. Equal numbers stay together, so there may be fewer. */
export function rangesBetween(cuts: readonly number[]): Range[] {
  const edges = [...new Set(cuts)];
  const [low] = edges;
  if (edges.length === 1) return [{ name: `${low}`, low: low!, high: low!, isLast: true }];
  return edges.slice(1).map((high, at) => {
    const isLast = at === edges.length - 2;
    return {
      name: `${short(edges[at]!)} to ${isLast ? "" : "under "}${short(high)}`,
      low: edges[at]!,
      high,
      isLast,
    };
  });
}

/** Six significant digits: enough to read, and ranges are told apart by their place. */
const short = (value: number): string => String(Number(value.toPrecision(6)));

function withRest(log: EventLog, observed: Observed, plain: Grouping, count: number, top: number): Grouping {
  const counts = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    const name = plain.nameOf(index);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  if (ordered.length <= top) return plain;
  const kept = ordered.slice(0, top);
  const isKept = new Set(kept);
  const { attribute } = plain;
  return {
    attribute,
    nameOf: (index) => {
      const name = plain.nameOf(index);
      return name === null || isKept.has(name) ? name : REST;
    },
    conditionOf: (name) =>
      name !== REST
        ? plain.conditionOf(name)
        : groupSql(log, attribute, observed, (column) =>
            [
              `${column} IS NOT NULL`,
              ...kept.map((own) => `NOT (${valueSql(log, attribute, column, own)})`),
            ].join(" AND "),
          ),
  };
}
