/** KPIs and watches as rows. */
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { kpis, watches } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { metrics, statistics } from "../inputs.ts";
import { CalendarSchema } from "../logs/core/calendar-definition.ts";
import type { KpiDefinition } from "./core/metrics.ts";
import { MeasureSchema } from "./watched-measure.ts";

export interface NamedKpi extends KpiDefinition {
  readonly name: string;
  /** Null: for every log. */
  readonly log: string | null;
}

const namesOf = (activity: unknown): readonly string[] | null => {
  const parsed = z.union([z.string().transform((name) => [name]), z.array(z.string())]).safeParse(activity);
  return parsed.success && parsed.data.length > 0 ? parsed.data : null;
};

/** A tenant's KPIs, by name. */
export async function listKpis(database: Database, tenant: string): Promise<readonly NamedKpi[]> {
  const rows = await database.select().from(kpis).where(eq(kpis.tenant, tenant)).orderBy(kpis.name);
  return rows.map((row) => ({
    name: row.name,
    log: row.log,
    metric: z.enum(metrics).parse(row.metric),
    activities: namesOf(row.activity),
    limit: row.limit,
    deadline: row.deadline,
  }));
}

const sameActivities = (left: readonly string[] | null, right: readonly string[] | null): boolean =>
  JSON.stringify([...(left ?? [])].sort()) === JSON.stringify([...(right ?? [])].sort());

/** The KPI that says what is late for this metric; one of this very log before one of every log. */
export async function findKpi(
  database: Database,
  tenant: string,
  wanted: {
    readonly log: string;
    readonly metric: KpiDefinition["metric"];
    readonly activities: readonly string[] | null;
  },
): Promise<NamedKpi | null> {
  const fitting = (await listKpis(database, tenant)).filter(
    (kpi) =>
      kpi.metric === wanted.metric &&
      (kpi.log === null || kpi.log === wanted.log) &&
      sameActivities(kpi.activities, wanted.activities),
  );
  return fitting.find((kpi) => kpi.log !== null) ?? fitting[0] ?? null;
}

export class UnknownKpiError extends MillwrightError {
  constructor(name: string, known: readonly string[]) {
    super("unknown-kpi", 404, `There is no KPI called "${name}".`, {
      value: name,
      expected: known.length === 0 ? "a KPI; there is none" : `one of: ${known.slice(0, 20).join(", ")}`,
      remedy: "Name one of them, or say the metric.",
    });
  }
}

/** The KPI of that name. */
export async function kpiNamed(database: Database, tenant: string, name: string): Promise<NamedKpi> {
  const known = await listKpis(database, tenant);
  const found = known.find((kpi) => kpi.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new UnknownKpiError(
    name,
    known.map((kpi) => kpi.name),
  );
}

/** What a `limit` watch's `definition` holds. */
export const LimitDefinition = z.object({
  metric: z.enum([...metrics, "attribute"]),
  /** What `attribute` measures. */
  measure: MeasureSchema.nullable().default(null),
  activities: z.array(z.string()).nullable(),
  /** Seconds, a share or a count, as the metric has it; of an attribute, its own unit. */
  limit: z.number(),
  /** Null: every observation over the limit is a breach; else the figure is held against it. */
  statistic: z.enum(statistics).nullable(),
  deadline: z.string().nullable(),
  /** Durations are counted by it, as it was when the watch began; null for the clock. */
  calendar: CalendarSchema.nullable().default(null),
});
export type LimitDefinition = z.infer<typeof LimitDefinition>;

export type WatchRow = typeof watches.$inferSelect & {
  /** `since` to the microsecond, which a Date does not hold. */
  readonly sinceMicroseconds: number | null;
};

const columns = {
  ...getTableColumns(watches),
  sinceMicroseconds: sql<string | null>`(extract(epoch from ${watches.since}) * 1000000)::bigint`,
};

type Selected = typeof watches.$inferSelect & { readonly sinceMicroseconds: string | null };

const withNumber = (row: Selected): WatchRow => ({
  ...row,
  sinceMicroseconds: row.sinceMicroseconds === null ? null : Number(row.sinceMicroseconds),
});

/** The active watches of a log. */
export async function activeWatches(
  database: Database,
  tenant: string,
  log: string,
): Promise<readonly WatchRow[]> {
  const rows = await database
    .select(columns)
    .from(watches)
    .where(and(eq(watches.tenant, tenant), eq(watches.log, log), eq(watches.active, true)))
    .orderBy(watches.createdAt, watches.id);
  return rows.map(withNumber);
}

/** All watches of a tenant, oldest first. */
export async function listWatches(database: Database, tenant: string): Promise<readonly WatchRow[]> {
  const rows = await database
    .select(columns)
    .from(watches)
    .where(eq(watches.tenant, tenant))
    .orderBy(watches.createdAt, watches.id);
  return rows.map(withNumber);
}
