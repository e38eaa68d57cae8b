import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const line = "That depends on where the line is drawn. Name a figure and a limit, and I can measure it.";

function asked(text: string, more: Parameters<typeof sampleBriefing>[2] = {}): string {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", more));
  return plan.kind === "say" ? plan.said.headline.text : plan.frames.map(({ tool }) => tool).join(" ");
}

describe("cases that are picked by a line that nobody drew", () => {
  it.each([
    "filter to the large orders",
    "only the pricey ones",
    "how many small orders are there?",
    "slow orders",
    "recent cases",
    "wie viele kleine Aufträge gibt es?",
    "nur die großen",
    "combien de grosses commandes ?",
    "solo los pedidos caros",
    "solo quelli costosi",
    "só os pedidos recentes",
    "alleen de dure orders",
    "tylko duże zamówienia",
    "高額な注文だけ",
    "只看大订单",
    "orders with a high value",
    "Aufträge mit hohem Wert",
    "commandes de grande valeur",
    "ordini di valore elevato",
    "make a rule that holds big orders back",
    "mach eine Regel: teure Aufträge brauchen eine Freigabe",
    "crea una regla para que los pedidos grandes esperen",
  ])("are asked about: %s", (text) => {
    expect(asked(text)).toBe(line);
  });

  it("are told of in an order where a list is asked for", () => {
    expect(asked("show me the slow cases")).toBe("mining.cases");
    expect(asked("the most recent orders")).toBe("mining.cases");
  });

  it("are not what a verdict, a figure or a cause is asked of", () => {
    for (const text of ["are orders slow?", "how slow are orders?", "why are big orders slow?"])
      expect(asked(text), text).not.toBe(line);
  });

  it("are not asked about where the words, the thread or somebody before drew the line", () => {
    expect(asked("how many small orders below 100 are there?")).not.toBe(line);
    const filters = [{ kind: "attribute", attribute: "order_value", comparator: ">", value: 900 }];
    const state = { frames: [{ tool: "kpi.query", input: { metric: "cycle_time", filters } }] };
    expect(asked("how many big orders are there?", { state })).not.toBe(line);
    const big = {
      id: "1",
      term: "big",
      text: "big is above 900",
      scope: "person",
      kind: "term",
      log: null,
    } as const;
    const remembered = {
      preferences: {},
      notes: [],
      pinned: [],
      definitions: [{ ...big, phrase: "above 900" }],
    };
    expect(asked("how many big orders are there?", { remembered })).not.toBe(line);
  });
});
