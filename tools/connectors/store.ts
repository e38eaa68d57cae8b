/** Connectors and their calls in the database. */
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { calls, connectors, credentials } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import type { Credential } from "./authorize.ts";
import type { Operation } from "./core/operation.ts";

export interface Connector {
  readonly id: string;
  readonly title: string;
  readonly baseUrl: string;
  readonly operations: readonly Operation[];
  readonly credential: Credential | null;
}

export class ConnectorNotFoundError extends MillwrightError {
  constructor(what: string, wanted: string, known: readonly string[]) {
    super("connector-not-found", 404, `There is no ${what} "${wanted}".`, {
      value: wanted,
      expected: known.length > 0 ? known.slice(0, 12).join(", ") : "an imported specification",
      remedy: known.length > 0 ? "Use one of those." : "Import an OpenAPI file first.",
    });
  }
}

export async function listConnectors(database: Database, tenant: string): Promise<readonly Connector[]> {
  const rows = await database
    .select()
    .from(connectors)
    .where(and(eq(connectors.tenant, tenant), eq(connectors.enabled, true)))
    .orderBy(connectors.id);
  const known = await database.select().from(credentials).where(eq(credentials.tenant, tenant));
  return rows.map((row) => {
    const credential = known.find(({ id }) => id === row.credential);
    return {
      id: row.id,
      title: row.title,
      baseUrl: row.baseUrl,
      operations: row.operations as Operation[],
      credential: credential
        ? {
            id: credential.id,
            scheme: credential.scheme,
            references: credential.references as Record<string, string>,
            settings: credential.settings as Record<string, string>,
          }
        : null,
    };
  });
}

/** @throws ConnectorNotFoundError, naming what there is */
export async function findOperation(
  database: Database,
  tenant: string,
  connectorId: string,
  operationId: string,
): Promise<{ connector: Connector; operation: Operation }> {
  const all = await listConnectors(database, tenant);
  const connector = all.find(({ id }) => id === connectorId);
  if (!connector)
    throw new ConnectorNotFoundError(
      "connector",
      connectorId,
      all.map(({ id }) => id),
    );
  const operation = connector.operations.find(({ id }) => id === operationId);
  if (!operation)
    throw new ConnectorNotFoundError(
      `operation in "${connectorId}"`,
      operationId,
      connector.operations.map(({ id }) => id),
    );
  return { connector, operation };
}

export async function saveConnector(database: Database, row: typeof connectors.$inferInsert): Promise<void> {
  const { tenant: _tenant, id: _id, createdAt: _createdAt, ...changed } = row;
  await database
    .insert(connectors)
    .values(row)
    .onConflictDoUpdate({ target: [connectors.tenant, connectors.id], set: changed });
}

/** Keeps where a secret is, never the secret. */
export async function saveCredential(
  database: Database,
  tenant: string,
  credential: Credential,
): Promise<void> {
  await database
    .insert(credentials)
    .values({ tenant, ...credential })
    .onConflictDoUpdate({
      target: [credentials.tenant, credentials.id],
      set: { scheme: credential.scheme, references: credential.references, settings: credential.settings },
    });
}

export async function recordCall(database: Database, row: typeof calls.$inferInsert): Promise<void> {
  await database.insert(calls).values(row);
}

/** Attempts that ended badly and nobody has reviewed, newest first. */
export async function failedCalls(database: Database, tenant: string, limit: number) {
  return database
    .select()
    .from(calls)
    .where(and(eq(calls.tenant, tenant), eq(calls.outcome, "failure"), isNull(calls.reviewedAt)))
    .orderBy(desc(calls.createdAt))
    .limit(limit);
}
