/**
 * What managers, analysts, approvers and administrators say in words that no tool's example has. A third is held out
 * by a hash of its text: the vocabulary and the ranking are tuned on the others.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SampleName } from "../../../tools/logs/samples/generate.ts";
import { analyse } from "./analyse.ts";
import { type Case, judgePlan, pendingProposals } from "./fixtures/judge.ts";
import { sampleBriefing } from "./fixtures/samples.ts";
import type { Plan } from "./plan.ts";

type Paraphrase = Case & { readonly log?: SampleName };

const cases = (file: string): Paraphrase[] =>
  readFileSync(new URL(`cases/paraphrases/${file}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Paraphrase);

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value ^= character.codePointAt(0)!;
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  return value;
}

/** A tool and something to say may both be right: asking back is never wrong where a tool needs more. */
function judged(wanted: Paraphrase): { wrong: string | null; plan: Plan } {
  const proposals = pendingProposals(wanted.pending ?? 0);
  const plan = analyse(
    wanted.text,
    sampleBriefing(wanted.text, wanted.log ?? "order-to-cash", { proposals }),
  );
  const { say: _say, ...byTool } = wanted;
  const wrong = judgePlan(plan.kind === "calls" && wanted.tool ? byTool : wanted, plan);
  return { wrong: wrong === null ? null : `${wanted.text} → ${wrong}`, plan };
}

function score(list: readonly Paraphrase[], sure = 0.7) {
  const all = list.map(judged);
  const wrong = all.filter((each) => each.wrong !== null);
  const falselySure = wrong.filter(({ plan }) => plan.kind === "calls" && plan.confidence >= sure);
  return {
    right: 1 - wrong.length / list.length,
    falselySure: falselySure.length / list.length,
    told: wrong.map((each) => each.wrong).join("\n"),
  };
}

describe("paraphrases", () => {
  const all = cases("spoken");
  const held = all.filter(({ text }) => hash(text) % 3 === 0);
  const tuned = all.filter(({ text }) => hash(text) % 3 !== 0);

  it("are at least 150, a third of them held out", () => {
    expect(all.length).toBeGreaterThanOrEqual(150);
    expect(held.length / all.length).toBeGreaterThan(0.25);
  });

  it("are understood in 95 of 100 where they were tuned on", () => {
    const { right, falselySure, told } = score(tuned);
    expect(right, told).toBeGreaterThanOrEqual(0.95);
    expect(falselySure, told).toBeLessThanOrEqual(0.03);
  });

  it("are understood in 88 of 100 where they were held out, hardly ever wrongly and surely", () => {
    const { right, falselySure, told } = score(held);
    expect(right, told).toBeGreaterThanOrEqual(0.88);
    expect(falselySure, told).toBeLessThanOrEqual(0.02);
  });

  it("are understood in 90 of 100 in a set that was written last; 74 on the first run, 95 on the trained ranker's first", () => {
    const { right, falselySure, told } = score(cases("unseen"));
    expect(right, told).toBeGreaterThanOrEqual(0.9);
    expect(falselySure, told).toBeLessThanOrEqual(0.03);
  });
});

describe("idioms that no corpus has, written after the ranker was trained", () => {
  it("are understood in 60 of 100, 67 on the first run, and hardly ever wrongly and surely", () => {
    const { right, falselySure, told } = score(cases("ranker-unseen"));
    expect(right, told).toBeGreaterThanOrEqual(0.6);
    expect(falselySure, told).toBeLessThanOrEqual(0.03);
  });
});

describe("paraphrases of abilities beyond figures and maps", () => {
  const all = cases("abilities");
  const held = all.filter(({ text }) => hash(text) % 3 === 0);
  const tuned = all.filter(({ text }) => hash(text) % 3 !== 0);
  const tools = new Set(all.flatMap(({ tool }) => tool ?? []));

  it("are at least three for each, a third of all held out", () => {
    for (const name of tools) {
      const spoken = all.filter(({ tool }) => [tool].flat()[0] === name).length;
      if (!besides.has(name)) expect(spoken, name).toBeGreaterThanOrEqual(3);
    }
    expect(held.length / all.length).toBeGreaterThan(0.25);
  });

  it("are in no tool's examples", () => {
    const examples = new Set(sampleBriefing("", "order-to-cash").tools.flatMap((tool) => tool.examples.en));
    expect(all.filter(({ text }) => examples.has(text))).toEqual([]);
  });

  it("are understood in 95 of 100 where they were tuned on", () => {
    const { right, falselySure, told } = score(tuned);
    expect(right, told).toBeGreaterThanOrEqual(0.95);
    expect(falselySure, told).toBeLessThanOrEqual(0.02);
  });

  it("are understood in 90 of 100 where they were held out, hardly ever wrongly and surely", () => {
    const { right, falselySure, told } = score(held);
    expect(right, told).toBeGreaterThanOrEqual(0.9);
    expect(falselySure, told).toBeLessThanOrEqual(0.02);
  });

  it("are understood in 85 of 100 in a set that was written last; 68 on the first run, 95 on the trained ranker's first", () => {
    const { right, falselySure, told } = score(cases("abilities-unseen"));
    expect(right, told).toBeGreaterThanOrEqual(0.85);
    expect(falselySure, told).toBeLessThanOrEqual(0.03);
  });
});

/** Tools that are only a second right answer. */
const besides: ReadonlySet<string> = new Set([
  "logs.quality",
  "kpi.query",
  "mining.cases",
  "mining.compare",
  "mining.root-cause",
  "mining.variants",
  "rules.draft",
]);
