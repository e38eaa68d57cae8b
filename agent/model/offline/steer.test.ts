import { describe, expect, it } from "vitest";
import { changeStep, declaredPlan } from "../../plans/plan.ts";
import { analyse } from "./analyse.ts";
import { plannedOf } from "./chain-calls.ts";
import { sampleBriefing } from "./fixtures/samples.ts";
import { readSteering } from "./steer.ts";

const request =
  "tell me where it waits and why, draft a rule against it, show what it would have done and propose it";
const asked = analyse(request, sampleBriefing(request, "order-to-cash", {}));
if (asked.kind !== "calls" || asked.chain === undefined) throw new Error("no plan");
const plan = changeStep(declaredPlan(plannedOf(asked.chain), "en"), "s1", { state: "done" });

const reading = (text: string, passOn = false, language = "en") =>
  readSteering(text, { ...plan, language }, sampleBriefing(text, "order-to-cash", {}), passOn);

describe("a message while a plan runs", () => {
  it.each(["stop", "Stop!", "please stop", "stop it", "never mind", "abort", "cancel that", "stop the plan"])(
    "stops it: %s",
    (text) => {
      expect(reading(text)).toEqual({ kind: "stop" });
    },
  );

  it.each([
    ["skip the simulation", ["s4"]],
    ["without the simulation please", ["s4"]],
    ["don't propose it", ["s5"]],
    ["leave out the causes", ["s2"]],
    ["skip the third step", ["s3"]],
    ["skip the draft", ["s3"]],
  ])("leaves out a step that has not begun: %s", (text, steps) => {
    expect(reading(text)).toMatchObject({ kind: "skip", steps });
  });

  it.each(["only Germany", "just Germany please", "Germany only"])("narrows what is left: %s", (text) => {
    expect(reading(text)).toMatchObject({
      kind: "narrow",
      filters: [{ kind: "attribute", attribute: "country", comparator: "=", value: "Germany" }],
    });
  });

  it.each([
    ["de", "stopp", "überspring die Simulation", "nur Deutschland"],
    ["fr", "arrête", "sans la simulation", "seulement l'Allemagne"],
    ["es", "para ya", "sin la simulación", "solo Alemania"],
    ["it", "ferma", "salta la simulazione", "solo la Germania"],
    ["pt", "pare", "sem a simulação", "só a Alemanha"],
    ["nl", "stop", "sla de simulatie over", "alleen Duitsland"],
    ["pl", "stop", "bez symulacji", "tylko Niemcy"],
    ["ja", "止めて", "シミュレーションは省いて", "ドイツだけ"],
    ["zh", "停止", "跳过模拟", "只要德国"],
  ])("is understood in %s: %s; %s; %s", (language, stop, skip, narrow) => {
    expect([stop, skip, narrow].map((text) => reading(text, false, language)?.kind)).toEqual([
      "stop",
      "skip",
      "narrow",
    ]);
    expect(reading(skip, false, language)).toMatchObject({ steps: ["s4"] });
  });

  it.each([
    "how long does an order take?",
    "what are the variants?",
    "thanks",
    "skip the bottleneck",
    "show me the process",
  ])("is a message of its own where it says nothing about the plan: %s", (text) => {
    expect(reading(text)).toBeNull();
  });

  it("is handed to a language model that has not said its steps", () => {
    const open = { ...plan, declared: false, steps: [] };
    const situation = sampleBriefing("skip the charts", "order-to-cash", {});
    expect(readSteering("skip the charts", open, situation, true)).toMatchObject({ kind: "skip", steps: [] });
    expect(readSteering("skip the charts", open, situation, false)).toBeNull();
  });
});
