/** KPIs, alerts and promises as the board shows them, read from what the monitor route gives. */
import { list, number, object, text } from "./json.ts";

export interface Kpi {
  readonly name: string;
  readonly log: string | null;
  readonly metric: string;
  readonly unit: string;
  readonly value: number | null;
  readonly limit: number | null;
  readonly breached: boolean;
  /** Id of the fact behind the value. */
  readonly fact: string | null;
}

export interface AlertItem {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly at: string | null;
  readonly thread: string | null;
}

export interface PromiseItem {
  readonly key: string;
  readonly proposal: string | null;
  readonly what: string;
  readonly unit: string;
  readonly before: number | null;
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly measured: number | null;
  readonly verdict: string;
}

/** Units of the metrics where the monitor gives none. */
const unitOf = (metric: string): string =>
  metric === "rework" || metric === "error_rate" ? "share" : metric === "throughput" ? "cases" : "s";

const words: Readonly<Record<string, string>> = {
  cycle_time: "Cycle time",
  time_to: "Time to",
  waiting_time: "Waiting time",
  throughput: "Throughput",
  rework: "Rework",
  error_rate: "Error rate",
};
export const describeMetric = (metric: string): string => words[metric] ?? metric;

/** The KPIs with what `kpi.list` has measured of them, where they bring no value of their own. */
export function withValues(kpis: readonly unknown[], listed: unknown): readonly unknown[] {
  const all = list(object(listed)["kpis"]).map(object);
  return kpis.map((item) => {
    const kpi = object(item);
    const same = all.find((other) => other["name"] === kpi["name"] && other["log"] === kpi["log"]);
    if (same === undefined || number(kpi["value"]) !== null) return item;
    return { ...kpi, value: same["value"], unit: same["unit"] };
  });
}

export function readKpi(item: unknown): Kpi {
  const kpi = object(item);
  const metric = text(kpi["metric"]) ?? "";
  const fact = object(kpi["fact"]);
  const value = number(kpi["value"]) ?? number(fact["value"]);
  const limit = number(kpi["limit"]);
  const breached = kpi["breached"] ?? kpi["breach"];
  return {
    name: text(kpi["name"]) ?? describeMetric(metric),
    log: text(kpi["log"]),
    metric,
    unit: text(kpi["unit"]) ?? text(fact["unit"]) ?? unitOf(metric),
    value,
    limit,
    breached:
      typeof breached === "boolean"
        ? breached
        : metric !== "throughput" && value !== null && limit !== null && value > limit,
    fact: text(fact["id"]) ?? text(kpi["fact"]),
  };
}

export function readAlert(item: unknown, index: number): AlertItem {
  const alert = object(item);
  return {
    key: text(alert["id"]) ?? `${text(alert["at"]) ?? ""} ${index}`,
    title: text(alert["title"]) ?? text(alert["kpi"]) ?? "Alert",
    text: text(alert["text"]) ?? text(alert["message"]) ?? "",
    at: text(alert["at"]) ?? text(alert["createdAt"]),
    thread: text(alert["thread"]),
  };
}

export function readPromise(item: unknown, index: number): PromiseItem {
  const promise = object(item);
  const effect = { ...object(promise["definition"]), ...object(promise["promise"]), ...promise };
  const last = object(promise["last"]);
  const metric = text(effect["metric"]) ?? "";
  const activity = text(effect["activity"]);
  return {
    key: text(promise["id"]) ?? text(promise["watch"]) ?? String(index),
    proposal: text(promise["proposal"]),
    what:
      text(promise["summary"]) ??
      [describeMetric(metric), activity].filter((piece) => piece !== null).join(", "),
    unit: text(effect["unit"]) ?? unitOf(metric),
    before: number(effect["before"]),
    expected: number(effect["expected"]),
    low: number(effect["low"]),
    high: number(effect["high"]),
    measured: number(promise["measured"]) ?? number(last["value"]),
    verdict: text(promise["verdict"]) ?? text(last["verdict"]) ?? text(promise["state"]) ?? "waiting",
  };
}
