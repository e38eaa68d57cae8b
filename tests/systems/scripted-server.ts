/** What the local servers of language models share: a script of replies, what was asked, and how the server starts and ends. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ScriptedReply } from "./messages-api/server.ts";

export interface ScriptedServer<Request, Fault> extends AsyncDisposable {
  readonly url: string;
  /** Accepted requests, in order. */
  readonly requests: readonly Request[];
  /** Faults the server found by itself. */
  readonly faults: readonly Fault[];
  /** Connections that the client closed before the answer was over. */
  readonly hungUp: number;
}

/** Replies in order, or what answers the request of that index. */
export type Script<Request> = readonly ScriptedReply[] | ((request: Request, index: number) => ScriptedReply);

export interface Exchange<Request, Fault> {
  readonly faults: Fault[];
  /** Notes an accepted request, and says what is replied to it. */
  accept(request: Request): ScriptedReply;
}

export interface Wire<Request, Fault> {
  readonly name: string;
  /** After the address: `/v1`. */
  readonly path: string;
  readonly script: Script<Request>;
  /** The type of error of a script that has ended. */
  readonly ended: string;
  answer(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    exchange: Exchange<Request, Fault>,
  ): Promise<void>;
}

export async function serveScript<Request, Fault>(
  wire: Wire<Request, Fault>,
): Promise<ScriptedServer<Request, Fault>> {
  const requests: Request[] = [];
  const faults: Fault[] = [];
  let hungUp = 0;
  const accept = (request: Request): ScriptedReply => {
    const index = requests.push(request) - 1;
    if (typeof wire.script === "function") return wire.script(request, index);
    const fault = { status: 500, type: wire.ended, message: "The script has ended" };
    return wire.script[index] ?? { kind: "error", fault };
  };
  const server = createServer((incoming, outgoing) => {
    outgoing.on("close", () => {
      if (!outgoing.writableFinished) hungUp += 1;
    });
    wire.answer(incoming, outgoing, { faults, accept }).catch((error: unknown) => {
      console.error(`${wire.name}:`, error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${wire.path}`,
    requests,
    faults,
    get hungUp() {
      return hungUp;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** About what a text counts. */
export const tokens = (text: string): number => Math.ceil(text.length / 4);

/** The text in pieces of so many letters, as streams have it. */
export const pieces = (text: string, length: number): string[] =>
  text.match(new RegExp(`[\\s\\S]{1,${length}}`, "gu")) ?? [];
