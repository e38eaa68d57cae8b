/** Which figure is asked for, and of what, where words that count stand beside words that measure. */
import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

type Log = Parameters<typeof sampleBriefing>[1];

function callOf(text: string, code: string, log: Log = "order-to-cash") {
  const plan = analyse(text, sampleBriefing(text, log, { language: code }));
  return plan.kind === "say" ? { say: plan.say } : plan.frames[0];
}

describe("a mean that is asked for with a word that counts", () => {
  it.each([
    ["pl", "Ile średnio trwa realizacja zamówienia?"],
    ["pl", "ile średnio dni czeka zamówienie na wysyłkę"],
    ["en", "how many days does an order take on average?"],
    ["de", "wie viele Tage dauert ein Auftrag im Schnitt?"],
    ["nl", "hoeveel dagen duurt een order gemiddeld?"],
  ])("is a mean in %s: %s", (code, text) => {
    expect(callOf(text, code)).toMatchObject({ tool: "kpi.query", input: { statistic: "mean" } });
  });

  it.each([
    ["pl", "ile trwa zamówienie?"],
    ["pl", "o ile różni się czas realizacji między edi a telefonem"],
  ])("counts nothing in %s where no mean is named: %s", (code, text) => {
    expect(callOf(text, code)).not.toMatchObject({ input: { statistic: "count" } });
  });
});

it("a percentile of closed tickets is one of their time, not of how many there are", () => {
  const call = callOf("先月クローズしたチケットの90パーセンタイルは?", "ja", "helpdesk");
  expect(call).toMatchObject({ tool: "kpi.query", input: { statistic: "p90" } });
  expect(call).not.toMatchObject({ input: { metric: "throughput" } });
});

describe("what is held against what", () => {
  it("is cases with a step and cases without it", () => {
    expect(callOf("督促ありの注文と督促なしの注文でリードタイムはどれくらい差がある?", "ja")).toMatchObject({
      tool: "mining.compare",
      input: {
        a: { filters: [{ kind: "activity", activities: ["Send reminder"], mode: "any" }] },
        b: { filters: [{ kind: "activity", activities: ["Send reminder"], mode: "none" }] },
      },
    });
  });

  it("is cases with one step and cases with another", () => {
    expect(callOf("1次で解決したのと専門担当で解決したのと所要時間の差は?", "ja", "helpdesk")).toMatchObject({
      tool: "mining.compare",
      input: {
        a: { filters: [{ activities: ["Resolve by first line"], mode: "any" }] },
        b: { filters: [{ activities: ["Resolve by specialist"], mode: "any" }] },
      },
    });
  });

  it("is two quarters, the second of them by its place alone", () => {
    expect(callOf("czy w drugim kwartale było gorzej niż w pierwszym?", "pl")).toMatchObject({
      tool: "mining.compare",
      input: {
        a: { filters: [{ from: "2026-04-01T00:00:00.000Z" }] },
        b: { filters: [{ from: "2026-01-01T00:00:00.000Z", to: "2026-04-01T00:00:00.000Z" }] },
      },
    });
  });

  it("is two months where the word for 'than' also means 'since'", () => {
    expect(callOf("czerwiec był wolniejszy od maja?", "pl")).toMatchObject({
      input: { b: { filters: [{ to: "2026-06-01T00:00:00.000Z" }] } },
    });
  });
});

it.each([
  ["zh", "五月份1万到5万之间的贷款放了多少笔", 10_000],
  ["pl", "ile pożyczek powyżej 10 tys. euro wypłacono w maju", 10_000],
  ["nl", "hoeveel leningen tussen 10k en 50k zijn er uitbetaald in mei", 10_000],
])("amounts beside a month stay amounts in %s: %s", (code, text, value) => {
  const call = callOf(text, code, "loan");
  const input = JSON.stringify(call !== undefined && "input" in call ? call.input : {});
  expect(input).toContain(`"value":${String(value)}`);
  expect(input).toContain("2026-05-01T00:00:00.000Z");
  expect(input).not.toContain('"currency"');
});

it.each([
  ["pl", "Wyjaśnij mi propozycję 12c9: kogo dotyczy"],
  ["ja", "提案12c9の内容を説明して"],
])("a proposal's id is taken as it is said, though none is known by it, in %s", (code, text) => {
  expect(callOf(text, code)).toMatchObject({ tool: "approvals.explain", input: { proposal: "12c9" } });
});

