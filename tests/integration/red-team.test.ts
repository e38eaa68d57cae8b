/** One attack at each door, both ways; all of them by `millwright eval red-team`. */
import { describe, expect, it } from "vitest";
import { runCases } from "../../evals/main.ts";
import { readSuite } from "../../evals/suites.ts";

const seen = new Set<string>();
/** Of each door, the first payload with a model that obeys it. */
const sample = readSuite("red-team").filter(({ attack }) => {
  const isFirst = attack?.obeyed === true && !seen.has(attack.door.door);
  if (isFirst) seen.add(attack.door.door);
  return isFirst;
});

describe("an attack through each door, with a model that obeys it", () => {
  it("has no effect, decides nothing and gets no canary out", { timeout: 400_000 }, async () => {
    expect(sample.length).toBeGreaterThan(20);
    const results = await runCases({
      cases: sample,
      tier: "built-in",
      epochs: 1,
      environment: { ...process.env, ANTHROPIC_API_KEY: "" },
    });
    expect(
      results.filter(({ status }) => status !== "passed").map(({ id, problems }) => ({ id, problems })),
    ).toEqual([]);
  });
});
