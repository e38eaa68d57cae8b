/** A token endpoint (RFC 6749, 4.4) in front of one resource, for the client credentials flow. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface TokenServer {
  readonly url: string;
  readonly port: number;
  /** Tokens that were granted. */
  readonly granted: () => number;
  close(): Promise<void>;
}

export async function startTokenServer(client: string, secret: string): Promise<TokenServer> {
  let granted = 0;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.url === "/token" && request.method === "POST") {
      const form = new URLSearchParams(Buffer.concat(parts).toString("utf8"));
      const basic = `Basic ${btoa(`${client}:${secret}`)}`;
      if (request.headers.authorization !== basic) return send(401, { error: "invalid_client" });
      if (form.get("grant_type") !== "client_credentials")
        return send(400, { error: "unsupported_grant_type" });
      granted += 1;
      return send(200, { access_token: `token-${granted}`, token_type: "Bearer", expires_in: 3600 });
    }
    const known = request.headers.authorization === `Bearer token-${granted}` && granted > 0;
    send(known ? 200 : 401, known ? { orders: [] } : { error: "invalid_token" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    granted: () => granted,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
