/**
 * The other system as a process of its own: an HTTP server that honours idempotency keys and counts.
 * `POST /effects` with an Idempotency-Key makes one effect a key; `GET /effects/<key>` says whether it is there.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

const effects = new Map<string, { id: string; requests: number }>();

function post(key: string, response: ServerResponse): void {
  const effect = effects.get(key) ?? { id: `E${effects.size + 1}`, requests: 0 };
  effect.requests += 1;
  effects.set(key, effect);
  answer(response, 201, effect);
}

function get(key: string, response: ServerResponse): void {
  const effect = effects.get(key);
  answer(response, effect === undefined ? 404 : 200, effect ?? { problem: "no effect" });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  const key = request.headers["idempotency-key"];
  if (request.method !== "POST") get(decodeURIComponent(request.url?.split("/")[2] ?? ""), response);
  else if (typeof key === "string") post(key, response);
  else answer(response, 400, { problem: "no key" });
}

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => handle(request, response));
});
// Whoever started it has its standard input: it ends with them, however they end.
process.stdin.on("close", () => process.exit()).resume();
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null)
    process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
