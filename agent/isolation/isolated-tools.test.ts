import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import type { ReadTool, ToolContext } from "../../tools/define.ts";
import { tools } from "../../tools/index.ts";
import { WorkerPool } from "../../tools/worker-pool.ts";
import { isolated } from "./isolated-tools.ts";

const csv = `case,activity,start,end
A,Order,2026-03-02 09:00,2026-03-02 09:10
A,Check,2026-03-02 11:10,2026-03-02 11:20
B,Order,2026-03-02 10:00,2026-03-02 10:10
B,Check,2026-03-02 14:10,2026-03-02 14:40
`;
const module = new URL("../../tools/index.ts", import.meta.url);
let pool: WorkerPool;
let world: MiningWorld;

beforeAll(async () => {
  pool = new WorkerPool({ size: 2 });
  world = await worldOfCsv(csv);
});
afterAll(async () => {
  await pool.close();
  await world.close();
});

const named = (list: readonly unknown[], name: string): ReadTool =>
  (list as ReadTool[]).find((tool) => tool.name === name)!;
const apart = (name: string): ReadTool => named(isolated(tools, pool, module), name);

describe("a tool in a thread of its own", () => {
  it("says what it says in this thread", async () => {
    for (const name of ["mining.bottlenecks", "mining.variants", "mining.discover"]) {
      const tool = named(tools, name);
      const input = tool.input.parse({ ...(name === "mining.bottlenecks" ? { threshold: 60 } : {}) });
      const [here, there] = [
        await tool.execute(input, world.context),
        await apart(name).execute(input, world.context),
      ];
      expect(there.data).toEqual(here.data);
      expect(there.views).toEqual(here.views);
      expect(there.facts.map(({ value, sql, label }) => ({ value, sql, label }))).toEqual(
        here.facts.map(({ value, sql, label }) => ({ value, sql, label })),
      );
    }
  });

  it("hashes its facts over the log's digest", async () => {
    const tool = apart("mining.variants");
    const facts = async (digest: string) => {
      const open = { ...world.open, digest };
      const context: ToolContext = {
        ...world.context,
        logs: { open: async () => open, list: async () => [] },
      };
      return (await tool.execute(tool.input.parse({}), context)).facts.map(({ hash }) => hash);
    };
    expect(await facts("one")).toEqual(await facts("one"));
    expect(await facts("two")).not.toEqual(await facts("one"));
  });

  it("gives its errors back as they are", async () => {
    const tool = apart("mining.bottlenecks");
    const filters = [{ kind: "activity", activities: ["Nothing"], mode: "any" }];
    await expect(tool.execute(tool.input.parse({ filters }), world.context)).rejects.toMatchObject({
      code: expect.any(String),
      status: expect.any(Number),
    });
  });

  it("reaches neither the database nor services", async () => {
    const query = { ...named(tools, "kpi.query"), computes: true };
    const [tool] = isolated([query], pool, module);
    const input = query.input.parse({ metric: "cycle_time" });
    await expect((tool as ReadTool).execute(input, world.context)).rejects.toMatchObject({
      code: "out-of-reach",
    });
  });

  it("leaves tools that do not compute where they are", () => {
    expect(apart("kpi.query").execute).toBe(named(tools, "kpi.query").execute);
  });
});
