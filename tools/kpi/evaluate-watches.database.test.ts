import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kpis, notices, rules, watches } from "../../db/schema/index.ts";
import { worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import type { Receipt } from "../define.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import { generateSample } from "../logs/samples/generate.ts";
import { meanCycleTimeSql } from "../optimization/core/cycle-time.ts";
import publish from "../rules/publish.tool.ts";
import withdraw from "../rules/withdraw.tool.ts";
import { type Alert, evaluateWatches } from "./evaluate-watches.ts";
import { type ToolWorld, toolWorld } from "./fixtures/tool-world.ts";
import promiseCheck from "./promise-check.tool.ts";
import unwatch from "./unwatch.tool.ts";
import watch from "./watch.tool.ts";

let world: ToolWorld;
beforeEach(async () => {
  world = await toolWorld("order-to-cash", 200);
});
afterEach(() => world.close());

const evaluate = (log?: EventLog): Promise<readonly Alert[]> =>
  evaluateWatches({
    database: world.database.database,
    logs: {
      open: async () => ({
        ...world.world.open,
        ...(log === undefined ? {} : { log }),
        digest: `d${log?.cases ?? 0}`,
      }),
      list: async () => [],
    },
    tenant: world.context.tenant,
    log: "log",
    now: world.context.now,
    newId: () => "id",
    fact: world.context.fact,
  });

/** The log as it was after a share of its events, which a sample writes in order of completion. */
async function upTo(share: number): Promise<EventLog> {
  const lines = generateSample("order-to-cash", { cases: 200 }).csv.split("\n");
  const partial = await worldOfCsv(`${lines.slice(0, 1 + Math.floor(lines.length * share)).join("\n")}\n`);
  await partial.close();
  return partial.open.log;
}

const sinceTheBeginning = () => world.database.database.update(watches).set({ since: null });

describe("a watched limit", () => {
  const input = watch.input.parse({ metric: "cycle_time", threshold: 864_000 });

  it("is previewed with how often it would have spoken, and made once for one key", async () => {
    const preview = await watch.preview(input, world.context);
    expect(preview.summary).toMatch(/would have spoken in \d+ of the last \d+ weeks/);
    for (const fact of preview.facts) expect(await world.world.rerun(fact)).toBe(fact.value);
    expect(await watch.reconcile?.(input, world.writing("p1"))).toEqual({ state: "not-done" });
    await watch.execute(input, world.writing("p1"));
    await watch.execute(input, world.writing("p1"));
    expect(await world.database.database.select().from(watches)).toHaveLength(1);
    expect(await watch.reconcile?.(input, world.writing("p1"))).toMatchObject({ state: "done" });
  });

  it("counts in business time where it was asked to, then and later, and leaves the KPI's own limit alone", async () => {
    const calendar = { name: "Berlin", zone: "Europe/Berlin", hours: { monday: [["09:00", "17:00"]] } };
    const asked = watch.input.parse({ metric: "cycle_time", threshold: 8 * 3600, calendar });
    const preview = await watch.preview(asked, world.context);
    const over = preview.facts[0]!;
    expect(await world.world.rerun(over)).toBe(over.value);
    expect(over.label).toContain("in Berlin");
    expect(preview.changes).toContainEqual({
      what: "Only these hours count",
      before: null,
      after: "Mon 09:00–17:00, Europe/Berlin",
    });
    const byClock = await watch.preview(watch.input.parse({ ...asked, calendar: undefined }), world.context);
    expect(over.value).toBeLessThan(byClock.facts[0]!.value);
    await watch.execute(asked, world.writing("p1"));
    expect(await world.database.database.select().from(kpis)).toEqual([]);
    await sinceTheBeginning();
    const [alert] = await evaluate();
    expect(alert?.facts[0]).toMatchObject({ value: over.value });
    expect(alert?.facts[0]?.label).toContain("in Berlin");
    expect(await world.world.rerun(alert!.facts[0]!)).toBe(over.value);
  });

  it("says each breach once, and in chunks all of what it says at once", async () => {
    await watch.execute(input, world.writing("p1"));
    await sinceTheBeginning();
    let inChunks = 0;
    for (const share of [0.1, 0.3, 0.35, 0.8, 1]) {
      const log = await upTo(share);
      for (const alert of await evaluate(log)) inChunks += (alert.data as { new: number }).new;
      expect(await evaluate(log)).toEqual([]);
    }
    await world.database.database.update(watches).set({ last: null });
    const [atOnce] = await evaluate();
    expect(inChunks).toBe(atOnce?.facts[0]?.value);
    expect(await world.world.rerun(atOnce!.facts[0]!)).toBe(inChunks);
  });

  it("counts only what comes after it was set, and stops when it is taken back", async () => {
    const receipt: Receipt = await watch.execute(input, world.writing("p1"));
    expect(await evaluate()).toEqual([]);
    await sinceTheBeginning();
    const undo = watch.undo?.(input, receipt);
    expect(undo?.tool).toBe("kpi.unwatch");
    await unwatch.execute(unwatch.input.parse(undo?.input), world.writing("p2"));
    expect(await evaluate()).toEqual([]);
  });

  it("on a figure speaks when it crosses, and again only after it was below", async () => {
    const own = watch.input.parse({ metric: "cycle_time", statistic: "mean", threshold: 1 });
    await watch.execute(own, world.writing("p1"));
    await sinceTheBeginning();
    const [alert] = await evaluate();
    expect(alert).toMatchObject({ verdict: "breach", thread: null });
    expect(await evaluate()).toEqual([]);
  });
});

describe("a promise", () => {
  const promise = (
    change: Partial<{ expected: number; low: number; high: number; minimumCases: number }>,
  ) => ({
    log: "log",
    metric: "cycle_time",
    unit: "s",
    before: 2e6,
    expected: 1e6,
    low: 5e5,
    high: 1.5e6,
    minimumCases: 50,
    sql: `${meanCycleTimeSql(null)} WHERE observed > {since}`,
    ...change,
  });
  const insert = (definition: unknown) =>
    world.database.database.insert(watches).values({
      id: "w1",
      tenant: world.context.tenant,
      kind: "promise",
      log: "log",
      proposal: "p9",
      thread: "t1",
      definition,
    });

  it.each([
    ["kept", promise({})],
    ["missed", promise({ expected: 100, low: 50, high: 200 })],
  ] as const)("is %s, said once, with the measured figure", async (verdict, definition) => {
    await insert(definition);
    const [alert] = await evaluate();
    expect(alert).toMatchObject({ verdict, thread: "t1", watch: "w1" });
    expect(await world.world.rerun(alert!.facts[0]!)).toBeCloseTo(alert!.facts[0]!.value, 6);
    expect(await evaluate()).toEqual([]);
    const checked = await promiseCheck.execute({ proposal: "p9" }, world.context);
    expect(checked.data).toMatchObject({ verdict });
  });

  it("is not judged too early", async () => {
    await insert(promise({ minimumCases: 10_000 }));
    expect(await evaluate()).toEqual([]);
    const checked = await promiseCheck.execute({}, world.context);
    expect(checked.data).toMatchObject({ verdict: "too-early", measured: null });
  });

  it("that nobody made is not made up", async () => {
    await expect(promiseCheck.execute({}, world.context)).rejects.toThrow("No executed change has promised");
  });
});

describe("a published rule", () => {
  const input = publish.input.parse({ condition: "order_value > 500", action: "notify_manager" });

  it("is one version for one key, and the next version for the next", async () => {
    const first = await publish.execute(input, world.writing("p1"));
    expect(await publish.execute(input, world.writing("p1"))).toEqual(first);
    const changed = publish.input.parse({ condition: "order_value > 400", action: "notify_manager" });
    const preview = await publish.preview(changed, world.context);
    expect(preview.changes[0]).toEqual({
      what: "condition",
      before: "order_value > 500",
      after: "order_value > 400",
    });
    await publish.execute(changed, world.writing("p2"));
    const rows = await world.database.database.select().from(rules).orderBy(rules.version);
    expect(rows.map(({ version, state }) => [version, state])).toEqual([
      [1, "withdrawn"],
      [2, "published"],
    ]);
  });

  it("notices each case that meets it afterwards once, in the manager's inbox", async () => {
    await publish.execute(input, world.writing("p1"));
    await evaluate();
    expect(await world.database.database.select().from(notices)).toEqual([]);
    const [row] = await world.database.database.select().from(rules);
    await world.database.database
      .update(rules)
      .set({ details: { ...(row!.details as object), since: null } });
    await evaluate(await upTo(0.4));
    await evaluate();
    await evaluate();
    const sent = await world.database.database.select().from(notices).where(eq(notices.person, "maya"));
    const preview = await publish.preview(input, world.context);
    expect(sent).toHaveLength(preview.facts[0]!.value);
    expect(await world.world.rerun(preview.facts[0]!)).toBe(sent.length);
  });

  it("is taken back by its undo", async () => {
    const receipt = await publish.execute(input, world.writing("p1"));
    const undo = publish.undo?.(input, receipt);
    await withdraw.execute(withdraw.input.parse(undo?.input), world.writing("p2"));
    const [row] = await world.database.database.select().from(rules);
    expect(row?.state).toBe("withdrawn");
  });

  it("gives its place back to the version it replaced, and shows the difference before", async () => {
    await publish.execute(input, world.writing("p1"));
    const next = { ...input, id: (await world.database.database.select().from(rules))[0]!.id };
    const second = publish.input.parse({ ...next, condition: "order_value > 900" });
    expect((await publish.preview(second, world.context)).undo.how).toContain("version 1 comes back");
    const receipt = await publish.execute(second, world.writing("p2"));
    const undo = withdraw.input.parse(publish.undo?.(second, receipt)?.input);
    const shown = await withdraw.preview(undo, world.context);
    expect(shown.changes).toEqual([
      { what: "condition", before: "order_value > 900", after: expect.stringContaining("500") },
      { what: "version", before: 2, after: 1 },
    ]);
    expect(await withdraw.reconcile?.(undo, world.writing("p3"))).toEqual({ state: "not-done" });
    await withdraw.execute(undo, world.writing("p3"));
    await withdraw.execute(undo, world.writing("p3"));
    expect(await withdraw.reconcile?.(undo, world.writing("p3"))).toMatchObject({ state: "done" });
    const states = async () =>
      (await world.database.database.select().from(rules).orderBy(rules.version)).map(({ state }) => state);
    expect(await states()).toEqual(["published", "withdrawn"]);

    await publish.execute(second, world.writing("p4"));
    await expect(withdraw.preview(undo, world.context)).rejects.toMatchObject({
      code: "rule-version",
      message: expect.stringContaining("version 3 is published"),
    });
    await withdraw.execute(withdraw.input.parse({ rule: next.id }), world.writing("p5"));
    expect(await states()).toEqual(["withdrawn", "withdrawn", "withdrawn"]);
  });
});

describe("a watched attribute", () => {
  const input = watch.input.parse({ measure: "order_value", threshold: 2_000 });

  it("is previewed in its currency, with how many cases are over the limit", async () => {
    const preview = await watch.preview(input, world.context);
    expect(preview.summary).toContain("Watch largest order_value of");
    expect(preview.summary).toContain("when a single case is over 2000 EUR");
    const values = world.world.open.log.caseAttributes.get("order_value");
    const over = values?.kind === "number" ? values.values.filter((value) => value > 2_000).length : 0;
    expect(preview.affected).toMatchObject({ count: over, unit: "cases" });
    expect(over).toBeGreaterThan(0);
    for (const fact of preview.facts) expect(await world.world.rerun(fact)).toBe(fact.value);
  });

  it("speaks of the cases over the limit, once, and makes no KPI of others", async () => {
    await watch.execute(input, world.writing("p1"));
    expect(await world.database.database.select().from(kpis)).toEqual([]);
    await sinceTheBeginning();
    const [alert] = await evaluate();
    expect(alert?.title).toContain("broke its limit of 2000 EUR");
    for (const fact of alert!.facts) expect(await world.world.rerun(fact)).toBe(fact.value);
    expect(await evaluate()).toEqual([]);
  });

  it("is held against its mean where that is asked for", async () => {
    const mean = watch.input.parse({ measure: "order_value", statistic: "mean", threshold: 100 });
    await watch.execute(mean, world.writing("p2"));
    await sinceTheBeginning();
    const [alert] = await evaluate();
    expect(alert?.text).toContain("EUR; the limit is 100 EUR");
    expect(alert?.facts[0]).toMatchObject({ unit: "EUR" });
  });
});
