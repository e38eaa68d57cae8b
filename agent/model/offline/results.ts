/** What a result lists by name, in its order: so that "the second one" and "the worst one" mean something. */
import type { ToolResult, View } from "../../../tools/define.ts";
import type { LogBriefing } from "../provider.ts";
import type { PlannerState } from "./state.ts";

type Shown = PlannerState["shown"][number];

/** The rows of its tables whose cells are names of the log; else the activities that the headline names. */
export function thingsIn(result: ToolResult<unknown>, log: LogBriefing | null): Shown[] {
  if (!log) return [];
  const activities = new Set(log.vocabulary.activities.map(({ name }) => name));
  const table = result.views.find((view) => view.kind === "table");
  const rows = table?.rows.flatMap((row) => {
    const name = Object.values(row).find((cell) => typeof cell === "string" && activities.has(cell));
    return typeof name === "string" ? [{ kind: "activity" as const, name }] : [];
  });
  if (rows && rows.length > 0) return rows;
  const groups = groupsIn(table, log);
  if (groups.length > 0) return groups;
  const cases = table?.columns.some(({ key }) => key === "case") === true ? table.rows : [];
  const named = cases.flatMap(({ case: name }) =>
    typeof name === "string" ? [{ kind: "row" as const, name }] : [],
  );
  if (named.length > 0) return named;
  return Object.values(result.answer.headline.values ?? {}).flatMap((value) =>
    typeof value === "string" && activities.has(value) ? [{ kind: "activity" as const, name: value }] : [],
  );
}

/** What a connected system listed, by the ids that it gives. */
export function recordsIn(result: ToolResult<unknown>): Shown[] {
  const table = result.views.find((view) => view.kind === "table");
  const key = ["id", "key", "number"].find((name) => table?.columns.some((column) => column.key === name));
  if (!table || key === undefined) return [];
  return table.rows.flatMap(({ [key]: id }) =>
    typeof id === "string" || typeof id === "number" ? [{ kind: "record" as const, name: String(id) }] : [],
  );
}

/** A row for each value of an attribute: "the second one" is a value. */
function groupsIn(table: Table | undefined, log: LogBriefing): Shown[] {
  const attribute = table?.columns.find(({ key }) => key === "group")?.label;
  if (!table || !log.vocabulary.attributes.some(({ name }) => name === attribute)) return [];
  return table.rows.flatMap(({ group }) =>
    typeof group === "string" ? [{ kind: "value" as const, name: group, attribute }] : [],
  );
}
type Table = Extract<View, { readonly kind: "table" }>;
