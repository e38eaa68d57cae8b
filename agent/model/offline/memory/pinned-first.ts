/** "How are we doing?" of somebody who has pinned KPIs is about those. */
import type { Briefing } from "../../provider.ts";
import type { Language } from "../languages/language.ts";
import { read } from "../link/read.ts";
import type { Plan } from "../plan.ts";

/** The plan; the list of KPIs, the pinned ones first, where it would have measured whatever is measured by default. */
export function pinnedFirst(plan: Plan, briefing: Briefing, language: Language): Plan {
  const pinned = briefing.remembered?.pinned ?? [];
  const [frame] = plan.kind === "calls" && plan.frames.length === 1 ? plan.frames : [];
  if (pinned.length === 0 || plan.kind !== "calls" || frame?.tool !== "kpi.query" || !isDefault(frame.input))
    return plan;
  const { concepts, links } = read(briefing.text, language, briefing);
  if (concepts.size > 0 || links.length > 0) return plan;
  return { ...plan, frames: [{ ...frame, tool: "kpi.list", input: {} }] };
}

const isDefault = ({ metric, filters, ...rest }: Readonly<Record<string, unknown>>): boolean =>
  (metric === undefined || metric === "cycle_time") &&
  (filters === undefined || (Array.isArray(filters) && filters.length === 0)) &&
  Object.values(rest).every((value) => value === undefined);
