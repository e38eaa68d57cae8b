/** The examples of fitness, precision and quantiles in docs/definitions.md, computed by the product. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { modelQuality } from "../../tools/mining/core/model-quality.ts";
import { activityLeaf, exclusive, type ProcessTree, sequence } from "../../tools/mining/core/process-tree.ts";
import { quantile } from "../../tools/mining/core/quantiles.ts";
import type { Variants } from "../../tools/mining/core/variants.ts";
import { root } from "./documents.ts";

const text = readFileSync(join(root, "docs/definitions.md"), "utf8").replaceAll(/\s+/g, " ");
const activities = ["Order", "Check", "Ship", "Reject"];
const leaf = (name: string): ProcessTree => activityLeaf(name);

function cases(trace: readonly string[], count: number): Variants {
  const codes = Uint32Array.from(trace, (name) => activities.indexOf(name));
  return { activities, sequences: [codes], counts: [count], variantOf: new Int32Array(count) };
}
const qualityOf = (tree: ProcessTree, found: Variants) => modelQuality(tree, found, () => false);

it("a case that lacks one of three steps fits to 0.8", () => {
  const { fitness } = qualityOf(
    sequence([leaf("Order"), leaf("Check"), leaf("Ship")]),
    cases(["Order", "Ship"], 1),
  );
  expect(fitness).toBeCloseTo(0.8, 12);
  expect(text).toContain("1 − 1 / 5 = 0.8.");
});

it("a model that allows one step too many in one of three places is precise to 0.75", () => {
  const tree = sequence([leaf("Order"), leaf("Check"), exclusive([leaf("Ship"), leaf("Reject")])]);
  const { precision } = qualityOf(tree, cases(["Order", "Check", "Ship"], 2));
  expect(precision).toBeCloseTo(0.75, 12);
  expect(text).toContain("1 − (2 · 1) / (2 · 4) = 0.75.");
});

it("the 95 % quantile of three throughput times is interpolated", () => {
  const value = quantile(Float64Array.of(10_200, 18_600, 12_300), 0.95);
  expect(value).toBeCloseTo(17_970, 9);
  expect(text).toContain("12,300 + 0.9 · 6,300 = 17,970 s");
});
