import type { Cell, Fact, Message, View } from "../define.ts";
import { caseSpans } from "./core/throughput.ts";
import type { Selection } from "./selection.ts";

/** Where a case of this name stands among the log's cases, whatever the case of its letters; -1 where none is called so. */
export function caseCalled(names: readonly string[], wanted: string): number {
  const exact = names.indexOf(wanted);
  if (exact >= 0) return exact;
  const lower = wanted.toLowerCase();
  return names.findIndex((name) => name.toLowerCase() === lower);
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The course of one case: how long it took and its events, in order; that there is none, where the log has no such case. */
export function oneCase(
  selection: Selection,
  wanted: string,
  assumed: { readonly facts: readonly Fact[]; readonly lines: readonly Message[] },
) {
  const { log, timed } = selection;
  const at = caseCalled(log.caseNames, wanted);
  if (at < 0) return nothing(wanted);
  const name = log.caseNames[at]!;
  const [from, to] = [log.caseStart[at]!, log.caseStart[at + 1]!];
  const events = selection.fact({
    value: to - from,
    unit: "events",
    label: "Events of the case",
    sql: `select count(*) from events where case_id = ${text(name)}`,
    rows: to - from,
  });
  const spans = caseSpans(timed);
  const took = spans === null ? null : (spans.last[at]! - spans.first[at]!) / 1e6;
  const duration =
    took === null
      ? null
      : selection.fact({
          value: took,
          unit: "s",
          label: "Time that the case took",
          sql: `select max(duration_s) from cases where case_id = ${text(name)}`,
          rows: 1,
        });
  return {
    data: { cases: [{ case: name, seconds: took, events: to - from }] },
    facts: [...(duration ? [duration] : []), events, ...assumed.facts],
    views: [tableOf(selection, name, from, to)],
    answer: {
      headline: duration
        ? { text: "{name} took {duration} and has {events}.", values: { name, duration, events } }
        : { text: "{name} has {events}.", values: { name, events } },
      figures: [],
      assumptions: assumed.lines,
      next: { label: { text: "See the slowest cases" }, ask: "show the slowest cases" },
    },
  };
}

const nothing = (wanted: string) => ({
  data: { cases: [] },
  facts: [],
  views: [] as View[],
  answer: {
    headline: { text: 'There is no case "{name}" in this log.', values: { name: wanted } },
    figures: [],
    assumptions: [],
    next: { label: { text: "See the slowest cases" }, ask: "show the slowest cases" },
  },
});

function tableOf({ log }: Selection, name: string, from: number, to: number): View {
  const rows: Record<string, Cell>[] = [];
  for (let event = from; event < to; event++) {
    const end = log.completed?.[event] ?? Number.NaN;
    rows.push({
      activity: log.activities[log.activity[event]!]!,
      end: Number.isNaN(end) ? null : new Date(end / 1000).toISOString(),
    });
  }
  return {
    kind: "table",
    title: name,
    columns: [
      { key: "activity", label: "Activity", kind: "text" },
      { key: "end", label: "End", kind: "time" },
    ],
    rows,
    total: rows.length,
  };
}
