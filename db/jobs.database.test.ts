import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "../tests/fixtures/database.ts";
import { type Jobs, openJobs, QueueNotDeclaredError } from "./jobs.ts";

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

describe("jobs", () => {
  it("run within a second", async () => {
    const done: unknown[] = [];
    await jobs.work("prompt", async (data) => void done.push(data));
    await jobs.send("prompt", { n: 1 });
    await expect.poll(() => done, { timeout: 1_500, interval: 20 }).toEqual([{ n: 1 }]);
  });

  it("with one key wait once", async () => {
    expect(await jobs.send("keyed", { n: 1 }, { key: "k" })).toEqual(expect.any(String));
    expect(await jobs.send("keyed", { n: 2 }, { key: "k" })).toBeNull();
    expect(await jobs.send("keyed", { n: 3 })).toEqual(expect.any(String));
    const done: unknown[] = [];
    await jobs.work("keyed", async (data) => void done.push(data));
    await expect.poll(() => done, { timeout: 5_000 }).toEqual([{ n: 1 }, { n: 3 }]);
  });

  it("wait until it is time", async () => {
    const done: unknown[] = [];
    await jobs.work("later", async (data) => void done.push(data));
    await jobs.send("later", { n: "later" }, { startAfter: new Date(Date.now() + 2_000) });
    await jobs.send("later", { n: "now" });
    await expect.poll(() => done, { timeout: 1_800 }).toEqual([{ n: "now" }]);
    await expect.poll(() => done, { timeout: 6_000 }).toHaveLength(2);
  });

  it("that fail are tried again", async () => {
    let attempts = 0;
    await jobs.work("flaky", async () => {
      attempts += 1;
      if (attempts === 1) throw new Error("first attempt");
    });
    await jobs.send("flaky", {});
    await expect.poll(() => attempts, { timeout: 10_000 }).toBe(2);
  });

  it("are there when, and only when, their transaction commits", async () => {
    const done: unknown[] = [];
    await jobs.work("joined", async (data) => void done.push(data));
    await test.database.transaction(async (transaction) => {
      await jobs.send("joined", { n: "kept" }, { transaction, startAfter: 1 });
    });
    const undone = test.database.transaction(async (transaction) => {
      await jobs.send("joined", { n: "undone" }, { transaction });
      throw new Error("rolled back");
    });
    await expect(undone).rejects.toThrow("rolled back");
    await expect.poll(() => done, { timeout: 5_000 }).toEqual([{ n: "kept" }]);
  });

  it("say that a queue must be declared before it is used in a transaction", async () => {
    const undeclared = test.database.transaction((transaction) => jobs.send("nowhere", {}, { transaction }));
    await expect(undeclared).rejects.toThrow(QueueNotDeclaredError);
  });
});
