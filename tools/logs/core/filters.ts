/** Filters that select whole cases, on typed arrays and as SQL over the log's relations: the same cases either way. */
import { MillwrightError } from "../../../errors.ts";
import type { Filter } from "../../inputs.ts";
import { gather } from "./build-event-log.ts";
import { workedSql } from "./business-sql.ts";
import { type BusinessTime, workedBetween } from "./business-time.ts";
import { basic, type Comparator, compares, comparison } from "./comparison.ts";
import { type Column, type EventLog, MISSING } from "./event-log.ts";
import {
  type CaseTest,
  endpointTest,
  followsTest,
  SAMPLE_RANGE,
  sampleTest,
  topVariantTest,
  waitingTest,
} from "./filter-patterns.ts";
import { openSql, openTest } from "./open-cases.ts";

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

/**
 * A boolean SQL expression over `cases`. Times are those of the relations; `inBusinessTime` where the query is going to
 * be wrapped by `inCalendarSql`.
 */
export function filterSql(filters: readonly Filter[], inBusinessTime = false): string {
  return filters.length === 0
    ? "true"
    : filters.map((filter) => `(${sqlOf(filter, inBusinessTime)})`).join(" and ");
}

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
    case "top-variants":
      return topVariantTest(log, filter);
    case "endpoint":
      return endpointTest(
        log,
        filter.at,
        filter.activities.map((name) => activityCode(log, name)),
      );
    case "follows":
      return followsTest(
        log,
        filter,
        [activityCode(log, filter.from), activityCode(log, filter.to)],
        calendar,
      );
    case "waiting": {
      const code = filter.activity === undefined ? null : activityCode(log, filter.activity);
      return waitingTest(log, filter, code, calendar);
    }
    case "open":
      return openTest(log, filter.next === undefined ? null : activityCode(log, filter.next));
    case "sample":
      return sampleTest(log, filter);
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

const listOf = (value: Of<"attribute">["value"]): readonly Operand[] =>
  Array.isArray(value) ? value : [value];

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
  const within = (moment: number) => Number.isFinite(moment) && moment >= low && moment < high;
  return (index) => {
    const { first, last } = spanOfCase(log, index);
    if (by === "intersecting") return Number.isFinite(first) && first < high && last >= low;
    if (by === "contained") return within(first) && within(last);
    return within(by === "started" ? first : last);
  };
}

function durationTest(
  log: EventLog,
  { comparator, seconds }: Of<"duration">,
  calendar: BusinessTime | null,
): CaseTest {
  const elapsed = (first: number, last: number) =>
    (calendar === null ? last - first : workedBetween(calendar, first, last)) / 1e6;
  const holds = comparison(comparator, seconds);
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
function sqlOf(filter: Filter, inBusinessTime: boolean): string {
  switch (filter.kind) {
    case "activity":
      return activitySql(filter);
    case "attribute":
      return attributeSql(filter);
    case "window":
      return windowSql(filter);
    case "duration":
      return `cases.duration_s ${sqlSign(filter.comparator)} ${filter.seconds}`;
    case "variant":
      return filter.variants.map(variantSql).join(" or ");
    case "top-variants":
      return topVariantSql(filter);
    case "endpoint":
      return endpointSql(filter);
    case "follows":
      return followsSql(filter, inBusinessTime);
    case "waiting":
      return waitingSql(filter);
    case "open":
      return openSql(filter.next ?? null);
    case "sample":
      return sampleSql(filter);
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
  const at = (instant: string) =>
    `timestamp ${text(new Date(instant).toISOString().replace("T", " ").replace("Z", ""))}`;
  const not = (column: "first_event" | "last_event", bound: string | null, sign: ">=" | "<") =>
    bound === null ? [] : [`cases.${column} ${sign} ${at(bound)}`];
  const within = (column: "first_event" | "last_event") => [
    `cases.${column} is not null`,
    ...not(column, from, ">="),
    ...not(column, to, "<"),
  ];
  const bounds = {
    completed: within("last_event"),
    started: within("first_event"),
    contained: [...within("first_event"), ...within("last_event")],
    intersecting: [
      "cases.first_event is not null",
      ...not("first_event", to, "<"),
      ...not("last_event", from, ">="),
    ],
  };
  return bounds[by].join(" and ");
}

/** As the relation `cases` writes variants. */
const variantSql = (names: readonly string[]): string =>
  `cases.variant = ${text(names.map((name) => name.replaceAll("\\", "\\\\").replaceAll("→", "\\→")).join(" → "))}`;

const sqlSign = (comparator: string): string => (comparator === "!=" ? "<>" : comparator);

/** Variants that tie with the last one come along. */
function topVariantSql({ unit, most }: Of<"top-variants">): string {
  const counted = "select variant, count(*) as n from cases group by variant";
  const ranked =
    unit === "variants"
      ? `select variant from (select variant, rank() over (order by n desc) as place from (${counted}) counted) ranked where place <= ${most}`
      : `select variant from (select variant, sum(n) over (order by n desc range between unbounded preceding and current row) - sum(n) over (partition by n) as before, sum(n) over () as total from (${counted}) counted) ranked where before < cast(${most} as double) * total`;
  return `cases.variant in (${ranked})`;
}

function endpointSql({ at, activities }: Of<"endpoint">): string {
  const position = at === "start" ? "1" : "cases.events";
  return `exists (select 1 from events own where own.case_id = cases.case_id and own.position = ${position} and own.activity in (${activities.map(text).join(", ")}))`;
}

function followsSql(
  { from, to, how, mode, comparator, seconds }: Of<"follows">,
  inBusinessTime: boolean,
): string {
  const timed = (elapsed: string) =>
    comparator === undefined || seconds === undefined
      ? ""
      : ` and ${elapsed} ${sqlSign(comparator)} ${seconds}`;
  const directly = `select case_id from edges where from_activity = ${text(from)} and to_activity = ${text(to)}${timed("seconds")}`;
  const next = `select case_id, activity, completed, min(case when activity = ${text(to)} then position end) over (partition by case_id order by position rows between 1 following and unbounded following) as next_position from events`;
  const elapsed = inBusinessTime
    ? workedSql("a.completed", "b.completed")
    : "(epoch_us(b.completed) - epoch_us(a.completed))";
  const eventually = `select a.case_id from (${next}) a join events b on b.case_id = a.case_id and b.position = a.next_position where a.activity = ${text(from)}${timed(`${elapsed} / 1e6`)}`;
  return `cases.case_id ${mode === "never" ? "not in" : "in"} (${how === "directly" ? directly : eventually})`;
}

function waitingSql({ activity, comparator, seconds }: Of<"waiting">): string {
  const own = activity === undefined ? "" : ` and activity = ${text(activity)}`;
  return `cases.case_id in (select case_id from steps where waiting_s ${sqlSign(comparator)} ${seconds}${own})`;
}

/** By a hash of the seed and the case's first row in the file, as `sampleTest` has it. */
function sampleSql({ unit, size, seed }: Of<"sample">): string {
  const hash = `md5('${seed}:' || cast(min("row") as varchar))`;
  const grouped = "select case_id from events group by case_id";
  if (unit === "cases") return `cases.case_id in (${grouped} order by ${hash} limit ${Math.floor(size)})`;
  if (size >= 1) return "true";
  return `cases.case_id in (${grouped} having substr(${hash}, 1, 8) < '${SAMPLE_RANGE(size)}')`;
}

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
