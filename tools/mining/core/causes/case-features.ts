import { type Column, type EventLog, MISSING } from "../../../logs/core/event-log.ts";
import { quantile } from "../quantiles.ts";
import { caseSpans } from "../throughput.ts";

/** Parts of the day a case may begin in, hours of the local clock [from, to). */
export const partsOfDay = {
  night: [0, 6],
  morning: [6, 12],
  afternoon: [12, 18],
  evening: [18, 24],
} as const;
export type PartOfDay = keyof typeof partsOfDay;

/** A yes-or-no property of a case. */
export type Feature =
  | { readonly kind: "value"; readonly attribute: string; readonly value: string }
  | { readonly kind: "above"; readonly attribute: string; readonly value: number }
  | { readonly kind: "happens"; readonly activity: string }
  | { readonly kind: "repeats"; readonly activity: string }
  | { readonly kind: "follows"; readonly from: string; readonly to: string }
  /** An event of the case has this team. */
  | { readonly kind: "team"; readonly attribute: string; readonly value: string }
  /** ISO day of the week, 1 is Monday; local. */
  | { readonly kind: "begins-on"; readonly day: number }
  | { readonly kind: "begins-in"; readonly part: PartOfDay };

export interface CaseFeature {
  readonly feature: Feature;
  /** 1 for cases that have it. */
  readonly has: Uint8Array;
}

/** Texts of more values than this are names, and no groups. */
export const MOST_VALUES = 50;
const MOST_FOLLOWS = 300;
const CUTS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;
const TEAM_NAMES = /^(org:)?(group|team|role|department|unit)$/iu;
export const isTeam = (attribute: string): boolean => TEAM_NAMES.test(attribute);
const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;

/**
 * Everything that might tell cases apart: values of case attributes, deciles of numeric ones, steps that happen, repeat or
 * follow each other, teams, and when a case begins on the local clock. People are not candidates. Of wanted features that
 * are the same cases only the first is kept. O(candidates × cases).
 */
export function caseFeatures(
  log: EventLog,
  local: (instant: number) => number,
  isWanted: (feature: Feature) => boolean = () => true,
): CaseFeature[] {
  const found = [
    ...attributeFeatures(log),
    ...stepFeatures(log),
    ...followsFeatures(log),
    ...teamFeatures(log),
    ...beginFeatures(log, local),
  ];
  return distinct(
    found.filter(({ feature, has }) => isWanted(feature) && has.includes(1) && has.includes(0)),
  );
}

/** What a feature is about: two of one subject say the same thing twice. */
export function subjectOf(feature: Feature): string {
  switch (feature.kind) {
    case "value":
    case "above":
    case "team":
      return `attribute ${feature.attribute}`;
    case "happens":
    case "repeats":
      return `step ${feature.activity}`;
    case "follows":
      return `step ${feature.to}`;
    case "begins-on":
    case "begins-in":
      return feature.kind;
  }
}

