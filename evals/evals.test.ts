import { describe, expect, it } from "vitest";
import type { Reply } from "../agent/service.ts";
import { languages, parseCases, SuiteError } from "./case.ts";
import { grade } from "./grade.ts";
import { divergence, matches, pair } from "./match.ts";
import { toText } from "./report/text.ts";
import type { CaseResult } from "./run.ts";
import { scorecard } from "./scorecard.ts";
import { differenceInterval, mcnemar, quantile, wilson } from "./statistics.ts";
import { chosenSuites, isHeldOut, readSuite, readSuites, suites, UnknownSuiteError } from "./suites.ts";
import { readsAs, saysItLacks } from "./words.ts";

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
  calls: [{ tool: "mining.bottlenecks", input: { log: "orders" }, risk: "read" }],
  views: [],
  proposals: [],
  clarification: null,
  planner: "built-in",
  answer: null,
  ...more,
});

const line =
  '{"id":"a","persona":"manager","capability":"waiting","risk":"read","person":"maya","turns":[{"say":"x","expect":{}}],"note":"why it is there"}';

describe("a suite's cases", () => {
  it.each(suites)("of %s can be read and each says why it is there", (suite) => {
    expect(readSuite(suite).length).toBeGreaterThan(2);
  });

  it("have an id of their own over all suites", () => {
    expect(readSuites(suites).length).toBeGreaterThan(40);
  });

  it("without attacks are at least 50 for each persona and 40 in each language", () => {
    const cases = readSuites(suites).filter(({ attack }) => attack === undefined);
    const few = (name: "persona" | "language", least: number) =>
      [...Map.groupBy(cases, (one) => one[name])]
        .filter(([, own]) => own.length < least)
        .map(([value, own]) => `${value}: ${own.length}`);
    expect([...few("persona", 50), ...few("language", 40)]).toEqual([]);
    expect(new Set(cases.map(({ language }) => language))).toEqual(new Set(languages));
  });

  it.each([
    ["an id used twice", `${line}\n${line}`, /line 2: the id "a" is used twice/],
    ["what is not JSON", `${line}\n{`, /line 2: not JSON/],
    ["a field nobody knows", line.replace('"note"', '"grader":"output PASS","note"'), /line 1: .*grader/],
    ["an unknown capability", line.replace("waiting", "juggling"), /line 1: .*capability/],
  ])("are refused for %s", (_name, text, message) => {
    expect(() => parseCases(text, "cases.jsonl")).toThrow(SuiteError);
    expect(() => parseCases(text, "cases.jsonl")).toThrow(message);
  });

  it("may name any of several tools, with parts of their input", () => {
    const calls =
      '[["kpi.query","mining.between"],{"tool":"kpi.query","input":{"limit":{"between":[1,2]}}},"logs.list"]';
    expect(() => parseCases(line.replace('"expect":{}', `"expect":{"calls":${calls}}`), "c")).not.toThrow();
  });

  it("are chosen by suite, and an unknown suite is named with those there are", () => {
    expect(chosenSuites([])).toEqual(suites);
    expect(() => chosenSuites(["silver-paths"])).toThrow(UnknownSuiteError);
  });

  it("are held out by a third, by id and words alone", () => {
    const cases = Array.from({ length: 900 }, (_, index) => ({
      id: `case-${index}`,
      turns: [{ say: "x", expect: {} }],
    }));
    expect(cases.filter(isHeldOut).length / 900).toBeCloseTo(1 / 3, 1);
    expect(isHeldOut(cases[0]!)).toBe(isHeldOut({ ...cases[0]! }));
  });
});

describe("an input", () => {
  it.each([
    [{ activity: "credit check" }, { activity: "Credit check", log: "orders" }],
    [{ limit: { between: [7_000, 7_300] } }, { limit: 7_200 }],
    [{ from: { between: ["2026-06-01", "2026-06-02"] } }, { from: "2026-06-01T00:00:00Z" }],
    [
      { filters: { attribute: "country", value: "Germany" } },
      { filters: [{ kind: "x", attribute: "country", value: "Germany" }] },
    ],
    [{ filters: [{ value: 5 }] }, { filters: [{ value: 4 }, { value: 5 }] }],
    [{ window: { any: true } }, { window: { from: null } }],
    [{ activity: ["a"] }, { activity: "A" }],
  ])("%j is found in %j", (expected, given) => {
    expect(matches(expected, given)).toBe(true);
  });

  it.each([
    [{ limit: 5 }, { limit: 5.1 }],
    [{ limit: 5 }, { limit: "5" }],
    [{ window: { any: true } }, {}],
    [{ window: { any: false } }, { window: {} }],
    [{ limit: { between: [1, 2] } }, {}],
    [{ filters: [{ value: 4 }, { value: 6 }] }, { filters: [{ value: 4 }] }],
  ])("%j is not found in %j", (expected, given) => {
    expect(matches(expected, given)).toBe(false);
  });
});

