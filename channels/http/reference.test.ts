import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createServiceDouble } from "../fixtures/service.ts";
import { createHttpChannel } from "./channel.ts";
import { openApiDocument } from "./openapi.ts";
import { httpReference, referencePath } from "./reference.ts";

const app = createHttpChannel(createServiceDouble(), { tenant: "local", local: true });

it("docs/http.md is what the routes say; run `node channels/http/reference.ts` when it is not", () => {
  expect(readFileSync(referencePath, "utf8")).toBe(httpReference());
});

it("the OpenAPI document is 3.1 and every reference in it leads somewhere", () => {
  const document = openApiDocument(app);
  expect(document.openapi).toBe("3.1.0");
  const names = new Set(Object.keys(document.components?.schemas ?? {}));
  const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  const wanted = [...references].map((match) => match[1] ?? "");
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

it("what a request may leave out is not described as required", () => {
  const described = JSON.stringify(
    openApiDocument(app).paths?.["/v1/threads/{id}/messages"]?.post?.requestBody,
  );
  expect(described).toContain('"required":["text"]');
});

it("every route of the application but the documents themselves is described", () => {
  const described = new Set(
    Object.entries(openApiDocument(app).paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
    ),
  );
  const served = app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  const silent = [...new Set(served)].filter((route) => !described.has(route));
  expect(silent).toEqual(["GET /openapi.json", "GET /docs"]);
});

it("the docs page loads nothing from outside and runs no script", async () => {
  const page = await (await app.request("http://127.0.0.1:4117/docs")).text();
  expect(page).toContain("/v1/proposals/{id}/decision");
  expect(page).not.toMatch(/<script|<link|src=|url\(/i);
});
