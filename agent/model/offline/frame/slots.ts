/** Fills a tool's input from what was linked. Works from the declared slots; knows no tool by name. */
import { z } from "zod";
import type { Metric, Tool } from "../../../../tools/define.ts";
import type { Filter, Slot } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import type { Phrases } from "../languages/language.ts";
import type { Link, LinkOf } from "../link/links.ts";
import {
  comparatorAt,
  hasRole,
  leadsQuestion,
  linksOf,
  type Reading,
  tokensBetween,
} from "../link/reading.ts";
import { latenessDefinition } from "../memory/definitions.ts";
import { entryOf } from "../text/entry.ts";
import { phrases } from "../text/lexicon.ts";
import { inside, overlap, type Span, type Token } from "../text/utterance.ts";
import { says, wordings } from "../text/wording.ts";
import { called } from "./called.ts";
import { kindMeant, kindsOf } from "./change.ts";
import { connectedRead } from "./connected.ts";
import { type Field, fieldsOf, hasSlot, objectFields } from "./fields.ts";
import { type FoundFilter, filtersIn, preceded } from "./filters.ts";
import { formalRule } from "./rule-words.ts";
import { namesTwoSides, selections } from "./sides.ts";
import { stepWord } from "./step-word.ts";

/** An input in the making. */
export interface Filling {
  readonly input: Readonly<Record<string, unknown>>;
  /** Links that some field took. */
  readonly used: ReadonlySet<Link>;
  /** Required fields nothing was found for. */
  readonly missing: readonly Field[];
  /** The same input with another reading of an ambiguous word, and that word. */
  readonly variants: readonly { readonly input: Readonly<Record<string, unknown>>; readonly label: string }[];
  /** Attributes taken because of their kind rather than named. */
  readonly assumed: readonly string[];
  /** Two sides of a comparison were both named. */
  readonly contrast: boolean;
  /** An attribute was named to group by. */
  readonly grouped: boolean;
  /** A figure was asked for, and a metric found for it. */
  readonly measured: boolean;
  /** The words say when to do what. */
  readonly ruled: boolean;
  /** A whole rule was said. */
  readonly rule: boolean;
  /** The other values of a field that takes one, where several were named ("median and p95"). */
  readonly also: readonly Readonly<Record<string, unknown>>[];
}

export interface SlotContext {
  readonly reading: Reading;
  readonly briefing: Briefing;
  readonly tool: Tool;
  readonly filters: readonly FoundFilter[];
  /** Links that the filters did not take. */
  readonly free: readonly Link[];
}

export interface Filled {
  readonly value: unknown;
  readonly links: readonly Link[];
  /** Other values the same words may stand for. */
  readonly alternatives?: readonly { readonly value: unknown; readonly label: string }[];
}

type Filler = (context: SlotContext, field: Field) => Filled | null;

export function fill(tool: Tool, reading: Reading, briefing: Briefing): Filling {
  const fields = fieldsOf(tool);
  const filters =
    hasSlot(tool, "filters") || hasSlot(tool, "selection-a")
      ? filtersIn(reading, {
          vocabulary: briefing.log?.vocabulary ?? null,
          durationsElsewhere: hasSlot(tool, "threshold") || hasSlot(tool, "hours"),
          activitiesHere: !fields.some(
            ({ slot }) => slot === "activity" || slot === "activities" || slot === "change",
          ),
          pathsElsewhere: hasSlot(tool, "activities") && !hasSlot(tool, "activity"),
        })
      : [];
  const taken = new Set(filters.flatMap(({ links }) => links));
  const free = reading.links.filter((link) => !taken.has(link));
  const context = { reading, briefing, tool, filters, free };
  const input: Record<string, unknown> = {};
  const used = new Set<Link>();
  const variants: Filling["variants"][number][] = [];
  const missing: Field[] = [];
  const spoken = fields.find(({ slot }) => slot === "rule-words");
  const asRule = spoken ? fillField(context, spoken) : null;
  for (const field of fields) {
    if (asRule && field !== spoken && field.slot !== "log") continue;
    const filled = field === spoken ? asRule : fillField(without(context, field, used), field);
    if (!filled) {
      if (field.required) missing.push(field);
      continue;
    }
    input[field.name] = filled.value;
    for (const link of filled.links) used.add(link);
    for (const other of filled.alternatives ?? []) {
      variants.push({ input: { [field.name]: other.value }, label: other.label });
    }
  }
  const counted = stepsCounted(fields, input);
  for (const name of counted.instead) delete input[name];
  Object.assign(input, counted.given);
  return {
    input,
    used,
    missing,
    variants: variants.map((variant) => ({ ...variant, input: { ...input, ...variant.input } })),
    assumed: asRule ? [] : filters.flatMap(({ assumed }) => (assumed ? [assumed] : [])),
    contrast: fields.some(({ slot }) => slot === "selection-a") && namesTwoSides(context),
    grouped: fields.some(({ slot, name }) => slot === "attribute" && name in input),
    measured: asksFigure(reading) && fields.some(({ slot, name }) => slot === "metric" && name in input),
    ruled: asRule !== null && reading.concepts.has("act") && conditional(reading) && compares(reading),
    rule: asRule !== null,
    also: alsoAsked(context, fields, input),
  };
}

