import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { proposals, rules } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import {
  type Change,
  type Preview,
  type Receipt,
  type ToolContext,
  type WriteContext,
  writeTool,
} from "../define.ts";
import { nearest } from "./core/nearest.ts";
import { type RuleRow, versionByKey, versionsOf } from "./rule-store.ts";

const version = z.number().int().positive();
const input = z.object({
  rule: z.string().meta({
    slot: "called",
    byProposal: true,
    description: "A published rule's id, or of the proposal that published it",
  }),
  version: version.optional().describe("Only if this version is the published one"),
  restore: version.optional().describe("The version that is published again in its place"),
});
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

/** Another version than the one that was meant is in force, or the one to bring back is not there. */
export class RuleVersionError extends MillwrightError {
  constructor(rule: string, wanted: string, found: string) {
    super("rule-version", 409, `${wanted} of the rule "${rule}" cannot be used: ${found}.`, {
      value: rule,
      remedy: "Look at the rule's versions and name the published one.",
    });
  }
}

interface Wanted {
  /** The version that goes. */
  readonly going: RuleRow;
  /** The version that comes back in its place. */
  readonly returning: RuleRow | null;
}

/** @throws UnknownRuleError, RuleVersionError */
async function wantedOf(asked: Input, { database, tenant }: ToolContext): Promise<Wanted> {
  const own = { ...asked, rule: (await publishedBy(database, tenant, asked.rule)) ?? asked.rule };
  const versions = await versionsOf(database, tenant, own.rule);
  const named = versions.find((row) => row.version === own.version);
  const inForce = versions.find(({ state }) => state === "published");
  const going = named ?? inForce ?? versions[0];
  if (going === undefined)
    throw new UnknownRuleError(own.rule, await publishedIds(database, tenant, own.rule));
  if (own.version !== undefined && named === undefined) {
    throw new RuleVersionError(own.rule, `Version ${own.version}`, "there is none");
  }
  const returning = versions.find((row) => row.version === own.restore) ?? null;
  const isInWay = inForce !== undefined && inForce !== going && inForce !== returning;
  if (isInWay)
    throw new RuleVersionError(
      own.rule,
      `Version ${going.version}`,
      `version ${inForce.version} is published`,
    );
  if (own.restore !== undefined && (returning === null || returning.state === "draft")) {
    throw new RuleVersionError(own.rule, `Version ${own.restore}`, "it was never published");
  }
  return { going, returning };
}

/** The rule that a proposal has published; null where it is no proposal's id, or has published none. */
async function publishedBy(database: Database, tenant: string, proposal: string): Promise<string | null> {
  const [row] = await database
    .select({ key: proposals.idempotencyKey })
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), eq(proposals.id, proposal)));
  return row === undefined ? null : ((await versionByKey(database, tenant, row.key))?.id ?? null);
}

async function publishedIds(database: Database, tenant: string, near: string): Promise<readonly string[]> {
  const all = await database
    .select({ id: rules.id })
    .from(rules)
    .where(and(eq(rules.tenant, tenant), eq(rules.state, "published")));
  return nearest(
    near,
    all.map(({ id }) => id),
    5,
  );
}

const wordsOf = ({ condition, action }: RuleRow): string => `if ${condition}, then ${action}`;

const receiptOf = ({ going, returning }: Wanted): Receipt => {
  const { id, version } = going;
  const after =
    returning === null ? "" : ` Version ${returning.version} is published again: ${wordsOf(returning)}.`;
  return {
    summary: `Withdrawn: ${id} (version ${version}) fires no more.${after}`,
    references: [{ system: "millwright", id }],
  };
};

const isDone = ({ going, returning }: Wanted): boolean =>
  going.state !== "published" && (returning === null || returning.state === "published");

/** What changes, by field: all of a version's, or those in which the two differ. */
function changesOf({ going, returning }: Wanted): readonly Change[] {
  if (returning === null) return [{ what: `rule ${going.id}`, before: going.state, after: "withdrawn" }];
  const fields = ["condition", "action", "version"] as const;
  return fields
    .map((what) => ({ what, before: going[what], after: returning[what] }))
    .filter(({ before, after }) => before !== after);
}

const publishAgain = "Publish it again: that makes a new version.";

const summaryOf = ({ going, returning }: Wanted): string =>
  returning === null
    ? `Withdraw the rule: if ${going.condition}, then ${going.action}.`
    : `Withdraw version ${going.version}: if ${going.condition}, then ${going.action}. Version ${returning.version} comes back: if ${returning.condition}, then ${returning.action}.`;

async function preview(own: Input, context: ToolContext): Promise<Preview> {
  const wanted = await wantedOf(own, context);
  const { going, returning } = wanted;
  return {
    action: "Withdraw rule",
    summary: summaryOf(wanted),
    changes: changesOf(wanted),
    affected: { count: 1, unit: "rules", examples: [going.id] },
    undo: { possible: true, how: publishAgain },
    risks: [
      returning === null
        ? "Cases that meet it are not noticed any more."
        : `Cases that met version ${returning.version} in the meantime are noticed as well.`,
    ],
    why: "Notices that went out stay in the inboxes.",
    facts: [],
  };
}

/** Both changes of state or neither; a second attempt finds them done. */
async function withdraw(own: Input, context: WriteContext): Promise<Receipt> {
  const wanted = await wantedOf(own, context);
  await context.database.transaction(async (transaction) => {
    for (const [row, state] of [
      [wanted.going, "withdrawn"],
      [wanted.returning, "published"],
    ] as const) {
      if (row === null) continue;
      const same = and(eq(rules.tenant, row.tenant), eq(rules.id, row.id), eq(rules.version, row.version));
      await transaction.update(rules).set({ state }).where(same);
    }
  });
  return receiptOf(wanted);
}

export default writeTool<Input>({
  name: "rules.withdraw",
  version: 1,
  risk: "write",
  description:
    "Withdraws a published rule: it fires no more, or an earlier version is published again in its place. Its versions stay. A proposal.",
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
  preview,
  execute: withdraw,
  async reconcile(own, context) {
    const wanted = await wantedOf(own, context);
    return isDone(wanted) ? { state: "done", receipt: receiptOf(wanted) } : { state: "not-done" };
  },
});
