import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tools } from "../../tools/index.ts";
import { hostedTools } from "./hosted-tools.ts";
import { everythingRequired, refusesStrict, strictSchema, withoutNulls } from "./strict.ts";

const schema = {
  type: "object",
  properties: {
    condition: { type: "string", minLength: 1 },
    share: { type: "number", minimum: 0, maximum: 1 },
    note: { type: ["string", "null"] },
    steps: {
      type: "array",
      items: {
        type: "object",
        properties: { name: { type: "string" }, wait: { type: "integer", default: 0 } },
        required: ["name"],
      },
    },
  },
  required: ["condition"],
};

describe("a strict schema", () => {
  it("has closed objects, and leaves bounds to the check afterwards", () => {
    expect(strictSchema(schema)).toEqual({
      type: "object",
      additionalProperties: false,
      required: ["condition"],
      properties: {
        condition: { type: "string" },
        share: { type: "number" },
        note: { type: ["string", "null"] },
        steps: {
          type: "array",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["name"],
            properties: { name: { type: "string" }, wait: { type: "integer" } },
          },
        },
      },
    });
  });

  it.each([
    ["a record", { type: "object", additionalProperties: { type: "string" } }],
    ["an object without names", { type: "object" }],
    ["anything at all", {}],
    ["a list of anything", { type: "array" }],
    ["one type or an object", { type: ["string", "object"] }],
    ["a reference", { $ref: "#/definitions/a" }],
    ["a choice of which one is open", { anyOf: [{ type: "string" }, { type: "object" }] }],
  ])("is not made of %s", (_what, open) => {
    expect(strictSchema({ type: "object", properties: { open } })).toBeNull();
  });

  it("has null for what may be absent, where a server wants everything", () => {
    const all = everythingRequired(strictSchema(schema)!);
    expect(all["required"]).toEqual(["condition", "share", "note", "steps"]);
    expect(all).toMatchObject({
      properties: {
        condition: { type: "string" },
        share: { anyOf: [{ type: "number" }, { type: "null" }] },
        note: { type: ["string", "null"] },
      },
    });
  });

  it("gives the input back as it was meant: nulls of what is absent are gone, other nulls stay", () => {
    const given = { condition: "a > 1", share: null, note: null, steps: [{ name: "x", wait: null }] };
    expect(withoutNulls(given, schema)).toEqual({ condition: "a > 1", note: null, steps: [{ name: "x" }] });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        withoutNulls(value, schema);
      }),
    );
  });

  it("is there for rules that are published, and for no tool whose schema is a placeholder", () => {
    const declared = new Map(hostedTools(tools).declared.map((tool) => [tool.name, tool]));
    expect(declared.get("rules__publish")?.strict).toMatchObject({ additionalProperties: false });
    expect(declared.get("rules__draft")?.strict).toBeUndefined();
    expect(declared.get("mining__bottlenecks")?.strict).toBeUndefined();
    const strict = [...declared.values()].flatMap((tool) => tool.strict ?? []);
    expect(strict.length).toBeGreaterThan(0);
    expect(strict.length).toBeLessThanOrEqual(20);
  });

  it("is known by what servers say that refuse it", () => {
    expect(refusesStrict("tools.3.custom: strict: Extra inputs are not permitted")).toBe(true);
    expect(refusesStrict("Invalid schema for function 'rules__publish'")).toBe(true);
    expect(refusesStrict("Schema is too complex for compilation")).toBe(true);
    expect(refusesStrict("messages: roles must alternate")).toBe(false);
  });
});
