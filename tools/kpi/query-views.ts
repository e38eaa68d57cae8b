/** A KPI to look at: by group, by two attributes, over time. */
import type { View } from "../define.ts";
import { type Asked, nameOf } from "./asked.ts";
import type { Group, PairedGroup, PeriodValue } from "./core/breakdown.ts";
import { describeKpi, observationNoun } from "./core/words.ts";
import type { Breakdown } from "./figures.ts";

export function viewsOf(asked: Asked, found: Breakdown): readonly View[] {
  const { grouping, second, groups, pairs, periods, lines } = found;
  return [
    ...(periods.length > 0 ? [overTime(asked, periods)] : []),
    ...(groups.length > 0 ? [byGroups(asked, groups)] : []),
    ...(second === null ? [] : [pivotOf(asked, pairs, second.attribute)]),
    ...(grouping === null || periods.length === 0 ? [] : [linesOverTime(asked, grouping.attribute, lines)]),
  ];
}

function overTime(asked: Asked, periods: readonly PeriodValue[]): View {
  const title = nameOf(asked);
  return {
    kind: "series",
    title: `${title} by ${asked.input.period}`,
    unit: asked.unit,
    x: "time",
    series: [{ name: title, points: periods.map(({ key, value }) => [key, value] as const) }],
    ...(asked.limit === null ? {} : { threshold: asked.limit }),
  };
}

function byGroups(asked: Asked, groups: readonly Group[]): View {
  const title = nameOf(asked);
  return {
    kind: "table",
    title: `${title} by ${asked.input.groupBy}`,
    columns: [
      { key: "group", label: asked.input.groupBy ?? "group", kind: "text" },
      { key: "value", label: title, unit: asked.unit, kind: "number" },
      { key: "n", label: observationNoun(asked.kpi), kind: "number" },
      ...(asked.limit === null
        ? []
        : [{ key: "breaches", label: "over the limit", kind: "number" as const }]),
    ],
    rows: groups.slice(0, 200).map((group) => ({
      group: group.name,
      value: group.value,
      n: group.n,
      ...(asked.limit === null ? {} : { breaches: group.breaches }),
    })),
    total: groups.length,
  };
}

/** The names that most observations have. */
function most(
  names: readonly (string | null)[],
  counts: readonly number[],
  limit: number,
): (string | null)[] {
  const totals = new Map<string | null, number>();
  for (const [at, name] of names.entries()) totals.set(name, (totals.get(name) ?? 0) + counts[at]!);
  return [...totals]
    .sort((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([name]) => name);
}

/** Rows by the first attribute, columns by the second; the groups with most observations. */
function pivotOf(asked: Asked, pairs: readonly PairedGroup[], second: string): View {
  const counts = pairs.map(({ n }) => n);
  const seconds = pairs.map((pair) => pair.second);
  const firsts = pairs.map(({ name }) => name);
  const across = most(seconds, counts, 12);
  const title = nameOf(asked);
  return {
    kind: "table",
    title: `${title} by ${asked.input.groupBy} and ${second}`,
    columns: [
      { key: "group", label: asked.input.groupBy ?? "group", kind: "text" },
      ...across.map((name, at) => ({
        key: `c${at}`,
        label: `${second} ${name ?? "(none)"}`,
        unit: asked.unit,
        kind: "number" as const,
      })),
    ],
    rows: most(firsts, counts, 50).map((name) => ({
      group: name,
      ...Object.fromEntries(
        across.map((other, at) => [
          `c${at}`,
          pairs.find((pair) => pair.name === name && pair.second === other)?.value ?? null,
        ]),
      ),
    })),
  };
}

/** A line over time for each of the groups with most observations. */
function linesOverTime(asked: Asked, attribute: string, lines: Breakdown["lines"]): View {
  return {
    kind: "series",
    title: `${describeKpi(asked.kpi, asked.statistic)} by ${asked.input.period} and ${attribute}`,
    unit: asked.unit,
    x: "time",
    series: lines.map(({ name, periods }) => ({
      name: name ?? "(none)",
      points: periods.map(({ key, value }) => [key, value] as const),
    })),
  };
}
