/** An answer as Slack blocks: the text with evidence marks that open the web app, views, what was assumed. */
import type { KnownBlock } from "@slack/web-api";
import { numberedFacts, withMarks } from "../channel.ts";
import type { Reply } from "../contract.ts";
import { context, fitBlocks, section } from "./blocks.ts";
import { cutText, escapeText, limits } from "./limits.ts";
import { viewBlocks } from "./views.ts";

/** Where an evidence mark leads; null when the web app has no address that Slack's people can reach. */
export type EvidenceLink = (thread: string, fact: string) => string | null;

export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export function replyMessage(reply: Reply, link: EvidenceLink): SlackMessage {
  const marked = markedText(reply, link);
  const views = reply.views.filter((view) => view.kind !== "proposal");
  const evidence = evidenceLines(reply, link);
  const blocks = [
    ...paragraphs(marked).map(section),
    ...views.slice(0, 3).flatMap(viewBlocks),
    ...(views.length > 3 ? [context(`${views.length - 3} more views are in the web app.`)] : []),
    ...(evidence.length === 0 ? [] : [context(evidence.join("\n"))]),
  ];
  return { text: cutText(escapeText(reply.reply), limits.messageText), blocks: fitBlocks(blocks) };
}

/** `26 h <https://…|[1]>`: the figure, then its mark. */
function markedText(reply: Reply, link: EvidenceLink): string {
  const numbers = new Map(numberedFacts(reply).map(({ number, fact }) => [fact.id, number]));
  return withMarks(reply.reply, reply.marks, (piece, mark) => {
    const number = mark && numbers.get(mark.fact);
    return number
      ? `${escapeText(piece)} ${linked(`[${number}]`, link(reply.thread, mark.fact))}`
      : escapeText(piece);
  });
}

function evidenceLines(reply: Reply, link: EvidenceLink): string[] {
  return numberedFacts(reply).map(({ number, fact }) => {
    const mark = linked(`[${number}]`, link(reply.thread, fact.id));
    return `${mark} ${escapeText(fact.label)}, from ${fact.rows.toLocaleString("en-US")} rows`;
  });
}

const linked = (label: string, url: string | null): string =>
  url === null ? label : `<${escapeText(url)}|${label}>`;

/** Pieces that fit into a section each, cut at blank lines first. */
function paragraphs(text: string): string[] {
  const pieces: string[] = [];
  for (const paragraph of text.split(/\n{2,}/)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + paragraph.length + 2 <= limits.sectionText) {
      pieces[pieces.length - 1] = `${last}\n\n${paragraph}`;
    } else pieces.push(paragraph);
  }
  return pieces.filter((piece) => piece.trim() !== "");
}
