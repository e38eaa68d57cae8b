import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staticSite } from "./static.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millwright-site-"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Millwright</title>");
  await writeFile(join(folder, "app.js"), "export {};");
});
afterAll(() => rm(folder, { recursive: true }));

const get = (path: string, accept: string) => staticSite(folder).request(path, { headers: { accept } });

describe("the built web app", () => {
  it("is at the root whatever a client says it accepts", async () => {
    for (const accept of ["text/html", "*/*", "application/json"]) {
      const response = await get("/", accept);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        200,
        "text/html; charset=utf-8",
      ]);
    }
  });

  it("answers the app's own addresses to a browser, and only to a browser", async () => {
    expect((await get("/threads/x", "text/html")).status).toBe(200);
    expect((await get("/threads/x", "application/json")).status).toBe(404);
    expect((await get("/missing.js", "text/html")).status).toBe(404);
  });

  it("gives no file outside its folder", async () => {
    expect((await get("/../package.json", "*/*")).status).toBe(404);
    expect((await get("/%2e%2e/package.json", "*/*")).status).toBe(404);
    expect((await get("/app.js", "*/*")).status).toBe(200);
  });
});
