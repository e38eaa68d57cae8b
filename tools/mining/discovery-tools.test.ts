import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { expectFactsToHold, expectWellFormed, type Reader, run } from "../../tests/fixtures/tool-results.ts";
import { generateSample } from "../logs/samples/generate.ts";
import clusters from "./clusters.tool.ts";
import constraints from "./constraints.tool.ts";
import { violationSql } from "./core/discovery/constraint-sql.ts";
import { declarativeConstraints } from "./core/discovery/declarative-constraints.ts";
import { BINARY_TEMPLATES, TESTS, UNARY_TEMPLATES } from "./core/discovery/declare-templates.ts";
import { variants } from "./core/variants.ts";
import discover from "./discover.tool.ts";
import organization from "./organization.tool.ts";

describe("tools of discovery on the order-to-cash sample", () => {
  let world: MiningWorld;
  beforeAll(async () => {
    world = await worldOfCsv(generateSample("order-to-cash", { cases: 200 }).csv);
  });
  afterAll(() => world.close());

  const asked: readonly (readonly [string, Reader, object])[] = [
    ["organization", organization, {}],
    ["clusters", clusters, {}],
    ["clusters by order", clusters, { likeness: "order", limit: 3 }],
    ["constraints", constraints, {}],
    ["discover, heuristics", discover, { algorithm: "heuristics" }],
    ["discover, split miner, noise", discover, { algorithm: "split", noise: 0.2 }],
    ["discover, alpha", discover, { algorithm: "alpha" }],
    ["discover, with starts and completions", discover, { algorithm: "inductive-lifecycle" }],
    ["discover, noise alone", discover, { noise: 0.2 }],
  ];
  it.each(asked)("%s: every fact is made again", async (_, tool, input) => {
    const result = await run(world, tool, input);
    expectWellFormed(result);
    expect(result.facts.length).toBeGreaterThan(0);
    await expectFactsToHold(world, result.facts);
  });

  it("the default says what it compared, and whether the model is sound", async () => {
    const result = await run(world, discover, {});
    expect(result.data).toMatchObject({ soundness: { verdict: "sound" } });
    expect(
      result.views.find(
        ({ kind, ...view }) => kind === "table" && "title" in view && view.title === "Models compared",
      ),
    ).toBeDefined();
  });

  it("names no person in the organisation", async () => {
    const text = JSON.stringify(await run(world, organization, {}));
    for (const person of world.open.log.resource!.dictionary) expect(text).not.toContain(person);
  });

  it("counts the cases against every template alike in the kernel and in SQL", async () => {
    const { log } = world.open;
    const found = variants(log);
    const names = log.activities.slice(0, 4);
    const code = (name: string) => log.activities.indexOf(name);
    const measures = { activated: 0, kept: 0, support: 0, confidence: 0 };
    const pairs = names.flatMap((a) => names.filter((b) => a !== b).map((b) => [a, b] as const));
    const all = [
      ...UNARY_TEMPLATES.flatMap((template) => names.map((a) => ({ template, a, b: null, ...measures }))),
      ...BINARY_TEMPLATES.flatMap((template) => pairs.map(([a, b]) => ({ template, a, b, ...measures }))),
    ];
    for (const one of all) {
      const broken = found.sequences.reduce(
        (sum, trace, v) =>
          sum + (TESTS[one.template](trace, code(one.a), code(one.b ?? "")) ? 0 : found.counts[v]!),
        0,
      );
      const { rows } = await world.open.query(violationSql(one, null));
      expect(Number(rows[0]![0]), `${one.template} ${one.a} ${one.b}`).toBe(broken);
    }
    expect(declarativeConstraints(found).length).toBeGreaterThan(0);
  });
});
