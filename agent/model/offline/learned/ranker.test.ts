import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sampleBriefing } from "../fixtures/samples.ts";
import { ranking } from "../frame/rank.ts";
import { corpus, corpusDigest } from "./corpus.ts";
import { fitModel, folds, saidByPeople } from "./fit.ts";
import { committedModel, decode, encode, modelFile, predict } from "./model.ts";
import { reliability } from "./reliability.ts";
import { probabilities, train } from "./train.ts";

describe("the corpus of what people say", () => {
  const groups = corpus();
  const said = groups.flatMap(({ says }) => says);

  it("says nothing twice in a language", () => {
    const keyed = groups.flatMap(({ says, language }) =>
      says.map((text) => `${language} ${text.toLowerCase()}`),
    );
    expect(keyed.filter((text, at) => keyed.indexOf(text) !== at)).toEqual([]);
  });

  it("has at least 3000 ways to ask, and at least 500 that no tool answers", () => {
    expect(said.length).toBeGreaterThanOrEqual(3000);
    const lacking = groups.filter(({ tool }) => tool.startsWith("none."));
    expect(lacking.flatMap(({ says }) => says).length).toBeGreaterThanOrEqual(400);
  });
});

describe("the committed ranker", () => {
  const model = committedModel();

  it("was trained on the corpus as it is (else: npm run ranker)", () => {
    expect(model.corpus).toBe(corpusDigest(corpus()));
  });

  it("is the same when it is written and read again", () => {
    expect(encode(decode(encode(model)))).toBe(readFileSync(modelFile, "utf8"));
  });

  it("hands out likelihoods that sum to one over tools and what no tool can", () => {
    const here = sampleBriefing("", "order-to-cash");
    for (const { reading } of saidByPeople().slice(0, 50)) {
      const { tools, lacking } = ranking(reading, here);
      const sum = [...tools, ...lacking].reduce((total, { likelihood }) => total + likelihood, 0);
      expect(sum).toBeCloseTo(1, 6);
    }
  });
});

describe("a ranker that has not seen a fifth of the groups", () => {
  const said = saidByPeople();
  const model = fitModel(said.filter(({ part }) => part !== 0));
  const unseen = said.filter(({ part }) => part === 0);
  const forecasts = unseen.map(({ signals, tool }) => {
    const ordered = [...predict(model, signals)].sort((left, right) => right[1] - left[1]);
    return { likelihood: ordered[0]![1], right: ordered[0]![0] === tool };
  });
  const measured = reliability(forecasts, 0.8);

  it(`is right on these, by words alone, in 65 of 100, among ${model.classes.length} classes in ${folds} parts`, () => {
    expect(measured.accuracy, JSON.stringify(measured)).toBeGreaterThanOrEqual(0.65);
  });

  it("means its likelihoods: calibration error at most 0.06, falsely sure in at most 4 of 100", () => {
    expect(measured.calibrationError, JSON.stringify(measured)).toBeLessThanOrEqual(0.06);
    expect(measured.brier, JSON.stringify(measured)).toBeLessThanOrEqual(0.18);
    expect(measured.falselySure, JSON.stringify(measured)).toBeLessThanOrEqual(0.04);
  });
});

describe("training", () => {
  const rows = [
    { columns: [0], values: [1], target: 0, weight: 1 },
    { columns: [1], values: [1], target: 1, weight: 1 },
  ];
  const options = { classes: 2, columns: 2, epochs: 30, rate: 0.3, penalty: 1e-4 };

  it("tells apart what differs in one column", () => {
    const weights = train(rows, options);
    const into = new Float64Array(2);
    probabilities(weights, { classes: 2, bias: 1 }, [1], [1], into);
    expect(into[1]).toBeGreaterThan(0.9);
  });

  it("gives the same weights each time", () => {
    expect(train(rows, options)).toEqual(train(rows, options));
  });
});
