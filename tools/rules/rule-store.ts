/** Rules as rows: a version never changes but in its state. */
import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { people, roles, rules } from "../../db/schema/index.ts";
import { addressee } from "./core/identity.ts";

export type RuleRow = typeof rules.$inferSelect;

/** All versions of a rule, newest first. */
export const versionsOf = (database: Database, tenant: string, id: string): Promise<RuleRow[]> =>
  database
    .select()
    .from(rules)
    .where(and(eq(rules.tenant, tenant), eq(rules.id, id)))
    .orderBy(desc(rules.version));

/** The version that an execution made; null when it has not. */
export async function versionByKey(database: Database, tenant: string, key: string): Promise<RuleRow | null> {
  const [row] = await database
    .select()
    .from(rules)
    .where(and(eq(rules.tenant, tenant), sql`${rules.details} ->> 'key' = ${key}`));
  return row ?? null;
}

export interface Recipient {
  readonly id: string;
  readonly name: string;
}

/** Whose inbox the notices of an action go to: the people of the role or name it mentions, else the managers. */
export async function recipientsOf(
  database: Database,
  tenant: string,
  action: string,
): Promise<readonly Recipient[]> {
  const rows = await database
    .select({ id: people.id, name: people.name, role: roles.role })
    .from(people)
    .leftJoin(roles, and(eq(roles.tenant, people.tenant), eq(roles.person, people.id)))
    .where(and(eq(people.tenant, tenant), eq(people.active, true)))
    .orderBy(people.id);
  const who = addressee(action)?.replaceAll("_", " ") ?? "manager";
  const named = rows.filter(({ id, name }) => [id, name].some((own) => own.toLowerCase() === who));
  const ofRole = rows.filter(({ role }) => role !== null && who.includes(role));
  const managers = rows.filter(({ role }) => role === "manager");
  const chosen = [named, ofRole, managers].find((group) => group.length > 0) ?? [];
  return [...new Map(chosen.map(({ id, name }) => [id, { id, name }])).values()];
}
