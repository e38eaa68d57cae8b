import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { largestCells, pictureTable } from "../../channels/picture-tables.ts";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import type { View } from "../define.ts";
import { offsetSpans, toLocal } from "../logs/core/local-time.ts";
import { generateSample } from "../logs/samples/generate.ts";
import { dottedChart, evenly } from "./core/dotted-chart.ts";
import { hourOfWeek } from "./core/waiting-hours.ts";
import dotted from "./dotted-chart.tool.ts";
import paths from "./variants.tool.ts";
import hours from "./waiting-hours.tool.ts";

let world: MiningWorld;
beforeAll(async () => {
  world = await worldOfCsv(generateSample("order-to-cash").csv);
});
afterAll(() => world.close());

const viewOf = <Kind extends View["kind"]>(views: readonly View[], kind: Kind) =>
  views.find((view): view is Extract<View, { kind: Kind }> => view.kind === kind)!;

describe("local time", () => {
  it("is what the clocks of a zone show, over changes of their offset", () => {
    const [first, last] = [Date.UTC(2023, 0, 1) * 1000, Date.UTC(2026, 0, 1) * 1000];
    for (const zone of ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]) {
      const spans = offsetSpans(zone, first, last);
      const format = new Intl.DateTimeFormat("en-GB", {
        timeZone: zone,
        weekday: "long",
        hour: "2-digit",
        hourCycle: "h23",
      });
      fc.assert(
        fc.property(fc.integer({ min: first / 1000, max: last / 1000 }), (milliseconds) => {
          const parts = Object.fromEntries(
            format.formatToParts(milliseconds).map(({ type, value }) => [type, value]),
          );
          const hour = hourOfWeek(toLocal(milliseconds * 1000, spans));
          const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
          expect([days[Math.floor(hour / 24)], hour % 24]).toEqual([parts["weekday"], Number(parts["hour"])]);
        }),
      );
    }
  });

  it("knows the weekday before 1970", () => {
    expect(hourOfWeek(Date.UTC(1969, 11, 29, 5) * 1000)).toBe(5);
  });
});

describe("waiting by hour", () => {
  it("has figures that their SQL gives again, in any zone", async () => {
    for (const zone of ["UTC", "Europe/Berlin", "America/New_York"]) {
      const result = await hours.execute(hours.input.parse({}), { ...world.context, zone });
      expect(result.facts.length).toBeGreaterThanOrEqual(3);
      for (const fact of result.facts) {
        expect(Number(await world.rerun(fact)), `${fact.label} in ${zone}`).toBeCloseTo(fact.value, 6);
      }
    }
  });

  it("shows all waits once in each picture", async () => {
    const { views } = await hours.execute(hours.input.parse({}), world.context);
    const maps = views.filter(
      (view): view is Extract<View, { kind: "heat-map" }> => view.kind === "heat-map",
    );
    const waits = Number((await world.open.query("select count(waiting_s) from steps")).rows[0]![0]);
    expect(maps).toHaveLength(2);
    for (const { counts, cells } of maps) {
      expect(counts.flat().reduce((sum, n) => sum + n, 0)).toBe(waits);
      expect(cells.flat().map((cell) => cell === null)).toEqual(counts.flat().map((n) => n === 0));
    }
  });

  it("looks at one activity where one is named", async () => {
    const activity = "Credit check";
    const { facts } = await hours.execute(hours.input.parse({ activity }), world.context);
    for (const fact of facts.slice(0, 3)) {
      expect(fact.label).toContain(activity);
      expect(Number(await world.rerun(fact))).toBeCloseTo(fact.value, 6);
    }
    await expect(hours.execute(hours.input.parse({ activity: "Nothing" }), world.context)).rejects.toThrow(
      /Nothing/,
    );
  });

  it("calls no hour the worst where there is too little to compare", async () => {
    const small = await worldOfCsv(`case,activity,start,end
A,Order,2026-03-02 09:00,2026-03-02 09:10
A,Check,2026-03-02 11:10,2026-03-02 11:20
`);
    const { data, facts } = await hours.execute(hours.input.parse({}), small.context);
    expect(data.worst).toBeNull();
    expect(facts.map(({ label }) => label)).toEqual(["Cases looked at"]);
    await small.close();
  });
});

describe("the dotted chart", () => {
  it("has a dot for every event of the cases that it shows", async () => {
    const { views, facts, data } = await dotted.execute(dotted.input.parse({ cases: 50 }), world.context);
    const view = viewOf(views, "dotted-chart");
    const { log } = world.open;
    const events = view.rows.reduce((sum, name) => {
      const c = log.caseNames.indexOf(name);
      return sum + log.caseStart[c + 1]! - log.caseStart[c]!;
    }, 0);
    expect(view.rows).toHaveLength(50);
    expect(view.dots).toHaveLength(events);
    expect(data).toEqual({ cases: log.cases, shown: 50, events });
    for (const fact of facts) expect(Number(await world.rerun(fact))).toBeCloseTo(fact.value, 6);
  });

  it("puts what began first on top, or the shortest", () => {
    const { log } = world.open;
    const firsts = (order: "start" | "duration") => {
      const chart = dottedChart(log, { x: "time", order, cases: log.cases })!;
      const spans = new Map<number, [number, number]>();
      for (const [row, seconds] of chart.dots) {
        const [from, to] = spans.get(row) ?? [seconds, seconds];
        spans.set(row, [Math.min(from, seconds), Math.max(to, seconds)]);
      }
      return [...spans.values()];
    };
    const durations = dottedChart(log, { x: "since-start", order: "duration", cases: 100 })!.dots;
    const last = new Map<number, number>();
    for (const [row, seconds] of durations) last.set(row, Math.max(last.get(row) ?? 0, seconds));
    expect([...last.values()]).toEqual([...last.values()].sort((a, b) => a - b));
    expect(firsts("start").length).toBe(log.cases);
  });

  it("takes items evenly, the first and the last among them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 2, max: 60 }), (length, most) => {
        const items = Array.from({ length }, (_, at) => at);
        const taken = evenly(items, most);
        expect(taken.length).toBe(Math.min(length, most));
        expect(new Set(taken).size).toBe(taken.length);
        if (length > 0) expect([taken[0], taken.at(-1)]).toEqual([0, length - 1]);
      }),
    );
  });
});

describe("pictures as tables", () => {
  it("say what the picture says", async () => {
    const variants = viewOf(
      (await paths.execute(paths.input.parse({ limit: 3 }), world.context)).views,
      "variants",
    );
    const table = pictureTable(variants);
    expect(table.rows).toHaveLength(3);
    expect(table.rows[0]).toMatchObject({ rank: 1, cases: variants.variants[0]!.cases });
    const dots = viewOf(
      (await dotted.execute(dotted.input.parse({ cases: 5 }), world.context)).views,
      "dotted-chart",
    );
    expect(pictureTable(dots).rows.map((row) => row["case"])).toEqual(dots.rows);
    const heat = viewOf((await hours.execute(hours.input.parse({}), world.context)).views, "heat-map");
    const cells = largestCells(heat).rows.map((row) => Number(row["value"]));
    expect(cells).toEqual([...cells].sort((a, b) => b - a));
    expect(pictureTable(heat).rows).toHaveLength(7);
  });
});
