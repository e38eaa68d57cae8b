import { expect, it } from "vitest";
import { z } from "zod";
import { type Person, type Role, readTool, type Tool, type ToolResult, writeTool } from "./define.ts";
import { createRegistry, named, ToolNameError } from "./registry.ts";

const result: ToolResult<null> = {
  data: null,
  facts: [],
  views: [],
  answer: { headline: { text: "Done" }, figures: [], assumptions: [] },
};
const read = (name: string, roles?: Role[]): Tool =>
  readTool({
    name,
    version: 1,
    description: name,
    examples: { en: [] },
    input: z.object({}),
    ...(roles === undefined ? {} : { roles }),
    execute: async () => result,
  });
const write: Tool = writeTool({
  name: "rules.publish",
  version: 1,
  description: "publishes",
  examples: { en: [] },
  input: z.object({}),
  risk: "write",
  preview: async () => {
    throw new Error("not part of this test");
  },
  execute: async () => {
    throw new Error("not part of this test");
  },
});
const person = (...roles: Role[]): Person => ({ id: "p", tenant: "t", name: "P", roles });
const names = (tools: readonly Tool[]): string[] => tools.map((tool) => tool.name);

it("lists tools by name and finds one", () => {
  const registry = createRegistry([write, read("mining.discover")]);
  expect(names(registry.list())).toEqual(["mining.discover", "rules.publish"]);
  expect(registry.find("rules.publish")).toBe(write);
  expect(registry.find("rules.unknown")).toBeNull();
});

it("refuses two tools of one name and a name that is not folder and file", () => {
  expect(() => createRegistry([read("mining.discover"), read("mining.discover")])).toThrow(ToolNameError);
  for (const bad of ["discover", "Mining.discover", "mining.discover.tool", "../x.y"]) {
    expect(() => createRegistry([read(bad)])).toThrow(ToolNameError);
  }
  expect(() => named("mining.discover", read("mining.other"))).toThrow(/calls itself "mining.other"/);
});

it("lets nobody without a name change anything, and keeps tools to their roles", () => {
  const registry = createRegistry([write, read("mining.discover"), read("audit.cost", ["admin"])]);
  expect(names(registry.forPerson(null))).toEqual(["mining.discover"]);
  expect(names(registry.forPerson(person("viewer")))).toEqual(["mining.discover"]);
  expect(names(registry.forPerson(person("manager")))).toEqual(["mining.discover", "rules.publish"]);
  expect(names(registry.forPerson(person("admin")))).toContain("audit.cost");
});
