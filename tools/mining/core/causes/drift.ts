import type { EventLog } from "../../../logs/core/event-log.ts";
import { compareText } from "../directly-follows.ts";
import { cliffsDelta, type Difference, holm, normalCdf, ranks } from "../effects.ts";
import { quantile } from "../quantiles.ts";
import { caseSpans } from "../throughput.ts";
import { type ChangePoint, changePoints } from "./change-point.ts";

/** How often one step comes right after another, before and after a change; null for a case's begin and end. */
export interface RelationChange {
  readonly from: string | null;
  readonly to: string | null;
  /** Share of cases with it. */
  readonly before: number;
  readonly after: number;
}

export interface Drift {
  /** `paths`: which step follows which; else the name of the measure whose level changed. */
  readonly of: string;
  /** Begin of the first case after it, and where it lies with about 95 % confidence; microseconds since 1970. */
  readonly at: number;
  readonly earliest: number;
  readonly latest: number;
  /** Begin of the first case since the change before it, and of the last one until the next. */
  readonly since: number;
  readonly until: number;
  /** Cases from the change before it to it, and from it to the next. */
  readonly before: number;
  readonly after: number;
  readonly pValue: number;
  /** For `paths`: relations that changed, Holm-corrected, largest change first. */
  readonly relations: readonly RelationChange[];
  /** For measures: medians before and after, and Cliff's delta of after against before. */
  readonly level: { readonly before: number; readonly after: number; readonly delta: Difference } | null;
}

export interface DriftReport {
  readonly drifts: readonly Drift[];
  /** Cases looked at, in order of their begin, and those left out because the log may end before they do. */
  readonly cases: number;
  readonly unfinished: number;
}

export interface DriftMeasure {
  readonly name: string;
  /** One value a case; NaN where there is none. */
  readonly values: Float64Array;
}

/** Chance of any finding in paths, and in each measure, of a log in which nothing changed. */
export const DRIFT_LEVEL = 0.01;
/** A relation whose share of cases moves less is not worth telling, nor a level whose delta is smaller (Romano 2006: negligible). */
const SMALLEST_MOVE = 0.05;
const SMALLEST_DELTA = 0.147;
const FEWEST_CASES = 60;
const MOST_RELATIONS = 200;

/**
 * Whether the process changed, when, and what (Bose et al., "Dealing with concept drifts in process mining", 2014; Maaradji et
 * al., "Fast and accurate business process drift detection", BPM 2015). Cases in order of begin: change points in which step
 * follows which (share of cases with each relation) and in the ranks of each measure. Cases that begin so late that the log may
 * end before they do are left out, for they look short. Null without times or with too few cases.
 */
export function findDrifts(
  log: EventLog,
  measures: readonly DriftMeasure[],
  random: () => number,
): DriftReport | null {
  const spans = caseSpans(log);
  if (spans === null) return null;
  const { order, unfinished } = finishedCases(spans.first, spans.last);
  if (order.length < FEWEST_CASES) return { drifts: [], cases: order.length, unfinished };
  const begin = (position: number) => spans.first[order[position]!]!;
  const drifts = [
    ...pathDrifts(log, order, begin, random),
    ...measures.flatMap((measure) => levelDrifts(measure, order, spans.first, random)),
  ];
  return { drifts: drifts.sort((a, b) => a.at - b.at), cases: order.length, unfinished };
}

/** Cases by begin. Those that begin within the time that 95 % of cases take of the log's end are left out, unless that is much. */
function finishedCases(first: Float64Array, last: Float64Array): { order: Uint32Array; unfinished: number } {
  const timed = Uint32Array.from(first.keys()).filter((c) => !Number.isNaN(first[c]!));
  timed.sort((a, b) => first[a]! - first[b]! || a - b);
  const end = timed.reduce((latest, c) => Math.max(latest, last[c]!), Number.NEGATIVE_INFINITY);
  const usual = quantile(
    Float64Array.from(timed, (c) => last[c]! - first[c]!),
    0.95,
  );
  const order = timed.filter((c) => first[c]! + usual <= end);
  return order.length < 0.75 * timed.length
    ? { order: timed, unfinished: 0 }
    : { order, unfinished: timed.length - order.length };
}

function pathDrifts(
  log: EventLog,
  order: Uint32Array,
  begin: (position: number) => number,
  random: () => number,
): Drift[] {
  const relations = relationsOf(log, order);
  const columns = relations.map(({ has }) => has);
  const changed = ({ from, at, to }: ChangePoint) => relationChanges(relations, from, at, to);
  const points = changePoints(
    { count: order.length, columns },
    { level: DRIFT_LEVEL, random, isMaterial: (point) => changed(point).length > 0 },
  );
  return betweenInstants(points, begin).map((point) => ({
    ...described(point, begin),
    of: "paths",
    relations: changed(point),
    level: null,
  }));
}