describe("a trajectory", () => {
  const made = [
    { tool: "a", input: { n: 1 } },
    { tool: "b", input: {} },
  ];
  it.each([
    ["strict", ["a", "b"], null],
    ["strict", ["b", "a"], 0],
    ["strict", ["a"], 1],
    ["unordered", ["b", "a"], null],
    ["unordered", ["b"], 0],
    ["unordered", ["a", "b", "c"], 2],
    ["subset", ["a", "b", "c"], null],
    ["subset", ["a"], 1],
    ["superset", ["b"], null],
    ["superset", ["c"], 2],
  ] as const)("that is %s to %j diverges at %s", (mode, expected, step) => {
    expect(divergence(mode, expected.map(String), made)).toBe(step);
  });

  it("leaves a particular call to the expectation that only it can meet", () => {
    expect(pair([["a", "b"], { tool: "a", input: { n: 1 } }], made)).toEqual({ missing: [], surplus: [] });
  });

  it("does not let one call stand for two", () => {
    expect(pair(["a", "a"], made).missing).toEqual(["a"]);
  });
});

describe("grading a reply", () => {
  it("is content when everything holds", () => {
    const { problems, diverges } = grade(
      reply(),
      {
        calls: [{ tool: ["mining.bottlenecks", "kpi.query"], input: { log: "ORDERS" } }],
        notCalls: ["kpi.query"],
        proposes: [],
        says: ["credit CHECK"],
        clarifies: false,
        fact: { unit: "s", from: 37_000, to: 38_000 },
      },
      "en",
    );
    expect([problems, diverges]).toEqual([[], null]);
  });

  it.each([
    ["calls", { calls: ["kpi.query"] }, /kpi.query was not called/],
    [
      "calls",
      { calls: [{ tool: "mining.bottlenecks", input: { log: "loan" } }] },
      /called with \{"log":"orders"\}/,
    ],
    ["calls", { notCalls: ["mining.bottlenecks"] }, /was called/],
    ["calls", { nothing: true }, /something was done/],
    ["proposals", { proposes: ["rules.publish"] }, /was not proposed/],
    ["clarification", { clarifies: true }, /did not ask back/],
    ["cannot", { cannot: true }, /it gave figures/],
    ["language", { language: "de" }, /it answered in en/],
    ["words", { says: ["Germany"] }, /does not say/],
    ["words", { neverSays: ["10.4"] }, /it says/],
    ["facts", { fact: { unit: "s", from: 0, to: 1 } }, /no fact in s/],
    ["facts", { facts: [{ unit: "s", from: 0, to: 1e9, label: "median" }] }, /of "median"/],
    ["trajectory", { trajectory: { mode: "strict" as const, calls: [], required: true } }, /left at step 1/],
  ] as const)("notices %s: %j", (grader, expected, message) => {
    const { problems } = grade(reply(), JSON.parse(JSON.stringify(expected)), "en");
    expect(problems.map((one) => one.grader)).toContain(grader);
    expect(problems.map(({ problem }) => problem).join()).toMatch(message);
  });

  it("only mentions a trajectory that is not required", () => {
    const graded = grade(reply(), { trajectory: { mode: "strict", calls: [], required: false } }, "en");
    expect([graded.problems, graded.diagnoses.length, graded.diverges]).toEqual([[], 1, 0]);
  });

  it("lets a cannot look at what there is", () => {
    const honest = reply({
      reply: "This log has no invoices.",
      calls: [{ tool: "logs.profile", input: {}, risk: "read" }],
    });
    expect(grade(honest, { cannot: true }, "en").problems).toEqual([]);
  });

  it("does not believe a reply's own word about its language", () => {
    const { problems } = grade(reply({ language: "de" }), { language: "de" });
    expect(problems.map(({ problem }) => problem)).toEqual([]);
    const long = reply({
      language: "de",
      reply: "The cases wait longest before this step, and there is no other one.",
    });
    expect(grade(long, { language: "de" }).problems.map(({ grader }) => grader)).toEqual(["language"]);
  });
});

describe("the words of a reply", () => {
  it.each([
    ["en", "Cases wait longest before the credit check, and there is no other step like it."],
    ["de", "Die Fälle warten am längsten vor der Bonitätsprüfung; das ist nicht neu."],
    ["fr", "Les dossiers attendent le plus longtemps avant la vérification, et ce n’est pas nouveau."],
    ["es", "Los casos esperan más antes de la verificación de crédito; no es nuevo."],
    ["pt", "Os casos esperam mais antes da verificação de crédito; não é novo."],
    ["it", "I casi aspettano di più prima della verifica del credito; non è una novità."],
    ["nl", "De zaken wachten het langst voor de kredietcheck; dat is niet nieuw."],
    ["pl", "Sprawy czekają najdłużej przed kontrolą kredytową; to nie jest nowe."],
    ["ja", "与信審査の前で案件が最も長く待っています。"],
    ["zh", "案件在信用审核之前等待的时间最长。"],
  ])("read as %s and as no other language", (language, text) => {
    expect(readsAs(text, language)).toBe(true);
    const others = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "zh"].filter(
      (code) => code !== language,
    );
    expect(others.filter((code) => readsAs(text, code))).toEqual([]);
  });

  it.each([
    "I cannot predict single cases yet.",
    "Dazu gibt es in diesem Log keine Daten.",
    "Ce journal ne contient pas de factures.",
    "このログにはそのデータがありません。",
    "日志中没有这些数据。",
  ])("say that something is lacking: %s", (text) => {
    expect(saysItLacks(text)).toBe(true);
  });

  it("do not, where they only tell", () => {
    expect(saysItLacks("Work waits longest before Credit check: 10.4 h.")).toBe(false);
  });
});

