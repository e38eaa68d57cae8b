/**
 * Thread events as the `ai` package's UI messages: chunk by chunk while a turn runs, and whole when an old thread is
 * opened. Both ways go through the same mapping, so a reload shows what was streamed.
 */
import type { UIMessage, UIMessageChunk } from "ai";
import type { ChatMetadata, ChatParts, PlanReport, ThreadEvent } from "../contract.ts";

export type ChatMessage = UIMessage<ChatMetadata, ChatParts>;
export type ChatChunk = UIMessageChunk<ChatMetadata, ChatParts>;
type ChatPart = ChatMessage["parts"][number];

/** A turn has one text part. */
const textId = "text";

/** Events after which nothing more of the turn's answer comes. */
const closing: ReadonlySet<string> = new Set(["reply", "problem", "stopped"]);
export const closesTurn = (event: ThreadEvent): boolean => closing.has(event.body.type);

const metadataOf = (event: ThreadEvent): ChatMetadata => ({
  turn: event.turn,
  seq: event.seq,
  at: event.at,
  person: event.person,
});

const stoppedAt = (at: string, plan: PlanReport | undefined) => ({
  at,
  ...(plan === undefined ? {} : { plan }),
});

/** The data parts an event adds or replaces. A person's message and text are no data. */
function dataChunks(event: ThreadEvent): ChatChunk[] {
  const { body } = event;
  switch (body.type) {
    case "plan":
      return [{ type: "data-plan", id: `plan:${event.seq}`, data: body }];
    case "step":
      return [{ type: "data-step", id: body.step.id, data: body.step }];
    case "steered":
      return [{ type: "data-steered", id: `steered:${event.seq}`, data: body }];
    case "resumed":
      return [{ type: "data-resumed", id: "resumed", data: body }];
    case "progress":
      return [{ type: "data-progress", id: body.call, data: body }];
    case "result":
      return [
        ...body.views.map((view, index): ChatChunk => {
          const data = { call: body.call, tool: body.tool, view };
          return { type: "data-view", id: `${body.call}:${index}`, data };
        }),
        ...body.facts.map((fact): ChatChunk => ({ type: "data-fact", id: fact.id, data: fact })),
      ];
    case "proposal":
    case "receipt":
      return [{ type: "data-proposal", id: body.proposal.id, data: body.proposal }];
    case "decision":
      return [{ type: "data-decision", id: `${body.proposal}:${event.seq}`, data: body }];
    case "alert":
      return [{ type: "data-alert", id: `alert:${event.seq}`, data: body }];
    case "reply":
      return [{ type: "data-reply", id: "reply", data: body.reply }];
    case "problem":
      return [{ type: "data-problem", id: "problem", data: body.problem }];
    case "stopped":
      return [{ type: "data-stopped", id: "stopped", data: stoppedAt(event.at, body.plan) }];
    case "message":
    case "text-delta":
      return [];
  }
}

/** Maps one turn's events, in order, to the chunks of one assistant message whose id is the turn's. */
export function turnToChunks(): (event: ThreadEvent) => ChatChunk[] {
  let started = false;
  let writing = false;
  return (event) => {
    const chunks: ChatChunk[] = [];
    if (event.body.type === "message") return chunks;
    if (!started) {
      started = true;
      chunks.push({ type: "start", messageId: event.turn, messageMetadata: metadataOf(event) });
    }
    if (event.body.type === "text-delta") {
      if (!writing) chunks.push({ type: "text-start", id: textId });
      writing = true;
      chunks.push({ type: "text-delta", id: textId, delta: event.body.text });
    }
    if (closesTurn(event) && writing) {
      writing = false;
      chunks.push({ type: "text-end", id: textId });
    }
    chunks.push(...dataChunks(event));
    if (closesTurn(event)) chunks.push({ type: "finish" });
    return chunks;
  };
}

/** Applies a chunk to a message's parts the way `useChat` does. */
function applyChunk(parts: ChatPart[], chunk: ChatChunk): void {
  if (chunk.type === "text-delta") {
    const text = parts.find((part) => part.type === "text");
    if (text?.type === "text") text.text += chunk.delta;
    else parts.push({ type: "text", text: chunk.delta, state: "done" });
    return;
  }
  if (!("data" in chunk)) return;
  const part = { type: chunk.type, id: chunk.id, data: chunk.data } as ChatPart;
  const at = parts.findIndex((other) => other.type === part.type && "id" in other && other.id === chunk.id);
  if (at < 0) parts.push(part);
  else parts[at] = part;
}

const userMessage = (event: ThreadEvent, text: string): ChatMessage => ({
  id: `${event.turn}:${event.seq}`,
  role: "user",
  metadata: metadataOf(event),
  parts: [{ type: "text", text }],
});

/** An old thread as messages; what a turn gets later (a decision, a receipt) joins that turn's message. */
export function messagesOf(events: readonly ThreadEvent[]): ChatMessage[] {
  const messages: ChatMessage[] = [];
  const answers = new Map<string, { message: ChatMessage; map: (event: ThreadEvent) => ChatChunk[] }>();
  for (const event of events) {
    if (event.body.type === "message") {
      messages.push(userMessage(event, event.body.text));
      continue;
    }
    let answer = answers.get(event.turn);
    if (!answer) {
      const message: ChatMessage = {
        id: event.turn,
        role: "assistant",
        metadata: metadataOf(event),
        parts: [],
      };
      answer = { message, map: turnToChunks() };
      answers.set(event.turn, answer);
      messages.push(message);
    }
    for (const chunk of answer.map(event)) applyChunk(answer.message.parts, chunk);
  }
  return messages;
}

/** The turn that still runs: the last that was begun and that nothing has closed. */
export function openTurn(events: readonly ThreadEvent[]): string | null {
  const closed = new Set(events.filter(closesTurn).map(({ turn }) => turn));
  const begins = ({ body, turn }: ThreadEvent): boolean =>
    (body.type === "message" || body.type === "resumed") && !closed.has(turn);
  return events.findLast(begins)?.turn ?? null;
}
