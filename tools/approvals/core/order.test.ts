import { describe, expect, it } from "vitest";
import { riskiestFirst } from "./order.ts";

const item = (id: string, risk: string, money: number | null, day: number) => ({
  id,
  risk,
  money,
  expires: new Date(Date.UTC(2026, 10, day)),
});

describe("the order of proposals", () => {
  it("puts what cannot be taken back first, then most money, then what lapses first", () => {
    const items = [
      item("late", "write", null, 20),
      item("soon", "write", null, 19),
      item("rich", "write", 500, 25),
      item("final", "irreversible", 1, 30),
    ];
    expect(riskiestFirst(items).map(({ id }) => id)).toEqual(["final", "rich", "soon", "late"]);
  });
});
