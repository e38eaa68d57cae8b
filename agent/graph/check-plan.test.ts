import { AIMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readTool } from "../../tools/define.ts";
import { calendar } from "../../tools/inputs.ts";
import { createRegistry } from "../../tools/registry.ts";
import { checkPlan } from "./check-plan.ts";

const tool = (name: string, input: z.ZodType) =>
  readTool({
    name,
    version: 1,
    description: "For tests.",
    examples: { en: ["for tests"] },
    input,
    execute: () => Promise.reject(new Error("not here")),
  });
const registry = createRegistry([
  tool("test.timed", z.object({ calendar: calendar.optional() })),
  tool("test.plain", z.strictObject({})),
]);
const plan = new AIMessage({
  content: "",
  tool_calls: [
    { id: "1", name: "test.timed", args: { calendar: "business hours" } },
    { id: "2", name: "test.timed", args: {} },
    { id: "3", name: "test.plain", args: {} },
  ],
});
const inputs = (given?: string) => checkPlan(plan, registry, null, given).good.map(({ input }) => input);

describe("a calendar that comes with the message", () => {
  it("goes to every call that can count by it, before what its words say, and to no other", () => {
    expect(inputs("Berlin")).toEqual([{ calendar: "Berlin" }, { calendar: "Berlin" }, {}]);
  });

  it("is not there unless it was given", () => {
    expect(inputs()).toEqual([{ calendar: "business hours" }, {}, {}]);
  });
});
