import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseOfThread } from "./case-of-thread.ts";
import { scrub } from "./scrub.ts";

describe("scrubbing a text", () => {
  it.each([
    ["write to jana.möller@example.co.uk today", "write to [mail] today"],
    ["see https://intra.example/x?token=abc, please", "see [link] please"],
    ["pay to DE89 3704 0044 0532 0130 00", "pay to [account]"],
    ["call +49 (0)30 901820-12", "call [phone]"],
    ["customer 471100815", "customer [number]"],
    ["key sk-ant-abcdefgh12345", "key [secret]"],
    ["is Lena Vogt slower than LENA?", "is [person] slower than [person]?"],
    ["orders over 1,250,000 in 2026", "orders over 1,250,000 in 2026"],
    ["only O00012, above 500.25", "only O00012, above 500.25"],
  ])("%s", (text, scrubbed) => {
    expect(scrub(text, ["Lena Vogt"]).text).toBe(scrubbed);
  });

  it("says what it took out", () => {
    expect(scrub("a@b.io and c@d.io", []).removed).toEqual({ "[mail]": 2 });
  });

  it("leaves no name, whatever stands around it", () => {
    const words = fc.string({ unit: fc.constantFrom(..."abc XYZ.,;!?-()*+[]\\") });
    fc.assert(
      fc.property(
        words,
        words,
        fc.constantFrom("Ana Ray", "O'Neil (ext.)", "Böll"),
        (before, after, name) => {
          const { text } = scrub(`${before} ${name} ${after}`, [name]);
          expect(text.toLowerCase()).not.toContain(name.toLowerCase());
        },
      ),
    );
  });
});

describe("a thread as a case", () => {
  const turn = {
    say: "how long does Lena Vogt take for 471100815?",
    language: "en",
    calls: [{ tool: "kpi.query", input: { filters: [{ value: "Lena Vogt" }], threshold: 5 } }],
    proposes: [],
    clarifies: false,
  };
  const thread = { thread: "t", role: "approver", log: "loan", turns: [turn], names: ["Lena Vogt"] };

  it("has no person in it, neither in words nor in inputs, and asks for review", () => {
    const drafted = caseOfThread(thread);
    expect(JSON.stringify(drafted.case)).not.toMatch(/Lena|Vogt|471100815/);
    expect(drafted.case).toMatchObject({
      persona: "approver",
      person: "ana",
      log: "loan",
      review: expect.any(String),
    });
    expect(drafted.removed).toEqual({ "[person]": 2, "[number]": 1 });
  });

  it("has the same id each time, and keeps numbers of the input", () => {
    expect(caseOfThread(thread)).toEqual(caseOfThread(thread));
    expect(JSON.stringify(caseOfThread(thread).case)).toContain('"threshold":5');
  });
});
