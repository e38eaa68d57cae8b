/** What a plan says of its steps: messages in the reply's language, by code. */
import type { Message } from "../../tools/define.ts";
import { Speaker } from "../model/offline/say.ts";
import type { PlanStep, RunPlan } from "./plan.ts";

const say = (message: Message, language: string): string => new Speaker(language).say(message);

export const needsStep = (needed: PlanStep, language: string): string =>
  say({ text: "It needs the result of “{step}”.", values: { step: needed.title } }, language);

export const stoppedBy = (person: string | null, language: string): string =>
  person === null
    ? say({ text: "The plan was stopped." }, language)
    : say({ text: "The plan was stopped by {person}.", values: { person } }, language);

export const skippedAsAsked = (words: string, language: string): string =>
  say({ text: "Left out, as you said: “{words}”.", values: { words } }, language);

export const notDecidedFor = (state: string, language: string): string =>
  say({ text: "The proposal before it was not carried out ({state}).", values: { state } }, language);

export const nothingToPropose = (language: string): string =>
  say({ text: "There was nothing to propose." }, language);

export const notBegun = (language: string): string => say({ text: "It was not begun." }, language);

export const waitsForDecision = (language: string): string =>
  say({ text: "Goes on once the proposal before it is decided." }, language);

/** What follows from words that steered a plan. */
export const leftOut = (titles: readonly string[], language: string): string =>
  say(
    { text: "Left out: {titles}. The rest of the plan goes on.", values: { titles: titles.join("; ") } },
    language,
  );

export const narrowedWords = (filters: string, language: string): string =>
  say(
    { text: "The steps that are left look only at these cases: {filters}.", values: { filters } },
    language,
  );

export const stoppedWords = (language: string): string =>
  say({ text: "Stopped. Nothing more of the plan is done." }, language);

export const goesOn = (carriedOut: boolean, language: string): string =>
  carriedOut
    ? say({ text: "The proposal is carried out; the plan goes on." }, language)
    : say({ text: "The proposal is not carried out, so the rest of the plan is left out." }, language);

export type PlanLimit = "time" | "calls" | "rounds" | "steps" | "budget";

/** Why the plan ends before its end; `limit` in seconds for time. */
export function limitReached(which: PlanLimit, limit: number): Message {
  switch (which) {
    case "time":
      return {
        text: "The time limit for one plan, {limit}, is reached.",
        values: { limit: { quantity: limit, unit: "s" } },
      };
    case "calls":
      return {
        text: "The limit of {limit} for one plan is reached.",
        values: { limit: { quantity: limit, unit: "calls" } },
      };
    case "rounds":
    case "steps":
      return {
        text: "The limit of {limit} for one plan is reached.",
        values: { limit: { quantity: limit, unit: "steps" } },
      };
    case "budget":
      return { text: "The budget for one turn is used up." };
  }
}

/** The list at the end: what was done, what was not and why. Titles are quoted as they are. */
export function closingWords(plan: Pick<RunPlan, "steps" | "language">): string {
  const { steps, language } = plan;
  const done = steps.filter(({ state }) => state === "done").map(({ title }) => title);
  const left = steps.filter(({ state }) => state !== "done");
  const lines = [
    ...(done.length === 0
      ? [say({ text: "Nothing of the plan was done." }, language)]
      : [say({ text: "Done: {titles}.", values: { titles: done.join("; ") } }, language)]),
    ...(left.length === 0
      ? []
      : [say({ text: "Not done:" }, language), ...left.map((step) => lineOf(step, language))]),
  ];
  return lines.join("\n");
}

const lineOf = ({ title, note, state, onceDecided }: PlanStep, language: string): string =>
  `- ${title}: ${note ?? (state === "waiting" && onceDecided !== null ? waitsForDecision(language) : notBegun(language))}`;
