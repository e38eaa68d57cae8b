import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { briefing, orders } from "./fixtures/briefing.ts";
import type { Plan } from "./plan.ts";

const attribute = (name: string, values: readonly string[]) => ({
  name,
  of: "case" as const,
  kind: "text" as const,
  values,
  distinct: values.length,
});
const steps = (...names: string[]) => names.map((name) => ({ name, count: 100 }));
const logNamed = (name: string, activities: readonly string[], attributes: readonly string[]) => ({
  ...orders,
  id: `id-${name}`,
  name,
  vocabulary: {
    ...orders.vocabulary,
    activities: steps(...activities),
    attributes: attributes.map((each) => attribute(each, ["web", "phone"])),
  },
});
const logs = [
  logNamed("loan", ["Receive application", "Check documents", "Approve loan"], ["branch"]),
  logNamed("helpdesk", ["Open ticket", "Resolve ticket"], ["category"]),
  logNamed("order-to-cash", ["Create order", "Credit check", "Ship order"], ["country"]),
];

const ask = (
  text: string,
  state: Readonly<Record<string, unknown>> = {},
  log: (typeof logs)[number] | null = null,
) => analyse(text, briefing(text, { log, logs, state }));
const called = (plan: Plan) =>
  plan.kind === "calls"
    ? { tool: plan.frames[0]!.tool, log: plan.frames[0]!.input["log"], to: plan.log?.id }
    : { say: plan.say, to: plan.log?.id };

describe("a log that is named", () => {
  it("is looked into where a question leads to its name", () => {
    expect(called(ask("tell me what is in the loan log"))).toMatchObject({
      tool: "logs.profile",
      log: "loan",
    });
    expect(called(ask("use the loan log please"))).toMatchObject({ say: "answer", to: "id-loan" });
  });

  it.each([
    ["Where do we lose time in order-to-cash?", "mining.bottlenecks", "order-to-cash"],
    ["where do we lose time in order to cash", "mining.bottlenecks", "order-to-cash"],
    ["Where do we wait in Order-To-Cash.csv?", "mining.bottlenecks", "order-to-cash"],
    ["where do we wait in the o2c process?", "mining.bottlenecks", "order-to-cash"],
    ["where do we wait in the helpdsek?", "mining.bottlenecks", "helpdesk"],
    ["show me the helpdesk process", "mining.discover", "helpdesk"],
    ["show me the process (loan)", "mining.discover", "loan"],
    ["what is in the loan log?", "logs.profile", "loan"],
    ["describe helpdesk", "logs.profile", "helpdesk"],
    ["how long do loans take?", "kpi.query", "loan"],
    ["how many tickets were finished per week?", "kpi.query", "helpdesk"],
    ["at which step do we wait before the credit check?", "mining.bottlenecks", "order-to-cash"],
  ])("%s", (text, tool, log) => {
    expect(called(ask(text))).toEqual({ tool, log, to: `id-${log}` });
  });

  it("is asked for where none is, and the answer goes on with the question", () => {
    const question = "where do we lose time?";
    const plan = ask(question);
    expect(plan).toMatchObject({ kind: "say", say: "clarify" });
    const asked = { text: question, logs: logs.map(({ id }) => id) };
    for (const [answer, log] of [
      ["order-to-cash", "order-to-cash"],
      ["the first one", "loan"],
      ["the helpdesk process please", "helpdesk"],
      ["I meant loans", "loan"],
    ] as const) {
      expect(called(ask(answer, { asked }))).toEqual({ tool: "mining.bottlenecks", log, to: `id-${log}` });
    }
  });

  it("is switched to and kept, also where the channel names the old one each time", () => {
    const [loan, helpdesk] = [logs[0]!, logs[1]!];
    const plan = ask(
      "and in the helpdesk process?",
      { frames: [{ tool: "mining.bottlenecks", input: {} }] },
      loan,
    );
    expect(called(plan)).toEqual({ tool: "mining.bottlenecks", log: "helpdesk", to: helpdesk.id });
    expect(plan.kind === "calls" && plan.notes[0]?.text).toContain("Switched from");
    const later = ask("where do we wait?", { log: plan.log }, loan);
    expect(called(later)).toEqual({ tool: "mining.bottlenecks", log: "helpdesk", to: helpdesk.id });
    const chosenAgain = ask("where do we wait?", { log: plan.log }, logs[2]!);
    expect(called(chosenAgain)).toEqual({ tool: "mining.bottlenecks", log: undefined, to: undefined });
  });

  it("drops what another log does not have when the last question is asked of it", () => {
    const last = {
      tool: "kpi.query",
      input: {
        metric: "cycle_time",
        filters: [{ kind: "attribute", attribute: "branch", comparator: "=", value: "web" }],
      },
    };
    const plan = ask("and helpdesk?", { frames: [last] }, logs[0]!);
    expect(plan.kind === "calls" && plan.frames[0]!.input).toEqual({
      log: "helpdesk",
      metric: "cycle_time",
      filters: [],
    });
  });

  it("leaves no trace in the words of a rule", () => {
    const plan = ask("Escalate every application over 5000 that waits more than 2 hours in the loan log");
    expect(plan.kind === "calls" && plan.frames[0]!.input).toMatchObject({
      log: "loan",
      words: "Escalate every application over 5000 that waits more than 2 hours",
    });
  });

  it("is not meant by the words for any log, whatever it and its steps are called", () => {
    const odd = logNamed("{mean} {log} process", ["{mean} {log}", "Wait"], []);
    const text = "which logs do we have?";
    const all = [...logs, odd];
    expect(called(analyse(text, briefing(text, { log: null, logs: all, state: {} })))).toMatchObject({
      tool: "logs.list",
    });
  });

  it("is not meant by a common word while another log is in hand that knows it", () => {
    expect(called(ask("how long do orders take?", {}, logs[2]!)).log).toBeUndefined();
    expect(called(ask("how many cases are there?", {}, logs[1]!)).log).toBeUndefined();
  });
});
