/** Filters that select whole cases, on typed arrays and as SQL over the log's relations: the same cases either way. */
import { MillwrightError } from "../../../errors.ts";
import type { Filter } from "../../inputs.ts";
import { gather } from "./build-event-log.ts";
import { type BusinessTime, workedBetween } from "./business-time.ts";
import { type Column, type EventLog, MISSING } from "./event-log.ts";

export class FilterError extends MillwrightError {
  constructor(what: "activity" | "attribute", name: string, known: readonly string[]) {
    const near = nearest(name, known);
    super("unknown-name", 400, `the log has no ${what} "${name}"`, {
      value: name,
      expected: near.join(", ") || "none: the log has no attributes",
      remedy: near.length > 0 ? `Did you mean "${near[0]}"?` : `Ask which ${what}s the log has.`,
    });
  }
}

/** The cases that pass every filter. Throws `FilterError` for names that the log does not have. */
export function filterLog(
  log: EventLog,
  filters: readonly Filter[],
  calendar: BusinessTime | null = null,
): EventLog {
  if (filters.length === 0) return log;
  const tests = filters.map((filter) => caseTest(log, filter, calendar));
  const kept: number[] = [];
  for (let index = 0; index < log.cases; index++) if (tests.every((test) => test(index))) kept.push(index);
  return kept.length === log.cases ? log : selectCases(log, Uint32Array.from(kept));
}

/** A boolean SQL expression over `cases`. */
export function filterSql(filters: readonly Filter[]): string {
  return filters.length === 0 ? "true" : filters.map((filter) => `(${sqlOf(filter)})`).join(" and ");
}

type CaseTest = (index: number) => boolean;

function caseTest(log: EventLog, filter: Filter, calendar: BusinessTime | null): CaseTest {
  switch (filter.kind) {
    case "activity":
      return activityTest(log, filter);
    case "attribute":
      return attributeTest(log, filter);
    case "window":
      return windowTest(log, filter);
    case "duration":
      return durationTest(log, filter, calendar);
    case "variant":
      return variantTest(log, filter);
  }
}

type Of<Kind extends Filter["kind"]> = Extract<Filter, { kind: Kind }>;

function activityCode(log: EventLog, name: string): number {
  const code = log.activities.indexOf(name);
  if (code < 0) throw new FilterError("activity", name, log.activities);
  return code;
}

function activityTest(log: EventLog, { activities, mode }: Of<"activity">): CaseTest {
  const wanted = activities.map((name) => activityCode(log, name));
  return (index) => {
    const happened = new Set(log.activity.subarray(log.caseStart[index], log.caseStart[index + 1]));
    if (mode === "all") return wanted.every((code) => happened.has(code));
    return wanted.some((code) => happened.has(code)) === (mode === "any");
  };
}

/** Where events and cases have an attribute of the same name, that of the events is meant, as SQL's scope has it. */
function attributeTest(log: EventLog, filter: Of<"attribute">): CaseTest {
  const ofCase = log.attributes.has(filter.attribute) ? undefined : log.caseAttributes.get(filter.attribute);
  if (ofCase) return cellTest(ofCase, filter);
  const test = cellTest(eventColumn(log, filter.attribute), filter);
  return (index) => {
    for (let at = log.caseStart[index] as number; at < (log.caseStart[index + 1] as number); at++) {
      if (test(at)) return true;
    }
    return false;
  };
}

function eventColumn(log: EventLog, attribute: string): Column {
  const column = log.attributes.get(attribute);
  if (column) return column;
  if (attribute === "activity") return { kind: "text", codes: log.activity, dictionary: log.activities };
  if (attribute === "resource" && log.resource) return log.resource;
  const known = [
    ...log.caseAttributes.keys(),
    ...log.attributes.keys(),
    "activity",
    ...(log.resource ? ["resource"] : []),
  ];
  throw new FilterError("attribute", attribute, known);
}

/** Whether a cell compares so. A cell without a value compares with nothing: neither "=" nor "!=" holds. */
function cellTest(column: Column, { comparator, value }: Of<"attribute">): (at: number) => boolean {
  const tests = listOf(value).map((each) => equality(comparator, each, column.kind));
  const negated = comparator === "!=" || comparator === "not-in";
  const holds = (cell: Scalar) => tests.some((test) => test(cell)) !== negated;
  if (column.kind === "text") {
    const passes = Uint8Array.from(column.dictionary, (cell) => (holds(cell) ? 1 : 0));
    return (at) => column.codes[at] !== MISSING && passes[column.codes[at] as number] === 1;
  }
  if (column.kind === "boolean")
    return (at) => column.values[at] !== 2 && holds(String(column.values[at] === 1));
  return (at) => !Number.isNaN(column.values[at]) && holds(column.values[at] as number);
}

