import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTokenServer, type TokenServer } from "../../tests/systems/oauth.ts";
import { authorize, type Credential, CredentialError } from "./authorize.ts";
import { exchange } from "./http-client.ts";
import { openSecret } from "./secrets.ts";
import type { ConnectorSettings } from "./settings.ts";

const secrets = { KEY: "k-1", ID: "client", SECRET: "s-1", WRONG: "s-2" };
const signal = new AbortController().signal;
let server: TokenServer;

const settings = (): ConnectorSettings => ({
  allowedHosts: [`127.0.0.1:${server.port}`],
  openSecret: (reference) => openSecret(reference, secrets),
  timeout: 1_000,
  wait: async () => undefined,
  random: () => 0,
  now: () => new Date(),
  newId: () => "id",
});
const get = (url = "https://api.example.com/x?a=1") => ({ method: "GET", url, headers: {}, body: null });
const credential = (
  scheme: Credential["scheme"],
  references: Record<string, string>,
  more: Record<string, string> = {},
): Credential => ({ id: "c", scheme, references, settings: more });

beforeAll(async () => {
  server = await startTokenServer("client", "s-1");
});
afterAll(() => server.close());

describe("authorizing a request", () => {
  it("adds bearer, basic and API-key credentials where they belong", async () => {
    const with_ = (given: Credential) => authorize(get(), given, settings(), signal);
    expect((await with_(credential("bearer", { token: "env:KEY" }))).headers).toEqual({
      authorization: "Bearer k-1",
    });
    expect((await with_(credential("basic", { username: "env:ID", password: "env:KEY" }))).headers).toEqual({
      authorization: `Basic ${btoa("client:k-1")}`,
    });
    expect(
      (await with_(credential("api-key", { key: "env:KEY" }, { in: "header", name: "X-Key" }))).headers,
    ).toEqual({ "x-key": "k-1" });
    expect((await with_(credential("api-key", { key: "env:KEY" }, { in: "query", name: "key" }))).url).toBe(
      "https://api.example.com/x?a=1&key=k-1",
    );
  });

  it("fetches an OAuth 2.0 token once, and the resource accepts it", async () => {
    const around = settings();
    const oauth = credential(
      "oauth2-client-credentials",
      { clientId: "env:ID", clientSecret: "env:SECRET" },
      { tokenUrl: `${server.url}/token` },
    );
    const first = await authorize(get(`${server.url}/orders`), oauth, around, signal);
    const again = await authorize(get(`${server.url}/orders`), oauth, around, signal);
    expect(again).toEqual(first);
    expect(server.granted()).toBe(1);
    expect(await exchange(first, { ...around, signal })).toMatchObject({ kind: "answer", status: 200 });
  });

  it("says that the token server refused, without the secret", async () => {
    const oauth = credential(
      "oauth2-client-credentials",
      { clientId: "env:ID", clientSecret: "env:WRONG" },
      { tokenUrl: `${server.url}/token` },
    );
    const failed = await authorize(get(), oauth, settings(), signal).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CredentialError);
    expect(String(failed)).not.toContain("s-2");
  });
});

describe("one exchange", () => {
  it("does not follow a redirect, and reaches nothing private by name", async () => {
    const options = { allowedHosts: [], timeout: 1_000, signal };
    await expect(exchange(get("http://localhost:1/"), options)).rejects.toThrow(/does not connect/);
  });

  it("says that nothing was sent when nobody listens", async () => {
    const answer = await exchange(get("http://127.0.0.1:1/"), {
      allowedHosts: ["127.0.0.1:1"],
      timeout: 1_000,
      signal,
    });
    expect(answer).toMatchObject({ kind: "unreachable", sent: false });
  });
});
