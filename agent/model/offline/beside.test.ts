import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";
import type { Plan } from "./plan.ts";

const web = { kind: "attribute", attribute: "channel", comparator: "=", value: "web" };
const asked = { tool: "kpi.query", input: { metric: "cycle_time", statistic: "median", filters: [web] } };

const planAfter = (text: string, frames: readonly object[], earlier: readonly object[] = []): Plan =>
  analyse(text, sampleBriefing(text, "loan", { state: { frames: [...frames], earlier: [...earlier] } }));

describe("a question about the agent or its approvals between two about the cases", () => {
  it.each([
    ["and for branch?", "audit.trace"],
    ["und für branch?", "health.check"],
    ["et pour branch ?", "memory.list"],
  ])("does not end the line of questions: %s after %s", (text, tool) => {
    expect(planAfter(text, [{ tool, input: {} }], [asked])).toMatchObject({
      frames: [
        {
          tool: "kpi.query",
          input: {
            metric: "cycle_time",
            statistic: "median",
            filters: [{ attribute: "channel", value: "branch" }],
          },
        },
      ],
    });
  });

  it("is what the next one goes on with where that fits it", () => {
    const plan = planAfter("and last week?", [{ tool: "audit.ledger", input: { filters: [] } }], [asked]);
    expect(plan).toMatchObject({ frames: [{ tool: "audit.ledger" }] });
  });
});

it.each([
  "which filters are on?",
  "remind me which filters are on now and how many cases each of them leaves",
])("a look at the filters leaves the question where it was: %s", (text) => {
  expect(planAfter(text, [asked])).toMatchObject({
    isLook: true,
    frames: [{ tool: "logs.filter", input: { filters: [web] } }],
  });
});

it.each([
  "can I undo it later?",
  "posso annullarlo dopo?",
  "dá para desfazer depois?",
  "lässt sich das zurückziehen?",
])("whether something can be undone is asked of the thread's proposal: %s", (text) => {
  const plan = analyse(text, sampleBriefing(text, "loan", { state: { proposals: ["p_1"] } }));
  expect(plan).toMatchObject({ frames: [{ tool: "approvals.explain", input: { proposal: "p_1" } }] });
});

it.each([
  ["the two weeks before that", "2026-04-17T00:00:00.000Z", "2026-05-01T00:00:00.000Z"],
  ["the fortnight after that?", "2026-06-01T00:00:00.000Z", "2026-06-15T00:00:00.000Z"],
  ["und die zwei Wochen danach?", "2026-06-01T00:00:00.000Z", "2026-06-15T00:00:00.000Z"],
  ["and the month after?", "2026-06-01T00:00:00.000Z", "2026-07-01T00:00:00.000Z"],
])("a time beside the last one has the length that is said: %s", (text, from, to) => {
  const may = {
    kind: "window",
    by: "completed",
    from: "2026-05-01T00:00:00.000Z",
    to: "2026-06-01T00:00:00.000Z",
  };
  const frames = [{ tool: "kpi.query", input: { metric: "cycle_time", filters: [may] } }];
  expect(planAfter(text, frames)).toMatchObject({ frames: [{ input: { filters: [{ from, to }] } }] });
});

it("the ledger is asked after a figure as it is before one", () => {
  const plan = planAfter("and what was rejected in the ledger last week?", [asked]);
  expect(plan).toMatchObject({ frames: [{ tool: "audit.ledger" }] });
});
