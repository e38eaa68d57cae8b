import { and, eq, isNotNull } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { kpis } from "../../db/schema/index.ts";

/** The limit the tenant has set for a metric of whole cases; null when there is none. Of this log before of all logs. */
export async function kpiLimit(
  database: Database,
  tenant: string,
  log: string,
  metric: string,
): Promise<number | null> {
  const rows = await database
    .select()
    .from(kpis)
    .where(and(eq(kpis.tenant, tenant), eq(kpis.metric, metric), isNotNull(kpis.limit)));
  const fitting = rows.filter((row) => row.activity === null && (row.log === null || row.log === log));
  return (fitting.find((row) => row.log === log) ?? fitting[0])?.limit ?? null;
}
