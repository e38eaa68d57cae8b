/** KPIs of a log too large for memory come out of SQL, and are those of the log in memory. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { largeLog, type ToolContext } from "../define.ts";
import { calendars } from "../logs/core/fixtures/calendars.ts";
import { profileLog } from "../logs/core/profile.ts";
import query from "./query.tool.ts";

const csv = [
  "case,activity,start,timestamp,resource,region,amount,rank,team",
  ...Array.from({ length: 40 * 4 }, (_, at) =>
    [
      `c${at % 40},${["Order", "Check", "Pay", "Check"][Math.floor(at / 40)]}`,
      new Date(Date.UTC(2026, 0, 1, 5 * at)).toISOString(),
      new Date(Date.UTC(2026, 0, 1, 5 * at, 7 * (at % 5))).toISOString(),
      ["ana", "ben", "cem", ""][(at * 7) % 4],
      ["north", "south", "o'east", ""][(at % 40) % 4],
      ((at % 40) * 37) % 101,
      (at % 40) % 3,
      at % 9 === 0 ? "" : `team ${at % 2}`,
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
  const { first, last, vocabulary } = profileLog(log);
  const known = { cases: log.cases, events: log.events, first, last, vocabulary };
  const open = largeLog({ id, name, digest, dialect, query: run, large: known });
  large = { ...inMemory, logs: { ...inMemory.logs, open: async () => open } };
});
afterAll(() => Promise.all([database.close(), world.close()]));

/** To a millionth: the store adds up in another order. */
const rounded = (value: unknown): unknown => {
  if (typeof value === "number") return Math.round(value * 1e6) / 1e6;
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, rounded(own)]));
};

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
    expect(inSql.data.value).toBeCloseTo(wanted.data.value!, 6);
    expect(inSql.answer.headline.text).toBe(wanted.answer.headline.text);
    for (const fact of inSql.facts) expect(await world.rerun(fact)).toBe(fact.value);
  });

  const office = { name: "office", zone: "Europe/Berlin", holidays: ["2026-01-06"] };
  it.each([
    { groupBy: "region" },
    { groupBy: "region", threshold: 100 * 3600, filters },
    { groupBy: "region", top: 1, statistic: "p90" },
    { groupBy: "resource", metric: "waiting_time" },
    { groupBy: "activity", metric: "waiting_time", statistic: "sum" },
    { groupBy: "resource" },
    { groupBy: "team", metric: "rework" },
    { groupBy: "amount" },
    { groupBy: "amount", bins: 3, metric: "waiting_time" },
    { groupBy: "rank", metric: "throughput" },
    { groupBy: "rank", top: 2 },
    { groupBy: "region", andBy: "team" },
    { groupBy: "amount", andBy: "region", metric: "waiting_time" },
    { period: "week" },
    { period: "day", metric: "throughput" },
    { period: "day", metric: "waiting_time", activity: "Pay", threshold: 3600 },
    { period: "week", groupBy: "region" },
    { calendar: office },
    { calendar: office, groupBy: "region", threshold: 40 * 3600 },
    { calendar: office, metric: "waiting_time", groupBy: "amount", period: "week" },
    {
      calendar: office,
      metric: "time_to",
      activity: "Pay",
      filters: [{ kind: "duration", comparator: "<", seconds: 2e6 }],
    },
  ])("by group, over time and in business hours, is that of the log in memory: %j", async (input) => {
    const [inSql, wanted] = [await ask(input, large), await ask(input, inMemory)];
    expect(rounded(inSql.data)).toEqual(rounded(wanted.data));
    expect(inSql.answer.headline.text).toBe(wanted.answer.headline.text);
    expect(rounded(inSql.views)).toEqual(rounded(wanted.views));
    expect(inSql.facts.map(({ label }) => label)).toEqual(wanted.facts.map(({ label }) => label));
    for (const fact of inSql.facts) expect(await world.rerun(fact)).toBeCloseTo(fact.value, 6);
  });

  it("is that of the log in memory, whatever is asked", async () => {
    const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
    const attribute = fc.constantFrom("region", "resource", "amount", "rank", "team");
    const asked = fc.record({
      metric: fc.constantFrom("cycle_time", "waiting_time", "throughput", "rework"),
      statistic: maybe(fc.constantFrom("mean", "median", "p90", "max", "count")),
      groupBy: maybe(attribute),
      andBy: maybe(attribute),
      top: maybe(fc.integer({ min: 1, max: 3 })),
      bins: maybe(fc.integer({ min: 2, max: 6 })),
      period: maybe(fc.constantFrom("day", "week", "month")),
      threshold: maybe(fc.integer({ min: 1, max: 2_000_000 })),
      calendar: maybe(calendars()),
    });
    const property = fc.asyncProperty(asked, async (input) => {
      const given = JSON.parse(JSON.stringify(input)) as object;
      const [inSql, wanted] = [await ask(given, large), await ask(given, inMemory)];
      expect(rounded(inSql.data)).toEqual(rounded(wanted.data));
      expect(inSql.facts.map(({ label }) => label)).toEqual(wanted.facts.map(({ label }) => label));
    });
    await fc.assert(property, { numRuns: 60 });
  }, 60_000);

  it("says which attributes there are, where one is asked for that is none", async () => {
    await expect(ask({ groupBy: "regoin" }, large)).rejects.toMatchObject({ code: "unknown-rule-term" });
  });

  it("is refused where nothing is left to measure", async () => {
    const nothing = [{ kind: "duration", comparator: ">", seconds: 1e9 }];
    await expect(ask({ filters: nothing }, large)).rejects.toMatchObject({ code: "no-observations" });
  });
});
