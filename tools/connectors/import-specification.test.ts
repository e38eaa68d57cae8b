import { describe, expect, it } from "vitest";
import { SpecificationError } from "./core/read-specification.ts";
import { parseSpecification } from "./import-specification.ts";

const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
  .split("")
  .map((name, index) => `${name}: &${name} [${`*${"abcdefg"[index]},`.repeat(10)}]`)
  .join("\n")}`;

describe("a specification that cannot be used", () => {
  it.each([
    ["empty text", "", /not an API specification/],
    ["broken JSON", '{"openapi": "3.1.0",', /neither JSON nor YAML/],
    ["broken YAML", "openapi: 3.1.0\n  info: [", /line 1/],
    ["a YAML alias bomb", bomb, /alias/i],
    [
      "a reference to nowhere",
      '{"openapi":"3.0.0","info":{"title":"x","version":"1"},"paths":{"/a":{"get":{"parameters":[{"$ref":"#/components/parameters/none"}],"responses":{}}}}}',
      /does not hold together/,
    ],
    ["something else", '{"hello":"world"}', /not an API specification/],
    ["binary", "\u0000\u0001\u0002PK", /./],
  ])("is refused: %s", async (_name, text, message) => {
    const failed = await parseSpecification(text, "spec.yaml").catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SpecificationError);
    expect((failed as SpecificationError).message).toMatch(message);
    expect((failed as SpecificationError).details.remedy).toBeTruthy();
  });

  it("never opens what a reference points to outside the file", async () => {
    const outside = { type: "object", properties: { secret: { $ref: "file:///etc/passwd" } } };
    const { operations } = await parseSpecification(
      JSON.stringify({
        openapi: "3.0.0",
        info: { title: "x", version: "1" },
        servers: [],
        paths: {
          "/a": {
            post: { requestBody: { content: { "application/json": { schema: outside } } }, responses: {} },
          },
        },
      }),
    );
    expect(JSON.stringify(operations)).not.toContain("root:");
    expect(operations[0]?.parameters[0]?.schema).toEqual({ type: "object", properties: { secret: {} } });
  });
});
