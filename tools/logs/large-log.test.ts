/** A log that is too large for memory: the tools that answer in SQL say what they say of the log in memory. */
import { expect, it } from "vitest";
import { type MiningWorld, worldOf } from "../../tests/fixtures/mining-context.ts";
import { describeWithShared, shared } from "../../tests/fixtures/needs.ts";
import { type LargeLog, largeLog, type ReadTool, type ToolContext, type View } from "../define.ts";
import bottlenecks from "../mining/bottlenecks.tool.ts";
import discover from "../mining/discover.tool.ts";
import variants from "../mining/variants.tool.ts";
import { profileLog } from "./core/profile.ts";
import profile from "./profile.tool.ts";
import { readLogFile } from "./read-log.ts";

/** The world's log, as if it did not fit. */
function asLarge({ open, context }: MiningWorld): ToolContext {
  const { cases, events, first, last, vocabulary } = profileLog(open.log);
  const large: LargeLog = { cases, events, first, last, vocabulary };
  const { id, name, digest, dialect, query } = open;
  return {
    ...context,
    logs: { ...context.logs, open: async () => largeLog({ id, name, digest, dialect, query, large }) },
  };
}

const ask = (tool: ReadTool, input: object, context: ToolContext) =>
  tool.execute(tool.input.parse(input), context);

const map = (views: readonly View[]) => views.find((view) => view.kind === "process-map");

describeWithShared("a log too large for memory", () => {
  it("has the same profile, paths and process map, and every fact's SQL gives it again", async () => {
    const { columns } = await readLogFile(shared("logs/purchasing_example.csv"));
    const world = await worldOf(columns);
    try {
      const large = asLarge(world);
      const filters = [{ kind: "duration", comparator: ">", seconds: 86_400 }];
      for (const [tool, input] of [
        [profile, {}],
        [variants, { limit: 5, cover: 0.8 }],
        [variants, { limit: 5, order: "slowest", filters }],
        [variants, { limit: 5, order: "rarest", filters }],
      ] as const) {
        const [inSql, inMemory] = [await ask(tool, input, large), await ask(tool, input, world.context)];
        expect(inSql.data).toEqual(inMemory.data);
        expect(inSql.answer.headline.text).toBe(inMemory.answer.headline.text);
        for (const fact of inSql.facts) expect(await world.rerun(fact)).toBe(fact.value);
      }
      const [inSql, inMemory] = [
        await ask(discover, { filters }, large),
        await ask(discover, { filters }, world.context),
      ];
      const [drawn, wanted] = [map(inSql.views), map(inMemory.views)];
      expect(drawn?.nodes.map(rounded).sort(byText)).toEqual(wanted?.nodes.map(rounded).sort(byText));
      expect(drawn?.edges.map(rounded).sort(byText)).toEqual(wanted?.edges.map(rounded).sort(byText));
      expect(inSql.data).toMatchObject({ fitness: null, reason: expect.stringContaining("too large") });
    } finally {
      await world.close();
    }
  });

  it("is refused by name where a tool needs it in memory", async () => {
    const { columns } = await readLogFile(shared("logs/running-example.csv"));
    const world = await worldOf(columns);
    try {
      await expect(ask(bottlenecks, {}, asLarge(world))).rejects.toMatchObject({ code: "log-too-large" });
    } finally {
      await world.close();
    }
  });
});

const rounded = (row: object): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value,
      ]),
    ),
  );
const byText = (a: string, b: string): number => (a < b ? -1 : 1);
