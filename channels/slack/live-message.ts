/**
 * A message that grows while the answer is made. Slack allows about one update a second to a message, so what comes
 * faster is gathered; the last state always arrives.
 */
import type { KnownBlock } from "@slack/web-api";
import { cutText, escapeText, limits } from "./limits.ts";

export interface MessagePort {
  post(message: { text: string; blocks?: KnownBlock[] }): Promise<string>;
  update(ts: string, message: { text: string; blocks?: KnownBlock[] }): Promise<void>;
}

export interface LiveMessage {
  /** Shows what is being done until there is text. */
  progress(text: string): void;
  /** Shows a text of ours, in Slack's own markup, until there is text of the answer. */
  status(text: string): void;
  append(text: string): void;
  /** Replaces everything; the message does not change afterwards. */
  finish(message: { text: string; blocks?: KnownBlock[] }): Promise<void>;
}

export async function beginLiveMessage(
  port: MessagePort,
  acknowledgement: string,
  intervalMilliseconds: number,
  onError: (error: unknown) => void,
): Promise<LiveMessage> {
  const ts = await port.post({ text: acknowledgement });
  let text = "";
  /** What is being done stands in a plan. */
  let planned = false;
  let shown = acknowledgement;
  let wanted = acknowledgement;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();
  const send = () => {
    timer = null;
    if (wanted === shown) return;
    shown = wanted;
    sending = sending.then(() => port.update(ts, { text: shown })).catch(onError);
  };
  const show = (next: string) => {
    wanted = next;
    timer ??= setTimeout(send, intervalMilliseconds);
  };
  return {
    progress(status) {
      if (text === "" && !planned) show(`_${escapeText(status)} …_`);
    },
    status(markup) {
      planned = true;
      if (text === "") show(markup);
    },
    append(piece) {
      text += piece;
      show(cutText(escapeText(text), limits.messageText));
    },
    async finish(message) {
      if (timer) clearTimeout(timer);
      await sending;
      await port.update(ts, message);
    },
  };
}
