import { describe, expect, it } from "vitest";
import type { ToolContext, WriteTool } from "../../tools/define.ts";
import watch from "../../tools/kpi/watch.tool.ts";
import withdraw from "../../tools/rules/withdraw.tool.ts";
import { withItsLog } from "./complete.ts";

const meaning = (name: string) => ({ logs: { open: async () => ({ name }) } }) as unknown as ToolContext;
const write = (tool: unknown) => tool as WriteTool;

describe("the input of a proposal", () => {
  it("names the log that the thread meant when it was asked for", async () => {
    const input = { metric: "cycle_time" };
    expect(await withItsLog(write(watch), input, meaning("orders"))).toEqual({ ...input, log: "orders" });
  });

  it("keeps the log that was named", async () => {
    const input = { metric: "cycle_time", log: "loan" };
    expect(await withItsLog(write(watch), input, meaning("orders"))).toEqual(input);
  });

  it("gets no log where the tool takes none", async () => {
    const input = { rule: "r1" };
    expect(await withItsLog(write(withdraw), input, meaning("orders"))).toEqual(input);
  });
});
