import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpointer } from "../memory/checkpoints.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../tests/fixtures/database.ts";
import { openDatabase } from "./client.ts";
import { type Jobs, openJobs } from "./jobs.ts";
import { migrate } from "./migrate.ts";
import { rowsOf } from "./rows.ts";
import { inbox, notices } from "./schema/index.ts";

let test: TestDatabase;
let jobs: Jobs;
const failures: Error[] = [];

beforeAll(async () => {
  test = await openTestDatabase();
  jobs = await openJobs(test, (error) => failures.push(error));
});
afterAll(async () => {
  await jobs.stop();
  await test.close();
  expect(failures).toEqual([]);
});

const inboxKeys = async (channel: string): Promise<string[]> => {
  const rows = await test.database.select().from(inbox).where(sql`${inbox.channel} = ${channel}`);
  return rows.map(({ key }) => key).sort();
};

describe("values", () => {
  it("come back as they went in, to the microsecond and whatever their type", async () => {
    const [row] = await rowsOf<Record<string, unknown>>(
      test.database,
      sql`select 9007199254740993::bigint as big, 0.1::float8 as share, ${'{"a":[1,null,"é"]}'}::jsonb as json,
          '2026-11-21 02:05:55.642123+00'::timestamptz as at, null::text as nothing, true as yes`,
    );
    expect(row).toEqual({
      big: "9007199254740993",
      share: 0.1,
      json: { a: [1, null, "é"] },
      at: "2026-11-21 02:05:55.642123+00",
      nothing: null,
      yes: true,
    });
  });

  it("are the same through the pool", async () => {
    const bytes = Buffer.from([0, 255, 10]);
    const { rows } = await test.pool.query(
      "select $1::bytea as bytes, $2::text[] as texts, $3::jsonb as json, array[$1::bytea] as list",
      [bytes, ["a", 'b"c'], { n: 1 }],
    );
    expect(rows).toEqual([{ bytes, texts: ["a", 'b"c'], json: { n: 1 }, list: [bytes] }]);
    const results: unknown = await test.pool.query("select 1 as a; select 2 as b");
    expect((results as { rows: unknown[] }[]).map(({ rows }) => rows)).toEqual([[{ a: 1 }], [{ b: 2 }]]);
  });

  it("round-trip any text that Postgres can hold, and any length", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
        const storable = text.replaceAll("\0", "");
        const { rows } = await test.pool.query("select $1::text as text", [storable]);
        expect(rows[0]).toEqual({ text: storable });
      }),
      { numRuns: 50 },
    );
    const long = "x".repeat(3_000_000);
    const { rows } = await test.pool.query("select $1::text as text", [long]);
    expect(rows[0].text === long).toBe(true);
  });
});

