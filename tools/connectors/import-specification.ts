/** Imports an API specification: parse, resolve, read, keep. Nothing is fetched: references outside the file are refused. */
import { createHash } from "node:crypto";
import type { Database } from "../../db/client.ts";
import type { Credential } from "./authorize.ts";
import { checkUrl } from "./core/address.ts";
import type { Specification } from "./core/operation.ts";
import { readSpecification, requireSpecification, SpecificationError } from "./core/read-specification.ts";
import { listConnectors, saveConnector, saveCredential } from "./store.ts";

/** Bytes of a specification that are read (GitHub's, the largest we know, has 13 million). */
const largest = 32 * 1024 * 1024;

/** @throws SpecificationError saying where the text is wrong */
export async function parseSpecification(text: string, file?: string): Promise<Specification> {
  if (text.length > largest)
    throw new SpecificationError(
      "The specification is larger than 32 MB.",
      "Leave out what you do not need.",
      file,
    );
  const document = requireSpecification(await parseDocument(text, file));
  const { default: SwaggerParser } = await import("@apidevtools/swagger-parser");
  try {
    const options = { resolve: { external: false }, dereference: { circular: "ignore" as const } };
    return readSpecification(await new SwaggerParser().dereference(document as never, options));
  } catch (error) {
    if (error instanceof SpecificationError) throw error;
    throw new SpecificationError(
      `The specification does not hold together: ${messageOf(error)}`,
      "Correct it and import it again.",
      file,
      { cause: error },
    );
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);

async function parseDocument(text: string, file?: string): Promise<unknown> {
  const { parse, YAMLParseError } = await import("yaml");
  try {
    return text.trimStart().startsWith("{") ? JSON.parse(text) : parse(text, { maxAliasCount: 100 });
  } catch (error) {
    const at = error instanceof YAMLParseError && error.linePos ? ` (line ${error.linePos[0].line})` : "";
    throw new SpecificationError(
      `The specification is neither JSON nor YAML${at}: ${messageOf(error)}`,
      "Correct the text and import it again.",
      file,
      { cause: error },
    );
  }
}

export interface SpecificationImport {
  readonly database: Database;
  readonly tenant: string;
  readonly text: string;
  readonly file?: string;
  /** Short name; made from the title when absent. */
  readonly id?: string;
  /** Where the API is, when the file does not say or says something else. */
  readonly baseUrl?: string;
  readonly credential?: Credential;
  readonly allowedHosts: readonly string[];
}

export interface ImportedConnector {
  readonly id: string;
  readonly title: string;
  readonly baseUrl: string;
  readonly operations: Specification["operations"];
}

/** Reads and stores a specification as one unit. An import under the same id replaces the one before. */
export async function importSpecification(wanted: SpecificationImport): Promise<ImportedConnector> {
  const specification = await parseSpecification(wanted.text, wanted.file);
  const baseUrl = baseUrlOf(wanted, specification);
  const id = wanted.id ?? slug(specification.title);
  await wanted.database.transaction(async (transaction) => {
    if (wanted.credential) await saveCredential(transaction, wanted.tenant, wanted.credential);
    await saveConnector(transaction, {
      tenant: wanted.tenant,
      id,
      title: specification.title,
      baseUrl,
      specification: {
        version: specification.version,
        sha256: createHash("sha256").update(wanted.text).digest("hex"),
      },
      operations: specification.operations,
      ...(await credentialFor(wanted, transaction, id, baseUrl)),
    });
  });
  return { id, title: specification.title, baseUrl, operations: specification.operations };
}

/** A credential stays where it was meant for: a system that is imported at another origin begins without one. */
async function credentialFor(
  { tenant, credential }: SpecificationImport,
  database: Database,
  id: string,
  baseUrl: string,
): Promise<{ credential?: string | null }> {
  if (credential) return { credential: credential.id };
  const before = (await listConnectors(database, tenant)).find((known) => known.id === id);
  return before && new URL(before.baseUrl).origin !== new URL(baseUrl).origin ? { credential: null } : {};
}

/** The address is checked when it is imported and again, resolved, at every call. */
function baseUrlOf(wanted: SpecificationImport, specification: Specification): string {
  const said = wanted.baseUrl ?? specification.servers[0] ?? "";
  const url = URL.canParse(said) ? new URL(said) : null;
  if (url === null) {
    throw new SpecificationError(
      said ? `The server address "${said}" is not complete.` : "The specification names no server.",
      "Say where the API is (base URL).",
      wanted.file,
    );
  }
  checkUrl(url, wanted.allowedHosts);
  return url.href.replace(/\/$/, "");
}

const slug = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40) || "api";
