/**
 * Fills missing activities, resources and times. By mode: the most frequent value, the middle of the gap. Conditioned on
 * the neighbours: what stood most often between the same two steps, who did this step after the same colleague, the
 * median share of the gap between the same neighbours, how long the same step took after the same one. Every filled cell comes with a mark and, for names, with the
 * share of its neighbourhood that it is right for. How often that is right is measured by hiding known cells.
 */
import { buildEventLog } from "./build-event-log.ts";
import { type EventLog, type LogColumns, MISSING } from "./event-log.ts";
import { imputeStarts } from "./impute-starts.ts";
import { imputeTimes } from "./impute-times.ts";

export const imputable = ["activity", "resource", "timestamp", "start"] as const;
export type Imputable = (typeof imputable)[number];
export const imputeMethods = ["neighbours", "mode"] as const;
export type ImputeMethod = (typeof imputeMethods)[number];

export interface Filled {
  readonly columns: LogColumns;
  /** Per row: 1 where the cell was filled. */
  readonly marks: Uint8Array;
  /** Per row: how much of what was seen in its neighbourhood speaks for it, 0 to 1; NaN for times and known cells. */
  readonly confidence: Float64Array;
  readonly count: number;
}

/** Fills a column; the columns themselves where nothing is missing or there is nothing to learn from. O(rows). */
export function impute(columns: LogColumns, column: Imputable, method: ImputeMethod): Filled {
  const log = buildEventLog(columns);
  const marks = new Uint8Array(columns.rows);
  const confidence = new Float64Array(columns.rows).fill(Number.NaN);
  if (column === "timestamp" || column === "start")
    return filledTimes(columns, column, log, method, marks, confidence);
  const guesses = column === "activity" ? guessActivities(log, method) : guessResources(log, method);
  const own = columns[column];
  if (own === null || guesses.length === 0) return { columns, marks, confidence, count: 0 };
  const names = new Map(own.dictionary.map((name, code) => [name, code]));
  const codes = own.codes.slice();
  for (const { event, name, share } of guesses) {
    const row = log.row[event]!;
    codes[row] = names.get(name)!;
    marks[row] = 1;
    confidence[row] = share;
  }
  return { columns: { ...columns, [column]: { ...own, codes } }, marks, confidence, count: guesses.length };
}

function filledTimes(
  columns: LogColumns,
  column: "timestamp" | "start",
  log: EventLog,
  method: ImputeMethod,
  marks: Uint8Array,
  confidence: Float64Array,
): Filled {
  const role = column === "start" ? "started" : "completed";
  const times = (column === "start" ? imputeStarts : imputeTimes)(log, method === "neighbours");
  const known = columns[role];
  if (known === null || times.size === 0) return { columns, marks, confidence, count: 0 };
  const values = known.slice();
  for (const [event, time] of times) {
    values[log.row[event]!] = time;
    marks[log.row[event]!] = 1;
  }
  return { columns: { ...columns, [role]: values }, marks, confidence, count: times.size };
}

interface Guess {
  readonly event: number;
  readonly name: string;
  readonly share: number;
}

/** What an event stands in, from the closest look to the widest; NaN where that cannot be seen. */
type Contexts = readonly ((event: number) => number)[];

const anywhere = (): number => 0;

function guessActivities(log: EventLog, method: ImputeMethod): Guess[] {
  const missing = log.activities.indexOf("");
  const working = log.activity.map((code) => (code === missing || code === MISSING ? MISSING : code));
  if (!working.includes(MISSING)) return [];
  const { next, previous } = neighbours(log);
  const width = log.activities.length + 1;
  const boundary = log.activities.length;
  const at = (event: number): number => {
    if (event < 0) return boundary;
    return working[event] === MISSING ? Number.NaN : working[event]!;
  };
  const contexts: Contexts = [
    (event) => at(previous(event)) * width + at(next(event)),
    (event) => at(previous(event)),
    (event) => at(next(event)),
    anywhere,
  ];
  return guess(working, method === "mode" ? [anywhere] : contexts, log.activities);
}

function guessResources(log: EventLog, method: ImputeMethod): Guess[] {
  if (log.resource === null || !log.resource.codes.includes(MISSING)) return [];
  const working = log.resource.codes.slice();
  const { previous } = neighbours(log);
  const width = log.resource.dictionary.length + 1;
  const before = (event: number): number => {
    const own = previous(event);
    if (own < 0) return width - 1;
    return working[own] === MISSING ? Number.NaN : working[own]!;
  };
  const contexts: Contexts = [
    (event) => log.activity[event]! * width + before(event),
    (event) => log.activity[event]!,
    anywhere,
  ];
  return guess(working, method === "mode" ? [anywhere] : contexts, log.resource.dictionary);
}

/** The events before and after one in its case; -1 for none. */
function neighbours(log: EventLog) {
  const isFirst = new Uint8Array(log.events + 1);
  for (const start of log.caseStart) isFirst[start] = 1;
  return {
    previous: (event: number) => (isFirst[event] === 1 ? -1 : event - 1),
    next: (event: number) => (isFirst[event + 1] === 1 ? -1 : event + 1),
  };
}

/** Learns from all known cells, then fills the others from the first on, so that a filled cell helps the next. */
function guess(working: Uint32Array, contexts: Contexts, names: readonly string[]): Guess[] {
  const seen = contexts.map(() => new Map<number, Map<number, number>>());
  working.forEach((code, event) => {
    if (code === MISSING) return;
    contexts.forEach((context, level) => {
      const key = context(event);
      if (!Number.isNaN(key)) count(seen[level]!, key, code);
    });
  });
  const guesses: Guess[] = [];
  for (let event = 0; event < working.length; event++) {
    if (working[event] !== MISSING) continue;
    const found = bestOf(contexts, seen, event);
    if (found === null) continue;
    working[event] = found.code;
    guesses.push({ event, name: names[found.code]!, share: found.share });
  }
  return guesses;
}

function count(table: Map<number, Map<number, number>>, key: number, code: number): void {
  const own = table.get(key);
  if (own === undefined) table.set(key, new Map([[code, 1]]));
  else own.set(code, (own.get(code) ?? 0) + 1);
}

/** The most frequent value of the closest context that was seen at least twice; ties to the value that came first. */
function bestOf(
  contexts: Contexts,
  seen: readonly ReadonlyMap<number, ReadonlyMap<number, number>>[],
  event: number,
): { readonly code: number; readonly share: number } | null {
  for (const [level, context] of contexts.entries()) {
    const counts = seen[level]!.get(context(event));
    if (counts === undefined) continue;
    const total = [...counts.values()].reduce((sum, own) => sum + own, 0);
    if (total < 2 && level < contexts.length - 1) continue;
    let [code, most] = [-1, 0];
    for (const [own, times] of counts) {
      if (times > most || (times === most && own < code)) [code, most] = [own, times];
    }
    return { code, share: most / total };
  }
  return null;
}
