import { describe, expect, it } from "vitest";
import type { SampleName } from "../../../../tools/logs/samples/generate.ts";
import { analyse } from "../analyse.ts";
import { pendingProposals } from "../fixtures/judge.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

const planned = (text: string, log: SampleName = "order-to-cash") =>
  analyse(text, sampleBriefing(text, log, { proposals: pendingProposals(2) }));
const frames = (text: string, log?: SampleName) => {
  const plan = planned(text, log);
  return plan.kind === "calls" ? plan.frames : [];
};
const tools = (text: string) => frames(text).map(({ tool }) => tool);

describe("several requests in one text", () => {
  it.each([
    [
      "bottlenecks, variants and handovers please",
      ["mining.bottlenecks", "mining.variants", "mining.organization"],
    ],
    ["show the dotted chart and the list of KPIs", ["mining.dotted-chart", "kpi.list"]],
    [
      "Give me the mean lead time for May and also tell me where the orders wait longest",
      ["kpi.query", "mining.bottlenecks"],
    ],
    ["anything waiting for a decision? also give me the average turnaround", ["approvals.list", "kpi.query"]],
  ])("are called one by one: %s", (text, wanted) => {
    expect(tools(text)).toEqual(wanted);
  });

  it.each([
    "geef me de knelpunten en ook meteen de meest voorkomende paden",
    "pokaż wąskie gardła oraz także najczęstsze warianty",
  ])("are two though the whole is clear as one: %s", (text) => {
    expect(tools(text)).toEqual(["mining.bottlenecks", "mining.variants"]);
  });

  it.each([
    "where do orders get stuck, and why?",
    "Wo hakt es bei den Bestellungen und warum?",
    "où est-ce que ça bloque et pourquoi ?",
    "¿dónde se atascan los pedidos y por qué?",
    "dove si bloccano gli ordini, e perché?",
    "onde é que os pedidos empacam e por quê?",
    "waar lopen de orders vast en waarom?",
    "gdzie utykają zamówienia i dlaczego?",
    "どこで滞っていて、なぜですか",
    "哪里卡住了，为什么？",
  ])("are two where the second is only why: %s", (text) => {
    const [where, why] = frames(text);
    expect(where).toMatchObject({ tool: "mining.bottlenecks", awaits: null });
    expect(why).toMatchObject({ tool: "mining.root-cause", awaits: "activity" });
    expect(why?.input).toEqual({});
  });

  it("are two about the same cases: a figure and why", () => {
    const asked = "how long do orders from Germany take and why?";
    const filters = [{ kind: "attribute", attribute: "country", comparator: "=", value: "Germany" }];
    expect(frames(asked)).toMatchObject([
      { tool: "kpi.query", input: { metric: "cycle_time", filters } },
      { tool: "mining.root-cause", input: { metric: "cycle_time", filters }, awaits: null },
    ]);
  });

  it("are one where why is what is asked: 'and why' alone adds nothing", () => {
    expect(tools("what slows orders down and why?")).toEqual(["mining.root-cause"]);
  });

  it.each([
    "draw me the process, just the main 80 % of the paths",
    "compare Germany and France",
    "lead time for gold and silver customers",
  ])("are not seen in one: %s", (text) => {
    expect(tools(text)).toHaveLength(1);
  });
});

describe("a word of grammar that looks like a month's short form", () => {
  it("is no window: 'się' is not August", () => {
    expect(frames("czemu to się tak wlecze z tymi zgłoszeniami sieciowymi?", "helpdesk")[0]).toMatchObject({
      input: { filters: [{ kind: "attribute", attribute: "category", value: "network" }] },
    });
  });
});

describe("an amount with its currency", () => {
  it.each(["show orders over 1000 EUR", "zamówienia powyżej 1 000 euro"])(
    "is no value of the log's: %s",
    (text) => {
      const filters = frames(text).flatMap(({ input }) => input["filters"] ?? []);
      expect(filters).toEqual([
        { kind: "attribute", attribute: "order_value", comparator: ">", value: 1000 },
      ]);
    },
  );

  it("that is exceeded is no delay", () => {
    expect(frames("ile zamówień klientów gold przekroczyło 1 500 euro?")[0]).toMatchObject({
      tool: "kpi.query",
      input: { filters: [{ value: "gold" }, { attribute: "order_value", comparator: ">", value: 1500 }] },
    });
  });
});

describe("cases without a step whose name has their noun in it", () => {
  it.each([
    ["lead time of orders without approval", "en"],
    ["doorlooptijd van orders zonder goedkeuring", "nl"],
    ["czas realizacji zamówień bez zatwierdzenia", "pl"],
  ])("are those in which it does not happen: %s", (text) => {
    const filter = { kind: "activity", activities: ["Approve order"], mode: "none" };
    expect(frames(text)[0]).toMatchObject({ tool: "kpi.query", input: { filters: [filter] } });
  });
});

describe("a step without another before it", () => {
  it.each(["are orders shipped without a credit check?", "czy zdarza się wysyłka bez kontroli kredytowej?"])(
    "is a rule about both, and leaves no cases out: %s",
    (text) => {
      const [only] = frames(text);
      expect(only).toMatchObject({
        tool: "mining.rules-check",
        input: { activities: ["Credit check", "Ship order"] },
      });
      expect(only!.input).not.toHaveProperty("filters");
    },
  );
});

describe("a word beside the word for a step", () => {
  it("is read as each activity that has it, so that differing results are asked about", () => {
    const [only] = frames("how long does the return step wait?");
    const named = [only!.input, ...only!.variants.map(({ input }) => input)].map(({ activity }) => activity);
    expect(named).toEqual(["Return goods", "Handle return"]);
  });

  it("is no question where the activity is named in full", () => {
    expect(frames("how long does the Credit check step wait?")[0]!.variants).toEqual([]);
  });
});

describe("what the planner has no list of", () => {
  it.each([
    ["stop alerting me about resolution time", "kpi.unwatch", { watch: "resolution time" }],
    ["roll rule high-amount back to version 1", "rules.withdraw", { rule: "high-amount" }],
    ['withdraw the rule "night shift"', "rules.withdraw", { rule: "night shift" }],
  ])("goes to the tool by the name that was said, and the tool knows: %s", (text, tool, input) => {
    expect(frames(text)[0]).toMatchObject({ tool, input });
  });

  it("takes a pasted specification as it was written", () => {
    const specification = '{"openapi":"3.0.3","info":{"title":"Tickets","version":"1"},"paths":{}}';
    expect(frames(`import ${specification}`)[0]).toMatchObject({
      tool: "connectors.import",
      input: { specification },
    });
  });
});

describe("what no tool can and no log has", () => {
  it.each([
    ["what is our net promoter score?", "cannot"],
    ["how many people are on sick leave", "cannot"],
    ["will order 1043 be on time", "cannot"],
    ["who won the match last night", "redirect"],
  ])("is said plainly: %s", (text, say) => {
    expect(planned(text)).toMatchObject({ kind: "say", say });
  });

  it("is not said of a number that only looks like a year", () => {
    expect(tools("simulate: if order_value > 2000 then escalate")).toEqual(["rules.simulate"]);
  });
});
