/** The service of the server that holds the database's lock, over loopback HTTP. */
import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import type { Reply, SendRequest, ThreadEvent } from "../../agent/service.ts";
import type {
  Calendars,
  DecideResult,
  LogSummary,
  Person,
  Problem,
  ProposalCard,
  RunResult,
} from "../contract.ts";
import type { ImportRequest } from "../main.ts";
import type { CommandService, Connection } from "./connection.ts";
import { RemoteError, ServerUnreachableError } from "./errors.ts";
import { readServerEvents, type ServerEvent } from "./server-events.ts";

export interface Remote {
  readonly service: CommandService;
  /** The person whom the server knows by this name, or by the credential; throws its refusal. */
  session(person: string | undefined): Promise<Person | null>;
  importLog(request: ImportRequest): Promise<LogSummary>;
  exportLog: Connection["exportLog"];
  /** Whose token it is; null when it is nobody's. */
  byToken(token: string): Promise<Person | null>;
  setKpis(person: Person | null, kpis: readonly unknown[]): Promise<number>;
  readonly calendars: Calendars;
  issueToken(caller: Person, owner: string, label: string): Promise<string>;
}

export interface RemoteOptions {
  /** `http://127.0.0.1:4117`. */
  readonly address: string;
  /** The server's secret of this start, from the file that only its OS user can read. */
  readonly secret: string;
}

