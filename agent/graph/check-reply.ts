/** Renders a draft and looks at every part of it before anything is sent. */
import type { Fact } from "../../tools/define.ts";
import type { Allowed } from "../evidence/allowed.ts";
import { factsIn, type Rendered, renderTemplate } from "../evidence/render.ts";
import { type Doubt, doubtsAbout } from "../evidence/verify.ts";
import type { FinalParts } from "../model/provider.ts";
import type { RenderedAnswer, Reply } from "../service.ts";
import type { Draft } from "./compose.ts";

export interface CheckedReply {
  readonly body: Rendered;
  readonly answer: RenderedAnswer | null;
  readonly clarification: Reply["clarification"];
  /** The facts the reply uses, its own first. */
  readonly used: readonly Fact[];
  readonly doubts: readonly Doubt[];
}

export interface CheckOptions {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly language: string;
  readonly allowed: Allowed;
  readonly byLanguageModel: boolean;
}

/** Renders and checks one text after another, collecting doubts. */
function checker(options: CheckOptions, quoted: readonly string[]) {
  const doubts: Doubt[] = [];
  const used = new Map<string, Fact>();
  let settingsChecked = false;
  const use = (id: string): void => {
    const fact = options.facts.get(id);
    if (fact === undefined) doubts.push({ kind: "unknown-fact", fact: id });
    else used.set(id, fact);
  };
  const check = (template: string): Rendered => {
    const missing = factsIn(template).filter((id) => !options.facts.has(id));
    if (missing.length > 0) {
      doubts.push(...missing.map((fact): Doubt => ({ kind: "unknown-fact", fact })));
      return { text: "", marks: [] };
    }
    const rendered = renderTemplate(template, options.facts, options.language);
    for (const mark of rendered.marks) use(mark.fact);
    const found = doubtsAbout({ ...rendered, ...options, quoted });
    doubts.push(...found.filter((doubt) => doubt.kind !== "not-a-setting" || !settingsChecked));
    settingsChecked = true;
    return rendered;
  };
  return { doubts, used, use, check };
}

export function checkReply(draft: Draft, options: CheckOptions): CheckedReply {
  const { parts } = draft;
  const { doubts, used, use, check } = checker(options, parts?.quoted ?? []);
  const body = check(draft.text);
  for (const id of parts?.figures ?? []) use(id);
  const answer = parts === null || parts.headline === "" ? null : renderedAnswer(parts, check);
  const clarification = parts?.clarification ?? null;
  return {
    body,
    answer,
    clarification:
      clarification === null
        ? null
        : {
            question: check(clarification.question).text,
            readings: clarification.readings.map(({ label, ask, result }) => ({
              label: check(label).text,
              ask: check(ask).text,
              result: check(result).text,
            })),
          },
    used: [...used.values()],
    doubts,
  };
}

const renderedAnswer = (parts: FinalParts, check: (template: string) => Rendered): RenderedAnswer => ({
  headline: check(parts.headline).text,
  figures: parts.figures.slice(0, 3),
  assumptions: check(parts.assumptions).text,
  notes: parts.notes.map((note) => check(note).text),
  next: parts.next === null ? null : { label: check(parts.next.label).text, ask: check(parts.next.ask).text },
});
