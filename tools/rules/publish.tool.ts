import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { rules } from "../../db/schema/index.ts";
import {
  type Change,
  type OpenLog,
  type Preview,
  type PromisedEffect,
  type Receipt,
  type ToolContext,
  type WriteContext,
  writeTool,
} from "../define.ts";
import { log } from "../inputs.ts";
import { dayIn } from "../kpi/core/assumptions.ts";
import { Promised } from "../kpi/core/promised-effect.ts";
import { spanOf } from "../kpi/core/selection.ts";
import { printCondition } from "./core/condition.ts";
import { hitCasesSql } from "./core/condition-sql.ts";
import { ruleId } from "./core/identity.ts";
import { schemaOf } from "./core/schema.ts";
import { type Hits, replayRule } from "./core/track-record.ts";
import { type Rule, ruleFields, ruleOf } from "./rule-of.ts";
import { type Recipient, type RuleRow, recipientsOf, versionByKey, versionsOf } from "./rule-store.ts";

const input = z.object({
  log,
  ...ruleFields,
  id: z.string().optional().describe("Id of the rule it is a new version of"),
  confidence: z.number().nullable().optional().describe("As drafted"),
  coverage: z.number().optional().describe("As drafted"),
  promise: Promised.optional().describe("The effect it promises, checked afterwards"),
});
type Input = z.infer<typeof input>;

interface Wanted {
  readonly open: OpenLog;
  readonly rule: Rule;
  readonly id: string;
  readonly condition: string;
  readonly recipients: readonly Recipient[];
  readonly previous: RuleRow | null;
}

async function wantedOf(own: Input, context: ToolContext): Promise<Wanted> {
  const open = await context.logs.open(own.log);
  const rule = ruleOf(own, open.log);
  const id = own.id ?? ruleId(rule.condition, rule.action);
  const [previous] = (await versionsOf(context.database, context.tenant, id)).filter(
    ({ state }) => state === "published",
  );
  const recipients = await recipientsOf(context.database, context.tenant, rule.action);
  return {
    open,
    rule,
    id,
    condition: printCondition(rule.condition),
    recipients,
    previous: previous ?? null,
  };
}

const thirtyDays = 30 * 86_400e6;

/** Hits of the last thirty days of the log. */
function lastMonth(hits: Hits, last: number | null): number {
  return last === null ? 0 : hits.at.filter((time) => time > last - thirtyDays).length;
}

const changesOf = ({ previous, condition, rule, recipients }: Wanted): readonly Change[] => [
  { what: "condition", before: previous?.condition ?? null, after: condition },
  { what: "action", before: previous?.action ?? null, after: rule.action },
  { what: "version", before: previous?.version ?? null, after: (previous?.version ?? 0) + 1 },
  { what: "notices go to", before: null, after: recipients.map(({ name }) => name).join(", ") || "nobody" },
];

const undoOf = ({ previous }: Wanted): string =>
  previous === null
    ? "Withdraw the rule: it fires no more. Notices that went out stay."
    : `Withdraw it: version ${previous.version} comes back. Notices that went out stay.`;

const dayOf = ({ zone }: ToolContext, last: number | null): string | null =>
  last === null ? null : dayIn(zone, last);

/** What the rule would have done; whole sentences, so that each has a translation. */
function summaryOf(told: {
  readonly condition: string;
  readonly action: string;
  readonly hits: Hits;
  readonly open: Wanted["open"];
  readonly recent: number;
  readonly until: string | null;
}): string {
  const { condition, action, recent, until } = told;
  const { name, log } = told.open;
  const hits = told.hits.cases.length;
  return until === null
    ? `If ${condition}, then ${action}: it would have hit ${hits} of ${log.cases} cases of ${name}; the log has no times.`
    : `If ${condition}, then ${action}: it would have hit ${hits} of ${log.cases} cases of ${name}, ${recent} of them in the 30 days to ${until}.`;
}

