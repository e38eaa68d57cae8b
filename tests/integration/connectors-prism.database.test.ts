import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callOperation } from "../../tools/connectors/call-operation.ts";
import { ArgumentError } from "../../tools/connectors/core/request.ts";
import { importSpecification } from "../../tools/connectors/import-specification.ts";
import { findOperation } from "../../tools/connectors/store.ts";
import { openTestDatabase } from "../fixtures/database.ts";
import { gitHubSpecification, type RunningPrism, startPrism } from "../systems/prism.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let prism: RunningPrism;

beforeAll(async () => {
  [opened, prism] = await Promise.all([openTestDatabase(), startPrism(gitHubSpecification)]);
});
afterAll(async () => {
  await prism.close();
  await opened.close();
});

async function call(operationId: string, given: Record<string, unknown>) {
  const found = await findOperation(opened.database, opened.tenant, "github", operationId);
  const settings = {
    allowedHosts: [`127.0.0.1:${prism.port}`],
    openSecret: async () => "",
    timeout: 15_000,
    wait: async () => undefined,
    random: () => 0,
    now: () => new Date(),
    newId: randomUUID,
  };
  return callOperation(
    { ...found, arguments: given },
    { database: opened.database, tenant: opened.tenant, settings, signal: new AbortController().signal },
  );
}

describe("a server that none of us wrote, over a specification that none of us wrote", () => {
  it("imports GitHub's specification as more than a thousand typed operations", async () => {
    const { operations } = await importSpecification({
      database: opened.database,
      tenant: opened.tenant,
      text: readFileSync(gitHubSpecification, "utf8"),
      id: "github",
      baseUrl: prism.url,
      allowedHosts: [`127.0.0.1:${prism.port}`],
    });
    expect(operations.length).toBeGreaterThan(1_000);
    const effects = new Map(operations.map(({ id, effect }) => [id, effect]));
    expect(effects.get("issues/get")).toBe("read");
    expect(effects.get("issues/create")).toBe("write");
    expect(effects.get("repos/delete")).toBe("irreversible");
  });

  it("reads with path and query arguments", async () => {
    const { status, body } = await call("issues/list-for-repo", {
      owner: "octocat",
      repo: "hello",
      state: "open",
      per_page: 5,
    });
    expect(status).toBe(200);
    expect(body).toEqual(expect.arrayContaining([expect.objectContaining({ number: expect.any(Number) })]));
  });

  it("takes 201 and 204 for success", async () => {
    expect(
      (await call("issues/create", { owner: "octocat", repo: "hello", body: { title: "From a log" } }))
        .status,
    ).toBe(201);
    expect(
      (await call("activity/star-repo-for-authenticated-user", { owner: "octocat", repo: "hello" })).status,
    ).toBe(204);
  });

  it("refuses what the specification forbids before it is sent", async () => {
    await expect(call("issues/create", { owner: "octocat", repo: "hello", body: {} })).rejects.toThrow(
      ArgumentError,
    );
    await expect(
      call("issues/list-for-repo", { owner: "octocat", repo: "hello", state: "ajar" }),
    ).rejects.toThrow(/state/);
    await expect(call("issues/get", { owner: "octocat", repo: "hello" })).rejects.toThrow(/issue_number/);
  });
});
