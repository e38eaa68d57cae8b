import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { pendingProposals } from "./fixtures/judge.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

type Input = Readonly<Record<string, unknown>>;

const goingOn =
  (tool: string, input: Input) =>
  (text: string, language = "en") =>
    analyse(text, sampleBriefing(text, "loan", { language, state: { frames: [{ tool, input }] } }));

describe("a text that only says another figure", () => {
  const person = { kind: "add-resource", activity: "Assess risk", count: 1 };
  const web = { kind: "attribute", attribute: "channel", comparator: "=", value: "web" };
  const longer = { kind: "duration", comparator: ">", seconds: 172_800 };

  it.each([
    ["optimization.what-if", { change: person }, "make it three", { change: { ...person, count: 3 } }],
    ["optimization.what-if", { change: person }, "what about two?", { change: { ...person, count: 2 } }],
    ["optimization.optimize", { hours: 20, filters: [web] }, "try 30", { hours: 30, filters: [web] }],
    ["optimization.optimize", { hours: 40, budget: 9000 }, "and with 12000?", { hours: 40, budget: 12_000 }],
    ["kpi.query", { statistic: "share", threshold: 864_000 }, "and with 12?", { threshold: 1_036_800 }],
    ["kpi.query", { statistic: "share", threshold: 864_000 }, "try 8 hours", { threshold: 28_800 }],
    [
      "mining.cases",
      { filters: [web, longer] },
      "no, 3 days",
      { filters: [web, { ...longer, seconds: 259_200 }] },
    ],
  ])("asks %s %j again with it: %s", (tool, input, text, expected) => {
    expect(goingOn(tool, input)(text)).toMatchObject({ kind: "calls", frames: [{ tool, input: expected }] });
  });

  it("takes it into the words of a rule", () => {
    const plan = goingOn("rules.simulate", { words: "if amount > 2000 then escalate" })("and with 1000?");
    expect(plan).toMatchObject({ frames: [{ input: { words: "if amount > 1000 then escalate" } }] });
  });

  it("is understood in German", () => {
    const plan = goingOn("optimization.what-if", { change: person })("und mit zwei?", "de");
    expect(plan).toMatchObject({ frames: [{ input: { change: { count: 2 } } }] });
  });

  it("changes what a proposal would do by another in its place", () => {
    const [card] = pendingProposals(1);
    const watch = { ...card!, tool: "kpi.watch", input: { metric: "cycle_time", threshold: 864_000 } };
    const text = "better make it 12";
    const plan = analyse(
      text,
      sampleBriefing(text, "loan", { language: "en", state: { proposals: [card!.id] }, proposals: [watch] }),
    );
    expect(plan).toMatchObject({
      supersedes: [card!.id],
      frames: [{ tool: "kpi.watch", input: { threshold: 1_036_800 } }],
    });
  });

  it("is no change where a name, a window or a measure stands beside it", () => {
    const plan = goingOn("optimization.optimize", { hours: 20 })("median lead time for 30 applications");
    expect(plan).not.toMatchObject({ frames: [{ tool: "optimization.optimize" }] });
  });
});

describe("a text that adds to the last question", () => {
  it("puts a list in another order", () => {
    const plan = goingOn("mining.variants", { limit: 5 })("slowest first");
    expect(plan).toMatchObject({
      frames: [{ tool: "mining.variants", input: { limit: 5, order: "slowest" } }],
    });
  });

  it("keeps what was said for the same tool before", () => {
    const plan = goingOn("optimization.optimize", { hours: 40 })("and a budget of 15000 a week");
    expect(plan).toMatchObject({
      frames: [{ tool: "optimization.optimize", input: { hours: 40, budget: 15_000 } }],
    });
  });
});
