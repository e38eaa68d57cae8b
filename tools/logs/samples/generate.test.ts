import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDbLogStore } from "../../../db/logs/duckdb.ts";
import type { LogStore } from "../../../db/logs/log-store.ts";
import { readLogFile } from "../read-log.ts";
import { casesForEvents, csvLines, generateSample, nextEvents, sampleNames, xesLines } from "./generate.ts";

let folder: string;
let store: LogStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "samples-"));
  store = await openDuckDbLogStore(join(folder, "store"));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

async function stored(
  id: string,
  csv: string,
): Promise<(sql: string) => Promise<readonly (readonly unknown[])[]>> {
  const path = join(folder, `${id}.csv`);
  await writeFile(path, csv);
  await store.create(id, (await readLogFile(path)).columns);
  return async (sql) => (await store.query(id, sql)).rows;
}

describe("the samples", () => {
  it.each(sampleNames)("%s: the same seed gives the same bytes, another seed others", (name) => {
    const { csv } = generateSample(name, { cases: 50, seed: 7 });
    expect(generateSample(name, { cases: 50, seed: 7 }).csv).toBe(csv);
    expect(generateSample(name, { cases: 50, seed: 8 }).csv).not.toBe(csv);
  });

  it.each(sampleNames)(
    "%s: the planted bottleneck waits longest, and longer for each planted cause",
    async (name) => {
      const { csv, truth } = generateSample(name);
      const rows = await stored(name, csv);
      const [longest] = await rows(
        "select activity, avg(waiting_s) from steps group by 1 order by 2 desc nulls last limit 1",
      );
      expect(longest?.[0]).toBe(truth.bottleneck);
      expect(longest?.[1]).toBeGreaterThan(7200);
      const [span] = await rows("select epoch(max(last_event) - min(first_event)) / 86400 from cases");
      expect(span?.[0]).toBeGreaterThan(120);
      for (const { attribute, comparator, value } of truth.causes) {
        const condition = `"${attribute}" ${comparator} ${typeof value === "string" ? `'${value}'` : value}`;
        const [means] = await rows(
          `select avg(duration_s) filter (${condition}), avg(duration_s) filter (not ${condition}), count(*) filter (${condition}) from (
          select case_id, sum(coalesce(waiting_s, 0) + coalesce(service_s, 0)) as duration_s from steps group by 1) join cases c using (case_id)`
            .replaceAll("duration_s) filter", "w.duration_s) filter")
            .replace("group by 1)", "group by 1) w"),
        );
        expect(means?.[0], attribute).toBeGreaterThan(means?.[1] as number);
        expect(means?.[2]).toBeGreaterThan(100);
      }
    },
  );

  it("order-to-cash: the improvement brings waiting at the credit desk down", () => {
    const from = new Date("2026-09-21T00:00:00Z");
    const waiting = (improved: boolean) => {
      const events = nextEvents("order-to-cash", { cases: 400, from, improved });
      const ends = new Map<unknown, number>();
      let total = 0;
      let count = 0;
      for (const event of events) {
        if (event["activity"] === "Credit check") {
          total += Date.parse(String(event["start_time"])) - (ends.get(event["case_id"]) ?? 0);
          count++;
        }
        ends.set(event["case_id"], Date.parse(String(event["end_time"])));
      }
      return total / count;
    };
    expect(waiting(true)).toBeLessThan(waiting(false) * 0.6);
  });

  it("are the same log as CSV and as XES", async () => {
    const [csv, xes] = [join(folder, "a"), join(folder, "b")];
    await writeFile(csv, [...csvLines("loan", { cases: 80 })].join(""));
    await writeFile(xes, [...xesLines("loan", { cases: 80 })].join(""));
    const [fromCsv, fromXes] = await Promise.all([readLogFile(csv), readLogFile(xes)]);
    expect(fromXes.columns.rows).toBe(fromCsv.columns.rows);
    expect([...fromXes.columns.activity.dictionary].sort()).toEqual(
      [...fromCsv.columns.activity.dictionary].sort(),
    );
    expect([...fromXes.columns.caseAttributes.keys()]).toEqual([...fromCsv.columns.caseAttributes.keys()]);
  });

  it("can be as large as wanted", () => {
    const cases = casesForEvents("loan", 20_000);
    const events = [...csvLines("loan", { cases })].length - 1;
    expect(Math.abs(events - 20_000)).toBeLessThan(1_500);
  });
});
