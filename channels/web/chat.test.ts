import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillwrightError } from "../../errors.ts";
import { createServiceDouble, maya } from "../fixtures/service.ts";
import { createWebChannel } from "./chat.ts";

let site: string;
beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), "millwright-site-"));
  await mkdir(join(site, "assets"));
  await writeFile(join(site, "index.html"), "<!doctype html><title>Millwright</title>");
  await writeFile(join(site, "assets", "app-1a2b.js"), "export const app = 1;\n");
});
afterAll(() => rm(site, { recursive: true }));

const speaker = async () => ({ tenant: "local", person: maya });
const channel = (service = createServiceDouble()) => createWebChannel(service, { speaker, site });
const message = (text: string) => ({ id: "t1", message: { parts: [{ type: "text", text }] } });
const post = (app: ReturnType<typeof channel>, body: unknown, headers: Record<string, string> = {}) =>
  app.request("http://127.0.0.1/v1/chat", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const chunksOf = (text: string) =>
  text
    .split("\n\n")
    .flatMap((block) =>
      block.startsWith("data: {") ? [JSON.parse(block.slice(6)) as { type: string }] : [],
    );

describe("POST /v1/chat", () => {
  it("speaks as the signed-in person and streams the turn as a UI message", async () => {
    const service = createServiceDouble();
    const response = await post(channel(service), { ...message("where do we lose time?"), log: "orders" });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(response.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
    const types = chunksOf(await response.text()).map((chunk) => chunk.type);
    expect(types[0]).toBe("start");
    expect(types).toContain("text-delta");
    expect(types.slice(-2)).toEqual(["data-reply", "finish"]);
    expect(service.requests[0]?.request).toMatchObject({
      person: maya,
      thread: "t1",
      log: "orders",
      channel: "web",
    });
  });

  it("answers an error before the first event as a problem with its status", async () => {
    const response = await post(channel(), { ...message("hello"), log: "nowhere" });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ type: "urn:millwright:log-not-found" });
  });

  it("turns an error in the middle of an answer into a problem part and ends the message", async () => {
    const errors: unknown[] = [];
    const service = createServiceDouble({
      async *send(request) {
        yield {
          ...{ thread: "t1", seq: 1, turn: "x", at: "", person: request.person?.id ?? null },
          body: { type: "message", text: request.text, channel: "web" },
        };
        throw new MillwrightError("disk-full", 507, "The disk is full.");
      },
    });
    const app = createWebChannel(service, { speaker, site, onError: (error) => errors.push(error) });
    const chunks = chunksOf(await (await post(app, message("hello"))).text());
    expect(chunks.at(-2)).toMatchObject({ type: "data-problem", data: { detail: "The disk is full." } });
    expect(chunks.at(-1)).toMatchObject({ type: "finish" });
    expect(errors).toHaveLength(1);
  });

  it("finishes and records a turn whose reader has gone", async () => {
    let finished = false;
    const service = createServiceDouble();
    const send = service.send;
    const app = channel({
      ...service,
      async *send(request) {
        yield* send(request);
        finished = true;
      },
    });
    const response = await post(app, message("hello"));
    await response.body?.cancel();
    await expect.poll(() => finished).toBe(true);
  });

  it.each([
    ["no JSON", "{", 400],
    ["no text", message("  "), 400],
    ["no id", { message: { parts: [] } }, 400],
  ])("refuses a body with %s", async (_, body, status) => {
    expect((await post(channel(), body)).status).toBe(status);
  });

  it("refuses a form and a page of another origin", async () => {
    expect((await post(channel(), message("x"), { "content-type": "text/plain" })).status).toBe(400);
    const foreign = { origin: "http://evil.example", host: "127.0.0.1" };
    expect((await post(channel(), message("x"), foreign)).status).toBe(403);
  });
});

describe("GET /v1/chat/{thread}", () => {
  it("opens a thread as messages, and has nothing to pick up when the turn is over", async () => {
    const app = channel();
    await (await post(app, message("where?"))).text();
    const opened = (await (await app.request("/v1/chat/t1")).json()) as { messages: unknown[] };
    expect(opened).toMatchObject({ running: false, messages: [{ role: "user" }, { role: "assistant" }] });
    expect((await app.request("/v1/chat/t1/stream")).status).toBe(204);
  });
});

describe("the site", () => {
  const page = { headers: { accept: "text/html" } };

  it("serves the app's page at any of its addresses, with a policy that allows only its own scripts", async () => {
    for (const path of ["/", "/threads/t1", "/approvals/p-1"]) {
      const response = await channel().request(path, page);
      expect(await response.text()).toContain("Millwright");
      expect(response.headers.get("content-security-policy")).toContain("script-src 'self';");
      expect(response.headers.get("cache-control")).toBe("no-cache");
    }
  });

  it("serves hashed assets for ever, compressed when asked, and knows its own tags", async () => {
    const app = channel();
    const asset = await app.request("/assets/app-1a2b.js", { headers: { "accept-encoding": "gzip, br" } });
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect(asset.headers.get("content-encoding")).toBe("gzip");
    const tag = asset.headers.get("etag") ?? "";
    expect((await app.request("/assets/app-1a2b.js", { headers: { "if-none-match": tag } })).status).toBe(
      304,
    );
  });

  it.each(["/assets/gone.js", "/../package.json", "/%2e%2e/package.json", "/v1/nothing"])(
    "has nothing at %s",
    async (path) => {
      expect((await channel().request(path, page)).status).toBe(404);
    },
  );

  it("says how to build the app when it is not there", async () => {
    const app = createWebChannel(createServiceDouble(), { speaker, site: join(site, "nowhere") });
    const response = await app.request("/", page);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ remedy: expect.stringContaining("npm start") });
  });
});
