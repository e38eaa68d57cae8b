import { expect, it } from "vitest";
import type { PlanStep, ThreadEvent } from "../../contract.ts";
import { planLines } from "./plan.ts";

const step = (id: string, state: PlanStep["state"], more: Partial<PlanStep> = {}): PlanStep => ({
  id,
  tool: "a.b",
  title: `Step ${id}`,
  why: null,
  dependsOn: [],
  after: [],
  onceDecided: null,
  state,
  note: null,
  proposals: [],
  ...more,
});

async function written(...bodies: ThreadEvent["body"][]): Promise<string[]> {
  const lines: string[] = [];
  const listen = planLines({
    columns: 80,
    color: false,
    out: async () => undefined,
    error: async (text) => void lines.push(text.trimEnd()),
  });
  for (const [at, body] of bodies.entries())
    listen({ thread: "t", seq: at + 1, turn: "u", at: "2026-01-01T00:00:00.000Z", person: null, body });
  await new Promise((resolve) => setTimeout(resolve, 0));
  return lines;
}

it("lists a plan before it runs, then each step as it begins and ends", async () => {
  const lines = await written(
    {
      type: "plan",
      calls: [],
      steps: [step("a", "waiting", { why: "First of all." }), step("b", "waiting")],
    },
    { type: "step", step: step("a", "running") },
    { type: "step", step: step("a", "done") },
    {
      type: "steered",
      words: "skip b",
      steering: { kind: "skip", words: "skip b", steps: ["b"] },
      said: "Left out.",
    },
    { type: "step", step: step("b", "skipped", { note: "As you said." }) },
  );
  expect(lines).toEqual([
    "Plan (Ctrl-C stops it):",
    "  1. Step a (First of all.)",
    "  2. Step b",
    "→ 1. Step a",
    "✓ 1. Step a",
    "» skip b: Left out.",
    "- 2. Step b: As you said.",
  ]);
});

it("says what was done when it is stopped", async () => {
  const plan = { steps: [step("a", "done")], closing: "Done: Step a." };
  expect(await written({ type: "stopped", plan })).toEqual(["Done: Step a."]);
});

it("writes nothing for an answer of a step or two", async () => {
  expect(await written({ type: "plan", calls: [] }, { type: "text-delta", text: "Hello" })).toEqual([]);
});