describe("statistics", () => {
  it("give Wilson's interval", () => {
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 3);
    expect(wilson(10, 10).low).toBeCloseTo(0.7225, 3);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it("give Newcombe's interval of a difference (his example: 56/70 less 48/80)", () => {
    const { low, high } = differenceInterval({ passed: 56, of: 70 }, { passed: 48, of: 80 });
    expect(low).toBeCloseTo(0.0524, 3);
    expect(high).toBeCloseTo(0.3339, 3);
  });

  it.each([
    [0, 0, 1],
    [0, 5, 0.0625],
    [1, 9, 0.021484375],
    [3, 3, 1],
  ])("give McNemar's exact test for %i gained and %i lost", (gained, lost, p) => {
    expect(mcnemar(gained, lost)).toBeCloseTo(p, 9);
    expect(mcnemar(lost, gained)).toBeCloseTo(p, 9);
  });

  it("give quantiles", () => {
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNull();
  });
});

const result = (id: string, status: CaseResult["status"], more: Partial<CaseResult> = {}): CaseResult => ({
  id,
  suite: "golden-paths",
  persona: "manager",
  language: "en",
  capability: "waiting",
  risk: "read",
  heldOut: false,
  note: "why it is there",
  epoch: 1,
  tier: "built-in",
  status,
  problems: status === "failed" ? [{ turn: 1, grader: "calls", problem: "wrong number" }] : [],
  diagnoses: [],
  diverges: null,
  transcript: [
    {
      say: "hello",
      person: "maya",
      reply: "hi",
      calls: [],
      proposals: [],
      facts: [],
      asked: false,
      shouldAsk: null,
      milliseconds: 1,
    },
  ],
  falselySure: false,
  milliseconds: 1,
  costMicros: 0,
  ...more,
});

describe("a scorecard", () => {
  it("counts what was not run as that, and never as passed", () => {
    const card = scorecard("built-in", [
      result("a", "passed"),
      result("b", "failed"),
      result("c", "not-run", { reason: "no data" }),
    ]);
    expect(card).toMatchObject({
      cases: 3,
      notRun: 1,
      reasons: { "no data": 1 },
      passAt1: { passed: 1, of: 2 },
    });
    expect(card.by.persona).toMatchObject([{ value: "manager", passed: 1, of: 2, notRun: 1 }]);
  });

  it("never mixes tiers", () => {
    const all = [result("a", "passed"), result("b", "failed", { tier: "mechanics" })];
    expect(scorecard("built-in", all).passAt1).toMatchObject({ passed: 1, of: 1 });
    expect(scorecard("live", all).cases).toBe(0);
  });

  it("tells pass@1 from pass^k, and names flaky cases", () => {
    const runs = [1, 2, 3].map((epoch) => result("a", epoch === 2 ? "failed" : "passed", { epoch }));
    const card = scorecard("built-in", [
      ...runs,
      ...[1, 2, 3].map((epoch) => result("b", "passed", { epoch })),
    ]);
    expect(card.passAt1.share).toBeCloseTo(5 / 6, 9);
    expect(card).toMatchObject({ k: 3, passHatK: { passed: 1, of: 2 }, flaky: ["a"] });
  });

  it("has the gap between what may be tuned for and what is held out", () => {
    const of = (id: string, status: CaseResult["status"], heldOut: boolean) =>
      result(id, status, { suite: "understanding-en", heldOut });
    const card = scorecard("built-in", [
      of("a", "passed", false),
      of("b", "failed", true),
      of("c", "passed", true),
    ]);
    expect(card.split).toMatchObject({
      development: { share: 1 },
      heldOut: { share: 0.5 },
      gap: { difference: 0.5 },
    });
  });
});

describe("the text of a report", () => {
  it("names failures with their turn and the line that runs them again", () => {
    const results = [result("a", "passed"), result("b", "failed")];
    const text = toText([scorecard("built-in", results)], results);
    expect(text).toContain('turn 1, "hello": wrong number');
    expect(text).toContain("npx millwright eval --case b");
  });

  it("only counts held-out failures", () => {
    const results = [result("secret", "failed", { heldOut: true, suite: "understanding-en" })];
    const text = toText([scorecard("built-in", results)], results);
    expect(text).not.toContain("secret");
    expect(text).toContain("1 held-out cases failed");
  });
});
