import type { Database } from "../../db/client.ts";
import type { logs } from "../../db/schema/index.ts";
import type { ColumnMapping } from "./core/event-log.ts";
import type { Finding } from "./core/findings.ts";

/** What is known about a stored log without opening it. */
export interface LogSummary {
  readonly id: string;
  readonly name: string;
  readonly cases: number;
  readonly events: number;
  /** ISO 8601 in UTC. */
  readonly first: string | null;
  readonly last: string | null;
  readonly mapping: ColumnMapping;
  readonly findings: readonly Finding[];
}

export type LogRow = typeof logs.$inferSelect;
export type Queries = Pick<Database, "select" | "insert" | "update" | "delete">;

export const summaryOf = (row: LogRow): LogSummary => ({
  id: row.id,
  name: row.name,
  cases: row.cases,
  events: Number(row.events),
  first: iso(row.firstEvent),
  last: iso(row.lastEvent),
  mapping: row.mapping as ColumnMapping,
  findings: row.findings as Finding[],
});

const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;
