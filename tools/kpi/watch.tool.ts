import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../db/client.ts";
import { kpis, logs, watches } from "../../db/schema/index.ts";
import { type OpenLog, type Preview, type Receipt, type ToolContext, writeTool } from "../define.ts";
import { activity, calendar, log, measure, metricOrAttribute, statistic, threshold } from "../inputs.ts";
import { businessTimeOf } from "../logs/core/business-time.ts";
import { chooseCalendar, describeCalendar } from "../logs/core/calendar-definition.ts";
import { printLimit } from "./asked.ts";
import { type BackTest, backTest } from "./core/back-test.ts";
import { breachesSql } from "./core/metric-sql.ts";
import { type KpiDefinition, KpiDefinitionError } from "./core/metrics.ts";
import { describeKpi, observationNoun } from "./core/words.ts";
import { findKpi, type LimitDefinition } from "./kpi-store.ts";
import { watchedMeasure } from "./watched-measure.ts";

const input = z.object({
  log,
  measure: measure.optional(),
  metric: metricOrAttribute.default("cycle_time"),
  activity: activity.optional(),
  /** Absent: every case or step over the limit is a breach; else the figure itself is held against the limit. */
  statistic: statistic.optional(),
  threshold: threshold.optional().describe("The limit, seconds; the known SLA when absent"),
  deadline: z.string().optional().describe("Case attribute that holds each case's deadline"),
  calendar: calendar.optional(),
  name: z.string().optional().describe("What to call it"),
});
type Input = z.infer<typeof input>;

interface Watch {
  readonly open: OpenLog;
  readonly name: string;
  readonly kpi: KpiDefinition;
  readonly limit: number;
  readonly definition: LimitDefinition;
}

async function watchOf(own: Input, context: ToolContext): Promise<Watch> {
  const open = await context.logs.open(own.log);
  const activities = own.activity === undefined ? null : [own.activity];
  const counted = chooseCalendar(own.calendar, open.calendars ?? [], context.zone);
  const measured = own.measure === undefined ? null : watchedMeasure(open.log, own.measure);
  // Limits of KPIs are meant by the clock.
  const known =
    counted === null && measured === null
      ? await findKpi(context.database, context.tenant, { log: open.name, metric: own.metric, activities })
      : null;
  const limit = own.threshold ?? known?.limit ?? null;
  if (limit === null) {
    throw new KpiDefinitionError(
      "There is no limit to watch.",
      "a limit, such as 2 days",
      "Say above which value it should raise an alert.",
    );
  }
  const deadline = measured === null ? (own.deadline ?? known?.deadline ?? null) : null;
  const metric = measured === null ? own.metric : ("attribute" as const);
  const kpi = { metric, measure: measured, activities, limit, deadline };
  const base = describeKpi(kpi, own.statistic ?? "max").replace(/^max /, "");
  const timed = counted === null ? "" : `, in ${counted.name}`;
  const name = own.name ?? known?.name ?? `${base} of ${open.name}${timed}`;
  const definition = {
    metric,
    measure: measured,
    activities,
    limit,
    statistic: own.statistic ?? null,
    deadline,
    calendar: counted,
  };
  return { open, name, kpi, limit, definition };
}

const shown = ({ kpi, limit }: Watch): string => printLimit(kpi, limit);

function summaryOf(watch: Watch, past: BackTest): string {
  const what =
    watch.definition.statistic === null
      ? { cases: "a single case", steps: "a single step", events: "a single event" }[
          observationNoun(watch.kpi)
        ]
      : "the figure";
  return `Watch ${watch.name} and raise an alert when ${what} is over ${shown(watch)}; it would have spoken in ${past.firing} of the last ${past.weeks} weeks.`;
}

