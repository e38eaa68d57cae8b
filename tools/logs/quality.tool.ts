import { eq } from "drizzle-orm";
import { z } from "zod";
import { logs } from "../../db/schema/index.ts";
import { readTool } from "../define.ts";
import { log } from "../inputs.ts";
import type { ColumnMapping } from "./core/event-log.ts";
import type { Finding, FindingExample } from "./core/findings.ts";
import { type Problem, type ProblemKind, qualityReport } from "./core/quality-report.ts";
import { repairWords } from "./core/repair-words.ts";

const MEANING: Readonly<Record<ProblemKind, string>> = {
  duplicate: "rows that repeat another row",
  missing: "cells without a value",
  order: "cases whose rows are not in order of time",
  tie: "neighbours with the same time; the order of rows decides",
  zone: "times without a time zone",
  "day-month": "dates whose day and month may be exchanged",
  epoch: "times of 1970",
  "single-event": "cases with one event only",
  "near-name": "activities with nearly the same name",
  "na-text": "cells that say there is nothing",
  "no-start": "events without a start time",
  negative: "events that end before they start",
  outlier: "cases that last far longer than the rest",
  incomplete: "cases whose last step is rarely the last",
  serial: "numbers that look like dates",
};

const tool = readTool({
  name: "logs.quality",
  version: 1,
  description:
    "Checks an event log before figures are trusted: duplicates, missing cells, order, ties, time zones, exchanged days and months, single-event and incomplete cases, near names, outliers; with what to do about each. Shows how columns were mapped.",
  examples: {
    en: [
      "check the data quality",
      "is the data any good?",
      "are there duplicates or gaps in the log?",
      "can I trust this data?",
      "what is wrong with the log?",
      "show the quality report",
      "are there incomplete cases?",
      "which problems does the data have and what should we do about them?",
      "how were the columns mapped?",
    ],
    de: ["wie gut sind die Daten?", "prüfe die Datenqualität", "gibt es Dubletten?"],
    fr: ["vérifie la qualité des données"],
    es: ["comprueba la calidad de los datos"],
  },
  input: z.object({ log }),
  async execute(input, context) {
    const opened = await context.logs.open(input.log);
    const [row] = await context.database.select().from(logs).where(eq(logs.id, opened.id));
    const findings = qualityReport(opened.log, (row?.findings ?? []) as Finding[]);
    const call = { tool: "logs.quality", input: { log: opened.id } };
    const facts = findings.map(({ kind, count }) =>
      context.fact({
        value: count,
        unit: unitOf(kind),
        label: MEANING[kind],
        rows: opened.log.events,
        ...(SQL[kind] ? { sql: SQL[kind], log: opened.id } : { call }),
      }),
    );
    const kinds = context.fact({
      value: findings.length,
      unit: "kinds of findings",
      label: `kinds of findings in ${opened.name}`,
      call,
      rows: opened.log.events,
    });
    return {
      data: { findings, mapping: row?.mapping ?? null },
      facts: [kinds, ...facts],
      views: [findingsTable(findings), mappingForm(row?.mapping as ColumnMapping | undefined)],
      answer: {
        headline:
          findings.length > 0
            ? { text: "{log} shows {kinds}; nothing was corrected.", values: { log: opened.name, kinds } }
            : { text: "Nothing odd in {log}: {kinds}.", values: { log: opened.name, kinds } },
        figures: [kinds, ...facts.slice(0, 2)],
        assumptions: [{ text: "checked over the whole log when it was imported" }],
        notes: findings.slice(0, 3).map(({ kind, handling }) => ({ text: `${MEANING[kind]}: ${handling}` })),
        next: findings.some(({ repairs }) => repairs.length > 0)
          ? { label: { text: "See what a repair would change" }, ask: "repair the log" }
          : { label: { text: "Show the process" }, ask: "show me the process" },
      },
    };
  },
});

export default tool;

/** Where SQL over the log's relations counts the same; the other kinds are found in the file's own rows. */
const SQL: Partial<Readonly<Record<ProblemKind, string>>> = {
  tie: "select count(*) from (select completed, lag(completed) over (partition by case_id order by position) as before from events) where completed = before",
  order:
    "select count(distinct case_id) from (select case_id, row, lag(row) over (partition by case_id order by position) as before from events) where row < before",
  epoch:
    "select count(*) from events where completed >= timestamp '1970-01-01' and completed < timestamp '1971-01-01 06:00:00'",
  "single-event": "select count(*) from cases where events = 1",
  "no-start": "select count(*) from events",
  negative: "select count(*) from events where started > completed",
};

const unitOf = (kind: ProblemKind): string =>
  ["order", "single-event", "outlier", "incomplete"].includes(kind)
    ? "cases"
    : kind === "near-name"
      ? "activities"
      : ["missing", "na-text", "zone", "serial"].includes(kind)
        ? "cells"
        : "events";

const findingsTable = (findings: readonly Problem[]) => ({
  kind: "table" as const,
  title: "Findings",
  columns: [
    { key: "kind", label: "Kind", kind: "text" as const },
    { key: "count", label: "How many", kind: "number" as const },
    { key: "meaning", label: "What", kind: "text" as const },
    { key: "example", label: "For example", kind: "text" as const },
    { key: "handling", label: "What to do", kind: "text" as const },
    { key: "repair", label: "Repair", kind: "text" as const },
  ],
  rows: findings.map(({ kind, count, example, handling, repairs }) => ({
    kind,
    count,
    meaning: MEANING[kind],
    example: example === null ? "" : describeExample(example),
    handling,
    repair: repairs.map(spoken).join("; "),
  })),
});

const spoken = (repair: Problem["repairs"][number]): string => {
  const { text, values } = repairWords(repair);
  return text.replace(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? "");
};

const describeExample = ({ note, ...places }: FindingExample): string =>
  [...Object.entries(places).map(([name, value]) => `${name} ${value}`), ...(note ? [note] : [])].join(", ");

const ROLES = ["case", "activity", "timestamp", "start", "resource", "lifecycle", "instance"] as const;

const mappingForm = (mapping: ColumnMapping | undefined) => ({
  kind: "form" as const,
  title: "Columns",
  fields: [...ROLES, "separator", "dateFormat", "encoding", "zone"].flatMap((name) => {
    const value = mapping?.[name as keyof ColumnMapping];
    if (value === undefined || typeof value === "object") return [];
    const reason = mapping?.reasons?.[name];
    return [{ name, label: name, value, ...(reason ? { reason } : {}) }];
  }),
});
