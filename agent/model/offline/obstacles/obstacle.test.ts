import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { conclude } from "../conclude.ts";
import { briefing } from "../fixtures/briefing.ts";

describe("late, where nothing says when a case is", () => {
  it.each([
    "how many orders are late?",
    "wie viele Aufträge sind zu spät?",
    "¿cuántos pedidos van con retraso?",
  ])("asks for the limit instead of counting all: %s", (text) => {
    expect(analyse(text, briefing(text, { kpis: [] }))).toMatchObject({
      kind: "say",
      say: "clarify",
      said: { headline: { values: { what: "limit" } } },
    });
  });

  it("counts where a limit is set", () => {
    const text = "how many orders are late?";
    expect(analyse(text, briefing(text))).toMatchObject({
      kind: "calls",
      frames: [{ tool: "kpi.query", input: { statistic: "count", threshold: 432_000 } }],
    });
  });
});

describe("several logs, of which none is meant", () => {
  const none = (text: string) => {
    const here = briefing(text);
    const logs = [here.log!, { ...here.log!, id: "other", name: "claims" }];
    return analyse(text, { ...here, log: null, logs });
  };

  it("are asked about where a figure is of one of them", () => {
    expect(none("how long does a case take?")).toMatchObject({ kind: "say", say: "clarify" });
  });

  it("are not asked about by what tells of all", () => {
    expect(none("which KPIs do we have?")).toMatchObject({ kind: "calls", frames: [{ tool: "kpi.list" }] });
  });
});

describe("a name that the log does not have", () => {
  it("is asked about where a length of time is asked of it, however odd the question is", () => {
    const text = 'how long does the Kredit chek bureau step "Bureau call" take?';
    expect(analyse(text, briefing(text))).toMatchObject({
      say: "clarify",
      said: { headline: { values: { name: "Bureau call" } } },
    });
  });
});

describe("how long the slowest case took", () => {
  it.each([
    ["how long did the slowest order take?", "max"],
    ["how long does an order take?", undefined],
  ])("is the longest time: %s", (text, statistic) => {
    const plan = analyse(text, briefing(text));
    expect(plan.kind === "calls" && plan.frames[0]).toMatchObject({ tool: "kpi.query" });
    expect(plan.kind === "calls" && plan.frames[0]?.input["statistic"]).toBe(statistic);
  });
});

describe("a question about approval after a step was offered", () => {
  it.each(["kto jeszcze musi zatwierdzić?", "who else has to approve?"])("takes no step: %s", (text) => {
    const state = {
      frames: [{ tool: "rules.draft", input: { words: "escalate orders over 500" } }],
      suggests: [{ tool: "rules.publish", input: { condition: "value > 500", action: "escalate" } }],
      next: "publish this rule",
    };
    const plan = analyse(text, briefing(text, { state }));
    expect(plan.kind === "calls" && plan.frames.some(({ tool }) => tool === "rules.publish")).toBe(false);
  });
});

describe("a statistic of nothing", () => {
  it.each(["what's the median?", "¿y la media de Alemania?", "Durchschnitt für Deutschland?"])(
    "is asked about, or of all that it may be of: %s",
    (text) => {
      const plan = analyse(text, briefing(text));
      const several = plan.kind === "calls" && plan.frames.some(({ variants }) => variants.length > 0);
      expect(several || (plan.kind === "say" && plan.say === "clarify")).toBe(true);
    },
  );

  it("is measured where it is said of what", () => {
    const text = "what is the average cycle time for Germany?";
    expect(analyse(text, briefing(text))).toMatchObject({ kind: "calls", frames: [{ tool: "kpi.query" }] });
  });
});

describe("a verdict on what nobody named", () => {
  it.each(["ist der zu spät?", "jest lepiej?", "is this order late?", "wird das besser?"])(
    "is asked about: %s",
    (text) => {
      expect(analyse(text, briefing(text))).toMatchObject({ kind: "say", say: "clarify" });
    },
  );

  it("is answered of all cases, and where a step is named", () => {
    for (const text of ["are the orders late?", "is the credit check slow?"])
      expect(analyse(text, briefing(text)), text).not.toMatchObject({
        said: { headline: { text: "What do you mean by that: which case, step or period?" } },
      });
  });
});

describe("cases by what tells them apart", () => {
  it.each(["orders by country", "Aufträge nach Land", "breakdown of orders by country"])(
    "are counted where nothing is measured of them: %s",
    (text) => {
      const frames = [{ tool: "kpi.query", input: { metric: "throughput", groupBy: "country" } }];
      expect(analyse(text, briefing(text))).toMatchObject({ kind: "calls", frames });
    },
  );

  it("are measured where it is said what, and go on with what was measured before", () => {
    const text = "lead time of orders by country";
    expect(analyse(text, briefing(text))).toMatchObject({
      frames: [{ input: { metric: "cycle_time", groupBy: "country" } }],
    });
    const state = { frames: [{ tool: "kpi.query", input: { metric: "waiting_time" } }] };
    expect(analyse("orders by country", briefing("orders by country", { state }))).toMatchObject({
      frames: [{ input: { metric: "waiting_time", groupBy: "country" } }],
    });
  });
});

describe("who does what", () => {
  it.each(["who does what?", "wer macht was?", "qui fait quoi ?", "quem faz o quê?", "kto co robi?"])(
    "is asked of the organisation, and not of a plan: %s",
    (text) => {
      const frames = [{ tool: "mining.organization" }];
      expect(analyse(text, briefing(text))).toMatchObject({ kind: "calls", frames });
    },
  );
});
describe("what a log or a tool does not have is said, and nothing else is answered", () => {
  const headline = (text: string) => {
    const plan = analyse(text, briefing(text));
    return plan.kind === "say" ? (plan.said.headline.values ?? plan.said.headline.text) : plan.frames;
  };

  it.each([
    ["how many orders got escalated?", "escalated"],
    ["orders that took more than 2 days but were never escalated", "escalated"],
    ["average lead time for France or Atlantis", "Atlantis"],
    ["orders with more than 3 reminders", "reminders"],
    ["average order value per weekday", "weekday"],
  ])("%s", (text, name) => {
    expect(headline(text)).toMatchObject({ name });
  });

  it("a watch on a share of cases is none on their time", () => {
    expect(headline("alert me if more than 10% of orders get cancelled")).toMatchObject({
      ability: "watch counts and shares of cases",
    });
  });
});

it("an example that is offered has no figure, which would hold the reply back", () => {
  for (const text of ["show me the big orders", "zeig mir die großen Aufträge"]) {
    const step = conclude(analyse(text, briefing(text)), [], briefing(text));
    expect(step.kind === "final" && step.text).not.toMatch(/\d/u);
  }
});
