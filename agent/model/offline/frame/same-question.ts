/** Two reads may be as likely because both answer: then neither is a doubt of the other. */
import type { Filter } from "../../../../tools/inputs.ts";
import { fieldsOf, hasSlot } from "./fields.ts";
import type { Ranked } from "./rank.ts";

/** A figure of a step, and the read that tells of it: how long is waited before it, how often it happens. */
const tellingSlot: Readonly<Record<string, "threshold" | "limit">> = {
  waiting_time: "threshold",
  throughput: "limit",
};

/** "How long do we wait for the credit check?": a figure of a step and the read that tells of it are about the same. */
export function asksTheSame(one: Ranked, other: Ranked): boolean {
  const [figure, read] = hasSlot(one.tool, "measure") ? [one, other] : [other, one];
  if (!hasSlot(figure.tool, "measure") || hasSlot(read.tool, "measure")) return false;
  if (figure.tool.risk !== "read" || read.tool.risk !== "read" || !hasSlot(read.tool, "activity"))
    return false;
  if (figure.filling.missing.length + read.filling.missing.length > 0) return false;
  const { metric } = figure.filling.input;
  const counts = metric === undefined && figure.filling.input["statistic"] === "count";
  const slot = tellingSlot[counts ? "throughput" : String(metric)];
  if (slot === undefined || !hasSlot(read.tool, slot)) return false;
  const [left, right] = [subjectOf(figure), subjectOf(read)];
  return left !== null && left === right;
}

/** The steps and the other cases and settings that are spoken of; null where there is no step. */
function subjectOf({ tool, filling: { input } }: Ranked): string | null {
  const told = new Set(["metric", "statistic", "activity", "activities", "filters"]);
  const filters = (input["filters"] as readonly Filter[] | undefined) ?? [];
  const ofSteps = filters.flatMap((filter) =>
    filter.kind === "activity" && filter.mode === "any" ? filter.activities : [],
  );
  const others = filters.filter((filter) => filter.kind !== "activity" || filter.mode !== "any");
  const named = [
    input["activity"],
    ...((input["activities"] as readonly string[] | undefined) ?? []),
    ...ofSteps,
  ];
  const steps = [...new Set(named.filter((name) => typeof name === "string"))].sort();
  const rest = fieldsOf(tool).flatMap(({ name }) =>
    told.has(name) || !(name in input) ? [] : [[name, input[name]]],
  );
  return steps.length === 0 ? null : JSON.stringify([steps, others, rest]);
}

/** It leaves out a step, a value or a time that the other one takes, and takes nothing more. */
export function explainsLess({ filling: less }: Ranked, { filling: more }: Ranked): boolean {
  const kinds = new Set(["thing", "window", "duration", "money"]);
  const of = (used: typeof less.used) => [...used].filter(({ kind }) => kinds.has(kind));
  const [left, right] = [of(less.used), of(more.used)];
  return left.length < right.length && left.every((link) => right.includes(link));
}

/** Too unlikely to be the one that is meant. */
const unlikely = 0.05;

/**
 * Where the best of them asks the same as another, the figure comes first if a statistic is named or something is counted, and
 * else the read that tells more of the step; in every language alike.
 */
export function asAskedFirst(ranked: readonly Ranked[]): readonly Ranked[] {
  const [best, ...others] = ranked;
  const same = others.find((other) => best !== undefined && asksTheSame(best, other));
  if (best === undefined || same === undefined || same.likelihood < unlikely) return ranked;
  const [figure, read] = hasSlot(best.tool, "measure") ? [best, same] : [same, best];
  const first = asksForFigure(figure) ? figure : read;
  if (first === best) return ranked;
  const swapped = new Map([
    [best, { ...same, likelihood: best.likelihood }],
    [same, { ...best, likelihood: same.likelihood }],
  ]);
  return ranked.map((each) => swapped.get(each) ?? each);
}

const asksForFigure = ({ filling: { used, input } }: Ranked): boolean =>
  input["metric"] !== "waiting_time" || [...used].some(({ kind }) => kind === "statistic");

/** Reads that tell how many cases there are, or are left. */
const countingReads: ReadonlySet<string> = new Set(["logs.profile", "logs.filter"]);

/**
 * "how many German orders are there?": a count of cases that are selected. The reads that tell how many a log has, or how many
 * a filter leaves, tell the same number, or leave out what selects them.
 */
function countsSelected(figure: Ranked, other: Ranked): boolean {
  const { statistic, metric, filters, ...more } = figure.filling.input;
  const plain = statistic === "count" && (metric === undefined || metric === "throughput");
  const selects =
    Array.isArray(filters) &&
    filters.length > 0 &&
    (filters as readonly Filter[]).every(({ kind }) => kind !== "activity") &&
    Object.keys(more).length === 0;
  if (!plain || !selects || !hasSlot(figure.tool, "measure")) return false;
  return countingReads.has(other.tool.name) && (explainsLess(other, figure) || sameFilters(other, filters));
}

const sameFilters = ({ filling: { input } }: Ranked, filters: unknown): boolean =>
  JSON.stringify(input["filters"]) === JSON.stringify(filters) && Object.keys(input).length === 1;

/** How likely it is that the best read, or one that answers the same, is meant. */
export const likelihoodOfAnswer = (best: Ranked, ranked: readonly Ranked[]): number =>
  ranked.reduce(
    (sum, other) =>
      other.tool !== best.tool && (asksTheSame(best, other) || countsSelected(best, other))
        ? sum + other.likelihood
        : sum,
    best.likelihood,
  );
