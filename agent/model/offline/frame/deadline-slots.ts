/** Deadlines, and the KPI that lateness is measured by. */
import type { Briefing } from "../../provider.ts";
import type { LinkOf } from "../link/links.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { latenessDefinition } from "../memory/definitions.ts";
import { phraseIn } from "../text/wording.ts";
import { fieldsOf } from "./fields.ts";
import { type Filled, freeOf, type SlotContext, things } from "./slot-context.ts";

/** Which KPI is meant where none is named: what a case takes in all before its parts. */
const latenessOrder: readonly string[] = ["cycle_time", "time_to", "error_rate", "waiting_time"];

/**
 * The KPI that is named, whatever it measures; else the one with a limit or a deadline that lateness in the text is
 * measured by. A log's own one before one of all.
 */
export function latenessKpi(context: SlotContext): Briefing["kpis"][number] | null {
  const { reading, briefing } = context;
  const named = linksOf(reading, "kpi")[0]?.name;
  if (!named && !reading.concepts.has("late") && !reading.concepts.has("sla")) return null;
  if (!named && measuredAsDefined(context)) return null;
  const metric =
    freeOf(context, "metric")[0]?.metric ?? (reading.concepts.has("wait") ? "waiting_time" : null);
  const step = things(context, "activity")[0]?.thing.name;
  /** The fewer other steps, the closer; without this step far behind. */
  const distance = ({ activity }: Briefing["kpis"][number]): number => {
    const steps = [activity].flat();
    return step !== undefined && steps.includes(step) ? steps.length : 100;
  };
  const isMeant = (kpi: Briefing["kpis"][number]): boolean =>
    named === undefined
      ? latenessOrder.includes(kpi.metric) &&
        (kpi.limit !== null || kpi.deadline !== null || kpi.metric === "error_rate") &&
        (metric === null || kpi.metric === metric)
      : kpi.name === named;
  const fitting = briefing.kpis.filter(
    (kpi) => isMeant(kpi) && (!kpi.log || kpi.log === briefing.log?.name || kpi.log === briefing.log?.id),
  );
  const rank = (kpi: Briefing["kpis"][number]): number =>
    distance(kpi) * 100 + latenessOrder.indexOf(kpi.metric) * 10 + (kpi.log ? 0 : 1);
  return fitting.toSorted((left, right) => rank(left) - rank(right))[0] ?? null;
}

/** The time attribute that lateness is measured by, where it is named ("missed the promised date"). */
export function fillDeadline(context: SlotContext): Filled | null {
  const times = new Set(
    context.briefing.log?.vocabulary.attributes.flatMap(({ kind, name }) => (kind === "time" ? [name] : [])),
  );
  const found = things(context, "attribute").find(({ thing }) => times.has(thing.name));
  const late = context.reading.concepts.has("late") || context.reading.concepts.has("sla");
  const summed = freeOf(context, "statistic").some(
    ({ statistic }) => statistic === "share" || statistic === "count",
  );
  if (found && (late || summed || besideTime(context.reading, found)))
    return { value: found.thing.name, links: [found] };
  const defined = latenessDefinition(context.reading, context.briefing)?.deadline;
  return defined !== undefined && times.has(defined) ? { value: defined, links: [] } : null;
}

/** "finished after the promised date", "before the decision due". */
const besideTime = (reading: Reading, { start }: LinkOf<"thing">): boolean => {
  const { before, after, until } = reading.language.time;
  const ahead = {
    start: reading.tokens.filter((token) => token.end <= start).at(-3)?.start ?? 0,
    end: start,
  };
  return [before, after, until].some((list) => phraseIn(reading, list, ahead));
};

/** The person said what late is, and the tool can measure by it. */
const measuredAsDefined = ({ tool, reading, briefing }: SlotContext): boolean =>
  fieldsOf(tool).some(({ name }) => name === "deadline") && latenessDefinition(reading, briefing) !== null;
