import { describe, expect, it } from "vitest";
import { type Cell, crossTable } from "./run.ts";

const cell = (persona: string, language: string, passed: number, more: Partial<Cell> = {}): Cell => ({
  tier: "built-in",
  persona,
  capability: "waiting",
  language,
  risk: "read",
  suite: "golden-paths",
  passed,
  of: 2,
  ...more,
});

describe("the cross-table of a run", () => {
  const cells = [
    cell("manager", "en", 2),
    cell("manager", "de", 1),
    cell("analyst", "en", 0),
    cell("manager", "en", 1),
  ];

  it("adds what falls into one cell, and leaves out what no case is in", () => {
    expect(crossTable(cells, "built-in", "persona", "language")).toEqual({
      rows: ["analyst", "manager"],
      columns: ["de", "en"],
      cells: [
        [null, { passed: 0, of: 2 }],
        [
          { passed: 1, of: 2 },
          { passed: 3, of: 4 },
        ],
      ],
    });
  });

  it("never mixes tiers", () => {
    expect(
      crossTable([...cells, cell("admin", "en", 2, { tier: "mechanics" })], "mechanics", "persona", "risk"),
    ).toEqual({
      rows: ["admin"],
      columns: ["read"],
      cells: [[{ passed: 2, of: 2 }]],
    });
  });
});
