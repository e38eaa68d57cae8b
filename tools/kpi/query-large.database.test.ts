/** KPIs of a log too large for memory come out of SQL, and are those of the log in memory. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { largeLog, type ToolContext } from "../define.ts";
import query from "./query.tool.ts";

const csv = [
  "case,activity,start,timestamp",
  ...Array.from({ length: 40 }, (_, at) =>
    [
      `c${at % 10},${["Order", "Check", "Pay", "Check"][Math.floor(at / 10)]}`,
      new Date(Date.UTC(2026, 0, 1, at)).toISOString(),
      new Date(Date.UTC(2026, 0, 1, at, 7 * (at % 5))).toISOString(),
    ].join(","),
  ),
].join("\n");

let database: TestDatabase;
let world: MiningWorld;
let inMemory: ToolContext;
let large: ToolContext;
beforeAll(async () => {
  [database, world] = await Promise.all([openTestDatabase(), worldOfCsv(csv)]);
  inMemory = { ...world.context, database: database.database, tenant: database.tenant };
  const { id, name, digest, dialect, query: run, log } = world.open;
  const known = { cases: log.cases, events: log.events, first: null, last: null, vocabulary: null };
  const open = largeLog({ id, name, digest, dialect, query: run, large: known });
  large = { ...inMemory, logs: { ...inMemory.logs, open: async () => open } };
});
afterAll(() => Promise.all([database.close(), world.close()]));

const ask = (input: object, context: ToolContext) => query.execute(query.input.parse(input), context);

describe("a KPI of a log too large for memory", () => {
  const filters = [{ kind: "activity", activities: ["Pay"], mode: "any" }];
  it.each([
    { metric: "cycle_time", threshold: 30 * 3600 },
    { metric: "cycle_time", statistic: "p90", filters },
    { metric: "waiting_time", activity: "Check", statistic: "median" },
    { metric: "time_to", activity: "Pay", statistic: "max" },
    { metric: "throughput", filters },
    { metric: "rework", statistic: "count" },
    { metric: "error_rate", activity: "Check" },
  ])("%j", async (input) => {
    const [inSql, wanted] = [await ask(input, large), await ask(input, inMemory)];
    expect(inSql.data).toMatchObject({
      n: wanted.data.n,
      statistic: wanted.data.statistic,
      breaches: wanted.data.breaches,
      limit: wanted.data.limit,
    });
    expect(inSql.data.value).toBeCloseTo(wanted.data.value, 6);
    expect(inSql.answer.headline.text).toBe(wanted.answer.headline.text);
    for (const fact of inSql.facts) expect(await world.rerun(fact)).toBe(fact.value);
  });

  it("is refused where it needs the log in memory", async () => {
    await expect(ask({ groupBy: "resource" }, large)).rejects.toMatchObject({ code: "log-too-large" });
    await expect(ask({ period: "week" }, large)).rejects.toMatchObject({ code: "log-too-large" });
  });

  it("is refused where nothing is left to measure", async () => {
    const nothing = [{ kind: "duration", comparator: ">", seconds: 1e9 }];
    await expect(ask({ filters: nothing }, large)).rejects.toMatchObject({ code: "no-observations" });
  });
});