async function preview(own: Input, context: ToolContext): Promise<Preview> {
  const wanted = await wantedOf(own, context);
  const { open, rule, condition, recipients } = wanted;
  const hits = replayRule(open.log, rule.condition);
  const { last } = spanOf(open.log);
  const recent = lastMonth(hits, last);
  const all = context.fact({
    value: hits.cases.length,
    unit: "cases",
    label: `cases that meet ${condition}`,
    rows: open.log.cases,
    log: open.id,
    sql: `SELECT count(*) FROM (${hitCasesSql(rule.condition, schemaOf(open.log))}) hit`,
  });
  const to = recipients.map(({ name }) => name).join(", ");
  return {
    action: "Publish rule",
    summary: summaryOf({ condition, action: rule.action, hits, open, recent, until: dayOf(context, last) }),
    changes: changesOf(wanted),
    affected: {
      count: recent,
      unit: "cases a month",
      examples: hits.cases
        .slice(-5)
        .reverse()
        .map((index) => open.log.caseNames[index]!),
    },
    undo: { possible: true, how: undoOf(wanted) },
    risks: [
      ...(hits.cases.length > open.log.cases / 2 ? ["It hits more than half of all cases."] : []),
      ...(hits.cases.length === 0 ? ["It has never hit a case so far."] : []),
      ...(recipients.length === 0 ? ["Nobody gets its notices."] : []),
    ],
    why: `Notices go to the inbox of ${to || "nobody"}, once for each case, for cases that meet it after publication.`,
    facts: [all],
    ...(own.promise === undefined ? {} : { promise: promiseOf(own.promise) }),
  };
}

/** Drops what is undefined: exactOptionalPropertyTypes tells it from absent. */
const promiseOf = ({ activity, ...rest }: Promised): PromisedEffect =>
  activity === undefined ? rest : { ...rest, activity };

/** What taking a publication back needs to know. */
const Published = z.object({
  rule: z.string(),
  version: z.number(),
  /** The version that was published until then. */
  replaced: z.number().nullable(),
});
const Details = z.object({ replaced: z.number().nullable().default(null) });

const receiptOf = (row: Pick<RuleRow, "id" | "version" | "condition" | "action" | "details">): Receipt => ({
  summary: `Published: if ${row.condition}, then ${row.action} (version ${row.version}).`,
  references: [{ system: "millwright", id: row.id }],
  data: {
    rule: row.id,
    version: row.version,
    replaced: Details.parse(row.details).replaced,
  } satisfies z.infer<typeof Published>,
});

/** The withdrawal of exactly this version; the one that it replaced comes back. */
function withdrawalOf(receipt: Receipt) {
  const published = Published.safeParse(receipt.data);
  if (!published.success) return { tool: "rules.withdraw", input: { rule: receipt.references[0]!.id } };
  const { rule, version, replaced } = published.data;
  const input = { rule, version, ...(replaced === null ? {} : { restore: replaced }) };
  return { tool: "rules.withdraw", input };
}

/** Adds the next version and retires the one before, as one unit; a second attempt with the same key adds nothing. */
async function publish(own: Input, context: WriteContext): Promise<Receipt> {
  const wanted = await wantedOf(own, context);
  const { tenant, idempotencyKey: key } = context;
  return context.database.transaction(async (transaction) => {
    const existing = await versionByKey(transaction, tenant, key);
    if (existing !== null) return receiptOf(existing);
    const [latest] = await versionsOf(transaction, tenant, wanted.id);
    await transaction
      .update(rules)
      .set({ state: "withdrawn" })
      .where(and(eq(rules.tenant, tenant), eq(rules.id, wanted.id), eq(rules.state, "published")));
    const row = {
      tenant,
      id: wanted.id,
      version: (latest?.version ?? 0) + 1,
      log: wanted.open.id,
      condition: wanted.condition,
      action: wanted.rule.action,
      state: "published" as const,
      details: {
        key,
        proposal: context.proposal,
        replaced: wanted.previous?.version ?? null,
        recipients: wanted.recipients.map(({ id }) => id),
        since: spanOf(wanted.open.log).last,
        confidence: own.confidence ?? null,
        coverage: own.coverage ?? null,
      },
    };
    await transaction.insert(rules).values(row);
    return receiptOf(row);
  });
}

export default writeTool<Input>({
  name: "rules.publish",
  version: 1,
  risk: "write",
  description:
    "Publishes a rule {condition, action}: from then on it is evaluated on new events, and its notices go to the inbox of whom it names. A proposal; a change makes a new version.",
  examples: {
    en: [
      "publish the rule",
      "activate the rule",
      "put the rule live",
      "make that rule official",
      "turn the rule on",
      "go ahead with the rule",
      "publish: if order > 500, escalate",
      "change the rule's limit to 400",
      "ok do it",
      "start notifying the manager about delays",
    ],
  },
  input,
  preview,
  execute: publish,
  async reconcile(_own, context) {
    const row = await versionByKey(context.database, context.tenant, context.idempotencyKey);
    return row === null ? { state: "not-done" } : { state: "done", receipt: receiptOf(row) };
  },
  undo: (_own, receipt) => withdrawalOf(receipt),
});
