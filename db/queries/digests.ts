/** What is kept, as one digest: for who must tell whether anything has changed. */
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "../rows.ts";

export interface DigestScope {
  /** Tables that are left out. */
  readonly except: readonly string[];
  /** Of a table, only the rows that meet this condition. */
  readonly only: Readonly<Record<string, SQL>>;
}

/** SHA-256 over the rows of all tables of the schema `public`, within the scope. */
export async function digestOfTables(database: Executor, { except, only }: DigestScope): Promise<string> {
  const tables = await rowsOf<{ name: string }>(
    database,
    sql`select tablename as name from pg_tables where schemaname = 'public' order by tablename`,
  );
  const names = tables.map(({ name }) => name).filter((name) => !except.includes(name));
  const parts = names.map(
    (name) =>
      sql`select ${name} as name, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as digest from ${sql.identifier(name)} t where ${only[name] ?? sql`true`}`,
  );
  const digests = await rowsOf<{ name: string; digest: string }>(
    database,
    sql`${sql.join(parts, sql` union all `)} order by name`,
  );
  return createHash("sha256").update(JSON.stringify(digests)).digest("hex");
}
