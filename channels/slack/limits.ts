/**
 * Slack's limits on messages and blocks (docs.slack.dev, Block Kit reference), and texts that keep them. What is cut
 * says so.
 */
export const limits = {
  /** Blocks in a message. */
  blocks: 50,
  /** Characters of a section's text. */
  sectionText: 3_000,
  headerText: 150,
  contextElements: 10,
  contextText: 3_000,
  actionElements: 25,
  actionId: 255,
  blockId: 255,
  buttonText: 75,
  buttonValue: 2_000,
  /** Characters of a message's own `text`; Slack recommends at most 4,000 and truncates at 40,000. */
  messageText: 4_000,
} as const;

/** Slack's three control characters (docs.slack.dev, formatting message text): nothing that came in can mention or link. */
export const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Escaped, and without the marks that would format it: text of a log stays as it is. */
export const quoteText = (text: string): string => escapeText(text).replace(/([*_~`])/g, "\u200b$1");

/** Cut by characters, never inside an escape such as `&amp;` or inside a link. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most - 1;
  const open = text.lastIndexOf("<", end);
  if (open > text.lastIndexOf(">", end)) end = open;
  const entity = text.lastIndexOf("&", end);
  if (entity > end - 6 && !text.slice(entity, end).includes(";")) end = entity;
  if (/[\ud800-\udbff]/.test(text[end - 1] ?? "")) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** Lines of a preformatted block that fit into a section together with its fences. */
export function preformatted(lines: readonly string[], most: number = limits.sectionText): string {
  const room = most - 8;
  let body = "";
  let shown = 0;
  for (const line of lines) {
    const next = body === "" ? line : `${body}\n${line}`;
    if (next.length > room - 20) break;
    body = next;
    shown += 1;
  }
  const rest = shown < lines.length ? `\n… ${lines.length - shown} more` : "";
  return `\`\`\`\n${body}${rest}\n\`\`\``;
}
