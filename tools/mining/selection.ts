import type { Fact, FactDraft, Message, OpenLog, ToolContext } from "../define.ts";
import type { Filter } from "../inputs.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import { filterLog, filterSql } from "../logs/core/filters.ts";
import { NoCasesError } from "./errors.ts";

/** The cases a tool looks at, as columns and as SQL. */
export interface Selection {
  readonly open: OpenLog;
  readonly log: EventLog;
  /** A condition on `case_id` for facts; null for all cases. */
  readonly condition: string | null;
  /** A fact about these cases. */
  fact(draft: Omit<FactDraft, "log">): Fact;
}

/** Opens the log and keeps the cases that the filters select. Throws `NoCasesError` when there are none. */
export async function select(
  context: ToolContext,
  input: { readonly log?: string | undefined; readonly filters: readonly Filter[] },
): Promise<Selection> {
  const open = await context.logs.open(input.log);
  return narrow(context, open, input.filters);
}

export function narrow(context: ToolContext, open: OpenLog, filters: readonly Filter[]): Selection {
  const log = filterLog(open.log, filters);
  if (log.cases === 0) throw new NoCasesError(open.name, filters.length > 0);
  return {
    open,
    log,
    condition:
      filters.length === 0 ? null : `case_id in (select case_id from cases where ${filterSql(filters)})`,
    fact: (draft) => context.fact({ ...draft, log: open.id }),
  };
}

/** What every answer says about its cases: the log, how many cases, which, and in which zone words were meant. */
export function assumptions(
  context: ToolContext,
  selection: Selection,
  filters: readonly Filter[],
): { readonly facts: Fact[]; readonly lines: Message[] } {
  const n = casesFact(selection);
  const about: Message =
    filters.length === 0
      ? { text: "All {n} of {log}", values: { n, log: selection.open.name } }
      : { text: "{n} of {log}", values: { n, log: selection.open.name } };
  const zoned = filters.some(({ kind }) => kind === "window");
  return {
    facts: [n],
    lines: [
      about,
      ...filters.map(describeFilter),
      ...(zoned ? [{ text: "Dates in {zone}", values: { zone: context.zone } }] : []),
    ],
  };
}

export function casesFact(selection: Selection): Fact {
  const { log, condition } = selection;
  const sql = `select count(*) from cases${condition === null ? "" : ` where ${condition}`}`;
  return selection.fact({ value: log.cases, unit: "cases", label: "Cases looked at", sql, rows: log.cases });
}

function describeFilter(filter: Filter): Message {
  switch (filter.kind) {
    case "activity":
      return {
        text: { any: "with {activities}", all: "with all of {activities}", none: "without {activities}" }[
          filter.mode
        ],
        values: { activities: filter.activities.join(", ") },
      };
    case "attribute":
      return {
        text: `{attribute} ${filter.comparator.replace("-", " ")} {value}`,
        values: { attribute: filter.attribute, value: [filter.value].flat().join(", ") },
      };
    case "window":
      return {
        text: filter.by === "started" ? "begun in {window}" : "completed in {window}",
        values: { window: filter.label ?? `${filter.from ?? "…"} to ${filter.to ?? "…"}` },
      };
    case "duration":
      return {
        text: `cycle time ${filter.comparator} {limit}`,
        values: { limit: { quantity: filter.seconds, unit: "s" } },
      };
    case "variant":
      return {
        text: filter.variants.length === 1 ? "one path" : "{n} paths",
        values: { n: { quantity: filter.variants.length, unit: "paths" } },
      };
  }
}
