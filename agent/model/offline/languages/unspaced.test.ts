import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { read } from "../link/read.ts";
import { converse } from "../moves/converse.ts";
import { stateOf } from "../state.ts";
import { detectLanguage } from "../text/detect.ts";
import { languageOf } from "./index.ts";

const spoken = (language: string, text: string) => {
  const briefing = sampleBriefing(text, "order-to-cash");
  return converse({ reading: read(text, languageOf(language), briefing), briefing, state: stateOf({}) });
};
const linked = (language: string, text: string) =>
  read(text, languageOf(language), sampleBriefing(text, "order-to-cash")).links;

describe("languages without spaces between words", () => {
  it.each(["各渠道的逾期率", "返工率", "SLA列表", "看看inbox", "上半年和下半年"])(
    "Chinese without kana: %s",
    (text) => {
      expect(detectLanguage(text, null).code).toBe("zh");
    },
  );
  it.each(["納期遵守率", "監査証跡", "手戻り率", "与信チェックの待ち"])("Japanese: %s", (text) => {
    expect(detectLanguage(text, null).code).toBe("ja");
  });

  it.each([
    ["ja", "承認ルールを教えて"],
    ["ja", "却下された提案の一覧"],
    ["ja", "スモークテストを実行して"],
    ["ja", "承認を飛ばしたらどれだけ早くなる"],
    ["ja", "どの工程が流れを止めてるの"],
    ["zh", "批准率"],
    ["zh", "跳过审批能快多少"],
    ["zh", "德国对法国"],
    ["zh", "订单是怎么处理的"],
  ])("a question is no decision, though it has a word of one: %s %s", (language, text) => {
    expect(spoken(language, text)).toBeNull();
  });
  it.each([
    ["ja", "承認します", "clarify"],
    ["ja", "承認", "clarify"],
    ["ja", "承認なしで公開して", "refuse"],
    ["zh", "批准", "clarify"],
    ["zh", "跳过审批直接执行", "refuse"],
  ])("a decision in words decides nothing: %s %s", (language, text, say) => {
    expect(spoken(language, text)?.say).toBe(say);
  });

  it.each([
    ["ja", "8割", { kind: "share", share: 0.8 }],
    ["zh", "三成", { kind: "share", share: 0.3 }],
    ["ja", "1日半", { kind: "duration", seconds: 129_600 }],
    ["zh", "一天半", { kind: "duration", seconds: 129_600 }],
    ["ja", "2000超の注文", { kind: "number", value: 2000 }],
  ])("amounts: %s %s", (language, text, amount) => {
    expect(linked(language, text)).toContainEqual(expect.objectContaining(amount));
  });

  it("what is given up for something else says nothing", () => {
    expect(linked("ja", "平均じゃなくて中央値で")).toEqual([
      expect.objectContaining({ kind: "statistic", statistic: "median" }),
    ]);
    expect(linked("en", "median instead of the mean")).toEqual([
      expect.objectContaining({ kind: "statistic", statistic: "median" }),
    ]);
  });

  it.each([
    ["en", "how long do orders take that started in week 12"],
    ["ja", "第12週に始まった注文のリードタイム"],
  ])("cases that began in a window: %s", (language, text) => {
    const plan = analyse(text, { ...sampleBriefing(text, "order-to-cash"), language });
    expect(plan.kind === "calls" && plan.frames[0]!.input["filters"]).toMatchObject([
      { kind: "window", by: "started" },
    ]);
  });

  it.each([
    ["ja", "6月下旬に完了した注文", "2026-06-21T00:00:00.000Z", "2026-07-01T00:00:00.000Z"],
    ["zh", "6月上旬完成的订单", "2026-06-01T00:00:00.000Z", "2026-06-11T00:00:00.000Z"],
    ["pl", "zamówienia z drugiej połowy czerwca", "2026-06-16T00:00:00.000Z", "2026-07-01T00:00:00.000Z"],
  ])("a part of a month is its days: %s %s", (language, text, from, to) => {
    expect(linked(language, text)).toContainEqual(
      expect.objectContaining({ kind: "window", window: expect.objectContaining({ from, to }) }),
    );
  });

  it("the word for the cases is the step that they begin with only beside words of order", () => {
    const steps = (text: string) =>
      read(text, languageOf("ja"), sampleBriefing(text, "loan")).links.flatMap((link) =>
        link.kind === "thing" && link.thing.kind === "activity" ? [link.thing.name] : [],
      );
    expect(steps("申込の平均サイクルタイム")).toEqual([]);
    expect(steps("申込から融資実行まで")).toEqual(["Submit application", "Pay out"]);
  });

  it.each([
    ["ja", "平均リードタイムは？返品になったものは除いてください"],
    ["zh", "平均周期多少？退货的不算"],
  ])("what stands before the verb that leaves it out is left out: %s %s", (language, text) => {
    const plan = analyse(text, { ...sampleBriefing(text, "order-to-cash"), language });
    expect(JSON.stringify(plan.kind === "calls" && plan.frames.map(({ input }) => input))).toContain(
      '"mode":"none"',
    );
  });

  it.each([
    ["ja", "コネクタの失敗一覧と、システムの稼働状況を教えて", ["connectors.failures", "health.check"]],
    ["ja", "どこで待っているかと、よくあるルート、両方ちょうだい", ["mining.bottlenecks", "mining.variants"]],
  ])("words of grammar between two requests are none: %s %s", (language, text, tools) => {
    const plan = analyse(text, { ...sampleBriefing(text, "order-to-cash"), language });
    expect(plan.kind === "calls" && plan.frames.map(({ tool }) => tool)).toEqual(tools);
  });

  it.each([
    ["zh", "最慢的分行是哪个？", "loan", { groupBy: "branch" }],
    ["ja", "一番遅い支店はどこ？", "loan", { groupBy: "branch" }],
    ["ja", "返品率はどのくらい？", "order-to-cash", { metric: "throughput", statistic: "share" }],
    ["ja", "先月の融資実行額の合計", "loan", { measure: "amount", statistic: "sum" }],
  ] as const)(
    "what is ranked, shared and summed up is read as it is meant: %s %s",
    (language, text, log, input) => {
      const plan = analyse(text, { ...sampleBriefing(text, log), language });
      expect(plan).toMatchObject({ frames: [{ tool: "kpi.query", input }] });
    },
  );

  it.each([
    ["zh", "从提交申请到放款的90分位", ["Submit application", "Pay out"]],
    ["zh", "发出报价之后多久客户接受", ["Send offer", "Accept offer"]],
  ])(
    "a place in an order is no length of time, and what comes after a step is measured from it: %s %s",
    (language, text, activities) => {
      const plan = analyse(text, { ...sampleBriefing(text, "loan"), language });
      expect(plan).toMatchObject({ frames: [{ tool: "mining.between", input: { activities } }] });
    },
  );

  it("another statistic is asked for in the place of one that is given up", () => {
    const state = {
      frames: [
        {
          tool: "kpi.query",
          input: { metric: "attribute", measure: "amount", statistic: "sum", groupBy: "branch" },
        },
      ],
    };
    const plan = analyse("不要总额，看平均", {
      ...sampleBriefing("不要总额，看平均", "loan"),
      language: "zh",
      state,
    });
    expect(plan).toMatchObject({
      frames: [{ input: { statistic: "mean", groupBy: "branch", measure: "amount" } }],
    });
  });
});
