/** Every figure in business time, held against its own SQL, under calendars out of nowhere. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import type { Fact, ReadTool, ToolResult, View } from "../define.ts";
import kpiQuery from "../kpi/query.tool.ts";
import type { CalendarDefinition } from "../logs/core/calendar-definition.ts";
import { calendars } from "../logs/core/fixtures/calendars.ts";
import { generateSample } from "../logs/samples/generate.ts";
import between from "./between.tool.ts";
import bottlenecks from "./bottlenecks.tool.ts";
import cases from "./cases.tool.ts";
import compare from "./compare.tool.ts";
import discover from "./discover.tool.ts";
import drift from "./drift.tool.ts";
import organization from "./organization.tool.ts";
import rework from "./rework.tool.ts";
import rootCause from "./root-cause.tool.ts";
import variants from "./variants.tool.ts";

type ProcessMapView = Extract<View, { kind: "process-map" }>;

let world: MiningWorld;
let withoutStarts: MiningWorld;
beforeAll(async () => {
  const { csv } = generateSample("order-to-cash", { cases: 120 });
  world = await worldOfCsv(csv);
  withoutStarts = await worldOfCsv(tinyTimes);
});
afterAll(() => Promise.all([world.close(), withoutStarts.close()]));

/** A tenant without named KPIs. */
const noKpis = { select: () => ({ from: () => ({ where: () => ({ orderBy: async () => [] }) }) }) };

/** Two cases over a weekend and over the night in which Berlin's clocks change. */
const tinyTimes = `case,activity,time
1,Order,2024-03-29T16:00:00Z
1,Ship,2024-04-01T09:00:00Z
2,Order,2024-03-30T22:00:00Z
2,Ship,2024-03-31T10:00:00Z
2,Ship,2024-04-02T10:30:00Z
`;

/**
 * Orders at every hour of every day, shipped after some hours of an office that works from 9 to 17 on weekdays: 1 or 2 hours,
 * 2 more for product b, and 1 more from the second half on.
 */
const nightsAndWork = (() => {
  const HOUR = 3_600_000;
  const open = (time: number) => {
    const at = new Date(time);
    return at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 9 && at.getUTCHours() < 17;
  };
  const rows = Array.from({ length: 480 }, (_, at) => {
    const begun = Date.UTC(2024, 0, 1) + at * 7 * HOUR;
    const product = (at * 7919) % 3 === 0 ? "b" : "a";
    let left = 1 + ((at * 31) % 2) + (product === "b" ? 2 : 0) + (at < 240 ? 0 : 1);
    let now = begun;
    for (; left > 0; now += HOUR) if (open(now)) left--;
    const [order, ship] = [begun, now].map((time) => new Date(time).toISOString());
    return `${at},Order,${order},${product}\n${at},Ship,${ship},${product}`;
  });
  return `case,activity,time,product\n${rows.join("\n")}\n`;
})();

async function factsOf(
  on: MiningWorld,
  tool: ReadTool<never, unknown>,
  input: object,
): Promise<readonly Fact[]> {
  const parsed = tool.input.parse(input) as never;
  return (await tool.execute(parsed, { ...on.context, database: noKpis as never })).facts;
}

async function expectSameInSql(on: MiningWorld, facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) {
    if (fact.sql === null) continue;
    const again = Number(await on.rerun(fact));
    const tolerance = Math.max(1e-6, 1e-9 * Math.abs(fact.value));
    expect(Math.abs(again - fact.value), `${fact.label}: ${fact.value} and ${again}`).toBeLessThanOrEqual(
      tolerance,
    );
  }
}

const named = (on: MiningWorld, ...positions: number[]) => positions.map((at) => on.open.log.activities[at]!);
const fewDays = { kind: "duration", comparator: "<", seconds: 3 * 86_400 };
const moreDays = { ...fewDays, comparator: ">=" };

const questions = (calendar: CalendarDefinition) => {
  const [first, second] = named(world, 0, 1);
  return [
    [bottlenecks, { calendar }],
    [bottlenecks, { calendar, filters: [fewDays] }],
    [between, { calendar, activities: [first, second] }],
    [
      compare,
      { calendar, a: { label: "short", filters: [fewDays] }, b: { label: "long", filters: [moreDays] } },
    ],
    [
      compare,
      { calendar, metric: "waiting_time", a: { label: "a", filters: [] }, b: { label: "b", filters: [] } },
    ],
    [
      compare,
      {
        calendar,
        metric: "time_to",
        activity: second,
        a: { label: "a", filters: [] },
        b: { label: "b", filters: [] },
      },
    ],
    [cases, { calendar, filters: [fewDays] }],
    [rework, { calendar }],
    [organization, { calendar }],
    [rootCause, { calendar }],
    [rootCause, { calendar, activity: second }],
    [drift, { calendar }],
    [kpiQuery, { calendar, metric: "cycle_time", threshold: 36_000, period: "month" }],
    [kpiQuery, { calendar, metric: "waiting_time", groupBy: "activity" }],
    [kpiQuery, { calendar, metric: "time_to", activity: second }],
    [kpiQuery, { calendar, metric: "error_rate", threshold: 36_000 }],
  ] as unknown as readonly (readonly [ReadTool<never, unknown>, object])[];
};

