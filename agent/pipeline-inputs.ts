/** Reads what people hand to `run`: a context of any shape, and KPIs as the contract has them. */
import { z } from "zod";
import { metrics } from "../tools/inputs.ts";
import { RunInputError } from "./errors.ts";

export interface DraftedRule {
  readonly condition: string;
  readonly action: string;
  readonly confidence: number | null;
  readonly coverage: number;
}

const Kpi = z.object({
  name: z.string().min(1),
  log: z.string().nullish(),
  metric: z.enum(metrics),
  activity: z.union([z.string(), z.array(z.string())]).nullish(),
  limit: z.number().nonnegative().nullish(),
  deadline: z.string().nullish(),
});
export type RunKpi = z.infer<typeof Kpi>;

/** Throws `RunInputError` naming the entry and the field. */
export function readKpis(given: readonly unknown[]): readonly RunKpi[] {
  const parsed = z.array(Kpi).safeParse(given);
  if (parsed.success) return parsed.data;
  throw new RunInputError("kpis", z.prettifyError(parsed.error).replace(/\s*\n\s*/g, " "));
}

export interface KpiInput {
  readonly log: string;
  readonly metric: RunKpi["metric"];
  readonly activities?: readonly string[];
  readonly threshold?: number;
  readonly deadline?: string;
}

/** The query that measures a KPI; several activities count together. */
export function kpiInput({ metric, activity, limit, deadline }: RunKpi, log: string): KpiInput {
  return {
    log,
    metric,
    ...(activity == null ? {} : { activities: [activity].flat() }),
    ...(limit == null ? {} : { threshold: limit }),
    ...(deadline == null ? {} : { deadline }),
  };
}

/** Rules are said like this, in a text or anywhere in a JSON context. */
const conditional = /^\s*(?:if|when|whenever|escalate|notify)\b/i;
const mostRules = 20;

/** The rules a context states in words: lines of a text, or strings anywhere in a JSON value. */
export function wordsOf(context: unknown): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === "string") found.push(...value.split(/\n|(?<=\.)\s+/).map((line) => line.trim()));
    else if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(look);
  };
  look(context);
  return [...new Set(found.filter((line) => conditional.test(line)))].slice(0, mostRules);
}
