/**
 * Proposals that stand as messages in Slack. While one of a thread is pending the thread is followed, so that a decision
 * in the web app or on the command line shows in Slack too, and so do alerts.
 */
import type { WebClient } from "@slack/web-api";
import type { AgentService } from "../../agent/service.ts";
import type { DecideResult, Person, ProposalCard, ThreadEvent } from "../contract.ts";
import { portOf } from "./conversation.ts";
import { cutText, escapeText, limits } from "./limits.ts";
import { decidedBlocks, proposalText } from "./proposal-card.ts";

export interface PostedProposal {
  readonly proposal: ProposalCard;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string;
  /** Our thread. */
  readonly thread: string;
  /** Whose eyes the thread is followed with. */
  readonly person: Person;
}

export interface ProposalBoard {
  posted(message: PostedProposal): void;
  stop(): Promise<void>;
}

/** States in which a proposal's message may still change. */
const open = new Set(["pending", "approved", "executing"]);

export function createProposalBoard(
  service: AgentService,
  client: WebClient,
  onError: (error: unknown) => void,
): ProposalBoard {
  const stopping = new AbortController();
  const threads = new Map<string, Map<string, PostedProposal>>();
  const following = new Set<Promise<void>>();

  async function follow(first: PostedProposal, waiting: Map<string, PostedProposal>): Promise<void> {
    const { thread, person } = first;
    const from =
      (await service.threads({ person, tenant: person.tenant })).find(({ id }) => id === thread)?.lastSeq ??
      0;
    const request = { person, tenant: person.tenant, thread, from, follow: true, signal: stopping.signal };
    for await (const { body } of service.replay(request)) {
      await show(body, waiting, first);
      if (waiting.size === 0) return;
    }
  }

  async function show(
    body: ThreadEvent["body"],
    waiting: Map<string, PostedProposal>,
    first: PostedProposal,
  ): Promise<void> {
    if (body.type === "alert") {
      const text = cutText(
        `:bell: *${escapeText(body.title)}*\n${escapeText(body.text)}`,
        limits.messageText,
      );
      await portOf(client, first).post({ text });
    }
    if (body.type !== "receipt") return;
    const message = waiting.get(body.proposal.id);
    if (!message) return;
    await redraw(client, message, { proposal: body.proposal, decisions: [] });
    if (!open.has(body.proposal.state)) waiting.delete(body.proposal.id);
  }

  return {
    posted(message) {
      const waiting = threads.get(message.thread);
      if (waiting) return void waiting.set(message.proposal.id, message);
      const begun = new Map([[message.proposal.id, message]]);
      threads.set(message.thread, begun);
      const work = follow(message, begun)
        .catch((error: unknown) => {
          if (!stopping.signal.aborted) onError(error);
        })
        .finally(() => {
          threads.delete(message.thread);
          following.delete(work);
        });
      following.add(work);
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled([...following]);
    },
  };
}

/** Writes the proposal's message anew: no buttons unless it still waits, the receipt when there is one. */
export async function redraw(
  client: WebClient,
  { channel, ts }: Pick<PostedProposal, "channel" | "ts">,
  result: Pick<DecideResult, "proposal" | "decisions">,
): Promise<void> {
  await client.chat.update({
    channel,
    ts,
    text: proposalText(result.proposal),
    blocks: decidedBlocks(result),
  });
}
