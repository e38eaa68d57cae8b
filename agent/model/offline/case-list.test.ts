import { describe, expect, it } from "vitest";
import type { SampleName } from "../../../tools/logs/samples/generate.ts";
import { analyse } from "./analyse.ts";
import { briefing } from "./fixtures/briefing.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

function asked(text: string, log: SampleName = "order-to-cash") {
  const plan = analyse(text, sampleBriefing(text, log));
  return plan.kind === "calls"
    ? { tool: plan.frames[0]!.tool, input: plan.frames[0]!.input }
    : plan.said.headline;
}

describe("cases that are asked for in an order", () => {
  const dear = { order: "highest", by: "order_value" };
  it.each([
    ["show me the seven priciest orders", { ...dear, limit: 7 }],
    ["zeig mir die sieben wertvollsten Aufträge", { ...dear, limit: 7 }],
    ["les sept commandes les plus coûteuses", { ...dear, limit: 7 }],
    ["los siete pedidos más costosos", { ...dear, limit: 7 }],
    ["i sette ordini più cari", { ...dear, limit: 7 }],
    ["os sete pedidos mais caros", { ...dear, limit: 7 }],
    ["de zeven duurste bestellingen", { ...dear, limit: 7 }],
    ["siedem najdroższych zamówień", { ...dear, limit: 7 }],
    ["一番高い注文を7件", { ...dear, limit: 7 }],
    ["最贵的七个订单", { ...dear, limit: 7 }],
    ["the cheapest order", { order: "lowest", by: "order_value", limit: 1 }],
    ["la commande la moins chère", { order: "lowest", by: "order_value", limit: 1 }],
    ["orders with the fewest steps", { order: "fewest-events" }],
    ["Aufträge mit den meisten Schritten", { order: "most-events" }],
    ["zamówienia z największą liczbą kroków", { order: "most-events" }],
    ["the oldest orders", { order: "oldest" }],
    ["los pedidos más antiguos", { order: "oldest" }],
    ["rank the orders by value, smallest first", { order: "lowest", by: "order_value" }],
    ["list the orders by order value", dear],
  ])("are listed so: %s", (text, input) => {
    expect(asked(text)).toEqual({ tool: "mining.cases", input });
  });

  it("go by the figure that is named", () => {
    expect(asked("which application has the lowest score?", "loan")).toMatchObject({
      input: { order: "lowest", by: "score", limit: 1 },
    });
    expect(asked("applications with the earliest decision due date", "loan")).toMatchObject({
      input: { order: "lowest", by: "decision_due" },
    });
  });

  it("keep what narrows them", () => {
    expect(asked("the three largest open orders from Germany")).toMatchObject({
      input: {
        limit: 3,
        filters: [{ attribute: "country", value: "Germany" }, { kind: "open" }],
      },
    });
  });

  it("are asked back about where two amounts fit alike, and told of where the log has none", () => {
    const orders = briefing("x").log!;
    const two = {
      ...orders,
      id: "two",
      vocabulary: {
        ...orders.vocabulary,
        attributes: ["order value", "net price"].map((name) => ({
          name,
          of: "case" as const,
          kind: "number" as const,
          values: [],
          distinct: 9,
        })),
      },
    };
    const none = { ...two, id: "none", vocabulary: { ...two.vocabulary, attributes: [] } };
    const say = (log: typeof two) => analyse("the most expensive orders", briefing("", { log, logs: [log] }));
    expect(say(two)).toMatchObject({ kind: "say", say: "clarify" });
    expect(say(none)).toMatchObject({ kind: "say", say: "cannot" });
  });

  it("keep the cases that were listed where only the order changes", () => {
    const filters = [{ kind: "attribute", attribute: "country", comparator: "=", value: "Germany" }];
    const state = { frames: [{ tool: "mining.cases", input: { filters, limit: 5 } }] };
    const plan = analyse("cheapest first", sampleBriefing("", "order-to-cash", { state }));
    expect(plan).toMatchObject({
      frames: [{ input: { filters, limit: 5, order: "lowest", by: "order_value" } }],
    });
  });

  it("are not what a figure, a group or a cause is asked of", () => {
    for (const text of [
      "what is the highest order value?",
      "which country has the most expensive orders?",
      "why are the most expensive orders slow?",
      "average duration of the largest orders",
      "how long does the slowest order take?",
      "are the latest orders slower?",
      "where is the biggest bottleneck in orders?",
      "rank the countries by revenue",
    ])
      expect(asked(text), text).not.toMatchObject({ tool: "mining.cases" });
  });
});

describe("cases that have not ended", () => {
  it.each([
    "list the orders that are still open",
    "which orders have not been closed yet?",
    "welche Aufträge sind noch nicht fertig?",
    "quelles commandes ne sont pas encore terminées ?",
    "qué pedidos no se han cerrado todavía",
    "quali ordini non sono ancora conclusi?",
    "que pedidos continuam em aberto?",
    "welke orders zijn nog niet afgerond?",
    "które zamówienia nie zostały jeszcze zamknięte?",
    "まだ終わっていない注文は？",
    "哪些订单还没结束？",
  ])("are listed: %s", (text) => {
    expect(asked(text)).toEqual({ tool: "mining.cases", input: { filters: [{ kind: "open" }] } });
  });

  it("are no proposals, which are open too, and are counted where a number is asked for", () => {
    expect(asked("what is still open?")).toMatchObject({ tool: "approvals.list" });
    expect(asked("open items for approval")).toMatchObject({ tool: "approvals.list" });
    expect(asked("how many tickets have not been closed yet?", "helpdesk")).toMatchObject({
      tool: "kpi.query",
    });
    expect(asked("how much money is in open orders?")).toMatchObject({ tool: "kpi.query" });
  });
});
