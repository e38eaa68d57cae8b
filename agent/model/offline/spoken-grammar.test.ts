/** Grammar that several languages share, tried where it was found wanting. */
import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";
import { languageOf } from "./languages/index.ts";
import { read } from "./link/read.ts";

type Log = Parameters<typeof sampleBriefing>[1];

const linksIn = (text: string, code: string, log: Log = "order-to-cash") =>
  read(text, languageOf(code), sampleBriefing(text, log)).links;

function callOf(text: string, code: string, state: Readonly<Record<string, unknown>> = {}) {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", { language: code, state }));
  return plan.kind === "say" ? { say: plan.say } : plan.frames[0];
}

describe("words that are also short for a month", () => {
  it.each([
    ["es", "¿me dices cuánto tardamos?"],
    ["pt", "os dez pedidos mais lentos"],
    ["pt", "mais de dez dias"],
  ])("are none in %s: %s", (code, text) => {
    expect(linksIn(text, code).filter(({ kind }) => kind === "window")).toEqual([]);
  });

  it.each([
    ["pt", "pedidos em dez", "2025-12-01T00:00:00.000Z"],
    ["es", "pedidos de dic de 2025", "2025-12-01T00:00:00.000Z"],
  ])("are still one where they stand for it in %s: %s", (code, text, from) => {
    expect(linksIn(text, code)).toContainEqual(
      expect.objectContaining({ kind: "window", window: expect.objectContaining({ from }) }),
    );
  });
});

it("a year after a word that also ends a comparison is a year", () => {
  const windows = linksIn("por que 2020 foi tão ruim?", "pt").filter(({ kind }) => kind === "window");
  expect(windows).toHaveLength(1);
});

it("a figure with a thousand said in words is one amount", () => {
  const money = linksIn("pedidos por encima de 50 mil euros", "es").filter(({ kind }) => kind === "money");
  expect(money).toEqual([expect.objectContaining({ amount: 50_000 })]);
});

describe("a window", () => {
  it.each([
    ["en", "how many orders came in in May", "started"],
    ["de", "wie viele Aufträge sind im Mai eingegangen", "started"],
    ["es", "¿cuántos pedidos entraron en mayo?", "started"],
    ["pt", "quantas encomendas entraram em maio?", "started"],
    ["es", "¿cuántos pedidos terminamos en mayo?", "completed"],
    ["es", "duración mediana entre el 3 y el 12 de mayo", "completed"],
    ["en", "how many orders arrived late in May", "completed"],
  ])("in %s is about when cases begin or end, as is said: %s", (code, text, by) => {
    const call = callOf(text, code);
    const windows = JSON.stringify(call ?? null).match(/"by":"(\w+)"/u)?.[1] ?? "completed";
    expect(windows).toBe(by);
  });
});

describe("a step named where cases are counted says which cases", () => {
  it.each([
    ["en", "how many orders were rejected?", "Reject order", "any"],
    ["pt", "quantos pedidos precisaram de lembrete de pagamento?", "Send reminder", "any"],
    ["es", "¿cuántos pedidos no pasaron por aprobación?", "Approve order", "none"],
  ])("in %s: %s", (code, text, activity, mode) => {
    expect(callOf(text, code)).toMatchObject({
      tool: "kpi.query",
      input: { statistic: "count", filters: [{ kind: "activity", activities: [activity], mode }] },
    });
  });
});

it.each([
  ["es", "¿hay pedidos enviados sin aprobación?"],
  ["pt", "há pedidos enviados sem aprovação?"],
])("a question about what went without approval claims none (%s)", (code, text) => {
  expect(callOf(text, code)).not.toHaveProperty("say", "refuse");
});

describe("a bare figure in a follow-up is of the kind that was spoken of", () => {
  const asked = (tool: string, input: Readonly<Record<string, unknown>>) => ({ frames: [{ tool, input }] });
  it.each([
    ["es", "¿y más de 10?"],
    ["pt", "e mais de 10?"],
    ["en", "and more than 10?"],
  ])("days after days (%s)", (code, text) => {
    const before = asked("kpi.query", { metric: "cycle_time", statistic: "count", threshold: 648_000 });
    expect(callOf(text, code, before)).toMatchObject({
      input: { metric: "cycle_time", statistic: "count", threshold: 864_000 },
    });
  });

  it.each([
    ["es", "¿y el 90?"],
    ["en", "and 90?"],
  ])("a share after a share (%s)", (code, text) => {
    const before = asked("mining.variants", { cover: 0.75, order: "frequency" });
    expect(callOf(text, code, before)).toMatchObject({ tool: "mining.variants", input: { cover: 0.9 } });
  });
});

describe("a figure that is asked of what nobody knows", () => {
  it.each([
    ["es", "¿cuánto dura la inspección aduanera?"],
    ["pt", "quanto demora a vistoria?"],
    ["de", "wie lange dauert die Zollabfertigung?"],
  ])("is not that of the whole case (%s)", (code, text) => {
    expect(callOf(text, code)).toEqual({ say: "clarify" });
  });

  it.each([
    ["es", "¿cuánto tarda la verificación de crédito?"],
    ["pt", "quanto demora a fatura?"],
    ["de", "wie lange dauert die Rechnung?"],
  ])("is given where the log knows it (%s)", (code, text) => {
    expect(callOf(text, code)).toHaveProperty("tool");
  });
});

