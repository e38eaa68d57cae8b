/** Something odd about a log that a person should know before trusting a figure (contract.md, `quality.kind`). */
export type FindingKind =
  | "duplicate"
  | "missing"
  | "order"
  | "tie"
  | "zone"
  | "day-month"
  | "epoch"
  | "single-event"
  | "near-name"
  | "na-text"
  | "no-start"
  | "negative"
  | "outlier";

export interface Finding {
  readonly kind: FindingKind;
  readonly count: number;
  /** One place where it can be seen. `row` counts data rows (or events) from 1. */
  readonly example: FindingExample | null;
}

export interface FindingExample {
  readonly line?: number;
  readonly row?: number;
  readonly case?: string;
  readonly activity?: string;
  readonly column?: string;
  readonly value?: string;
  readonly note?: string;
}

/** One finding per kind: counts added, the first example kept. */
export function mergeFindings(...lists: readonly (readonly Finding[])[]): Finding[] {
  const merged = new Map<FindingKind, Finding>();
  for (const finding of lists.flat()) {
    const known = merged.get(finding.kind);
    merged.set(finding.kind, known ? { ...known, count: known.count + finding.count } : finding);
  }
  return [...merged.values()];
}
