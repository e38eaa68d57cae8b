/** Follow-ups: what a short text leaves out comes from the thread's last call. */
import type { Tool } from "../../../tools/define.ts";
import type { Filter } from "../../../tools/inputs.ts";
import type { Briefing } from "../provider.ts";
import { conditionOf } from "./frame/change-slots.ts";
import { exclusionOf } from "./frame/exclusions.ts";
import { fieldsOf } from "./frame/fields.ts";
import { casesBefore } from "./frame/filters.ts";
import { countsHours } from "./frame/measure-slots.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import { type Filling, fill } from "./frame/slots.ts";
import type { Concept, TimeUnit } from "./languages/language.ts";
import type { Link } from "./link/links.ts";
import { hasRole, linksOf, type Reading, rolesAt, tokensBetween } from "./link/reading.ts";
import { wordsBeside } from "./link/words-beside.ts";
import { movedWindow, movesWindow, unitNamed } from "./moved-window.ts";
import type { PlannerState } from "./state.ts";
import { lexiconOf, stems } from "./text/lexicon.ts";
import { stem } from "./text/stem.ts";
import { inside, overlap, type Span } from "./text/utterance.ts";
import { says, wordCount, wordings } from "./text/wording.ts";

export type Input = Readonly<Record<string, unknown>>;

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

const startsSo = (reading: Reading): boolean =>
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
  if (state.frames.length === 0) return false;
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

/** The last call with what the text says changed; null when the text fits none of its fields. */
export function amend(reading: Reading, briefing: Briefing, state: PlannerState): Ranked | null {
  const last = state.frames[0]!;
  const tool = briefing.tools.find(({ name }) => name === last.tool);
  if (!tool) return null;
  const figure = anotherFigure(reading, tool, last.input);
  if (figure) return figure;
  const filling = fill(tool, reading, briefing);
  const when = otherCondition(tool, last.input, filling);
  if (when) return { ...ranked(reading, tool, filling, when), likelihood: plainly };
  const moved = movedWindow(reading, filtersOf(last.input), briefing.zone);
  if (moved) return ranked(reading, tool, filling, amended(tool, last.input, { filters: [moved] }));
  const bySlot = new Map(fieldsOf(tool).map(({ name, slot }) => [name, slot]));
  const worded = (name: string): boolean => ["calendar", "order", "change"].includes(bySlot.get(name) ?? "");
  const given = [
    ...Object.entries(filling.input).filter(
      ([name]) => worded(name) || (filling.used.size > 0 && explained(filling, name)),
    ),
    ...otherPeriod(tool, reading, last.input),
    ...aroundTheClock(tool, reading),
  ];
  if (given.length > 0 && placed(reading, filling)) {
    const found = ranked(reading, tool, filling, amended(tool, last.input, Object.fromEntries(given)));
    return isAllTaken(reading, filling) ? { ...found, likelihood: plainly } : found;
  }
  return elsewhere(reading, briefing, last.input);
}

/** "and under 500?", after a change to cases under 300: the change applies to those. */
function otherCondition(tool: Tool, last: Input, { input, used }: Filling): Input | null {
  const field = fieldsOf(tool).find(({ slot }) => slot === "change");
  const change = field && (last[field.name] as Readonly<Record<string, unknown>> | undefined);
  const filters = filtersOf(input);
  const when = conditionOf(filters);
  const others = Object.keys(input).some((name) => name !== "filters" && last[name] === undefined);
  if (!field || change?.["when"] === undefined || others || used.size === 0) return null;
  return filters.length > 0 && when !== null ? { ...last, [field.name]: { ...change, when } } : null;
}

/** "calendar days": whatever hours were counted in, they no longer are. */
const aroundTheClock = (tool: Tool, reading: Reading): [string, undefined][] =>
  reading.concepts.has("calendar") && says(reading, "calendar-time")
    ? fieldsOf(tool).flatMap(({ name, slot }): [string, undefined][] =>
        slot === "calendar" ? [[name, undefined]] : [],
      )
    : [];

/** From long to short, in seconds. */
const units = [604_800, 86_400, 3_600, 60, 1] as const;

/** The unit that a length of time was most likely said in: 7.5 days, 36 hours. */
const unitOf = (seconds: number): number =>
  units.find((unit) => seconds >= unit && Number.isInteger((seconds / unit) * 2)) ?? 1;

const comparesAmounts = (last: Input): boolean =>
  filtersOf(last).some((filter) => filter.kind === "attribute" && typeof filter.value === "number");

