/**
 * Slack: a mention or a direct message is acknowledged at once and answered in its thread; proposals are messages of
 * their own with buttons. Over signed HTTP where there is a signing secret, else over Socket Mode.
 */
import type { App, BlockAction, ButtonAction } from "@slack/bolt";
import type { Hono } from "hono";
import type { AgentService } from "../../agent/service.ts";
import type { Channel } from "../channel.ts";
import type { Inbox } from "../inbox.ts";
import { type ConversationOptions, converse } from "./conversation.ts";
import { decideByButton, type Press } from "./decisions.ts";
import { SlackSettingsError } from "./errors.ts";
import { incomingOf, type MessageFields } from "./incoming.ts";
import { createProposalBoard } from "./proposal-board.ts";
import { actionIds } from "./proposal-card.ts";
import { HonoReceiver } from "./receiver.ts";
import type { EvidenceLink } from "./reply.ts";
import { stopActionId, stopByButton } from "./stop-button.ts";

export interface SlackOptions {
  readonly botToken: string;
  readonly signingSecret?: string;
  /** Socket Mode, where there is no signing secret. */
  readonly appToken?: string;
  /** Slack's Web API; its own address by default. */
  readonly apiUrl?: string;
  readonly link: EvidenceLink;
  readonly onError: (error: unknown) => void;
  /** Between updates of a growing answer. */
  readonly updateMilliseconds?: number;
  readonly now?: () => number;
}

export interface SlackChannel extends Channel {
  /** `POST /slack/events`, to be mounted; null in Socket Mode. */
  readonly routes: Hono | null;
}

export async function createSlackChannel(
  service: AgentService,
  inbox: Inbox,
  options: SlackOptions,
): Promise<SlackChannel> {
  const bolt = await import("@slack/bolt");
  const { onError } = options;
  const receiver = receiverOf(inbox, options);
  const app = new bolt.App({
    token: options.botToken,
    deferInitialization: true,
    logLevel: bolt.LogLevel.ERROR,
    ...(options.apiUrl === undefined ? {} : { clientOptions: { slackApiUrl: options.apiUrl } }),
    ...(receiver ? { receiver } : { socketMode: true, appToken: options.appToken ?? "" }),
  });
  const board = createProposalBoard(service, app.client, onError);
  const updateMilliseconds = options.updateMilliseconds ?? 1_200;
  listen(app, service, { service, inbox, board, onError, updateMilliseconds, link: options.link });
  return {
    name: "slack",
    routes: receiver?.routes ?? null,
    async start() {
      await app.init();
      await app.start();
    },
    async stop() {
      await app.stop();
      await board.stop();
    },
  };
}

function receiverOf(
  inbox: Inbox,
  { signingSecret, appToken, now, onError }: SlackOptions,
): HonoReceiver | null {
  if (signingSecret) return new HonoReceiver({ signingSecret, inbox, now: now ?? Date.now, onError });
  if (appToken) return null;
  throw new SlackSettingsError();
}

function listen(app: App, service: AgentService, options: ConversationOptions): void {
  app.error(async (error) => options.onError(error));
  app.event("app_mention", async ({ event, body, client }) => {
    const message = incomingOf(event as MessageFields, body.team_id, "mention");
    if (message) await converse(message, client, options);
  });
  app.event("message", async ({ event, body, client }) => {
    const message = incomingOf(event as MessageFields, body.team_id, "message");
    if (message) await converse(message, client, options);
  });
  for (const [verdict, id] of Object.entries(actionIds)) {
    app.action<BlockAction<ButtonAction>>(id, async ({ ack, body, action, client }) => {
      await ack();
      const press = pressOf(body, action);
      const decision = { verdict: verdict === "approve" ? "approve" : "reject" } as const;
      if (press) await decideByButton({ ...press, ...decision }, client, service);
    });
  }
  app.action<BlockAction<ButtonAction>>(stopActionId, async ({ ack, body, action, client }) => {
    await ack();
    const press = pressOf(body, action);
    if (press) await stopByButton(press, client, service);
  });
}

function pressOf(body: BlockAction<ButtonAction>, action: ButtonAction): Omit<Press, "verdict"> | null {
  const channel = body.channel?.id;
  const ts = body.message?.ts;
  const team = body.team?.id;
  if (!channel || !ts || !team) return null;
  const threadTs = body.message?.["thread_ts"] as string | undefined;
  const press = { team, channel, ts, user: body.user.id, value: action.value };
  return threadTs === undefined ? press : { ...press, threadTs };
}