/** "How many orders were rejected?": finished cases are counted, of those the ones in which the step happens. */
function stepsCounted(
  fields: readonly Field[],
  input: Readonly<Record<string, unknown>>,
): { readonly given: Readonly<Record<string, unknown>>; readonly instead: readonly string[] } {
  const nameOf = (slot: Slot): string => fields.find((field) => field.slot === slot)?.name ?? "";
  const step = input[nameOf("activity")];
  const filters = nameOf("filters");
  const metric = input[nameOf("metric")];
  const timed = input[nameOf("threshold")] !== undefined;
  const counts =
    input[nameOf("statistic")] === "count" && (metric === "throughput" || (metric === undefined && !timed));
  if (!counts || typeof step !== "string" || filters === "") return { given: {}, instead: [] };
  const before = (input[filters] as readonly Filter[] | undefined) ?? [];
  const instead = [nameOf("activity"), nameOf("activities")];
  if (before.some((filter) => filter.kind === "activity" && filter.activities.includes(step)))
    return { given: {}, instead };
  return {
    given: { [filters]: [...before, { kind: "activity", activities: [step], mode: "any" }] },
    instead,
  };
}

/** An amount fills one field: where two ask for money, the first takes it. */
function without(context: SlotContext, { slot }: Field, used: ReadonlySet<Link>): SlotContext {
  const once = slot === "money" || slot === "hours" || slot === "share" || slot === "limit";
  return once ? { ...context, free: context.free.filter((link) => !used.has(link)) } : context;
}

/** Several statistics or metrics joined by "and" are asked for one after the other. */
function alsoAsked(
  context: SlotContext,
  fields: readonly Field[],
  input: Readonly<Record<string, unknown>>,
): Filling["also"] {
  const field = fields.find(({ slot, name }) => slot === "statistic" && name in input);
  if (!field) return [];
  const named = freeOf(context, "statistic").map(({ statistic }) => statistic);
  const others = [...new Set(named)].filter(
    (statistic) => statistic !== input[field.name] && field.choices.includes(statistic),
  );
  const summed = named.includes("count") || named.includes("share") || named.includes("sum");
  return summed ? [] : others.map((statistic) => ({ ...input, [field.name]: statistic }));
}

function fillField(context: SlotContext, field: Field): Filled | null {
  const filler = field.slot ? fillers[field.slot] : field.name === "deadline" ? fillDeadline : null;
  const filled = filler ? filler(context, field) : null;
  if (!filled) return chosenByWord(field) ? choose(context, field) : null;
  return field.slot === "change" || field.schema.safeParse(filled.value).success ? filled : null;
}

/** Options that are asked for by name; what has a grammar of its own is not taken from a bare word. */
const chosenByWord = ({ slot, choices }: Field): boolean =>
  choices.length > 0 && (slot === null || slot === "order" || slot === "algorithm");

const freeOf = <Kind extends Link["kind"]>(context: SlotContext, kind: Kind): LinkOf<Kind>[] =>
  context.free.filter((link): link is LinkOf<Kind> => link.kind === kind);

const things = (context: SlotContext, kind: "activity" | "attribute" | "value"): LinkOf<"thing">[] =>
  freeOf(context, "thing").filter(({ thing }) => thing.kind === kind);

