/**
 * A proposal as a message of its own. Every word is made from the input and the preview; the buttons carry the id and
 * the digest of exactly this input, so that what is decided is what was shown.
 */
import type { KnownBlock } from "@slack/web-api";
import type { DecideResult, ProposalCard } from "../contract.ts";
import { context, header, section } from "./blocks.ts";
import { cutText, escapeText, limits, preformatted, quoteText } from "./limits.ts";

export const actionIds = { approve: "millwright-approve", reject: "millwright-reject" } as const;

/** What a button carries. */
export interface ButtonValue {
  readonly proposal: string;
  readonly digest: string;
}

export const writeButton = (card: ProposalCard): string =>
  JSON.stringify({ proposal: card.id, digest: card.digest } satisfies ButtonValue);

/** Null for anything that no button of ours carries. */
export function readButton(value: string | undefined): ButtonValue | null {
  try {
    const { proposal, digest } = JSON.parse(value ?? "") as Record<string, unknown>;
    return typeof proposal === "string" && typeof digest === "string" ? { proposal, digest } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** The card; with buttons while it waits. */
export function proposalBlocks(card: ProposalCard): KnownBlock[] {
  const { preview } = card;
  const lines = preview.changes.flatMap(({ what, before, after }) => [
    what,
    ...(before === null ? [] : [`- ${before}`]),
    ...(after === null ? [] : [`+ ${after}`]),
  ]);
  return [
    header(`Proposal: ${toolTitle(card.tool)}`),
    section(`*${quoteText(card.summary)}*`),
    section(`*Why* ${quoteText(preview.why)}`),
    ...(lines.length === 0
      ? []
      : [section(preformatted(lines.map((line) => escapeText(line.replaceAll("```", "'''")))))]),
    section(
      [
        `*Affects* ${affected(card)}`,
        `*Undo* ${preview.undo.possible ? "" : "Not possible. "}${quoteText(preview.undo.how)}`,
        ...preview.risks.map((risk) => `:warning: ${quoteText(risk)}`),
      ].join("\n"),
    ),
    context(
      `Asked by ${quoteText(card.requester)} · decided by ${card.approvers.map(quoteText).join(" or ")} until ${dateText(card.expires)}`,
      `${quoteText(card.policy)} · ${card.risk} · digest \`${card.digest.slice(0, 12)}\``,
    ),
    ...(card.state === "pending" ? [buttons(card)] : []),
  ];
}

/** The card after a decision: no buttons, who decided, and the receipt. */
export function decidedBlocks({
  proposal,
  decisions,
}: Pick<DecideResult, "proposal" | "decisions">): KnownBlock[] {
  const who = decisions.map(({ person, verdict, at, reason }) => {
    const done = verdict === "approve" ? "approved" : "rejected";
    return `${quoteText(person)} ${done} ${dateText(at)}${reason ? `: ${quoteText(reason)}` : ""}`;
  });
  return [
    ...proposalBlocks(proposal).filter((block) => block.type !== "actions"),
    section(
      `${icons[proposal.state] ?? ":information_source:"} *${stateText(proposal.state)}*${receiptText(proposal)}`,
    ),
    ...(who.length === 0 ? [] : [context(who.join(" · "))]),
    ...(proposal.state === "pending" ? [buttons(proposal)] : []),
  ];
}

/** What a notification and a screen reader say. */
export const proposalText = (card: ProposalCard): string =>
  cutText(`Proposal (${card.state}): ${escapeText(card.summary)}`, limits.messageText);

const icons: Readonly<Record<string, string>> = {
  executed: ":white_check_mark:",
  rejected: ":no_entry_sign:",
  failed: ":x:",
  "in-doubt": ":grey_question:",
};

const stateText = (state: string): string => state.charAt(0).toUpperCase() + state.slice(1);

function receiptText({ receipt }: ProposalCard): string {
  const { summary, references } = (receipt ?? {}) as { summary?: unknown; references?: unknown };
  const ids = (Array.isArray(references) ? references : []).map(
    ({ system, id, url }: { system: string; id: string; url?: string }) =>
      url === undefined || !/^https?:\/\/[^\s|>]+$/.test(url)
        ? `${quoteText(system)} ${quoteText(id)}`
        : `<${escapeText(url)}|${quoteText(system)} ${quoteText(id)}>`,
  );
  const said = typeof summary === "string" ? `\n${quoteText(summary)}` : "";
  return ids.length === 0 ? said : `${said}\n${ids.join(", ")}`;
}

function buttons(card: ProposalCard): KnownBlock {
  const value = writeButton(card);
  const button = (id: string, text: string, style: "primary" | "danger") => ({
    type: "button" as const,
    action_id: id,
    text: { type: "plain_text" as const, text: cutText(text, limits.buttonText) },
    style,
    value,
  });
  return {
    type: "actions",
    block_id: cutText(`proposal-${card.id}`, limits.blockId),
    elements: [
      button(actionIds.approve, `Approve: ${toolTitle(card.tool)}`, "primary"),
      button(actionIds.reject, "Reject", "danger"),
    ],
  };
}

function affected({ preview }: ProposalCard): string {
  const money = preview.money
    ? `, ${preview.money.amount.toLocaleString("en-US")} ${preview.money.currency}`
    : "";
  const examples = preview.affected.examples.slice(0, 5).map(quoteText).join(", ");
  return `${preview.affected.count.toLocaleString("en-US")} ${quoteText(preview.affected.unit)}${money}${examples ? ` (${examples})` : ""}`;
}

/** `rules.publish` → "Publish rules": what the button does, in words. */
function toolTitle(tool: string): string {
  const [folder = "", verb = ""] = tool.split(".");
  const words = verb.replaceAll("-", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${folder})`;
}

/** Each reader's own zone (docs.slack.dev, date formatting), with UTC where Slack cannot. */
function dateText(instant: string): string {
  const seconds = Math.floor(new Date(instant).getTime() / 1000);
  return Number.isFinite(seconds)
    ? `<!date^${seconds}^{date_short_pretty} {time}|${instant.replace(/\.\d+Z$/, " UTC").replace("T", " ")}>`
    : quoteText(instant);
}
