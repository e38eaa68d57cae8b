import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const people = [
  { id: "ana", name: "Ana" },
  { id: "ben", name: "Ben Wolf" },
];

function asked(text: string) {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", { people }));
  if (plan.kind !== "calls") return plan.say;
  const { filters: _filters, ...input } = plan.frames[0]!.input;
  return { tool: plan.frames[0]!.tool, input };
}

describe("what was decided and done", () => {
  it.each([
    ["what did Ana sign off yesterday?", { person: "ana", decision: "approved" }],
    ["was hat Ben letzte Woche abgelehnt?", { person: "ben", decision: "rejected" }],
    ["qu'est-ce que Ben a refusé hier ?", { person: "ben", decision: "rejected" }],
    ["¿qué aprobó Ana la semana pasada?", { person: "ana", decision: "approved" }],
    ["cosa ha approvato Ben Wolf ieri?", { person: "ben", decision: "approved" }],
    ["o que é que a Ana rejeitou?", { person: "ana", decision: "rejected" }],
    ["wat heeft Ben gisteren goedgekeurd?", { person: "ben", decision: "approved" }],
    ["co Ben odrzucił w czerwcu?", { person: "ben", decision: "rejected" }],
    ["Anaが昨日承認したものは？", { person: "ana", decision: "approved" }],
    ["Ben昨天拒绝了什么？", { person: "ben", decision: "rejected" }],
    ["everything Ana did last month", { person: "ana" }],
    ["all rejections", { decision: "rejected" }],
    ["fehlgeschlagene Ausführungen zeigen", { decision: "failed" }],
    ["which proposals were withdrawn?", { decision: "withdrawn" }],
    ["welche Entscheidungen wurden diese Woche getroffen?", { decision: "decided" }],
  ])("is read from the ledger: %s", (text, input) => {
    expect(asked(text)).toEqual({ tool: "audit.ledger", input });
  });

  it("is somebody's whose name has marks in it", () => {
    const text = "what did Anne-Marie approve yesterday?";
    const named = [{ id: "am", name: "Anne-Marie (Sales/EU)" }, ...people];
    const plan = analyse(text, sampleBriefing(text, "order-to-cash", { people: named }));
    expect(plan).toMatchObject({ frames: [{ tool: "audit.ledger", input: { person: "am" } }] });
  });

  it("is no order, nothing that waits, and no case of the log", () => {
    expect(asked("reject the proposal")).toBe("clarify");
    expect(asked("show my open approvals")).toMatchObject({ tool: "approvals.list" });
    expect(asked("who may approve what?")).toMatchObject({ tool: "approvals.policy" });
    expect(asked("show all rejected orders")).toMatchObject({ tool: "mining.cases" });
    expect(asked("which connector calls failed?")).toMatchObject({ tool: "connectors.failures" });
  });
});
