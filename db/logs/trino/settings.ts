/** Whether and how logs live in Trino: from the environment (docs/configuration.md), as plain data for any thread. */
import { readFile } from "node:fs/promises";
import { MillwrightError } from "../../../errors.ts";
import type { TrinoConnection, TrinoCredential } from "./client.ts";
import type { SharedFolder } from "./writers.ts";

export interface TrinoSettings {
  readonly url: string;
  readonly user: string;
  readonly catalog: string;
  /** `jwt` or `password`, and the reference to the secret: `env:NAME` or `file:/path`. */
  readonly credential: { readonly kind: TrinoCredential["kind"]; readonly reference: string } | null;
  /** A file with the certificates that sign Trino's. */
  readonly certificates: string | null;
  readonly files: SharedFolder | null;
  /** New logs of at least so many events go to Trino. */
  readonly fromEvents: number;
}

export class TrinoSettingsError extends MillwrightError {
  constructor(variable: string, value: string, expected: string) {
    super("trino-settings", 500, `${variable} cannot be "${value}"`, {
      value,
      expected,
      remedy: "Set it as docs/configuration.md says.",
    });
  }
}

const FROM_EVENTS = 1_000_000;

/** Null where no Trino is set up. Throws `TrinoSettingsError`. */
export function trinoSettings(environment: NodeJS.ProcessEnv): TrinoSettings | null {
  const url = environment["MILLWRIGHT_TRINO_URL"];
  if (!url) return null;
  const settings: TrinoSettings = {
    url: checkedUrl(url),
    user: environment["MILLWRIGHT_TRINO_USER"] || "millwright",
    catalog: identifier("MILLWRIGHT_TRINO_CATALOG", environment["MILLWRIGHT_TRINO_CATALOG"] || "hive"),
    credential: credentialOf(environment["MILLWRIGHT_TRINO_CREDENTIAL"]),
    certificates: environment["MILLWRIGHT_TRINO_CERTIFICATES"] || null,
    files: filesOf(environment),
    fromEvents: eventsOf(environment["MILLWRIGHT_TRINO_FROM_EVENTS"]),
  };
  if (settings.credential !== null && !isPrivate(new URL(settings.url)))
    throw new TrinoSettingsError("MILLWRIGHT_TRINO_URL", url, "https, for a credential is sent there");
  return settings;
}

function checkedUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== "")
    throw new TrinoSettingsError("MILLWRIGHT_TRINO_URL", url.replace(/\/\/.*@/, "//…@"), "https://host:port");
  return parsed.origin;
}

/** Whether nobody can listen. */
const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

function identifier(variable: string, value: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(value)) throw new TrinoSettingsError(variable, value, "a catalog's name");
  return value;
}

function credentialOf(text: string | undefined): TrinoSettings["credential"] {
  if (!text) return null;
  const match = /^(jwt|password):((?:env|file):.+)$/.exec(text);
  // The value may be a secret written where a reference should be: it is not repeated.
  if (match === null)
    throw new TrinoSettingsError("MILLWRIGHT_TRINO_CREDENTIAL", "…", "jwt:env:NAME or password:file:/path");
  return { kind: match[1] as TrinoCredential["kind"], reference: match[2] as string };
}

function filesOf(environment: NodeJS.ProcessEnv): SharedFolder | null {
  const path = environment["MILLWRIGHT_TRINO_FILES"];
  const location = environment["MILLWRIGHT_TRINO_LOCATION"];
  if (!path && !location) return null;
  if (!path)
    throw new TrinoSettingsError("MILLWRIGHT_TRINO_FILES", "", "the folder that Trino knows as its location");
  if (!location || !/^[a-z0-9]+:\/\/\S*$/.test(location))
    throw new TrinoSettingsError(
      "MILLWRIGHT_TRINO_LOCATION",
      location ?? "",
      "local:///folder, s3://bucket/folder",
    );
  return { path, location };
}

function eventsOf(text: string | undefined): number {
  if (!text) return FROM_EVENTS;
  if (!/^\d+$/.test(text))
    throw new TrinoSettingsError("MILLWRIGHT_TRINO_FROM_EVENTS", text, "a whole number");
  return Number(text);
}

/** Opens certificates now, and the credential with each statement. */
export async function connectionOf(
  { url, user, catalog, credential, certificates }: TrinoSettings,
  environment: NodeJS.ProcessEnv,
): Promise<TrinoConnection> {
  return {
    url,
    user,
    catalog,
    credential: credential && (() => openCredential(credential, environment)),
    fetch: certificates === null ? fetch : await fetchTrusting(certificates),
  };
}

async function fetchTrusting(certificates: string): Promise<typeof fetch> {
  const [undici, ca] = await Promise.all([import("undici"), readFile(certificates, "utf8")]);
  const dispatcher = new undici.Agent({ connect: { ca } });
  return ((input: URL, options: object) =>
    undici.fetch(input, { ...options, dispatcher })) as unknown as typeof fetch;
}

async function openCredential(
  { kind, reference }: NonNullable<TrinoSettings["credential"]>,
  environment: NodeJS.ProcessEnv,
): Promise<TrinoCredential> {
  const secret = await openReference(reference, environment);
  return kind === "jwt" ? { kind, token: secret } : { kind, password: secret };
}

async function openReference(reference: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const [scheme, ...rest] = reference.split(":");
  const name = rest.join(":");
  const secret =
    scheme === "env" ? environment[name] : (await readFile(name, "utf8").catch(() => undefined))?.trim();
  if (!secret)
    throw new TrinoSettingsError("MILLWRIGHT_TRINO_CREDENTIAL", reference, "a secret that is there");
  return secret;
}
