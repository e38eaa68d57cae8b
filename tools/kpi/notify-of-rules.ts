/** Published rules on new events: a notice in the inbox of each person the rule names, once a rule and case. */
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { notices, rules } from "../../db/schema/index.ts";
import type { OpenLog } from "../define.ts";
import { compileCondition, firstHit } from "../rules/core/evaluate-condition.ts";
import { parseCondition } from "../rules/core/parse-condition.ts";
import { schemaOf } from "../rules/core/schema.ts";
import { stepTable } from "./core/steps.ts";

/** What a published rule's `details` must hold for its notices. */
const Route = z.object({
  /** Ids of people. */
  recipients: z.array(z.string()).default([]),
  /** The log's last instant when it was published, microseconds; only later hits count. */
  since: z.number().nullable().default(null),
});

export interface NotifyOfRules {
  readonly database: Database;
  readonly tenant: string;
  readonly open: OpenLog;
}

type RuleRow = typeof rules.$inferSelect;
type Notice = typeof notices.$inferInsert;

/** Notices for the hits of published rules that are later than their publication. Returns how many are new. */
export async function notifyOfRules({ database, tenant, open }: NotifyOfRules): Promise<number> {
  const published = await database
    .select()
    .from(rules)
    .where(and(eq(rules.tenant, tenant), eq(rules.log, open.id), eq(rules.state, "published")));
  const rows = published.flatMap((rule) => noticesOf(rule, open));
  let added = 0;
  for (let from = 0; from < rows.length; from += 500) {
    const inserted = await database
      .insert(notices)
      .values(rows.slice(from, from + 500))
      .onConflictDoNothing()
      .returning({ id: notices.id });
    added += inserted.length;
  }
  return added;
}

function noticesOf(rule: RuleRow, open: OpenLog): readonly Notice[] {
  const { recipients, since } = Route.parse(rule.details);
  if (recipients.length === 0) return [];
  return hitCases(rule.condition, open, since).flatMap((name) =>
    recipients.map((person) => ({
      id: `rule:${rule.tenant}:${rule.id}:${person}:${open.id}:${name}`,
      tenant: rule.tenant,
      person,
      text: `${rule.action}: case ${name} of ${open.name} meets ${rule.condition}`,
      source: `rules.${rule.id}@${rule.version}`,
    })),
  );
}

/** Names of the cases that the condition first hits after `since`. */
function hitCases(text: string, open: OpenLog, since: number | null): readonly string[] {
  const { log } = open;
  const condition = compileCondition(parseCondition(text), {
    log,
    steps: stepTable(log),
    schema: schemaOf(log),
  });
  const names: string[] = [];
  for (let index = 0; index < log.cases; index++) {
    const last = log.completed?.[log.caseStart[index + 1]! - 1] ?? Number.POSITIVE_INFINITY;
    if (since !== null && last <= since) continue;
    const point = firstHit(condition, log, index);
    if (point === null) continue;
    const at = log.completed?.[point.end - 1] ?? Number.POSITIVE_INFINITY;
    if (since === null || at > since) names.push(log.caseNames[index]!);
  }
  return names;
}