describe("figures in business time", () => {
  it("are the same in typed arrays and in SQL under any calendar", async () => {
    await fc.assert(
      fc.asyncProperty(calendars(), async (calendar) => {
        for (const [tool, input] of questions(calendar)) {
          const facts = await factsOf(world, tool, input).catch((error: { code?: string }) => {
            if (error.code === "no-cases" || error.code === "no-values") return [];
            throw error;
          });
          await expectSameInSql(world, facts);
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it("tell causes and changes apart from nights and weekends: what only closing hours make is no finding", async () => {
    const on = await worldOfCsv(nightsAndWork);
    const office = { name: "office", zone: "UTC" };
    const ask = async (tool: unknown, input: object) => {
      const { input: schema, execute } = tool as ReadTool<never, never>;
      return execute(schema.parse(input) as never, on.context) as Promise<ToolResult<unknown>>;
    };
    const byTheClock = await ask(rootCause, {});
    const atWork = await ask(rootCause, { calendar: office });
    const first = ({ data }: ToolResult<unknown>) =>
      (data as { features: { feature: { attribute?: string } }[] }).features.map(
        ({ feature }) => feature.attribute ?? "when it begins",
      );
    expect(first(byTheClock)[0]).toBe("when it begins");
    expect(first(atWork)).toEqual(["product"]);
    expect(atWork.facts[0]!.label).toContain("in office");
    const slower = await ask(drift, { calendar: office });
    expect((slower.data as { drifts: { of: string }[] }).drifts.map(({ of }) => of)).toEqual(["cycle time"]);
    await expectSameInSql(on, [...atWork.facts, ...slower.facts]);
    await on.close();
  });

  const berlin = { name: "Berlin", zone: "Europe/Berlin", holidays: ["2024-04-01"] };
  const askedOf = async (tool: unknown, input: object) => {
    const { input: schema, execute } = tool as ReadTool<never, never>;
    return execute(schema.parse(input) as never, withoutStarts.context) as Promise<ToolResult<unknown>>;
  };

  it("of single cases, with the slowest by the same hours first and the last event by the clock", async () => {
    // Ordered on Friday at 17:00 in Berlin, shipped on Easter Monday: nobody worked meanwhile.
    const { data, views } = await askedOf(cases, { calendar: berlin });
    expect(data).toMatchObject({
      cases: [
        { case: "2", seconds: 3.5 * 3600 },
        { case: "1", seconds: 0 },
      ],
    });
    expect(views[0]).toMatchObject({
      rows: [
        { case: "2", last: "2024-04-02T10:30:00.000Z" },
        { case: "1", last: "2024-04-01T09:00:00.000Z" },
      ],
    });
    const byClock = await askedOf(cases, {});
    expect(byClock.data).toMatchObject({ cases: [{ case: "1", seconds: 65 * 3600 }, { case: "2" }] });
  });

  it("of paths and of the arrows on the map, and each says which hours count", async () => {
    const paths = await askedOf(variants, { calendar: berlin, order: "slowest" });
    expect(paths.data).toMatchObject({ paths: [{ mean: 3.5 * 3600 }, { mean: 0 }] });
    const map = await askedOf(discover, { calendar: berlin });
    const { edges } = map.views.find(({ kind }) => kind === "process-map") as ProcessMapView;
    const seconds = (from: string | null, to: string | null) =>
      edges.find((edge) => edge.from === from && edge.to === to)?.seconds;
    expect([seconds("Order", "Ship"), seconds("Ship", "Ship")]).toEqual([0, 3.5 * 3600]);
    for (const { answer } of [paths, map]) {
      expect(answer.assumptions.map(({ text }) => text)).toContain(
        "only time in {calendar} counts ({hours}); a day is 24 of those hours",
      );
    }
  });

  it("leave out the weekend and follow the zone's clocks", async () => {
    const calendar = { name: "Berlin", zone: "Europe/Berlin", holidays: ["2024-04-01"] };
    const facts = await factsOf(withoutStarts, kpiQuery as never, { calendar, statistic: "max" });
    // Order on Saturday night, shipped on Tuesday at 12:30 in Berlin: Easter Monday is off, so three and a half hours.
    expect(facts[0]).toMatchObject({ value: 3.5 * 3600, label: "max cycle time, in Berlin, all cases" });
    await expectSameInSql(withoutStarts, facts);
  });

  it("say which hours count", async () => {
    const tool = bottlenecks as unknown as ReadTool<never, unknown>;
    const { answer } = await tool.execute(
      tool.input.parse({ calendar: "business hours" }) as never,
      world.context,
    );
    expect(answer.assumptions).toContainEqual({
      text: "only time in {calendar} counts ({hours}); a day is 24 of those hours",
      values: { calendar: "business hours", hours: "Mon–Fri 09:00–17:00, UTC" },
    });
  });
});
