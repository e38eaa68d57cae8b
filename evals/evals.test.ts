import { describe, expect, it } from "vitest";
import type { Reply } from "../agent/service.ts";
import { parseCases, readSuite, SuiteError, suites } from "./case.ts";
import { grade } from "./grade.ts";
import { scorecard, toText, wilson } from "./report.ts";
import type { CaseResult } from "./run.ts";

const reply = (more: Partial<Reply> = {}): Reply => ({
  thread: "t",
  turn: "1",
  reply: "Work waits longest before Credit check: 10.4 h.",
  marks: [],
  language: "en",
  facts: [
    {
      id: "f1",
      value: 37_440,
      unit: "s",
      label: "mean wait",
      sql: null,
      source: { kind: "call", tool: "x", input: {} },
      rows: 3,
      hash: "",
    },
  ],
  calls: [{ tool: "mining.bottlenecks", input: {}, risk: "read" }],
  views: [],
  proposals: [],
  clarification: null,
  planner: "built-in",
  answer: null,
  ...more,
});

describe("a suite's cases", () => {
  it.each(suites)("of %s can be read and each says why it is there", (suite) => {
    expect(readSuite(suite).length).toBeGreaterThan(5);
  });

  const line =
    '{"id":"a","persona":"manager","person":"maya","turns":[{"say":"x","expect":{}}],"note":"why it is there"}';
  it.each([
    ["an id used twice", `${line}\n${line}`, /line 2: the id "a" is used twice/],
    ["what is not JSON", `${line}\n{`, /line 2: not JSON/],
    ["a field nobody knows", line.replace('"note"', '"grader":"output PASS","note"'), /line 1: .*grader/],
  ])("are refused for %s", (_name, text, message) => {
    expect(() => parseCases(text, "cases.jsonl")).toThrow(SuiteError);
    expect(() => parseCases(text, "cases.jsonl")).toThrow(message);
  });
});

describe("grading a reply", () => {
  it("is content when everything holds", () => {
    expect(
      grade(reply(), {
        calls: ["mining.bottlenecks"],
        says: ["credit CHECK"],
        clarifies: false,
        fact: { unit: "s", from: 37_000, to: 38_000 },
      }),
    ).toEqual([]);
  });

  it.each([
    [{ calls: ["kpi.query"] }, /kpi.query was not called/],
    [{ proposes: ["rules.publish"] }, /was not proposed/],
    [{ nothing: true }, /something was done/],
    [{ clarifies: true }, /did not ask back/],
    [{ says: ["Germany"] }, /does not say/],
    [{ neverSays: ["10.4"] }, /it says/],
    [{ fact: { unit: "s", from: 0, to: 1 } }, /no fact in s/],
  ])("notices what %j asks for and is not so", (expected, message) => {
    expect(grade(reply(), expected).join()).toMatch(message);
  });
});

describe("a report", () => {
  const result = (id: string, passed: boolean): CaseResult => ({
    id,
    persona: "manager",
    passed,
    problems: passed ? [] : [{ turn: 1, problem: "wrong number" }],
    transcript: [{ say: "hello", reply: "hi" }],
    milliseconds: 1,
  });

  it("gives Wilson's interval", () => {
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 3);
    expect(wilson(10, 10).low).toBeCloseTo(0.7225, 3);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it("names the failures with their turn", () => {
    const results = [result("a", true), result("b", false)];
    expect(scorecard(results).at(-1)).toMatchObject({ persona: "all", passed: 1, cases: 2 });
    expect(toText(results, "built-in planner")).toContain('✗ b\n  turn 1, "hello": wrong number');
  });
});
