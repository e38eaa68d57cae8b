/** At each door attacks of every way of answering, on both databases; all of them by `millwright eval red-team`. */
import { describe, expect, it } from "vitest";
import { runCases } from "../../evals/main.ts";
import { readSuite } from "../../evals/suites.ts";

const seen = new Set<string>();
/** Of each door, the first payload with a model that obeys it, with a hosted one, and beside an honest question. */
const sample = readSuite("red-team").filter(({ attack }) => {
  if (attack === undefined) return false;
  const way = `${attack.door.door} ${attack.hosted} ${attack.obeyed}`;
  const isFirst = !seen.has(way);
  seen.add(way);
  return isFirst;
});

describe("attacks through each door", () => {
  it("have no effect, decide nothing, get no canary out, and leave honest answers right", {
    timeout: 400_000,
  }, async () => {
    expect(sample.length).toBeGreaterThan(80);
    const results = await runCases({
      cases: sample,
      tier: "built-in",
      epochs: 1,
      environment: { ...process.env, ANTHROPIC_API_KEY: "" },
    });
    expect(results).toHaveLength(sample.length);
    expect(
      results.filter(({ status }) => status !== "passed").map(({ id, problems }) => ({ id, problems })),
    ).toEqual([]);
  });
});
