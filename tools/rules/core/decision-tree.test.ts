import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeWithShared, shared } from "../../../tests/fixtures/needs.ts";
import { buildEventLog } from "../../logs/core/build-event-log.ts";
import type { EventLog } from "../../logs/core/event-log.ts";
import { readLogFile } from "../../logs/read-log.ts";
import { branchesAfter, caseFeatures, decisionEnds, namesFor } from "./case-features.ts";
import { printCondition } from "./condition.ts";
import { type Dataset, type Feature, growTree, leafOf, simplestBetween } from "./decision-tree.ts";
import { seededRandom, wilson } from "./statistics.ts";
import { type LearnedRule, learnRules } from "./tree-rules.ts";

interface Known {
  readonly when: Readonly<Record<string, string | { readonly from: number; readonly below: number }>>;
  readonly then: readonly { readonly branches: readonly string[]; readonly cases: number }[];
}
interface Answers {
  readonly samples: Readonly<
    Record<
      string,
      {
        readonly file: string;
        readonly decisions: readonly { readonly after: string; readonly rules: readonly Known[] }[];
      }
    >
  >;
}

/** What a file writes as numbers, as numbers, however many digits it writes. */
function numeric(feature: Feature): Feature {
  if (feature.kind === "number" || !feature.dictionary.every((value) => Number.isFinite(Number(value))))
    return feature;
  const { name, codes, dictionary } = feature;
  return {
    kind: "number",
    name,
    values: Float64Array.from(codes, (code) => Number(dictionary[code] ?? Number.NaN)),
  };
}

/** The gateways' own attributes at the decision point, before it is decided. */
function features(log: EventLog, ends: Int32Array): readonly Feature[] {
  const columns = [...log.attributes, ...log.caseAttributes].filter(([name]) => /^g\d/.test(name));
  const kinds = new Map(caseFeatures(log, ends).map((feature) => [feature.name, feature]));
  return columns.flatMap(([name, column]) => {
    const own = kinds.get(name);
    if (own !== undefined) return [numeric(own)];
    if (column.kind !== "text" || column.dictionary.length < 60) return [];
    const rows = Int32Array.from(ends, (end, index) => (log.attributes.has(name) ? end - 1 : index));
    const codes = Uint32Array.from(rows, (row) => column.codes[row]!);
    return [numeric({ kind: "text", name, codes, dictionary: column.dictionary })];
  });
}

async function learn(file: string, after: string): Promise<readonly LearnedRule[]> {
  const log = buildEventLog((await readLogFile(shared(`decisions/${file}`))).columns);
  const activity = log.activities.indexOf(after);
  const branches = branchesAfter(log, activity).map((branch) => branch ?? "(not reached)");
  const classes = [...new Set(branches)];
  const labels = Uint32Array.from(branches, (branch) => classes.indexOf(branch));
  return learnRules(
    { features: features(log, decisionEnds(log, activity)), labels, classes },
    log.caseNames,
    namesFor(log),
  );
}

describeWithShared("gateways whose rules are known", () => {
  const path = shared("decisions/answers.json");
  const answers = () => JSON.parse(readFileSync(path, "utf8")) as Answers;

  it.each(["xor_2", "or_3", "or_4"])("%s has nothing to learn, and no rule is made up", async (sample) => {
    const { file, decisions } = answers().samples[sample]!;
    for (const { after } of decisions) expect(await learn(file, after)).toEqual([]);
  });

  it.each(["xor_1", "xor_3", "xor_5", "xor_6", "xor_7", "or_1", "or_2"])(
    "%s: each branch gets its rule",
    async (sample) => {
      const { file, decisions } = answers().samples[sample]!;
      for (const { after, rules } of decisions) {
        const learnt = await learn(file, after);
        const expected = rules.map(({ then }) => [...then[0]!.branches].sort().join("+"));
        expect(new Set(learnt.map(({ outcome }) => outcome))).toEqual(new Set(expected));
        for (const rule of learnt) expect(rule.confidence).toBeGreaterThan(0.85);
      }
    },
  );

  it("finds the limits of intervals and both attributes", async () => {
    const { file } = answers().samples["xor_7"]!;
    const conditions = (await learn(file, "A")).map(({ condition }) => printCondition(condition));
    expect(conditions).toContain('g1_2 = "A1" and g1_1 <= 50');
    expect(conditions).toContain('g1_2 = "A2" and g1_1 > 33 and g1_1 <= 66');
  });
});

const noise = (rows: number, seed: number): Dataset => {
  const random = seededRandom(seed);
  return {
    features: [
      { kind: "number", name: "x", values: Float64Array.from({ length: rows }, random) },
      {
        kind: "text",
        name: "t",
        codes: Uint32Array.from({ length: rows }, () => Math.floor(random() * 4)),
        dictionary: ["a", "b", "c", "d"],
      },
    ],
    labels: Uint32Array.from({ length: rows }, () => Number(random() < 0.4)),
    classes: ["no", "yes"],
  };
};
const names = {
  operand: ({ name }: { name: string }) => ({ kind: "attribute" as const, name }),
  literal: (_: unknown, value: number | string) =>
    typeof value === "number" ? { kind: "number" as const, value } : { kind: "text" as const, value },
};

describe("a decision tree", () => {
  it("finds no rule in noise, but for chance", () => {
    const keys = Array.from({ length: 400 }, (_, row) => `case ${row}`);
    const found = Array.from({ length: 40 }, (_, seed) => learnRules(noise(400, seed), keys, names).length);
    expect(found.filter((count) => count > 0).length).toBeLessThanOrEqual(2);
  });

  it("is the same for the same data, and sends each row to one leaf that counts it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 120 }), fc.nat(1000), (rows, seed) => {
        const data = noise(rows, seed);
        const all = Uint32Array.from({ length: rows }, (_, row) => row);
        const tree = growTree(data, all, { minimumLeaf: 3, maximumDepth: 6 });
        expect(growTree(data, all, { minimumLeaf: 3, maximumDepth: 6 })).toEqual(tree);
        const perLeaf = new Map<object, number>();
        for (const row of all) {
          const leaf = leafOf(tree, data, row);
          perLeaf.set(leaf, (perLeaf.get(leaf) ?? 0) + 1);
        }
        for (const [leaf, count] of perLeaf) expect((leaf as { n: number }).n).toBe(count);
      }),
    );
  });

  it("cuts at the simplest number between two values", () => {
    expect(simplestBetween(499.73, 503.1)).toBe(500);
    expect(simplestBetween(0.031, 0.049)).toBe(0.04);
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (low, width) => {
          fc.pre(low + width > low);
          const cut = simplestBetween(low, low + width);
          expect(cut >= low && cut < low + width).toBe(true);
        },
      ),
    );
  });
});

it("Wilson's interval gives the published figures", () => {
  // Newcombe 1998, table I: 81 of 263, and 0 of 20.
  const first = wilson(81, 263);
  expect(first.low).toBeCloseTo(0.2553, 4);
  expect(first.high).toBeCloseTo(0.3662, 4);
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
});
