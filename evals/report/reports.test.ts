import { describe, expect, it } from "vitest";
import { compare, inLines, outcomesOf, readOutcomes } from "../compare.ts";
import { keptRun } from "../keep.ts";
import type { CaseResult } from "../run.ts";
import { scorecard } from "../scorecard.ts";
import type { Evaluation } from "./evaluation.ts";
import { toHtml } from "./html.ts";
import { escapeXml, toJUnit } from "./junit.ts";
import { toLog } from "./log.ts";
import { toMarkdown } from "./markdown.ts";

const nasty = `</script><img src=x onerror=alert(1)> | [x](javascript:1) & "quoted"\u0000`;

const result = (id: string, status: CaseResult["status"], more: Partial<CaseResult> = {}): CaseResult => ({
  id,
  suite: "golden-paths",
  persona: "manager",
  language: "en",
  capability: "waiting",
  risk: "read",
  heldOut: false,
  note: nasty,
  epoch: 1,
  tier: "built-in",
  status,
  problems: status === "failed" ? [{ turn: 1, grader: "calls", problem: nasty }] : [],
  diagnoses: [],
  diverges: status === "failed" ? { turn: 1, call: 0 } : null,
  transcript: [
    {
      say: nasty,
      person: "maya",
      reply: nasty,
      calls: [{ tool: "kpi.query", input: { text: nasty } }],
      proposals: [],
      facts: [],
      asked: false,
      shouldAsk: null,
      milliseconds: 1,
    },
  ],
  falselySure: false,
  milliseconds: 1500,
  costMicros: 0,
  ...more,
});

const results = [
  result("good", "passed"),
  result("bad", "failed"),
  result("secret", "failed", { suite: "understanding-en", heldOut: true, epoch: 1 }),
  result("absent", "not-run", { reason: "no data" }),
];

const evaluation = (of: readonly CaseResult[] = results): Evaluation => ({
  id: "run-1",
  suites: ["golden-paths"],
  split: "all",
  epochs: 1,
  startedAt: "2026-07-01T09:00:00.000Z",
  completedAt: "2026-07-01T09:01:00.000Z",
  commit: null,
  results: of,
  cards: [scorecard("built-in", of)],
  outcomes: outcomesOf(of),
  comparisons: null,
});

describe("a report", () => {
  it.each([
    ["HTML", toHtml],
    ["JUnit", toJUnit],
    ["Markdown", toMarkdown],
    ["JSON", (of: Evaluation) => JSON.stringify(toLog(of))],
  ])("as %s names no held-out case", (_form, write) => {
    expect(write(evaluation())).not.toContain("secret");
  });

  it.each([
    ["HTML", toHtml],
    ["JUnit", toJUnit],
    ["Markdown", toMarkdown],
  ])("as %s takes what people and models said as text", (_form, write) => {
    const written = write(evaluation());
    expect(written).not.toContain("<img");
    expect(written).not.toContain("\u0000");
  });

  it("as Markdown makes no link of what somebody said", () => {
    expect(toMarkdown(evaluation())).toContain("\\[x\\](javascript:1)");
  });

  it("as HTML shows the transcript with the first diverging step, and the line that runs it again", () => {
    expect(toHtml(evaluation())).toMatch(
      /class="diverges" title="the first diverging step"><code>kpi\.query/,
    );
    expect(toHtml(evaluation())).toContain("npx millwright eval --case bad");
  });

  it("as JUnit counts failures and what was skipped", () => {
    const xml = toJUnit(evaluation());
    expect(xml).toContain('<testsuites name="millwright" tests="4" failures="2" skipped="1" time="6.000">');
    expect(xml).toContain('<skipped message="no data"/>');
    expect(xml).toContain("held out: only counted");
  });

  it("as a log has Inspect AI's fields, and a score of each grader that found something", () => {
    const log = toLog(evaluation());
    expect(Object.keys(log)).toEqual(["version", "status", "eval", "plan", "results", "stats", "samples"]);
    expect(log).toMatchObject({
      results: {
        total_samples: 4,
        completed_samples: 3,
        scores: [{ name: "built-in", scorer: "expectations", metrics: { accuracy: { name: "accuracy" } } }],
      },
    });
    const bad = log.samples.find(({ id }) => id === "bad");
    expect(bad).toMatchObject({
      epoch: 1,
      input: [{ role: "user" }],
      messages: [{ role: "user" }, { role: "assistant", tool_calls: [{ function: "kpi.query" }] }],
      output: { model: "millwright/built-in", choices: [{ stop_reason: "stop" }] },
      scores: { expectations: { value: "I" }, calls: { value: "I" } },
    });
    expect(log.samples.find(({ id }) => id === "absent")?.scores).toEqual({});
  });

  it("kept for a conversation counts held-out failures apart", () => {
    const kept = keptRun(evaluation());
    expect(kept).toMatchObject({ failures: [{ id: "bad" }], hiddenFailures: 1 });
    expect(kept.cells.reduce((sum, { of }) => sum + of, 0)).toBe(3);
  });

  it("escapes XML", () => {
    expect(escapeXml(`<a b="c">&\u0001`)).toBe("&lt;a b=&quot;c&quot;&gt;&amp;\uFFFD");
  });
});

describe("a comparison", () => {
  const before = outcomesOf(results);
  const after = outcomesOf([
    result("good", "failed"),
    result("bad", "passed"),
    result("secret", "passed", { suite: "understanding-en", heldOut: true }),
    result("new", "passed"),
  ]);

  it("pairs cases, names what flipped and only counts what is held out", () => {
    const [compared] = compare(after, before);
    expect(compared).toMatchObject({ tier: "built-in", both: 3, lost: ["good"], added: 1, removed: 0 });
    const lines = inLines(compared!).join("\n");
    expect(lines).toContain("now pass: bad, 1 held out");
    expect(lines).not.toContain("secret");
  });

  it("reads a report and a baseline alike, and nothing else", () => {
    expect(readOutcomes(JSON.stringify(toLog(evaluation())), "report.json")).toEqual(before);
    expect(readOutcomes(JSON.stringify({ note: "x", outcomes: before }), "baseline")).toEqual(before);
    expect(() => readOutcomes("{}", "other.json")).toThrow(
      /There is nothing to compare with in "other.json"/,
    );
  });
});