/** "B after A", "B without A": the step that is named last comes first. */
function inTime(reading: Reading, found: readonly LinkOf<"thing">[]): readonly LinkOf<"thing">[] {
  const [first, second] = found;
  if (!first || !second || found.length > 2) return found;
  const { time, postpositions } = reading.language;
  const says = (tokens: readonly Token[], words: Phrases): boolean =>
    tokens.some(({ lower }) => phrases(words).includes(lower));
  if (preceded(reading, second, "exclude", 1)) return [second, first];
  const between = tokensBetween(reading, first.end, second.start);
  if (postpositions === undefined) return says(between, time.after) ? [second, first] : found;
  const beyond = reading.tokens.filter(({ start }) => start >= second.end).slice(0, 2);
  const earlier = says(between, time.before) || (says(beyond, time.after) && !says(between, time.after));
  return earlier ? [second, first] : found;
}

const fillers: Readonly<Record<Slot, Filler>> = {
  log: ({ reading, briefing }) => {
    const found = linksOf(reading, "log").find(({ id }) => id !== briefing.log?.id);
    return found ? { value: found.id, links: [found] } : null;
  },
  filters: fillFilters,
  activity: (context) => {
    const found = pickActivity(context);
    const word = stepWord(context.reading);
    if (word && (!found || (found.score < nameInFull && overlap(found, word)))) {
      const [first, ...more] = word.names;
      return {
        value: first,
        links: found ? things(context, "activity") : [],
        alternatives: more.map((name) => ({ value: name, label: name })),
      };
    }
    if (!found) return null;
    const others = found.alternatives.flatMap((thing) => (thing.kind === "activity" ? [thing.name] : []));
    return {
      value: found.thing.name,
      links: things(context, "activity"),
      alternatives: others.map((name) => ({ value: name, label: name })),
    };
  },
  activities: (context) => {
    const found = inTime(context.reading, things(context, "activity"));
    return found.length > 0 ? { value: found.map(({ thing }) => thing.name), links: found } : null;
  },
  attribute: fillAttribute,
  "second-attribute": (context) => {
    const [first, second] = things(context, "attribute");
    return first && second && joins(context.reading, first, second)
      ? { value: second.thing.name, links: [second] }
      : null;
  },
  metric: fillMetric,
  statistic: fillStatistic,
  threshold: fillThreshold,
  kpi: fillKpi,
  period: (context) => {
    const found = freeOf(context, "period")[0];
    if (found) return { value: found.period, links: [found] };
    return context.reading.concepts.has("trend") ? { value: "week", links: [] } : null;
  },
  limit: (context) => {
    const found = freeOf(context, "number").find(
      (link) => Number.isInteger(link.value) && link.value <= 1000 && !comparatorAt(context.reading, link),
    );
    return found ? { value: found.value, links: [found] } : null;
  },
  share: (context) => {
    const found = freeOf(context, "share")[0];
    return found ? { value: keptShare(context, found), links: [found] } : null;
  },
  proposal: fillProposal,
  connector: ({ reading, briefing }) => {
    const found = connectedRead(reading, briefing);
    return found ? { value: found.connector, links: [] } : null;
  },
  operation: ({ reading, briefing }) => {
    const found = connectedRead(reading, briefing);
    return found ? { value: found.operation, links: [] } : null;
  },
  "rule-words": fillRuleWords,
  document: ({ reading }) => (reading.document === null ? null : { value: reading.document, links: [] }),
  called: ({ reading, briefing }) => {
    const found = called(reading, briefing);
    return found ? { value: found.name, links: found.links } : null;
  },
  words: ({ reading }) => ({ value: reading.text, links: reading.links }),
  money: (context) => {
    const found = freeOf(context, "money")[0];
    if (found) return { value: found.amount, links: [found] };
    const bare = freeOf(context, "number").find(({ value }) => value >= 100);
    return bare ? { value: bare.value, links: [bare] } : null;
  },
  hours: (context) => {
    const found = freeOf(context, "duration")[0];
    return found ? { value: found.seconds / 3600, links: [found] } : null;
  },
  algorithm: () => null,
  noise: fillNoise,
  order: () => null,
  calendar: ({ reading }) => {
    const [hours] = linksOf(reading, "hours");
    if (hours) return { value: hours.hours, links: linksOf(reading, "hours") };
    return reading.concepts.has("calendar") && !says(reading, "calendar-time")
      ? { value: "business hours", links: [] }
      : null;
  },
  case: ({ reading }) => {
    const found = linksOf(reading, "case")[0];
    return found ? { value: found.name, links: [found] } : null;
  },
  "selection-a": (context) => selections(context)?.a ?? null,
  "selection-b": (context) => selections(context)?.b ?? null,
  change: fillChange,
};