/** Speaks for whichever person a request names: the secret shows that we are the server's own OS user. */
export function createRemote(options: RemoteOptions): Remote {
  const caller = callerOf(options);
  return {
    service: {
      ask: (request, listen) => ask(caller, request, listen),
      stop: ({ person, thread }) => stopThread(caller, person, thread),
      async decide({ person, proposal, digest, verdict, reason }) {
        const exact = digest ?? (await findProposal(caller, person, proposal)).digest;
        const body = { digest: exact, verdict, ...(reason === undefined ? {} : { reason }) };
        return caller.json<DecideResult>(
          person,
          "POST",
          `/v1/proposals/${encodeURIComponent(proposal)}/decision`,
          body,
        );
      },
      proposals: ({ person, state }) =>
        caller.json(
          person,
          "GET",
          `/v1/proposals${state === undefined ? "" : `?state=${encodeURIComponent(state)}`}`,
        ),
      call: ({ person, tool, signal: _signal, tenant: _tenant, ...body }) =>
        caller.json(person, "POST", `/v1/tools/${encodeURIComponent(tool)}`, body),
      ledger: ({ person, verify, after, limit }) => {
        const query = Object.entries({ verify: verify ? "1" : undefined, after, limit })
          .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
          .join("&");
        return caller.json(person, "GET", `/v1/ledger?${query}`);
      },
      logs: ({ person }) => caller.json(person, "GET", "/v1/logs"),
      run: ({ person, tenant: _tenant, ...body }) => caller.json<RunResult>(person, "POST", "/run", body),
    },
    importLog: (request) => importLog(caller, request),
    async exportLog({ person, log, format, path, signal }) {
      const query = `format=${encodeURIComponent(format)}`;
      const address = `/v1/logs/${encodeURIComponent(log)}/export?${query}`;
      const { body } = await caller.fetch(person, address, { method: "GET", signal });
      if (body) await writeFile(path, body as unknown as AsyncIterable<Uint8Array>, { flag: "wx", signal });
    },
    async session(person) {
      const found = await caller.json<{ person: Person | null }>({ id: person ?? "" }, "GET", "/v1/session");
      return found.person;
    },
    async byToken(token) {
      const response = await fetch(`${options.address}/v1/session`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return response.ok ? ((await response.json()) as { person: Person | null }).person : null;
    },
    async setKpis(person, kpis) {
      return (await caller.json<{ set: number }>(person, "PUT", "/v1/kpis", kpis)).set;
    },
    calendars: calendarsOver(caller),
    async issueToken(person, owner, label) {
      return (await caller.json<{ token: string }>(person, "POST", "/v1/tokens", { label, person: owner }))
        .token;
    },
  };
}

function calendarsOver({ json, fetch: send }: Caller): Calendars {
  const at = (name: string) => `/v1/calendars/${encodeURIComponent(name)}`;
  const ofLog = (log: string) => `/v1/logs/${encodeURIComponent(log)}/calendar`;
  return {
    list: () => json(null, "GET", "/v1/calendars"),
    show: (name) => json(null, "GET", at(name)),
    set: (person, name, definition) => json(person, "PUT", at(name), { ...(definition as object), name }),
    async remove(person, name) {
      await send(person, at(name), { method: "DELETE" });
    },
    defaultOf: (log) => json(null, "GET", ofLog(log)),
    setDefault: (person, log, calendar) => json(person, "PUT", ofLog(log), { calendar }),
  };
}

type Named = { readonly id: string } | null;

interface Caller {
  fetch(person: Named, path: string, init: RequestInit & { duplex?: "half" }): Promise<Response>;
  json<Result>(person: Named, method: string, path: string, body?: unknown): Promise<Result>;
}

function callerOf({ address, secret }: RemoteOptions): Caller {
  const send: Caller["fetch"] = async (person, path, init) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Local ${secret}`);
    if (person && person.id !== "") headers.set("millwright-person", encodeURIComponent(person.id));
    const response = await fetch(address + path, { ...init, headers }).catch((error: unknown) => {
      throw new ServerUnreachableError(address, error);
    });
    if (!response.ok) throw new RemoteError(await problemOf(response));
    return response;
  };
  return {
    fetch: send,
    async json<Result>(person: Named, method: string, path: string, body?: unknown) {
      const headers = { accept: "application/json", "content-type": "application/json" };
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      return (await (await send(person, path, init)).json()) as Result;
    },
  };
}

async function problemOf(response: Response): Promise<Problem & Record<string, unknown>> {
  if (response.headers.get("content-type")?.startsWith("application/problem+json")) {
    return (await response.json()) as Problem & Record<string, unknown>;
  }
  return { type: "about:blank", title: "Refused", status: response.status, detail: await response.text() };
}

async function stopThread(caller: Caller, person: Named, thread: string): Promise<void> {
  await caller.fetch(person, `/v1/threads/${encodeURIComponent(thread)}/stop`, { method: "POST" });
}

/** Streamed, so that a long turn keeps the connection alive. Leaving stops the turn, and hears what was done until then. */
async function ask(
  caller: Caller,
  request: SendRequest,
  listen: ((event: ThreadEvent) => void) | undefined,
): Promise<Reply> {
  const { person, text, log, private: secret, now, zone, calendar, signal } = request;
  const thread = request.thread ?? crypto.randomUUID();
  const body = { text, log, private: secret, now: now?.toISOString(), zone, calendar };
  const response = await caller.fetch(person, `/v1/threads/${encodeURIComponent(thread)}/messages`, {
    method: "POST",
    headers: { accept: "text/event-stream", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const leave = (): void => {
    stopThread(caller, person, thread).catch(() => response.body?.cancel());
  };
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted === true) leave();
  try {
    for await (const event of readServerEvents(response)) {
      if ("body" in (event.data as object)) listen?.(event.data as ThreadEvent);
      const found = replyIn(event);
      if (found) return found;
    }
  } finally {
    signal?.removeEventListener("abort", leave);
  }
  throw new RemoteError({ status: 502, detail: "The server ended the turn without a reply." });
}

function replyIn({ data }: ServerEvent): Reply | null {
  const event = data as ThreadEvent | Problem;
  if (!("body" in event)) throw new RemoteError({ ...event });
  if (event.body.type === "problem") throw new RemoteError({ ...(event.body.problem as Problem) });
  if (event.body.type === "stopped") throw new RemoteError({ status: 499, detail: "The turn was stopped." });
  return event.body.type === "reply" ? event.body.reply : null;
}

async function findProposal(caller: Caller, person: Named, id: string): Promise<ProposalCard> {
  return caller.json(person, "GET", `/v1/proposals/${encodeURIComponent(id)}`);
}

async function importLog(caller: Caller, request: ImportRequest): Promise<LogSummary> {
  const { person, name, path, mapping, zone, thread, onProgress } = request;
  const query = new URLSearchParams({ name });
  if (mapping !== undefined) query.set("mapping", JSON.stringify(mapping));
  if (zone !== undefined) query.set("zone", zone);
  if (thread !== undefined) query.set("thread", thread);
  const response = await caller.fetch(person, `/v1/logs?${query}`, {
    method: "POST",
    headers: { accept: "text/event-stream", "content-type": "application/octet-stream" },
    body: await openAsBlob(path),
    ...(request.signal ? { signal: request.signal } : {}),
  });
  for await (const { event, data } of readServerEvents(response)) {
    if (event === "log") return data as LogSummary;
    if (event === "problem") throw new RemoteError({ ...(data as Problem) });
    const progress = data as { message: string; share: number | null };
    onProgress?.(progress.message, progress.share);
  }
  throw new RemoteError({ status: 502, detail: "The server ended the import without an answer." });
}
