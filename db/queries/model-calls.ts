/** What language models have used today. The day is UTC's, by the database's clock. */
import { and, eq, gte, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { modelCalls } from "../schema/index.ts";

export interface UsedToday {
  /** Millionths of a US dollar, of calls whose price is known. */
  readonly micros: number;
  readonly tokens: number;
}

const startOfDay = sql`(date_trunc('day', clock_timestamp() at time zone 'utc') at time zone 'utc')`;

/** Used since midnight by one person (null: by viewers without a name, together) and by everybody of the tenant. */
export async function usedToday(
  database: Database,
  tenant: string,
  person: string | null,
): Promise<{ readonly person: UsedToday; readonly tenant: UsedToday }> {
  const own = person === null ? isNull(modelCalls.person) : eq(modelCalls.person, person);
  const tokens = sql`${modelCalls.inputTokens}::float8 + ${modelCalls.outputTokens} + ${modelCalls.cacheReadTokens} + ${modelCalls.cacheWriteTokens}`;
  const [row] = await database
    .select({
      micros: sql<number>`coalesce(sum(${modelCalls.costMicros}), 0)::float8`,
      tokens: sql<number>`coalesce(sum(${tokens}), 0)::float8`,
      ownMicros: sql<number>`coalesce(sum(${modelCalls.costMicros}) filter (where ${own}), 0)::float8`,
      ownTokens: sql<number>`coalesce(sum(${tokens}) filter (where ${own}), 0)::float8`,
    })
    .from(modelCalls)
    .where(and(eq(modelCalls.tenant, tenant), gte(modelCalls.createdAt, startOfDay)));
  return {
    person: { micros: row!.ownMicros, tokens: row!.ownTokens },
    tenant: { micros: row!.micros, tokens: row!.tokens },
  };
}
