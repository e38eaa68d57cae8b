import { poolCandidates } from "./pools.ts";
import type { ReplayModel } from "./replay-model.ts";
import type { ReplayChange } from "./simulate.ts";
import type { Plan, Staffing } from "./staffing.ts";

/**
 * The replay of a plan, to be held against a replay with `poolCandidates`: an activity's steps go to the resources that the plan gives it to, in its shares; among those
 * that are not far ahead of their share the first who is free takes the next one. A step's own service time is scaled by
 * how the new resource's mean compares with the old one's.
 */
export function planChange(model: ReplayModel, staffing: Staffing, plan: Plan): ReplayChange {
  const pool = poolCandidates(model);
  const activityRow = new Map(staffing.activities.map(({ code }, row) => [code, row]));
  const resourceColumn = new Map(staffing.resources.map(({ code }, column) => [code, column]));
  const given = plan.map((row) => new Float64Array(row.length));
  const shares = plan.map((row) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return row.map((value) => (total === 0 ? 0 : value / total));
  });
  const dispatched = new Float64Array(plan.length);
  const rowOf = (step: number): number | undefined => {
    const resource = model.resource[step]!;
    return resource === -1 || model.unlimited[resource] === 1
      ? undefined
      : activityRow.get(model.table.activity[step]!);
  };
  return {
    candidates(step) {
      const row = rowOf(step);
      if (row === undefined) return pool(step);
      dispatched[row]!++;
      return openCandidates(staffing, shares[row]!, given[row]!, dispatched[row]!);
    },
    service(step, resource) {
      const row = rowOf(step);
      const own = model.service[step]!;
      const column = resourceColumn.get(resource);
      if (row === undefined || column === undefined) return own;
      given[row]![column]!++;
      const former = resourceColumn.get(model.resource[step]!);
      const service = staffing.service[row]!;
      return former === undefined ? own : (own * service[column]!) / service[former]!;
    },
  };
}

/** Steps by which a resource may be ahead of its share: within them whoever is free takes the next one. */
const leeway = 20;

/** Who of an activity's resources may take the next step. Never empty: they cannot all be ahead. */
function openCandidates(
  staffing: Staffing,
  share: Float64Array,
  given: Float64Array,
  dispatched: number,
): readonly number[] {
  return [...share.keys()]
    .filter((column) => share[column]! > 0 && given[column]! < share[column]! * dispatched + leeway)
    .map((column) => staffing.resources[column]!.code);
}
