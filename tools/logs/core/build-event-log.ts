import { classified } from "./classifiers.ts";
import { type Column, type EventLog, type LogColumns, MISSING, type TextColumn } from "./event-log.ts";

export interface EventLogOptions {
  /** `complete` drops every row whose transition is not "complete" (in any case). A log without transitions keeps all. */
  readonly lifecycle?: "all" | "complete";
  /** `name`, `name+lifecycle`, or the name of a classifier of the XES file. */
  readonly classifier?: string;
}

/**
 * Sorts a file's rows into an event log: by case in order of first appearance, then by completion, ties by
 * row. O(rows) where the file is in order of time within cases, else O(n log n) in the cases that are not.
 * A row without a time keeps its place after the rows before it. Cases without rows vanish.
 */
export function buildEventLog(columns: LogColumns, options: EventLogOptions = {}): EventLog {
  const kept = options.lifecycle === "complete" ? completeRows(columns) : null;
  const { row, caseStart, cases } = groupByCase(columns, kept);
  if (columns.completed) sortWithinCases(row, caseStart, columns.completed, columns.started);
  const identity = row.length === columns.rows && isIdentity(row);
  const take = <Values extends Float64Array | Uint32Array | Uint8Array>(values: Values): Values =>
    identity ? values : gather(values, row);
  const classes = activityColumn(columns, options.classifier ?? "name");
  const activity = compact(take(classes.codes), classes.dictionary);
  const names = columns.caseNames ?? columns.case.dictionary;
  const everyCase = cases.length === names.length;
  return {
    events: row.length,
    cases: cases.length,
    caseStart,
    caseNames: everyCase ? names : Array.from(cases, (code) => names[code] as string),
    activity: activity.codes,
    activities: activity.dictionary,
    completed: columns.completed && take(columns.completed),
    started: columns.started && take(columns.started),
    resource: takeText(columns.resource, take),
    lifecycle: takeText(columns.lifecycle, take),
    instance: takeText(columns.instance, take),
    row,
    attributes: mapColumns(columns.attributes, take),
    caseAttributes: everyCase
      ? columns.caseAttributes
      : mapColumns(columns.caseAttributes, (values) => gather(values, cases)),
    ...(columns.origin?.flattening ? { flattening: columns.origin.flattening } : {}),
  };
}

function activityColumn(columns: LogColumns, classifier: string): TextColumn {
  if (classifier === "name") return columns.activity;
  return classifier === "name+lifecycle" ? nameAndLifecycle(columns) : classified(columns, classifier);
}

function completeRows({ lifecycle, rows }: LogColumns): Uint8Array | null {
  if (!lifecycle) return null;
  const complete = lifecycle.dictionary.map((transition) => transition.toLowerCase() === "complete");
  const kept = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) kept[row] = complete[lifecycle.codes[row] as number] ? 1 : 0;
  return kept;
}

/** A counting sort: stable, two passes. `cases` are the codes of the cases that have rows. */
function groupByCase(columns: LogColumns, kept: Uint8Array | null) {
  const { codes, dictionary } = columns.case;
  const counts = new Uint32Array(dictionary.length);
  let events = 0;
  for (let row = 0; row < columns.rows; row++) {
    if (kept && !kept[row]) continue;
    counts[codes[row] as number]!++;
    events++;
  }
  const cases: number[] = [];
  const next = new Uint32Array(dictionary.length);
  const starts = [0];
  let offset = 0;
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    cases.push(code);
    next[code] = offset;
    offset += counts[code] as number;
    starts.push(offset);
  }
  const row = new Uint32Array(events);
  for (let at = 0; at < columns.rows; at++) {
    if (!kept || kept[at]) row[next[codes[at] as number]!++] = at;
  }
  return { row, caseStart: Uint32Array.from(starts), cases: Uint32Array.from(cases) };
}