async function preview(own: Input, context: ToolContext): Promise<Preview> {
  const watch = await watchOf(own, context);
  const { open, kpi, limit, definition } = watch;
  const time = definition.calendar && businessTimeOf(open.log, definition.calendar);
  const past = backTest(open.log, kpi, limit, definition.statistic, context.zone, time);
  const noun = observationNoun(kpi);
  const over = context.fact({
    value: past.breaches,
    unit: noun,
    label: `${noun} over ${shown(watch)} so far, ${watch.name}`,
    rows: past.n,
    log: open.id,
    sql: breachesSql({ kpi: { ...kpi, deadline: null }, calendar: time }, limit),
  });
  const isNoisy = past.weeks > 0 && past.firing > past.weeks / 2;
  return {
    action: "Watch it",
    summary: summaryOf(watch, past),
    changes: [
      { what: `Watch: ${watch.name}`, before: null, after: `over ${shown(watch)}` },
      ...(time === null
        ? []
        : [{ what: "Only these hours count", before: null, after: describeCalendar(time.calendar) }]),
      { what: "Would have spoken (weeks)", before: null, after: `${past.firing} of ${past.weeks}` },
    ],
    affected: { count: past.breaches, unit: noun, examples: [] },
    undo: { possible: true, how: "Stop watching; what was said stays." },
    risks: isNoisy
      ? ["It would have spoken in more than half of the weeks: the limit may be too tight."]
      : [],
    why: "Only events after approval count; each breach is said once.",
    facts: kpi.deadline === null ? [over] : [],
  };
}

/** The KPI's limit from now on. One in business time belongs to its watch alone: others count the KPI by the clock. */
async function setLimit(
  transaction: Pick<Database, "insert">,
  tenant: string,
  { name, open, kpi: { metric, activities, limit, deadline } }: Watch,
): Promise<void> {
  await transaction
    .insert(kpis)
    .values({ tenant, name, log: open.name, metric, activity: activities, limit, deadline })
    .onConflictDoUpdate({ target: [kpis.tenant, kpis.name], set: { limit, deadline } });
}

/** A limit of an attribute is no KPI's of others. */
const measuresKpi = ({ definition }: Watch): boolean => definition.measure === null;

const watchId = (proposal: string): string => `kpi_${proposal}`;

export default writeTool<Input>({
  name: "kpi.watch",
  version: 1,
  risk: "write",
  description:
    "Watches a KPI on new events and raises an alert when its limit (SLA) is broken. A proposal; the preview says how often it would have spoken.",
  examples: {
    en: [
      "alert me when cycle time exceeds its limit",
      "watch the cycle time",
      "tell me when orders take longer than a day",
      "monitor waiting time and warn me above 4 hours",
      "warn me if the error rate goes up",
      "set an SLA of 5 days on lead time",
      "keep an eye on the waiting time of the credit check",
      "raise an alert if rework gets above 10 %",
      "warn me when the average order value rises above 1000 euros",
      "remind me if breaches rise",
    ],
  },
  input,
  preview,
  async execute(own, context): Promise<Receipt> {
    const watch = await watchOf(own, context);
    const { tenant, proposal, thread } = context;
    const { open, name, definition } = watch;
    await context.database.transaction(async (transaction) => {
      if (definition.calendar === null && measuresKpi(watch)) await setLimit(transaction, tenant, watch);
      await transaction
        .insert(watches)
        .values({
          id: watchId(proposal),
          tenant,
          kind: "limit",
          log: open.id,
          kpi: name,
          proposal,
          thread,
          definition,
          since:
            sql`(select ${logs.lastEvent} from ${logs} where ${logs.tenant} = ${tenant} and ${logs.id} = ${open.id})` as never,
        })
        .onConflictDoNothing();
    });
    return {
      summary: `${name} is watched: over ${shown(watch)} raises an alert.`,
      references: [{ system: "millwright", id: watchId(proposal) }],
    };
  },
  async reconcile(_own, context) {
    const [row] = await context.database
      .select({ id: watches.id })
      .from(watches)
      .where(and(eq(watches.tenant, context.tenant), eq(watches.id, watchId(context.proposal))));
    if (row === undefined) return { state: "not-done" };
    return {
      state: "done",
      receipt: { summary: "It is watched.", references: [{ system: "millwright", id: row.id }] },
    };
  },
  undo: (_own, receipt) => ({ tool: "kpi.unwatch", input: { watch: receipt.references[0]!.id } }),
});
