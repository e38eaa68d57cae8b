import { afterEach, describe, expect, it } from "vitest";
import { MillwrightError } from "../errors.ts";
import {
  WorkerLostError,
  WorkerPool,
  type WorkerPoolOptions,
  type WorkerTaskOptions,
} from "./worker-pool.ts";

const module = new URL("./fixtures/worker-tasks.ts", import.meta.url);
const pools: WorkerPool[] = [];

function open(options?: WorkerPoolOptions): WorkerPool {
  const pool = new WorkerPool(options);
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

const shared = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

/** Waits until another thread has stored `value`. */
async function reaches(tell: Int32Array, value: number): Promise<void> {
  while (Atomics.load(tell, 0) < value) {
    const seen = Atomics.load(tell, 0);
    if (seen < value) await Atomics.waitAsync(tell, 0, seen, 5000).value;
  }
}

describe("the worker pool", () => {
  it("runs a function of a module in a thread", async () => {
    expect(await open().run({ module, name: "double", input: 21 })).toBe(42);
  });

  it("runs more tasks than it has threads", async () => {
    const pool = open({ size: 2 });
    const runs = Array.from({ length: 9 }, (_, input) => pool.run({ module, name: "double", input }));
    expect(await Promise.all(runs)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16]);
  });

  it("lets a task ask this thread, and passes its progress on", async () => {
    const heard: unknown[] = [];
    const options: WorkerTaskOptions = {
      calls: { name: async (input: string) => `${input} of ours` },
      onProgress: (message, share) => heard.push([message, share]),
    };
    expect(await open().run({ module, name: "ask", input: "log" }, options)).toBe("log of ours!");
    expect(heard).toEqual([["asking", 0.5]]);
  });

  it("passes on the error of what was asked", async () => {
    const refuse = () => {
      throw new MillwrightError("log-not-found", 404, "no such log", { value: "x" });
    };
    const run = open().run({ module, name: "ask", input: "x" }, { calls: { name: refuse } });
    await expect(run).rejects.toMatchObject({ code: "log-not-found", details: { value: "x" } });
  });

  it("gives errors for people back with their code, status and details", async () => {
    const error = await open()
      .run({ module, name: "failForPeople", input: null })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MillwrightError);
    expect(error).toMatchObject({ code: "test", status: 422, details: { line: 3, remedy: "Mend it." } });
  });

  it("gives other errors back by name, and is no worse for them", async () => {
    const pool = open({ size: 1 });
    await expect(pool.run({ module, name: "failInside", input: null })).rejects.toMatchObject({
      name: "RangeError",
      message: "inside",
    });
    expect(await pool.run({ module, name: "double", input: 1 })).toBe(2);
  });

  it("says which function is missing", async () => {
    await expect(open().run({ module, name: "nothing", input: null })).rejects.toThrow(/no function nothing/);
  });

  it("tells a running task to stop, and uses its thread again", async () => {
    const pool = open({ size: 1, grace: 60_000 });
    const stop = new AbortController();
    const tell = shared();
    const run = pool.run({ module, name: "untilCancelled", input: tell }, { signal: stop.signal });
    await reaches(tell, 1);
    stop.abort(new Error("enough"));
    await expect(run).rejects.toThrow("enough");
    await reaches(tell, 2);
    expect(await pool.run({ module, name: "double", input: 3 })).toBe(6);
  });

  it("ends the thread of a task that does not stop", async () => {
    const pool = open({ size: 1, grace: 10 });
    const stop = new AbortController();
    const tell = shared();
    const run = pool.run({ module, name: "deaf", input: tell }, { signal: stop.signal });
    await reaches(tell, 1);
    stop.abort(new Error("enough"));
    await expect(run).rejects.toThrow("enough");
    expect(await pool.run({ module, name: "double", input: 4 })).toBe(8);
  });

  it("drops a task that was stopped before its turn", async () => {
    const pool = open({ size: 1 });
    const stop = new AbortController();
    const first = pool.run({ module, name: "double", input: 1 });
    const second = pool.run({ module, name: "double", input: 2 }, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    expect(await first).toBe(2);
    expect(await pool.run({ module, name: "double", input: 5 })).toBe(10);
  });

  it("refuses a task whose signal is aborted already", async () => {
    const run = open().run(
      { module, name: "double", input: 1 },
      { signal: AbortSignal.abort(new Error("no")) },
    );
    await expect(run).rejects.toThrow("no");
  });

  it("names the task whose thread died, and goes on with another thread", async () => {
    const pool = open({ size: 1 });
    await expect(pool.run({ module, name: "endThread", input: null })).rejects.toThrow(WorkerLostError);
    expect(await pool.run({ module, name: "double", input: 6 })).toBe(12);
  });

  it("lets groups take turns, however much one of them asks for", async () => {
    const pool = open({ size: 1 });
    const turns: string[] = [];
    const calls = { turn: (name: string) => turns.push(name) };
    const run = (input: string, group: string) =>
      pool.run({ module, name: "takeTurn", input }, { group, calls });
    const many = ["a1", "a2", "a3", "a4"].map((input) => run(input, "a"));
    await Promise.all([...many, run("b1", "b"), run("c1", "c"), run("b2", "b")]);
    expect(turns).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
  });

  it("shares memory with its tasks, and takes over what they hand over", async () => {
    const pool = open();
    const values = new Float64Array(new SharedArrayBuffer(16));
    await pool.run({ module, name: "addInPlace", input: values });
    expect([...values]).toEqual([1, 1]);
    expect(await pool.run<Float64Array>({ module, name: "handOver", input: 3 })).toEqual(
      Float64Array.of(1, 1, 1),
    );
  });

  it("rejects what waits when it is closed, and everything after", async () => {
    const pool = open({ size: 1 });
    const runs = [1, 2, 3].map((input) => pool.run({ module, name: "double", input }));
    const settled = Promise.allSettled(runs);
    await pool.close();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await expect(pool.run({ module, name: "double", input: 1 })).rejects.toThrow(WorkerLostError);
  });
});