/** "and two?", "and 80?", "and more than 10?": only a number, which takes the place of the share or of the count that was spoken of. */
function anotherFigure(reading: Reading, tool: Tool, last: Input): Ranked | null {
  const [number, ...more] = linksOf(reading, "number");
  const figure = number?.value ?? numberWord(reading);
  if (figure === null || more.length > 0 || figure <= 0 || wordsBeside(reading, ["addition"]) > 1)
    return null;
  const others = reading.links.some(({ kind }) => kind !== "number" && kind !== "comparator");
  if (others || requests(reading).length > 0) return null;
  for (const { name, slot } of fieldsOf(tool)) {
    const before = last[name];
    if (slot === "share" && typeof before === "number") {
      const share = figure > 1 ? figure / 100 : figure;
      return share > 1 ? null : ranked(reading, tool, filledBy(number), { ...last, [name]: share });
    }
    if (slot === "threshold" && typeof before === "number" && !comparesAmounts(last))
      return ranked(reading, tool, filledBy(number), { ...last, [name]: figure * unitOf(before) });
    const change = before as Readonly<Record<string, unknown>> | undefined;
    if (slot === "change" && typeof change?.["count"] === "number" && Number.isInteger(figure))
      return ranked(reading, tool, filledBy(number), { ...last, [name]: { ...change, count: figure } });
  }
  return null;
}

/** "two": the only word for a number in the text; null where there is none or several. */
function numberWord({ tokens, language }: Reading): number | null {
  const said = tokens.filter(({ lower }) => Object.hasOwn(language.numbers.values, lower));
  return said.length === 1 ? language.numbers.values[said[0]!.lower]! : null;
}

const filledBy = (link: Link | undefined): Filling => ({
  input: {},
  used: new Set(link ? [link] : []),
  missing: [],
  variants: [],
  assumed: [],
  contrast: false,
  grouped: false,
  measured: false,
  paired: false,
  ruled: false,
  rule: false,
  also: [],
});

/** "months will do", after figures by week. */
function otherPeriod(tool: Tool, reading: Reading, last: Input): [string, TimeUnit][] {
  const field = fieldsOf(tool).find(({ slot, name }) => slot === "period" && name in last);
  const unit = unitNamed(reading);
  const said = linksOf(reading, "window").length > 0 || linksOf(reading, "period").length > 0;
  return field && unit !== null && !said ? [[field.name, unit]] : [];
}

/** "slowest first", after a list: the same list in that order. */
export function reorder(reading: Reading, briefing: Briefing, state: PlannerState): Ranked | null {
  const last = state.frames[0];
  const tool = briefing.tools.find(({ name }) => name === last?.tool);
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "order");
  if (!last || !field || wordCount(reading) > mostInOrder || linksOf(reading, "thing").length > 0)
    return null;
  const filling = fill(tool, reading, briefing);
  const order = filling.input[field.name];
  if (order === undefined || order === last.input[field.name]) return null;
  return ranked(reading, tool, filling, { ...last.input, [field.name]: order });
}

/** Longer texts ask for something of their own. */
const mostInOrder = 3;

/** What was added to the last question: the same tool with all that was said for it before. */
export const added = (reading: Reading, tool: Tool, input: Input, { frames }: PlannerState): Input =>
  frames[0]?.tool === tool.name && startsSo(reading) ? amended(tool, frames[0].input, input) : input;

const explained = (filling: Filling, name: string): boolean => filling.input[name] !== undefined;

/** Nothing else can be meant. */
const plainly = 0.99;

/** "and in Germany?", "per month": every word found its place in the last question, or only leads to one that did. */
function isAllTaken(reading: Reading, filling: Filling): boolean {
  const { used } = filling;
  const { functionStems } = lexiconOf(reading.language);
  const nouns = [...used].flatMap((link) =>
    link.kind === "thing" && link.thing.kind === "value"
      ? stems(link.thing.attribute.replace(/[^\p{L}\p{N}]+/gu, " "), reading.language)
      : [],
  );
  const leading = reading.senses.filter(
    ({ meaning }) =>
      meaning.kind === "role" ||
      (meaning.kind === "move" && meaning.value === "addition") ||
      (meaning.kind === "concept" && (meaning.value === "case" || meaning.value === "calendar")),
  );
  return reading.tokens.every(
    (token) =>
      functionStems.has(token.stem) ||
      nouns.includes(token.stem) ||
      nouns.includes(stem(token.stem, reading.language)) ||
      reading.links.some((link) => isNounOf(link, filling) && overlap(link, token)) ||
      [...used, ...leading].some((span) => overlap(span, token)) ||
      reading.links.some(({ kind, start, end }) => kind === "comparator" && overlap({ start, end }, token)),
  );
}

