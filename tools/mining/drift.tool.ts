import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { calendar, filters, log } from "../inputs.ts";
import { instantToLocal } from "../logs/core/zones.ts";
import {
  DRIFT_LEVEL,
  type Drift,
  type DriftReport,
  findDrifts,
  type RelationChange,
} from "./core/causes/drift.ts";
import { mulberry32 } from "./core/effects.ts";
import { isoInstant } from "./core/instants.ts";
import { NoTimesError } from "./errors.ts";
import { type CaseMeasure, caseMeasure } from "./measures.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { text, where } from "./sql.ts";

const Input = z.object({ log, filters, calendar: calendar.optional() });
type Input = z.infer<typeof Input>;

interface Data {
  /** In order of time; instants ISO 8601 in UTC. Empty where nothing changed beyond chance. */
  readonly drifts: readonly (Omit<Drift, "at" | "earliest" | "latest" | "since" | "until"> & {
    readonly at: string;
    readonly earliest: string;
    readonly latest: string;
  })[];
  readonly cases: number;
}

/** How many changes get facts of their own; the table has them all. */
const TOLD = 3;
/** The permutations' seed: the same log gives the same answer. */
const SEED = 20140101;

export default readTool<Input, Data>({
  name: "mining.drift",
  version: 1,
  description:
    "Whether the process drifted over time, on which date, and what became different: change points in which step follows which, in " +
    "cycle time and in waiting, corrected for looking at every date. Silent where the process is stable.",
  examples: {
    en: [
      "did the process change over time?",
      "when did the process change?",
      "on which date did it change?",
      "is there drift?",
      "is there concept drift in this log?",
      "is the process stable?",
      "since when is the process different?",
      "find the change points",
      "when did cases begin to take longer?",
      "was there a moment when the way of working changed?",
      "has the process drifted?",
      "detect drifts",
      "did the process change, counted in business hours?",
    ],
  },
  input: Input,
  computes: true,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const measures = (["cycle_time", "waiting_time"] as const).map((metric) =>
    caseMeasure(metric, selection.log, undefined, selection.calendar),
  );
  const valued = measures.map((measure) => ({ name: measure.name, values: measure.values(selection.log) }));
  const report = findDrifts(selection.log, valued, mulberry32(SEED));
  if (report === null) throw new NoTimesError(selection.open.name);
  const clearest = [...report.drifts].sort((a, b) => a.pValue - b.pValue || a.at - b.at).slice(0, TOLD);
  const local = instantToLocal(context.zone);
  const dateOf = (instant: number) => isoInstant(local(instant)).slice(0, 10);
  const told = clearest.map((drift) => tell(selection, drift, measures, dateOf));
  const given = assumptions(context, selection, input.filters);
  return {
    data: dataOf(report),
    facts: [...told.flatMap(({ facts }) => facts), ...given.facts],
    views:
      report.drifts.length === 0 ? [] : [table(report.drifts, dateOf), ...relationTables(clearest, dateOf)],
    answer: {
      headline: told[0]?.message ?? {
        text: "No change over time shows beyond chance in {log}: neither in which step follows which nor in its times.",
        values: { log: selection.open.name },
      },
      figures: told.flatMap(({ facts }) => facts.slice(0, 2)).slice(0, 3),
      assumptions: [...given.lines, ...looked(report, context)],
      notes: told.slice(1).map(({ message }) => message),
      next: { label: { text: "See what separates slow from fast cases" }, ask: "why are some cases slow?" },
    },
  };
}

interface Told {
  readonly message: Message;
  readonly facts: readonly Fact[];
}

function tell(
  selection: Selection,
  drift: Drift,
  measures: readonly CaseMeasure[],
  dateOf: (instant: number) => string,
): Told {
  const relation = drift.relations[0];
  const values = {
    date: dateOf(drift.at),
    earliest: dateOf(drift.earliest),
    latest: dateOf(drift.latest),
  };
  if (relation !== undefined) {
    const [before, after] = [
      shareFact(selection, drift, relation, "before"),
      shareFact(selection, drift, relation, "after"),
    ];
    return {
      facts: [before, after],
      message: {
        text: "Cases that begin from {date} on take other paths ({earliest} to {latest}): {relation} in {after} of them, {before} of those before.",
        values: { ...values, relation: nameOf(relation), before, after },
      },
    };
  }
  const measure = measures.find(({ name }) => name === drift.of)!;
  const [before, after] = [
    levelFact(selection, drift, measure, "before"),
    levelFact(selection, drift, measure, "after"),
  ];
  return {
    facts: [before, after],
    message: {
      text: "Cases that begin from {date} on ({earliest} to {latest}) have a median {measure} of {after}, those before of {before}.",
      values: { ...values, measure: measure.name, before, after },
    },
  };
}

type Side = "before" | "after";

/** A condition on the begin of a case. */
const windowSql = ({ since, at, until }: Drift, side: Side): string =>
  side === "before"
    ? `epoch_us(first_event) >= ${since} and epoch_us(first_event) < ${at}`
    : `epoch_us(first_event) >= ${at} and epoch_us(first_event) <= ${until}`;

function shareFact(selection: Selection, drift: Drift, relation: RelationChange, side: Side): Fact {
  return selection.fact({
    value: relation[side],
    unit: "share",
    label: `Share of cases in which ${nameOf(relation)}, ${side} ${isoInstant(drift.at)}`,
    sql: `select avg((case_id in (${relationSql(relation)}))::integer) from cases${where(windowSql(drift, side), selection.condition)}`,
    rows: drift[side],
  });
}

function relationSql({ from, to }: RelationChange): string {
  if (from === null) return `select case_id from events where position = 1 and activity = ${text(to!)}`;
  if (to !== null)
    return `select case_id from edges where from_activity = ${text(from)} and to_activity = ${text(to)}`;
  return `select e.case_id from events e join cases c on e.case_id = c.case_id where e.position = c.events and e.activity = ${text(from)}`;
}

function levelFact(selection: Selection, drift: Drift, measure: CaseMeasure, side: Side): Fact {
  return selection.fact({
    value: drift.level![side],
    unit: measure.unit,
    label: `Median ${measure.name} of cases that begin ${side} ${isoInstant(drift.at)}`,
    sql: `select quantile_cont(value, 0.5) from ${measure.sql(selection.condition)} where case_id in (select case_id from cases where ${windowSql(drift, side)})`,
    rows: drift[side],
  });
}

function nameOf({ from, to }: RelationChange): string {
  if (from === null) return `the case begins with ${to}`;
  return to === null ? `the case ends with ${from}` : `${to} comes right after ${from}`;
}

function looked({ cases, unfinished }: DriftReport, { zone }: ToolContext): Message[] {
  const quantity = (value: number, unit: string) => ({ quantity: value, unit });
  return [
    {
      text: "{cases} in order of their begin, dates in {zone}; chance would show a change in paths, cycle time or waiting in at most {level} of stable logs each",
      values: { cases: quantity(cases, "cases"), zone, level: quantity(DRIFT_LEVEL, "share") },
    },
    ...(unfinished === 0
      ? []
      : [
          {
            text: "{n} that begin near the end of the log left out, for it may end before they do",
            values: { n: quantity(unfinished, "cases") },
          },
        ]),
  ];
}

const dataOf = ({ drifts, cases }: DriftReport): Data => ({
  cases,
  drifts: drifts.map(({ since: _since, until: _until, ...drift }) => ({
    ...drift,
    at: isoInstant(drift.at),
    earliest: isoInstant(drift.earliest),
    latest: isoInstant(drift.latest),
  })),
});

const table = (drifts: readonly Drift[], dateOf: (instant: number) => string): View => ({
  kind: "table",
  title: "When the process changed",
  columns: [
    { key: "date", label: "From", kind: "text" },
    { key: "earliest", label: "Earliest", kind: "text" },
    { key: "latest", label: "Latest", kind: "text" },
    { key: "of", label: "In", kind: "text" },
    { key: "what", label: "What", kind: "text" },
    { key: "before", label: "Before", kind: "number" },
    { key: "after", label: "After", kind: "number" },
    { key: "n", label: "Cases before", kind: "number" },
    { key: "m", label: "Cases after", kind: "number" },
  ],
  rows: drifts.map((drift) => {
    const relation = drift.relations[0];
    return {
      date: dateOf(drift.at),
      earliest: dateOf(drift.earliest),
      latest: dateOf(drift.latest),
      of: drift.of,
      what: relation === undefined ? "median, seconds" : `share of cases: ${nameOf(relation)}`,
      before: relation?.before ?? drift.level!.before,
      after: relation?.after ?? drift.level!.after,
      n: drift.before,
      m: drift.after,
    };
  }),
});

const relationTables = (drifts: readonly Drift[], dateOf: (instant: number) => string): View[] =>
  drifts
    .filter(({ relations }) => relations.length > 1)
    .map(({ at, relations }) => ({
      kind: "table",
      title: `What follows what, before and from ${dateOf(at)}`,
      columns: [
        { key: "relation", label: "Cases in which", kind: "text" },
        { key: "before", label: "Before", unit: "share", kind: "number" },
        { key: "after", label: "After", unit: "share", kind: "number" },
      ],
      rows: relations.slice(0, 30).map((relation) => ({
        relation: nameOf(relation),
        before: relation.before,
        after: relation.after,
      })),
      total: relations.length,
    }));
