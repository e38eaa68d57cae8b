import { describe, expect, it } from "vitest";
import { ana, createServiceDouble } from "../fixtures/service.ts";
import { proposal } from "../fixtures/views.ts";
import { createHttpChannel } from "./channel.ts";
import { isDeeperThan } from "./nesting.ts";
import type { HttpOptions } from "./options.ts";
import { ReplySchema, ThreadEventSchema } from "./schemas.ts";

const base = "http://127.0.0.1:4117";
const asAna = { authorization: "Bearer token-of-ana" };
const json = { "content-type": "application/json" };

function server(options: Partial<HttpOptions> = {}) {
  const service = createServiceDouble();
  const app = createHttpChannel(service, { tenant: "local", local: true, ...options });
  const request = (path: string, init: RequestInit = {}) => app.request(base + path, init);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    request(path, { method: "POST", body: JSON.stringify(body), headers: { ...json, ...headers } });
  return { service, app, request, post };
}

const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  return (await response.json()) as { type: string; status: number; detail: string };
};

describe("who may call", () => {
  it("lets a viewer without a name read on the embedded database, and nowhere else", async () => {
    expect((await server().request("/v1/logs")).status).toBe(200);
    const elsewhere = await server({ local: false }).request("/v1/logs");
    expect((await problemOf(elsewhere)).type).toBe("urn:millwright:sign-in-required");
    expect(elsewhere.headers.get("www-authenticate")).toContain("Bearer");
  });

  it("treats a request that a proxy passed on as not local", async () => {
    for (const name of ["x-forwarded-for", "forwarded", "via", "x-real-ip", "cf-connecting-ip"]) {
      const headers = { [name]: "203.0.113.7" };
      expect((await server().request("/v1/logs", { headers })).status, name).toBe(401);
      expect((await server().post("/v1/session", { person: "ana" }, headers)).status, name).toBe(403);
    }
  });

  it("refuses a wrong token instead of taking the caller for a viewer", async () => {
    const response = await server().request("/v1/logs", { headers: { authorization: "Bearer nobody" } });
    expect((await problemOf(response)).type).toBe("urn:millwright:credential-refused");
  });

  it("signs in by name with a cookie that scripts and other sites cannot use, and signs out", async () => {
    const { request, post } = server();
    const signedIn = await post("/v1/session", { person: "ana" });
    const cookie = signedIn.headers.get("set-cookie") ?? "";
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Strict");
    const headers = { cookie: cookie.split(";")[0] ?? "" };
    expect(await (await request("/v1/session", { headers })).json()).toMatchObject({ person: { id: "ana" } });
    expect((await request("/v1/session", { method: "DELETE", headers })).status).toBe(204);
    expect(await (await request("/v1/session", { headers })).json()).toMatchObject({ person: null });
  });

  it("offers the list of people only locally, and tokens everywhere", async () => {
    expect((await server({ local: false }).post("/v1/session", { person: "ana" })).status).toBe(403);
    expect((await server({ local: false }).post("/v1/session", { token: "token-of-ana" })).status).toBe(200);
    expect((await server().post("/v1/session", { person: "mallory" })).status).toBe(403);
  });

  it("takes the local secret for any person who is known, and a wrong one for nobody", async () => {
    const { request } = server({ secret: "s3cret" });
    const as = (secret: string, person: string) =>
      request("/v1/session", { headers: { authorization: `Local ${secret}`, "millwright-person": person } });
    expect(await (await as("s3cret", "ana")).json()).toMatchObject({ person: { id: "ana" } });
    expect((await as("s3cret", "mallory")).status).toBe(403);
    expect((await as("s3cret", "%E0%A4%A")).status).toBe(403);
    expect((await as("guess", "ana")).status).toBe(401);
    const without = await server().request("/v1/session", { headers: { authorization: "Local undefined" } });
    expect(without.status).toBe(401);
  });
});

it("only an administrator says who somebody is in Slack", async () => {
  const mapped: string[][] = [];
  const linkIdentity = async (...link: string[]) => void mapped.push(link);
  const body = JSON.stringify({ channel: "slack", subject: "T1/U2" });
  const put = (app: ReturnType<typeof createHttpChannel>) =>
    app.request(`${base}/v1/people/ana/identities`, { method: "PUT", body, headers: { ...json, ...asAna } });
  const refused = await put(server({ linkIdentity }).app);
  expect((await problemOf(refused)).type).toBe("urn:millwright:administrator-needed");
  const admin = createServiceDouble({ identify: async () => ({ ...ana, roles: ["admin"] }) });
  expect((await put(createHttpChannel(admin, { tenant: "local", local: true, linkIdentity }))).status).toBe(
    204,
  );
  expect(mapped).toEqual([["ana", "slack", "T1/U2"]]);
});