/** Only words that join two attributes, or a comma or a sign, stand between them. */
function joins(reading: Reading, first: Span, second: Span): boolean {
  const between = reading.text.slice(first.end, second.start).trim();
  const words = tokensBetween(reading, first.end, second.start);
  if (words.length === 0) return /^[,×&/、和与]*$/u.test(between);
  const joined = wordings(reading, "also-by").filter(
    ({ start, end }) => start >= first.end && end <= second.start,
  );
  return words.every((word) => joined.some((span) => inside(word, span)));
}

/** "noise 0.2", "a noise threshold of 20 %", "20 % noise". */
function fillNoise({ reading }: SlotContext): Filled | null {
  const spoken = wordings(reading, "noise");
  const near = (link: Link): boolean =>
    spoken.some(
      ({ start, end }) =>
        (end <= link.start && tokensBetween(reading, end, link.start).length <= 2) ||
        (link.kind === "share" && link.end <= start && tokensBetween(reading, link.end, start).length === 0),
    );
  const found = reading.links.find((link) => (link.kind === "number" || link.kind === "share") && near(link));
  const value = found?.kind === "share" ? found.share : found?.kind === "number" ? found.value : 2;
  return value <= 1 ? { value, links: [] } : null;
}

/** "Only paths above 5 %" leaves out the rare 5 % and keeps the rest. */
function keptShare({ reading }: SlotContext, { share, ...span }: LinkOf<"share">): number {
  const comparator = comparatorAt(reading, span);
  const rare = share <= 0.3 && (comparator === ">" || comparator === ">=" || reading.concepts.has("noise"));
  return rare ? Math.round((1 - share) * 1e6) / 1e6 : share;
}

/** The fields of the kind that is meant are filled like a tool's own; a factor comes from "half", "twice", "20 %". */
function fillChange(context: SlotContext, { schema }: Field): Filled | null {
  const kind = kindMeant(kindsOf(schema), context.reading);
  if (!kind) return null;
  const value: Record<string, unknown> = { [kind.field]: kind.name };
  const links: Link[] = [];
  for (const field of objectFields(kind.schema)) {
    if (field.name === kind.field) continue;
    const filled = condition(context, field) ?? fillField(context, field) ?? factor(context, field);
    if (!filled) continue;
    value[field.name] = filled.value;
    links.push(...filled.links);
  }
  const complete = schema.safeParse(value).success;
  return complete || leansOnThread(context, kind.schema, value) ? { value, links } : null;
}

/** "a gdyby był dwa razy szybszy?": where the verb alone says "it", the supposition leads. */
const supposes = ({ senses }: Reading): boolean =>
  senses.some(({ meaning, from }) => from === 0 && meaning.value === "what-if");

/** Only the activity is missing, and the thread may know it ("what if we skip it"). */
const leansOnThread = (
  context: SlotContext,
  schema: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
): boolean =>
  (hasRole(context.reading, "pronoun") || supposes(context.reading)) &&
  objectFields(schema).every(({ name, required, slot }) => !required || name in value || slot === "activity");

/** What a time is multiplied with: "half as long" 0.5, "twice as fast" 0.5, "20 % faster" 0.8. */
function factor(context: SlotContext, field: Field): Filled | null {
  if (!(field.schema instanceof z.ZodNumber) || field.slot !== null) return null;
  if (field.schema.isInt) return counted(context);
  const share = freeOf(context, "share")[0];
  if (share) return { value: Math.round((1 - share.share) * 1e6) / 1e6, links: [share] };
  if (context.reading.concepts.has("automate")) return { value: 0, links: [] };
  const halved = context.reading.senses.some(
    ({ meaning }) => meaning.kind === "option" && meaning.value === "faster",
  );
  return halved ? { value: 0.5, links: [] } : null;
}

/** "two people", "one more". */
function counted({ reading }: SlotContext): Filled | null {
  const { values } = reading.language.numbers;
  const word = reading.tokens.find(
    ({ lower }) => Number.isInteger(entryOf(values, lower)) || /^\d{1,2}$/u.test(lower),
  );
  return word ? { value: entryOf(values, word.lower) ?? Number(word.lower), links: [] } : null;
}

