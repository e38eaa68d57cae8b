/** A KPI by group and over time. */
import { type EventLog, MISSING } from "../../logs/core/event-log.ts";
import { UnknownRuleTermError } from "../../rules/core/errors.ts";
import { columnValue } from "../../rules/core/evaluate-condition.ts";
import { nearest } from "../../rules/core/nearest.ts";
import type { Observed } from "./group-sql.ts";
import type { Grouping } from "./grouping.ts";
import type { Observations } from "./metrics.ts";
import { type Bucket, bucketsBetween, type Period } from "./periods.ts";
import { type Statistic, summarizeValues } from "./summarize.ts";

export interface Group {
  /** Null where the attribute has no value. */
  readonly name: string | null;
  readonly value: number;
  readonly n: number;
  readonly breaches: number;
}

const shown = (value: string | number | boolean | null): string | null =>
  value === null ? null : String(value);

/** How to read an observation's group. Activity and resource are those of its step or event, where it is one; of an event also the attributes. */
export function groupReader(
  log: EventLog,
  observations: Observations,
  attribute: string,
  observed: Observed,
): (index: number) => string | null {
  const { event } = observations;
  if (event !== null && attribute === "activity")
    return (index) => log.activities[log.activity[event[index]!]!]!;
  if (event !== null && attribute === "resource" && log.resource !== null) {
    const { codes, dictionary } = log.resource;
    return (index) => (codes[event[index]!] === MISSING ? null : dictionary[codes[event[index]!]!]!);
  }
  const ofCase = log.caseAttributes.get(attribute);
  if (ofCase !== undefined) return (index) => shown(columnValue(ofCase, observations.case[index]!));
  const ofEvent = attribute === "resource" ? log.resource : log.attributes.get(attribute);
  if (ofEvent === undefined || ofEvent === null) {
    const names = [...log.caseAttributes.keys(), ...log.attributes.keys(), "resource"];
    throw new UnknownRuleTermError(attribute, nearest(attribute, names));
  }
  if (event !== null && observed === "event") return (index) => shown(columnValue(ofEvent, event[index]!));
  return (index) => {
    const owner = observations.case[index]!;
    for (let row = log.caseStart[owner + 1]! - 1; row >= log.caseStart[owner]!; row--) {
      const value = columnValue(ofEvent, row);
      if (value !== null) return String(value);
    }
    return null;
  };
}

const over = (values: readonly number[], limit: number | null): number =>
  limit === null ? 0 : values.filter((value) => value > limit).length;

/** By value of an attribute, largest figure first. Case values of an event attribute are its last ones. */
export function byGroup(
  grouping: Pick<Grouping, "nameOf">,
  observations: Observations,
  statistic: Statistic,
  limit: number | null,
): readonly Group[] {
  const groups = new Map<string | null, number[]>();
  observations.value.forEach((value, index) => {
    const name = grouping.nameOf(index);
    const own = groups.get(name);
    if (own === undefined) groups.set(name, [value]);
    else own.push(value);
  });
  return [...groups]
    .map(([name, values]) => ({
      name,
      value: summarizeValues(Float64Array.from(values), statistic),
      n: values.length,
      breaches: over(values, limit),
    }))
    .sort(largestFirst(({ name }) => name));
}

/** By figure, then by observations, then by name, so that neither the order of rows nor the way to the figures shows. */
export const largestFirst =
  <Own extends Pick<Group, "value" | "n">>(nameOf: (group: Own) => string | null) =>
  (left: Own, right: Own): number =>
    right.value - left.value || right.n - left.n || compareNames(nameOf(left), nameOf(right));

/** No value last. */
function compareNames(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null || right === null) return left === null ? 1 : -1;
  return left < right ? -1 : 1;
}

/** One figure for the observations of a group of each of two attributes. */
export interface PairedGroup extends Group {
  readonly second: string | null;
}

/** By value of two attributes at once, largest figure first; only pairs that were observed. */
export function byPair(
  first: Pick<Grouping, "nameOf">,
  second: Pick<Grouping, "nameOf">,
  observations: Observations,
  statistic: Statistic,
  limit: number | null,
): readonly PairedGroup[] {
  const both = (index: number) => JSON.stringify([first.nameOf(index), second.nameOf(index)]);
  return byGroup({ nameOf: both }, observations, statistic, limit).map((group) => {
    const [name, other] = JSON.parse(group.name as string) as [string | null, string | null];
    return { ...group, name, second: other };
  });
}

/** The observations whose group is this one. */
export function ofGroup(
  grouping: Pick<Grouping, "nameOf">,
  observations: Observations,
  name: string | null,
): Observations {
  const kept = [...observations.value.keys()].filter((index) => grouping.nameOf(index) === name);
  return {
    case: Uint32Array.from(kept, (index) => observations.case[index]!),
    value: Float64Array.from(kept, (index) => observations.value[index]!),
    at: Float64Array.from(kept, (index) => observations.at[index]!),
    event: observations.event && Uint32Array.from(kept, (index) => observations.event![index]!),
  };
}

export interface PeriodValue extends Bucket {
  /** Null where nothing was observed. */
  readonly value: number | null;
  readonly n: number;
  readonly breaches: number;
  /** The log begins or ends within it. */
  readonly isPartial: boolean;
}

/** Over time, every period between the first and the last observation. `span`: first and last event of the log. */
export function byPeriod(
  observations: Observations,
  statistic: Statistic,
  period: Period,
  zone: string,
  span: { readonly first: number; readonly last: number },
  limit: number | null,
): readonly PeriodValue[] {
  const times = observations.at.filter((time) => !Number.isNaN(time));
  if (times.length === 0) return [];
  const first = times.reduce((low, time) => Math.min(low, time), Infinity);
  const last = times.reduce((high, time) => Math.max(high, time), -Infinity);
  const buckets = bucketsBetween(first, last, period, zone);
  const values: number[][] = buckets.map(() => []);
  observations.at.forEach((time, index) => {
    if (!Number.isNaN(time)) values[indexOf(buckets, time)]!.push(observations.value[index]!);
  });
  return buckets.map((bucket, index) => {
    const own = values[index]!;
    const isCount = statistic === "count" || statistic === "sum";
    return {
      ...bucket,
      value: own.length === 0 && !isCount ? null : summarizeValues(Float64Array.from(own), statistic),
      n: own.length,
      breaches: over(own, limit),
      isPartial: bucket.start < span.first || bucket.end > span.last,
    };
  });
}

function indexOf(buckets: readonly Bucket[], time: number): number {
  let [low, high] = [0, buckets.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time < buckets[middle]!.end) high = middle;
    else low = middle + 1;
  }
  return low;
}