it("a word of an idiom is no attribute to group by", () => {
  expect(callOf("kto ma najwięcej zgłoszeń na głowie?", "pl", "helpdesk")).not.toMatchObject({
    say: "cannot",
  });
});

describe("two attributes side by side", () => {
  it.each([
    "cross-tab of average cycle time, channel against customer tier",
    "median lead time: channel vs customer tier",
    "mean lead time by channel and customer tier",
  ])("are a table of both: %s", (text) => {
    expect(callOf(text, "en")).toMatchObject({ input: { groupBy: "channel", andBy: "customer_tier" } });
  });
});

describe("a mean of nothing in particular", () => {
  it.each([
    ["en", "What's the average for Hamburg?", "cycle time"],
    ["de", "Was ist der Durchschnitt für Hamburg?", "Durchlaufzeit"],
  ])("is one of the duration and of each amount, held against each other (%s)", (code, text, label) => {
    const call = callOf(text, code, "loan");
    expect(call).toMatchObject({ label, input: { metric: "cycle_time", statistic: "mean" } });
    expect(call).toMatchObject({ variants: [{ label: "amount" }, { label: "score" }] });
  });

  it("is that of the duration where the question says how long", () => {
    expect(callOf("how long on average for Hamburg?", "en", "loan")).toMatchObject({ variants: [] });
  });
});

it("of two steps that a word stands for, each is counted alone", () => {
  const call = callOf("how many orders were returned in May", "en");
  const counted = (step: string) =>
    expect.arrayContaining([{ kind: "activity", activities: [step], mode: "any" }]);
  expect(call).toMatchObject({
    input: { filters: counted("Return goods") },
    variants: [{ input: { filters: expect.not.arrayContaining([counted("Return goods")]) } }],
  });
});

it("a step that is to happen within a time is a limit to its time, whatever 'always' says besides", () => {
  expect(
    callOf("Do we always send the offer within 3 days of the application coming in?", "en", "loan"),
  ).toMatchObject({
    tool: "mining.rules-check",
    input: { kind: "within", threshold: 259_200, activities: ["Send offer"] },
  });
});

describe("how many there are", () => {
  it.each([
    ["en", "which country has the most orders?", "order-to-cash", "country"],
    ["en", "which category has the fewest tickets?", "helpdesk", "category"],
    ["de", "Welches Land hat die meisten Bestellungen?", "order-to-cash", "country"],
  ] as const)("is what groups are held against each other by (%s): %s", (code, text, log, groupBy) => {
    expect(callOf(text, code, log)).toMatchObject({
      tool: "kpi.query",
      input: { metric: "throughput", statistic: "count", groupBy },
    });
  });

  it("is of cases with a step where the step is what there are most of", () => {
    expect(callOf("which branch approves the fewest loans?", "en", "loan")).toMatchObject({
      input: { statistic: "count", filters: [{ kind: "activity", activities: ["Approve loan"] }] },
    });
  });
});

describe("which cases", () => {
  it("are those with a step that is said of them in a word", () => {
    const approved = { kind: "activity", activities: ["Approve loan"], mode: "any" };
    expect(callOf("show applications with score below 400 that were approved", "en", "loan")).toMatchObject({
      input: { filters: expect.arrayContaining([approved]) },
    });
  });

  it("are those of two months that follow each other, in one window", () => {
    expect(callOf("total order value in April and May", "en")).toMatchObject({
      input: { filters: [{ from: "2026-04-01T00:00:00.000Z", to: "2026-06-01T00:00:00.000Z" }] },
    });
  });

  it("are all but those that are said to be left out", () => {
    expect(callOf("mean lead time for everything but web", "en")).toMatchObject({
      input: { filters: [{ comparator: "!=", value: "web" }] },
    });
  });
});

it("the time within which a step is to follow begins with the step it is said to be of", () => {
  expect(callOf("are invoices always sent within 2 days of shipping?", "en")).toMatchObject({
    input: { kind: "within", activities: ["Ship order", "Create invoice"], threshold: 172_800 },
  });
});

it("cases that are left out are no step that is skipped", () => {
  const call = callOf("is the credit check still the bottleneck if we leave out Germany?", "en");
  expect(call).not.toMatchObject({ tool: "optimization.what-if" });
});
