import { describe, expect, it } from "vitest";
import { apart } from "./document.ts";

const specification = '{"openapi":"3.0.3","info":{"title":"Tickets","version":"1"},"paths":{}}';

describe("a document behind somebody's words", () => {
  it("is kept as it was written, and is not among the words", () => {
    expect(apart(`import this: ${specification}`)).toEqual({
      words: "import this:",
      document: specification,
    });
  });

  it("may be YAML, or stand between fences", () => {
    expect(apart("use this spec\nopenapi: 3.0.0\ninfo:\n  title: T").document).toBe(
      "openapi: 3.0.0\ninfo:\n  title: T",
    );
    expect(apart("connect ```json\n{}\n``` please")).toEqual({ words: "connect please", document: "{}\n" });
  });

  it.each(["how long do orders take?", "what is {this}?", 'compare {"a": 1} with b'])(
    "is none in %s",
    (text) => {
      expect(apart(text)).toEqual({ words: text, document: null });
    },
  );
});
