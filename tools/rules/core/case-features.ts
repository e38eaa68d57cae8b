/** What is known about each case at a decision point, as features for a tree. Nothing that comes later is looked at. */
import { type Column, type EventLog, MISSING, type TextColumn } from "../../logs/core/event-log.ts";
import type { Literal, Operand } from "./condition.ts";
import type { Feature } from "./decision-tree.ts";
import type { FeatureNames } from "./tree-rules.ts";

/** A text attribute with more values than this, or with a value for nearly each case, is a name and no feature. */
const mostCategories = 60;

/**
 * The decision point of each case: the exclusive end of what is known. After the first completion of `activity`
 * (-1: the case does not have it); without an activity, after the case's first event.
 */
export function decisionEnds(log: EventLog, activity: number | null): Int32Array {
  const ends = new Int32Array(log.cases).fill(-1);
  for (let index = 0; index < log.cases; index++) {
    const [from, to] = [log.caseStart[index]!, log.caseStart[index + 1]!];
    for (let event = from; event < to && ends[index] === -1; event++) {
      if (activity === null || log.activity[event] === activity) ends[index] = event + 1;
    }
  }
  return ends;
}

/** Per case the last row with a value before the case's end, or -1. */
function lastKnown(log: EventLog, ends: Int32Array, isPresent: (row: number) => boolean): Int32Array {
  return ends.map((end, index) => {
    for (let row = end - 1; row >= log.caseStart[index]!; row--) if (isPresent(row)) return row;
    return -1;
  });
}

function textFeature(name: string, column: TextColumn, rows: Int32Array): Feature | null {
  const codes = Uint32Array.from(rows, (row) => (row < 0 ? MISSING : column.codes[row]!));
  const distinct = [...new Set(codes)].filter((code) => code !== MISSING);
  const present = codes.reduce((count, code) => count + Number(code !== MISSING), 0);
  if (distinct.length < 2 || distinct.length > mostCategories || distinct.length > present / 4) return null;
  const dense = new Map(distinct.map((code, index) => [code, index]));
  return {
    kind: "text",
    name,
    codes: codes.map((code) => dense.get(code) ?? MISSING),
    dictionary: distinct.map((code) => column.dictionary[code]!),
  };
}

function numberFeature(name: string, values: Float64Array, rows: Int32Array): Feature | null {
  const own = Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : values[row]!));
  const first = own.find((value) => !Number.isNaN(value));
  const varies = own.some((value) => !Number.isNaN(value) && value !== first);
  return varies ? { kind: "number", name, values: own } : null;
}

function booleanFeature(name: string, values: Uint8Array, rows: Int32Array): Feature | null {
  const codes = Uint32Array.from(values, (value) => (value === 2 ? MISSING : value));
  return textFeature(name, { kind: "text", codes, dictionary: ["false", "true"] }, rows);
}

function featureOf(name: string, column: Column, rows: Int32Array): Feature | null {
  if (column.kind === "text") return textFeature(name, column, rows);
  if (column.kind === "boolean") return booleanFeature(name, column.values, rows);
  return column.kind === "number" ? numberFeature(name, column.values, rows) : null;
}

function presence(column: Column): (row: number) => boolean {
  if (column.kind === "text") return (row) => column.codes[row] !== MISSING;
  return column.kind === "boolean"
    ? (row) => column.values[row] !== 2
    : (row) => !Number.isNaN(column.values[row]!);
}

/**
 * Features of every case at its decision point: case attributes, and the last value of each event attribute.
 * A case whose end is -1 has only its case attributes. Attributes in `without` are left out (what is to be learnt).
 */
export function caseFeatures(
  log: EventLog,
  ends: Int32Array,
  without: ReadonlySet<string> = new Set(),
): readonly Feature[] {
  const everyCase = Int32Array.from({ length: log.cases }, (_, index) => index);
  const ofCases = [...log.caseAttributes].map(([name, column]) => featureOf(name, column, everyCase));
  const eventColumns = new Map<string, Column>(log.attributes);
  if (log.resource !== null && !eventColumns.has("resource")) eventColumns.set("resource", log.resource);
  const ofEvents = [...eventColumns]
    .filter(([name]) => !log.caseAttributes.has(name))
    .map(([name, column]) => featureOf(name, column, lastKnown(log, ends, presence(column))));
  return [...ofCases, ...ofEvents].filter(
    (feature) => feature !== null && !without.has(feature.name),
  ) as Feature[];
}

/** Features as they stand in conditions over the log they come from. */
export function namesFor(log: EventLog): FeatureNames {
  const kindOf = (name: string): Column["kind"] | undefined =>
    (log.caseAttributes.get(name) ?? log.attributes.get(name))?.kind;
  return {
    operand: (feature): Operand => ({ kind: "attribute", name: feature.name }),
    literal: (feature, value): Literal => {
      if (typeof value === "number") return { kind: "number", value };
      return kindOf(feature.name) === "boolean"
        ? { kind: "boolean", value: value === "true" }
        : { kind: "text", value };
    },
  };
}

/**
 * Which activities a case goes through after `activity` and before the next activity that all cases share: the
 * branches taken at a gateway, joined by "+"; null for a case without the activity.
 */
export function branchesAfter(log: EventLog, activity: number): readonly (string | null)[] {
  const ends = decisionEnds(log, activity);
  const join = nextShared(log, ends);
  return Array.from(ends, (end, index) => {
    if (end === -1) return null;
    const taken = new Set<string>();
    for (let event = end; event < log.caseStart[index + 1]! && log.activity[event] !== join; event++) {
      taken.add(log.activities[log.activity[event]!]!);
    }
    return taken.size === 0 ? "(none)" : [...taken].sort().join("+");
  });
}

/** The activity, among those that come after the point in every case, that most other activities stand before. */
function nextShared(log: EventLog, ends: Int32Array): number | null {
  const casesWith = new Float64Array(log.activities.length);
  const position = new Float64Array(log.activities.length);
  let reached = 0;
  ends.forEach((end, index) => {
    if (end === -1) return;
    reached++;
    const seen = new Set<number>();
    for (let event = end; event < log.caseStart[index + 1]!; event++) {
      const code = log.activity[event]!;
      if (seen.has(code)) continue;
      seen.add(code);
      casesWith[code]!++;
      position[code]! += event - end;
    }
  });
  const shared = [...casesWith.keys()].filter((code) => reached > 0 && casesWith[code] === reached);
  return shared.sort((left, right) => position[left]! - position[right]!)[0] ?? null;
}
