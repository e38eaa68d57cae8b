/** A listening HTTP server that can be closed without cutting off the answers it is giving. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { MillwrightError } from "../errors.ts";

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:4117`. */
  readonly address: string;
  /** Takes no new connections, waits for answers under way, then cuts what is left (streams that follow). */
  close(patienceMilliseconds?: number): Promise<void>;
}

export class AddressInUseError extends MillwrightError {
  constructor(host: string, port: number) {
    super("address-in-use", 409, `Something else listens on ${host}:${port}.`, {
      value: `${host}:${port}`,
      remedy: "Choose another port with PORT.",
    });
  }
}

export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  host: string,
  port: number,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: (request) => fetch(request) }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new AddressInUseError(host, port) : error);
    });
    server.listen(port, host, resolve);
  });
  // A turn may take five minutes; the default would cut the request after as many.
  server.requestTimeout = 0;
  const bound = server.address() as AddressInfo;
  return {
    host,
    port: bound.port,
    address: `http://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`,
    close: (patience = 5_000) => closeServer(server, patience),
  };
}

async function closeServer(server: Server, patience: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(cut);
}

/** Where a process of this machine reaches the server: a wildcard address is loopback from here. */
export const ownAddress = ({ host, port, address }: Listening): string =>
  host === "0.0.0.0" || host === "::" ? `http://127.0.0.1:${port}` : address;

/** Whether an address is this machine's only. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
