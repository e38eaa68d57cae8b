/** Fills a tool's input from what was linked. Works from the declared slots; knows no tool by name. */
import type { Metric, Tool } from "../../../../tools/define.ts";
import type { Filter, Slot } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { comparatorAt, hasRole, linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { previousWindow } from "../link/windows.ts";
import { type Field, fieldsOf, hasSlot } from "./fields.ts";
import { type FoundFilter, filtersIn, preceded, valueFilter, windowFilter } from "./filters.ts";

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

interface Filled {
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
        })
      : [];
  const taken = new Set(filters.flatMap(({ links }) => links));
  const free = reading.links.filter((link) => !taken.has(link));
  const context = { reading, briefing, tool, filters, free };
  const input: Record<string, unknown> = {};
  const used = new Set<Link>();
  const variants: Filling["variants"][number][] = [];
  const missing: Field[] = [];
  for (const field of fields) {
    const filled = fillField(context, field);
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
  return {
    input,
    used,
    missing,
    variants: variants.map((variant) => ({ ...variant, input: { ...input, ...variant.input } })),
    assumed: filters.flatMap(({ assumed }) => (assumed && "filters" in input ? [assumed] : [])),
    contrast: fields.some(({ slot }) => slot === "selection-a") && namesTwoSides(context),
    grouped: fields.some(({ slot, name }) => slot === "attribute" && name in input),
    also: alsoAsked(context, fields, input),
  };
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

const namesTwoSides = (context: SlotContext): boolean =>
  (comparing(context.reading) || hasRole(context.reading, "question")) &&
  (twoWindows(context) ?? twoValues(context)) !== null;

function fillField(context: SlotContext, field: Field): Filled | null {
  const filler = field.slot ? fillers[field.slot] : null;
  const filled = filler ? filler(context, field) : null;
  if (!filled) return chosenByWord(field) ? choose(context, field) : null;
  return field.schema.safeParse(filled.value).success ? filled : null;
}

/** Options that are asked for by name; what has a grammar of its own is not taken from a bare word. */
const chosenByWord = ({ slot, choices }: Field): boolean =>
  choices.length > 0 && (slot === null || slot === "order" || slot === "algorithm");

const freeOf = <Kind extends Link["kind"]>(context: SlotContext, kind: Kind): LinkOf<Kind>[] =>
  context.free.filter((link): link is LinkOf<Kind> => link.kind === kind);

const things = (context: SlotContext, kind: "activity" | "attribute" | "value"): LinkOf<"thing">[] =>
  freeOf(context, "thing").filter(({ thing }) => thing.kind === kind);

const fillers: Readonly<Record<Slot, Filler>> = {
  log: ({ reading, briefing }) => {
    const found = linksOf(reading, "log").find(({ id }) => id !== briefing.log?.id);
    return found ? { value: found.id, links: [found] } : null;
  },
  filters: fillFilters,
  activity: (context) => {
    const found = pickActivity(context);
    if (!found) return null;
    const others = found.alternatives.flatMap((thing) => (thing.kind === "activity" ? [thing.name] : []));
    return {
      value: found.thing.name,
      links: things(context, "activity"),
      alternatives: others.map((name) => ({ value: name, label: name })),
    };
  },
  activities: (context) => {
    const found = things(context, "activity");
    return found.length > 0 ? { value: found.map(({ thing }) => thing.name), links: found } : null;
  },
  attribute: fillAttribute,
  metric: fillMetric,
  statistic: fillStatistic,
  threshold: fillThreshold,
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
  "rule-words": fillRuleWords,
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
  order: () => null,
  "selection-a": (context) => selections(context)?.a ?? null,
  "selection-b": (context) => selections(context)?.b ?? null,
  change: () => null,
};

/** "Only paths above 5 %" leaves out the rare 5 % and keeps the rest. */
function keptShare({ reading }: SlotContext, { share, ...span }: LinkOf<"share">): number {
  const comparator = comparatorAt(reading, span);
  const rare = share <= 0.3 && (comparator === ">" || comparator === ">=" || reading.concepts.has("noise"));
  return rare ? Math.round((1 - share) * 1e6) / 1e6 : share;
}

function fillFilters(context: SlotContext): Filled | null {
  if (context.filters.length === 0) return null;
  const list = context.filters.map(({ filter }) => filter);
  const alternatives = context.filters.flatMap((found, position) =>
    found.alternatives.map((other) => ({
      value: list.map((filter, index) => (index === position ? other : filter)),
      label: other.kind === "attribute" ? other.attribute : other.kind,
    })),
  );
  return { value: list, links: context.filters.flatMap(({ links }) => links), alternatives };
}

/** The last named ("from creation to delivery"), surest first where one is much surer. */
function pickActivity(context: SlotContext): LinkOf<"thing"> | null {
  const found = things(context, "activity");
  const sure = found.filter(({ score }) => score > 0.9);
  return sure.at(-1) ?? found.at(-1) ?? null;
}

/** "by region", "per team": the attribute after the word for grouping; else one that is named alone. */
function fillAttribute(context: SlotContext, field: Field): Filled | null {
  const named = things(context, "attribute");
  const grouped =
    named.find((link) => preceded(context.reading, link, "group-by", 1)) ??
    (field.required ? named[0] : named.at(-1));
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
      (preceded(context.reading, sense, "group-by", 0) ||
        /^which$/iu.test(wordBefore(context.reading, sense.start))),
  );
  return byStep ? { value: "activity", links: [] } : null;
}

const wordBefore = (reading: Reading, start: number): string =>
  reading.tokens.findLast((token) => token.end <= start)?.text ?? "";