/** The log's names, windows and periods in the text all found a field. */
const placed = (reading: Reading, filling: Filling): boolean =>
  reading.links
    .filter(({ kind }) => ["thing", "window", "period", "duration", "share"].includes(kind))
    .filter((link) => !isRate(link, reading, filling) && !isNounOf(link, filling))
    .filter((link) => !isNounOfValue(link, reading))
    .every((link) =>
      [...filling.used].some((used) => used === link || (used.start < link.end && link.start < used.end)),
    );

/** "Enterprise customers", where a column is called "customer": the noun of the value beside it, and nothing to group by. */
const isNounOfValue = (link: Link, reading: Reading): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "attribute" &&
  !hasRole(reading, "group-by") &&
  linksOf(reading, "thing").some(
    (other) =>
      other.thing.kind === "value" &&
      tokensBetween(reading, Math.min(other.end, link.end), Math.max(other.start, link.start)).length <= 1,
  );

/** "low priority": the attribute of a value that is said, and nothing besides. */
const isNounOf = (link: Link, { used }: Filling): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "attribute" &&
  [...used].some(
    (value) =>
      value.kind === "thing" && value.thing.kind === "value" && value.thing.attribute === link.thing.name,
  );

/** "15,000 a week", "a weekly budget of 15,000": how the amount is meant, and nothing to group by. */
const isRate = (link: Link, reading: Reading, { used }: Filling): boolean =>
  link.kind === "period" &&
  [...used].some(
    (amount) =>
      (amount.kind === "money" || amount.kind === "number" || amount.kind === "duration") &&
      tokensBetween(reading, Math.min(link.end, amount.end), Math.max(link.start, amount.start)).length <= 2,
  );

/** Every word is one of grammar, or belongs to what changes: then it is read for sure. */
function isPlain(reading: Reading, filling: Filling): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const leading = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "role" && meaning.value !== "exclude") ||
      (meaning.kind === "move" && (meaning.value === "addition" || meaning.value === "correction")) ||
      (meaning.kind === "concept" && (meaning.value === "case" || meaning.value === "list")),
  );
  const isUsed = (token: Span): boolean => [...filling.used].some((link) => overlap(link, token));
  const unread = reading.tokens.filter(
    (token) =>
      !functionStems.has(token.stem) && !leading.some((sense) => inside(token, sense)) && !isUsed(token),
  );
  return unread.length === 0 || (unread.length === 1 && isNoun(unread[0]!, reading));
}

/** "Enterprise customers": no idea of its own, right behind a value. */
const isNoun = (token: Span, reading: Reading): boolean =>
  !reading.senses.some(({ meaning, ...span }) => meaning.kind !== "role" && overlap(span, token)) &&
  linksOf(reading, "thing").some(
    ({ thing, end }) => thing.kind === "value" && token.start >= end && token.start - end <= 1,
  );

/** How likely a follow-up is that is not read for sure. */
const likely = 0.9;

const ranked = (reading: Reading, tool: Tool, filling: Filling, input: Input): Ranked => ({
  tool,
  filling: {
    ...filling,
    input,
    missing: [],
    variants: filling.variants.map((variant) => ({ ...variant, input: { ...input, ...variant.input } })),
  },
  coverage: 1,
  likelihood: isPlain(reading, filling) ? plainly : likely,
});

/** A tool of the same kind of question that has room for what the last one had no field for. */
function elsewhere(reading: Reading, briefing: Briefing, last: Input): Ranked | null {
  const found = rank(reading, briefing).find(
    ({ filling, tool }) => filling.used.size > 0 && placed(reading, filling) && tool.risk === "read",
  );
  return found
    ? {
        ...found,
        filling: {
          ...found.filling,
          input: carry(found.tool, found.filling.input, last),
          missing: stillMissing(found, last),
        },
      }
    : null;
}

const stillMissing = (found: Ranked, last: Input): Filling["missing"] =>
  found.filling.missing.filter((field) => !(field.name in carry(found.tool, found.filling.input, last)));

