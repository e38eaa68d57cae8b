/** Adds a credential to a request: bearer, API key, basic, or OAuth 2.0 client credentials (RFC 6749, 4.4). */
import { MillwrightError } from "../../errors.ts";
import type { HttpRequest } from "./core/request.ts";
import { exchange } from "./http-client.ts";
import type { ConnectorSettings } from "./settings.ts";

export interface Credential {
  readonly id: string;
  readonly scheme: "bearer" | "api-key" | "basic" | "oauth2-client-credentials";
  /** Name → reference (`env:…`, `file:…`). */
  readonly references: Readonly<Record<string, string>>;
  /** `{in, name}` of an API key; `{tokenUrl, scope}` of OAuth 2. */
  readonly settings: Readonly<Record<string, string>>;
}

export class CredentialError extends MillwrightError {
  override readonly noEffect = true;
  constructor(credential: string, why: string) {
    super("credential", 424, `The credential "${credential}" does not work: ${why}.`, {
      remedy: "Ask an administrator to check its settings and references.",
    });
  }
}

interface Token {
  readonly value: string;
  readonly until: number;
}
/** Access tokens by settings object, credential and token address; gone with the process. */
const tokens = new WeakMap<ConnectorSettings, Map<string, Token>>();

/** @throws CredentialError, SecretError */
export async function authorize(
  wanted: HttpRequest,
  credential: Credential | null,
  settings: ConnectorSettings,
  signal: AbortSignal,
): Promise<HttpRequest> {
  if (credential === null) return wanted;
  const open = async (name: string): Promise<string> => {
    const reference = credential.references[name];
    if (reference === undefined) throw new CredentialError(credential.id, `it has no reference "${name}"`);
    return settings.openSecret(reference);
  };
  const withHeader = (name: string, value: string): HttpRequest => ({
    ...wanted,
    headers: { ...wanted.headers, [name]: value },
  });
  switch (credential.scheme) {
    case "bearer":
      return withHeader("authorization", `Bearer ${await open("token")}`);
    case "basic":
      return withHeader(
        "authorization",
        `Basic ${btoa(`${await open("username")}:${await open("password")}`)}`,
      );
    case "api-key":
      return withApiKey(wanted, credential, await open("key"));
    case "oauth2-client-credentials":
      return withHeader("authorization", `Bearer ${await accessToken(credential, open, settings, signal)}`);
  }
}

function withApiKey(wanted: HttpRequest, credential: Credential, key: string): HttpRequest {
  const name = credential.settings["name"] ?? "x-api-key";
  if (credential.settings["in"] !== "query")
    return { ...wanted, headers: { ...wanted.headers, [name.toLowerCase()]: key } };
  const url = new URL(wanted.url);
  url.searchParams.set(name, key);
  return { ...wanted, url: url.href };
}

/** A token is fetched once and used until a minute before it lapses. */
async function accessToken(
  credential: Credential,
  open: (name: string) => Promise<string>,
  settings: ConnectorSettings,
  signal: AbortSignal,
): Promise<string> {
  const cache = tokens.get(settings) ?? new Map<string, Token>();
  tokens.set(settings, cache);
  const name = JSON.stringify([credential.id, credential.settings, credential.references]);
  const known = cache.get(name);
  if (known && known.until > settings.now().getTime()) return known.value;
  const token = await fetchToken(credential, open, settings, signal);
  cache.set(name, token);
  return token.value;
}

async function fetchToken(
  credential: Credential,
  open: (name: string) => Promise<string>,
  settings: ConnectorSettings,
  signal: AbortSignal,
): Promise<Token> {
  const url = credential.settings["tokenUrl"];
  if (!url) throw new CredentialError(credential.id, 'its settings have no "tokenUrl"');
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (credential.settings["scope"]) form.set("scope", credential.settings["scope"]);
  const basic = btoa(
    `${encodeURIComponent(await open("clientId"))}:${encodeURIComponent(await open("clientSecret"))}`,
  );
  const headers = {
    authorization: `Basic ${basic}`,
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  };
  const answer = await exchange(
    { method: "POST", url, headers, body: form.toString() },
    { ...settings, signal },
  );
  if (answer.kind === "unreachable")
    throw new CredentialError(credential.id, `its token server: ${answer.reason}`);
  const granted = answer.status === 200 ? parsed(answer.text) : undefined;
  if (typeof granted?.["access_token"] !== "string") {
    throw new CredentialError(credential.id, `its token server answered ${answer.status} and no token`);
  }
  const seconds = typeof granted["expires_in"] === "number" ? granted["expires_in"] : 300;
  return {
    value: granted["access_token"],
    until: settings.now().getTime() + Math.max(0, seconds - 60) * 1000,
  };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
