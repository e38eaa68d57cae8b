/** One message in Slack, from acknowledgement to answer; each proposal becomes a message of its own. */
import type { WebClient } from "@slack/web-api";
import type { AgentService } from "../../agent/service.ts";
import { toProblem } from "../../errors.ts";
import type { Person, PlanReport, ProposalCard, ThreadEvent } from "../contract.ts";
import type { Inbox } from "../inbox.ts";
import { type IncomingMessage, threadOf } from "./incoming.ts";
import { cutText, escapeText, limits } from "./limits.ts";
import { beginLiveMessage, type LiveMessage, type MessagePort, type Stoppable } from "./live-message.ts";
import { planStatus } from "./plan.ts";
import type { ProposalBoard } from "./proposal-board.ts";
import { proposalBlocks, proposalText } from "./proposal-card.ts";
import { type EvidenceLink, replyMessage } from "./reply.ts";
import { stoppableBlocks } from "./stop-button.ts";

export interface ConversationOptions {
  readonly service: AgentService;
  readonly inbox: Inbox;
  readonly board: ProposalBoard;
  readonly link: EvidenceLink;
  readonly updateMilliseconds: number;
  readonly onError: (error: unknown) => void;
}

export const acknowledgement = "_Looking into it …_";

/** Answers a message once, however often Slack sends it. */
export async function converse(
  message: IncomingMessage,
  client: WebClient,
  options: ConversationOptions,
): Promise<void> {
  const { team, channel, ts, user } = message;
  if (!(await options.inbox.claim("slack", `${team}/${channel}/${ts}`))) return;
  const person = await options.service.identify({ channel: "slack", subject: `${team}/${user}` });
  if (!person) return sayUnknown(client, message);
  const port = portOf(client, message);
  if (message.text === "") {
    await port.post({
      text: "What would you like to know about your process? For example: _where do we wait?_",
    });
    return;
  }
  const live = await beginLiveMessage(port, acknowledgement, options.updateMilliseconds, options.onError);
  await answer(message, person, live, port, options);
}

/** Tells somebody privately that nobody here knows them. */
export async function sayUnknown(
  client: WebClient,
  {
    team,
    channel,
    user,
    threadTs,
  }: Pick<IncomingMessage, "team" | "channel" | "user"> & { threadTs?: string },
): Promise<void> {
  await client.chat.postEphemeral({
    channel,
    user,
    text: `I do not know who you are in Millwright, so I can do nothing for you. Ask an administrator to map \`${team}/${user}\` to a person.`,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
}

async function answer(
  message: IncomingMessage,
  person: Person,
  live: LiveMessage,
  port: MessagePort,
  options: ConversationOptions,
): Promise<void> {
  const events = options.service.send({
    person,
    tenant: person.tenant,
    channel: "slack",
    thread: threadOf(message),
    text: message.text,
    ...(message.direct ? { private: true } : {}),
  });
  const status = planStatus();
  try {
    for await (const event of events) {
      const stoppable: Stoppable = (text) =>
        stoppableBlocks(text, { thread: threadOf(message), turn: event.turn });
      const planned = status(event.body);
      if (planned !== null) live.status(planned, stoppable);
      if (event.body.type === "progress") live.progress(event.body.message, stoppable);
      await show(event, live, port, message, person, options);
    }
  } catch (error) {
    const problem = toProblem(error);
    if (problem.status >= 500) options.onError(error);
    await live.finish({ text: problemText(problem) });
  }
}

async function show(
  { body }: ThreadEvent,
  live: LiveMessage,
  port: MessagePort,
  message: IncomingMessage,
  person: Person,
  { board, link }: ConversationOptions,
): Promise<void> {
  if (body.type === "text-delta") live.append(body.text);
  else if (body.type === "reply") await live.finish(replyMessage(body.reply, link));
  else if (body.type === "problem") await live.finish({ text: problemText(body.problem) });
  else if (body.type === "stopped") await live.finish({ text: stoppedText(body.plan) });
  else if (body.type === "proposal") await postProposal(body.proposal, port, message, person, board);
}

async function postProposal(
  proposal: ProposalCard,
  port: MessagePort,
  message: IncomingMessage,
  person: Person,
  board: ProposalBoard,
): Promise<void> {
  const ts = await port.post({ text: proposalText(proposal), blocks: proposalBlocks(proposal) });
  board.posted({
    proposal,
    channel: message.channel,
    ts,
    threadTs: message.threadTs,
    thread: threadOf(message),
    person,
  });
}

function stoppedText(plan: PlanReport | undefined): string {
  const account = plan === undefined ? "" : `\n${escapeText(plan.closing)}`;
  return cutText(`_Stopped._${account}`, limits.messageText);
}

function problemText(problem: unknown): string {
  const { detail, remedy } = (problem ?? {}) as { detail?: unknown; remedy?: unknown };
  const words = [detail, remedy].filter((part) => typeof part === "string").join(" ");
  return cutText(`:warning: ${escapeText(words || "Something went wrong.")}`, limits.messageText);
}

export function portOf(
  client: WebClient,
  { channel, threadTs }: Pick<IncomingMessage, "channel" | "threadTs">,
): MessagePort {
  const quiet = { unfurl_links: false, unfurl_media: false };
  return {
    async post(message) {
      const posted = await client.chat.postMessage({ channel, thread_ts: threadTs, ...quiet, ...message });
      return posted.ts ?? "";
    },
    async update(ts, message) {
      await client.chat.update({ channel, ts, ...message, blocks: message.blocks ?? [] });
    },
  };
}
