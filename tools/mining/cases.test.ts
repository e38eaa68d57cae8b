import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { expectFactsToHold, expectWellFormed, run } from "../../tests/fixtures/tool-results.ts";
import { generateSample } from "../logs/samples/generate.ts";
import type { CaseOrder } from "./case-order.ts";
import cases from "./cases.tool.ts";

let world: MiningWorld;

beforeAll(async () => {
  world = await worldOfCsv(generateSample("loan", { cases: 300 }).csv);
});
afterAll(() => world.close());

const listed = async (input: object) => {
  const result = await run(world, cases, input);
  return { ...result, names: (result.data as { cases: { case: string }[] }).cases.map((row) => row.case) };
};
const keyOf = async (key: string): Promise<Map<string, number | null>> =>
  new Map(
    (await world.open.query(`select case_id, ${key} from cases`)).rows.map(([name, value]) => [
      String(name),
      value === null ? null : Number(value),
    ]),
  );

describe("cases in an order", () => {
  const byKey: readonly (readonly [CaseOrder, string | undefined, string, 1 | -1])[] = [
    ["slowest", undefined, "duration_s", -1],
    ["fastest", undefined, "duration_s", 1],
    ["most-events", undefined, "events", -1],
    ["fewest-events", undefined, "events", 1],
    ["highest", "amount", "amount", -1],
    ["lowest", "amount", "amount", 1],
    ["lowest", "score", "score", 1],
    ["oldest", undefined, "epoch_us(first_event)", 1],
    ["last-started", undefined, "epoch_us(first_event)", -1],
    ["newest", undefined, "epoch_us(last_event)", -1],
    ["first-ended", undefined, "epoch_us(last_event)", 1],
  ];

  it.each(byKey)("%s by %s: the store puts them in the same order by %s", async (order, by, key, sign) => {
    const keys = await keyOf(key);
    const { names } = await listed({ order, by, limit: 25 });
    const best = [...keys.values()]
      .filter((value) => value !== null)
      .sort((left, right) => sign * (left - right))
      .slice(0, 25);
    expect(names.map((name) => keys.get(name))).toEqual(best);
  });

  it("by a figure say which case comes first and with how much, and SQL gives it again", async () => {
    for (const input of [
      { order: "highest", by: "amount" },
      { order: "lowest", by: "score", filters: [{ kind: "duration", comparator: ">", seconds: 864_000 }] },
      { order: "most-events" },
    ]) {
      const { answer, facts, names } = await listed({ ...input, limit: 1 });
      expectWellFormed({ answer, facts, views: [], data: null });
      expect(answer.headline.values?.["case"]).toBe(names[0]);
      await expectFactsToHold(world, facts);
    }
  });

  it("by an instant of the case show it, the latest first", async () => {
    const { views, answer } = await listed({ order: "highest", by: "decision_due", limit: 5 });
    const rows = (views[0] as unknown as { rows: { by: string }[] }).rows.map(({ by }) => by);
    expect(rows).toEqual([...rows].sort().reverse());
    expect(answer.headline.text).toBe("The table lists {n} by {attribute}, the latest first.");
  });

  it("by what has no order are refused, with what there is", async () => {
    await expect(listed({ order: "highest", by: "branch" })).rejects.toMatchObject({
      code: "case-order",
      message: expect.stringContaining("branch"),
    });
    await expect(listed({ order: "highest" })).rejects.toThrow("nothing says by what to order");
    await expect(listed({ order: "highest", by: "amout" })).rejects.toThrow('no attribute "amout"');
  });

  it("of which none is open are told of, as that is an answer", async () => {
    const { answer, facts, names } = await listed({ filters: [{ kind: "open" }] });
    expect(names).toEqual([]);
    expect(answer.headline.text).toBe("None is open: all {all} of {log} have ended.");
    await expectFactsToHold(world, facts);
  });
});
