/** What is in a log, at a glance: counts, span, activities, attributes with their values. */
import { type Column, type EventLog, MISSING } from "./event-log.ts";
import { isoInstant } from "./instants.ts";
import { isPersonal } from "./personal.ts";

export interface ActivityCount {
  readonly name: string;
  readonly count: number;
}

export interface AttributeProfile {
  readonly name: string;
  readonly of: "case" | "event";
  readonly kind: Column["kind"];
  /** The most frequent values of a text attribute, at most 200. */
  readonly values: readonly string[];
  readonly distinct: number;
  /** Numbers as they are, times in microseconds. */
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface Vocabulary {
  readonly activities: readonly ActivityCount[];
  readonly attributes: readonly AttributeProfile[];
  /** Values of attributes that hold people, beyond the most frequent ones; at most 5,000. Absent where there are none. */
  readonly people?: readonly string[];
  readonly hasStarts: boolean;
  readonly hasTimes: boolean;
}

export interface LogProfile {
  readonly cases: number;
  readonly events: number;
  /** ISO 8601 in UTC: the earliest start or completion, the latest completion. */
  readonly first: string | null;
  readonly last: string | null;
  readonly vocabulary: Vocabulary;
}

const FREQUENT = 200;
const PEOPLE = 5_000;

export function profileLog(log: EventLog): LogProfile {
  return { cases: log.cases, events: log.events, ...spanOf(log), vocabulary: vocabularyOf(log) };
}

/** First and last instant of a log; null without times. */
export function spanOf(log: EventLog): { first: string | null; last: string | null } {
  const completed = extent(log.completed);
  const started = extent(log.started);
  const first = Math.min(completed?.minimum ?? Infinity, started?.minimum ?? Infinity);
  return {
    first: Number.isFinite(first) ? isoInstant(first) : null,
    last: completed ? isoInstant(completed.maximum) : null,
  };
}

export function vocabularyOf(log: EventLog): Vocabulary {
  const resource: [string, Column][] = log.resource ? [["resource", log.resource]] : [];
  const people = peopleOf([...log.caseAttributes, ...resource, ...log.attributes]);
  return {
    ...(people.length > 0 ? { people } : {}),
    activities: countActivities(log),
    attributes: [
      ...Array.from(log.caseAttributes, ([name, column]) => profileColumn(name, "case", column)),
      ...[...resource, ...log.attributes].map(([name, column]) => profileColumn(name, "event", column)),
    ],
    hasStarts: hasStarts(log),
    hasTimes: log.completed !== null,
  };
}

/** People that the profiles' frequent values leave out. */
function peopleOf(columns: readonly (readonly [string, Column])[]): string[] {
  const rest = columns.flatMap(([name, column]) =>
    column.kind === "text" && column.dictionary.length > FREQUENT && isPersonal(name)
      ? frequentValues(column.codes, column.dictionary, PEOPLE).values.slice(FREQUENT)
      : [],
  );
  return rest.slice(0, PEOPLE);
}

/** Most frequent first. */
export function countActivities(log: EventLog): ActivityCount[] {
  const counts = new Uint32Array(log.activities.length);
  for (let at = 0; at < log.events; at++) counts[log.activity[at]!]!++;
  return log.activities
    .map((name, code) => ({ name, count: counts[code] as number }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** Whether waiting and service can be told apart: a start column, or start and complete rows. */
export function hasStarts(log: EventLog): boolean {
  if (log.started?.some((start) => !Number.isNaN(start))) return true;
  const transitions = new Set(log.lifecycle?.dictionary.map((transition) => transition.toLowerCase()));
  return transitions.has("start") && transitions.has("complete");
}

function profileColumn(name: string, of: "case" | "event", column: Column): AttributeProfile {
  if (column.kind === "text")
    return { name, of, kind: "text", ...frequentValues(column.codes, column.dictionary) };
  if (column.kind === "boolean") return { name, of, kind: "boolean", values: [], distinct: 2 };
  const range = extent(column.values);
  return { name, of, kind: column.kind, values: [], distinct: new Set(column.values).size, ...range };
}

function frequentValues(codes: Uint32Array, dictionary: readonly string[], most = FREQUENT) {
  const counts = new Uint32Array(dictionary.length);
  for (const code of codes) if (code !== MISSING) counts[code]!++;
  const used = [...counts.keys()].filter((code) => (counts[code] as number) > 0);
  used.sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  return { values: used.slice(0, most).map((code) => dictionary[code] as string), distinct: used.length };
}

function extent(values: Float64Array | null): { minimum: number; maximum: number } | null {
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values ?? []) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return minimum <= maximum ? { minimum, maximum } : null;
}
