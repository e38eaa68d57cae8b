/**
 * Serves the built web app. The files are listed once and looked up by name, so no request's path ever reaches the
 * file system. What is not a file and not of the API is the app's page: the app reads the address itself.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Hono } from "hono";
import { MillwrightError } from "../../errors.ts";

export class WebAppNotBuiltError extends MillwrightError {
  constructor(folder: string) {
    super("web-app-not-built", 503, `There is no built web app in ${folder}.`, {
      remedy: "Start with `npm start`, which builds it, or run `node web/build.ts`.",
    });
  }
}

interface Served {
  readonly body: Buffer<ArrayBuffer>;
  /** Null for what is compressed already. */
  readonly compressed: Buffer<ArrayBuffer> | null;
  readonly type: string;
  readonly tag: string;
}
type Site = ReadonlyMap<string, Served>;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
};
const compressible = new Set([".html", ".js", ".css", ".svg", ".json", ".webmanifest"]);

/** Everything comes from this origin. Inline styles are what React, charts and diagrams set; inline scripts are not. */
const pageHeaders = {
  "content-security-policy": [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

const gzipped = promisify(gzip);

async function load(path: string): Promise<Served> {
  const body = await readFile(path);
  const extension = extname(path);
  return {
    body,
    compressed: compressible.has(extension) ? await gzipped(body, { level: 6 }) : null,
    type: types[extension] ?? "application/octet-stream",
    tag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
  };
}

async function loadSite(folder: string): Promise<Site> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new WebAppNotBuiltError(`${folder} (${(cause as Error).message})`);
  });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const site = new Map<string, Served>();
  for (const file of files) site.set(`/${relative(folder, file).split(sep).join("/")}`, await load(file));
  if (!site.has("/index.html")) throw new WebAppNotBuiltError(folder);
  return site;
}

function respond(request: Request, path: string, file: Served): Response {
  const headers = new Headers({
    ...pageHeaders,
    "content-type": file.type,
    etag: file.tag,
    vary: "accept-encoding",
    "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  });
  if (request.headers.get("if-none-match") === file.tag) return new Response(null, { status: 304, headers });
  if (!file.compressed || !request.headers.get("accept-encoding")?.includes("gzip")) {
    return new Response(file.body, { headers });
  }
  headers.set("content-encoding", "gzip");
  return new Response(file.compressed, { headers });
}

/** Reads the site at the first request and keeps it. */
export function staticSite(folder: string): Hono {
  const app = new Hono();
  let loading: Promise<Site> | null = null;
  const site = (): Promise<Site> => {
    loading ??= loadSite(folder).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  app.get("*", async (context, next) => {
    const { path } = context.req;
    if (path.startsWith("/v1/")) return next();
    const files = await site();
    const file = files.get(path);
    if (file) return respond(context.req.raw, path, file);
    const wantsPage = path === "/" || (context.req.header("accept")?.includes("text/html") ?? false);
    if (!wantsPage || extname(path) !== "") return next();
    return respond(context.req.raw, "/index.html", files.get("/index.html") as Served);
  });
  return app;
}
