/**
 * What keeps other people's pages out: the Host header must be ours (DNS rebinding), a request that may change
 * something must not come from another origin (CSRF), and answers carry headers that bind what a browser may do.
 */
import type { MiddlewareHandler } from "hono";
import { ForeignHostError, ForeignOriginError } from "./errors.ts";
import type { Environment } from "./options.ts";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);
const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/** Refuses requests whose Host is neither loopback's nor one that was named. */
export function ownHostOnly(hosts: readonly string[]): MiddlewareHandler<Environment> {
  const named = new Set(hosts.map((host) => host.toLowerCase()));
  return async (context, next) => {
    const host = (context.req.header("host") ?? new URL(context.req.url).host).toLowerCase();
    const name = host.replace(/:\d+$/, "");
    if (!loopback.has(name) && !named.has(host) && !named.has(name)) throw new ForeignHostError(host);
    await next();
  };
}

/** Refuses what another site's page sends: its Origin, or the browser's own word that it is cross-site. */
export function ownOriginOnly(): MiddlewareHandler<Environment> {
  return async (context, next) => {
    if (!harmless.has(context.req.method)) refuseForeign(context.req.raw);
    await next();
  };
}

function refuseForeign(request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && hostOf(origin) !== (request.headers.get("host") ?? new URL(request.url).host)) {
    throw new ForeignOriginError(origin);
  }
  if (site !== null && site !== "same-origin" && site !== "none") {
    throw new ForeignOriginError(origin ?? "another site");
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

const headers = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
} as const;

/** Sets the strict headers where a mounted channel has not set its own. */
export function securityHeaders(): MiddlewareHandler<Environment> {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
    if (!context.res.headers.has("Cache-Control")) context.res.headers.set("Cache-Control", "no-store");
  };
}
