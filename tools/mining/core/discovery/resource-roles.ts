import { type EventLog, MISSING, type TextColumn } from "../../../logs/core/event-log.ts";
import { cluster } from "./clustering.ts";

export interface Role {
  /** What the role does most, compared with the others: "Check, Decide". No person's name. */
  readonly name: string;
  readonly people: number;
  readonly events: number;
  /** Its activities by share of its work, the largest first. */
  readonly activities: readonly { readonly name: string; readonly share: number }[];
}

export interface ResourceRoles {
  readonly roles: readonly Role[];
  /** Role of each resource code. */
  readonly roleOf: Int32Array;
  /** Resources that did anything. */
  readonly people: number;
  /** How clearly the roles differ; null where all do the same, so that there is one role. */
  readonly silhouette: number | null;
}

/** Below this silhouette the groups are hardly any: everybody counts as one role. */
const LEAST_SILHOUETTE = 0.25;
/** Resources that are compared with each other; rarer ones join the nearest role. */
const MOST_COMPARED = 400;

/**
 * Roles of the people in a log (Song & van der Aalst, "Towards comprehensive support for organizational mining", 2008): those
 * whose work is made of the same activities in similar shares. Null where no event has a resource. Deterministic.
 */
export function resourceRoles(log: EventLog): ResourceRoles | null {
  const { resource } = log;
  if (resource === null) return null;
  const work = workOf(log, resource);
  const order = [...work.keys()].sort((r, s) => work.get(s)!.events - work.get(r)!.events || r - s);
  if (order.length === 0) return null;
  const compared = order.slice(0, MOST_COMPARED);
  const distance = (i: number, j: number) => difference(work.get(order[i]!)!, work.get(order[j]!)!);
  const found = cluster(compared.length, distance, new Float64Array(compared.length).fill(1));
  const clear = found !== null && found.silhouette >= LEAST_SILHOUETTE ? found : null;
  const roleOf = new Int32Array(resource.dictionary.length).fill(-1);
  order.forEach((code, i) => {
    if (clear === null) roleOf[code] = 0;
    else roleOf[code] = i < compared.length ? clear.groupOf[i]! : closest(clear.medoids, i, distance);
  });
  return { ...describeRoles(log, work, roleOf), people: order.length, silhouette: clear?.silhouette ?? null };
}

function closest(medoids: readonly number[], i: number, distance: (i: number, j: number) => number): number {
  let best = 0;
  medoids.forEach((medoid, group) => {
    if (distance(i, medoid) < distance(i, medoids[best]!)) best = group;
  });
  return best;
}

interface Work {
  readonly counts: Float64Array;
  events: number;
}

function workOf(log: EventLog, resource: TextColumn): Map<number, Work> {
  const work = new Map<number, Work>();
  for (let i = 0; i < log.events; i++) {
    const code = resource.codes[i]!;
    if (code === MISSING) continue;
    let own = work.get(code);
    if (own === undefined) {
      own = { counts: new Float64Array(log.activities.length), events: 0 };
      work.set(code, own);
    }
    own.counts[log.activity[i]!]!++;
    own.events++;
  }
  return work;
}

/** Half the sum of the differences of shares: the part of the work that would have to be other work. */
function difference(a: Work, b: Work): number {
  let sum = 0;
  for (let activity = 0; activity < a.counts.length; activity++) {
    sum += Math.abs(a.counts[activity]! / a.events - b.counts[activity]! / b.events);
  }
  return sum / 2;
}

function describeRoles(log: EventLog, work: ReadonlyMap<number, Work>, roleOf: Int32Array) {
  const width = roleOf.reduce((most, role) => Math.max(most, role), -1) + 1;
  const totals = Array.from({ length: width }, () => ({
    people: 0,
    events: 0,
    counts: new Float64Array(log.activities.length),
  }));
  const all = new Float64Array(log.activities.length);
  for (const [code, own] of work) {
    const total = totals[roleOf[code]!]!;
    total.people++;
    total.events += own.events;
    own.counts.forEach((count, activity) => {
      total.counts[activity]! += count;
      all[activity]! += count;
    });
  }
  const names = uniqueNames(totals.map(({ counts, events }) => nameOf(log.activities, counts, events, all)));
  const roles = totals.map(({ people, events, counts }, i): Role => {
    const activities = log.activities
      .map((name, activity) => ({ name, share: counts[activity]! / Math.max(1, events) }))
      .filter(({ share }) => share > 0)
      .sort((x, y) => y.share - x.share);
    return { name: names[i]!, people, events, activities };
  });
  return { roles, roleOf };
}

/** One or two activities that this role has the largest hand in, weighted by how much of its own work they are. */
function nameOf(
  activities: readonly string[],
  counts: Float64Array,
  events: number,
  all: Float64Array,
): string {
  const telling = activities
    .map((name, a) => ({ name, weight: all[a] === 0 ? 0 : (counts[a]! / events) * (counts[a]! / all[a]!) }))
    .filter(({ weight }) => weight > 0)
    .sort((x, y) => y.weight - x.weight);
  const best = telling[0]?.weight ?? 0;
  return telling
    .slice(0, 2)
    .filter(({ weight }) => weight >= best / 3)
    .map(({ name }) => name)
    .join(", ");
}

function uniqueNames(names: readonly string[]): string[] {
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
