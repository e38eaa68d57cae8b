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
