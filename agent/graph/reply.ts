/** Puts the contract's reply together. */

import type { Fact, ProposalCard } from "../../tools/define.ts";
import type { Registry } from "../../tools/registry.ts";
import { translateView } from "../model/offline/translate-view.ts";
import type { ModelProvider } from "../model/provider.ts";
import type { PlanReport, ProposalSummary, Reply } from "../service.ts";
import type { Body } from "../threads/events.ts";
import type { CheckedReply } from "./check-reply.ts";
import type { LiveTurn } from "./run.ts";
import type { RunStateValue } from "./state.ts";

/** Facts in a reply; the rest are behind the views. */
const mostFacts = 12;

export const summaryOf = (card: ProposalCard): ProposalSummary => ({
  id: card.id,
  state: card.state,
  tool: card.tool,
  digest: card.digest,
  summary: card.summary,
  preview: card.preview,
  requester: card.requester,
  approvers: card.approvers,
  expires: card.expires,
});

function factsOf(state: RunStateValue, used: readonly Fact[]): Fact[] {
  const results = state.outcomes.flatMap((outcome) => (outcome.kind === "result" ? [outcome.result] : []));
  const told = results.flatMap(({ answer }) => answer.figures);
  const all = [...used, ...told, ...results.flatMap(({ facts }) => facts)];
  return [...new Map(all.map((fact) => [fact.id, fact])).values()].slice(0, mostFacts);
}

export function replyOf(
  turn: LiveTurn,
  state: RunStateValue,
  checked: CheckedReply,
  made: {
    language: string;
    planner: ModelProvider["name"];
    registry: Registry;
    report: PlanReport | null;
  },
): Reply {
  const outcomes = state.outcomes.slice(state.told);
  return {
    thread: turn.request.thread,
    turn: turn.request.turn,
    reply: checked.body.text,
    marks: checked.body.marks,
    language: made.language,
    facts: factsOf(state, checked.used),
    calls: outcomes
      .filter(({ kind }) => kind !== "proposal")
      .map(({ tool, input }) => ({ tool, input, risk: made.registry.find(tool)?.risk ?? "read" })),
    views: outcomes.flatMap((outcome) =>
      outcome.kind === "result" ? outcome.result.views.map((view) => translateView(view, made.language)) : [],
    ),
    proposals: outcomes.flatMap((outcome) =>
      outcome.kind === "proposal" ? [summaryOf(outcome.proposal)] : [],
    ),
    clarification: checked.clarification,
    planner: made.planner,
    answer: checked.answer,
    ...(made.report === null ? {} : { plan: made.report }),
  };
}

/** The verified text in pieces of some words each, for channels that write as they read. */
export function deltas(text: string): Body[] {
  const pieces = text.match(/(?:\S+\s*){1,6}|\s+/gu) ?? [];
  return pieces.map((piece) => ({ type: "text-delta", text: piece }));
}
