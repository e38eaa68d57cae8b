import type { ResourceWork } from "./work-of-resources.ts";

const HOUR = 3_600_000_000;
const HOURS_OF_WEEK = 168;
const WEEK = HOURS_OF_WEEK * HOUR;
/** 1970-01-01 was a Thursday: a week that begins on Monday began three days earlier. */
const MONDAY = 3 * 24 * HOUR;

/** The hours of a week (0 = Monday midnight, local) in which somebody is at work, estimated from when they were seen working. */
export interface Availability {
  readonly onDuty: Uint8Array;
  /** Hours with work that it rests on, and the share of them that it covers. */
  readonly seen: number;
  readonly covered: number;
  /** Whose work it rests on; `none`: too little, so always at work. */
  readonly from: "own" | "everyone" | "none";
}

/** Fewer hours of work say nothing about when somebody is away. */
const FEWEST_HOURS = 30;
/** An hour counts as off duty when it has less than this share of its part of the work … */
const QUIET = 0.1;
/** … and when so little would be chance only this often, over all stretches looked at. */
const LEVEL = 0.01;

/**
 * Estimates a weekly calendar. Off duty are whole days of the week, then stretches of hours of the day that are the same on
 * all working days, that have far less work than chance allows if the resource were always there (exact binomial tail,
 * Bonferroni over days and over stretches). So somebody with little work, or with work around the clock, is never said to
 * be away. Hour granularity after Martin et al., "Retrieving the resource availability calendars of a process from an
 * event log" (Information Systems, 2020). `local`: instant to local clock, microseconds.
 */
export function availabilityOf(
  works: readonly ResourceWork[],
  local: (instant: number) => number,
): Availability {
  const seen = hoursSeen(works, local);
  const total = seen.reduce((sum, n) => sum + n, 0);
  if (total < FEWEST_HOURS) return ALWAYS;
  const days = Array.from({ length: 7 }, (_, day) => sum(seen.subarray(day * 24, day * 24 + 24)));
  const dayOff = days.map((n) => n < (QUIET * total) / 7 && binomialTail(n, total, 1 / 7) * 7 < LEVEL);
  const hours = new Float64Array(24);
  days.forEach((_, day) => {
    if (!dayOff[day]) for (let hour = 0; hour < 24; hour++) hours[hour]! += seen[day * 24 + hour]!;
  });
  const hourOff = quietHours(hours);
  const onDuty = Uint8Array.from(seen, (_, i) => (dayOff[Math.floor(i / 24)] || hourOff[i % 24] ? 0 : 1));
  const covered = seen.reduce((n, own, i) => n + (onDuty[i] === 1 ? own : 0), 0) / total;
  return { onDuty, seen: total, covered, from: "own" };
}

export const ALWAYS: Availability = {
  onDuty: new Uint8Array(HOURS_OF_WEEK).fill(1),
  seen: 0,
  covered: 1,
  from: "none",
};

/** The calendar of each resource; that of everybody together for those with too little work of their own. */
export function availabilities(
  works: readonly ResourceWork[],
  local: (instant: number) => number,
): Availability[] {
  let everyone: Availability | null = null;
  return works.map((work) => {
    const own = availabilityOf([work], local);
    if (own.from === "own") return own;
    everyone ??= availabilityOf(works, local);
    return everyone.from === "own" ? { ...everyone, from: "everyone" as const } : ALWAYS;
  });
}

/** Distinct hours (of a date) in which work was begun or completed or a day's work went on, by hour of the week. */
function hoursSeen(works: readonly ResourceWork[], local: (instant: number) => number): Float64Array {
  const seen = new Set<number>();
  for (const { count, started, completed } of works) {
    for (let i = 0; i < count; i++) {
      const from = Math.floor(local(started[i]!) / HOUR);
      const to = Math.floor((local(completed[i]!) - 1) / HOUR);
      seen.add(from);
      // Longer work may lie over a night: only its ends are known to be work.
      if (to - from <= 8) for (let hour = from + 1; hour <= to; hour++) seen.add(hour);
      else seen.add(to);
    }
  }
  const counts = new Float64Array(HOURS_OF_WEEK);
  for (const hour of seen) counts[hourOfWeek(hour * HOUR)]!++;
  return counts;
}

const hourOfWeek = (localInstant: number): number => {
  const since = (localInstant + MONDAY) % WEEK;
  return Math.floor((since < 0 ? since + WEEK : since) / HOUR);
};

/** Stretches of the 24 hours, longest first, that have less work than chance allows. */
function quietHours(hours: Float64Array): boolean[] {
  const total = sum(hours);
  const off = new Array<boolean>(24).fill(false);
  for (let length = 23; length >= 1; length--) {
    for (let from = 0; from < 24; from++) {
      const stretch = Array.from({ length }, (_, i) => (from + i) % 24);
      if (stretch.some((hour) => off[hour])) continue;
      const quiet = stretch.every((hour) => hours[hour]! < (QUIET * total) / 24);
      const n = stretch.reduce((all, hour) => all + hours[hour]!, 0);
      if (!quiet || binomialTail(n, total, length / 24) * 24 * 23 >= LEVEL) continue;
      for (const hour of stretch) off[hour] = true;
    }
  }
  return off;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** P(X ≤ k) of a binomial. O(k). */
export function binomialTail(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let total = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    total += term;
  }
  return total;
}

/** Microseconds on duty between two instants of the local clock. O(1) after O(168) to build. */
export function dutyClock({ onDuty }: Availability): (from: number, to: number) => number {
  const before = new Float64Array(HOURS_OF_WEEK + 1);
  for (let i = 0; i < HOURS_OF_WEEK; i++) before[i + 1] = before[i]! + onDuty[i]! * HOUR;
  const weekly = before[HOURS_OF_WEEK]!;
  if (weekly === WEEK) return (from, to) => to - from;
  const until = (instant: number): number => {
    const weeks = Math.floor((instant + MONDAY) / WEEK);
    const since = instant + MONDAY - weeks * WEEK;
    const hour = Math.floor(since / HOUR);
    return weeks * weekly + before[hour]! + onDuty[hour]! * (since - hour * HOUR);
  };
  return (from, to) => until(to) - until(from);
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** "Mon–Fri 8–17 h", for people. Days with the same hours are named together. */
export function describeAvailability({ onDuty }: Availability): string {
  if (onDuty.every((on) => on === 1)) return "around the clock";
  const parts: { hours: string; days: string[] }[] = [];
  DAYS.forEach((day, at) => {
    const hours = stretches(onDuty.subarray(at * 24, at * 24 + 24));
    const last = parts[parts.length - 1];
    if (last?.hours === hours) last.days.push(day);
    else parts.push({ hours, days: [day] });
  });
  return parts
    .filter(({ hours }) => hours !== "")
    .map(
      ({ days, hours }) => `${days.length > 1 ? `${days[0]}–${days[days.length - 1]}` : days[0]} ${hours} h`,
    )
    .join(", ");
}

function stretches(day: Uint8Array): string {
  const found: string[] = [];
  for (let from = 0; from < 24; from++) {
    if (day[from] === 0) continue;
    let to = from;
    while (to < 24 && day[to] === 1) to++;
    found.push(`${from}–${to}`);
    from = to;
  }
  return found.join(" + ");
}