/** Names of more than one word stand in backquotes in a condition. */
const quotedName = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_.:]*$/u.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;

/** "under 500" as a rule's condition: the change applies to these cases only. */
function condition(context: SlotContext, field: Field): Filled | null {
  if (field.name !== "when") return null;
  const compared = context.filters.filter(
    ({ filter }) => filter.kind === "attribute" && typeof filter.value === "number",
  );
  if (compared.length === 0) return null;
  const parts = compared.flatMap(({ filter }) =>
    filter.kind === "attribute"
      ? [`${quotedName(filter.attribute)} ${filter.comparator} ${String(filter.value)}`]
      : [],
  );
  return { value: parts.join(" and "), links: compared.flatMap(({ links }) => links) };
}

function fillFilters(context: SlotContext): Filled | null {
  const found = context.filters.filter((item) => !movesToChange(context, item));
  if (found.length === 0) return null;
  const list = found.map(({ filter }) => filter);
  const alternatives = found.flatMap((item, position) =>
    item.alternatives.map((other) => ({
      value: list.map((filter, index) => (index === position ? other : filter)),
      label: other.kind === "attribute" ? other.attribute : other.kind,
    })),
  );
  return { value: list, links: found.flatMap(({ links }) => links), alternatives };
}

/** A change that has a condition of its own takes comparisons of amounts. */
const movesToChange = ({ tool, reading }: SlotContext, { filter }: FoundFilter): boolean => {
  const change = fieldsOf(tool).find(({ slot }) => slot === "change");
  if (!change || filter.kind !== "attribute" || typeof filter.value !== "number") return false;
  const kind = kindMeant(kindsOf(change.schema), reading);
  return kind !== null && "when" in kind.schema.shape;
};

/** The last named ("from creation to delivery"), surest first where one is much surer. */
const nameInFull = 0.9;

function pickActivity(context: SlotContext): LinkOf<"thing"> | null {
  const found = things(context, "activity");
  const sure = found.filter(({ score }) => score > 0.9);
  const best = Math.max(...found.map(({ score }) => score));
  return sure.at(-1) ?? found.findLast(({ score }) => score > best - 0.1) ?? null;
}

/** "by region", "per team": the attribute after the word for grouping; else one that is named alone. */
function fillAttribute(context: SlotContext, field: Field): Filled | null {
  const named = things(context, "attribute");
  const grouped =
    named.find((link) => preceded(context.reading, link, "group-by", 1)) ??
    named.find((link) => asksWhich(context.reading, link.start)) ??
    (field.required ? named[0] : undefined);
  if (grouped) {
    const others = grouped.alternatives.filter(({ kind }) => kind === "attribute").map(({ name }) => name);
    return {
      value: grouped.thing.name,
      links: [grouped],
      alternatives: others.map((name) => ({ value: name, label: name })),
    };
  }
  const byStep = context.reading.senses.find(
    (sense) =>
      sense.meaning.kind === "concept" &&
      sense.meaning.value === "activity" &&
      (preceded(context.reading, sense, "group-by", 0) || asksWhich(context.reading, sense.start)),
  );
  return byStep ? { value: "activity", links: [] } : null;
}

const asksWhich = (reading: Reading, start: number): boolean =>
  wordings(reading, "which").some(({ end, to }) => end <= start && (reading.tokens[to]?.start ?? 0) >= start);

/** Longer phrases first: "waiting time" before "time". */
function fillMetric(context: SlotContext, field: Field): Filled | null {
  const found = freeOf(context, "metric")
    .filter(({ metric }) => field.choices.length === 0 || field.choices.includes(metric))
    .sort((left, right) => right.end - right.start - (left.end - left.start));
  if (found[0]) return { value: found[0].metric, links: found };
  const implied =
    (hasSlot(context.tool, "kpi") ? latenessKpi(context)?.metric : null) ?? impliedMetric(context);
  return implied && (field.choices.length === 0 || field.choices.includes(implied))
    ? { value: implied, links: [] }
    : null;
}

