import { and, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { people, proposals, roles } from "../../db/schema/index.ts";
import { readTool, type ToolContext, type ToolServices, type View } from "../define.ts";

type Policy = NonNullable<ToolServices["agent"]>["policies"][number];

const Input = z.object({
  tool: z.string().optional().describe("Only for what this tool would change, by name"),
});

interface Row extends Policy {
  /** Names of those who have the role, whoever asks. */
  readonly deciders: readonly string[];
  /** Proposals of the last 30 days that it held. */
  readonly recent: number;
}

export default readTool({
  name: "approvals.policy",
  version: 1,
  description:
    "The rules of approval: which changes need whose decision, how many people must agree, how long they may wait, who " +
    "may decide now, and how many proposals each rule held in the last thirty days.",
  examples: {
    en: [
      "who may approve what?",
      "what is the approval policy?",
      "which changes need an approval?",
      "what are the rules for approvals?",
      "how many people must approve something irreversible?",
      "who is allowed to approve a rule?",
    ],
  },
  input: Input,
  async execute(input, context) {
    const all = context.services.agent?.policies ?? [];
    const wanted = all.filter(({ tool }) => input.tool === undefined || tool === input.tool);
    const [deciders, recent] = await Promise.all([decidersByRole(context), recentByTool(context)]);
    const rows = wanted.map(
      (policy): Row => ({
        ...policy,
        deciders: deciders.get(policy.role) ?? [],
        recent: recent.get(policy.tool) ?? 0,
      }),
    );
    const count = context.fact({
      value: rows.length,
      unit: "kinds of change",
      label: "kinds of change that need a decision",
      rows: rows.length,
      call: { tool: "approvals.policy", input },
    });
    return {
      data: rows,
      facts: [count],
      views: rows.length > 0 ? [tableOf(rows)] : [],
      answer: {
        headline:
          rows.length === 0
            ? { text: "Nothing here changes anything, so nothing needs a decision." }
            : { text: "{count} need a decision before anything happens.", values: { count } },
        figures: [],
        notes: [...new Map(rows.map((row) => [row.policy, row.words])).values()].map((words) => ({
          text: "{policy}",
          values: { policy: words },
        })),
        assumptions: [
          { text: "The requester never decides; a message never does; reading needs nobody's leave." },
        ],
        next: {
          label: { text: "See what waits" },
          ask: "what is waiting for approval?",
        },
      },
    };
  },
});

async function decidersByRole({ database, tenant }: ToolContext): Promise<Map<string, string[]>> {
  const found = await database
    .select({ role: roles.role, name: people.name })
    .from(people)
    .innerJoin(roles, and(eq(roles.tenant, people.tenant), eq(roles.person, people.id)))
    .where(and(eq(people.tenant, tenant), eq(people.active, true)))
    .orderBy(people.id);
  const byRole = Map.groupBy(found, ({ role }) => role);
  return new Map([...byRole].map(([role, rows]) => [role, rows.map(({ name }) => name)]));
}

async function recentByTool({ database, tenant }: ToolContext): Promise<Map<string, number>> {
  const rows = await database
    .select({ tool: proposals.tool, count: sql<number>`count(*)::int` })
    .from(proposals)
    .where(
      and(eq(proposals.tenant, tenant), gt(proposals.createdAt, sql`clock_timestamp() - interval '30 days'`)),
    )
    .groupBy(proposals.tool);
  return new Map(rows.map(({ tool, count }) => [tool, count]));
}

const tableOf = (rows: readonly Row[]): View => ({
  kind: "table",
  title: "Who decides what",
  columns: [
    { key: "tool", label: "change", kind: "text" },
    { key: "risk", label: "risk", kind: "text" },
    { key: "role", label: "decided by", kind: "text" },
    { key: "quorum", label: "people needed", kind: "number" },
    { key: "hours", label: "hours to decide", kind: "number" },
    { key: "deciders", label: "who has the role", kind: "text" },
    { key: "recent", label: "in the last 30 days", kind: "number" },
  ],
  rows: rows.map(({ deciders, words: _words, policy: _policy, ...row }) => ({
    ...row,
    deciders: deciders.join(", "),
  })),
});