describe("what keeps other pages out", () => {
  it("refuses a Host that is not ours (DNS rebinding)", async () => {
    const response = await server().request("/v1/logs", { headers: { host: "evil.example:4117" } });
    expect((await problemOf(response)).type).toBe("urn:millwright:foreign-host");
    const named = server({ hosts: ["millwright.example"] });
    expect((await named.request("/health", { headers: { host: "millwright.example" } })).status).toBe(200);
  });

  it("refuses a change from another origin, also from another port of this machine", async () => {
    for (const origin of ["https://evil.example", "http://127.0.0.1:9999", "null"]) {
      const response = await server().post("/v1/session", { person: "ana" }, { origin });
      expect((await problemOf(response)).type).toBe("urn:millwright:foreign-origin");
    }
    const crossSite = await server().post(
      "/v1/session",
      { person: "ana" },
      { "sec-fetch-site": "cross-site" },
    );
    expect(crossSite.status).toBe(403);
    const own = { origin: base, host: "127.0.0.1:4117", "sec-fetch-site": "same-origin" };
    expect((await server().post("/v1/session", { person: "ana" }, own)).status).toBe(200);
  });

  it("refuses a form where JSON is expected", async () => {
    const response = await server().request("/v1/session", {
      method: "POST",
      body: "person=ana",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(response.status).toBe(415);
  });

  it("sends headers that forbid scripts, frames and sniffing", async () => {
    const { headers } = await server().request("/docs");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
  });
});

describe("every error is a problem (RFC 9457)", () => {
  it("for an unknown path, another method, malformed JSON and a field that is wrong", async () => {
    const { request, post } = server();
    expect((await problemOf(await request("/v1/nothing"))).status).toBe(404);
    const method = await request("/v1/logs", { method: "PATCH" });
    expect((await problemOf(method)).status).toBe(405);
    expect(method.headers.get("allow")).toBe("GET, POST");
    const malformed = await request("/v1/session", { method: "POST", body: "{", headers: json });
    expect((await problemOf(malformed)).status).toBe(400);
    const field = await problemOf(await post("/v1/threads/t/messages", { text: "" }));
    expect(field).toMatchObject({ status: 400, column: "text" });
  });

  it("for JSON that is nested deeper than what walks it could follow", async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    for (const path of ["/run", "/v1/tools/connectors.call", "/v1/threads/t/messages", "/v1/kpis"]) {
      const method = path === "/v1/kpis" ? "PUT" : "POST";
      const response = await server().request(path, { method, body: deep, headers: { ...json, ...asAna } });
      expect(await problemOf(response), path).toMatchObject({
        status: 400,
        detail: "The body is nested deeper than 200 levels.",
      });
    }
    expect(isDeeperThan(JSON.stringify({ text: '[{"\\"[['.repeat(500), list: [[1], [2]] }), 3)).toBe(false);
  });

  it("for a character that the database cannot keep, in an address or a body", async () => {
    const refused = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), {
      code: "22021",
    });
    const seen: unknown[] = [];
    const service = createServiceDouble({
      logs: async () => Promise.reject(new Error("Failed query", { cause: refused })),
    });
    const onError = (error: unknown) => seen.push(error);
    const app = createHttpChannel(service, { tenant: "local", local: true, onError });
    expect(await problemOf(await app.request(`${base}/v1/logs`))).toMatchObject({
      status: 400,
      type: "urn:millwright:character",
    });
    expect(seen).toEqual([]);
  });

  it("without the text of what is not a person's error", async () => {
    const seen: unknown[] = [];
    const failing = createServiceDouble({ logs: async () => Promise.reject(new Error("password=hunter2")) });
    const app = createHttpChannel(failing, {
      tenant: "local",
      local: true,
      onError: (error) => seen.push(error),
    });
    const problem = await problemOf(await app.request(`${base}/v1/logs`));
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain("hunter2");
    expect(String(seen[0])).toContain("hunter2");
  });
});

