/** What to do about what is odd: each finding with a handling, and the repair or filter that does it where there is one. */
import type { Filter } from "../../inputs.ts";
import { type EventLog, MISSING } from "./event-log.ts";
import type { Finding, FindingExample, FindingKind } from "./findings.ts";
import { imputable } from "./impute.ts";
import { isoInstant } from "./instants.ts";
import { usualEnds } from "./open-cases.ts";
import { nearNamePairs } from "./quality/names.ts";
import type { Repair } from "./repair.ts";

/** Kinds that are not in the file's own list (contract.md, `quality.kind`). */
export type ProblemKind = FindingKind | "incomplete" | "serial";

export interface Problem {
  readonly kind: ProblemKind;
  readonly count: number;
  readonly example: FindingExample | null;
  /** One sentence: what to do, or why nothing. */
  readonly handling: string;
  readonly repairs: readonly Repair[];
  readonly filter?: Filter;
}

/** Every problem of a log with its proposed handling. O(events). */
export function qualityReport(log: EventLog, findings: readonly Finding[]): Problem[] {
  const known = findings.map((found) => ({ ...found, ...handlingOf(found.kind, log) }));
  return [...known, ...incomplete(log), ...serials(log)];
}

type Handling = Pick<Problem, "handling" | "repairs" | "filter">;

function handlingOf(kind: FindingKind, log: EventLog): Handling {
  const plain = (handling: string): Handling => ({ handling, repairs: [] });
  switch (kind) {
    case "duplicate":
      return {
        handling: "Drop the rows that repeat another one, if the system wrote them twice.",
        repairs: [{ kind: "drop-duplicates" }],
      };
    case "missing":
      return {
        handling: "Fill them from the neighbouring steps; each filled cell is marked.",
        repairs: fillings(log),
      };
    case "order":
      return plain("Nothing: the order of time counts, not that of the rows.");
    case "tie":
      return plain("Nothing: rows of the same time stay in the file's order. Finer times would settle it.");
    case "zone":
      return {
        handling: "Say which zone the times are meant in, if it is not the one they were read in.",
        repairs: [],
      };
    case "day-month":
      return {
        handling: "Look at the dates; if day and month are exchanged, exchange them again and compare.",
        repairs: [{ kind: "swap-day-month" }],
      };
    case "epoch":
      return plain("Check whether dates of 1970 stand for none; leave those cases out by a window if so.");
    case "single-event":
      return plain("Keep them, or leave them out: cases begun or ended outside of the log's span look so.");
    case "near-name":
      return {
        handling: "Merge the rare spelling into the usual one, where they mean the same.",
        repairs: [{ kind: "merge-names", names: mergedNames(log) }],
      };
    case "na-text":
      return {
        handling: "Treat them as missing, unless the word is a value of its own.",
        repairs: [{ kind: "clear-na" }],
      };
    case "no-start":
      return plain("Import a start column, or start and complete rows, to tell waiting from working.");
    case "negative":
      return plain(
        "Correct them where they come from: work that ends before it starts is measured as negative.",
      );
    case "outlier":
      return plain(
        "Look at these cases; report medians, or filter by duration, if they are not the question.",
      );
  }
}

/** Which columns have something to fill. */
function fillings(log: EventLog): Repair[] {
  const missing = {
    activity: log.activities.includes(""),
    resource: log.resource?.codes.includes(MISSING) ?? false,
    timestamp: log.completed?.some((time) => Number.isNaN(time)) ?? false,
    start: lacksStarts(log),
  };
  return imputable
    .filter((column) => missing[column])
    .map((column) => ({ kind: "impute", column, method: "neighbours" }));
}

/** Whether a step lacks a start that others of its activity have; one of which none is known may have none. */
export function lacksStarts({ started, activity, activities, events }: EventLog): boolean {
  if (started === null) return false;
  const known = new Uint8Array(activities.length);
  for (let event = 0; event < events; event++)
    if (!Number.isNaN(started[event]!)) known[activity[event]!] = 1;
  return started.some((time, event) => Number.isNaN(time) && known[activity[event]!] === 1);
}

export const mergedNames = (log: EventLog): Record<string, string> =>
  Object.fromEntries(nearNamePairs(log).map(({ rare, common }) => [rare.name, common.name]));

/**
 * Cases whose last activity is rarely an end: broken off, or still running when the log was taken. Those count as still
 * running whose last event is not further from the log's end than 95 % of all waits for a next event.
 */
function incomplete(log: EventLog): Problem[] {
  const isEnd = usualEnds(log);
  const open: number[] = [];
  for (let index = 0; index < log.cases; index++) {
    if (!isEnd[log.activity[log.caseStart[index + 1]! - 1]!]) open.push(index);
  }
  const [first] = open;
  if (first === undefined) return [];
  const running = stillRunning(log, open);
  const at = log.caseStart[first + 1]! - 1;
  return [
    {
      kind: "incomplete",
      count: open.length,
      example: {
        case: log.caseNames[first]!,
        activity: log.activities[log.activity[at]!]!,
        ...(log.completed ? { value: isoInstant(log.completed[at]!) } : {}),
        note: `rarely the last step; ${running} of these cases may still have been running at the log's end`,
      },
      handling: "Leave them out of cycle times: keep the cases that end with a usual last step.",
      repairs: [],
      filter: { kind: "endpoint", at: "end", activities: log.activities.filter((_, code) => isEnd[code]) },
    },
  ];
}

function stillRunning({ completed, caseStart, cases }: EventLog, open: readonly number[]): number {
  if (completed === null) return 0;
  const gaps: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < cases; index++) {
    for (let at = caseStart[index]!; at < caseStart[index + 1]!; at++) {
      if (completed[at]! > end) end = completed[at]!;
      if (at > caseStart[index]! && completed[at]! > completed[at - 1]!)
        gaps.push(completed[at]! - completed[at - 1]!);
    }
  }
  const usual = gaps.sort((a, b) => a - b)[Math.floor(gaps.length * 0.95)] ?? 0;
  return open.filter((index) => end - completed[caseStart[index + 1]! - 1]! <= usual).length;
}

const TIME_NAME = /date|time|stamp|day|created|changed|due|when|datum|zeit/i;
const UNITS = [
  { unit: "days since 1900, as spreadsheets count", low: 20_000, high: 80_000 },
  { unit: "seconds since 1970", low: 3e8, high: 5e9 },
  { unit: "milliseconds since 1970", low: 3e11, high: 5e12 },
  { unit: "microseconds since 1970", low: 3e14, high: 5e15 },
] as const;

/** Numbers in columns that are named after a time: dates of a spreadsheet, or clocks that count from 1970. */
function serials(log: EventLog): Problem[] {
  return [...log.attributes, ...log.caseAttributes].flatMap(([name, column]): Problem[] => {
    if (column.kind !== "number" || !TIME_NAME.test(name)) return [];
    const known = column.values.filter((value) => !Number.isNaN(value));
    const unit = UNITS.find(
      ({ low, high }) => known.length > 0 && known.every((value) => value >= low && value < high),
    );
    if (unit === undefined) return [];
    return [
      {
        kind: "serial",
        count: known.length,
        example: { column: name, value: String(known[0]), note: `may be ${unit.unit}` },
        handling: "Kept as numbers. Write them as dates (2026-03-02) before the import to use them as times.",
        repairs: [],
      },
    ];
  });
}