describe("transactions", () => {
  it("keep exactly what committed, however many run at once and whichever are rolled back", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ statements: fc.integer({ min: 1, max: 4 }), commits: fc.boolean() }), {
          minLength: 2,
          maxLength: 12,
        }),
        async (plans) => {
          const channel = `transactions-${++run}`;
          await Promise.allSettled(
            plans.map(({ statements, commits }, plan) =>
              test.database.transaction(async (transaction) => {
                for (let n = 0; n < statements; n++) {
                  await transaction.insert(inbox).values({ channel, key: `${plan}.${n}` });
                  await new Promise((resolve) => setImmediate(resolve));
                }
                if (!commits) throw new Error("rolled back");
              }),
            ),
          );
          const kept = plans.flatMap(({ statements, commits }, plan) =>
            commits ? Array.from({ length: statements }, (_, n) => `${plan}.${n}`) : [],
          );
          expect(await inboxKeys(channel)).toEqual(kept.sort());
        },
      ),
      { numRuns: 25 },
    );
  });

  it("stay apart from checkpoints and jobs that are written at the same time", async () => {
    const saver = await openCheckpointer(test.pool);
    await jobs.declare("mixed");
    const done: number[] = [];
    await jobs.work<{ n: number }>("mixed", async ({ n }) => void done.push(n));
    await Promise.allSettled(
      Array.from({ length: 20 }, async (_, n) => {
        await Promise.all([
          test.database
            .transaction(async (transaction) => {
              await transaction.insert(inbox).values({ channel: "mixed", key: `${n}` });
              await jobs.send("mixed", { n }, { transaction });
              if (n % 2 === 1) throw new Error("rolled back");
            })
            .catch((error: Error) => expect(error.message).toBe("rolled back")),
          saver.put(
            { configurable: { thread_id: `t${n}`, checkpoint_ns: "" } },
            {
              v: 4,
              id: `${n}`,
              ts: "",
              channel_values: { n },
              channel_versions: { n: 1 },
              versions_seen: {},
            },
            { source: "input", step: 0, parents: {} },
            { n: 1 },
          ),
        ]);
      }),
    );
    expect(await inboxKeys("mixed")).toHaveLength(10);
    for (let n = 0; n < 20; n++) {
      const tuple = await saver.getTuple({ configurable: { thread_id: `t${n}` } });
      expect(tuple?.checkpoint.channel_values).toEqual({ n });
    }
    const even = Array.from({ length: 10 }, (_, n) => 2 * n);
    await expect.poll(() => done.toSorted((a, b) => a - b), { timeout: 20_000 }).toEqual(even);
  });

  it("roll back to a savepoint", async () => {
    await test.database.transaction(async (outer) => {
      await outer.insert(inbox).values({ channel: "nested", key: "outer" });
      await outer
        .transaction(async (inner) => {
          await inner.insert(inbox).values({ channel: "nested", key: "inner" });
          throw new Error("rolled back");
        })
        .catch(() => undefined);
    });
    expect(await inboxKeys("nested")).toEqual(["outer"]);
  });

  it("leave a usable connection after an error in the middle of several statements", async () => {
    await expect(
      test.pool.query("begin; insert into inbox (channel, key) values ('broken', 'a'); select nope; commit"),
    ).rejects.toMatchObject({ code: "42703" });
    expect(await inboxKeys("broken")).toEqual([]);
    await test.database.insert(inbox).values({ channel: "broken", key: "b" });
    expect(await inboxKeys("broken")).toEqual(["b"]);
  });
});

describe.skipIf(testServer === undefined)("a server (skipped: needs one)", () => {
  it("may drop every connection: the next statements go through", async () => {
    const lost: Error[] = [];
    const url = `${test.url!}?application_name=dropped`;
    const open = await openDatabase({ url, onConnectionLost: (error) => lost.push(error) });
    await Promise.all([1, 2].map(() => open.pool.query("select pg_sleep(0.05)")));
    await open.database.execute(sql`select 1`);
    const admin = new pg.Client({ connectionString: testServer! });
    await admin.connect();
    const { rowCount } = await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dropped'",
    );
    expect(rowCount).toBeGreaterThanOrEqual(3);
    await admin.end();
    await expect.poll(() => lost.length).toBeGreaterThanOrEqual(2);
    expect((await open.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    expect(await rowsOf(open.database, sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await open.close();
  });
});

describe.skipIf(testServer === undefined)("an empty database on a server (skipped: needs one)", () => {
  it("is migrated once when several open it at once, and all of them can use it", async () => {
    const admin = new pg.Client({ connectionString: testServer! });
    await admin.connect();
    const name = `empty_${randomBytes(6).toString("hex")}`;
    await admin.query(`create database ${name}`);
    const url = new URL(testServer!);
    url.pathname = `/${name}`;
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ url: url.href })));
    await Promise.all(
      opened.map(({ database }, n) => database.insert(inbox).values({ channel: "c", key: `${n}` })),
    );
    const savers = await Promise.all(opened.map(({ pool }) => openCheckpointer(pool)));
    expect(savers).toHaveLength(4);
    expect(await opened[0]!.database.select().from(inbox)).toHaveLength(4);
    await Promise.all(opened.map(({ close }) => close()));
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
});

describe("migrations", () => {
  it("are applied once, however many open at the same time", async () => {
    await Promise.all([1, 2, 3].map(() => migrate(test.pool)));
    const [counted] = await rowsOf<{ n: string }>(
      test.database,
      sql`select count(*) as n from drizzle.__drizzle_migrations`,
    );
    expect(Number(counted!.n)).toBeGreaterThanOrEqual(3);
    await test.database.insert(notices).values({ id: "n", tenant: "t", person: "p", text: "", source: "" });
  });

  it("bring vectors", async () => {
    const { rows } = await test.pool.query("select '[1,2]'::vector <-> '[1,3]'::vector as distance");
    expect(rows).toEqual([{ distance: 1 }]);
  });
});
