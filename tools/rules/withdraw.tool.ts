import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { rules } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type ToolContext, writeTool } from "../define.ts";
import { nearest } from "./core/nearest.ts";
import { type RuleRow, versionsOf } from "./rule-store.ts";

const input = z.object({ rule: z.string().describe("A published rule's id") });
type Input = z.infer<typeof input>;

export class UnknownRuleError extends MillwrightError {
  constructor(rule: string, known: readonly string[]) {
    super("unknown-rule", 404, `There is no rule called "${rule}".`, {
      value: rule,
      expected: known.length === 0 ? "a published rule; there is none" : `one of: ${known.join(", ")}`,
      remedy: "Name a published rule by its id.",
    });
  }
}

async function latestVersion({ rule }: Input, context: ToolContext): Promise<RuleRow> {
  const versions = await versionsOf(context.database, context.tenant, rule);
  const found = versions.find(({ state }) => state === "published") ?? versions[0];
  if (found !== undefined) return found;
  const all = await context.database
    .select({ id: rules.id })
    .from(rules)
    .where(and(eq(rules.tenant, context.tenant), eq(rules.state, "published")));
  const ids = all.map(({ id }) => id);
  throw new UnknownRuleError(rule, nearest(rule, ids, 5));
}

const receiptOf = ({ id, version }: RuleRow) => ({
  summary: `Withdrawn: ${id} (version ${version}) fires no more.`,
  references: [{ system: "millwright", id }],
});

export default writeTool<Input>({
  name: "rules.withdraw",
  version: 1,
  risk: "write",
  description: "Withdraws a published rule: it fires no more. Its versions stay. A proposal.",
  examples: {
    en: [
      "withdraw the rule",
      "turn the rule off",
      "stop the escalation rule",
      "undo the rule",
      "take the rule back",
      "deactivate the rule",
      "remove the published rule",
      "retire the notify manager rule",
    ],
  },
  input,
  async preview(own, context) {
    const row = await latestVersion(own, context);
    return {
      summary: `Withdraw: if ${row.condition}, then ${row.action}.`,
      changes: [{ what: `rule ${row.id}`, before: row.state, after: "withdrawn" }],
      affected: { count: 1, unit: "rules", examples: [row.id] },
      undo: { possible: true, how: "Publish it again: that makes a new version." },
      risks: ["Cases that meet it are not noticed any more."],
      why: "Notices that went out stay in the inboxes.",
      facts: [],
    };
  },
  async execute(own, context) {
    const row = await latestVersion(own, context);
    await context.database
      .update(rules)
      .set({ state: "withdrawn" })
      .where(and(eq(rules.tenant, context.tenant), eq(rules.id, row.id), eq(rules.state, "published")));
    return receiptOf(row);
  },
  async reconcile(own, context) {
    const row = await latestVersion(own, context);
    return row.state === "published" ? { state: "not-done" } : { state: "done", receipt: receiptOf(row) };
  },
});
