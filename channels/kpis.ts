/** The contract's `--kpis`: named KPIs with their limits, added or replaced by name. */
import { z } from "zod";
import type { Database } from "../db/client.ts";
import { kpis } from "../db/schema/index.ts";
import { MillwrightError } from "../errors.ts";

export class KpiInvalidError extends MillwrightError {
  constructor(index: number, message: string) {
    super("kpi-invalid", 400, `KPI ${index + 1}: ${message}`, {
      expected: '{"name","log"?,"metric","activity"?,"limit"?: seconds,"deadline"?: attribute}',
    });
  }
}

const KpiSchema = z.object({
  name: z.string().min(1),
  log: z.string().min(1).nullish(),
  metric: z.enum(["cycle_time", "time_to", "waiting_time", "throughput", "rework", "error_rate"]),
  activity: z.union([z.string(), z.array(z.string()).min(1)]).nullish(),
  limit: z.number().nonnegative().nullish(),
  deadline: z.string().min(1).nullish(),
});

/** All of them or none. Returns how many were set. */
export async function setKpis(
  database: Database,
  tenant: string,
  given: readonly unknown[],
): Promise<number> {
  const rows = given.map((kpi, index) => ({ tenant, ...parseKpi(kpi, index) }));
  await database.transaction(async (transaction) => {
    for (const row of rows) {
      const { tenant: _tenant, name: _name, ...set } = row;
      await transaction
        .insert(kpis)
        .values(row)
        .onConflictDoUpdate({ target: [kpis.tenant, kpis.name], set });
    }
  });
  return rows.length;
}

function parseKpi(given: unknown, index: number) {
  const parsed = KpiSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new KpiInvalidError(index, `${issue?.path.join(".") || "it"}: ${issue?.message ?? "is not a KPI"}`);
  }
  const { name, log, metric, activity, limit, deadline } = parsed.data;
  return {
    name,
    metric,
    log: log ?? null,
    activity: activity ?? null,
    limit: limit ?? null,
    deadline: deadline ?? null,
  };
}
