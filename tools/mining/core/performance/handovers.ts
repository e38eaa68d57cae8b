import { type EventLog, MISSING, type TextColumn } from "../../../logs/core/event-log.ts";
import {
  type Difference,
  differenceOfMeans,
  holm,
  normalCdf,
  type Sample,
  sampleOf,
  Z95,
} from "../effects.ts";
import { waitsOf } from "./waits.ts";

/** Waiting before one activity after another: where the same person goes on, and where somebody else takes over. */
export interface HandOver {
  readonly from: number;
  readonly to: number;
  /** Waits, and their mean and standard error's ingredients, in seconds. */
  readonly same: Sample;
  readonly other: Sample;
  /** Somebody else less the same, 95 % interval; null where one of the two hardly happens. */
  readonly difference: Difference | null;
  /** Differs beyond chance: Welch's z, Holm over all pairs. */
  readonly differs: boolean;
}

export interface HandOvers {
  /** What is handed over between: the attribute of teams, else null for persons. */
  readonly between: string | null;
  readonly same: Sample;
  readonly other: Sample;
  /** Waits where one side is not recorded. */
  readonly unknown: number;
  /** Most waiting after a hand-over first. */
  readonly pairs: readonly HandOver[];
}

const TEAM_NAMES = /^(org:)?(group|team|role|department|unit)$/iu;
const LEVEL = 0.05;
const FEWEST_WAITS = 10;

/**
 * Waiting by whether a step is done by whoever did the step that enabled it, by persons or by teams. A team stands for its
 * members: no person is named. Null without starts or without resources. O(steps).
 */
export function handOvers(log: EventLog, level: "person" | "team"): HandOvers | null {
  const waits = waitsOf(log);
  const team = level === "team" ? teamOf(log) : null;
  const column = team?.column ?? (level === "person" ? log.resource : null);
  if (!waits.steps.hasStarts || column === null) return null;
  const own = (step: number) => column.codes[waits.steps.event[step]!]!;
  const width = log.activities.length;
  const groups = new Map<number, [number[], number[]]>();
  let unknown = 0;
  for (let i = 0; i < waits.count; i++) {
    const [from, to] = [waits.from[i]!, waits.step[i]!];
    if (own(from) === MISSING || own(to) === MISSING) {
      unknown++;
      continue;
    }
    const key = waits.steps.activity[from]! * width + waits.steps.activity[to]!;
    let group = groups.get(key);
    if (group === undefined) {
      group = [[], []];
      groups.set(key, group);
    }
    group[own(from) === own(to) ? 0 : 1].push((waits.started[i]! - waits.enabled[i]!) / 1e6);
  }
  const pairs = pairsOf(groups, width);
  const all = [...groups.values()];
  return {
    between: team?.name ?? null,
    same: sampleOf(all.flatMap(([same]) => same)),
    other: sampleOf(all.flatMap(([, other]) => other)),
    unknown,
    pairs,
  };
}

/** The attribute that says of which team who did an event was; null where there is none. */
export function teamOf(log: EventLog): { name: string; column: TextColumn } | null {
  for (const [name, column] of log.attributes) {
    if (TEAM_NAMES.test(name) && column.kind === "text") return { name, column };
  }
  return null;
}

function pairsOf(groups: ReadonlyMap<number, readonly [number[], number[]]>, width: number): HandOver[] {
  const described = [...groups].map(([key, [same, other]]) => {
    const samples = { same: sampleOf(same), other: sampleOf(other) };
    const isComparable = same.length >= FEWEST_WAITS && other.length >= FEWEST_WAITS;
    const difference = isComparable ? differenceOfMeans(samples.other, samples.same) : null;
    return { from: Math.floor(key / width), to: key % width, ...samples, difference };
  });
  const adjusted = holm(described.map(({ difference }) => (difference === null ? 1 : pValueOf(difference))));
  const total = ({ other }: { other: Sample }) => other.mean * other.n;
  return described
    .map((pair, i) => ({ ...pair, differs: adjusted[i]! <= LEVEL }))
    .sort((a, b) => total(b) - total(a) || a.from - b.from || a.to - b.to);
}

function pValueOf({ difference, high }: Difference): number {
  const error = (high - difference) / Z95;
  return error > 0 ? 2 * normalCdf(-Math.abs(difference) / error) : 1;
}
