/** A reply for a terminal: the text with [1] marks, its evidence below, views, proposals. */
import type { Reply } from "../../../agent/service.ts";
import { numberedFacts, withMarks } from "../../channel.ts";
import { type Paint, painter, plain, type Terminal, wrap } from "../terminal.ts";
import { drawView, type Page } from "./views.ts";

export function drawReply(reply: Reply, terminal: Pick<Terminal, "columns" | "color">): string {
  const page: Page = { columns: terminal.columns, paint: painter(terminal.color) };
  const parts = [
    markedText(reply, page),
    ...reply.views.filter((view) => view.kind !== "proposal").map((view) => drawView(view, page)),
    ...proposalParts(reply, page),
    evidence(reply, page),
    page.paint("dim", `thread ${plain(reply.thread)} · ${plannerNames[reply.planner]}`),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const plannerNames: Readonly<Record<Reply["planner"], string>> = {
  "built-in": "built-in planner (not a language model)",
  claude: "Claude",
  "openai-compatible": "a language model",
  scripted: "scripted",
};

function markedText(reply: Reply, { columns, paint }: Page): string {
  const numbers = new Map(numberedFacts(reply).map(({ number, fact }) => [fact.id, number]));
  const marked = withMarks(reply.reply, reply.marks, (piece, mark) => {
    const number = mark && numbers.get(mark.fact);
    return number ? `${plain(piece)}[${number}]` : plain(piece);
  });
  const [headline = "", ...rest] = wrap(marked, columns).split("\n");
  return [paint("bold", headline), ...rest].join("\n").replace(/\[\d+\]/g, (mark) => paint("cyan", mark));
}

function evidence(reply: Reply, { paint, columns }: Page): string {
  const facts = numberedFacts(reply);
  if (facts.length === 0) return "";
  const lines = facts.map(({ number, fact, shown }) => {
    const text = `${plain(fact.label)}: ${plain(shown)}, from ${fact.rows.toLocaleString("en-US")} rows (${fact.id})`;
    return wrap(`${paint("cyan", `[${number}]`)} ${text}`, columns, "    ");
  });
  return [paint("dim", "Evidence"), ...lines].join("\n");
}

/** The card's view where the reply has it (with its diff), else its summary. */
function proposalParts(reply: Reply, page: Page): string[] {
  const cards = new Map(
    reply.views.flatMap((view) => (view.kind === "proposal" ? [[view.proposal.id, view] as const] : [])),
  );
  return reply.proposals.map((proposal) => {
    const card = cards.get(proposal.id);
    return card ? drawView(card, page) : summaryText(proposal, page.paint);
  });
}

function summaryText(proposal: Reply["proposals"][number], paint: Paint): string {
  const { id, tool, state, summary, approvers, expires, digest } = proposal;
  return [
    `${paint("magenta", `◆ Proposal ${id}`)} ${paint("dim", `${tool} · ${state}`)}`,
    `  ${plain(summary)}`,
    `  Decided by ${approvers.join(" or ")} until ${expires}`,
    `  Digest ${digest}`,
    `  millwright approve ${id} --as PERSON`,
  ].join("\n");
}
