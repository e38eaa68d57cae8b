/** The few kinds of block that the channel sends. */
import type { KnownBlock } from "@slack/web-api";
import { cutText, limits } from "./limits.ts";

export const section = (text: string): KnownBlock => ({
  type: "section",
  text: { type: "mrkdwn", text: cutText(text, limits.sectionText) || " " },
});

export const header = (text: string): KnownBlock => ({
  type: "header",
  text: { type: "plain_text", text: cutText(text, limits.headerText) || " " },
});

export const context = (...texts: readonly string[]): KnownBlock => ({
  type: "context",
  elements: texts
    .slice(0, limits.contextElements)
    .map((text) => ({ type: "mrkdwn" as const, text: cutText(text, limits.contextText) || " " })),
});

export const divider: KnownBlock = { type: "divider" };

/** At most as many blocks as a message may have; the last one says what is missing. */
export function fitBlocks(blocks: readonly KnownBlock[]): KnownBlock[] {
  if (blocks.length <= limits.blocks) return [...blocks];
  const left = blocks.length - limits.blocks + 1;
  return [...blocks.slice(0, limits.blocks - 1), context(`${left} more parts are in the web app.`)];
}
