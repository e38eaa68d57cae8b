import { describe, expect, it } from "vitest";
import { caseCalled } from "./one-case.ts";

describe("one case", () => {
  const names = ["O00001", "o00002", "O00002"];

  it("is found by its name as it is written", () => {
    expect(caseCalled(names, "O00002")).toBe(2);
  });

  it("is found whatever the case of the letters, where none is written so", () => {
    expect(caseCalled(names, "o00001")).toBe(0);
  });

  it("is not taken for another one", () => {
    expect(caseCalled(names, "O99999")).toBe(-1);
    expect(caseCalled(names, "O0000")).toBe(-1);
  });
});
