import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";

/**
 * Declarative rules (Pesic, Schonenberg & van der Aalst, "DECLARE", 2007) and two of every day:
 * - `before`: no `second` without a `first` before it (precedence)
 * - `follow`: after every `first` some `second` comes (response)
 * - `always`, `never`: `first` happens in every case, in none
 * - `within`: from the first `first` to the next `second` at most `seconds`; null stands for the case's start or end
 * - `four-eyes`: nobody does both `first` and `second` of one case
 */
export type Rule =
  | { readonly kind: "before" | "follow"; readonly first: string; readonly second: string }
  | { readonly kind: "always" | "never"; readonly first: string }
  | {
      readonly kind: "within";
      readonly first: string | null;
      readonly second: string | null;
      readonly seconds: number;
    }
  | { readonly kind: "four-eyes"; readonly first: string; readonly second: string };

/** What a rule says of a case. */
export const OUTSIDE = 0;
export const KEPT = 1;
export const BROKEN = 2;
/** It would apply, but the log does not say: a resource or a time is missing, or the second step has not come yet. */
export const UNDECIDED = 3;

export interface RuleCheck {
  /** `OUTSIDE`, `KEPT`, `BROKEN` or `UNDECIDED`, by case. */
  readonly verdicts: Uint8Array;
  readonly kept: number;
  readonly broken: number;
  readonly undecided: number;
}

/** Checks one rule on every case. O(events). Activities that the log does not have never happen. */
export function checkRule(log: EventLog, rule: Rule): RuleCheck {
  const judge = judgeOf(log, rule);
  const verdicts = new Uint8Array(log.cases);
  const counts = [0, 0, 0, 0];
  for (let c = 0; c < log.cases; c++) {
    const verdict = judge(log.caseStart[c]!, log.caseStart[c + 1]!);
    verdicts[c] = verdict;
    counts[verdict]!++;
  }
  return { verdicts, kept: counts[KEPT]!, broken: counts[BROKEN]!, undecided: counts[UNDECIDED]! };
}

type Judge = (from: number, to: number) => number;

function judgeOf(log: EventLog, rule: Rule): Judge {
  const code = (name: string | null) => (name === null ? -1 : codeOf(log, name));
  switch (rule.kind) {
    case "before":
      return before(log, code(rule.first), code(rule.second));
    case "follow":
      return follow(log, code(rule.first), code(rule.second));
    case "always":
    case "never":
      return happens(log, code(rule.first), rule.kind === "always" ? KEPT : BROKEN);
    case "within":
      return within(log, rule.first === null ? null : code(rule.first), rule);
    case "four-eyes":
      return fourEyes(log, code(rule.first), code(rule.second));
  }
}

/** -2 for what the log does not have: no event has it. */
function codeOf(log: EventLog, name: string): number {
  const code = log.activities.indexOf(name);
  return code < 0 ? -2 : code;
}

function firstOf(log: EventLog, from: number, to: number, code: number): number {
  for (let i = from; i < to; i++) if (log.activity[i] === code) return i;
  return to;
}

function lastOf(log: EventLog, from: number, to: number, code: number): number {
  for (let i = to - 1; i >= from; i--) if (log.activity[i] === code) return i;
  return from - 1;
}

const before =
  (log: EventLog, first: number, second: number): Judge =>
  (from, to) => {
    const at = firstOf(log, from, to, second);
    if (at === to) return OUTSIDE;
    return firstOf(log, from, to, first) < at ? KEPT : BROKEN;
  };

const follow =
  (log: EventLog, first: number, second: number): Judge =>
  (from, to) => {
    const at = lastOf(log, from, to, first);
    if (at < from) return OUTSIDE;
    return lastOf(log, from, to, second) > at ? KEPT : BROKEN;
  };

const happens =
  (log: EventLog, first: number, verdict: number): Judge =>
  (from, to) =>
    firstOf(log, from, to, first) < to ? verdict : KEPT + BROKEN - verdict;

function within(log: EventLog, first: number | null, rule: Extract<Rule, { kind: "within" }>): Judge {
  const second = rule.second === null ? null : codeOf(log, rule.second);
  return (from, to) => {
    const start = first === null ? from : firstOf(log, from, to, first);
    if (start >= to) return OUTSIDE;
    if (log.completed === null) return UNDECIDED;
    const begun = first === null ? earliest(log, from, to) : log.completed[start]!;
    const ended = second === null ? latest(log, from, to) : nextTime(log, start, to, first, second);
    if (Number.isNaN(begun) || Number.isNaN(ended)) return UNDECIDED;
    return (ended - begun) / 1e6 > rule.seconds ? BROKEN : KEPT;
  };
}

/** When the second step next completes; from the case's start on its first event counts too. */
function nextTime(log: EventLog, start: number, to: number, first: number | null, second: number): number {
  const at = firstOf(log, first === null ? start : start + 1, to, second);
  return at === to ? Number.NaN : log.completed![at]!;
}

/** Earliest start or completion of a case. */
function earliest(log: EventLog, from: number, to: number): number {
  let least = Number.NaN;
  for (let i = from; i < to; i++) {
    for (const time of [log.started?.[i] ?? Number.NaN, log.completed![i]!])
      if (!(time >= least)) least = Number.isNaN(time) ? least : time;
  }
  return least;
}

function latest(log: EventLog, from: number, to: number): number {
  let most = Number.NaN;
  for (let i = from; i < to; i++) {
    const time = log.completed![i]!;
    if (!(time <= most) && !Number.isNaN(time)) most = time;
  }
  return most;
}

/** Broken as soon as one resource is known to have done both; undecided where somebody is unknown otherwise. */
const fourEyes =
  (log: EventLog, first: number, second: number): Judge =>
  (from, to) => {
    const people = new Set<number>();
    let [firsts, seconds, unknown] = [0, 0, false];
    for (let i = from; i < to; i++) {
      if (log.activity[i] !== first) continue;
      firsts++;
      const who = log.resource?.codes[i] ?? MISSING;
      if (who === MISSING) unknown = true;
      else people.add(who);
    }
    for (let i = from; i < to; i++) {
      if (log.activity[i] !== second) continue;
      seconds++;
      const who = log.resource?.codes[i] ?? MISSING;
      if (people.has(who)) return BROKEN;
      if (who === MISSING) unknown = true;
    }
    if (firsts === 0 || seconds === 0) return OUTSIDE;
    return unknown ? UNDECIDED : KEPT;
  };