type Scalar = string | number;
type Operand = Scalar | boolean;
type Comparator = "=" | "<" | "<=" | ">" | ">=";

const listOf = (value: Of<"attribute">["value"]): readonly Operand[] =>
  Array.isArray(value) ? value : [value];

/** `!=`, `in` and `not-in` are built from `=`. */
const basic = (comparator: Of<"attribute">["comparator"]): Comparator =>
  comparator === "in" || comparator === "not-in" || comparator === "!=" ? "=" : comparator;

/** A test against one operand: in numbers where the column or the operand is one, in instants for times, else in text. */
function equality(
  comparator: Of<"attribute">["comparator"],
  operand: Operand,
  kind: Column["kind"],
): (cell: Scalar) => boolean {
  const by = basic(comparator);
  if (kind === "time") {
    const wanted = typeof operand === "number" ? operand : microsOf(operand);
    return (cell) => compares(Number(cell) - wanted, by);
  }
  if (kind === "number" || typeof operand === "number") {
    const wanted = numberOf(operand);
    return (cell) => compares(numberOf(cell) - wanted, by);
  }
  const wanted = Buffer.from(String(operand));
  return (cell) => compares(Buffer.compare(Buffer.from(String(cell)), wanted), by);
}

/** `NaN` compares with nothing. */
function compares(sign: number, by: Comparator): boolean {
  if (by === "=") return sign === 0;
  return by === "<" ? sign < 0 : by === "<=" ? sign <= 0 : by === ">" ? sign > 0 : sign >= 0;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const numberOf = (value: Operand): number =>
  typeof value === "number" ? value : NUMBER.test(String(value)) ? Number(value) : Number.NaN;
const microsOf = (value: Operand): number => Date.parse(String(value)) * 1000;

/** Earliest start or completion, latest completion of a case, in microseconds. */
function spanOfCase(log: EventLog, index: number): { first: number; last: number } {
  let first = Infinity;
  let last = -Infinity;
  for (let at = log.caseStart[index] as number; at < (log.caseStart[index + 1] as number); at++) {
    const completed = log.completed?.[at] ?? Number.NaN;
    const started = log.started?.[at] ?? Number.NaN;
    if (completed > last) last = completed;
    if (completed < first) first = completed;
    if (started < first) first = started;
  }
  return { first, last };
}

function windowTest(log: EventLog, { from, to, by }: Of<"window">): CaseTest {
  const low = from === null ? -Infinity : Date.parse(from) * 1000;
  const high = to === null ? Infinity : Date.parse(to) * 1000;
  return (index) => {
    const { first, last } = spanOfCase(log, index);
    const moment = by === "started" ? first : last;
    return Number.isFinite(moment) && moment >= low && moment < high;
  };
}

function durationTest(
  log: EventLog,
  { comparator, seconds }: Of<"duration">,
  calendar: BusinessTime | null,
): CaseTest {
  const elapsed = (first: number, last: number) =>
    (calendar === null ? last - first : workedBetween(calendar, first, last)) / 1e6;
  const holds = (duration: number) =>
    compares(duration - seconds, basic(comparator)) !== (comparator === "!=");
  return (index) => {
    const { first, last } = spanOfCase(log, index);
    return Number.isFinite(last) && Number.isFinite(first) && holds(elapsed(first, last));
  };
}

function variantTest(log: EventLog, { variants }: Of<"variant">): CaseTest {
  const wanted = variants.map((names) => names.map((name) => activityCode(log, name)));
  return (index) => {
    const trace = log.activity.subarray(log.caseStart[index], log.caseStart[index + 1]);
    return wanted.some(
      (codes) => codes.length === trace.length && codes.every((code, at) => code === trace[at]),
    );
  };
}

function selectCases(log: EventLog, kept: Uint32Array): EventLog {
  const caseStart = new Uint32Array(kept.length + 1);
  kept.forEach((index, at) => {
    caseStart[at + 1] =
      (caseStart[at] as number) + (log.caseStart[index + 1] as number) - (log.caseStart[index] as number);
  });
  const events = new Uint32Array(caseStart[kept.length] as number);
  kept.forEach((index, at) => {
    const from = log.caseStart[index] as number;
    for (let to = caseStart[at] as number, event = from; to < (caseStart[at + 1] as number); to++, event++)
      events[to] = event;
  });
  const text = (column: EventLog["resource"]) => column && { ...column, codes: gather(column.codes, events) };
  return {
    ...log,
    events: events.length,
    cases: kept.length,
    caseStart,
    caseNames: Array.from(kept, (index) => log.caseNames[index] as string),
    activity: gather(log.activity, events),
    completed: log.completed && gather(log.completed, events),
    started: log.started && gather(log.started, events),
    resource: text(log.resource),
    lifecycle: text(log.lifecycle),
    instance: text(log.instance),
    row: gather(log.row, events),
    attributes: gatherAll(log.attributes, events),
    caseAttributes: gatherAll(log.caseAttributes, kept),
  };
}

function gatherAll(columns: ReadonlyMap<string, Column>, rows: Uint32Array): Map<string, Column> {
  return new Map(
    Array.from(columns, ([name, column]) => {
      if (column.kind === "text") return [name, { ...column, codes: gather(column.codes, rows) }] as const;
      return [name, { ...column, values: gather(column.values, rows) } as Column] as const;
    }),
  );
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
function sqlOf(filter: Filter): string {
  switch (filter.kind) {
    case "activity":
      return activitySql(filter);
    case "attribute":
      return attributeSql(filter);
    case "window":
      return windowSql(filter);
    case "duration":
      return `cases.duration_s ${filter.comparator === "!=" ? "<>" : filter.comparator} ${filter.seconds}`;
    case "variant":
      return filter.variants.map(variantSql).join(" or ");
  }
}

const happens = (name: string): string =>
  `cases.case_id in (select case_id from events where activity = ${text(name)})`;

function activitySql({ activities, mode }: Of<"activity">): string {
  const each = activities.map(happens);
  return mode === "all"
    ? each.join(" and ")
    : mode === "any"
      ? each.join(" or ")
      : `not (${each.join(" or ")})`;
}

/**
 * The log's attributes are not known here: inside the subquery an attribute of the events is found first, else the
 * name is that of the case. `typeof` chooses how to compare, for the column's kind is not known either.
 */
function attributeSql({ attribute, comparator, value }: Of<"attribute">): string {
  const column = identifier(attribute);
  const tests = listOf(value).map((operand) => `(${operandSql(column, basic(comparator), operand)})`);
  const negated = comparator === "!=" || comparator === "not-in";
  const test = `coalesce(${tests.join(" or ") || "false"}, false)`;
  const condition = negated ? `${column} is not null and not ${test}` : test;
  return `exists (select 1 from events where events.case_id = cases.case_id and ${condition})`;
}

function operandSql(column: string, by: Comparator, operand: Operand): string {
  const micros = typeof operand === "number" ? operand : microsOf(operand);
  const inTime = Number.isNaN(micros)
    ? "false"
    : `epoch_us(try_cast(${column}::varchar as timestamp)) ${by} ${micros}`;
  const number = numberOf(operand);
  const inNumbers = Number.isNaN(number)
    ? "false"
    : `regexp_full_match(${column}::varchar, '[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?') and try_cast(${column}::varchar as double) ${by} ${number}`;
  const asNumber = Number.isNaN(number) ? "false" : `try_cast(${column}::varchar as double) ${by} ${number}`;
  const inText =
    typeof operand === "number" ? inNumbers : `${column}::varchar ${by} ${text(String(operand))}`;
  return `case typeof(${column}) when 'TIMESTAMP' then ${inTime} when 'DOUBLE' then ${asNumber} else ${inText} end`;
}

function windowSql({ from, to, by }: Of<"window">): string {
  const column = by === "started" ? "cases.first_event" : "cases.last_event";
  const at = (instant: string) =>
    `timestamp ${text(new Date(instant).toISOString().replace("T", " ").replace("Z", ""))}`;
  const bounds = [`${column} is not null`];
  if (from !== null) bounds.push(`${column} >= ${at(from)}`);
  if (to !== null) bounds.push(`${column} < ${at(to)}`);
  return bounds.join(" and ");
}

/** As the relation `cases` writes variants. */
const variantSql = (names: readonly string[]): string =>
  `cases.variant = ${text(names.map((name) => name.replaceAll("\\", "\\\\").replaceAll("→", "\\→")).join(" → "))}`;

/** Up to five known names, the closest first. */
function nearest(name: string, known: readonly string[]): string[] {
  const pairs = (word: string) =>
    new Set(Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));
  const wanted = pairs(` ${name.toLowerCase()} `);
  const scored = known.map((candidate) => {
    const own = pairs(` ${candidate.toLowerCase()} `);
    const common = [...own].filter((pair) => wanted.has(pair)).length;
    return { candidate, score: common / (own.size + wanted.size) };
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
    .map(({ candidate }) => candidate);
}
