import type { ReplayModel } from "./replay-model.ts";
import type { ReplayChange } from "./simulate.ts";
import type { Plan, Staffing } from "./staffing.ts";

/**
 * The replay of a plan: an activity's steps go to the resources that the plan gives it to, in its shares; among those
 * that are not ahead of their share the first who is free takes the next one. A step's own service time is scaled by
 * how the new resource's mean compares with the old one's.
 */
export function planChange(model: ReplayModel, staffing: Staffing, plan: Plan): ReplayChange {
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
      if (row === undefined) return [model.resource[step]!];
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

function openCandidates(
  staffing: Staffing,
  share: Float64Array,
  given: Float64Array,
  dispatched: number,
): readonly number[] {
  const open: number[] = [];
  let furthestBehind = -1;
  let most = Number.NEGATIVE_INFINITY;
  share.forEach((part, column) => {
    if (part === 0) return;
    const behind = part * dispatched - given[column]!;
    if (behind > 0) open.push(staffing.resources[column]!.code);
    if (behind > most) [most, furthestBehind] = [behind, column];
  });
  return open.length > 0 ? open : [staffing.resources[furthestBehind]!.code];
}
