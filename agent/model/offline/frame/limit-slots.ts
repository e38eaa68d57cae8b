/** Limits: thresholds and KPIs. */
import { comparatorAt } from "../link/comparing.ts";
import { linksOf } from "../link/reading.ts";
import { latenessDefinition } from "../memory/definitions.ts";
import { latenessKpi } from "./deadline-slots.ts";
import { hasSlot } from "./fields.ts";
import { impliedMetric } from "./measure-slots.ts";
import { type Filled, freeOf, type SlotContext } from "./slot-context.ts";

/** A limit of an attribute is said in its own unit. */
function amountOf(context: SlotContext): Filled | null {
  const [found] = [...freeOf(context, "money"), ...freeOf(context, "number")];
  if (!found || comparatorAt(context.reading, found) === null) return null;
  return { value: found.kind === "money" ? found.amount : found.value, links: [found] };
}

/** A duration in the text, or the limit of the KPI that lateness is measured by. */
export function fillThreshold(context: SlotContext): Filled | null {
  if (context.measure) return amountOf(context);
  const found = freeOf(context, "duration")[0];
  if (found) return { value: found.seconds, links: [found] };
  if (!hasSlot(context.tool, "metric")) return null;
  const defined = latenessDefinition(context.reading, context.briefing);
  if (defined !== null) return defined.seconds === undefined ? null : { value: defined.seconds, links: [] };
  const kpi = latenessKpi(context);
  if (kpi === null || kpi.limit === null) return null;
  const isSame = hasSlot(context.tool, "kpi") || (kpi.metric === impliedMetric(context) && !kpi.activity);
  return isSame ? { value: kpi.limit, links: linksOf(context.reading, "kpi") } : null;
}

/** The KPI that says what is late, by its name. */
export function fillKpi(context: SlotContext): Filled | null {
  const kpi = latenessKpi(context);
  return kpi ? { value: kpi.name, links: linksOf(context.reading, "kpi") } : null;
}
