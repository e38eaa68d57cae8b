/**
 * Reference nets of `../shared/data` on their logs, beside PM4Py's figures. Simplicity, generalisation and precision are
 * PM4Py's to its last digit wherever its replay loses no token; where it does (README, "Traps"), ours fits more cases.
 */
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { buildEventLog } from "../../tools/logs/core/build-event-log.ts";
import { readLogFile } from "../../tools/logs/read-log.ts";
import { agreement } from "../../tools/mining/core/conformance/agreement.ts";
import { alignmentFitness, alignTraces } from "../../tools/mining/core/conformance/net-alignment.ts";
import { netAutomaton } from "../../tools/mining/core/conformance/net-automaton.ts";
import { generalisation, simplicity } from "../../tools/mining/core/conformance/net-measures.ts";
import { readReferenceModel } from "../../tools/mining/core/conformance/reference-model.ts";
import { inductiveMiner } from "../../tools/mining/core/inductive-miner.ts";
import { toPetriNet } from "../../tools/mining/core/petri-net.ts";
import { escapingEdgesPrecision } from "../../tools/mining/core/precision.ts";
import { tokenReplay } from "../../tools/mining/core/token-replay.ts";
import { namesOf, variants } from "../../tools/mining/core/variants.ts";
import { describeWithShared, shared } from "../fixtures/needs.ts";
import { readPnml } from "../fixtures/pnml.ts";

const never = () => false;
const logs = {
  "running-example": "running-example.xes",
  interval: "interval.xes.gz",
  loan_synth_apiu: "loan_synth_apiu.csv.gz",
  patients_lifecycle: "patients_lifecycle.csv",
  repairExample: "repairExample.xes.gz",
  teleclaims: "teleclaims.xes.gz",
  receipt: "receipt.xes",
  sepsis: "sepsis.xes.gz",
} as const;

/** PM4Py's replay goes another of several equally short silent ways on these, and its precision follows the replay. */
const differs = new Set(["receipt 0.0", "receipt 0.2", "sepsis 0.0", "sepsis 0.2"]);

describeWithShared("conformance with PM4Py's nets", () => {
  for (const [name, file] of Object.entries(logs)) {
    it(`${name}: replay, precision, generalisation and simplicity`, async () => {
      const log = buildEventLog((await readLogFile(shared(`logs/${file}`))).columns, {});
      const found = variants(log);
      const { reference } = JSON.parse(readFileSync(shared(`truth/${name}.json`), "utf8"));
      for (const noise of ["0.0", "0.2"]) {
        const expected = reference[`inductive_noise_${noise}`];
        const path = shared(expected.model);
        if (!existsSync(path)) continue;
        const net = readPnml(path);
        const replay = tokenReplay(net, found, never)!;
        const automaton = netAutomaton(net, new Map(found.activities.map((each, code) => [each, code])));
        const precision = escapingEdgesPrecision(automaton, found, never)!;
        expect(simplicity(net)).toBeCloseTo(expected.simplicity_arc_degree, 6);
        if (differs.has(`${name} ${noise}`)) {
          const { fitting_traces_percent: theirs } = expected.token_replay;
          expect((100 * replay.fittingCases) / log.cases).toBeGreaterThanOrEqual(theirs - 1e-4);
        } else {
          expect(replay.fitness).toBeCloseTo(expected.token_replay.log_fitness, 5);
          expect(replay.meanTraceFitness).toBeCloseTo(expected.token_replay.average_trace_fitness, 5);
          expect(precision).toBeCloseTo(expected.precision_token_replay, 5);
          expect(generalisation(replay.fired)).toBeCloseTo(expected.generalization, 5);
        }
        if (noise === "0.0") expect(replay.fitness).toBe(1);
      }
    });
  }

  it("sepsis: every variant is aligned optimally, and fits where replay says so", async () => {
    const log = buildEventLog((await readLogFile(shared("logs/sepsis.xes.gz"))).columns, {});
    const found = variants(log);
    const net = readPnml(shared("models/inductive/sepsis.noise_0.2.pnml"));
    const names = found.sequences.map((_, v) => namesOf(found, v));
    const lengths = found.sequences.map((sequence) => sequence.length);
    const fitness = alignmentFitness(alignTraces(net, names, never), lengths, found.counts);
    expect(fitness).toMatchObject({ open: 0, low: fitness.high });
    expect(fitness.low).toBeCloseTo(0.969305, 6);
    // Replay leaves out what the net does not know; alignments count it.
    const known = new Set(net.transitions.map(({ label }) => label));
    const projected = names.map((trace) => trace.filter((name) => known.has(name)));
    const withoutUnknown = alignmentFitness(
      alignTraces(net, projected, never),
      projected.map(({ length }) => length),
      found.counts,
    );
    expect(fitness.fittingCases).toBe(700);
    expect(withoutUnknown.fittingCases).toBe(tokenReplay(net, found, never)!.fittingCases);
  });

  it.each([
    ["running-example.xes", "running-example.bpmn", 1],
    ["a32f0n00.xes.gz", "a32f0n00.bpmn", 1],
    ["loan_synth_apiu.csv.gz", "loan_synth_apiu.bpmn", 0.973684],
    ["purchasing_example.csv", "purchasing_example.bpmn", 0.870283],
  ])("%s: the model mined from it agrees with %s by %d", async (file, model, expected) => {
    const log = buildEventLog((await readLogFile(shared(`logs/${file}`))).columns, {});
    const reference = readReferenceModel(readFileSync(shared(`models/${model}`), "utf8"), log.activities);
    const mined = toPetriNet(inductiveMiner(variants(log)));
    expect(agreement(mined, reference.net).score).toBeCloseTo(expected, 3);
  });

  it.each(["running-example", "receipt", "a32f0n00"])(
    "%s: the reference as BPMN and as PNML is one model",
    (name) => {
      const [bpmn, pnml] = ["bpmn", "pnml"].map(
        (format) => readReferenceModel(readFileSync(shared(`models/${name}.${format}`), "utf8")).net,
      );
      expect(agreement(bpmn!, pnml!).score).toBe(1);
    },
  );
});
