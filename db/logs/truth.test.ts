/** The figures of every truth of ../shared, computed in SQL alone: the second way to each number, held against the reference. */
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithShared, shared } from "../../tests/fixtures/needs.ts";
import { difference } from "../../tests/fixtures/two-ways.ts";
import { buildEventLog, type EventLogOptions } from "../../tools/logs/core/build-event-log.ts";
import type { EventLog } from "../../tools/logs/core/event-log.ts";
import { readLogFile } from "../../tools/logs/read-log.ts";
import { openDuckDbLogStore } from "./duckdb.ts";
import type { LogStore, StoredColumns } from "./log-store.ts";

interface Times {
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
}

interface Truth {
  readonly name: string;
  readonly files: readonly { readonly file: string }[];
  readonly log: { readonly cases: number; readonly events: number; activities: number; variants: number };
  readonly throughput: Times | null;
  readonly activity_counts: Readonly<Record<string, number>>;
  readonly starts: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly edges: readonly { from: string; to: string; count: number; seconds?: Times }[];
  readonly rework: { readonly cases: number; readonly repeat_events: Readonly<Record<string, number>> };
  readonly resources: number;
}

/** A truth's name says how its file is read. */
function optionsOf(name: string): EventLogOptions {
  if (name.endsWith("_complete")) return { lifecycle: "complete" };
  return name.endsWith("_lc") ? { classifier: "name+lifecycle" } : {};
}

/** The rows that are left and the activities as they are classified, to be stored as a log of their own. */
function storedAs(log: EventLog): StoredColumns {
  const cases = new Uint32Array(log.events);
  for (let c = 0; c < log.cases; c++) cases.fill(c, log.caseStart[c]!, log.caseStart[c + 1]!);
  return {
    rows: log.events,
    case: { kind: "text", codes: cases, dictionary: log.caseNames },
    activity: { kind: "text", codes: log.activity, dictionary: log.activities },
    completed: log.completed,
    started: log.started,
    resource: log.resource,
    lifecycle: null,
    instance: null,
    attributes: new Map(),
    caseAttributes: new Map(),
  };
}

const times = (found: Times | null | undefined): (number | null)[] =>
  found ? [found.mean, found.median, found.p95] : [null, null, null];
const summary = (column: string): string =>
  `avg(${column}), quantile_cont(${column}, 0.5), quantile_cont(${column}, 0.95)`;

const FIGURES: readonly {
  readonly name: string;
  readonly sql: string;
  of(truth: Truth): readonly (readonly (string | number | null)[])[];
}[] = [
  {
    name: "cases, events, activities, variants, resources, cases with rework",
    sql: "select count(*), (select count(*) from events), (select count(distinct activity) from events), count(distinct variant), (select count(distinct resource) from events), (select count(distinct case_id) from (select case_id from events group by case_id, activity having count(*) > 1) r) from cases",
    of: ({ log, resources, rework }) => [
      [log.cases, log.events, log.activities, log.variants, resources, rework.cases],
    ],
  },
  {
    name: "activities",
    sql: "select activity, count(*) from events group by activity",
    of: (truth) => Object.entries(truth.activity_counts),
  },
  {
    name: "starts",
    sql: "select activity, count(*) from events where position = 1 group by activity",
    of: (truth) => Object.entries(truth.starts),
  },
  {
    name: "ends",
    sql: "select e.activity, count(*) from events e join cases c on c.case_id = e.case_id where e.position = c.events group by e.activity",
    of: (truth) => Object.entries(truth.ends),
  },
  {
    name: "edges with their times",
    sql: `select from_activity, to_activity, count(*), ${summary("seconds")} from edges group by from_activity, to_activity`,
    of: (truth) => truth.edges.map(({ from, to, count, seconds }) => [from, to, count, ...times(seconds)]),
  },
  {
    name: "throughput",
    sql: `select ${summary("duration_s")} from cases`,
    of: (truth) => [times(truth.throughput)],
  },
  {
    name: "events done again",
    sql: "select activity, sum(n - 1) from (select activity, count(*) as n from events group by case_id, activity having count(*) > 1) r group by activity",
    of: (truth) => Object.entries(truth.rework.repeat_events),
  },
];

const truths = (): Truth[] =>
  readdirSync(shared("truth"))
    // Object-centric: it has no single case notion.
    .filter((file) => file.endsWith(".json") && !file.startsWith("ocel20"))
    .map((file) => JSON.parse(readFileSync(shared(`truth/${file}`), "utf8")) as Truth);

describeWithShared("SQL gives the figures of every truth", () => {
  let folder: string;
  let store: LogStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "truth-"));
    store = await openDuckDbLogStore(folder);
  });
  afterAll(async () => {
    await store?.close();
    await rm(folder, { recursive: true });
  });

  it.each(truths().map((truth) => [truth.name, truth] as const))(
    "%s",
    async (name, truth) => {
      const { columns } = await readLogFile(shared(truth.files[0]!.file));
      await store.create(name, storedAs(buildEventLog(columns, optionsOf(name))));
      for (const { name: what, sql, of } of FIGURES) {
        const { rows } = await store.query(name, sql);
        expect(difference(of(truth), rows), what).toBeNull();
      }
      await store.remove(name);
    },
    120_000,
  );
});
