/**
 * What a message means that is sent while a plan runs: stop it, leave steps out, look at fewer cases. Anything else is a
 * question of its own, which waits for its turn. Deterministic, whichever model makes the plan.
 */
import { hasEnded, type PlanStep, type RunPlan } from "../../plans/plan.ts";
import type { Steering } from "../../plans/steering.ts";
import type { Briefing } from "../provider.ts";
import { stageOf } from "./clauses.ts";
import { filtersIn } from "./frame/filters.ts";
import type { Concept } from "./languages/language.ts";
import { read } from "./link/read.ts";
import { hasRole, linksOf, type Reading, rolesAt } from "./link/reading.ts";
import { detectLanguage } from "./text/detect.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { wordCount } from "./text/wording.ts";

type Situation = Pick<Briefing, "now" | "zone" | "log" | "logs" | "proposals" | "kpis">;

/** Longer messages are questions. */
const mostWords = 8;

/** @param passOn the planner is a language model: words that leave something out reach it though no step is known yet */
export function readSteering(
  text: string,
  plan: RunPlan,
  situation: Situation,
  passOn: boolean,
): Steering | null {
  const language = detectLanguage(text, plan.language, situation.log);
  const reading = read(text, language, { ...situation, proposals: [], kpis: [] });
  if (wordCount(reading) > mostWords || asksSomething(reading)) return null;
  if (stops(reading)) return { kind: "stop" };
  const steps = leaves(reading) ? stepsMeant(reading, plan) : [];
  if (steps.length > 0 || (passOn && !plan.declared && leaves(reading)))
    return { kind: "skip", words: text, steps };
  if (plan.steps.every(hasEnded) && !passOn) return null;
  const filters = leaves(reading) && reading.concepts.has("skip") ? [] : filtersOf(reading, situation);
  return filters.length > 0 ? { kind: "narrow", words: text, filters } : null;
}

const asksSomething = (reading: Reading): boolean =>
  /[?？]\s*$/u.test(reading.text) || rolesAt(reading, "question").some(({ from }) => from === 0);

/** "stop", "please stop the plan", "never mind": nothing but that. */
function stops(reading: Reading): boolean {
  const isStop =
    reading.concepts.has("stop") || reading.concepts.has("cancel") || reading.moves.has("withdraw");
  if (!isStop || reading.links.some(({ kind }) => kind === "thing" || kind === "window")) return false;
  if (reading.tokens.length === 1) return true;
  if ([...reading.concepts].some((concept) => !ofStopping.includes(concept))) return false;
  return unexplained(reading, ofStopping, ["withdraw", "assent", "thanks", "addition", "go-ahead"]) <= 1;
}

/** Beside them one word may say what is to stop ("the plan"). */
const ofStopping: readonly Concept[] = ["stop", "cancel", "skip", "act", "process"];

/** Words outside of some concepts and moves, function words aside. */
function unexplained(reading: Reading, concepts: readonly Concept[], moves: readonly string[]): number {
  const { functionStems } = lexiconOf(reading.language);
  const own = reading.senses.filter(
    ({ meaning }) =>
      meaning.kind === "role" ||
      (meaning.kind === "concept" && concepts.includes(meaning.value)) ||
      (meaning.kind === "move" && moves.includes(meaning.value)),
  );
  return reading.tokens.filter(
    (token, at) => !functionStems.has(token.stem) && !own.some(({ from, to }) => from <= at && at < to),
  ).length;
}

/** It says that something is to be left out. */
const leaves = (reading: Reading): boolean =>
  reading.concepts.has("skip") ||
  reading.concepts.has("stop") ||
  reading.moves.has("withdraw") ||
  reading.senses.some(({ meaning }) => meaning.kind === "option" && meaning.value === "skip") ||
  hasRole(reading, "exclude");

/** Concepts that many steps share, or that only say what is done with a step. */
const colourless: ReadonlySet<Concept> = new Set<Concept>([
  "skip",
  "stop",
  "cancel",
  "case",
  "process",
  "list",
  "activity",
  "act",
  "log",
  "completed",
]);

/** The waiting steps that the words name: by their place, or by what they are about. */
function stepsMeant(reading: Reading, plan: RunPlan): string[] {
  const place = linksOf(reading, "ordinal")[0]?.position;
  const waiting = plan.steps.filter(({ state }) => state === "waiting");
  if (place !== undefined) {
    const meant = plan.steps.at(place > 0 ? place - 1 : place);
    return meant && waiting.includes(meant) ? [meant.id] : [];
  }
  const likeness = waiting.map((step) => ({ step, shared: alike(reading, step, plan.language) }));
  const best = Math.max(0, ...likeness.map(({ shared }) => shared));
  return best === 0 ? [] : likeness.filter(({ shared }) => shared === best).map(({ step }) => step.id);
}

/** How many ideas the words share with a step; its stage counts for most. */
function alike(reading: Reading, step: PlanStep, code: string): number {
  const own = read(step.title, detectLanguage(step.title, code), {
    now: new Date(0),
    zone: "UTC",
    log: null,
    logs: [],
    proposals: [],
    kpis: [],
  });
  const wanted = new Set([...reading.concepts].filter((concept) => !colourless.has(concept)));
  const shared = [...own.concepts].filter((concept) => wanted.has(concept)).length;
  const sameStage = stageOf(own) !== null && stageOf(own) === stageNamed(reading) ? 2 : 0;
  const family = [...wanted].some((concept) => step.tool?.includes(concept) === true) ? 1 : 0;
  return shared + sameStage + family;
}

/** The stage that the words are about: "skip the simulation", "don't propose it". */
function stageNamed(reading: Reading): ReturnType<typeof stageOf> {
  const { concepts, moves } = reading;
  if (concepts.has("simulate")) return "simulate";
  if (concepts.has("draft") && !moves.has("go-ahead")) return "draft";
  if (concepts.has("publish") || concepts.has("proposal") || moves.has("go-ahead")) return "propose";
  if (concepts.has("cause") || moves.has("why")) return "why";
  return concepts.has("bottleneck") || concepts.has("wait") ? "where" : null;
}

/** "only Germany", "just last month": cases, and no request besides. */
function filtersOf(reading: Reading, { log }: Situation): readonly unknown[] {
  const own = [...reading.concepts].filter((concept) => !colourless.has(concept));
  const requests = rolesAt(reading, "request").length;
  if (own.length > 0 || requests > 0 || linksOf(reading, "metric").length > 0) return [];
  const options = {
    casesHere: true,
    vocabulary: log?.vocabulary ?? null,
    durationsElsewhere: false,
    activitiesHere: true,
    openHere: false,
    pathsElsewhere: false,
    changesElsewhere: false,
    moneyElsewhere: false,
  };
  return filtersIn(reading, options).map(({ filter }) => filter);
}
