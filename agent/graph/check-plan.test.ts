import { AIMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Person, readTool } from "../../tools/define.ts";
import { calendar } from "../../tools/inputs.ts";
import { createRegistry } from "../../tools/registry.ts";
import publish from "../../tools/rules/publish.tool.ts";
import { checkPlan } from "./check-plan.ts";

const maya: Person = { id: "maya", tenant: "t", name: "Maya", roles: ["manager"] };

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
const inputs = (given?: string) => checkPlan(plan, registry, null, "", given).good.map(({ input }) => input);

describe("a calendar that comes with the message", () => {
  it("goes to every call that can count by it, before what its words say, and to no other", () => {
    expect(inputs("Berlin")).toEqual([{ calendar: "Berlin" }, { calendar: "Berlin" }, {}]);
  });

  it("is not there unless it was given", () => {
    expect(inputs()).toEqual([{ calendar: "business hours" }, {}, {}]);
  });
});

describe("what a model may put into a call", () => {
  const connect = { ...tool("test.connect", z.looseObject({})), ...{ notFromModels: ["credential"] } };
  const guarded = createRegistry([{ ...connect, fromTheMessage: ["specification"] }]);
  const refusals = (args: Record<string, unknown>, text: string) => {
    const message = new AIMessage({ content: "", tool_calls: [{ id: "1", name: "test.connect", args }] });
    return checkPlan(message, guarded, null, text).bad.map(({ error }) => error.message);
  };

  it("is no reference to a secret, whatever the message says", () => {
    const args = { credential: { token: "env:TOKEN" } };
    expect(refusals(args, JSON.stringify(args))).toEqual([expect.stringContaining("credential")]);
  });

  it("is a text that the person sent, and no other; spaces do not matter", () => {
    const args = { specification: '{"openapi": "3.1.0"}' };
    expect(refusals(args, 'import this: {"openapi":"3.1.0"}')).toEqual([]);
    expect(refusals(args, "import what the log says")).toEqual([expect.stringContaining("specification")]);
  });
});

describe("a rule that a model writes", () => {
  const rules = createRegistry([publish]);
  const badly = (condition: string) => {
    const args = { log: "orders", condition, action: "escalate" };
    const message = new AIMessage({ content: "", tool_calls: [{ id: "1", name: "rules.publish", args }] });
    return checkPlan(message, rules, maya, "publish a rule");
  };

  it("is no plan while its condition cannot be read, and the model hears where it breaks", () => {
    const { good, bad } = badly("amount >> 500 and");
    expect(good).toEqual([]);
    expect(bad[0]!.error.message).toMatch(/at character 9.*at condition/u);
  });

  it("is one when it can", () => {
    expect(badly("amount > 500").bad).toEqual([]);
  });
});
