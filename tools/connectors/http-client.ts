/** One HTTP exchange with another system: guarded address, time limit, size limit, no redirects. */
import { lookup as resolveName } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, request } from "undici";
import { AddressRefusedError, checkUrl, isAllowed, isPublicAddress } from "./core/address.ts";
import type { HttpRequest } from "./core/request.ts";
import type { Outcome } from "./core/retry.ts";

/** Bytes of an answer that are read; the rest is cut. */
const largest = 4 * 1024 * 1024;

export interface HttpAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly cut: boolean;
}

export interface HttpFailure {
  readonly kind: "unreachable";
  readonly sent: Extract<Outcome, { kind: "unreachable" }>["sent"];
  readonly reason: string;
}

/** Errors before any byte was sent. */
const unsent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A name is resolved once, checked, and connected to as resolved, so that it cannot change in between. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const refused = addresses.find(({ address }) => !isPublicAddress(address));
    if (refused)
      return callback(new AddressRefusedError(hostname, `it resolves to ${refused.address}`), "", 0);
    const first = addresses[0];
    if (options.all)
      return (callback as unknown as (error: null, all: typeof addresses) => void)(null, addresses);
    callback(null, first?.address ?? "", first?.family ?? 4);
  });
};

/** Connections to public addresses, and to those that the configuration allows by name. */
const guarded = new Agent({ connect: { lookup: guardedLookup }, keepAliveTimeout: 1_000 });
const allowed = new Agent({ keepAliveTimeout: 1_000 });

/**
 * Sends one request. A redirect is an answer like any other: it is not followed, since it may lead elsewhere.
 *
 * @throws AddressRefusedError; everything else that goes wrong comes back as a value.
 */
export async function exchange(
  wanted: HttpRequest,
  options: { allowedHosts: readonly string[]; timeout: number; signal: AbortSignal },
): Promise<HttpAnswer | HttpFailure> {
  const url = new URL(wanted.url);
  checkUrl(url, options.allowedHosts);
  try {
    const response = await request(url, {
      method: wanted.method as "GET",
      headers: { ...wanted.headers, "user-agent": "millwright" },
      body: wanted.body,
      dispatcher: isAllowed(url, options.allowedHosts) ? allowed : guarded,
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeout)]),
    });
    const { text, cut } = await readText(response.body);
    return { kind: "answer", status: response.statusCode, headers: response.headers, text, cut };
  } catch (error) {
    return failureOf(error, options.signal);
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<{ text: string; cut: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part.subarray(0, largest - size));
    size += part.byteLength;
    if (size > largest) return { text: Buffer.concat(parts).toString("utf8"), cut: true };
  }
  return { text: Buffer.concat(parts).toString("utf8"), cut: false };
}

function failureOf(error: unknown, signal: AbortSignal): HttpFailure {
  if (error instanceof AddressRefusedError) throw error;
  signal.throwIfAborted();
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof Error && error.name === "TimeoutError") {
    return { kind: "unreachable", sent: true, reason: "it did not answer in time" };
  }
  return {
    kind: "unreachable",
    sent: !unsent.has(code),
    reason: code || (error instanceof Error ? error.name : "unknown error"),
  };
}
