/** Who people are: by id, by token, by who they are in a channel. Inactive people are nobody. */
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { MillwrightError } from "../../errors.ts";
import type { Database } from "../client.ts";
import { identities, people, roles, tokens } from "../schema/index.ts";

export type RoleName = "viewer" | "manager" | "analyst" | "approver" | "evaluator" | "admin";

/** Structurally the `Person` of tools/define (db imports nothing of ours). */
export interface PersonRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly roles: readonly RoleName[];
}

export class UnknownPersonError extends MillwrightError {
  constructor(tenant: string, person: string) {
    super("unknown-person", 404, `Nobody called ${person} is known in ${tenant}.`, {
      value: person,
      expected: "the id of an active person",
    });
  }
}

export async function personById(
  database: Database,
  tenant: string,
  person: string,
): Promise<PersonRow | null> {
  const [found] = await select(database, and(eq(people.tenant, tenant), eq(people.id, person)));
  return found ?? null;
}

export function listPeople(database: Database, tenant: string): Promise<PersonRow[]> {
  return select(database, eq(people.tenant, tenant));
}

/** Whose token it is; null for an unknown, expired or revoked one. */
export async function personByToken(database: Database, token: string): Promise<PersonRow | null> {
  const [row] = await database
    .select({ tenant: tokens.tenant, person: tokens.person })
    .from(tokens)
    .where(
      and(
        eq(tokens.hash, sha256(token)),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`now()`)),
      ),
    );
  return row === undefined ? null : personById(database, row.tenant, row.person);
}

/** Who a channel's subject is, e.g. ("slack", "T1/U2"). */
export async function personByIdentity(
  database: Database,
  channel: string,
  subject: string,
): Promise<PersonRow | null> {
  const [row] = await database
    .select({ tenant: identities.tenant, person: identities.person })
    .from(identities)
    .where(and(eq(identities.channel, channel), eq(identities.subject, subject)));
  return row === undefined ? null : personById(database, row.tenant, row.person);
}

/** Maps a channel's subject to a person; a mapping that is there is replaced. @throws UnknownPersonError */
export async function linkIdentity(
  database: Database,
  link: { tenant: string; person: string; channel: string; subject: string },
): Promise<void> {
  await known(database, link.tenant, link.person);
  await database
    .insert(identities)
    .values(link)
    .onConflictDoUpdate({
      target: [identities.channel, identities.subject],
      set: { tenant: link.tenant, person: link.person },
    });
}

/** Makes a token and returns it, this once: only its SHA-256 is kept. @throws UnknownPersonError */
export async function issueToken(
  database: Database,
  owner: { tenant: string; person: string; label?: string; expiresAt?: Date },
): Promise<string> {
  await known(database, owner.tenant, owner.person);
  const token = `mw_${randomBytes(32).toString("base64url")}`;
  await database.insert(tokens).values({
    hash: sha256(token),
    tenant: owner.tenant,
    person: owner.person,
    label: owner.label ?? "",
    expiresAt: owner.expiresAt ?? null,
  });
  return token;
}

async function known(database: Database, tenant: string, person: string): Promise<void> {
  if ((await personById(database, tenant, person)) === null) throw new UnknownPersonError(tenant, person);
}

async function select(database: Database, where: SQL | undefined): Promise<PersonRow[]> {
  const rows = await database
    .select({ id: people.id, tenant: people.tenant, name: people.name, role: roles.role })
    .from(people)
    .leftJoin(roles, and(eq(roles.tenant, people.tenant), eq(roles.person, people.id)))
    .where(and(where, people.active))
    .orderBy(people.id, roles.role);
  const byId = new Map<string, PersonRow & { roles: RoleName[] }>();
  for (const { role, ...person } of rows) {
    const found = byId.get(person.id) ?? { ...person, roles: [] };
    if (role !== null) found.roles.push(role as RoleName);
    byId.set(person.id, found);
  }
  return [...byId.values()];
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
