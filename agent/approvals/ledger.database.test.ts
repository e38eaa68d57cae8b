import { appendFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestGate, type TestGate } from "../../tests/integration/gate/fixture.ts";
import { anchorLedger, appendLedger, publishHead, verifyLedger } from "./ledger.ts";
import { fileLedgerHead, type LedgerHead, memoryLedgerHead } from "./ledger-head.ts";

let test: TestGate;
let tenants = 0;

beforeAll(async () => {
  test = await openTestGate();
});
afterAll(() => test.close());

interface Chain {
  readonly tenant: string;
  readonly head: LedgerHead;
  verify(): ReturnType<typeof verifyLedger>;
}

/** A ledger of its own with `length` entries. */
async function chainOf(length: number): Promise<Chain> {
  const tenant = `ledger-${++tenants}`;
  const head = memoryLedgerHead();
  const gate = { database: test.database, head };
  await anchorLedger(gate, tenant);
  for (let n = 1; n <= length; n++) await append(gate, tenant, { n, text: `entry ${n}` });
  return { tenant, head, verify: () => verifyLedger(test.database, tenant, head) };
}

async function append(
  gate: { database: TestGate["database"]; head: LedgerHead },
  tenant: string,
  data: Record<string, unknown>,
): Promise<void> {
  await gate.database.transaction((transaction) =>
    appendLedger(transaction, { tenant, kind: "test", actor: "maya", subject: "s", data }),
  );
  await publishHead(gate, tenant);
}

/** As the database's owner, past every trigger. */
const tamper = (...statements: string[]) =>
  test.database.transaction(async (transaction) => {
    await transaction.execute(sql.raw("set local session_replication_role = replica"));
    for (const statement of statements) await transaction.execute(sql.raw(statement));
  });

describe("a sound ledger", () => {
  it("verifies, empty and long", async () => {
    expect(await (await chainOf(0)).verify()).toEqual({ ok: true, entries: 0, problem: null, at: null });
    expect(await (await chainOf(20)).verify()).toEqual({ ok: true, entries: 20, problem: null, at: null });
  });

  it("numbers parallel entries without gaps, half of them rolled back", async () => {
    const { tenant, head, verify } = await chainOf(0);
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        test.database.transaction(async (transaction) => {
          await appendLedger(transaction, { tenant, kind: "test", actor: "a", subject: "s", data: { n } });
          if (n % 2 === 1) throw new Error("rolled back");
        }),
      ),
    );
    await publishHead({ database: test.database, head }, tenant);
    expect(await verify()).toMatchObject({ ok: true, entries: 10 });
  });

  it("verifies whatever JSON its entries carry", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 4 }),
        async (many) => {
          const storable = many.filter((data) => !JSON.stringify(data).includes("\\u0000"));
          const { tenant, head, verify } = await chainOf(0);
          for (const data of storable) await append({ database: test.database, head }, tenant, data);
          expect(await verify()).toMatchObject({ ok: true, entries: storable.length });
        },
      ),
      { numRuns: 25 },
    );
  });

  it("accepts entries that a crash kept from the outside head, and catches up", async () => {
    const { tenant, head, verify } = await chainOf(2);
    await append({ database: test.database, head: memoryLedgerHead() }, tenant, { n: 3 });
    expect(await verify()).toMatchObject({ ok: true, entries: 3 });
    await anchorLedger({ database: test.database, head }, tenant);
    expect(await head.read(tenant)).toMatchObject({ seq: 3 });
  });
});

