/** The JSON of the HTTP channel, as zod: what OpenAPI shows and what the conformance test holds answers against. */
import { z } from "@hono/zod-openapi";
import type {
  Change,
  Fact,
  LogSummary,
  Mark,
  ModelSummary,
  Person,
  PlanReport,
  PlanStep,
  Preview,
  Problem,
  ProposalCard,
  Reading,
  Reply,
  RunResult,
  ThreadEvent,
  View,
} from "../contract.ts";
import { optional } from "./optional.ts";

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const json = z.unknown().openapi({ description: "Any JSON value" });
const instant = z.string().openapi({ format: "date-time", description: "ISO 8601 in UTC" });

export const PersonSchema: z.ZodType<Person> = z
  .object({
    id: z.string(),
    tenant: z.string(),
    name: z.string(),
    roles: z.array(z.enum(["viewer", "manager", "analyst", "approver", "evaluator", "admin"])),
  })
  .openapi("Person");

export const FactSchema: z.ZodType<Fact> = z
  .object({
    id: z.string().openapi({ example: "f1a2b3c4d" }),
    value: z.number(),
    unit: z
      .string()
      .openapi({ description: "`s`, `share`, `%`, a currency code, or the noun that is counted" }),
    label: z.string(),
    sql: z.string().nullable(),
    source: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("log"), log: z.string() }),
      z.object({ kind: z.literal("call"), tool: z.string(), input: json, zone: optional(z.string()) }),
    ]),
    rows: z.int(),
    hash: z.string(),
  })
  .openapi("Fact");

const ChangeSchema: z.ZodType<Change> = z
  .object({ what: z.string(), before: cell, after: cell })
  .openapi("Change");

const PromiseSchema = z.object({
  log: z.string(),
  metric: z.enum(["cycle_time", "time_to", "waiting_time", "throughput", "rework", "error_rate"]),
  activity: optional(z.string()),
  unit: z.string(),
  before: z.number(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  minimumCases: z.int(),
  sql: z.string(),
});

export const PreviewSchema: z.ZodType<Preview> = z
  .object({
    action: z.string(),
    summary: z.string(),
    changes: z.array(ChangeSchema),
    affected: z.object({ count: z.number(), unit: z.string(), examples: z.array(z.string()) }),
    money: optional(z.object({ amount: z.number(), currency: z.string() })),
    undo: z.object({ possible: z.boolean(), how: z.string() }),
    risks: z.array(z.string()),
    why: z.string(),
    facts: z.array(FactSchema),
    promise: optional(PromiseSchema),
  })
  .openapi("Preview");

const risk = z.enum(["read", "draft", "write", "irreversible"]);

export const ProposalSchema: z.ZodType<ProposalCard> = z
  .object({
    id: z.string(),
    state: z.string().openapi({
      description:
        "pending, approved, executing, executed, failed, in-doubt, rejected, expired, superseded or undone",
    }),
    tool: z.string(),
    risk,
    digest: z.string().openapi({ description: "SHA-256 of the exact input; a decision names it" }),
    summary: z.string(),
    preview: PreviewSchema,
    input: json,
    requester: z.string(),
    approvers: z.array(z.string()),
    policy: z.string(),
    expires: instant,
    receipt: optional(json),
  })
  .openapi("Proposal");

const title = z.string();
const TableSchema = z.object({
  kind: z.literal("table"),
  title,
  columns: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      unit: optional(z.string()),
      kind: z.enum(["text", "number", "time"]),
    }),
  ),
  rows: z.array(z.record(z.string(), cell)),
  total: optional(z.int()),
});
const SeriesSchema = z.object({
  kind: z.literal("series"),
  title,
  unit: z.string(),
  x: z.enum(["time", "category"]),
  series: z.array(
    z.object({
      name: z.string(),
      points: z.array(
        z.tuple([z.string(), z.number().nullable()]).openapi({
          type: "array",
          items: {},
          minItems: 2,
          maxItems: 2,
        }),
      ),
    }),
  ),
  threshold: optional(z.number()),
});
const ProcessMapSchema = z.object({
  kind: z.literal("process-map"),
  title,
  nodes: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      count: z.number(),
      waiting: z.number().nullable(),
      service: z.number().nullable(),
      bottleneck: z.boolean(),
    }),
  ),
  edges: z.array(
    z.object({
      from: z.string().nullable(),
      to: z.string().nullable(),
      count: z.number(),
      seconds: z.number().nullable(),
    }),
  ),
});
const BpmnSchema = z.object({
  kind: z.literal("bpmn"),
  title,
  xml: z.string(),
  marks: z.array(
    z.object({
      element: z.string(),
      kind: z.enum(["bottleneck", "optimized", "deviation"]),
      label: z.string(),
    }),
  ),
  fitness: z.number().nullable(),
  precision: z.number().nullable(),
});
const VariantsSchema = z.object({
  kind: z.literal("variants"),
  title,
  activities: z.array(z.string()),
  variants: z.array(
    z.object({
      path: z.array(z.int()),
      cases: z.int(),
      share: z.number(),
      seconds: z.number().nullable(),
    }),
  ),
  total: z.int(),
});
const DottedChartSchema = z.object({
  kind: z.literal("dotted-chart"),
  title,
  x: z.enum(["time", "since-start"]),
  rows: z.array(z.string()),
  activities: z.array(z.string()),
  dots: z.array(
    z.tuple([z.int(), z.number(), z.int()]).openapi({ type: "array", items: {}, minItems: 3, maxItems: 3 }),
  ),
  total: z.int(),
});
const HeatMapSchema = z.object({
  kind: z.literal("heat-map"),
  title,
  unit: z.string(),
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  cells: z.array(z.array(z.number().nullable())),
  counts: z.array(z.array(z.int())),
  counted: z.string(),
});
const FormSchema = z.object({
  kind: z.literal("form"),
  title,
  fields: z.array(
    z.object({ name: z.string(), label: z.string(), value: cell, reason: optional(z.string()) }),
  ),
});

