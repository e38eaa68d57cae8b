import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { worldOf } from "../../tests/fixtures/mining-context.ts";
import type { LogColumns, TextColumn } from "../logs/core/event-log.ts";
import { bottlenecks } from "./core/bottlenecks.ts";
import { reworked } from "./core/case-measures.ts";
import { directlyFollows } from "./core/directly-follows.ts";
import type { Summary } from "./core/quantiles.ts";
import { steps } from "./core/steps.ts";
import { throughput } from "./core/throughput.ts";
import { variants } from "./core/variants.ts";
import { activityTimes, stepTimes } from "./core/waiting-and-service.ts";

interface Row {
  readonly case: string;
  readonly activity: string;
  /** Seconds; few values, so that ties are common. */
  readonly completed: number;
  /** Seconds before completion; null without a start. */
  readonly service: number | null;
  readonly transition: string | null;
  readonly instance: string | null;
}

const row: fc.Arbitrary<Row> = fc.record({
  case: fc.constantFrom("1", "2", "NA", "o'clock"),
  activity: fc.constantFrom("a", "b", "it's → c"),
  completed: fc.nat(12),
  service: fc.option(fc.nat(4)),
  transition: fc.option(fc.constantFrom("start", "complete", "COMPLETE", "suspend")),
  instance: fc.option(fc.constantFrom("i", "j")),
});

function text(values: readonly (string | null)[]): TextColumn {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Uint32Array.from(values, (value) =>
    value === null ? 0xffffffff : dictionary.indexOf(value),
  );
  return { kind: "text", codes, dictionary };
}

function columnsOf(rows: readonly Row[], starts: "column" | "transitions"): LogColumns {
  const withStarts = starts === "column";
  const started = Float64Array.from(rows, ({ completed, service }) =>
    service === null ? Number.NaN : (completed - service) * 1e6,
  );
  return {
    rows: rows.length,
    case: text(rows.map((each) => each.case)),
    activity: text(rows.map((each) => each.activity)),
    completed: Float64Array.from(rows, ({ completed }) => completed * 1e6),
    started: withStarts ? started : null,
    resource: null,
    lifecycle: withStarts ? null : text(rows.map((each) => each.transition)),
    instance: withStarts ? null : text(rows.map((each) => each.instance)),
    attributes: new Map(),
    caseAttributes: new Map(),
  };
}

const summary = (column: string): string =>
  `avg(${column}), quantile_cont(${column}, 0.5), quantile_cont(${column}, 0.95)`;

const flat = (figures: Summary | null): (number | null)[] =>
  figures === null ? [null, null, null] : [figures.mean, figures.median, figures.p95];

/** Rows with numbers rounded to nanoseconds, in order. */
const normal = (rows: readonly (readonly unknown[])[]): string[] =>
  rows
    .map((cells) =>
      JSON.stringify(
        cells.map((cell) => (typeof cell === "number" ? Math.round(cell * 1e9) / 1e9 + 0 : cell)),
      ),
    )
    .sort();

describe("typed arrays and SQL give the same figures", () => {
  it.each(["column", "transitions"] as const)("with starts from a start %s", async (starts) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) =>
        agree(columnsOf(rows, starts)),
      ),
      { numRuns: 40 },
    );
  });
});

async function agree(columns: LogColumns): Promise<void> {
  const world = await worldOf(columns);
  try {
    const { log } = world.open;
    const query = async (sql: string) => normal((await world.open.query(sql)).rows);
    const graph = directlyFollows(log);
    expect(
      normal(graph.edges.map(({ from, to, count, seconds }) => [from, to, count, ...flat(seconds)])),
    ).toEqual(
      await query(
        `select from_activity, to_activity, count(*), ${summary("seconds")} from edges group by all`,
      ),
    );
    expect(normal([flat(throughput(log).seconds)])).toEqual(
      await query(`select ${summary("duration_s")} from cases`),
    );
    expect(variants(log).counts).toEqual(
      (
        await world.open.query("select count(*) as n from cases group by variant order by n desc")
      ).rows.flat(),
    );
    expect(normal([[reworked(log).reduce((sum, flag) => sum + flag, 0)]])).toEqual(
      await query(
        "select count(distinct case_id) from (select case_id from events group by case_id, activity having count(*) > 1)",
      ),
    );
    const found = steps(log);
    const times = activityTimes(found, stepTimes(found), log.activities.length);
    const stepped = new Set(Array.from(found.activity.subarray(0, found.count)));
    expect(
      normal(
        log.activities.flatMap((name, code) =>
          stepped.has(code)
            ? [[name, times[code]!.waits, ...flat(times[code]!.service), ...flat(times[code]!.waiting)]]
            : [],
        ),
      ),
    ).toEqual(
      await query(
        `select activity, count(waiting_s), ${summary("service_s")}, ${summary("waiting_s")} from steps group by all`,
      ),
    );
    const worst = bottlenecks(log.activities, times, 0);
    expect(normal(worst.map(({ activity, waiting }) => [activity, waiting.mean]))).toEqual(
      await query("select activity, avg(waiting_s) from steps group by all having avg(waiting_s) > 0"),
    );
  } finally {
    await world.close();
  }
}
