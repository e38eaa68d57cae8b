/**
 * How each cut splits a log (Leemans et al. 2013, section 4.2). Where the log does not obey the cut, because it was
 * found after infrequent behaviour had been left out, the fewest deviating events are dropped (2014, section 3.3).
 */
import type { Cut } from "./cuts.ts";
import { add, project, type TraceMultiset } from "./trace-multiset.ts";

/** One log for each part of the cut. `partOf` maps activity codes to parts. */
export function splitLog(log: TraceMultiset, cut: Cut, partOf: ReadonlyMap<number, number>): TraceMultiset[] {
  const logs = cut.parts.map(() => new Map<string, number>());
  const split = SPLITS[cut.operator];
  for (const [trace, count] of log) split(trace, count, logs, partOf);
  return logs;
}

type Split = (
  trace: string,
  count: number,
  logs: readonly Map<string, number>[],
  partOf: ReadonlyMap<number, number>,
) => void;

/** The part with most of the trace's events gets it; the other parts' events are dropped. */
const splitExclusive: Split = (trace, count, logs, partOf) => {
  const events = new Uint32Array(logs.length);
  for (let i = 0; i < trace.length; i++) events[partOf.get(trace.charCodeAt(i))!]!++;
  const winner = events.indexOf(Math.max(...events));
  add(
    logs[winner]!,
    project(trace, (activity) => partOf.get(activity) === winner),
    count,
  );
};

const splitParallel: Split = (trace, count, logs, partOf) => {
  logs.forEach((log, part) => {
    add(
      log,
      project(trace, (activity) => partOf.get(activity) === part),
      count,
    );
  });
};

const splitSequence: Split = (trace, count, logs, partOf) => {
  const parts = Array.from({ length: trace.length }, (_, i) => partOf.get(trace.charCodeAt(i))!);
  const ascending = parts.every((part, i) => i === 0 || parts[i - 1]! <= part);
  const assigned = ascending ? parts : ascendingAssignment(parts, logs.length);
  const pieces = logs.map(() => "");
  for (let i = 0; i < trace.length; i++) if (assigned[i] === parts[i]) pieces[parts[i]!]! += trace[i]!;
  logs.forEach((log, part) => {
    add(log, pieces[part]!, count);
  });
};

/** The non-descending assignment of events to parts that agrees with `parts` most often. O(events × parts). */
export function ascendingAssignment(parts: readonly number[], width: number): number[] {
  const cameFrom = parts.map(() => new Uint32Array(width));
  let misfits = new Float64Array(width);
  parts.forEach((own, i) => {
    const next = new Float64Array(width);
    let best = 0;
    for (let part = 0; part < width; part++) {
      if (misfits[part]! < misfits[best]!) best = part;
      cameFrom[i]![part] = best;
      next[part] = misfits[best]! + (part === own ? 0 : 1);
    }
    misfits = next;
  });
  const assigned = new Array<number>(parts.length);
  let part = misfits.indexOf(Math.min(...misfits));
  for (let i = parts.length - 1; i >= 0; i--) {
    assigned[i] = part;
    part = cameFrom[i]![part]!;
  }
  return assigned;
}

/** Runs of one part each; where body and redo do not alternate, or the trace begins or ends outside, an empty body. */
const splitLoop: Split = (trace, count, logs, partOf) => {
  const body = logs[0]!;
  let begin = 0;
  let previous = -1;
  for (let i = 0; i <= trace.length; i++) {
    const part = i < trace.length ? partOf.get(trace.charCodeAt(i))! : -1;
    const current = begin < trace.length ? partOf.get(trace.charCodeAt(begin))! : -1;
    if (part === current && i < trace.length) continue;
    if (current > 0 && previous !== 0) add(body, "", count);
    if (current >= 0) add(logs[current]!, trace.slice(begin, i), count);
    previous = current;
    begin = i;
  }
  if (previous !== 0) add(body, "", count);
};

/** The longest run of each part; where a part has several, the others do not take turns and are dropped. */
const splitInterleaved: Split = (trace, count, logs, partOf) => {
  const longest = logs.map(() => "");
  for (const run of runsOf(trace, partOf)) {
    const part = partOf.get(run.charCodeAt(0))!;
    if (run.length > longest[part]!.length) longest[part] = run;
  }
  logs.forEach((log, part) => {
    add(log, longest[part]!, count);
  });
};

/** The trace in pieces of one part each. */
export function runsOf(trace: string, partOf: ReadonlyMap<number, number>): string[] {
  const runs: string[] = [];
  let begin = 0;
  for (let i = 1; i <= trace.length; i++) {
    if (i < trace.length && partOf.get(trace.charCodeAt(i)) === partOf.get(trace.charCodeAt(begin))) continue;
    runs.push(trace.slice(begin, i));
    begin = i;
  }
  return runs;
}

const SPLITS: Readonly<Record<Cut["operator"], Split>> = {
  exclusive: splitExclusive,
  sequence: splitSequence,
  parallel: splitParallel,
  interleaved: splitInterleaved,
  loop: splitLoop,
};
