/**
 * A ticket system of its own: a process with a file, a token, idempotency keys, and faults on request.
 *
 *   node tests/systems/tickets/server.ts --port 4119 --file tickets.json
 *
 * The token comes from the environment (TICKETS_TOKEN). It prints `listening <port>` when it is ready. It knows nothing
 * of Millwright. `POST /faults {"status"|"drop"|"delay", "times"}` makes the next calls fail, for tests.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";

interface Ticket {
  id: string;
  title: string;
  description: string;
  priority: string;
  status: string;
  createdAt: string;
}
interface Stored {
  next: number;
  tickets: Ticket[];
  /** Idempotency key → ticket id; kept when the ticket is deleted, so that a late repeat creates nothing. */
  keys: Record<string, string>;
}
interface Fault {
  status?: number;
  /** The effect happens, the answer never comes. */
  drop?: boolean;
  delay?: number;
  times: number;
}
interface Answer {
  status: number;
  body?: unknown;
}

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4119" },
    file: { type: "string" },
    "with-parent": { type: "boolean" },
  },
});
const token = process.env["TICKETS_TOKEN"];
if (!token) throw new Error("TICKETS_TOKEN is not set");
const file = values.file;
const stored: Stored =
  file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { next: 1001, tickets: [], keys: {} };
const faults: Fault[] = [];

function save(): void {
  if (!file) return;
  writeFileSync(`${file}.new`, JSON.stringify(stored));
  renameSync(`${file}.new`, file);
}

const problem = (status: number, detail: string): Answer => ({
  status,
  body: { type: "about:blank", status, detail },
});

function create(body: Record<string, unknown>, key: string | undefined): Answer {
  const known = key === undefined ? undefined : stored.keys[key];
  if (known !== undefined) {
    const ticket = stored.tickets.find(({ id }) => id === known);
    return ticket
      ? { status: 201, body: ticket }
      : problem(410, `${known}, created under this key, was deleted`);
  }
  const { title, description = "", priority = "medium" } = body;
  if (typeof title !== "string" || title === "" || title.length > 200)
    return problem(422, "title: 1 to 200 characters");
  if (typeof description !== "string") return problem(422, "description: text");
  if (!["low", "medium", "high"].includes(String(priority)))
    return problem(422, "priority: low, medium or high");
  const ticket: Ticket = {
    id: `T-${stored.next}`,
    title,
    description,
    priority: String(priority),
    status: "open",
    createdAt: new Date().toISOString(),
  };
  stored.next += 1;
  stored.tickets.push(ticket);
  if (key !== undefined) stored.keys[key] = ticket.id;
  save();
  return { status: 201, body: ticket };
}

function list(query: URLSearchParams): Answer {
  const status = query.get("status");
  const key = query.get("idempotencyKey");
  const wanted = key === null ? null : stored.keys[key];
  const found = stored.tickets.filter(
    (ticket) => (status === null || ticket.status === status) && (wanted === null || ticket.id === wanted),
  );
  return { status: 200, body: found };
}

function change(ticket: Ticket, body: Record<string, unknown>): Answer {
  if (body["status"] !== undefined) ticket.status = String(body["status"]);
  if (body["priority"] !== undefined) ticket.priority = String(body["priority"]);
  save();
  return { status: 200, body: ticket };
}

function remove(ticket: Ticket): Answer {
  stored.tickets = stored.tickets.filter((other) => other !== ticket);
  save();
  return { status: 204 };
}

function route(method: string, url: URL, body: Record<string, unknown>, key: string | undefined): Answer {
  if (url.pathname === "/tickets") {
    if (method === "GET") return list(url.searchParams);
    return method === "POST" ? create(body, key) : problem(405, `${method} is not for /tickets`);
  }
  const id = /^\/tickets\/([^/]+)$/.exec(url.pathname)?.[1];
  const ticket = stored.tickets.find((candidate) => candidate.id === id);
  if (!ticket) return problem(404, `There is no ${url.pathname}`);
  if (method === "GET") return { status: 200, body: ticket };
  if (method === "PATCH") return change(ticket, body);
  return method === "DELETE" ? remove(ticket) : problem(405, `${method} is not for a ticket`);
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString("utf8");
  return text === "" ? {} : JSON.parse(text);
}

function nextFault(): Fault | undefined {
  const fault = faults[0];
  if (fault && --fault.times === 0) faults.shift();
  return fault;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://tickets");
  const body = await readBody(request);
  if (url.pathname === "/faults") {
    faults.push({ times: 1, ...(body as Partial<Fault>) });
    response.writeHead(204).end();
    return;
  }
  if (request.headers.authorization !== `Bearer ${token}`)
    return send(response, problem(401, "The token is wrong"));
  const fault = nextFault();
  if (fault?.status !== undefined) return send(response, problem(fault.status, "A fault that was asked for"));
  const key = request.headers["idempotency-key"];
  const done = route(request.method ?? "GET", url, body, typeof key === "string" ? key : undefined);
  if (fault?.drop) {
    response.destroy();
    return;
  }
  if (fault?.delay) await new Promise((resolve) => setTimeout(resolve, fault.delay));
  send(response, done);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => send(response, problem(400, String(error))));
});
server.listen(Number(values.port), "127.0.0.1", () => {
  const address = server.address();
  console.log(`listening ${typeof address === "object" && address ? address.port : values.port}`);
});
// Whoever started us holds the other end of standard input; it closes even when they are killed.
if (values["with-parent"]) process.stdin.resume().once("end", () => process.exit(0));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
