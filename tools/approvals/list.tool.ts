import { z } from "zod";
import { type Message, readTool, type ToolContext, type View } from "../define.ts";
import { limit } from "../inputs.ts";
import { riskiestFirst } from "./core/order.ts";
import { mayDecide, type ProposalRow, previewOf, waitingProposals } from "./read-proposals.ts";

const Input = z.object({ limit: limit.default(20) });

interface Waiting {
  readonly id: string;
  readonly summary: string;
  readonly tool: string;
  readonly risk: string;
  readonly requester: string;
  readonly affected: number;
  readonly money: number | null;
  readonly expires: Date;
  /** The person who asks may decide it. */
  readonly yours: boolean;
}

const asWaiting = (row: ProposalRow, { person }: ToolContext): Waiting => {
  const preview = previewOf(row);
  return {
    id: row.id,
    summary: row.summary,
    tool: row.tool,
    risk: row.risk,
    requester: row.requester,
    affected: preview.affected.count,
    money: preview.money?.amount ?? null,
    expires: row.expiresAt,
    yours: mayDecide(person, row),
  };
};

export default readTool({
  name: "approvals.list",
  version: 1,
  description:
    "What waits for a decision: open proposals, those that the person who asks may decide apart from the others, " +
    "riskiest first, with what each would affect, who asked and when it lapses.",
  examples: {
    en: [
      "what is waiting for me?",
      "show my open approvals",
      "what do I have to approve?",
      "which proposals are pending?",
      "anything for me to sign off?",
      "what is waiting for approval?",
      "what needs a decision today?",
      "list the proposals nobody has decided yet",
      "what is in my inbox?",
      "does anything need me?",
    ],
    de: [
      "was wartet auf mich?",
      "welche Freigaben sind offen?",
      "was muss ich freigeben?",
      "gibt es etwas zu entscheiden?",
      "zeig mir die offenen Vorschläge",
    ],
  },
  input: Input,
  async execute(input, context) {
    const rows = await waitingProposals(context);
    const all = riskiestFirst(rows.map((row) => asWaiting(row, context)));
    const yours = all.filter((item) => item.yours);
    const call = { tool: "approvals.list", input };
    const open = context.fact({
      value: all.length,
      unit: "proposals",
      label: "proposals that wait",
      rows: all.length,
      call,
    });
    const own = context.fact({
      value: yours.length,
      unit: "proposals",
      label: "proposals that wait for you",
      rows: yours.length,
      call,
    });
    return {
      data: { yours, others: all.filter((item) => !item.yours) },
      facts: [open, own],
      views: all.length > 0 ? [tableOf([...yours, ...all.filter((item) => !item.yours)], input.limit)] : [],
      answer: {
        headline: headline(yours.length, all.length, own, open),
        figures: [],
        assumptions: [{ text: "Riskiest first; lapsed ones are left out." }],
        ...(all[0] ? { next: next(yours[0] ?? all[0]) } : {}),
      },
    };
  },
});

function headline(
  yours: number,
  all: number,
  own: NonNullable<Message["values"]>[string],
  open: typeof own,
): Message {
  if (all === 0) return { text: "Nothing is waiting for a decision." };
  if (yours === 0) return { text: "Nothing is waiting for you; {open} for others.", values: { open } };
  return { text: "{own} waiting for you, {open} in all.", values: { own, open } };
}

const next = (first: Waiting) => ({
  label: { text: "Look at the riskiest: {summary}", values: { summary: first.summary } },
  ask: `explain proposal ${first.id}`,
});

function tableOf(items: readonly Waiting[], limit: number): View {
  return {
    kind: "table",
    title: "Waiting for a decision",
    columns: [
      { key: "id", label: "proposal", kind: "text" },
      { key: "summary", label: "what", kind: "text" },
      { key: "risk", label: "risk", kind: "text" },
      { key: "affected", label: "affected", kind: "number" },
      { key: "requester", label: "asked by", kind: "text" },
      { key: "expires", label: "lapses", kind: "time" },
      { key: "yours", label: "for you", kind: "text" },
    ],
    rows: items.slice(0, limit).map(({ id, summary, risk, affected, requester, expires, yours }) => ({
      id,
      summary,
      risk,
      affected,
      requester,
      expires: expires.toISOString(),
      yours: yours ? "yes" : "no",
    })),
    total: items.length,
  };
}
