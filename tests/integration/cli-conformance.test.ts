/** `conformance` over the real command line: it needs no database. */
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bpmnOf } from "../../tools/mining/core/bpmn.ts";
import { activityLeaf, exclusive, sequence } from "../../tools/mining/core/process-tree.ts";
import { cli, temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const row = (name: string, step: string, hour: number, amount: number) =>
  `${name},${step},2026-01-05T${String(hour).padStart(2, "0")}:00:00Z,${amount}`;
const log = [
  "case,activity,timestamp,order_value",
  ...["1", "2", "3"].flatMap((name) => [
    row(name, "Create", 8, 10),
    row(name, "Check", 9, 10),
    row(name, "Pay", 10, 10),
  ]),
  ...["4", "5"].flatMap((name) => [row(name, "Create", 8, 100), row(name, "Pay", 14, 100)]),
  ...[
    row("6", "Create", 8, 1),
    row("6", "Check", 9, 1),
    row("6", "Frobnicate", 10, 1),
    row("6", "Pay", 11, 1),
  ],
  "",
].join("\n");
const [create, check, pay, reject] = ["Create", "Check", "Pay", "Reject"].map(activityLeaf);

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, "orders.csv"), log);
  await writeFile(join(folder.path, "should.bpmn"), bpmnOf(sequence([create!, check!, pay!])).xml);
});
afterEach(() => folder.remove());
const run = (...words: string[]) => cli(words, { cwd: folder.path });

describe("conformance", () => {
  it("prints fitness, precision and deviations with what they cost, and writes nothing", async () => {
    const { code, out, error } = await run("conformance", "orders.csv", "should.bpmn", "--json");
    expect({ code, error }).toEqual({ code: 0, error: "" });
    const result = JSON.parse(out);
    expect(result).toMatchObject({ cases: 6, variants: 3, agreement: null, reason: null });
    // Worst: 17 events and 6 runs of 3 steps; unmatched: two skipped checks and one unknown step.
    expect(result.fitness).toMatchObject({ low: 1 - 3 / 35, high: 1 - 3 / 35, fittingCases: 3 });
    expect(result.alignedPrecision).toBe(1);
    expect(result.deviations).toMatchObject([
      {
        kind: "skipped",
        activity: "Check",
        cases: 2,
        cycleTime: { mean: 21_600, conforming: 7200, difference: 14_400 },
      },
      { kind: "unknown", activity: "Frobnicate", cases: 1, cycleTime: null },
    ]);
    expect(result.deviations[0].elements).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(["orders.csv", "should.bpmn"]);
  });

  it("draws a table for people", async () => {
    const { code, out } = await run("conformance", "orders.csv", "should.bpmn");
    expect(code).toBe(0);
    expect(out).toContain("3 of 6 cases (50.0 %) follow the model");
    expect(out).toMatch(/skipped\s+Check\s+2\s+33\.3 %/);
  });

  it("says how far two models agree", async () => {
    await writeFile(join(folder.path, "is.txt"), "->( 'Create', X( tau, 'Check' ), 'Pay' )");
    const { out } = await run("conformance", "orders.csv", "should.bpmn", "--compare", "is.txt", "--json");
    // Of 8 relations of the second model the first has 7: Pay directly after Create is new.
    expect(JSON.parse(out).agreement).toMatchObject({ score: 14 / 15, precision: 7 / 8, recall: 1 });
  });

  it("names the file that is no model, with its line", async () => {
    await writeFile(join(folder.path, "broken.bpmn"), "<definitions>\n  <process>\n</definitions>");
    const { code, error } = await run("conformance", "orders.csv", "broken.bpmn", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(error)).toMatchObject({ type: "urn:millwright:model-unreadable", file: "broken.bpmn" });
  });

  it("refuses a model file that is not there", async () => {
    const { code, error } = await run("conformance", "orders.csv", "missing.bpmn");
    expect(code).toBe(1);
    expect(error).toContain("missing.bpmn");
  });

  it("asks for both files", async () => expect((await run("conformance", "orders.csv")).code).toBe(2));

  it("knows the models of process mining besides BPMN", async () => {
    const { writePnml } = await import("../../tools/mining/core/models/pnml.ts");
    const { toPetriNet } = await import("../../tools/mining/core/petri-net.ts");
    const net = toPetriNet(sequence([create!, check!, exclusive([pay!, reject!])]));
    await writeFile(join(folder.path, "should.pnml"), writePnml(net));
    const { out } = await run("conformance", "orders.csv", "should.pnml", "--json");
    expect(JSON.parse(out)).toMatchObject({ model: { format: "pnml" }, fitness: { fittingCases: 3 } });
  });
});
