/**
 * The one flat graph. A turn: plan → read → propose → plan … → answer. A batch of proposals waits in a run of its own:
 * gate → execute. This module loads LangGraph (seconds); import it when a turn begins, not before.
 */
import type { BaseCheckpointSaver } from "@langchain/langgraph";
import { END, START, StateGraph } from "@langchain/langgraph";
import { answerNode } from "./answer.ts";
import { afterExecute, executeNode, gateNode } from "./gate.ts";
import { planNode } from "./plan.ts";
import { proposeNode } from "./propose.ts";
import { readNode } from "./read.ts";
import type { GraphServices } from "./run.ts";
import { RunState } from "./state.ts";

export function buildGraph(services: GraphServices, checkpointer: BaseCheckpointSaver) {
  return new StateGraph(RunState)
    .addNode("plan", planNode(services))
    .addNode("read", readNode(services))
    .addNode("propose", proposeNode(services))
    .addNode("answer", answerNode(services))
    .addNode("gate", gateNode(services))
    .addNode("execute", executeNode(services))
    .addConditionalEdges(START, (state) => (state.kind === "turn" ? "plan" : "gate"), ["plan", "gate"])
    .addConditionalEdges("plan", (state) => state.next, {
      read: "read",
      plan: "plan",
      answer: "answer",
      end: END,
    })
    .addEdge("read", "propose")
    .addEdge("propose", "plan")
    .addConditionalEdges("answer", (state) => state.next, { plan: "plan", end: END, read: END, answer: END })
    .addEdge("gate", "execute")
    .addConditionalEdges("execute", afterExecute(services), { gate: "gate", end: END })
    .compile({ checkpointer });
}

export type RunGraph = ReturnType<typeof buildGraph>;