export const ViewSchema: z.ZodType<View> = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("text"), title, text: z.string() }),
    TableSchema,
    SeriesSchema,
    ProcessMapSchema,
    BpmnSchema,
    VariantsSchema,
    DottedChartSchema,
    HeatMapSchema,
    z.object({ kind: z.literal("diff"), title, changes: z.array(ChangeSchema) }),
    z.object({ kind: z.literal("proposal"), proposal: ProposalSchema }),
    FormSchema,
  ])
  .openapi("View");

const MarkSchema: z.ZodType<Mark> = z.object({ start: z.int(), end: z.int(), fact: z.string() });
const ReadingSchema: z.ZodType<Reading> = z.object({
  label: z.string(),
  ask: z.string(),
  result: z.string(),
});

export const PlanStepSchema: z.ZodType<PlanStep> = z
  .object({
    id: z.string(),
    tool: z.string().nullable(),
    title: z.string().openapi({ description: "In the language of the reply" }),
    why: z.string().nullable(),
    dependsOn: z.array(z.string()).openapi({ description: "Steps whose results it needs" }),
    after: z.array(z.string()).openapi({ description: "Steps that only come before it" }),
    onceDecided: z
      .string()
      .nullable()
      .openapi({ description: "The step whose proposal has to be carried out first" }),
    state: z.enum(["waiting", "running", "done", "failed", "skipped", "stopped"]),
    note: z.string().nullable().openapi({ description: "Why it failed, was skipped or was stopped" }),
    proposals: z.array(z.string()),
  })
  .openapi("PlanStep");

export const PlanReportSchema: z.ZodType<PlanReport> = z
  .object({
    steps: z.array(PlanStepSchema),
    closing: z.string().openapi({ description: "What was done, what was not and why, in words" }),
  })
  .openapi("PlanReport");

export const ReplySchema: z.ZodType<Reply> = z
  .object({
    thread: z.string(),
    turn: z.string(),
    reply: z.string(),
    marks: z.array(MarkSchema),
    language: z.string(),
    facts: z.array(FactSchema),
    calls: z.array(z.object({ tool: z.string(), input: json, risk })),
    views: z.array(ViewSchema),
    proposals: z.array(
      z.object({
        id: z.string(),
        state: z.string(),
        tool: z.string(),
        digest: z.string(),
        summary: z.string(),
        preview: json,
        requester: z.string(),
        approvers: z.array(z.string()),
        expires: instant,
      }),
    ),
    clarification: z.object({ question: z.string(), readings: z.array(ReadingSchema) }).nullable(),
    planner: z.enum(["built-in", "claude", "openai-compatible", "scripted"]),
    answer: z
      .object({
        headline: z.string(),
        figures: z.array(z.string()),
        assumptions: z.string(),
        notes: z.array(z.string()),
        next: z.object({ label: z.string(), ask: z.string() }).nullable(),
      })
      .nullable(),
    plan: optional(PlanReportSchema),
  })
  .openapi("Reply");

