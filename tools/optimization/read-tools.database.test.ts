import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message, ReadTool, ToolResult } from "../define.ts";
import { type ToolWorld, toolWorld } from "../kpi/fixtures/tool-world.ts";
import listKpis from "../kpi/list.tool.ts";
import query from "../kpi/query.tool.ts";
import draft from "../rules/draft.tool.ts";
import publish from "../rules/publish.tool.ts";
import simulateRule from "../rules/simulate.tool.ts";
import optimize from "./optimize.tool.ts";
import whatIf from "./what-if.tool.ts";

let world: ToolWorld;
beforeAll(async () => {
  world = await toolWorld("order-to-cash", 700);
});
afterAll(() => world.close());

const run = <Input, Data>(tool: ReadTool<Input, Data>, input: unknown): Promise<ToolResult<Data>> =>
  tool.execute(tool.input.parse(input), world.context);

const messages = ({ answer }: ToolResult<unknown>): readonly Message[] => [
  answer.headline,
  ...answer.assumptions,
  ...(answer.notes ?? []),
];

const germany = [{ kind: "attribute", attribute: "country", comparator: "=", value: "Germany" }];
const calls: readonly (readonly [ReadTool<never, unknown>, unknown])[] = (
  [
    [query, {}],
    [query, { metric: "waiting_time", groupBy: "activity", threshold: 7200 }],
    [query, { metric: "waiting_time", groupBy: "resource", period: "month", filters: germany }],
    [query, { metric: "throughput", period: "week" }],
    [query, { metric: "rework", groupBy: "country" }],
    [query, { metric: "time_to", activity: "Ship order", statistic: "p90", groupBy: "resource" }],
    [query, { metric: "error_rate", deadline: "promised_date", filters: germany }],
    [listKpis, {}],
    [draft, {}],
    [draft, { activity: "Credit check", filters: germany }],
    [draft, { activity: "Credit check" }],
    [draft, { words: "if order > $500, escalate" }],
    [draft, { words: "if delay > 2h, notify manager" }],
    [simulateRule, { condition: "order_value > 500", action: "escalate", filters: germany }],
    [optimize, {}],
    [optimize, { hours: 3 }],
    [optimize, { hours: 48, budget: 10_000, filters: germany }],
    [whatIf, { change: { kind: "skip", activity: "Credit check", when: "order_value < 500" } }],
    [whatIf, { change: { kind: "add-resource", activity: "Credit check" } }],
    [whatIf, { change: { kind: "faster", activity: "Credit check", factor: 0.5 }, filters: germany }],
  ] as const
).map(([tool, input]) => [tool as unknown as ReadTool<never, unknown>, input] as const);

describe("every answer", () => {
  it.each(calls.map(([tool, input]) => [`${tool.name} ${JSON.stringify(input)}`, tool, input] as const))(
    "has facts that come out of their own SQL again, and no empty hole: %s",
    async (_, tool, input) => {
      const result = await run(tool, input);
      for (const fact of result.facts) {
        if (fact.sql !== null)
          expect(Number(await world.world.rerun(fact)), fact.label).toBeCloseTo(fact.value, 6);
      }
      expect(result.answer.figures.length).toBeLessThanOrEqual(3);
      for (const figure of result.answer.figures) expect(result.facts).toContainEqual(figure);
      for (const { text, values } of messages(result)) {
        const holes = [...text.matchAll(/\{(\w+)\}/g)].map(([, hole]) => hole!);
        expect(Object.keys(values ?? {})).toEqual(expect.arrayContaining(holes));
      }
    },
  );
});

it("the golden rules have the golden shape", async () => {
  const [first] = (await run(draft, { words: "if order > $500, escalate" })).data;
  expect(first).toMatchObject({ condition: "order_value > 500", action: "escalate" });
  const [second] = (await run(draft, { words: "if delay > 2h, notify manager" })).data;
  expect(second).toMatchObject({ condition: "order_delay > 2h", action: "notify_manager" });
});

it("what is known to cause waiting is found, and held-out", async () => {
  const rules = (await run(draft, { activity: "Credit check", threshold: 43_200 })).data;
  expect(rules.length).toBeGreaterThan(0);
  for (const rule of rules) {
    expect(rule.condition).toMatch(/country|order_value/);
    expect(rule.interval.low).toBeGreaterThan(rule.baseRate);
  }
});

it("too few hours are infeasible, and what to relax is said", async () => {
  const { data } = await run(optimize, { hours: 0.1 });
  expect(data.status).toBe("infeasible");
  expect(data.relaxation?.hours.length).toBeGreaterThan(0);
});

it("a what-if becomes a proposal that keeps its promise in view", async () => {
  const result = await run(whatIf, {
    change: { kind: "skip", activity: "Credit check", when: "order_value < 500" },
  });
  const [suggestion] = result.suggests ?? [];
  expect(suggestion?.tool).toBe("rules.publish");
  const preview = await publish.preview(publish.input.parse(suggestion?.input), world.context);
  expect(preview.promise).toMatchObject({ metric: "cycle_time", log: "log" });
  expect(preview.promise?.expected).toBeLessThan(preview.promise?.before ?? 0);
  const { rows } = await world.world.open.query(preview.promise!.sql.replace("{since}", "make_timestamp(0)"));
  expect(rows[0]?.[0]).toBeCloseTo(preview.promise!.before, 6);
});

it("a system that takes work items is offered the work instead", async () => {
  const workItems = { propose: async (item: unknown) => ({ tool: "connectors.call", input: item }) };
  const change = { kind: "skip" as const, activity: "Credit check" };
  const context = { ...world.context, services: { workItems } };
  const result = await whatIf.execute(whatIf.input.parse({ change }), context);
  expect(result.suggests?.[0]).toMatchObject({ tool: "connectors.call", input: { priority: "medium" } });
});

it("a question without cases has no figure", async () => {
  const filters = [{ kind: "attribute", attribute: "order_value", comparator: ">", value: 1e9 }];
  await expect(run(query, { filters })).rejects.toThrow("nothing to measure");
});
