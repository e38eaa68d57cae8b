import type { Repair } from "./repair.ts";

/** A repair as a reader says it (structurally a `Message` of tools/define.ts). */
export function repairWords(repair: Repair): {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
} {
  switch (repair.kind) {
    case "drop-duplicates":
      return { text: "rows that repeat another one are dropped", values: {} };
    case "merge-names": {
      const names = Object.entries(repair.names).map(([from, to]) => `${from} → ${to}`);
      return { text: "activities are renamed: {names}", values: { names: names.join(", ") } };
    }
    case "swap-day-month":
      return { text: "day and month are exchanged where that gives a date", values: {} };
    case "set-zone":
      return { text: "times are read in {zone}", values: { zone: repair.zone } };
    case "clear-na":
      return { text: "words that stand for nothing count as missing", values: {} };
    case "impute":
      return {
        text: imputeWords(repair),
        values: { column: repair.column },
      };
  }
}

function imputeWords({ column, method }: Extract<Repair, { kind: "impute" }>): string {
  if (column === "start") {
    return method === "mode"
      ? "a missing {column} lies the usual working time of all steps before the completion"
      : "a missing {column} lies the usual working time of the same step before the completion";
  }
  return method === "mode"
    ? "a missing {column} is filled with the most frequent one"
    : "a missing {column} is filled from the neighbouring steps";
}
