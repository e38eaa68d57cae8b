import { type WaitingCauses, type WaitingKind, waitingKinds } from "./waiting-causes.ts";

export interface WaitingParts {
  /** Waits that are longer than nothing. */
  readonly waits: number;
  /** Seconds, in all and by kind. */
  readonly total: number;
  readonly seconds: Readonly<Record<WaitingKind, number>>;
}

export interface WaitingByKind extends WaitingParts {
  /** Most waiting first. */
  readonly activities: readonly (WaitingParts & { readonly activity: number })[];
}

/** Adds up the kinds of waiting of the asked cases, before one activity or all. O(waits). */
export function waitingByKind(
  { waits, parts }: WaitingCauses,
  asked: Uint8Array,
  activity: number | null,
): WaitingByKind {
  const tallies = new Map<number, Tally>();
  for (let i = 0; i < waits.count; i++) {
    const step = waits.step[i]!;
    const own = waits.steps.activity[step]!;
    if (asked[waits.steps.case[step]!] !== 1 || (activity !== null && own !== activity)) continue;
    if (waits.started[i] === waits.enabled[i]) continue;
    let tally = tallies.get(own);
    if (tally === undefined) {
      tally = emptyTally();
      tallies.set(own, tally);
    }
    tally.waits++;
    for (const kind of waitingKinds) tally.micros[kind] += parts[kind][i]!;
  }
  const activities = [...tallies]
    .map(([code, tally]) => ({ activity: code, ...inSeconds(tally) }))
    .sort((a, b) => b.total - a.total || a.activity - b.activity);
  const all = emptyTally();
  for (const { waits: n, micros } of tallies.values()) {
    all.waits += n;
    for (const kind of waitingKinds) all.micros[kind] += micros[kind];
  }
  return { ...inSeconds(all), activities };
}

interface Tally {
  waits: number;
  readonly micros: Record<WaitingKind, number>;
}

const emptyTally = (): Tally => ({
  waits: 0,
  micros: Object.fromEntries(waitingKinds.map((kind) => [kind, 0])) as Record<WaitingKind, number>,
});

function inSeconds({ waits, micros }: Tally): WaitingParts {
  const seconds = Object.fromEntries(waitingKinds.map((kind) => [kind, micros[kind] / 1e6]));
  const total = waitingKinds.reduce((sum, kind) => sum + micros[kind], 0) / 1e6;
  return { waits, total, seconds: seconds as Record<WaitingKind, number> };
}
