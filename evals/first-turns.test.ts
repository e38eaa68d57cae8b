import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { firstTurns, firstTurnsBaseline, type LanguageCounts, report } from "./first-turns.ts";

const { languages: before }: { languages: LanguageCounts[] } = JSON.parse(
  readFileSync(firstTurnsBaseline, "utf8"),
);
let now: LanguageCounts[];
beforeAll(() => {
  now = firstTurns();
}, 600_000);

describe("first turns of the understanding cases", () => {
  it.each(before.map(({ language }) => language))("are understood in %s as they were", (language) => {
    const [then, today] = [before, now].map((all) => all.find((one) => one.language === language)!);
    // Two cases either way is what training the ranker anew moves.
    expect(today!.development.whole, report([today!])).toBeGreaterThanOrEqual(then!.development.whole - 2);
    expect(today!.heldOut.whole, report([today!])).toBeGreaterThanOrEqual(then!.heldOut.whole - 2);
  });

  it("are answered wrongly and surely in at most one of a hundred", () => {
    const counts = now.flatMap(({ development, heldOut }) => [development, heldOut]);
    const sum = (of: (one: (typeof counts)[number]) => number) =>
      counts.reduce((all, one) => all + of(one), 0);
    expect(sum(({ falselySure }) => falselySure) / sum(({ of }) => of), report(now)).toBeLessThanOrEqual(
      0.01,
    );
  });

  it("are understood in every language that has a suite", () => {
    expect(now.map(({ language }) => language)).toEqual(before.map(({ language }) => language));
  });

  it("are reported with both parts, intervals and the gap between them", () => {
    const lines = report(now).split("\n");
    expect(lines.at(-4)).toBe("all");
    expect(lines.at(-3)).toMatch(/right tool: development .* %\); held out .* %\); gap .* %\)$/u);
  });
});