/** What the other words say about the metric: lateness and length are about cycle time, a step about waiting. */
function impliedMetric({ reading, free }: SlotContext): Metric | null {
  const { concepts } = reading;
  const step = free.some((link) => link.kind === "thing" && link.thing.kind === "activity");
  if (concepts.has("wait")) return "waiting_time";
  if (concepts.has("rework")) return "rework";
  if (concepts.has("failure")) return "error_rate";
  if (step && (concepts.has("slow") || concepts.has("fast") || concepts.has("duration")))
    return "waiting_time";
  if (["slow", "fast", "late", "sla", "duration"].some((concept) => concepts.has(concept as "slow")))
    return "cycle_time";
  return concepts.has("completed") || (concepts.has("count") && concepts.has("case")) ? "throughput" : null;
}

/** "count business hours only": what is counted are hours, and what of them is asked for is another figure. */
export function countsHours(reading: Reading, { end }: Span): boolean {
  const ofBusiness = reading.senses.filter(
    ({ meaning }) => meaning.kind === "concept" && meaning.value === "calendar",
  );
  return [...ofBusiness, ...linksOf(reading, "hours")].some(
    ({ start }) => start >= end && tokensBetween(reading, end, start).length <= 1,
  );
}

function fillStatistic(context: SlotContext, field: Field): Filled | null {
  const found = freeOf(context, "statistic").filter(
    ({ statistic }) => field.choices.length === 0 || field.choices.includes(statistic),
  );
  const [first] = found.filter((link) => link.statistic !== "count" || !countsHours(context.reading, link));
  if (first) return { value: first.statistic, links: found };
  return longestCase(context.reading) && field.choices.includes("max") ? { value: "max", links: [] } : null;
}

/** "how long did the slowest order take?": a figure of one case, and the longest there is. */
function longestCase({ senses, concepts }: Reading): boolean {
  if (!concepts.has("duration") || !concepts.has("case")) return false;
  const slowest = senses.filter(
    ({ meaning, from }) =>
      meaning.kind === "concept" &&
      meaning.value === "slow" &&
      senses.some((other) => other.from === from && other.meaning.value === "superlative"),
  );
  return slowest.some(({ from, to }) =>
    senses.some(
      (sense) =>
        sense.meaning.kind === "concept" &&
        sense.meaning.value === "case" &&
        (sense.from === to || sense.to === from),
    ),
  );
}

/** A duration in the text, or the limit of the KPI that lateness is measured by. */
function fillThreshold(context: SlotContext): Filled | null {
  const found = freeOf(context, "duration")[0];
  if (found) return { value: found.seconds, links: [found] };
  if (!hasSlot(context.tool, "metric")) return null;
  const defined = latenessDefinition(context.reading, context.briefing);
  if (defined !== null) return defined.seconds === undefined ? null : { value: defined.seconds, links: [] };
  const kpi = latenessKpi(context);
  if (kpi === null || kpi.limit === null) return null;
  const isSame = hasSlot(context.tool, "kpi") || (kpi.metric === impliedMetric(context) && !kpi.activity);
  return isSame ? { value: kpi.limit, links: linksOf(context.reading, "kpi") } : null;
}

/** The KPI that says what is late, by its name. */
function fillKpi(context: SlotContext): Filled | null {
  const kpi = latenessKpi(context);
  return kpi ? { value: kpi.name, links: linksOf(context.reading, "kpi") } : null;
}

/** Which KPI is meant where none is named: what a case takes in all before its parts. */
const latenessOrder: readonly string[] = ["cycle_time", "time_to", "error_rate", "waiting_time"];

/** The KPI with a limit or a deadline that lateness in the text is measured by; a log's own one before one of all. */
function latenessKpi(context: SlotContext): Briefing["kpis"][number] | null {
  const { reading, briefing } = context;
  const named = linksOf(reading, "kpi")[0]?.name;
  if (!named && !reading.concepts.has("late") && !reading.concepts.has("sla")) return null;
  if (!named && measuredAsDefined(context)) return null;
  const metric =
    freeOf(context, "metric")[0]?.metric ?? (reading.concepts.has("wait") ? "waiting_time" : null);
  const step = things(context, "activity")[0]?.thing.name;
  /** The fewer other steps, the closer; without this step far behind. */
  const distance = ({ activity }: Briefing["kpis"][number]): number => {
    const steps = [activity].flat();
    return step !== undefined && steps.includes(step) ? steps.length : 100;
  };
  const fitting = briefing.kpis.filter(
    (kpi) =>
      latenessOrder.includes(kpi.metric) &&
      (kpi.limit !== null || kpi.deadline !== null || kpi.metric === "error_rate") &&
      (named === undefined || kpi.name === named) &&
      (metric === null || named !== undefined || kpi.metric === metric) &&
      (!kpi.log || kpi.log === briefing.log?.name || kpi.log === briefing.log?.id),
  );
  const rank = (kpi: Briefing["kpis"][number]): number =>
    distance(kpi) * 100 + latenessOrder.indexOf(kpi.metric) * 10 + (kpi.log ? 0 : 1);
  return fitting.toSorted((left, right) => rank(left) - rank(right))[0] ?? null;
}

