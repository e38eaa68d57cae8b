/** The client against a server that speaks Trino's protocol over TLS: who it trusts, what it shows, and when it tries again. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { describeWhere } from "../../../tests/fixtures/needs.ts";
import { TrinoClient } from "./client.ts";
import { connectionOf, trinoSettings } from "./settings.ts";

const run = promisify(execFile);
const hasOpenSsl = spawnSync("openssl", ["version"]).status === 0;

interface Seen {
  readonly line: string;
  readonly authorization: string | undefined;
}

type Step = (request: IncomingMessage, response: ServerResponse) => void;

describeWhere(hasOpenSsl, "openssl on the path", "the Trino client over TLS", () => {
  let folder: string;
  let server: Server;
  let url: string;
  let seen: Seen[];
  /** What the server does instead of answering, request by request. */
  let script: (Step | null)[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "trino-tls-"));
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject];
    await run("openssl", [...made, "-keyout", key, "-out", certificate]);
    server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, answer);
    await new Promise<void>((listening) => server.listen(0, "localhost", listening));
    url = `https://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    seen = [];
    script = [];
  });

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization });
    const step = script.shift() ?? null;
    if (step !== null) {
      step(request, response);
      return;
    }
    const page =
      request.method === "POST"
        ? // As a gateway would that knows itself by another name.
          { id: "q1", nextUri: "https://elsewhere.example/v1/statement/q1/1?token=2" }
        : { id: "q1", columns: [{ name: "n", type: "bigint" }], data: [[42]] };
    response.end(JSON.stringify(page));
  };
  const busy =
    (status: number): Step =>
    (_, response) => {
      response.statusCode = status;
      response.end("later");
    };
  const breaksOff: Step = (request) => request.socket.destroy();

  const client = async (more: Record<string, string> = {}) => {
    const environment = {
      MILLWRIGHT_TRINO_URL: url,
      MILLWRIGHT_TRINO_USER: "miner",
      MILLWRIGHT_TRINO_CERTIFICATES: join(folder, "certificate.pem"),
      ...more,
    };
    return new TrinoClient(await connectionOf(trinoSettings(environment)!, environment));
  };
  const rows = async (of: TrinoClient) => (await of.run("select 42 as n")).rows;
  const pages = ["POST /v1/statement", "GET /v1/statement/q1/1?token=2"];

  it("trusts certificates that it was given, and none that nobody vouches for", async () => {
    expect(await rows(await client())).toEqual([[42]]);
    await expect(rows(await client({ MILLWRIGHT_TRINO_CERTIFICATES: "" }))).rejects.toMatchObject({
      code: "trino-unavailable",
    });
    expect(seen.map(({ line }) => line)).toEqual(pages);
  });

  it("shows a token that is read anew for each statement", async () => {
    const file = join(folder, "token");
    await writeFile(file, "first\n");
    const own = await client({ MILLWRIGHT_TRINO_CREDENTIAL: `jwt:file:${file}` });
    await rows(own);
    await writeFile(file, "second\n");
    await rows(own);
    expect(seen.map(({ authorization }) => authorization)).toEqual([
      "Bearer first",
      "Bearer first",
      "Bearer second",
      "Bearer second",
    ]);
  });

  it("shows user and password, to the configured address only", async () => {
    const own = await client({
      MILLWRIGHT_TRINO_CREDENTIAL: "password:env:TRINO_PASSWORD",
      TRINO_PASSWORD: "geheim:1",
    });
    expect(await rows(own)).toEqual([[42]]);
    const pair = `Basic ${Buffer.from("miner:geheim:1").toString("base64")}`;
    expect(seen.map(({ line, authorization }) => [line, authorization])).toEqual(
      pages.map((line) => [line, pair]),
    );
  });

  it("waits and tries again while the cluster or its gateway is busy", async () => {
    script = [busy(503), busy(429), null, busy(502)];
    expect(await rows(await client())).toEqual([[42]]);
    expect(seen.map(({ line }) => line)).toEqual([pages[0], pages[0], pages[0], pages[1], pages[1]]);
  });

  it("fetches a page again whose connection broke, and never posts a statement twice", async () => {
    script = [null, breaksOff];
    expect(await rows(await client())).toEqual([[42]]);
    expect(seen.map(({ line }) => line)).toEqual([pages[0], pages[1], pages[1]]);
    seen = [];
    script = [breaksOff];
    await expect(rows(await client())).rejects.toMatchObject({ code: "trino-unavailable" });
    expect(seen.map(({ line }) => line)).toEqual([pages[0]]);
  });

  it("does not insist where it is not let in", async () => {
    script = [busy(401)];
    await expect(rows(await client())).rejects.toThrow(/answers 401: later/);
    expect(seen).toHaveLength(1);
  });
});
