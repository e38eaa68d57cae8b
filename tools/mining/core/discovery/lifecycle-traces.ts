import type { Steps } from "../steps.ts";
import { add, encode, type TraceMultiset } from "../trace-multiset.ts";

/**
 * Traces of starts and completions: in a string of a `TraceMultiset` the code unit 2a is a start of activity a, 2a + 1 its
 * completion. Only the order is kept, so cases that differ in their times alone are one trace.
 */

/** One execution of an activity: where it starts and completes in its trace. */
export interface Execution {
  readonly activity: number;
  readonly start: number;
  readonly end: number;
}

/** In the order of their completions; a completion belongs to the earliest start of its activity that is still open. O(length). */
export function executionsOf(trace: string): Execution[] {
  const open = new Map<number, number[]>();
  const found: Execution[] = [];
  for (let at = 0; at < trace.length; at++) {
    const code = trace.charCodeAt(at);
    const activity = code >> 1;
    const running = open.get(activity);
    if ((code & 1) === 1) found.push({ activity, start: running!.shift()!, end: at });
    else if (running === undefined) open.set(activity, [at]);
    else running.push(at);
  }
  return found;
}

/** The part of a trace that some of its executions make. */
export function only(trace: string, executions: readonly Execution[]): string {
  return executions
    .flatMap(({ start, end }) => [start, end])
    .sort((a, b) => a - b)
    .map((at) => trace[at])
    .join("");
}

/** The activities of the executions in the order of completion, one character each. */
export const completions = (executions: readonly Execution[]): string =>
  executions.map(({ activity }) => String.fromCharCode(activity)).join("");

/** `codeOf[activity]`: the code that an activity gets. A step whose start is unknown happens at its completion. */
export function lifecycleTraces(steps: Steps, codeOf: ArrayLike<number>): TraceMultiset {
  const traces = new Map<string, number>();
  for (let from = 0; from < steps.count; ) {
    let to = from;
    while (to < steps.count && steps.case[to] === steps.case[from]) to++;
    add(traces, traceOf(steps, codeOf, from, to), 1);
    from = to;
  }
  return traces;
}

/** What happens at one instant: first what was running completes, then what takes no time, then others start. */
const [COMPLETES, AT_ONCE, STARTS] = [0, 1, 2];

function traceOf(steps: Steps, codeOf: ArrayLike<number>, from: number, to: number): string {
  const marks: { at: number; phase: number; order: number; code: number }[] = [];
  for (let i = from; i < to; i++) {
    const completed = steps.completed[i]!;
    const started = Number.isNaN(steps.started[i]!) ? completed : Math.min(steps.started[i]!, completed);
    const code = 2 * codeOf[steps.activity[i]!]!;
    const atOnce = started === completed;
    marks.push({ at: started, phase: atOnce ? AT_ONCE! : STARTS!, order: atOnce ? 2 * i : code, code });
    marks.push({
      at: completed,
      phase: atOnce ? AT_ONCE! : COMPLETES!,
      order: atOnce ? 2 * i + 1 : i,
      code: code + 1,
    });
  }
  marks.sort((a, b) => a.at - b.at || a.phase - b.phase || a.order - b.order);
  return encode(marks.map(({ code }) => code));
}
