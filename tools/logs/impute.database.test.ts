import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFactory, rememberDigests } from "../../agent/evidence/facts.ts";
import { openDuckDbLogStore } from "../../db/logs/duckdb.ts";
import type { LogStore } from "../../db/logs/log-store.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import type { Person, ToolContext } from "../define.ts";
import imputeTool from "./impute.tool.ts";
import { createLogAccess, importLog } from "./log-access.ts";
import qualityTool from "./quality.tool.ts";

let folder: string;
let store: LogStore;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "impute-"));
  store = await openDuckDbLogStore(join(folder, "logs"));
  database = await openTestDatabase();
  const path = join(folder, "orders.csv");
  await writeFile(path, orders());
  const scope = { database: database.database, store, tenant: database.tenant };
  await importLog({ ...scope, person: null, name: "orders.csv", path, newId: () => `log-${randomUUID()}` });
});
afterAll(async () => {
  await store.close();
  await database.close();
  await rm(folder, { recursive: true });
});

/** Three hundred orders; some rows lack who did it, one is there twice, one name is misspelt. */
function orders(): string {
  const rows = Array.from({ length: 300 }, (_, at) => {
    const day = `2026-01-${String(1 + (at % 28)).padStart(2, "0")}`;
    return [
      `${at},Order,${day}T08:00:00Z,ana`,
      `${at},${at === 7 ? "Credit chek" : "Credit check"},${day}T09:00:00Z,${at % 10 === 0 ? "" : "ben"}`,
      `${at},Ship,${day}T12:00:00Z,cem`,
    ].join("\n");
  });
  return `case,activity,time,resource\n${rows.join("\n")}\n0,Order,2026-01-01T08:00:00Z,ana\n`;
}

const maya: Person = { id: "maya", tenant: "t", name: "Maya", roles: ["manager"] };

function contextFor(person: Person | null): ToolContext {
  const access = createLogAccess({
    database: database.database,
    store,
    tenant: database.tenant,
    threadLog: null,
  });
  const { logs, digestOf } = rememberDigests(access);
  return {
    tenant: database.tenant,
    person,
    thread: null,
    now: new Date("2026-02-01T00:00:00Z"),
    zone: "UTC",
    signal: new AbortController().signal,
    database: database.database,
    logs,
    services: {} as never,
    progress: () => undefined,
    fact: createFactory(digestOf),
    random: () => 0.5,
  };
}

const run = (input: object, person: Person | null = null) => {
  const context = contextFor(person);
  return imputeTool.execute(imputeTool.input.parse({ log: "orders", ...input }), context);
};

it("a preview shows the effect and how often filling is right, and keeps nothing", async () => {
  const { data, facts, answer } = await run({});
  expect(data.steps.map(({ repair, changed }) => [repair.kind, changed])).toEqual([
    ["drop-duplicates", 1],
    ["merge-names", 1],
    ["impute", 30],
  ]);
  expect(data.accuracy.resource?.by.neighbours).toBe(1);
  expect(data.accuracy.resource?.by.mode).toBeLessThan(0.5);
  expect(data.saved).toBeNull();
  expect(answer.notes?.[0]?.text).toMatch(/Nothing was kept/);
  expect(facts.find(({ label }) => label.startsWith("median cycle time after"))?.value).toBe(4 * 3600);
  expect((await contextFor(null).logs.list()).map(({ name }) => name)).toEqual(["orders"]);
});

it("a repair that changes nothing says so, instead of counting to zero", async () => {
  const { answer, data } = await run({ fix: "fill-times" });
  expect(data.steps.map(({ changed }) => changed)).toEqual([0]);
  expect(answer.headline.text).toBe("In {log} there is nothing that this repair would change.");
  expect(answer.figures).toEqual([]);
});

it("a copy is kept for a person who is known; its marks are in SQL and the original is as it was", async () => {
  await expect(run({ keep: "save" })).rejects.toMatchObject({ code: "not-allowed" });
  const before = await contextFor(null).logs.open("orders");
  const { data, facts } = await run({ keep: "save" }, maya);
  expect(data.saved?.name).toBe("orders (repaired)");
  const { logs } = contextFor(null);
  const copy = await logs.open("orders (repaired)");
  const { rows } = await copy.query(
    `select count(*) filter (where "imputed:resource"), count(*) filter (where "repaired:activity"), count(*) filter (where resource is null), count(*) from events`,
  );
  expect(rows).toEqual([[30, 1, 0, 900]]);
  expect((await logs.open("orders")).digest).toBe(before.digest);
  for (const fact of facts.filter(({ source, sql }) => source.kind === "log" && sql !== null)) {
    const log = await logs.open(fact.source.kind === "log" ? fact.source.log : "");
    expect((await log.query(fact.sql!)).rows[0]?.[0], fact.label).toBeCloseTo(fact.value, 6);
  }
});

it("the quality report says what to do about each finding", async () => {
  const { views } = await qualityTool.execute(qualityTool.input.parse({ log: "orders" }), contextFor(null));
  const [table] = views;
  const handled = table?.kind === "table" ? table.rows.map(({ kind, repair }) => [kind, repair]) : [];
  expect(handled).toContainEqual(["near-name", "activities are renamed: Credit chek → Credit check"]);
  expect(handled).toContainEqual(["missing", "a missing resource is filled from the neighbouring steps"]);
});