function levelDrifts(
  { name, values }: DriftMeasure,
  order: Uint32Array,
  first: Float64Array,
  random: () => number,
): Drift[] {
  const own = order.filter((c) => !Number.isNaN(values[c]!));
  if (own.length < FEWEST_CASES) return [];
  const inOrder = Float64Array.from(own, (c) => values[c]!);
  const levelAt = (from: number, at: number, to: number) => {
    const [before, after] = [inOrder.slice(from, at), inOrder.slice(at, to)];
    const delta = cliffsDelta(after, before);
    return { before: quantile(before, 0.5), after: quantile(after, 0.5), delta };
  };
  const points = changePoints(
    { count: own.length, columns: [ranks(inOrder)] },
    {
      level: DRIFT_LEVEL,
      random,
      isMaterial: ({ from, at, to }) => Math.abs(levelAt(from, at, to).delta.difference) >= SMALLEST_DELTA,
    },
  );
  const begin = (position: number) => first[own[position]!]!;
  return betweenInstants(points, begin).map((point) => ({
    ...described(point, begin),
    of: name,
    relations: [],
    level: levelAt(point.from, point.at, point.to),
  }));
}

/** Cases that begin at the same instant are on the same side: a change is a time, and can be asked for as one. */
function betweenInstants(points: readonly ChangePoint[], begin: (position: number) => number): ChangePoint[] {
  const first = (position: number): number => {
    let at = position;
    while (at > 0 && begin(at - 1) === begin(position)) at--;
    return at;
  };
  return points.map((point, i) => ({
    ...point,
    from: i === 0 ? point.from : first(point.from),
    at: first(point.at),
    to: i === points.length - 1 ? point.to : first(point.to),
  }));
}

function described(
  { from, at, to, earliest, latest, pValue }: ChangePoint,
  begin: (position: number) => number,
): Pick<Drift, "at" | "earliest" | "latest" | "since" | "until" | "before" | "after" | "pValue"> {
  return {
    since: begin(from),
    until: begin(to - 1),
    at: begin(at),
    earliest: begin(earliest),
    latest: begin(latest),
    before: at - from,
    after: to - at,
    pValue,
  };
}

interface Relation {
  readonly from: string | null;
  readonly to: string | null;
  /** 1 for cases with it, in order. */
  readonly has: Float64Array;
}

/** Which step follows which, case by case; the most frequent that are in some and not in all cases. */
function relationsOf(log: EventLog, order: Uint32Array): Relation[] {
  const width = log.activities.length;
  const found = new Map<number, { has: Float64Array; n: number }>();
  const note = (from: number, to: number, position: number): void => {
    const key = from * (width + 1) + to;
    let own = found.get(key);
    if (own === undefined) {
      if (found.size >= 10 * MOST_RELATIONS) return;
      own = { has: new Float64Array(order.length), n: 0 };
      found.set(key, own);
    }
    if (own.has[position] === 0) own.n++;
    own.has[position] = 1;
  };
  order.forEach((c, position) => {
    let before = width;
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      note(before, log.activity[i]!, position);
      before = log.activity[i]!;
    }
    note(before, width, position);
  });
  const fewest = Math.max(5, 0.01 * order.length);
  const name = (code: number) => log.activities[code] ?? null;
  return [...found]
    .filter(([, { n }]) => n >= fewest && n < order.length)
    .sort((a, b) => b[1].n - a[1].n || a[0] - b[0])
    .slice(0, MOST_RELATIONS)
    .map(([key, { has }]) => ({
      from: name(Math.floor(key / (width + 1))),
      to: name(key % (width + 1)),
      has,
    }));
}

/** Relations whose share of cases differs between [from, at) and [at, to): two-proportion z-test, Holm over all relations. */
function relationChanges(
  relations: readonly Relation[],
  from: number,
  at: number,
  to: number,
): RelationChange[] {
  const [n, m] = [at - from, to - at];
  const shares = relations.map(({ has }) => {
    let [before, after] = [0, 0];
    for (let i = from; i < to; i++) {
      if (i < at) before += has[i]!;
      else after += has[i]!;
    }
    return { before: before / n, after: after / m, pooled: (before + after) / (n + m) };
  });
  const adjusted = holm(
    shares.map(({ before, after, pooled }) => {
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
      return error > 0 ? 2 * normalCdf(-Math.abs(after - before) / error) : 1;
    }),
  );
  return relations
    .flatMap((relation, i) => {
      const { before, after } = shares[i]!;
      const isTold = adjusted[i]! <= 0.05 && Math.abs(after - before) >= SMALLEST_MOVE;
      return isTold ? [{ from: relation.from, to: relation.to, before, after }] : [];
    })
    .sort(
      (a, b) =>
        Math.abs(b.after - b.before) - Math.abs(a.after - a.before) ||
        compareText(`${a.from} ${a.to}`, `${b.from} ${b.to}`),
    );
}
