import { describe, expect, it } from "vitest";
import { fixtureTools } from "./fixtures/tools.ts";
import { warmPlanner } from "./warm.ts";

describe("warming the planner", () => {
  it("rests between the pieces of a language, and ends where it is no longer wanted", async () => {
    let pieces = 0;
    const stopped = new Error("closing");
    const warmed = warmPlanner(fixtureTools, async () => {
      pieces += 1;
      if (pieces === 5) throw stopped;
    });
    await expect(warmed).rejects.toBe(stopped);
    expect(pieces).toBe(5);
  });

  it("has many small pieces for each language", { timeout: 30_000 }, async () => {
    let pieces = 0;
    await warmPlanner(fixtureTools, async () => {
      pieces += 1;
    }, ["en", "nl"]);
    expect(pieces).toBeGreaterThan(2 * fixtureTools.length);
  });
});