function distinct(found: readonly CaseFeature[]): CaseFeature[] {
  const seen = new Set<string>();
  return found.filter(({ has }) => {
    const key = fingerprint(has);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Two 32-bit hashes and the size: cases that are the same give the same. */
function fingerprint(has: Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  let n = 0;
  for (let c = 0; c < has.length; c++) {
    if (has[c] === 0) continue;
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ (c + 0x7f4a7c15), 0x85ebca6b) ^ (b >>> 13);
    n++;
  }
  return `${n} ${a} ${b}`;
}

const flags = <Values extends ArrayLike<number>>(
  values: Values,
  test: (value: number) => boolean,
): Uint8Array => Uint8Array.from({ length: values.length }, (_, c) => (test(values[c]!) ? 1 : 0));

function attributeFeatures(log: EventLog): CaseFeature[] {
  return [...log.caseAttributes].flatMap(([attribute, column]) => featuresOfColumn(attribute, column));
}

function featuresOfColumn(attribute: string, column: Column): CaseFeature[] {
  if (column.kind === "text") {
    if (column.dictionary.length > MOST_VALUES) return [];
    return column.dictionary.map((value, code) => ({
      feature: { kind: "value", attribute, value },
      has: flags(column.codes, (own) => own === code),
    }));
  }
  if (column.kind === "boolean") {
    return [
      { feature: { kind: "value", attribute, value: "true" }, has: flags(column.values, (own) => own === 1) },
    ];
  }
  return column.kind === "number" ? numberFeatures(attribute, column.values) : [];
}

function numberFeatures(attribute: string, values: Float64Array): CaseFeature[] {
  const known = values.filter((value) => !Number.isNaN(value));
  const cuts = new Set(CUTS.map((share) => quantile(known, share)).filter((cut) => !Number.isNaN(cut)));
  return Array.from(cuts, (value) => ({
    feature: { kind: "above" as const, attribute, value },
    has: flags(values, (own) => own > value),
  }));
}

function stepFeatures(log: EventLog): CaseFeature[] {
  const happens = log.activities.map(() => new Uint8Array(log.cases));
  const repeats = log.activities.map(() => new Uint8Array(log.cases));
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
      const code = log.activity[i]!;
      if (code === MISSING) continue;
      if (happens[code]![c] === 1) repeats[code]![c] = 1;
      happens[code]![c] = 1;
    }
  }
  return log.activities.flatMap((activity, code) => [
    { feature: { kind: "happens" as const, activity }, has: happens[code]! },
    { feature: { kind: "repeats" as const, activity }, has: repeats[code]! },
  ]);
}

/** Steps that follow each other directly, in the most cases first. */
function followsFeatures(log: EventLog): CaseFeature[] {
  const width = log.activities.length;
  const found = new Map<number, Uint8Array>();
  for (let c = 0; c < log.cases; c++) {
    for (let i = log.caseStart[c]! + 1; i < log.caseStart[c + 1]!; i++) {
      const pair = log.activity[i - 1]! * width + log.activity[i]!;
      let has = found.get(pair);
      if (has === undefined) {
        if (found.size >= 4 * MOST_FOLLOWS) continue;
        has = new Uint8Array(log.cases);
        found.set(pair, has);
      }
      has[c] = 1;
    }
  }
  const size = (has: Uint8Array) => has.reduce((n, own) => n + own, 0);
  return [...found]
    .map(([pair, has]) => ({ pair, has, n: size(has) }))
    .sort((a, b) => b.n - a.n || a.pair - b.pair)
    .slice(0, MOST_FOLLOWS)
    .map(({ pair, has }) => ({
      feature: {
        kind: "follows" as const,
        from: log.activities[Math.floor(pair / width)]!,
        to: log.activities[pair % width]!,
      },
      has,
    }));
}

function teamFeatures(log: EventLog): CaseFeature[] {
  return [...log.attributes].flatMap(([attribute, column]) => {
    if (!isTeam(attribute) || column.kind !== "text" || column.dictionary.length > MOST_VALUES) return [];
    const found = column.dictionary.map(() => new Uint8Array(log.cases));
    for (let c = 0; c < log.cases; c++) {
      for (let i = log.caseStart[c]!; i < log.caseStart[c + 1]!; i++) {
        const code = column.codes[i]!;
        if (code !== MISSING) found[code]![c] = 1;
      }
    }
    return column.dictionary.map((value, code) => ({
      feature: { kind: "team" as const, attribute, value },
      has: found[code]!,
    }));
  });
}

function beginFeatures(log: EventLog, local: (instant: number) => number): CaseFeature[] {
  const spans = caseSpans(log);
  if (spans === null) return [];
  const first = spans.first.map(local);
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    feature: { kind: "begins-on" as const, day },
    has: flags(first, (instant) => isoDay(instant) === day),
  }));
  const parts = (Object.keys(partsOfDay) as PartOfDay[]).map((part) => ({
    feature: { kind: "begins-in" as const, part },
    has: flags(first, (instant) => {
      const hour = Math.floor((((instant % DAY) + DAY) % DAY) / HOUR);
      return hour >= partsOfDay[part][0] && hour < partsOfDay[part][1];
    }),
  }));
  return [...days, ...parts];
}

/** 1970-01-01 was a Thursday. */
const isoDay = (instant: number): number => ((((Math.floor(instant / DAY) + 3) % 7) + 7) % 7) + 1;
