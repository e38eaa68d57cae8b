import { describe, expect, it } from "vitest";
import { withoutFormula } from "./formula.ts";

describe("a cell for a spreadsheet", () => {
  it.each(["=1+1", "+SUM(A1)", "-2+3", "@SUM(A1)", "\t=1", "=cmd|'/C calc'!A0", "＝1+1", "-A1", "=-5"])(
    "does not run %j as a formula",
    (text) => expect(withoutFormula(text)).toBe(`'${text}`),
  );

  it.each([
    ["\n=1+1", "'\n'=1+1"],
    ["two lines\r\n=cmd|'/C calc'!A0", "two lines\r\n'=cmd|'/C calc'!A0"],
    ["a\n＝1", "a\n'＝1"],
  ])("runs no further line of %j either", (text, shown) => expect(withoutFormula(text)).toBe(shown));

  it.each([
    "a list:\n- of\n- two",
    "from\n-5 to\n+5",
    "-5",
    "+49",
    "-1.5",
    "-1,234.5",
    "+3%",
    "-1e-9",
    "a=b",
    "Credit check",
    "'quoted",
    "",
  ])("leaves %j as it is", (text) => expect(withoutFormula(text)).toBe(text));
});
