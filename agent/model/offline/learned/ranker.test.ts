import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sampleBriefing } from "../fixtures/samples.ts";
import { ranking } from "../frame/rank.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "../link/reading.ts";
import { corpus, corpusDigest } from "./corpus.ts";
import { saidByPeople, unseen } from "./fit.ts";
import { fitLogit } from "./logit.ts";
import { committedModel, decode, encode, modelFile } from "./model.ts";
import { leastSure, reliability } from "./reliability.ts";
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
    const again = decode(encode(model));
    expect({ ...again, block: null }).toEqual({ ...model, block: null });
    for (const code of ["", ...model.languages]) expect(again.block(code)).toEqual(model.block(code));
  });

  it("takes at most 3 MB, and knows the words of every language that has a corpus", () => {
    expect(statSync(modelFile).size).toBeLessThan(3e6);
    expect(model.languages).toEqual([...new Set(corpus().map(({ language }) => language))].sort());
  });

  it("hands out likelihoods that sum to one over tools and what no tool can", () => {
    const here = sampleBriefing("", "order-to-cash");
    for (const { says, language } of corpus().filter((_, at) => at % 80 === 0)) {
      const reading = read(says[0]!, languageOf(language), here);
      const { tools, lacking } = ranking(reading, here);
      const sum = [...tools, ...lacking].reduce((total, { likelihood }) => total + likelihood, 0);
      expect(sum).toBeCloseTo(1, 6);
    }
  });
});

/** What words alone are right on at least where whole groups were left out; German has too few groups to say. */
const least: Readonly<Record<string, number>> = {
  en: 0.72,
  fr: 0.69,
  pl: 0.69,
  it: 0.67,
  nl: 0.67,
  pt: 0.67,
};
const leastOfOthers = 0.63;

describe("a ranker that has not seen a fifth of the groups", () => {
  const forecasts = unseen(saidByPeople()).map(({ said, learned }) => {
    const [name, likelihood] = [...learned].reduce((top, next) => (next[1] > top[1] ? next : top));
    return { language: said.reading.language.code, likelihood, right: name === said.tool };
  });
  const measured = reliability(forecasts, 0.8);
  const byLanguage = [...Map.groupBy(forecasts, ({ language }) => language)];

  it("is right in 65 of 100 over all languages, and means its likelihoods", () => {
    expect(measured.accuracy, JSON.stringify(measured)).toBeGreaterThanOrEqual(0.65);
    expect(measured.calibrationError, JSON.stringify(measured)).toBeLessThanOrEqual(0.06);
    expect(measured.brier, JSON.stringify(measured)).toBeLessThanOrEqual(0.18);
    expect(measured.falselySure, JSON.stringify(measured)).toBeLessThanOrEqual(0.04);
  });

  it.each(byLanguage)("is right on these in %s, by words alone", (language, own) => {
    const { accuracy } = reliability(own, 0.8);
    expect(accuracy, `${own.length} utterances`).toBeGreaterThanOrEqual(least[language] ?? leastOfOthers);
  });

  it.each(byLanguage.filter(([, own]) => own.length >= 200))("means its likelihoods in %s", (_, own) => {
    const inOne = reliability(own, 0.9);
    expect(inOne.calibrationError, JSON.stringify(inOne)).toBeLessThanOrEqual(0.08);
    expect(inOne.brier, JSON.stringify(inOne)).toBeLessThanOrEqual(0.18);
    expect(inOne.falselySure, JSON.stringify(inOne)).toBeLessThanOrEqual(0.04);
  });
});

describe("a conditional logit", () => {
  it("finds the weight of what speaks for the chosen, and leaves alone what never differs", () => {
    const choice = (chosen: number, other: number) => [
      [chosen, 1],
      [other, 1],
    ];
    const [useful, useless] = fitLogit([choice(1, 0), choice(1, 0), choice(1, 0), choice(0, 1)], [0, 0.5], 0);
    expect(useful).toBeCloseTo(Math.log(3), 3);
    expect(useless).toBeCloseTo(0.5, 6);
  });
});

describe("the least likelihood that is sure enough", () => {
  it("keeps the share that is wrong at it and above within the risk", () => {
    const forecasts = [0.9, 0.8, 0.7, 0.6].map((likelihood) => ({ likelihood, right: likelihood !== 0.7 }));
    expect(leastSure(forecasts, 0.2)).toBe(0.8);
    expect(leastSure(forecasts, 0.25)).toBe(0.6);
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