/** Longer phrases first: "waiting time" before "time". */
function fillMetric(context: SlotContext, field: Field): Filled | null {
  const found = freeOf(context, "metric")
    .filter(({ metric }) => field.choices.length === 0 || field.choices.includes(metric))
    .sort((left, right) => right.end - right.start - (left.end - left.start));
  if (found[0]) return { value: found[0].metric, links: found };
  const implied = impliedMetric(context);
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

function fillStatistic(context: SlotContext, field: Field): Filled | null {
  const found = freeOf(context, "statistic").filter(
    ({ statistic }) => field.choices.length === 0 || field.choices.includes(statistic),
  );
  return found[0] ? { value: found[0].statistic, links: found } : null;
}

/** A duration in the text, or the limit of the KPI that lateness is measured by. */
function fillThreshold(context: SlotContext): Filled | null {
  const found = freeOf(context, "duration")[0];
  if (found) return { value: found.seconds, links: [found] };
  const { reading, briefing } = context;
  if (!reading.concepts.has("late") && !reading.concepts.has("sla")) return null;
  const named = linksOf(reading, "kpi")[0]?.name;
  const fitting = briefing.kpis.filter(
    (kpi) =>
      kpi.limit !== null &&
      (named
        ? kpi.name === named
        : !kpi.log || kpi.log === briefing.log?.name || kpi.log === briefing.log?.id),
  );
  return fitting.length > 0 ? { value: fitting[0]!.limit, links: linksOf(reading, "kpi") } : null;
}

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

/** The person's own words, when they say a condition or an action. */
function fillRuleWords(context: SlotContext): Filled | null {
  const { reading } = context;
  const conditional = /\b(?:if|when|whenever|every|each|all|any|unless|once)\b/iu.test(reading.text);
  const compared = reading.links.some(
    (link) => ["duration", "money", "number"].includes(link.kind) && comparatorAt(reading, link),
  );
  if (!reading.concepts.has("act") && !(conditional && compared)) return null;
  return { value: reading.text, links: reading.links };
}

/** An enumeration without a filler of its own: the option whose words are in the text. */
function choose(context: SlotContext, field: Field): Filled | null {
  const spoken = context.reading.senses.filter(({ meaning }) => meaning.kind === "option");
  const words = new Set(context.reading.tokens.map(({ stem }) => stem));
  const found =
    field.choices.find((choice) => words.has(choice)) ??
    field.choices.find((choice) => spoken.some(({ meaning }) => meaning.value === choice));
  return found === undefined ? null : { value: found, links: [] };
}

interface Sides {
  readonly a: Filled;
  readonly b: Filled;
}

/** What is compared with what: two windows, two values, a value and the rest, a window and the one before. */
function selections(context: SlotContext): Sides | null {
  return twoWindows(context) ?? twoValues(context) ?? valueAndRest(context) ?? windowAndBefore(context);
}

const side = (label: string, filters: readonly Filter[], links: readonly Link[]): Filled => ({
  value: { label, filters },
  links,
});

function twoWindows(context: SlotContext): Sides | null {
  const [first, second] = linksOf(context.reading, "window");
  if (!first || !second) return null;
  const make = (link: LinkOf<"window">): Filled =>
    side(link.window.label, [windowFilter(link).filter], [link]);
  return { a: make(first), b: make(second) };
}

function twoValues(context: SlotContext): Sides | null {
  const values = linksOf(context.reading, "thing").flatMap((link) =>
    link.thing.kind === "value" ? [{ link, thing: link.thing }] : [],
  );
  const [first, second] = values;
  if (!first || !second || first.thing.attribute !== second.thing.attribute) return null;
  const make = ({ link, thing }: (typeof values)[number]): Filled =>
    side(thing.name, [valueFilter(thing.attribute, [thing.name], false)], [link]);
  return { a: make(first), b: make(second) };
}

function valueAndRest(context: SlotContext): Sides | null {
  const found = context.filters.find(
    ({ filter }) => filter.kind === "attribute" || filter.kind === "activity" || filter.kind === "duration",
  );
  if (!found || (!hasRole(context.reading, "rest") && !comparing(context.reading))) return null;
  const opposite = negate(found.filter);
  if (!opposite) return null;
  const label = context.reading.text.slice(found.links[0]!.start, found.links[0]!.end);
  return { a: side(label, [found.filter], found.links), b: side(`not ${label}`, [opposite], found.links) };
}

const comparing = (reading: Reading): boolean =>
  reading.concepts.has("compare") || rolesAt(reading, "versus").length > 0;

const opposites = {
  "=": "!=",
  "!=": "=",
  ">": "<=",
  "<=": ">",
  ">=": "<",
  "<": ">=",
  in: "not-in",
  "not-in": "in",
} as const;

/** The cases that a filter leaves out. */
export function negate(filter: Filter): Filter | null {
  if (filter.kind === "attribute") return { ...filter, comparator: opposites[filter.comparator] };
  if (filter.kind === "duration") return { ...filter, comparator: opposites[filter.comparator] };
  if (filter.kind === "activity" && filter.mode !== "all") {
    return { ...filter, mode: filter.mode === "any" ? "none" : "any" };
  }
  return null;
}

function windowAndBefore(context: SlotContext): Sides | null {
  const link = linksOf(context.reading, "window")[0];
  if (!link?.window.from) return null;
  const { now, zone } = context.briefing;
  const [current, before] = previousWindow(link.window, now, zone, context.reading.language.code);
  const make = (window: typeof current): Filled =>
    side(
      window.label,
      [{ kind: "window", from: window.from, to: window.to, label: window.label, by: "completed" }],
      [link],
    );
  return { a: make(current), b: make(before) };
}
