/** Reference models of logs as rows. */
import { and, desc, eq, or, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { models } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type ModelFormat, readReferenceModel } from "./core/conformance/reference-model.ts";
import { ModelFileError } from "./core/models/errors.ts";

export type ModelRow = typeof models.$inferSelect;

/** What is known of a stored model. */
export interface ModelSummary {
  readonly id: string;
  readonly log: string;
  readonly name: string;
  readonly format: ModelFormat;
  /** The labels of its steps. */
  readonly activities: readonly string[];
  /** What of the document is not carried over, in sentences. */
  readonly notes: readonly string[];
}

/** More characters than this are no model that a person drew. */
const MOST_CHARACTERS = 8_000_000;

export class ModelNotFoundError extends MillwrightError {
  constructor(wanted: string, names: readonly string[]) {
    super("model-not-found", 404, `This log has no model “${wanted}”.`, {
      value: wanted,
      expected: names.length === 0 ? "a model; none has been uploaded" : names.slice(0, 20).join(", "),
      remedy: names.length === 0 ? "Upload one: POST /v1/logs/{id}/models." : "Name one of these.",
    });
  }
}

export interface StoreModelRequest {
  readonly database: Database;
  readonly tenant: string;
  /** Id of a log of the tenant. */
  readonly log: string;
  readonly name: string;
  readonly document: string;
  readonly person: string | null;
  newId(): string;
}

/** Stores a model that can be read; one of the same name is replaced. Throws `ModelFileError`, `NotConvertibleError`. */
export async function storeModel(request: StoreModelRequest): Promise<ModelSummary> {
  const { database, tenant, log, name, document, person } = request;
  const read = checked(name, document);
  const [row] = await database
    .insert(models)
    .values({ id: request.newId(), tenant, log, name, format: read.format, document, uploadedBy: person })
    .onConflictDoUpdate({
      target: [models.tenant, models.log, models.name],
      set: { format: read.format, document, uploadedBy: person, updatedAt: sql`now()` },
    })
    .returning();
  return summaryOf(row!);
}

function checked(name: string, document: string) {
  if (document.length > MOST_CHARACTERS)
    throw new ModelFileError(`The model has more than ${MOST_CHARACTERS} characters.`, {
      file: name,
      expected: "a model that a person can read",
    });
  try {
    return readReferenceModel(document);
  } catch (error) {
    throw error instanceof ModelFileError ? error.of(name) : error;
  }
}

/** The models of a log, the newest first. */
export const listModels = (database: Database, tenant: string, log: string): Promise<ModelRow[]> =>
  database
    .select()
    .from(models)
    .where(and(eq(models.tenant, tenant), eq(models.log, log)))
    .orderBy(desc(models.updatedAt), desc(models.id));

export function summaryOf({ id, log, name, format, document }: ModelRow): ModelSummary {
  const { net, notes } = readReferenceModel(document);
  const labels = net.transitions.flatMap(({ label }) => (label === null ? [] : [label]));
  return { id, log, name, format, activities: [...new Set(labels)], notes };
}

/** By id or name, else the newest; null where the log has none and none was asked for. */
export async function findModel(
  database: Database,
  tenant: string,
  log: string,
  wanted?: string,
): Promise<ModelRow | null> {
  if (wanted === undefined) return (await listModels(database, tenant, log))[0] ?? null;
  const named = or(eq(models.id, wanted), eq(models.name, wanted));
  const [row] = await database
    .select()
    .from(models)
    .where(and(eq(models.tenant, tenant), eq(models.log, log), named));
  if (row !== undefined) return row;
  const all = await listModels(database, tenant, log);
  throw new ModelNotFoundError(
    wanted,
    all.map(({ name }) => name),
  );
}
