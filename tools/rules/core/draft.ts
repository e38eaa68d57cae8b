/** Rules drafted from a log, or from a person's words, each with its track record. */
import type { EventLog } from "../../logs/core/event-log.ts";
import { caseFeatures, decisionEnds, namesFor } from "./case-features.ts";
import { type Condition, printCondition } from "./condition.ts";
import type { Dataset, Feature } from "./decision-tree.ts";
import { checkCondition, schemaOf } from "./schema.ts";
import type { Interval } from "./statistics.ts";
import type { Target } from "./target.ts";
import { attributeValues, type TrackRecord, trackRecord } from "./track-record.ts";
import { defaultLearnOptions, type LearnOptions, learnRules } from "./tree-rules.ts";
import { ruleFromWords } from "./words.ts";

export interface RuleDraft {
  /** The text of the condition, as `{"condition","action"}` has it. */
  readonly condition: string;
  readonly action: string;
  /** Share of the judged cases it hits that turned out as foreseen; null when it hits none. */
  readonly confidence: number | null;
  readonly interval: Interval;
  /** Share of all cases that it hits. */
  readonly coverage: number;
  readonly hits: number;
  readonly baseRate: number;
  readonly origin: "words" | "tree";
  readonly foresees: string;
  readonly examples: readonly string[];
  readonly counterExamples: readonly string[];
  readonly record: TrackRecord;
  readonly readings: readonly { readonly words: string; readonly means: string }[];
}

/** Cases a tree is grown on at most; of more, every n-th. */
const mostRows = 20_000;

function dataset(log: EventLog, target: Target, rows: readonly number[]): Dataset {
  const code = target.activity === null ? -1 : log.activities.indexOf(target.activity);
  const ends =
    target.activity === null ? decisionEnds(log, null) : decisionEnds(log, code).map((end) => end - 1);
  const pick = (feature: Feature): Feature =>
    feature.kind === "number"
      ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]!) }
      : { ...feature, codes: Uint32Array.from(rows, (row) => feature.codes[row]!) };
  return {
    features: caseFeatures(log, ends).map(pick),
    labels: Uint32Array.from(rows, (row) => target.labels[row]!),
    classes: ["no", "yes"],
  };
}

function sampleRows(target: Target): readonly number[] {
  const rows = [...target.labels.keys()].filter((row) => target.labels[row] !== 2);
  const step = Math.ceil(rows.length / mostRows);
  return rows.filter((_, position) => position % step === 0);
}

const draftOf = (
  condition: Condition,
  action: string,
  origin: "words" | "tree",
  target: Target,
  record: TrackRecord,
  readings: RuleDraft["readings"],
): RuleDraft => ({
  condition: printCondition(condition),
  action,
  confidence: record.confidence,
  interval: record.interval,
  coverage: record.coverage,
  hits: record.hits,
  baseRate: record.baseRate,
  origin,
  foresees: target.label,
  examples: record.examples,
  counterExamples: record.counterExamples,
  record,
  readings,
});

/** Rules that foresee the target, from attributes known before it is decided. None where there is nothing to learn. */
export function draftFromTree(
  log: EventLog,
  target: Target,
  casesSql: string | null,
  options: LearnOptions = defaultLearnOptions,
): readonly RuleDraft[] {
  const rows = sampleRows(target);
  const data = dataset(log, target, rows);
  const keys = rows.map((row) => log.caseNames[row]!);
  const minimumLeaf = Math.max(options.minimumLeaf, Math.ceil(rows.length / 100));
  return learnRules(data, keys, namesFor(log), { ...options, minimumLeaf }, [1])
    .map(({ condition }) => {
      const record = trackRecord(log, condition, { target, heldOut: options, casesSql });
      return draftOf(condition, "escalate", "tree", target, record, []);
    })
    .filter(({ confidence, interval, baseRate }) => confidence !== null && interval.low > baseRate)
    .slice(0, 5);
}

/** The rule in a person's words, checked against the log, with its record on all cases (nothing was fitted). */
export function draftFromWords(
  log: EventLog,
  words: string,
  target: Target,
  casesSql: string | null,
): RuleDraft {
  const schema = schemaOf(log);
  const { condition, action, readings } = ruleFromWords(words, schema, attributeValues(log));
  checkCondition(condition, schema);
  const record = trackRecord(log, condition, { target, heldOut: null, casesSql });
  return draftOf(condition, action, "words", target, record, readings);
}
