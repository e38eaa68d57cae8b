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

/** The text's blocks: with what it can be stopped by. */
export type Stoppable = (text: string) => KnownBlock[];

export interface LiveMessage {
  /** Shows what is being done until there is text. */
  progress(text: string, blocks?: Stoppable): void;
  /** Shows a text of ours, in Slack's own markup, until there is text of the answer. */
  status(text: string, blocks?: Stoppable): void;
  append(text: string): void;
  /** Replaces everything; the message does not change afterwards. */
  finish(message: { text: string; blocks?: KnownBlock[] }): Promise<void>;
}

interface Shown {
  readonly text: string;
  readonly blocks?: KnownBlock[];
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
  let shown: Shown = { text: acknowledgement };
  let wanted: Shown = shown;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();
  const send = () => {
    timer = null;
    if (JSON.stringify(wanted) === JSON.stringify(shown)) return;
    const next = wanted;
    shown = next;
    sending = sending.then(() => port.update(ts, next)).catch(onError);
  };
  const show = (next: string, blocks?: Stoppable) => {
    wanted = blocks === undefined ? { text: next } : { text: next, blocks: blocks(next) };
    timer ??= setTimeout(send, intervalMilliseconds);
  };
  return {
    progress(status, blocks) {
      if (text === "" && !planned) show(`_${escapeText(status)} …_`, blocks);
    },
    status(markup, blocks) {
      planned = true;
      if (text === "") show(markup, blocks);
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
