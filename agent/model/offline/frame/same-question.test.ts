import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { briefing } from "../fixtures/briefing.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "../link/read.ts";
import { rank } from "./rank.ts";
import { asksTheSame, explainsLess, likelihoodOfAnswer } from "./same-question.ts";

const ranked = (text: string) => rank(read(text, languageOf("en"), briefing(text)), briefing(text));
const named = (text: string, tool: string) => ranked(text).find((each) => each.tool.name === tool)!;

describe("two reads of one question", () => {
  const text = "how long do we wait for the credit check?";

  it("ask the same where one is a figure of the step that the other tells of", () => {
    const [figure, told] = [named(text, "kpi.query"), named(text, "mining.bottlenecks")];
    expect(asksTheSame(figure, told)).toBe(true);
    expect(asksTheSame(told, figure)).toBe(true);
    expect(likelihoodOfAnswer(figure, ranked(text))).toBeCloseTo(figure.likelihood + told.likelihood, 9);
  });

  it.each([
    ["how long do orders wait before the credit check?", "mining.bottlenecks"],
    ["wie lange warten Aufträge vor der Bonitätsprüfung?", "mining.bottlenecks"],
    ["median waiting time before the credit check", "kpi.query"],
    ["¿cuántos pedidos se rechazaron?", "kpi.query"],
  ])("are answered by the same tool in every language: %s", (asked, tool) => {
    expect(analyse(asked, briefing(asked))).toMatchObject({ kind: "calls", frames: [{ tool }] });
  });

  it("are answered without a question back", () => {
    expect(analyse(text, briefing(text))).toMatchObject({ kind: "calls", frames: [{ variants: [] }] });
  });

  it("do not where no step is named, where the steps differ, or where another figure is asked for", () => {
    const nowhere = "how long do we wait?";
    expect(asksTheSame(named(nowhere, "kpi.query"), named(nowhere, "mining.bottlenecks"))).toBe(false);
    const [figure, told] = [named(text, "kpi.query"), named(text, "mining.bottlenecks")];
    const other = { ...told, filling: { ...told.filling, input: { activity: "Ship order" } } };
    expect(asksTheSame(figure, other)).toBe(false);
    const cycle = { ...figure.filling.input, metric: "cycle_time" };
    expect(asksTheSame({ ...figure, filling: { ...figure.filling, input: cycle } }, told)).toBe(false);
  });

  it.each(["how many orders are there in Germany?", "how many German orders do we have?"])(
    "ask the same where cases that are selected are counted, by whatever read: %s",
    (asked) => {
      expect(analyse(asked, briefing(asked))).toMatchObject({
        kind: "calls",
        frames: [{ tool: "kpi.query" }],
        notes: [],
      });
    },
  );

  it("are no rivals where one leaves out what the other takes", () => {
    const whole = named(text, "mining.bottlenecks");
    const part = { ...whole, filling: { ...whole.filling, used: new Set<never>() } };
    expect(explainsLess(part, whole)).toBe(true);
    expect(explainsLess(whole, part)).toBe(false);
    expect(explainsLess(whole, whole)).toBe(false);
  });
});
