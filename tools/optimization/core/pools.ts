import type { ReplayModel } from "./replay-model.ts";

/** A resource belongs to an activity's pool when it does at least this share of it. */
const regularShare = 0.05;

/**
 * Who regularly does each activity. In a changed replay everything happens at other times than it did; whoever of the
 * pool is free then takes a step, rather than only the one who happened to be free in the log.
 */
export function pools(model: ReplayModel): readonly (readonly number[])[] {
  const counts = model.log.activities.map(() => new Float64Array(model.resources.length));
  model.resource.forEach((resource, step) => {
    if (resource >= 0) counts[model.table.activity[step]!]![resource]!++;
  });
  return counts.map((own) => {
    const total = own.reduce((sum, count) => sum + count, 0);
    return [...own.keys()].filter((resource) => own[resource]! >= regularShare * total && own[resource]! > 0);
  });
}

/** The pool of a step with its own resource first; only that one, or nobody, where it does not queue. */
export function poolCandidates(model: ReplayModel): (step: number) => readonly number[] {
  const byActivity = pools(model);
  return (step) => {
    const own = model.resource[step]!;
    if (own === -1 || model.unlimited[own] === 1 || model.parallel[step] === 1) return [own];
    const pool = byActivity[model.table.activity[step]!]!;
    return pool.includes(own) ? pool : [own, ...pool];
  };
}