/** Filters are merged, everything else is replaced. */
function amended(tool: Tool, last: Input, given: Input): Input {
  const next: Record<string, unknown> = { ...last };
  for (const field of fieldsOf(tool)) {
    if (!(field.name in given)) continue;
    next[field.name] =
      field.slot === "filters"
        ? mergeFilters(filtersOf(last), given[field.name] as Filter[])
        : field.slot === "change"
          ? ofSameStep(last[field.name], given[field.name])
          : given[field.name];
  }
  const kept = withoutMeasure(tool, next, given);
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

/** "and with two people more?", after a change of a step: of that step, where none is named. */
function ofSameStep(last: unknown, given: unknown): unknown {
  const step = stepOfChange(last);
  return typeof given !== "object" || given === null || "activity" in given || step === undefined
    ? given
    : { ...given, activity: step };
}

const stepOfChange = (change: unknown): unknown =>
  (change as Readonly<Record<string, unknown>> | null | undefined)?.["activity"];

/** "and the cycle time?", after a sum of amounts: another metric takes the attribute's place. */
function withoutMeasure(tool: Tool, next: Input, given: Input): Input {
  const nameOf = (slot: string) => fieldsOf(tool).find((field) => field.slot === slot)?.name ?? "";
  const metric = given[nameOf("metric")];
  if (metric === undefined || metric === "attribute") return next;
  const { [nameOf("measure")]: _measure, ...rest } = next;
  return rest;
}

const subject = (filter: Filter): string => {
  if (filter.kind === "attribute") return `attribute ${filter.attribute}`;
  if (filter.kind === "follows") return `follows ${filter.from} ${filter.to}`;
  if (filter.kind === "endpoint") return `endpoint ${filter.at}`;
  return filter.kind === "activity" ? `activity ${filter.activities.join(" ")}` : filter.kind;
};

/** A new filter takes the place of one about the same thing. */
export function mergeFilters(before: readonly Filter[], given: readonly Filter[]): Filter[] {
  const replaced = new Set(given.map(subject));
  return [...before.filter((filter) => !replaced.has(subject(filter))), ...given];
}

/** Whether two sets of filters say the same, in the same order. */
export const sameFilters = (one: readonly Filter[], other: readonly Filter[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The filters of a call, whichever way it holds them. */
export function filtersOf(input: Input): readonly Filter[] {
  const own = input["filters"] ?? (input["a"] as { filters?: unknown } | undefined)?.filters;
  return Array.isArray(own) ? (own as Filter[]) : [];
}

/** "what if we skip it": the activity of the last call or of its change, or the first that its result listed. */
export function completeChange(tool: Tool, input: Input, state: PlannerState): Input | null {
  const field = fieldsOf(tool).find(({ slot }) => slot === "change");
  const change = field && (input[field.name] as Record<string, unknown> | undefined);
  if (!field || !change || "activity" in change) return input;
  const last = state.frames[0]?.input;
  const activity =
    stepOfChange(last?.[field.name]) ??
    last?.["activity"] ??
    state.shown.find(({ kind }) => kind === "activity")?.name;
  return activity === undefined ? null : { ...input, [field.name]: { ...change, activity } };
}

/** Fields that a new question keeps from the last one when it leans on it. */
const kept = new Set(["filters", "activity", "metric", "proposal", "calendar", "rule-words"]);

export function carry(tool: Tool, input: Input, last: Input): Input {
  const next: Record<string, unknown> = { ...input };
  for (const { name, slot, schema } of fieldsOf(tool)) {
    if (!slot || !kept.has(slot)) continue;
    if (slot === "filters") {
      const merged = mergeFilters(filtersOf(last), filtersOf(input));
      if (merged.length > 0) next[name] = merged;
    } else if (!(name in next) && last[name] !== undefined && schema.safeParse(last[name]).success) {
      next[name] = last[name];
    }
  }
  return next;
}

/** A call for another log: without the steps and attributes that this one does not have. */
export function knownHere(tool: Tool, input: Input, { log }: Briefing): Input {
  const activities = new Set(log?.vocabulary.activities.map(({ name }) => name));
  const attributes = new Set(log?.vocabulary.attributes.map(({ name }) => name));
  const known = (filter: Filter): boolean => {
    if (filter.kind === "attribute") return attributes.has(filter.attribute);
    if (filter.kind === "activity" || filter.kind === "endpoint")
      return filter.activities.every((name) => activities.has(name));
    if (filter.kind === "follows") return activities.has(filter.from) && activities.has(filter.to);
    if (filter.kind === "waiting") return filter.activity === undefined || activities.has(filter.activity);
    return filter.kind !== "variant";
  };
  const next: Record<string, unknown> = { ...input };
  for (const { name, slot } of fieldsOf(tool)) {
    const value = next[name];
    if (slot === "filters") next[name] = filtersOf(input).filter(known);
    if (slot === "activity" && typeof value === "string" && !activities.has(value)) delete next[name];
    if (slot === "attribute" && typeof value === "string" && value !== "activity" && !attributes.has(value))
      delete next[name];
    if (slot === "measure" && typeof value === "string" && !attributes.has(value)) {
      delete next[name];
      if (next["metric"] === "attribute") delete next["metric"];
    }
  }
  return next;
}