describe("what is asked of steps", () => {
  it.each<[string, string, Log, object]>([
    [
      "pl",
      "sprawdź, czy wysyłka następuje w ciągu 2 dni od kompletacji",
      "order-to-cash",
      { kind: "within" },
    ],
    ["zh", "检查规则：接单以后3天内必须发货", "order-to-cash", { kind: "within", threshold: 259_200 }],
    ["ja", "出荷の前に必ず与信チェックをしているか確認して", "order-to-cash", { kind: "before" }],
    ["zh", "检查一下发货之前是不是都做过信用审核", "order-to-cash", { kind: "before" }],
  ])(
    "a rule with a time is one within it, and a word of asking is no step, in %s: %s",
    (code, text, log, input) => {
      const plan = analyse(text, sampleBriefing(text, log, { language: code }));
      expect(plan).toMatchObject({ frames: [{ tool: "mining.rules-check", input }] });
    },
  );

  it.each<[string, string, string[]]>([
    ["zh", "从接单到发货平均要多久？", ["Receive order", "Ship order"]],
    ["ja", "請求書を出してから入金まで、だいたい何日かかる？", ["Create invoice", "Receive payment"]],
    ["pl", "ile mija od wystawienia faktury do zapłaty?", ["Create invoice", "Receive payment"]],
  ])("the time from one to another is measured between them, in %s: %s", (code, text, activities) => {
    expect(callOf(text, code)).toMatchObject({ tool: "mining.between", input: { activities } });
  });
});

describe("amounts", () => {
  it("so many cases at most are no amount that each case has", () => {
    expect(callOf("wykres kropkowy, najwyżej 50 spraw", "pl")).toMatchObject({
      tool: "mining.dotted-chart",
      input: { cases: 50 },
    });
  });

  it("money is compared with what is called so, though another column is named nearer", () => {
    const text = "ile wniosków powyżej 40 000 euro ze scoringiem poniżej 650?";
    const plan = analyse(text, sampleBriefing(text, "loan", { language: "pl" }));
    expect(plan.kind === "calls" && plan.frames[0]!.input["filters"]).toMatchObject([
      { attribute: "amount", value: 40_000 },
      { attribute: "score", value: 650 },
    ]);
  });

  it("two attributes with a sign of multiplication between them make a table", () => {
    expect(callOf("平均周期，渠道×地区", "zh")).toMatchObject({
      input: { groupBy: "channel", andBy: "region" },
    });
  });
});

it.each([
  ["pl", "Zaproponuj reguły przeciw opóźnieniom. Tylko szkic, bez publikacji!"],
  ["pl", "Znajdź, gdzie czekamy, zaproponuj reguły i nie publikuj."],
])("what is said not to be published is not proposed, in %s: %s", (code, text) => {
  const plan = analyse(text, sampleBriefing(text, "loan", { language: code }));
  const proposes = plan.kind === "calls" && (plan.act || plan.chain?.some(({ frame }) => frame === null));
  expect(proposes).toBeFalsy();
});

describe("a follow-up to a change that was supposed", () => {
  const change = { kind: "faster", factor: 0.5, activity: "Ship order" };
  const state = { frames: [{ tool: "optimization.what-if", input: { change, filters: [] } }] };
  it.each([
    ["ja", "じゃあ人を2人足す場合は？", { kind: "add-resource", count: 2, activity: "Ship order" }],
    ["zh", "那再加三个人手呢？", { kind: "add-resource", count: 3, activity: "Ship order" }],
  ])("is about its step, in %s: %s", (code, text, wanted) => {
    expect(callOf(text, code, state)).toMatchObject({ input: { change: wanted } });
  });
});

it.each([
  ["pl", "jakość danych w logu kredytowym", "loan"],
  ["zh", "贷款日志的数据质量怎么样", "loan"],
])(
  "a log is known by the language's word for its name beside a word for a log, in %s: %s",
  (code, text, log) => {
    expect(callOf(text, code)).toMatchObject({ tool: "logs.quality", input: { log } });
  },
);

it("a case is meant by its place in the list that was shown", () => {
  const state = {
    frames: [{ tool: "mining.cases", input: { order: "slowest", limit: 3 } }],
    shown: ["O-1", "O-2", "O-3"].map((name) => ({ kind: "row", name })),
  };
  expect(callOf("2番目の詳細を見せて", "ja", state)).toMatchObject({ input: { case: "O-2" } });
});

it("what is only left out of the cases is no request of its own", () => {
  const plan = analyse(
    "wyklucz zamówienia z Niemiec i pokaż wąskie gardła",
    sampleBriefing("wyklucz zamówienia z Niemiec i pokaż wąskie gardła", "order-to-cash", { language: "pl" }),
  );
  expect(plan.kind === "calls" && plan.frames.map(({ tool }) => tool)).toEqual(["mining.bottlenecks"]);
});
