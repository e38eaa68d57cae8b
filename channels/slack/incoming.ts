/** What a person wrote in Slack, as plain words. */

/** A message that is addressed to us. */
export interface IncomingMessage {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** Slack's own id of the message within the channel. */
  readonly ts: string;
  /** The message that the thread hangs on. */
  readonly threadTs: string;
  readonly text: string;
  readonly direct: boolean;
}

export interface MessageFields {
  readonly channel?: string | undefined;
  readonly channel_type?: string | undefined;
  readonly user?: string | undefined;
  readonly text?: string | undefined;
  readonly ts?: string | undefined;
  readonly thread_ts?: string | undefined;
  readonly subtype?: string | undefined;
  readonly bot_id?: string | undefined;
}

/** Null for what is not a person's message to us: edits, joins, other bots, channel talk without a mention. */
export function incomingOf(
  event: MessageFields,
  team: string,
  kind: "mention" | "message",
): IncomingMessage | null {
  const { channel, user, ts, subtype, bot_id } = event;
  const direct = event.channel_type === "im" || event.channel_type === "mpim";
  if (!channel || !user || !ts || bot_id !== undefined) return null;
  if (subtype !== undefined && subtype !== "file_share" && subtype !== "thread_broadcast") return null;
  if (kind === "message" && event.channel_type !== "im") return null;
  const text = plainText(event.text ?? "");
  return { team, channel, user, ts, threadTs: event.thread_ts ?? ts, text, direct };
}

/** Without the mention that addressed us, links as their labels, escapes undone (docs.slack.dev, formatting text). */
export function plainText(text: string): string {
  return text
    .replace(/^\s*<@[A-Z0-9]+(?:\|[^>]*)?>[:,]?\s*/, "")
    .replace(/<@([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `@${name ?? id}`)
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replace(
      /<!([a-z]+)(?:\^[^|>]*)?(?:\|([^>]*))?>/g,
      (_, name: string, label?: string) => label ?? `@${name}`,
    )
    .replace(/<([^|>]+)\|([^>]*)>/g, (_, url: string, label: string) => label || url)
    .replace(/<([^>]+)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .trim();
}

/** The thread of ours that a Slack thread is. */
export const threadOf = ({
  team,
  channel,
  threadTs,
}: Pick<IncomingMessage, "team" | "channel" | "threadTs">): string => `slack:${team}:${channel}:${threadTs}`;
