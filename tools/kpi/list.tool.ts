import { z } from "zod";
import { readTool, type ToolContext } from "../define.ts";
import { oneOrAllLogs } from "../inputs.ts";
import { breaches } from "./core/later-events.ts";
import { metricSql } from "./core/metric-sql.ts";
import { NotMeasurableError, observe, UnknownActivityError, unitOf } from "./core/metrics.ts";
import { defaultStatistic, summarizeValues } from "./core/summarize.ts";
import { listKpis, listWatches, type NamedKpi } from "./kpi-store.ts";

const input = z.object({ log: oneOrAllLogs });

interface Present {
  readonly value: number | null;
  readonly n: number;
  readonly breaches: number | null;
  /** Why there is no value. */
  readonly reason: string | null;
}

/** The KPI on a log now; without a value where that log has nothing of the kind to measure. */
function present(kpi: NamedKpi, open: Awaited<ReturnType<ToolContext["logs"]["open"]>>): Present {
  try {
    const observations = observe(open.log, kpi);
    const n = observations.value.length;
    const isTimed = kpi.limit !== null && unitOf(kpi) === "s";
    const over = isTimed
      ? breaches(open.log, kpi, kpi.limit ?? 0, observations).reduce((sum, flag) => sum + flag, 0)
      : null;
    const value = n === 0 ? null : summarizeValues(observations.value, defaultStatistic(kpi));
    return { value, n, breaches: over, reason: n === 0 ? "nothing observed" : null };
  } catch (error) {
    if (!(error instanceof UnknownActivityError || error instanceof NotMeasurableError)) throw error;
    return { value: null, n: 0, breaches: null, reason: error.message };
  }
}

async function listed(
  kpi: NamedKpi,
  wanted: string | undefined,
  context: ToolContext,
  names: ReadonlySet<string>,
) {
  const target = kpi.log ?? wanted;
  const isThere = target === undefined ? names.size === 1 : names.has(target);
  const open = isThere ? await context.logs.open(target) : null;
  const now =
    open === null ? { value: null, n: 0, breaches: null, reason: "its log is not here" } : present(kpi, open);
  return {
    ...kpi,
    statistic: defaultStatistic(kpi),
    unit: unitOf(kpi),
    source: open?.id ?? null,
    ...now,
  };
}

const mostFigures = 3;

/** Names of the KPIs that whoever asks has pinned. */
async function pinnedBy({ services, tenant, person, thread }: ToolContext): Promise<ReadonlySet<string>> {
  const place = { tenant, person: person?.id ?? null, thread };
  const pins = (await services.memory?.list(place, ["pinned-kpi"])) ?? [];
  return new Set(pins.flatMap(({ meaning }) => meaning.kpi ?? []));
}

export default readTool({
  name: "kpi.list",
  version: 1,
  description: "Lists the KPIs with their limits and present values, and what is being watched.",
  examples: {
    en: [
      "which KPIs do we have?",
      "list the KPIs",
      "what is being watched?",
      "show the SLAs",
      "which alerts are set up?",
      "what limits are defined?",
      "show our service levels",
      "KPI overview",
      "which promises are being checked?",
    ],
  },
  input,
  async execute(own: z.infer<typeof input>, context) {
    const logs = await context.logs.list();
    const names = new Set(logs.flatMap(({ id, name }) => [id, name]));
    const all = await listKpis(context.database, context.tenant);
    const pins = await pinnedBy(context);
    const measured = await Promise.all(all.map((kpi) => listed(kpi, own.log, context, names)));
    const first = measured.filter(({ name }) => pins.has(name));
    const kpis = [...first, ...measured.filter(({ name }) => !pins.has(name))];
    const watches = await listWatches(context.database, context.tenant);
    const active = watches.filter((watch) => watch.active);
    const call = { tool: "kpi.list", input: own };
    const count = context.fact({
      value: kpis.length,
      unit: "KPIs",
      label: "KPIs defined",
      rows: kpis.length,
      call,
    });
    const watched = context.fact({
      value: active.length,
      unit: "watches",
      label: "active watches",
      rows: active.length,
      call,
    });
    const figures = first.slice(0, mostFigures).flatMap((kpi) =>
      kpi.value === null || kpi.source === null
        ? []
        : [
            context.fact({
              value: kpi.value,
              unit: kpi.unit,
              label: `${kpi.name}, ${kpi.statistic}`,
              rows: kpi.n,
              log: kpi.source,
              sql: metricSql({ kpi, statistic: kpi.statistic }),
            }),
          ],
    );
    return {
      data: {
        kpis,
        watches: watches.map(({ id, kind, log: own, kpi, proposal, state, last }) => ({
          id,
          kind,
          log: own,
          kpi,
          proposal,
          state,
          last,
        })),
      },
      facts: [count, watched, ...figures],
      views: [
        {
          kind: "table" as const,
          title: "KPIs",
          columns: [
            { key: "name", label: "KPI", kind: "text" as const },
            { key: "metric", label: "metric", kind: "text" as const },
            { key: "log", label: "log", kind: "text" as const },
            { key: "value", label: "now", kind: "number" as const },
            { key: "unit", label: "unit", kind: "text" as const },
            { key: "limit", label: "limit", unit: "s", kind: "number" as const },
            { key: "breaches", label: "over it", kind: "number" as const },
            { key: "watched", label: "watched", kind: "text" as const },
            ...(pins.size > 0 ? [{ key: "pinned", label: "pinned", kind: "text" as const }] : []),
          ],
          rows: kpis.map((kpi) => ({
            name: kpi.name,
            metric: kpi.metric,
            log: kpi.log,
            value: kpi.value,
            unit: kpi.unit,
            limit: kpi.limit,
            breaches: kpi.breaches,
            watched: active.some((watch) => watch.kpi === kpi.name) ? "yes" : "no",
            ...(pins.size > 0 ? { pinned: pins.has(kpi.name) ? "yes" : "" } : {}),
          })),
        },
      ],
      answer: {
        headline: { text: "There are {count}, and {watched} are active.", values: { count, watched } },
        figures: figures.length > 0 ? figures : [count, watched],
        assumptions: [{ text: "Values are over each KPI's whole log." }],
        next: { label: { text: "Watch one" }, ask: "watch the cycle time" },
      },
    };
  },
});
