/** What every language of the planner must do: read the same questions as English does, and answer in its own words. */
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { formatQuantity } from "../../../evidence/format.ts";
import { analyse } from "../analyse.ts";
import { briefing } from "../fixtures/briefing.ts";
import { pendingProposals } from "../fixtures/judge.ts";
import { states } from "../fixtures/states.ts";
import { asks, countedNouns, templates } from "../fixtures/templates.ts";
import type { Plan } from "../plan.ts";
import { detectLanguage } from "../text/detect.ts";
import { translate } from "../translate.ts";
import { type Conformance, question, questionIds } from "./conformance/questions.ts";
import { languageOf, profiles } from "./index.ts";
import { concepts, wordLists } from "./language.ts";

const load = createRequire(import.meta.url);
const codes = profiles.map(({ code }) => code).filter((code) => code !== "en");
const conformanceOf = (code: string): Conformance =>
  (load(`./${code}/conformance.ts`) as { conformance: Conformance }).conformance;

const planOf = (
  text: string,
  { state, pending }: { state?: string; pending?: number } = {},
  language: string | null = null,
): Plan =>
  analyse(
    text,
    briefing(text, {
      language,
      proposals: pendingProposals(pending ?? 0),
      state: state ? states[state]! : {},
    }),
  );

/** What a plan comes to, without words of a language: labels of windows and sides, and the words of a rule. */
function essence(plan: Plan): unknown {
  if (plan.kind === "say") return { say: plan.say, headline: plan.said.headline.text };
  const bare = JSON.stringify(
    plan.frames.map(({ tool, input }) => ({ tool, input })),
    (key, value: unknown) => (key === "label" || key === "words" ? undefined : value),
  );
  return { calls: JSON.parse(bare) as unknown, acts: plan.act };
}

describe.each(codes)("the language %s", (code) => {
  const language = languageOf(code);
  const own = conformanceOf(code);

  it.each(questionIds)("reads %s as English does", (id) => {
    const asked = question(id);
    expect(essence(planOf(own.questions[id], asked, code)), own.questions[id]).toEqual(
      essence(planOf(asked.en, asked)),
    );
  });

  it("is known by its sentences, among all languages", () => {
    const short = new Set(questionIds.filter((id) => question(id).en.split(" ").length < 3));
    const sentences = [
      ...own.recognised,
      ...questionIds.filter((id) => !short.has(id)).map((id) => own.questions[id]),
    ];
    const wrong = sentences.filter((text) => detectLanguage(text, null).code !== code);
    expect(wrong.length / sentences.length, wrong.join("\n")).toBeLessThanOrEqual(0.03);
  });

  it("leaves English to English, also in a thread that speaks it", () => {
    const wrong = questionIds
      .map((id) => question(id).en)
      .filter((text) => text.split(" ").length > 4 && detectLanguage(text, code).code !== "en");
    expect(wrong).toEqual([]);
  });

  it("understands an English business word in its own sentence", () => {
    const plan = planOf(own.mixed, {}, null);
    expect(plan.language).toBe(code);
    expect(essence(plan)).toEqual(essence(planOf(question("bottlenecks").en)));
  });

  it("writes figures as its people do", () => {
    expect(formatQuantity(1234.5, "cases", code).replace(/\s/gu, " ")).toBe(own.written.cases);
    expect(formatQuantity(5400, "s", code).replace(/\s/gu, " ")).toBe(own.written.duration);
  });

  it("has words for every idea and every place of the grammar that English has words for", () => {
    const english = languageOf("en");
    expect(concepts.filter((concept) => english.concepts[concept] && !language.concepts[concept])).toEqual(
      [],
    );
    // Where words are not set apart, what is left out is told by the verb: `exclude` and `having` read it.
    const inVerbs = ["leaving-out", "left-out", "lacking", "not-done", "staying"] as const;
    const optional: readonly (typeof wordLists)[number][] =
      language.script === null ? ["one", "wise"] : ["one", "wise", ...inVerbs];
    expect(wordLists.filter((list) => !optional.includes(list) && !language.words[list])).toEqual([]);
  });

  it("has a translation for every template of the product, with the same holes", () => {
    const holes = (text: string): string => [...new Set(text.match(/\{\w+\}/gu) ?? [])].sort().join(" ");
    const missing = templates().filter((text) => language.messages[text] === undefined);
    expect(missing, `${missing.length} templates have no translation`).toEqual([]);
    const torn = templates().filter((text) => holes(text) !== holes(language.messages[text]!));
    expect(torn).toEqual([]);
  });

  it("writes no figure into a translation that the template does not have", () => {
    const figures = (text: string): string[] => text.replace(/\{\w+\}/gu, " ").match(/\d+/gu) ?? [];
    const more = Object.entries(language.messages).filter(([text, own]) =>
      figures(own).some((figure) => !figures(text).includes(figure)),
    );
    expect(more).toEqual([]);
  });

  it("has forms for every noun that is counted", () => {
    expect(countedNouns().filter((noun) => !language.nouns[noun])).toEqual([]);
  });

  it("understands the next steps that it offers", () => {
    const state = { state: "suggests" };
    const offered = asks();
    const wrong = offered
      .map((ask) => ask.replace(/\{quoteName\}|\{value\}/gu, "Credit check").replace(/\{\w+\}/gu, "orders"))
      .filter((ask) => {
        const said = translate(ask, code);
        return (
          JSON.stringify(essence(planOf(said, state, code))) !== JSON.stringify(essence(planOf(ask, state)))
        );
      })
      .map((ask) => `${ask} → ${translate(ask, code)}`);
    expect(wrong.length / offered.length, wrong.join("\n")).toBeLessThanOrEqual(0.1);
  });

  it("has things to say for every tool that has examples", () => {
    const tools = briefing("").tools.map(({ name }) => name);
    expect(tools.filter((name) => (language.examples[name]?.length ?? 0) < 3)).toEqual([]);
  });
});
