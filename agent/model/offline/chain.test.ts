import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const chain = (text: string) => {
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", {}));
  return plan.kind === "calls" ? (plan.chain ?? []) : [];
};
const tools = (text: string) => chain(text).map(({ tool }) => tool);

const all = ["mining.bottlenecks", "mining.root-cause", "rules.draft", "rules.simulate", null];

describe("a large request", () => {
  it.each([
    [
      "tell me where it waits and why, draft a rule against it, show what it would have done and propose it",
      all,
    ],
    ["find the worst bottleneck, explain its causes, draft a rule and simulate it", all.slice(0, 4)],
    ["where do we wait? why? draft a rule. simulate it. propose it.", all],
    [
      "show the variants, the bottlenecks and the causes, then draft a rule against the biggest delay and simulate it",
      ["mining.variants", ...all.slice(0, 4)],
    ],
    [
      "compare Germany and France, then draft rules and simulate them",
      ["mining.compare", "rules.draft", "rules.simulate"],
    ],
    [
      "find the bottleneck, say why and propose it",
      ["mining.bottlenecks", "mining.root-cause", "rules.draft", null],
    ],
  ])("is a plan of its parts: %s", (text, wanted) => {
    expect(tools(text)).toEqual(wanted);
  });

  it.each([
    "Sag mir, wo es wartet und warum, entwirf eine Regel dagegen, zeig, was sie bewirkt hätte, und schlag sie vor",
    "Dites-moi où ça attend et pourquoi, rédigez une règle contre cela, montrez ce qu'elle aurait fait et proposez-la",
    "Dime dónde se espera y por qué, redacta una regla contra ello, muestra qué habría hecho y proponla",
    "Dimmi dove si aspetta e perché, scrivi una regola contro questo, mostra che cosa avrebbe fatto e proponila",
    "Diga-me onde se espera e porquê, redija uma regra contra isso, mostre o que teria feito e proponha-a",
    "Zeg me waar het wacht en waarom, stel een regel ertegen op, laat zien wat die gedaan zou hebben en stel hem voor",
    "Powiedz, gdzie czekamy i dlaczego, opracuj regułę przeciw temu, pokaż, co by zrobiła, i zaproponuj ją",
    "どこで待っているか、なぜかを教えて、それに対するルールを作って、シミュレーションして、提案して",
    "告诉我哪里在等待，为什么，起草一条规则，模拟一下，然后提议",
  ])("is one in every language: %s", (text) => {
    expect(tools(text)).toEqual(all);
  });

  it("begins with the log that is there already, and says so", () => {
    const text = "import this log, tell me where it waits and why, draft a rule against it and propose it";
    const plan = analyse(text, sampleBriefing(text, "order-to-cash", {}));
    expect(tools(text)).toEqual(["mining.bottlenecks", "mining.root-cause", "rules.draft", null]);
    expect(plan.kind === "calls" && plan.notes.map((note) => note.text)).toContain(
      "{log} is imported already; the plan begins with it.",
    );
  });

  it("is about the log that its words choose, in every step", () => {
    const text = "in order-to-cash, tell me where it waits and why, draft a rule against it and simulate it";
    const plan = analyse(text, sampleBriefing(text, "order-to-cash", { log: null }));
    const steps = plan.kind === "calls" ? (plan.chain ?? []) : [];
    expect(steps.map(({ frame }) => frame?.input["log"])).toEqual(steps.map(() => "order-to-cash"));
    expect(steps.length).toBeGreaterThan(2);
  });

  it("keeps a rule's own words, without the steps that follow it", () => {
    const [draft, simulate, propose] = chain(
      "if an order is over 5000 and waits more than 2 days, notify the manager; simulate it and propose it",
    );
    expect(draft?.frame?.input).toEqual({
      words: "if an order is over 5000 and waits more than 2 days, notify the manager",
    });
    expect(simulate).toMatchObject({ dependsOn: ["s1"], binds: "suggestion" });
    expect(propose).toMatchObject({ dependsOn: ["s1"], after: ["s1", "s2"], frame: null });
  });

  it("is about the same cases throughout", () => {
    const filters = [{ kind: "attribute", attribute: "country", comparator: "=", value: "Germany" }];
    const steps = chain("show me the slow cases in Germany, why they are slow, draft a rule and propose it");
    expect(steps.slice(0, 3).map(({ frame }) => frame?.input["filters"])).toEqual([
      filters,
      filters,
      filters,
    ]);
  });

  it.each([
    [
      "draft a rule that escalates orders over 5000, propose it, and once it is approved show me the process",
      "mining.discover",
    ],
    [
      "find the bottleneck, draft a rule, propose it and show me the variants after approval",
      "mining.variants",
    ],
    [
      "draft a rule that escalates orders over 5000, propose it; when it is published, check the data quality",
      "logs.quality",
    ],
  ])("waits for the decision where it is said to: %s", (text, tool) => {
    const steps = chain(text);
    const change = steps.find(({ frame }) => frame === null);
    expect(steps.at(-1)).toMatchObject({ tool, onceDecided: change?.id, frame: { input: {} } });
  });

  it("does not wait where it is not", () => {
    const [last] = chain("find the bottleneck, draft a rule, propose it and show me the variants").slice(-1);
    expect(last).toMatchObject({ tool: "mining.variants" });
    expect(last?.onceDecided).toBeUndefined();
  });

  it.each([
    "where do we wait and why",
    "show me the cases in Germany, France and Spain that take longer than 5 days",
    "if the order is over 5000 and waits, escalate and notify the manager",
    "draft rules for that",
    "if we had had this rule in April, what would have happened",
    "proposals waiting, riskiest first",
    "bottlenecks, variants and handovers please",
  ])("is not seen in a smaller one: %s", (text) => {
    expect(chain(text)).toEqual([]);
  });
});
