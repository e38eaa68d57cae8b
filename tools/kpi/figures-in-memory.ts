/** The figures of a KPI out of typed arrays. */
import type { OpenLog } from "../define.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import type { Asked } from "./asked.ts";
import { byGroup, byPair, byPeriod, type Group, ofGroup, type PeriodValue } from "./core/breakdown.ts";
import { type Grouping, groupingOf } from "./core/grouping.ts";
import { breaches } from "./core/later-events.ts";
import { type Observations, observe, observedOf, theMeasure } from "./core/metrics.ts";
import { casesWithout } from "./core/observe-attribute.ts";
import { type Selection, selectCases, spanOf } from "./core/selection.ts";
import { stepTable } from "./core/steps.ts";
import { summarizeValues } from "./core/summarize.ts";
import { asShares, type Breakdown, type FigureSource, type Line, mostObserved } from "./figures.ts";

/** To the observations that count, of those of some cases. */
type Narrow = (log: EventLog, observations: Observations) => Observations;

export function inMemory(
  open: OpenLog,
  selection: Selection,
  narrow: Narrow = (_, observations) => observations,
): FigureSource {
  const observed = ({ kpi, calendar }: Asked, log: EventLog): Observations =>
    narrow(log, observe(log, kpi, calendar));
  return {
    figures: async (asked) => {
      const found = breakdownOf(asked, selection, observed(asked, selection.log));
      if (asked.whole === null) return found;
      const { log } = selectCases(open, asked.wholeFilters, asked.calendar?.calendar ?? null);
      const whole = observed(asked, log);
      const periods = periodsOf(asked, selection, whole);
      return asShares(found, { value: summarizeValues(whole.value, asked.computed), periods });
    },
    currencies: async (asked) => {
      const grouping = byCurrency(asked, selection.log, observed(asked, selection.log));
      if (grouping === null) return [];
      const { grouped, observations } = grouping;
      return byGroup(grouped, observations, "count", null).map(({ name, n }) => ({
        name,
        n,
        condition: grouped.conditionOf(name),
      }));
    },
    of: (asked, { name }) =>
      inMemory(open, selection, (log, all) => {
        const grouping = byCurrency(asked, log, all);
        return grouping === null ? all : ofGroup(grouping.grouped, all, name);
      }),
    missing: async (asked) => {
      const { log } = selection;
      const named = asked.kpi.activities;
      const codes = named && new Set(named.map((own) => log.activities.indexOf(own)));
      return casesWithout(log, stepTable(log), observed(asked, log), codes);
    },
  };
}

function byCurrency({ kpi }: Asked, log: EventLog, observations: Observations) {
  const { currency } = theMeasure(kpi);
  if (currency === null) return null;
  return { observations, grouped: groupingOf(log, observations, currency, observedOf(kpi)) };
}

function breakdownOf(asked: Asked, selection: Selection, observations: Observations): Breakdown {
  const { kpi, computed, limit, input } = asked;
  const { log } = selection;
  const flags = asked.late === null ? new Uint8Array() : breaches(log, kpi, limit, observations);
  const by = (name: string | undefined): Grouping | null =>
    name === undefined ? null : groupingOf(log, observations, name, observedOf(kpi), input);
  const grouping = by(input.groupBy);
  const second = grouping === null || input.andBy === input.groupBy ? null : by(input.andBy);
  const groups = grouping === null ? [] : byGroup(grouping, observations, computed, limit);
  return {
    value: summarizeValues(observations.value, computed),
    n: observations.value.length,
    breaches: flags.reduce((total, flag) => total + flag, 0),
    grouping,
    second,
    groups,
    pairs:
      grouping === null || second === null ? [] : byPair(grouping, second, observations, computed, limit),
    periods: periodsOf(asked, selection, observations),
    lines: linesOf(asked, selection, observations, grouping, groups),
  };
}

function periodsOf(
  { computed, limit, input, context }: Asked,
  { whole }: Selection,
  observations: Observations,
): readonly PeriodValue[] {
  const { first, last } = spanOf(whole);
  if (input.period === undefined || first === null || last === null) return [];
  return byPeriod(observations, computed, input.period, context.zone, { first, last }, limit);
}

function linesOf(
  asked: Asked,
  selection: Selection,
  observations: Observations,
  grouping: Grouping | null,
  groups: readonly Group[],
): readonly Line[] {
  if (grouping === null || asked.input.period === undefined) return [];
  return mostObserved(groups).map((name) => ({
    name,
    periods: periodsOf(asked, selection, ofGroup(grouping, observations, name)),
  }));
}