/** The time attribute that lateness is measured by, where it is named ("missed the promised date"). */
function fillDeadline(context: SlotContext): Filled | null {
  const times = new Set(
    context.briefing.log?.vocabulary.attributes.flatMap(({ kind, name }) => (kind === "time" ? [name] : [])),
  );
  const found = things(context, "attribute").find(({ thing }) => times.has(thing.name));
  const late = context.reading.concepts.has("late") || context.reading.concepts.has("sla");
  if (found && late) return { value: found.thing.name, links: [found] };
  const defined = latenessDefinition(context.reading, context.briefing)?.deadline;
  return defined !== undefined && times.has(defined) ? { value: defined, links: [] } : null;
}

/** The person said what late is, and the tool can measure by it. */
const measuredAsDefined = ({ tool, reading, briefing }: SlotContext): boolean =>
  fieldsOf(tool).some(({ name }) => name === "deadline") && latenessDefinition(reading, briefing) !== null;

/** By id, by place in the list that was shown, or the only one there is. */
function fillProposal(context: SlotContext): Filled | null {
  const { proposals } = context.briefing;
  const byId = linksOf(context.reading, "proposal")[0];
  if (byId) return { value: byId.id, links: [byId] };
  const place = linksOf(context.reading, "ordinal")[0];
  const chosen = place ? proposals.at(place.position > 0 ? place.position - 1 : place.position) : undefined;
  if (place && chosen) return { value: chosen.id, links: [place] };
  const pending = proposals.filter(({ state }) => state === "pending");
  const only = pending[0] ?? proposals[0];
  return only ? { value: only.id, links: [] } : null;
}

/** "how long …", "what share …": the answer is one figure, not a list. */
const asksFigure = (reading: Reading): boolean =>
  reading.concepts.has("duration") || linksOf(reading, "statistic").length > 0;

const conditional = ({ tokens, language }: Reading): boolean =>
  tokens.some(({ lower }) => phrases(language.conditions).includes(lower));

const compares = (reading: Reading): boolean =>
  reading.links.some(
    (link) => ["duration", "money", "number"].includes(link.kind) && comparatorAt(reading, link) !== null,
  );

/** The person's own words, when they say a condition or an action. */
function fillRuleWords(context: SlotContext): Filled | null {
  const { reading, briefing } = context;
  const formal = formalRule(reading, briefing);
  const question = reading.senses.some((sense) => leadsQuestion(sense, reading.language));
  const ofRule = reading.concepts.has("rule") || reading.concepts.has("simulate");
  const ordered = reading.concepts.has("act") || (conditional(reading) && compares(reading));
  if (formal !== null && (ofRule || (ordered && !question))) return { value: formal, links: reading.links };
  const opens = wordings(reading, "whenever")[0]?.from === 0 && reading.concepts.has("act");
  if (question && !opens) return null;
  if (!ordered) return null;
  return { value: reading.text, links: reading.links };
}

/** An enumeration without a filler of its own: the option whose words are in the text. */
function choose(context: SlotContext, field: Field): Filled | null {
  const spoken = context.reading.senses.filter(({ meaning }) => meaning.kind === "option");
  const words = new Set(context.reading.tokens.flatMap(({ lower, stem }) => [lower, stem]));
  const phrased = spoken.filter(({ from, to }) => to - from > 1);
  const found =
    field.choices.find((choice) => phrased.some(({ meaning }) => meaning.value === choice)) ??
    field.choices.find((choice) => words.has(choice)) ??
    field.choices.find((choice) => spoken.some(({ meaning }) => meaning.value === choice));
  return found === undefined ? null : { value: found, links: [] };
}