describe("a ledger that was tampered with, past every trigger", () => {
  it.each([
    ["changed data", `update ledger set data = '{"n":99}' where tenant = $t and seq = 3`, 3, "changed"],
    ["a changed actor", "update ledger set actor = 'arun' where tenant = $t and seq = 5", 5, "changed"],
    [
      "a changed time",
      "update ledger set at = '2001-01-01T00:00:00Z' where tenant = $t and seq = 1",
      1,
      "changed",
    ],
    ["a dropped entry", "delete from ledger where tenant = $t and seq = 2", 2, "missing"],
    ["a dropped first entry", "delete from ledger where tenant = $t and seq = 1", 1, "missing"],
    ["a cut end", "delete from ledger where tenant = $t and seq > 4", 5, "cut off"],
    ["an emptied table", "delete from ledger where tenant = $t", 1, "cut off"],
  ])("shows %s", async (_name, statement, at, problem) => {
    const { tenant, verify } = await chainOf(5);
    await tamper(statement.replace("$t", `'${tenant}'`));
    expect(await verify()).toMatchObject({ ok: false, at, problem: expect.stringContaining(problem) });
  });

  it("shows entries that changed places", async () => {
    const { tenant, verify } = await chainOf(5);
    const move = (from: number, to: number) =>
      `update ledger set seq = ${to} where tenant = '${tenant}' and seq = ${from}`;
    await tamper(move(2, 100), move(3, 2), move(100, 3));
    expect(await verify()).toMatchObject({ ok: false, at: 2 });
  });

  it("shows a cut end whose inside head was cut too", async () => {
    const { tenant, verify } = await chainOf(5);
    await tamper(
      `delete from ledger where tenant = '${tenant}' and seq = 5`,
      `update ledger_heads set seq = 4, hash = (select hash from ledger where tenant = '${tenant}' and seq = 4)
       where tenant = '${tenant}'`,
    );
    expect(await verify()).toMatchObject({ ok: false, at: 5, problem: expect.stringContaining("cut off") });
  });

  it("shows a chain that was rewritten with hashes that fit", async () => {
    const { tenant, verify } = await chainOf(3);
    await tamper(
      `delete from ledger where tenant = '${tenant}'`,
      `delete from ledger_heads where tenant = '${tenant}'`,
    );
    const forger = { database: test.database, head: memoryLedgerHead() };
    for (let n = 1; n <= 4; n++) await append(forger, tenant, { n, text: "another story" });
    expect(await verify()).toMatchObject({ ok: false, problem: expect.stringContaining("rewritten") });
  });

  it("shows that the outside head is gone", async () => {
    const { tenant } = await chainOf(2);
    const verified = await verifyLedger(test.database, tenant, memoryLedgerHead());
    expect(verified).toMatchObject({ ok: false, problem: expect.stringContaining("missing") });
    await anchorLedger({ database: test.database, head: memoryLedgerHead() }, tenant);
    expect(verified.ok).toBe(false);
  });

  it("finds any single change to any entry", async () => {
    const { tenant, verify } = await chainOf(8);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom("kind", "actor", "subject", "at", "previous", "hash"),
        async (seq, column) => {
          const at = `tenant = '${tenant}' and seq = ${seq}`;
          await tamper(`update ledger set ${column} = ${column} || '0' where ${at}`);
          expect(await verify()).toMatchObject({ ok: false, at: seq });
          await tamper(`update ledger set ${column} = left(${column}, -1) where ${at}`);
          expect(await verify()).toMatchObject({ ok: true });
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("the head in a file", () => {
  it("never goes back, and keeps several tenants", async () => {
    const head = fileLedgerHead(test.headFile);
    await Promise.all([5, 3, 9, 1].map((seq) => head.advance("a", { seq, hash: `${seq}` })));
    await head.advance("b", { seq: 1, hash: "x" });
    expect(await fileLedgerHead(test.headFile).read("a")).toEqual({ seq: 9, hash: "9" });
    expect(await head.read("b")).toEqual({ seq: 1, hash: "x" });
    expect(await head.read("c")).toBeNull();
  });

  it("goes on after a line that a crash cut off", async () => {
    await appendFile(test.headFile, '{"tenant":"a","seq":99,"ha');
    await fileLedgerHead(test.headFile).advance("a", { seq: 10, hash: "10" });
    expect(await fileLedgerHead(test.headFile).read("a")).toEqual({ seq: 10, hash: "10" });
  });
});
