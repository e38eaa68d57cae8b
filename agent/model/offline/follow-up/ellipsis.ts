/** Which texts lean on the last question: they change something of it, or leave out what was said before. */
import { exclusionOf } from "../frame/exclusions.ts";
import { casesBefore } from "../frame/filters.ts";
import { countsHours } from "../frame/statistic-slots.ts";
import type { Concept } from "../languages/language.ts";
import { hasRole, linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { movesWindow, unitNamed } from "../moved-window.ts";
import type { PlannerState } from "../state.ts";
import { inside } from "../text/utterance.ts";
import { says, wordCount, wordings } from "../text/wording.ts";

/** Concepts that name no request of their own. */
const colourless: readonly Concept[] = [
  "case",
  "list",
  "completed",
  "money",
  "person",
  "team",
  "calendar",
  "setting",
  "activity",
  "process",
  "good",
];

/** What the text asks for of its own. */
export const requests = (reading: Reading): Concept[] => {
  const ofHours = reading.senses.some(
    (sense) => sense.meaning.value === "count" && countsHours(reading, sense),
  );
  const borne = onlyNamed(reading);
  return [...reading.concepts].filter(
    (concept) =>
      !colourless.includes(concept) &&
      !borne.has(concept) &&
      !(concept === "count" && ofHours) &&
      !isOfNames(reading, concept) &&
      !(concept === "skip" && givesUpFigure(reading)),
  );
};

/** "without the rejected ones": the name of a step decides nothing, and what is left out of cases is no step skipped. */
function isOfNames(reading: Reading, concept: Concept): boolean {
  const names = linksOf(reading, "thing").filter(({ thing }) => thing.kind !== "attribute");
  const leavesOut = names.some((name) => {
    const exclusion = exclusionOf(reading, name);
    return exclusion === "cases" || exclusion === "lacking";
  });
  const own = reading.senses.filter(({ meaning }) => meaning.kind === "concept" && meaning.value === concept);
  return own.every(
    (sense) =>
      (leavesOut && concept === "skip" && sense.from === 0) ||
      ((leavesOut || narrowsTo(reading)) && names.some((name) => inside(sense, name))),
  );
}

const narrowsTo = (reading: Reading): boolean => rolesAt(reading, "include").some(({ from }) => from === 0);

/**
 * Ideas of words that only name something where the text goes on with the last question: "and rejected ones?", "without
 * those that were declined" decide nothing, and the "better" of "better by week" is no wish for something better.
 */
function onlyNamed(reading: Reading): ReadonlySet<Concept> {
  const leads = reading.senses.filter(({ from, meaning }) => from === 0 && goesOn(meaning));
  if (leads.length === 0) return new Set();
  const names = linksOf(reading, "thing").filter(({ thing }) => thing.kind !== "attribute");
  const ofIdeas = reading.senses.flatMap((sense) =>
    sense.meaning.kind === "concept" ? [{ ...sense, concept: sense.meaning.value }] : [],
  );
  const free = ofIdeas.filter((sense) => ![...leads, ...names].some((span) => inside(sense, span)));
  const speaking = new Set(free.map(({ concept }) => concept));
  return new Set(ofIdeas.flatMap(({ concept }) => (speaking.has(concept) ? [] : [concept])));
}

/** The text goes on with the last question, and names a value or a step of the log. */
export const namesMore = (reading: Reading): boolean =>
  reading.senses.some(({ from, meaning }) => from === 0 && goesOn(meaning)) &&
  linksOf(reading, "thing").some(({ thing }) => thing.kind !== "attribute");

const goesOn = (meaning: Reading["senses"][number]["meaning"]): boolean =>
  (meaning.kind === "move" && (meaning.value === "addition" || meaning.value === "correction")) ||
  (meaning.kind === "role" && (meaning.value === "exclude" || meaning.value === "include"));

/** "不要总额，看平均": another statistic instead, and nothing to leave out. */
const givesUpFigure = (reading: Reading): boolean =>
  says(reading, "instead-of") &&
  linksOf(reading, "statistic").length > 0 &&
  linksOf(reading, "thing").every(({ thing }) => thing.kind === "attribute");

export const startsSo = (reading: Reading): boolean =>
  !supposes(reading) &&
  reading.senses.some(
    ({ meaning, from }) =>
      meaning.kind === "move" &&
      from === 0 &&
      (meaning.value === "addition" || meaning.value === "correction"),
  );

/** "et si on sautait …": begins with "and", and supposes something. */
const supposes = (reading: Reading): boolean =>
  reading.senses.some(
    ({ meaning, from }) => meaning.kind === "concept" && meaning.value === "what-if" && from === 0,
  );

/** The text changes something about the last call rather than asking for something new. */
export function isEllipsis(reading: Reading, state: PlannerState): boolean {
  if (state.frames.length === 0 || asksElsewhere(reading, state)) return false;
  const words = wordCount(reading);
  if (movesWindow(reading) && words <= 5) return true;
  if (words <= 4 && unitNamed(reading) !== null && "period" in state.frames[0]!.input && !asksOwn(reading))
    return true;
  if (leavesCasesOut(reading) && words <= 9) return true;
  const own = requests(reading).filter((concept) => concept !== "duration" && concept !== "trend").length;
  const metrics = linksOf(reading, "metric").length;
  if (own + metrics === 0) return words <= 12;
  if (countsIn(reading) && metrics === 0 && words <= 9) return true;
  return startsSo(reading) && words <= 9 && own <= 1 && metrics <= 1;
}

/** "and what has Maya done in the ledger?", after a figure: it is asked of something that no cases have. */
const asksElsewhere = ({ concepts }: Reading, { frames }: PlannerState): boolean =>
  "filters" in frames[0]!.input &&
  ofNoCases.some((concept) => concepts.has(concept)) &&
  !ofNoCases.some((concept) => frames[0]!.tool.includes(concept));

const ofNoCases: readonly Concept[] = ["ledger", "health", "evaluate", "memory", "credential"];

/** "contando solo l'orario d'ufficio", "in business hours only": how the same is to be counted. */
const countsIn = (reading: Reading): boolean =>
  reading.concepts.has("calendar") &&
  linksOf(reading, "thing").length === 0 &&
  !hasRole(reading, "question") &&
  requests(reading).every((concept) => ["count", "calendar", "duration", "work"].includes(concept));

/** What "by quarter" is not: a length of time, a metric, a trouble. */
const asksOwn = (reading: Reading): boolean =>
  linksOf(reading, "metric").length + linksOf(reading, "duration").length > 0 ||
  requests(reading).some((concept) => !ofTables.includes(concept));

const ofTables: readonly Concept[] = ["draft", "trend", "list", "duration", "optimise"];

/** "togli quelle annullate", "drop the rejected orders": which cases are left out, and no step that is supposed away. */
const leavesCasesOut = (reading: Reading): boolean =>
  !supposes(reading) &&
  linksOf(reading, "thing").some(
    (link) =>
      link.thing.kind !== "attribute" &&
      exclusionOf(reading, link) === "cases" &&
      (casesBefore(reading, link) ||
        wordings(reading, "those").some(
          ({ end }) => end <= link.start && tokensBetween(reading, end, link.start).length <= 4,
        )),
  );

/** The text leans on what was said before, though it asks for something of its own. */
export function isDependent(reading: Reading, state: PlannerState): boolean {
  if (state.frames.length === 0) return false;
  const short = wordCount(reading) <= 4;
  const scoped = linksOf(reading, "window").length > 0;
  return short || startsSo(reading) || whyOfThat(reading) || (hasRole(reading, "pronoun") && !scoped);
}

/** "pourquoi c'est si long ?": why, and no word says of what. */
const whyOfThat = (reading: Reading): boolean =>
  reading.senses.some(
    ({ meaning, from }) => from <= 1 && meaning.kind === "move" && meaning.value === "why",
  ) &&
  !reading.links.some(({ kind }) => ["thing", "window", "log", "kpi"].includes(kind)) &&
  !(["case", "process", "activity", "log", "team", "person"] as const).some((each) =>
    reading.concepts.has(each),
  ) &&
  wordCount(reading) <= mostOfWhy;

const mostOfWhy = 8;
