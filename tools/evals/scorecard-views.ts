/** A run of the evals as tables. Pure. */
import type { View } from "../define.ts";
import type { EvalRun, FailedCase, ShareOf, TierCard } from "./evals.ts";

type Table = Extract<View, { kind: "table" }>;

const tierNames = {
  mechanics: "mechanics (scripted model)",
  "built-in": "built-in planner",
  live: "live model",
} as const;

export const wasRun = ({ cases, notRun }: TierCard): boolean => cases > notRun;

const cells = ({ passed, of, share, low, high }: ShareOf) => ({ passed, of, share, low, high });

const shareColumns: Table["columns"] = [
  { key: "passed", label: "passed", kind: "number" },
  { key: "of", label: "of", kind: "number" },
  { key: "share", label: "share", kind: "number", unit: "share" },
  { key: "low", label: "at least", kind: "number", unit: "share" },
  { key: "high", label: "at most", kind: "number", unit: "share" },
];

/** A row per tier; a tier that was not run has no share. */
export const tiersTable = ({ cards }: EvalRun): Table => ({
  kind: "table",
  title: "Tiers",
  columns: [
    { key: "tier", label: "tier", kind: "text" },
    ...shareColumns,
    { key: "notRun", label: "not run", kind: "number" },
    { key: "flaky", label: "flaky", kind: "number" },
    { key: "p95", label: "p95 of a turn", kind: "number", unit: "s" },
    { key: "cost", label: "cost", kind: "number", unit: "USD" },
  ],
  rows: cards.map((card) => ({
    tier: tierNames[card.tier],
    ...(wasRun(card) ? cells(card.passAt1) : { passed: null, of: null, share: null, low: null, high: null }),
    notRun: card.notRun,
    flaky: card.flaky.length,
    p95: card.milliseconds.p95 === null ? null : card.milliseconds.p95 / 1000,
    cost: card.costMicros / 1e6,
  })),
});

/** A table per dimension that tells more than one thing apart. */
export function dimensionTables(card: TierCard): Table[] {
  return Object.entries(card.by)
    .filter(([, rows]) => rows.length > 1)
    .map(([dimension, rows]) => ({
      kind: "table",
      title: `${tierNames[card.tier]}, by ${dimension}`,
      columns: [{ key: "value", label: dimension, kind: "text" }, ...shareColumns],
      rows: rows.map((row) => ({ value: row.value, ...cells(row) })),
    }));
}

export const failuresTable = (failures: readonly FailedCase[], most: number): Table => ({
  kind: "table",
  title: "What did not hold",
  columns: [
    { key: "id", label: "case", kind: "text" },
    { key: "said", label: "said", kind: "text" },
    { key: "problem", label: "what did not hold", kind: "text" },
    { key: "diverges", label: "first diverging step", kind: "text" },
    { key: "again", label: "again", kind: "text" },
  ],
  rows: failures.slice(0, most).map(({ id, transcript, problems, diverges, again }) => ({
    id,
    said: transcript[(problems[0]?.turn ?? 1) - 1]?.say ?? "",
    problem: problems.map(({ turn, problem }) => `turn ${turn}: ${problem}`).join("; "),
    diverges: diverges === null ? "" : `turn ${diverges.turn}, call ${diverges.call + 1}`,
    again,
  })),
  total: failures.length,
});
