import { readUIMessageStream } from "ai";
import { expect, it } from "vitest";
import type { ThreadEvent } from "../contract.ts";
import { replyTo } from "../fixtures/service.ts";
import { fact, proposal, views } from "../fixtures/views.ts";
import { type ChatChunk, type ChatMessage, messagesOf, openTurn, turnToChunks } from "./stream.ts";

const request = { person: null, tenant: "local", channel: "web", text: "fix it", thread: "t" } as const;
const bodies: ThreadEvent["body"][] = [
  { type: "message", text: "where do we lose time?", channel: "web" },
  { type: "plan", calls: [{ id: "c1", tool: "mining.bottlenecks", input: {} }] },
  { type: "progress", call: "c1", message: "Reading", share: 0.2 },
  { type: "progress", call: "c1", message: "Reading", share: 0.9 },
  { type: "result", call: "c1", tool: "mining.bottlenecks", views: [views.table], facts: [fact] },
  { type: "text-delta", text: "Approve order " },
  { type: "text-delta", text: "waits longest." },
  { type: "proposal", proposal },
  { type: "reply", reply: replyTo(request) },
];
const turnOf = (turn: string, given: readonly ThreadEvent["body"][], from = 0): ThreadEvent[] =>
  given.map((body, index) => ({
    thread: "t",
    seq: from + index + 1,
    turn,
    at: "2026-11-21T00:00:00.000Z",
    person: body.type === "message" ? "maya" : null,
    body,
  }));
const events = turnOf("turn-1", bodies);

async function assembled(chunks: readonly ChatChunk[]): Promise<ChatMessage | undefined> {
  const stream = new ReadableStream<ChatChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  let last: ChatMessage | undefined;
  for await (const message of readUIMessageStream<ChatMessage>({ stream })) last = message;
  return last;
}

it("what useChat makes of the stream is what an opened thread shows", async () => {
  const map = turnToChunks();
  const streamed = await assembled(events.flatMap(map));
  const [question, answer] = messagesOf(events);
  expect(question).toMatchObject({ role: "user", metadata: { person: "maya", turn: "turn-1" } });
  expect(streamed?.id).toBe(answer?.id);
  const comparable = (message: ChatMessage | undefined) =>
    message?.parts.map((part) => (part.type === "text" ? { text: part.text } : part));
  expect(comparable(streamed)).toEqual(comparable(answer));
});

it("later progress of a call replaces the earlier", () => {
  const progress = messagesOf(events)[1]?.parts.filter((part) => part.type === "data-progress");
  expect(progress).toHaveLength(1);
  expect(progress?.[0]).toMatchObject({ data: { share: 0.9 } });
});

it("a decision and a receipt that come after the turn join its message, and the receipt replaces the card", () => {
  const decided: ThreadEvent["body"] = {
    type: "decision",
    proposal: proposal.id,
    verdict: "approve",
    reason: null,
    state: "executed",
  };
  const receipt: ThreadEvent["body"] = { type: "receipt", proposal: { ...proposal, state: "executed" } };
  const second = turnOf("turn-2", [{ type: "message", text: "thanks", channel: "web" }], 9);
  const late = turnOf("turn-1", [decided, receipt], 10);
  const messages = messagesOf([...events, ...second, ...late]);
  expect(messages.map((message) => message.role)).toEqual(["user", "assistant", "user"]);
  const cards = messages[1]?.parts.filter((part) => part.type === "data-proposal");
  expect(cards).toHaveLength(1);
  expect(cards?.[0]).toMatchObject({ data: { state: "executed" } });
});

it("a turn is open from its message to its reply, problem or stop", () => {
  expect(openTurn([])).toBeNull();
  expect(openTurn(events.slice(0, 4))).toBe("turn-1");
  expect(openTurn(events)).toBeNull();
  expect(openTurn([...events.slice(0, 4), ...turnOf("turn-1", [{ type: "stopped" }], 4)])).toBeNull();
});