describe("threads", () => {
  it("streams a turn as server-sent events whose ids are the seq, and replays exactly that", async () => {
    const { request, post } = server();
    const streamed = eventsOf(await (await post("/v1/threads/t%2F1/messages", { text: "where?" })).text());
    expect(streamed.map((event) => event.id)).toEqual(streamed.map((_, index) => String(index + 1)));
    expect(streamed.at(-1)?.event).toBe("reply");
    for (const { data } of streamed) expect(ThreadEventSchema.safeParse(data).error).toBeUndefined();
    const replayed = await (await request("/v1/threads/t%2F1/events")).json();
    expect(replayed).toEqual(streamed.map((event) => event.data));
  });

  it("goes on after Last-Event-ID", async () => {
    const { request, post } = server();
    await (await post("/v1/threads/t/messages", { text: "where?" })).text();
    const headers = { accept: "text/event-stream", "last-event-id": "2" };
    const resumed = eventsOf(await (await request("/v1/threads/t/events", { headers })).text());
    expect(resumed[0]?.id).toBe("3");
  });

  it("waits for the reply when asked for JSON", async () => {
    const response = await server().post(
      "/v1/threads/t/messages",
      { text: "where?" },
      { accept: "application/json" },
    );
    expect(ReplySchema.safeParse(await response.json()).error).toBeUndefined();
  });

  it("answers with a status, not a stream, when the turn cannot begin", async () => {
    const response = await server().post("/v1/threads/t/messages", { text: "where?", log: "nowhere" });
    expect((await problemOf(response)).status).toBe(404);
  });
});

describe("decisions", () => {
  const path = `/v1/proposals/${proposal.id}/decision`;

  it("need a person, the digest and a POST", async () => {
    const { request, post, service } = server();
    const decision = { digest: proposal.digest, verdict: "approve" };
    expect((await post(path, decision)).status).toBe(401);
    expect((await post(path, { verdict: "approve" }, asAna)).status).toBe(400);
    expect(
      (await request(`${path}?verdict=approve&digest=${proposal.digest}`, { headers: asAna })).status,
    ).toBe(405);
    expect(service.requests.filter(({ method }) => method === "decide")).toEqual([]);
    const done = await post(path, decision, asAna);
    expect(await done.json()).toMatchObject({ already: false, proposal: { state: "executed" } });
  });

  it("refuse another digest and a person without the role", async () => {
    const { post } = server();
    const other = { digest: "00", verdict: "approve" };
    expect((await problemOf(await post(path, other, asAna))).status).toBe(409);
    const right = { digest: proposal.digest, verdict: "approve" };
    expect((await post(path, right, { authorization: "Bearer token-of-maya" })).status).toBe(403);
  });
});

describe("uploads", () => {
  it("stream a form's file to disk under a name of ours, and remove it afterwards", async () => {
    const { service, request } = server();
    const form = new FormData();
    form.set("mapping", JSON.stringify({ case: "id" }));
    form.set("file", new Blob(["id,activity\n1,A\n"]), "../../etc/passwd.csv");
    const response = await request("/v1/logs", { method: "POST", body: form });
    expect(response.status).toBe(201);
    const upload = service.requests[0]?.request as { name: string; path: string; mapping: unknown };
    expect(upload.name).toBe("passwd.csv");
    expect(upload.path).toMatch(/upload\.csv$/);
    expect(upload.mapping).toEqual({ case: "id" });
    const { existsSync } = await import("node:fs");
    expect(existsSync(upload.path)).toBe(false);
  });

  it("report progress, then the log, when asked for events", async () => {
    const form = new FormData();
    form.set("file", new Blob(["x"]), "orders.csv");
    const init = { method: "POST", body: form, headers: { accept: "text/event-stream" } };
    const events = eventsOf(await (await server().request("/v1/logs", init)).text());
    expect(events.map((event) => event.event)).toEqual(["progress", "progress", "log"]);
  });

  it("refuse a file over the limit, a form without a file and JSON", async () => {
    const { request, post } = server({ uploadLimit: 10 });
    const raw = { "content-type": "text/csv" };
    const large = await request("/v1/logs?name=a.csv", {
      method: "POST",
      body: "x".repeat(11),
      headers: raw,
    });
    expect((await problemOf(large)).status).toBe(413);
    const form = new FormData();
    form.set("x", "y");
    expect((await server().request("/v1/logs", { method: "POST", body: form })).status).toBe(400);
    expect((await post("/v1/logs", {})).status).toBe(415);
  });
});

/** Parses a stream of server-sent events. */
function eventsOf(text: string): { id: string | undefined; event: string | undefined; data: unknown }[] {
  return text
    .split("\n\n")
    .filter((block) => block.includes("data:"))
    .map((block) => {
      const fields = new Map(
        block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line] as const),
      );
      const value = (name: string) =>
        fields
          .get(name)
          ?.slice(name.length + 1)
          .trim();
      const event = { data: JSON.parse(value("data") ?? "null") as unknown };
      return Object.assign(event, { id: value("id"), event: value("event") });
    });
}
