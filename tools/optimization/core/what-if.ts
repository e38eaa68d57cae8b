import { UnknownActivityError } from "../../kpi/core/metrics.ts";
import type { Condition } from "../../rules/core/condition.ts";
import { compileCondition } from "../../rules/core/evaluate-condition.ts";
import { schemaOf } from "../../rules/core/schema.ts";
import type { Calendar } from "./calendar.ts";
import { calendarOfResource, type ReplayModel } from "./replay-model.ts";
import type { ReplayChange } from "./simulate.ts";

export type Change =
  | { readonly kind: "skip"; readonly activity: string; readonly when: Condition | null }
  | { readonly kind: "add-resource"; readonly activity: string; readonly count: number }
  /** `factor` of the service time that remains: 0.8 takes a fifth off. */
  | { readonly kind: "faster"; readonly activity: string; readonly factor: number };

export interface ChangedReplay {
  readonly change: ReplayChange;
  /** Cases in which something is different. */
  readonly affected: ReadonlySet<number>;
  /** Steps that are left out, sped up or may go to the added resources. */
  readonly steps: number;
}

/** Translates a change into one of the replay. A skip's condition sees only what was known before the step. */
export function changedReplay(model: ReplayModel, change: Change): ChangedReplay {
  const code = model.log.activities.indexOf(change.activity);
  if (code === -1) throw new UnknownActivityError(change.activity, model.log.activities);
  const touched = touchedSteps(model, change, code);
  const affected = new Set<number>();
  touched.forEach((flag, step) => {
    if (flag === 1) affected.add(model.table.case[step]!);
  });
  const steps = touched.reduce((total, flag) => total + flag, 0);
  return { change: replayChange(model, change, touched), affected, steps };
}

function touchedSteps(model: ReplayModel, change: Change, code: number): Uint8Array {
  const { table, log } = model;
  const applies =
    change.kind === "skip" && change.when !== null
      ? compileCondition(change.when, { log, steps: table, schema: schemaOf(log) })
      : null;
  return Uint8Array.from(table.activity, (activity, step) => {
    if (activity !== code) return 0;
    return Number(applies === null || applies({ case: table.case[step]!, end: table.event[step]! }) === true);
  });
}

function replayChange(model: ReplayModel, change: Change, touched: Uint8Array): ReplayChange {
  switch (change.kind) {
    case "skip":
      return { skipped: touched };
    case "faster":
      return { service: (step) => model.service[step]! * (touched[step] === 1 ? change.factor : 1) };
    case "add-resource": {
      const added = Array.from({ length: change.count }, (_, index) => model.resources.length + index);
      const own = (step: number): number => model.resource[step]!;
      return {
        addedResources: change.count,
        addedCalendar: usualCalendar(model, touched),
        candidates: (step) => (touched[step] === 1 && own(step) >= 0 ? [own(step), ...added] : [own(step)]),
      };
    }
  }
}

/** The calendar of whoever does most of the steps. */
function usualCalendar(model: ReplayModel, touched: Uint8Array): Calendar {
  const counts = new Float64Array(model.resources.length);
  model.resource.forEach((resource, step) => {
    if (resource >= 0 && touched[step] === 1) counts[resource]!++;
  });
  const most = counts.reduce((best, count, resource) => (count > counts[best]! ? resource : best), 0);
  return calendarOfResource(model, most);
}
