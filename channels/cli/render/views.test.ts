import { describe, expect, it } from "vitest";
import { views } from "../../fixtures/views.ts";
import { painter, widthOf, wrap } from "../terminal.ts";
import { drawSheet } from "./table.ts";
import { drawView } from "./views.ts";

const page = { columns: 80, paint: painter(false) };

describe("views on a terminal", () => {
  it.each(Object.entries(views))("the %s view is drawn, and its words stay as they are", (kind, view) => {
    const drawn = drawView(view, page);
    expect(drawn).toContain(
      kind === "proposal" ? views.proposal.proposal.id : "title" in view ? view.title : "",
    );
    expect(drawn).not.toMatch(/undefined|NaN|\[object/);
    expect(drawn).toMatchSnapshot();
  });

  it("no line of a table is wider than the terminal", () => {
    for (const line of drawView(views.table, { ...page, columns: 40 }).split("\n"))
      expect(widthOf(line)).toBeLessThan(41);
  });

  it("text of a log cannot send control characters to the terminal", () => {
    const nasty = { ...views.text, text: "a\u001b]0;owned\u0007b", title: "\u001b[31mred" };
    expect(drawView(nasty, page)).not.toContain("\u001b");
  });
});

it("columns stay aligned when cells hold wide characters", () => {
  const sheet = {
    header: ["名前", "n"],
    rows: [
      ["注文を承認", "1"],
      ["ship", "20"],
    ],
    right: [false, true],
  };
  const widths = drawSheet(sheet, 40, painter(false)).split("\n").map(widthOf);
  expect(new Set(widths).size).toBe(1);
});

it("wrapping loses no word", () => {
  const text = "one two three four five six seven";
  expect(wrap(text, 10).split(/\s+/)).toEqual(text.split(" "));
});
