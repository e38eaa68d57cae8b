import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSuites, suites } from "../suites.ts";
import { MutantOutdatedError, mutants, mutate, turnOf, urlOf } from "./mutants.ts";
import { inWords, survivors } from "./run.ts";

describe("the agent's mutants", () => {
  const all = mutants();

  it("are at least 40, each with an id of its own", () => {
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it.each(all.map((mutant) => [mutant.id, mutant] as const))(
    "%s is a fault of the file as it is now",
    (_id, mutant) => {
      const text = readFileSync(urlOf(mutant), "utf8");
      expect(mutate(text, mutant)).not.toBe(text);
    },
  );

  it("are looked for by cases that there are", () => {
    const known = new Set(readSuites(suites).map(({ id }) => id));
    expect(all.flatMap(({ cases }) => cases).filter((id) => !known.has(id))).toEqual([]);
  });

  it("do not apply where the text is not there, or twice", () => {
    const mutant = { ...all[0]!, find: "x" };
    expect(() => mutate("", mutant)).toThrow(MutantOutdatedError);
    expect(() => mutate("x x", mutant)).toThrow(MutantOutdatedError);
  });
});

describe("a day's share of the mutants", () => {
  const all = mutants();

  it("is the same all day, and another one the day after", () => {
    const ids = (day: number) => turnOf(all, 8, day).map(({ id }) => id);
    expect(new Set(ids(20_000)).size).toBe(8);
    expect(ids(20_000)).toEqual(ids(20_000));
    expect(ids(20_000).filter((id) => ids(20_001).includes(id))).toEqual([]);
  });

  it("lets all have their turn within as many days as it takes", () => {
    const days = Array.from({ length: Math.ceil(all.length / 8) }, (_, day) => turnOf(all, 8, 20_000 + day));
    expect(new Set(days.flat().map(({ id }) => id)).size).toBe(all.length);
  });

  it("is all of them where there are fewer", () => {
    expect(turnOf(all.slice(0, 3), 8, 1)).toHaveLength(3);
  });
});

describe("a report on mutants", () => {
  const [first, second] = mutants();
  const report = {
    results: [
      { mutant: first!, caughtBy: ["a"], broke: null },
      { mutant: second!, caughtBy: [], broke: null },
    ],
    unsound: ["b"],
  };

  it("names those that no case noticed", () => {
    expect(survivors(report).map(({ mutant }) => mutant.id)).toEqual([second!.id]);
    expect(inWords(report)).toContain("1/2 caught (50.0 %)");
    expect(inWords(report)).toContain(second!.fault);
    expect(inWords(report)).toContain("left out: b");
  });
});
