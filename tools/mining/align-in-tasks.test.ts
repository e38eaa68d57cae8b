import { afterAll, describe, expect, it } from "vitest";
import { traces as logOf } from "../../tests/fixtures/tiny-log.ts";
import { inlineTasks } from "../inline-tasks.ts";
import { WorkerPool } from "../worker-pool.ts";
import { type AlignmentRequest, alignInTasks, now } from "./align-in-tasks.ts";
import { type Alignments, alignTraces, shortestRun } from "./core/conformance/net-alignment.ts";
import { inductiveMiner } from "./core/inductive-miner.ts";
import { toPetriNet } from "./core/petri-net.ts";
import { variants } from "./core/variants.ts";

/** Traces over six letters, the same in every run: `count` of them, no two alike. */
function randomTraces(count: number): string[][] {
  let seed = 11;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const found = new Set<string>();
  while (found.size < count) {
    const length = 3 + random(9);
    found.add(Array.from({ length }, () => "abcdef"[random(6)]).join(""));
  }
  return [...found].map((word) => [...word]);
}

const net = toPetriNet(inductiveMiner(variants(logOf("abcdef", "acbdef", "abcf", "abdecf"))));
const traces = randomTraces(400);
const request = (given: Partial<AlignmentRequest> = {}): AlignmentRequest => ({
  net,
  traces,
  shortest: shortestRun(net),
  end: Number.POSITIVE_INFINITY,
  ...given,
});

const plain = ({ traces: aligned, shortest }: Alignments) => ({
  shortest,
  traces: aligned.map(({ lower, cost, moves }) => ({ lower, cost, moves: [...moves] })),
});

describe("alignments in several threads", () => {
  const pools = [1, 2, 3].map((size) => new WorkerPool({ size }));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));
  const expected = plain(alignTraces(net, traces, () => false));

  it("are those of one thread, however many there are", async () => {
    for (const pool of pools) expect(plain(await alignInTasks(pool, request(), {}))).toEqual(expected);
    expect(plain(await alignInTasks(inlineTasks, request(), {}))).toEqual(expected);
  }, 60_000);

  it("say how far they are, up to the end", async () => {
    const shares: number[] = [];
    await alignInTasks(pools[1]!, request(), { onProgress: (_, share) => shares.push(share ?? Number.NaN) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(new Set(shares).size).toBeGreaterThan(2);
  }, 60_000);

  it("are bounds where time is up before they begin", async () => {
    const found = await alignInTasks(pools[1]!, request({ end: now() - 1 }), {});
    found.traces.forEach(({ lower, cost }, i) => {
      const best = expected.traces[i]!.cost;
      expect(lower).toBeLessThanOrEqual(best);
      expect(cost).toBeGreaterThanOrEqual(best);
    });
  }, 60_000);

  it("end with the reason of an abort", async () => {
    const abort = new AbortController();
    const running = alignInTasks(pools[0]!, request({ traces: randomTraces(2000) }), {
      signal: abort.signal,
    });
    abort.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
  }, 60_000);
});
