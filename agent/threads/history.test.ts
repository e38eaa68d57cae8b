import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, historyFor, type PastTurn } from "./history.ts";

const turn = (index: number): PastTurn => ({
  question: `question ${index}?`,
  reply: `It takes {{f${index}}}. ${"More about it. ".repeat(300)}`,
  headline: `It takes {{f${index}}}.`,
  facts: [{ id: `f${index}`, label: `time of ${index}` }],
});
const turns = (count: number): PastTurn[] => Array.from({ length: count }, (_, index) => turn(index));
const lengthOf = (said: readonly { text: string }[]): number =>
  said.reduce((sum, { text }) => sum + text.length, 0);

describe("what a model is told of a thread", () => {
  it("is everything that was said, while that is little", () => {
    expect(historyFor([])).toEqual([]);
    const two = [turn(0), { ...turn(1), reply: "" }];
    expect(historyFor(two).map(({ from }) => from)).toEqual(["person", "agent", "person"]);
  });

  it("is the last turns whole and a line for each older one, with its facts", () => {
    const said = historyFor(turns(10));
    expect(said).toHaveLength(7);
    expect(said[0]!.text).toContain('- "question 0?": It takes {{f0}}. [{{f0}} time of 0]');
    expect(said[1]!.text).toBe("question 7?");
  });

  it("says how many turns are not shown", () => {
    expect(historyFor(turns(5), 7)[0]!.text).toContain("(7 turns before these are not shown)");
  });

  it("stays small however long the thread and whatever was said in it", () => {
    const past = fc.record({
      question: fc.string({ maxLength: 30_000, unit: "grapheme" }),
      reply: fc.string({ maxLength: 30_000 }),
      headline: fc.string({ maxLength: 3_000 }),
      facts: fc.array(fc.record({ id: fc.constant("f0123abcd"), label: fc.string({ maxLength: 500 }) })),
    });
    fc.assert(
      fc.property(fc.array(past, { maxLength: 60 }), (all) => {
        const said = historyFor(all);
        expect(lengthOf(said)).toBeLessThan(19_500);
        for (const { text } of said) expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(lengthOf(historyFor(turns(1000)))).toBeLessThan(19_500);
  });

  it("is never cut within a hole", () => {
    const text = `${"x".repeat(20)}{{f0123abcd}} and more`;
    for (let length = 18; length < 36; length += 1) {
      const cut = cutText(text, length);
      expect(cut.split("{{").length, cut).toBe(cut.split("}}").length);
      expect(cut.length).toBeLessThanOrEqual(length);
    }
  });
});
