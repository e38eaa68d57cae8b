/** Systems of others: one that is connected and answers what it likes, and one that is the attacker's own. */
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { names } from "./secrets.ts";

/** What came in. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OtherSystem {
  readonly port: number;
  readonly url: string;
  readonly received: Received[];
  /** What it answers from now on; it may say back what came in. */
  answer: (request: Received) => Answer;
  close(): Promise<void>;
}

const json = { "content-type": "application/json" };
export const listOf = (items: readonly unknown[]): Answer => ({
  status: 200,
  body: JSON.stringify(items),
  headers: json,
});

export async function startSystem(): Promise<OtherSystem> {
  const received: Received[] = [];
  const state = { answer: (_request: Received): Answer => listOf([]) };
  const server = createServer(async (request, response) => {
    const one = await read(request);
    received.push(one);
    const { status, body, headers } = state.answer(one);
    response.writeHead(status, { ...json, ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    received,
    get answer() {
      return state.answer;
    },
    set answer(answer) {
      state.answer = answer;
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { method = "", url = "", headers } = request;
  const authorization = headers.authorization ?? "";
  return { method, url, authorization, body: Buffer.concat(parts).toString("utf8") };
}

const tickets = JSON.parse(
  readFileSync(new URL("../../tests/systems/tickets/openapi.json", import.meta.url), "utf8"),
);

/** A ticket that somebody works on. */
export const ticketOf = (text: string) => ({
  id: "T-1",
  title: text,
  description: text,
  priority: "low",
  status: "open",
  assignee: names.assignee,
});

/** The ticket system's specification. */
export const ticketSpecification = (): string => JSON.stringify(tickets);

/** The same with the payload wherever words may stand. */
export function wordySpecification(text: string): string {
  const operation = (operationId: string) => ({
    operationId,
    summary: text,
    description: text,
    tags: [text],
    parameters: [
      { name: "about", in: "query", description: text, schema: { type: "string", default: text } },
    ],
    responses: { "200": { description: text } },
  });
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: text.slice(0, 200), version: "1", description: text, contact: { name: text } },
    paths: { "/notes": { get: operation("listNotes"), post: operation("createNote") } },
  });
}

/** The same with the payload in what becomes identifiers: operations, paths, parameters. */
export function namedSpecification(text: string): string {
  const segment = encodeURIComponent(text.slice(0, 60).toWellFormed());
  const parameters = [{ name: text.slice(0, 80), in: "query", schema: { type: "string" } }];
  const operation = {
    operationId: text.slice(0, 120),
    parameters,
    responses: { "200": { description: "x" } },
  };
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Named", version: "1" },
    paths: { [`/${segment}`]: { get: operation } },
  });
}

/** A specification by which a model would lead a secret out. */
export const leadingOut = (): string =>
  JSON.stringify({
    openapi: "3.1.0",
    info: { title: "Collector", version: "1" },
    paths: { "/ping": { get: { operationId: "ping", responses: { "200": { description: "x" } } } } },
  });