function sortWithinCases(
  row: Uint32Array,
  caseStart: Uint32Array,
  completed: Float64Array,
  started: Float64Array | null,
): void {
  for (let index = 0; index + 1 < caseStart.length; index++) {
    const from = caseStart[index] as number;
    const to = caseStart[index + 1] as number;
    let previous = Number.NEGATIVE_INFINITY;
    for (let at = from; at < to; at++) {
      const time = completed[row[at] as number] as number;
      if (!(time >= previous)) {
        sortCase(row.subarray(from, to), completed, started);
        break;
      }
      previous = time;
    }
  }
}

/** An event without completion stands at its start, or else where the row before it stands. */
function sortCase(rows: Uint32Array, completed: Float64Array, started: Float64Array | null): void {
  const keys = new Float64Array(rows.length);
  let last = Number.NEGATIVE_INFINITY;
  rows.forEach((row, at) => {
    let key = completed[row] as number;
    if (Number.isNaN(key)) key = started?.[row] ?? Number.NaN;
    if (Number.isNaN(key)) key = last;
    keys[at] = last = key;
  });
  const order = Array.from(rows.keys()).sort(
    (a, b) => compare(keys[a] as number, keys[b] as number) || a - b,
  );
  rows.set(order.map((at) => rows[at] as number));
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function isIdentity(row: Uint32Array): boolean {
  for (let at = 0; at < row.length; at++) if (row[at] !== at) return false;
  return true;
}

export function gather<Values extends Float64Array | Uint32Array | Uint8Array>(
  values: Values,
  rows: Uint32Array,
): Values {
  const taken = new (values.constructor as new (length: number) => Values)(rows.length);
  for (let at = 0; at < rows.length; at++) taken[at] = values[rows[at] as number] as number;
  return taken;
}

type Take = <Values extends Float64Array | Uint32Array | Uint8Array>(values: Values) => Values;

function mapColumns(columns: ReadonlyMap<string, Column>, take: Take): Map<string, Column> {
  return new Map(Array.from(columns, ([name, column]) => [name, takeColumn(column, take)] as const));
}

function takeColumn(column: Column, take: Take): Column {
  switch (column.kind) {
    case "text":
      return { ...column, codes: take(column.codes) };
    case "boolean":
      return { ...column, values: take(column.values) };
    default:
      return { ...column, values: take(column.values) };
  }
}

const takeText = (column: TextColumn | null, take: Take): TextColumn | null =>
  column && { ...column, codes: take(column.codes) };

/** `name+TRANSITION`; the name alone where a row has no transition. */
function nameAndLifecycle({ activity, lifecycle, rows }: LogColumns): TextColumn {
  if (!lifecycle) return activity;
  const width = lifecycle.dictionary.length + 1;
  const known = new Map<number, number>();
  const dictionary: string[] = [];
  const codes = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const name = activity.codes[row] as number;
    const transition = lifecycle.codes[row] as number;
    const key =
      (name === MISSING ? activity.dictionary.length : name) * width + Math.min(transition, width - 1);
    let code = known.get(key);
    if (code === undefined) {
      const text = activity.dictionary[name] ?? "";
      code =
        dictionary.push(transition === MISSING ? text : `${text}+${lifecycle.dictionary[transition]}`) - 1;
      known.set(key, code);
    }
    codes[row] = code;
  }
  return { kind: "text", codes, dictionary };
}

/** Leaves out names that no event has; an event without a name gets the empty one. Order: the dictionary's. */
function compact(codes: Uint32Array, dictionary: readonly string[]): TextColumn {
  const used = new Uint8Array(dictionary.length + 1);
  for (let at = 0; at < codes.length; at++) used[Math.min(codes[at] as number, dictionary.length)] = 1;
  if (used[dictionary.length] === 0 && used.subarray(0, -1).every((flag) => flag === 1)) {
    return { kind: "text", codes, dictionary };
  }
  const names: string[] = [];
  const known = new Map<string, number>();
  const renumbered = Uint32Array.from(used, (flag, code) => {
    if (!flag) return MISSING;
    const name = dictionary[code] ?? "";
    if (!known.has(name)) known.set(name, names.push(name) - 1);
    return known.get(name) as number;
  });
  return {
    kind: "text",
    codes: codes.map((code) => renumbered[Math.min(code, dictionary.length)] as number),
    dictionary: names,
  };
}
