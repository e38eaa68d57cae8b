/** A numeric attribute summed up and averaged: by hand, in typed arrays and in SQL. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { largeLog, type ToolContext } from "../define.ts";
import { profileLog } from "../logs/core/profile.ts";
import query from "./query.tool.ts";

/**
 * Case: amount, currency, country; of each event: fee, and how it was paid. c5 has no amount.
 * "Pay" happens in c1 (January), c2 and c3 (February).
 */
const rows: readonly (readonly (string | number)[])[] = [
  ["c1", "Order", "2026-01-05T09:00:00Z", 100, "EUR", "DE", 1, "card", 7],
  ["c1", "Pay", "2026-01-20T09:00:00Z", 100, "EUR", "DE", 2, "cash", 7],
  ["c2", "Order", "2026-01-06T09:00:00Z", 300, "EUR", "FR", 3, "card", 8],
  ["c2", "Pay", "2026-02-10T09:00:00Z", 300, "EUR", "FR", 4, "cash", 8],
  ["c2", "Close", "2026-03-01T09:00:00Z", 300, "EUR", "FR", "", "", 8],
  ["c3", "Order", "2026-01-07T09:00:00Z", 500, "USD", "DE", 5, "card", 9],
  ["c3", "Pay", "2026-02-11T09:00:00Z", 500, "USD", "DE", "", "card", 9],
  ["c4", "Order", "2026-01-08T09:00:00Z", 800, "USD", "FR", "", "cash", 9],
  ["c5", "Order", "2026-01-09T09:00:00Z", "", "EUR", "DE", 6, "cash", 5],
];
const header = "case,activity,timestamp,amount,currency,country,fee,means,value";
const csv = [header, ...rows.map((row) => row.join(","))].join("\n");
const euros = [{ kind: "attribute", attribute: "currency", comparator: "=", value: "EUR" }];

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

const ask = (input: object, context: ToolContext) => query.execute(query.input.parse(input), context);

/** To a millionth: the store adds up in another order. */
const rounded = (value: unknown): unknown => {
  if (typeof value === "number") return Math.round(value * 1e6) / 1e6;
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, rounded(own)]));
};

async function bothWays(input: object) {
  const [wanted, inSql] = [await ask(input, inMemory), await ask(input, large)];
  expect(rounded(inSql.data)).toEqual(rounded(wanted.data));
  expect(rounded(inSql.views)).toEqual(rounded(wanted.views));
  expect(inSql.answer.headline.text).toBe(wanted.answer.headline.text);
  const figures = (facts: typeof wanted.facts) =>
    facts.map(({ label, unit, value }) => [label, unit, rounded(value)]);
  expect(figures(inSql.facts)).toEqual(figures(wanted.facts));
  for (const { facts } of [wanted, inSql])
    for (const fact of facts) expect(await world.rerun(fact), fact.label).toBeCloseTo(fact.value, 6);
  return wanted;
}

