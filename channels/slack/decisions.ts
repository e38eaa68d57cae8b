/** A button was pressed. Who pressed it and what it carries decide; the message's words do not. */
import type { WebClient } from "@slack/web-api";
import type { AgentService } from "../../agent/service.ts";
import { MillwrightError, toProblem } from "../../errors.ts";
import type { Person, ProposalCard } from "../contract.ts";
import { context } from "./blocks.ts";
import { sayUnknown } from "./conversation.ts";
import { redraw } from "./proposal-board.ts";
import { proposalBlocks, proposalText, readButton } from "./proposal-card.ts";

export interface Press {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** The message that the button is on. */
  readonly ts: string;
  readonly threadTs?: string;
  readonly value: string | undefined;
  readonly verdict: "approve" | "reject";
}

export async function decideByButton(press: Press, client: WebClient, service: AgentService): Promise<void> {
  const button = readButton(press.value);
  const person = await service.identify({ channel: "slack", subject: `${press.team}/${press.user}` });
  if (!person) return sayUnknown(client, press);
  if (!button) return tell(client, press, "This button carries no proposal of ours.");
  try {
    await showDeciding(client, press, person, await cardOf(service, person, button.proposal));
    const { verdict } = press;
    const request = { person, tenant: person.tenant, ...button, verdict, channel: "slack" as const };
    const result = await service.decide(request);
    await redraw(client, press, result);
    if (result.already)
      await tell(client, press, `Already decided by you${decidedAt(result.decisions, person)}.`);
  } catch (error) {
    if (!(error instanceof MillwrightError)) throw error;
    await restore(client, press, await cardOf(service, person, button.proposal));
    const { detail, remedy } = toProblem(error);
    await tell(client, press, remedy === undefined ? detail : `${detail} ${remedy}`);
  }
}

const decidedAt = (decisions: readonly { person: string; at: string }[], person: Person): string => {
  const own = decisions.find((decision) => decision.person === person.id);
  return own ? ` at ${own.at}` : "";
};

async function cardOf(service: AgentService, person: Person, id: string): Promise<ProposalCard | null> {
  const cards = await service.proposals({ person, tenant: person.tenant });
  return cards.find((card) => card.id === id) ?? null;
}

/** The button is dead at once. */
async function showDeciding(
  client: WebClient,
  press: Press,
  person: Person,
  card: ProposalCard | null,
): Promise<void> {
  if (card?.state !== "pending") return;
  const doing = press.verdict === "approve" ? "approving" : "rejecting";
  const blocks = proposalBlocks(card).filter((block) => block.type !== "actions");
  const now = context(`:hourglass_flowing_sand: ${person.name} is ${doing} this …`);
  const text = proposalText(card);
  await client.chat.update({ channel: press.channel, ts: press.ts, text, blocks: [...blocks, now] });
}

/** What stands there now, with buttons only while it waits. */
async function restore(client: WebClient, press: Press, card: ProposalCard | null): Promise<void> {
  if (card) await redrawPlain(client, press, card);
}

async function redrawPlain(client: WebClient, { channel, ts }: Press, card: ProposalCard): Promise<void> {
  if (card.state !== "pending") return redraw(client, { channel, ts }, { proposal: card, decisions: [] });
  await client.chat.update({ channel, ts, text: proposalText(card), blocks: proposalBlocks(card) });
}

async function tell(client: WebClient, { channel, user, threadTs }: Press, text: string): Promise<void> {
  await client.chat.postEphemeral({
    channel,
    user,
    text,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
}
