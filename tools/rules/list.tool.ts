import { and, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { decisions, people, proposals, rules } from "../../db/schema/index.ts";
import { type Fact, type Message, readTool, type ToolContext, type View } from "../define.ts";
import { type Filter, filters, limit } from "../inputs.ts";
import { dayIn } from "../kpi/core/assumptions.ts";
import type { RuleRow } from "./rule-store.ts";

const states = ["published", "draft", "withdrawn"] as const;
type State = (typeof states)[number];

const Input = z.object({
  filters,
  state: z.enum(states).optional().meta({ slot: "rule-state", description: "Only those in that state" }),
  about: z.string().min(1).max(200).optional().describe("Words of a rule's id, condition or action"),
  limit: limit.default(50),
});
type Input = z.infer<typeof Input>;

interface Listed {
  readonly rule: string;
  readonly version: number | null;
  readonly state: State;
  readonly condition: string;
  readonly action: string;
  /** Who asked for it, and who approved it, by name. */
  readonly by: string;
  readonly approvers: readonly string[];
  readonly at: Date;
  /** Who had it withdrawn, and when; null where a newer version took its place. */
  readonly end: { readonly by: string; readonly at: Date } | null;
}

type ProposalRow = typeof proposals.$inferSelect;

/** Published rules name the proposal that published them. */
const Details = z.object({ proposal: z.string().nullish() });
const Publishing = z.object({
  condition: z.string().optional(),
  action: z.string().optional(),
  words: z.string().optional(),
});
const Withdrawing = z.object({ rule: z.string(), version: z.number().optional() });

export default readTool({
  name: "rules.list",
  version: 1,
  description:
    "The rules in force, drafted or withdrawn: what each says, who published or withdrew it, when.",
  examples: {
    en: [
      "which rules are live?",
      "list our rules",
      "which rules are in force right now?",
      "show the published rules",
      "what automation rules do we have?",
      "show the rule drafts",
      "which rules were withdrawn?",
      "who published that rule, and when?",
      "what do the active rules say?",
      "are any rules running at the moment?",
    ],
  },
  input: Input,
  async execute(input, context) {
    const every = (await everyRule(context)).filter(isWithin(input.filters));
    const named = input.about === undefined ? every : every.filter(isAbout(input.about));
    const unnamed = input.about !== undefined && named.length === 0;
    const those = unnamed ? every : named;
    const wanted = input.state === undefined ? those : those.filter(({ state }) => state === input.state);
    const count = (state: State): Fact => {
      const n = those.filter((each) => each.state === state).length;
      return context.fact({
        value: n,
        unit: "rules",
        label: labels[state],
        rows: n,
        call: { tool: "rules.list", input },
      });
    };
    const facts = { published: count("published"), draft: count("draft"), withdrawn: count("withdrawn") };
    return {
      data: wanted.slice(0, input.limit),
      facts: [facts.published, facts.draft, facts.withdrawn],
      views: wanted.length > 0 ? [tableOf(wanted, input.limit)] : [],
      answer: {
        headline: headlineOf(wanted, input, facts, context),
        figures: [],
        assumptions: [
          ...windowsOf(input, context),
          { text: "Drafts are rules that wait for a decision; a newer version takes an older one's place." },
        ],
        notes: unnamed
          ? [
              {
                text: "No rule is called {name}; these are all there are.",
                values: { name: input.about ?? "" },
              },
            ]
          : [],
        ...(wanted.length === 0 ? { next: { label: { text: "Draft some" }, ask: "suggest rules" } } : {}),
      },
    };
  },
});

const windowsOf = ({ filters: given }: Input, { zone }: ToolContext): Message[] =>
  given.flatMap((filter) =>
    filter.kind === "window" && filter.label
      ? [{ text: "{label}, {zone}.", values: { label: filter.label, zone } }]
      : [],
  );

const labels: Readonly<Record<State, string>> = {
  published: "Rules in force",
  draft: "Drafted rules",
  withdrawn: "Withdrawn rules",
};

/** What happened to it last lies in every window; rules have no other filters. */
const isWithin =
  (given: readonly Filter[]) =>
  ({ at, end }: Listed): boolean =>
    given.every(
      (filter) =>
        filter.kind !== "window" ||
        ((filter.from === null || +(end?.at ?? at) >= Date.parse(filter.from)) &&
          (filter.to === null || +(end?.at ?? at) < Date.parse(filter.to))),
    );

/** Every word is in the rule's id, condition or action, whatever joins the words there. */
const isAbout = (about: string) => {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[_\-"]+/gu, " ");
  const words = plain(about)
    .split(/\s+/u)
    .filter((word) => word !== "");
  return ({ rule, condition, action }: Listed): boolean => {
    const text = plain(`${rule} ${condition} ${action}`);
    return words.every((word) => text.includes(word));
  };
};

/** Published and withdrawn versions, and what waits to be published; newest first. */
async function everyRule({ database, tenant }: ToolContext): Promise<Listed[]> {
  const rows = await database
    .select()
    .from(rules)
    .where(eq(rules.tenant, tenant))
    .orderBy(desc(rules.createdAt));
  const asked = await database
    .select()
    .from(proposals)
    .where(and(eq(proposals.tenant, tenant), inArray(proposals.tool, ["rules.publish", "rules.withdraw"])))
    .orderBy(desc(proposals.updatedAt));
  const approvals = await database
    .select()
    .from(decisions)
    .where(and(eq(decisions.tenant, tenant), eq(decisions.verdict, "approve")));
  const names = new Map(
    (await database.select().from(people).where(eq(people.tenant, tenant))).map(({ id, name }) => [id, name]),
  );
  const nameOf = (id: string): string => names.get(id) ?? id;
  const approversOf = (proposal: string): string[] =>
    approvals.filter((each) => each.proposal === proposal).map(({ person }) => nameOf(person));
  const asRule = (row: RuleRow): Listed => {
    const own = asked.find(({ id }) => id === Details.safeParse(row.details).data?.proposal);
    const gone = row.state === "withdrawn" ? asked.find((each) => withdrew(each, row)) : undefined;
    return {
      rule: row.id,
      version: row.version,
      state: row.state,
      condition: row.condition,
      action: row.action,
      by: own ? nameOf(own.requester) : "",
      approvers: own ? approversOf(own.id) : [],
      at: row.createdAt,
      end: gone ? { by: nameOf(gone.requester), at: gone.updatedAt } : null,
    };
  };
  const asDraft = (row: ProposalRow): Listed => {
    const input = Publishing.safeParse(row.input).data;
    const [, condition, action] = /^If (.+?), then (\S+?)[:.]/u.exec(row.summary) ?? [];
    return {
      rule: row.id,
      version: null,
      state: "draft",
      condition: input?.condition ?? condition ?? input?.words ?? row.summary,
      action: input?.action ?? action ?? "notify_manager",
      by: nameOf(row.requester),
      approvers: approversOf(row.id),
      at: row.createdAt,
      end: null,
    };
  };
  const waiting = asked.filter(({ tool, state }) => tool === "rules.publish" && state === "pending");
  return [...rows.map(asRule), ...waiting.map(asDraft)].sort(
    (one, other) => states.indexOf(one.state) - states.indexOf(other.state) || +other.at - +one.at,
  );
}

function withdrew({ tool, state, input }: ProposalRow, { id, version }: RuleRow): boolean {
  const asked = Withdrawing.safeParse(input).data;
  return (
    tool === "rules.withdraw" &&
    state === "executed" &&
    asked?.rule === id &&
    (asked.version ?? version) === version
  );
}

const none: Readonly<Record<State, Message>> = {
  published: { text: "No rule is in force." },
  draft: { text: "No rule waits for a decision." },
  withdrawn: { text: "No rule has been withdrawn." },
};

function headlineOf(
  wanted: readonly Listed[],
  { state }: Input,
  facts: Readonly<Record<State, Fact>>,
  { zone }: ToolContext,
): Message {
  const [only, more] = wanted;
  if (only === undefined) return state === undefined ? { text: "There are no rules yet." } : none[state];
  if (more === undefined) return single(only, zone);
  if (state === "published") return { text: "{rules} in force.", values: { rules: facts.published } };
  if (state === "draft") return { text: "{rules} waiting for a decision.", values: { rules: facts.draft } };
  if (state === "withdrawn") return { text: "{rules} withdrawn.", values: { rules: facts.withdrawn } };
  const { published, draft, withdrawn } = facts;
  return {
    text: "In force: {published}; waiting for a decision: {draft}; withdrawn: {withdrawn}.",
    values: { published, draft, withdrawn },
  };
}

const dayOf = (zone: string, at: Date): string => dayIn(zone, +at * 1000);

function single({ state, condition, action, by, approvers, at, end }: Listed, zone: string): Message {
  const values = { condition, action, by: by || "?", day: dayOf(zone, at) };
  if (state === "draft")
    return { text: "If {condition}, then {action}: asked for by {by} on {day}, not decided yet.", values };
  if (state === "withdrawn" && end !== null)
    return {
      text: "If {condition}, then {action}: withdrawn by {by} on {day}.",
      values: { ...values, by: end.by, day: dayOf(zone, end.at) },
    };
  if (state === "withdrawn")
    return { text: "If {condition}, then {action}: published by {by} on {day}, no longer in force.", values };
  return approvers.length > 0
    ? {
        text: "If {condition}, then {action}: published by {by} on {day}, approved by {approvers}.",
        values: { ...values, approvers: approvers.join(", ") },
      }
    : { text: "If {condition}, then {action}: published by {by} on {day}.", values };
}

const tableOf = (wanted: readonly Listed[], most: number): View => ({
  kind: "table",
  title: "Rules",
  columns: [
    { key: "rule", label: "rule", kind: "text" },
    { key: "version", label: "version", kind: "number" },
    { key: "state", label: "state", kind: "text" },
    { key: "condition", label: "condition", kind: "text" },
    { key: "action", label: "action", kind: "text" },
    { key: "by", label: "asked by", kind: "text" },
    { key: "approvers", label: "approved by", kind: "text" },
    { key: "at", label: "when", kind: "time" },
    { key: "withdrawn", label: "withdrawn by", kind: "text" },
  ],
  rows: wanted.slice(0, most).map(({ end, approvers, at, ...row }) => ({
    ...row,
    approvers: approvers.join(", "),
    at: at.toISOString(),
    withdrawn: end === null ? null : `${end.by}, ${end.at.toISOString()}`,
  })),
  total: wanted.length,
});
