/** Pinned KPIs as the board shows them first: what `memory.list` says is pinned, and what `kpi.query` measures of it. */
import type { View } from "../../../channels/contract.ts";
import { list, number, object, text } from "./json.ts";

export interface Period {
  /** 2026-W18 */
  readonly key: string;
  /** Null where nothing was observed. */
  readonly value: number | null;
  /** The log begins or ends within it, so that it says little. */
  readonly isPartial: boolean;
}

export interface Measured {
  /** Null where amounts are in several currencies. */
  readonly value: number | null;
  readonly unit: string;
  readonly statistic: string;
  readonly n: number | null;
  readonly limit: number | null;
  /** Id of the fact behind the value. */
  readonly fact: string | null;
  readonly periods: readonly Period[];
}

/** The last whole period that has a value, beside the one with a value before it. */
export interface Change {
  readonly now: number;
  readonly before: number;
  /** 0.1: a tenth more; null where there was nothing before. */
  readonly share: number | null;
}

/** Names of KPIs, as they were pinned, each once. */
export const pinnedNames = (memories: unknown): readonly string[] => [
  ...new Set(list(memories).flatMap((memory) => text(object(object(memory)["meaning"])["kpi"]) ?? [])),
];

export function readMeasured(result: unknown): Measured {
  const data = object(object(result)["data"]);
  const [value, unit] = [number(data["value"]), text(data["unit"]) ?? ""];
  const fact = list(object(result)["facts"])
    .map(object)
    .find((known) => number(known["value"]) === value && text(known["unit"]) === unit);
  return {
    value,
    unit,
    statistic: text(data["statistic"]) ?? "",
    n: number(data["n"]),
    limit: number(data["limit"]),
    fact: text(fact?.["id"]),
    periods: list(data["periods"]).map((period) => ({
      key: text(object(period)["key"]) ?? "",
      value: number(object(period)["value"]),
      isPartial: object(period)["isPartial"] === true,
    })),
  };
}

/** A line that ended in half a week would seem to fall. */
export const wholeIn = (periods: readonly Period[]): readonly Period[] =>
  periods.filter(({ isPartial }) => !isPartial);

export function changeIn(periods: readonly Period[]): Change | null {
  const [before, now] = wholeIn(periods)
    .flatMap(({ value }) => value ?? [])
    .slice(-2);
  if (before === undefined || now === undefined) return null;
  return { now, before, share: before === 0 ? null : now / before - 1 };
}

/** The most that a small line can show. */
export const mostPeriods = 26;

/** The line as pieces of `x,y x,y`: it is broken where nothing was observed. Null with fewer than two points. */
export function sparkLines(
  periods: readonly Period[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly string[] | null {
  const values = periods.flatMap(({ value }) => value ?? []);
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number): number => (at / Math.max(1, periods.length - 1)) * width;
  const y = (value: number): number =>
    high === low ? height / 2 : height - ((value - low) / (high - low)) * height;
  const pieces: string[][] = [[]];
  for (const [at, { value }] of periods.entries()) {
    if (value === null) pieces.push([]);
    else pieces.at(-1)?.push(`${x(at).toFixed(1)},${y(value).toFixed(1)}`);
  }
  return pieces.filter(({ length }) => length > 0).map((points) => points.join(" "));
}

export const asTable = (
  name: string,
  { unit }: Measured,
  periods: readonly Period[],
): Extract<View, { kind: "table" }> => ({
  kind: "table",
  title: `${name} by week`,
  columns: [
    { key: "week", label: "week", kind: "text" },
    { key: "value", label: "value", unit, kind: "number" },
  ],
  rows: periods.map(({ key, value, isPartial }) => ({ week: isPartial ? `${key}, in part` : key, value })),
});

/** The question that the conversation is opened with: it is not sent before somebody sends it. */
export const questionAbout = (name: string): string => `how did the KPI ${name} develop by week?`;

export function conversationAbout(name: string, log: string | null): string {
  const search = new URLSearchParams({ ask: questionAbout(name), ...(log === null ? {} : { log }) });
  return `/?${search.toString()}`;
}