export const ProblemSchema: z.ZodType<Problem> = z
  .object({
    type: z.string().openapi({ example: "urn:millwright:proposal-expired" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    file: optional(z.string()),
    line: optional(z.int()),
    column: optional(z.string()),
    role: optional(z.enum(["case", "activity", "timestamp"])),
    value: optional(z.string()),
    expected: optional(z.string()),
    remedy: optional(z.string()),
  })
  .openapi("Problem");

const bodies = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message"), text: z.string(), channel: z.string() }),
  z.object({
    type: z.literal("plan"),
    calls: z.array(z.object({ id: z.string(), tool: z.string(), input: json })),
    understood: optional(z.string()),
    steps: optional(
      z
        .array(PlanStepSchema)
        .openapi({ description: "All steps of a plan of more than a few, before they run" }),
    ),
    language: optional(z.string()),
  }),
  z.object({ type: z.literal("step"), step: PlanStepSchema }),
  z.object({
    type: z.literal("steered"),
    words: z.string(),
    steering: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("stop") }),
      z.object({ kind: z.literal("skip"), words: z.string(), steps: z.array(z.string()) }),
      z.object({ kind: z.literal("narrow"), words: z.string(), filters: z.array(json) }),
    ]),
    said: z.string(),
  }),
  z.object({
    type: z.literal("resumed"),
    of: z.string().openapi({ description: "The turn it goes on with" }),
  }),
  z.object({
    type: z.literal("progress"),
    call: z.string(),
    message: z.string(),
    share: z.number().nullable(),
  }),
  z.object({
    type: z.literal("result"),
    call: z.string(),
    tool: z.string(),
    views: z.array(ViewSchema),
    facts: z.array(FactSchema),
  }),
  z.object({ type: z.literal("text-delta"), text: z.string() }),
  z.object({ type: z.literal("proposal"), proposal: ProposalSchema }),
  z.object({
    type: z.literal("decision"),
    proposal: z.string(),
    verdict: z.enum(["approve", "reject"]),
    reason: z.string().nullable(),
    state: z.string(),
  }),
  z.object({ type: z.literal("receipt"), proposal: ProposalSchema }),
  z.object({
    type: z.literal("alert"),
    title,
    text: z.string(),
    watch: z.string(),
    facts: z.array(FactSchema),
  }),
  z.object({ type: z.literal("reply"), reply: ReplySchema }),
  z.object({ type: z.literal("problem"), problem: json }),
  z.object({ type: z.literal("stopped"), plan: optional(PlanReportSchema) }),
]);

export const ThreadEventSchema: z.ZodType<ThreadEvent> = z
  .object({
    thread: z.string(),
    seq: z.int().openapi({ description: "1, 2, 3 … without gaps" }),
    turn: z.string(),
    at: instant,
    person: z.string().nullable(),
    body: bodies,
  })
  .openapi("ThreadEvent");

export const LogSchema: z.ZodType<LogSummary> = z
  .object({
    id: z.string(),
    name: z.string(),
    cases: z.int(),
    events: z.int(),
    first: instant.nullable(),
    last: instant.nullable(),
    mapping: json,
    findings: z.array(z.object({ kind: z.string(), count: z.int(), example: json })),
  })
  .openapi("Log");

export const ModelSchema: z.ZodType<ModelSummary> = z
  .object({
    id: z.string(),
    log: z.string(),
    name: z.string(),
    format: z.enum(["bpmn", "pnml", "ptml", "tree"]),
    activities: z.array(z.string()),
    notes: z.array(z.string()),
  })
  .openapi("Model");

export const RunSchema: z.ZodType<RunResult> = z
  .object({
    model: json,
    rules: z.array(
      z.object({
        condition: z.string(),
        action: z.string(),
        confidence: z.number().nullable(),
        coverage: z.number(),
      }),
    ),
    integration: z.array(json),
    optimized: json,
    alerts: z.array(json),
    visualization: z.array(ViewSchema),
  })
  .openapi("Run");

export const DecisionSchema = z
  .object({
    proposal: ProposalSchema,
    already: z.boolean(),
    decisions: z.array(
      z.object({
        person: z.string(),
        verdict: z.string(),
        at: instant,
        reason: z.string().nullable(),
      }),
    ),
  })
  .openapi("Decision");