describe("a numeric attribute", () => {
  it.each([
    [{ statistic: "sum" }, 400, "EUR", 2],
    [{}, 200, "EUR", 2],
    [{ statistic: "median" }, 200, "EUR", 2],
    [{ statistic: "p90" }, 280, "EUR", 2],
    [{ statistic: "max" }, 300, "EUR", 2],
    [{ statistic: "min" }, 100, "EUR", 2],
    [{ statistic: "count" }, 2, "cases", 2],
  ])("of the cases is summarised in the log's currency: %j", async (asked, value, unit, n) => {
    const { data, facts, answer } = await bothWays({ measure: "amount", filters: euros, ...asked });
    expect(data).toMatchObject({ metric: "attribute", measure: "amount", value, unit, n, missing: 1 });
    expect(facts[0]).toMatchObject({ value, unit });
    expect(answer.notes?.map(({ text }) => text)).toContain(
      "{missing} have no {attribute} and are left out.",
    );
  });

  it("is told apart by group, and over the months of each case's last event", async () => {
    const { data } = await bothWays({
      measure: "amount",
      filters: euros,
      statistic: "sum",
      groupBy: "country",
      period: "month",
    });
    expect(data.groups.map(({ name, value }) => [name, value])).toEqual([
      ["FR", 300],
      ["DE", 100],
    ]);
    expect(data.periods.map(({ key, value }) => [key, value])).toEqual([
      ["2026-01", 100],
      ["2026-02", 0],
      ["2026-03", 300],
    ]);
  });

  it("of the cases with a step counts at the first time it happens", async () => {
    const asked = { measure: "amount", activity: "Pay", statistic: "sum", period: "month", filters: euros };
    const { data } = await bothWays(asked);
    expect(data).toMatchObject({ value: 400, n: 2, missing: 0 });
    expect(data.periods.map(({ key, value }) => [key, value])).toEqual([
      ["2026-01", 100],
      ["2026-02", 300],
    ]);
  });

  it("is never added up over currencies: each stands by itself, and that is said", async () => {
    const { data, facts, answer } = await bothWays({
      measure: "amount",
      statistic: "sum",
      groupBy: "country",
    });
    expect(data).toMatchObject({ value: null, n: 4, groups: [], missing: 1 });
    expect(data.currencies.map(({ currency, value }) => [currency, value])).toEqual([
      ["EUR", 400],
      ["USD", 1300],
    ]);
    expect(answer.headline.text).toBe(
      "{attribute} is in several currencies, which are not added up: {first} and {second}.",
    );
    expect(facts.slice(0, 2).map(({ value, unit }) => [value, unit])).toEqual([
      [400, "EUR"],
      [1300, "USD"],
    ]);
    expect(facts.some(({ value }) => value === 1700)).toBe(false);
  });

  it("is counted in all currencies together, for a count has none", async () => {
    const { data } = await bothWays({ measure: "amount", statistic: "count", groupBy: "currency" });
    expect(data).toMatchObject({ value: 4, unit: "cases", currencies: [] });
  });

  it("that is no money has no currency, and a column called like one of ours is read all the same", async () => {
    const { data } = await bothWays({ measure: "value", statistic: "max", filters: euros });
    expect(data).toMatchObject({ value: 8, unit: "EUR" });
    const { data: fees } = await bothWays({ measure: "fee", statistic: "sum", filters: euros });
    expect(fees).toMatchObject({ value: 16, n: 5 });
  });

  it("of events is one value an event, told apart by what the event has", async () => {
    const asked = { measure: "fee", statistic: "sum", filters: euros };
    const byMeans = await bothWays({ ...asked, groupBy: "means" });
    expect(byMeans.data.groups.map(({ name, value }) => [name, value])).toEqual([
      ["cash", 12],
      ["card", 4],
    ]);
    const byStep = await bothWays({ ...asked, groupBy: "activity", andBy: "country" });
    expect(byStep.data.groups.map(({ name, value }) => [name, value])).toEqual([
      ["Order", 10],
      ["Pay", 6],
    ]);
    const ofPay = await bothWays({ ...asked, activity: "Pay", groupBy: "country" });
    expect(ofPay.data).toMatchObject({ value: 6, n: 2, missing: 0 });
    const having = await bothWays({ ...asked, statistic: "count" });
    expect(having.data).toMatchObject({ value: 3, unit: "cases" });
  });

  it("has shares: of a group in all of it, of a part of the cases in the whole", async () => {
    const inGroups = await bothWays({
      measure: "amount",
      statistic: "share",
      filters: euros,
      groupBy: "country",
    });
    expect(inGroups.data.groups.map(({ name, value }) => [name, value])).toEqual([
      ["FR", 0.75],
      ["DE", 0.25],
    ]);
    const french = [{ kind: "attribute", attribute: "country", comparator: "=", value: "FR" }];
    const part = await bothWays({ measure: "value", statistic: "share", filters: [...euros, ...french] });
    expect(part.data).toMatchObject({ value: 8 / (7 + 8 + 5), unit: "share" });
    const cases = await bothWays({ metric: "throughput", statistic: "share", filters: french });
    expect(cases.data).toMatchObject({ value: 0.4, unit: "share", n: 2 });
    const paid = [{ kind: "activity", activities: ["Pay"], mode: "any" }];
    const [ofFrench, frenchPaid] = await Promise.all([
      bothWays({ metric: "throughput", statistic: "share", filters: [...french, ...paid] }),
      bothWays({ metric: "throughput", statistic: "count", filters: [...french, ...paid] }),
    ]);
    expect(ofFrench.data.value).toBe((frenchPaid.data.value ?? Number.NaN) / 2);
    const byCountry = await bothWays({ metric: "throughput", statistic: "share", groupBy: "country" });
    expect(byCountry.data.groups.map(({ name, value }) => [name, value])).toEqual([
      ["DE", 0.6],
      ["FR", 0.4],
    ]);
    const monthly = await bothWays({
      metric: "throughput",
      statistic: "share",
      filters: french,
      period: "month",
    });
    expect(monthly.data.periods.map(({ key, value }) => [key, value])).toEqual([
      ["2026-01", 1 / 3],
      ["2026-02", 0],
      ["2026-03", 1],
    ]);
  });

  it("held against a limit says how many are over it, in its own unit", async () => {
    const { data, answer } = await bothWays({ measure: "amount", filters: euros, threshold: 150 });
    expect(data).toMatchObject({ limit: 150, breaches: 1 });
    expect(answer.headline.values?.["limit"]).toEqual({ quantity: 150, unit: "EUR" });
  });

  it("is refused where it holds no numbers or is none of the log", async () => {
    for (const context of [inMemory, large]) {
      await expect(ask({ measure: "country" }, context)).rejects.toMatchObject({ code: "not-numeric" });
      await expect(ask({ measure: "amuont" }, context)).rejects.toMatchObject({ code: "unknown-rule-term" });
      const nobody = [{ kind: "attribute", attribute: "country", comparator: "=", value: "PL" }];
      await expect(ask({ measure: "amount", filters: nobody }, context)).rejects.toMatchObject({
        code: "no-observations",
      });
    }
  });

  it("is the same out of typed arrays and out of SQL, whatever is asked", async () => {
    const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
    const attribute = fc.constantFrom("country", "means", "value", "activity", "currency");
    const asked = fc.record({
      measure: fc.constantFrom("amount", "fee", "value"),
      statistic: maybe(fc.constantFrom("mean", "median", "p90", "min", "max", "sum", "count", "share")),
      groupBy: maybe(attribute.filter((name) => name !== "activity")),
      andBy: maybe(fc.constantFrom("country", "means")),
      top: maybe(fc.integer({ min: 1, max: 2 })),
      period: maybe(fc.constantFrom("week", "month", "quarter")),
      activity: maybe(fc.constantFrom("Order", "Pay")),
      threshold: maybe(fc.integer({ min: 1, max: 600 })),
      filters: maybe(fc.constant(euros)),
    });
    const property = fc.asyncProperty(asked, async (input) => {
      await bothWays(JSON.parse(JSON.stringify(input)) as object);
    });
    await fc.assert(property, { numRuns: 40 });
  }, 60_000);
});
