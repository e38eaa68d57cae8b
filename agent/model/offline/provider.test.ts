import { type AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { describe, expect, it } from "vitest";
import type { ProposalCard, ToolResult } from "../../../tools/define.ts";
import type { FinalParts, ToolOutcome } from "../provider.ts";
import { briefing, fact } from "./fixtures/briefing.ts";
import { pendingProposals } from "./fixtures/judge.ts";
import { builtInProvider } from "./provider.ts";

const result = (
  figures: readonly ReturnType<typeof fact>[],
  more: Partial<ToolResult<unknown>> = {},
): ToolResult<unknown> => ({
  data: {},
  facts: figures,
  views: [],
  answer: {
    headline: { text: "The figure is {figure}.", values: { figure: figures[0]! } },
    figures,
    assumptions: [
      {
        text: "{zone}, more than {limit}.",
        values: { zone: "Europe/Berlin", limit: { quantity: 7200, unit: "s" } },
      },
    ],
  },
  ...more,
});

/** Runs the model as the graph does, answering each call. */
async function converse(
  text: string,
  answerTo: (call: { name: string; args: Record<string, unknown> }) => ToolOutcome,
  changes: Parameters<typeof briefing>[1] = {},
) {
  const messages: BaseMessage[] = [new HumanMessage(text)];
  const calls: { name: string; args: Record<string, unknown> }[] = [];
  for (let step = 0; step < 6; step++) {
    const said = (await builtInProvider().model(briefing(text, changes)).invoke(messages)) as AIMessage;
    messages.push(said);
    if (!said.tool_calls?.length) {
      return {
        calls,
        text: said.text,
        parts: said.additional_kwargs["millwright"] as FinalParts,
        understood: messages[1]?.additional_kwargs["understood"],
      };
    }
    for (const call of said.tool_calls) {
      calls.push(call);
      messages.push(new ToolMessage({ tool_call_id: call.id!, content: "{}", artifact: answerTo(call) }));
    }
  }
  throw new Error("the planner did not come to an end");
}

const outcome = (call: { name: string; args: unknown }, found: ToolResult<unknown>): ToolOutcome => ({
  kind: "result",
  tool: call.name,
  input: call.args,
  result: found,
});

describe("the built-in planner as a chat model", () => {
  it("calls a tool, then answers with holes for figures and its settings quoted", async () => {
    const { calls, text, parts, understood } = await converse("where is time lost?", (call) =>
      outcome(call, result([fact("f1", 9000)])),
    );
    expect(calls.map(({ name }) => name)).toEqual(["mining.bottlenecks"]);
    expect(text).toContain("The figure is {{f1}}.");
    expect(parts).toMatchObject({ language: "en", figures: ["f1"], quoted: ["2 h"], clarification: null });
    expect(understood).toContain("mining.bottlenecks");
  });

  it("proposes what a drafted rule suggests when the person asked for it to be done", async () => {
    const card: ProposalCard = { ...pendingProposals(1)[0]!, id: "p-new" };
    const publish = {
      tool: "rules.publish",
      input: { condition: "value > 500", action: "escalate" },
      why: { text: "because" },
    };
    const { calls, parts, text } = await converse(
      "Escalate every order over $500 that waits more than 2 hours",
      (call) =>
        call.name === "rules.draft"
          ? outcome(call, result([fact("f1", 12, "cases")], { suggests: [publish] }))
          : { kind: "proposal", tool: call.name, input: call.args, proposal: card },
    );
    expect(calls.map(({ name }) => name)).toEqual(["rules.draft", "rules.publish"]);
    expect(calls[1]?.args).toEqual(publish.input);
    expect(text).toContain("Proposed, not done");
    expect(parts.state).toMatchObject({ proposals: ["p-new"], suggests: [] });
  });

  it('only keeps the suggestion when rules were asked for, and proposes it on "do it"', async () => {
    const publish = {
      tool: "rules.publish",
      input: { condition: "x", action: "y" },
      why: { text: "because" },
    };
    const drafted = await converse("draft rules for late orders", (call) =>
      outcome(call, result([fact("f1", 12, "cases")], { suggests: [publish] })),
    );
    expect(drafted.calls.map(({ name }) => name)).toEqual(["rules.draft"]);
    const done = await converse(
      "ok do it",
      (call) => ({ kind: "proposal", tool: call.name, input: call.args, proposal: pendingProposals(1)[0]! }),
      { state: drafted.parts.state },
    );
    expect(done.calls.map(({ name, args }) => [name, args])).toEqual([["rules.publish", publish.input]]);
  });

  const germany = {
    name: "country",
    of: "case" as const,
    kind: "text" as const,
    values: ["Germany", "France"],
    distinct: 2,
  };
  const ambiguous = () => {
    const base = briefing("").log!;
    const log = {
      ...base,
      id: "two-countries",
      vocabulary: { ...base.vocabulary, attributes: [germany, { ...germany, name: "ship country" }] },
    };
    return { log, logs: [log] };
  };

  it("asks once, with both results, when two readings differ", async () => {
    let made = 0;
    const { parts, calls } = await converse(
      "how long do orders take in Germany?",
      (call) => outcome(call, result([fact(`f${++made}`, made * 100)])),
      ambiguous(),
    );
    expect(calls).toHaveLength(2);
    expect(parts.clarification?.readings.map(({ label, result: told }) => [label, told])).toEqual([
      ["country", "The figure is {{f1}}."],
      ["ship country", "The figure is {{f2}}."],
    ]);
    const chosen = await converse("the second one", (call) => outcome(call, result([fact("f9", 1)])), {
      ...ambiguous(),
      state: parts.state,
    });
    expect(JSON.stringify(chosen.calls[0]?.args)).toContain("ship country");
  });

  it("answers without asking when both readings give the same", async () => {
    const { parts } = await converse(
      "how long do orders take in Germany?",
      (call) => outcome(call, result([fact("f1", 100)])),
      ambiguous(),
    );
    expect(parts.clarification).toBeNull();
    expect(parts.headline).toBe("The figure is {{f1}}.");
  });

  it('explains the wait that was found when asked "why?", for the same cases', async () => {
    const germanOnly = [{ kind: "attribute", attribute: "country", comparator: "=", value: "Germany" }];
    const state = {
      frames: [{ tool: "mining.bottlenecks", input: { filters: germanOnly } }],
      next: "why do we wait before Credit check?",
    };
    const { calls } = await converse("why?", (call) => outcome(call, result([fact("f1", 3)])), { state });
    expect(calls).toMatchObject([
      {
        name: "mining.root-cause",
        args: { metric: "waiting_time", activity: "Credit check", filters: germanOnly },
      },
    ]);
  });

  it("sets off assumptions that are no sentences, and keeps the log it chose for the thread", async () => {
    const logs = [
      { ...briefing("").log!, id: "a", name: "billing" },
      { ...briefing("").log!, id: "b", name: "returns" },
    ];
    const found = result([fact("f1", 3)], {
      answer: {
        headline: { text: "It is {f}.", values: { f: fact("f1", 3) } },
        figures: [],
        assumptions: [{ text: "All cases" }, { text: "Threshold 2 h" }, { text: "UTC." }],
      },
    });
    const { parts } = await converse("where do we wait in billing?", (call) => outcome(call, found), {
      log: null,
      logs,
    });
    expect(parts).toMatchObject({ assumptions: "All cases; Threshold 2 h; UTC.", log: "a" });
    expect(parts.state).toMatchObject({ log: { id: "a", over: null } });
  });

  it("says what went wrong, and what to do", async () => {
    const { text } = await converse("where do we wait?", (call) => ({
      kind: "problem",
      tool: call.name,
      input: call.args,
      title: "NoStarts",
      detail: "The log has no start times.",
      remedy: "Import a start column.",
    }));
    expect(text).toContain("The log has no start times.");
    expect(text).toContain("Import a start column.");
  });

  it("drafts and proposes a rule again when its amount is changed, and replaces what waits", async () => {
    const waiting = { ...pendingProposals(1)[0]!, id: "p-old" };
    const state = {
      frames: [{ tool: "rules.draft", input: { words: "escalate every order over $500 after 2 hours" } }],
      proposals: ["p-old"],
    };
    const { calls, parts } = await converse(
      "make it 400 instead of 500",
      (call) => outcome(call, result([fact("f1", 3, "cases")])),
      {
        state,
        proposals: [waiting],
      },
    );
    expect(calls.map(({ name, args }) => [name, args["words"]])).toEqual([
      ["rules.draft", "escalate every order over $400 after 2 hours"],
    ]);
    expect(parts.supersedes).toEqual(["p-old"]);
  });

  it("leaves what waits alone when a question is asked", async () => {
    const { parts } = await converse("where do we wait?", (call) => outcome(call, result([fact("f1", 3)])), {
      state: { proposals: ["p-1"] },
      proposals: pendingProposals(1),
    });
    expect(parts.supersedes).toEqual([]);
  });

  it("says that it is no language model, without a call", async () => {
    const { calls, text } = await converse("are you a language model?", () => {
      throw new Error("no call is needed");
    });
    expect(calls).toEqual([]);
    expect(text).toContain("not a language model");
  });

  it("does not load LangGraph", async () => {
    const { readFileSync, readdirSync } = await import("node:fs");
    const folder = new URL(".", import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
    );
    expect(
      sources.filter((file) => readFileSync(new URL(file, folder), "utf8").includes("@langchain/langgraph")),
    ).toEqual([]);
  });
});
