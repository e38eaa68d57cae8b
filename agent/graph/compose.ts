/** A reply put together by code from what the tools found: for when a model's own words cannot be used. */
import type { Answer, Message } from "../../tools/define.ts";
import { formatQuantity } from "../evidence/format.ts";
import type { FinalParts, ToolOutcome } from "../model/provider.ts";
import type { Remark } from "./state.ts";

/** Text with `{{factId}}` holes, and its parts. */
export interface Draft {
  readonly text: string;
  readonly parts: FinalParts | null;
}

const remarks: Readonly<Record<Remark, string>> = {
  limit: "This needed more steps than one turn may use.",
  time: "The time for one turn is used up.",
  budget: "The budget for one turn is used up.",
  "day-budget": "The day's budget for the language model is used up.",
  refused: "The model declined to answer this.",
  truncated: "The model's answer was cut off and is not shown.",
  unverified: "A reply was held back because its figures could not be verified.",
  unavailable: "The model could not be reached.",
  "bad-plan": "No valid plan came out of this question.",
};

export const emptyParts: FinalParts = {
  language: "en",
  headline: "",
  figures: [],
  assumptions: "",
  notes: [],
  next: null,
  clarification: null,
  state: {},
  supersedes: [],
  quoted: [],
};

interface Told {
  readonly text: string;
  /** Settings that stand in the text. */
  readonly quoted: readonly string[];
}

/** A message's English text: facts as holes, data as it is, settings in their unit. */
function tell(message: Message): Told {
  const quoted: string[] = [...(message.text.match(/\d[\d.,]*/g) ?? [])];
  const text = message.text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = message.values?.[name];
    if (value === undefined) return whole;
    if (typeof value === "string") return value;
    if (!("quantity" in value)) return `{{${value.id}}}`;
    const setting = formatQuantity(value.quantity, value.unit, "en");
    quoted.push(setting);
    return setting;
  });
  return { text, quoted };
}

const asked = (answer: Answer): FinalParts["next"] =>
  answer.next === undefined ? null : { label: tell(answer.next.label).text, ask: answer.next.ask };

function figureLines(answer: Answer): string[] {
  const inHeadline = Object.values(answer.headline.values ?? {});
  return answer.figures
    .filter((fact) => !inHeadline.includes(fact))
    .slice(0, 3)
    .map((fact) => `${fact.label}: {{${fact.id}}}`);
}

function tellAnswer(answer: Answer): { lines: string[]; quoted: string[] } {
  const messages = [answer.headline, ...(answer.notes ?? []), ...answer.assumptions].map(tell);
  const notes = (answer.notes ?? []).map((note) => tell(note).text);
  const assumptions = answer.assumptions.map((assumption) => tell(assumption).text).join("; ");
  const lines = [tell(answer.headline).text, ...figureLines(answer), ...notes, assumptions];
  return { lines: lines.filter((line) => line !== ""), quoted: messages.flatMap(({ quoted }) => quoted) };
}

function tellOutcome(outcome: ToolOutcome): { lines: string[]; quoted: string[] } {
  if (outcome.kind === "result") return tellAnswer(outcome.result.answer);
  if (outcome.kind === "problem") return { lines: [outcome.detail], quoted: [] };
  const { summary, id } = outcome.proposal;
  return { lines: [`Proposed as ${id}: ${summary}`, "Nothing is done until it is approved."], quoted: [] };
}

/** The remark's sentence and what was found; in English, for tools speak it. */
export function compose(outcomes: readonly ToolOutcome[], remark: Remark): Draft {
  const told = outcomes.map(tellOutcome);
  const answers = outcomes.flatMap((outcome) => (outcome.kind === "result" ? [outcome.result.answer] : []));
  const last = answers.at(-1);
  const found = told.map(({ lines }) => lines.join("\n"));
  const next = last === undefined ? null : asked(last);
  const lines = [...found, ...(found.length === 0 ? ["Nothing was found."] : []), remarks[remark]];
  return {
    text: lines.join("\n\n"),
    parts: {
      ...emptyParts,
      headline: last === undefined ? remarks[remark] : tell(last.headline).text,
      figures: (last?.figures ?? []).slice(0, 3).map(({ id }) => id),
      assumptions: last === undefined ? "" : last.assumptions.map((line) => tell(line).text).join("; "),
      notes: [remarks[remark]],
      next,
      quoted: told.flatMap(({ quoted }) => quoted),
    },
  };
}

/** When not even the tools' own words pass: nothing with a figure in it. */
export const lastResort: Draft = {
  text: `${remarks.unverified} The data may have changed while it was read; ask again.`,
  parts: { ...emptyParts, headline: remarks.unverified },
};
