/** Fills a tool's input from what was linked. Works from the declared slots; knows no tool by name. */
import type { Tool } from "../../../../tools/define.ts";
import type { Filter, Slot } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import { comparatorAt } from "../link/comparing.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { leadsQuestion, linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { stateOf } from "../state.ts";
import { phrases } from "../text/lexicon.ts";
import { overlap } from "../text/utterance.ts";
import { says, wordings } from "../text/wording.ts";
import { countsCases } from "./amount-filters.ts";
import { called } from "./called.ts";
import { fillChange, movesToChange } from "./change-slots.ts";
import { connectedRead } from "./connected.ts";
import { fillBins, fillTimes, fillTop } from "./count-slots.ts";
import { exclusionOf, isDenied } from "./exclusions.ts";
import { type Field, fieldsOf, hasSlot } from "./fields.ts";
import { figureLeftOpen } from "./figure-left-open.ts";
import { filtersIn } from "./filters.ts";
import { measured } from "./measure.ts";
import {
  fillDeadline,
  fillKpi,
  fillMetric,
  fillNoise,
  fillStatistic,
  fillThreshold,
  keptShare,
} from "./measure-slots.ts";
import {
  crossed,
  endsOfTime,
  fillAttribute,
  groupedBy,
  inTime,
  joins,
  nameInFull,
  pickActivity,
  surest,
} from "./name-slots.ts";
import { preceded } from "./preceded.ts";
import { fillRuleKind, ruleSaid } from "./rule-kind.ts";
import { formalRule } from "./rule-words.ts";
import { namesTwoSides, selections } from "./sides.ts";
import { type Filled, type Filler, freeOf, type SlotContext, things } from "./slot-context.ts";
import { namedAlike, stepWord } from "./step-word.ts";

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
  /** Two steps were named as the ends of a time, for a tool that is about two. */
  readonly paired: boolean;
  /** A figure was asked for, and a metric found for it. */
  readonly measured: boolean;
  /** The words say when to do what. */
  readonly ruled: boolean;
  /** A whole rule was said. */
  readonly rule: boolean;
  /** How this reading is called beside its variants, where it has no word of its own. */
  readonly label?: string;
  /** The other values of a field that takes one, where several were named ("median and p95"). */
  readonly also: readonly Readonly<Record<string, unknown>>[];
}

export function fill(tool: Tool, reading: Reading, briefing: Briefing): Filling {
  const fields = fieldsOf(tool);
  const filters =
    hasSlot(tool, "filters") || hasSlot(tool, "selection-a")
      ? filtersIn(reading, {
          casesHere: hasSlot(tool, "log"),
          vocabulary: briefing.log?.vocabulary ?? null,
          durationsElsewhere: hasSlot(tool, "threshold") || hasSlot(tool, "hours"),
          activitiesHere: !fields.some(
            ({ slot }) => slot === "activity" || slot === "activities" || slot === "change",
          ),
          pathsElsewhere: hasSlot(tool, "activities") && !hasSlot(tool, "activity"),
          changesElsewhere: hasSlot(tool, "change"),
          moneyElsewhere: hasSlot(tool, "money"),
          openHere: hasSlot(tool, "measure") || (hasSlot(tool, "order") && hasSlot(tool, "limit")),
        })
      : [];
  const taken = new Set(filters.flatMap(({ links }) => links));
  const measure = hasSlot(tool, "measure") ? measured(reading, taken) : null;
  const free = reading.links.filter((link) => !taken.has(link) && !measure?.links.includes(link));
  const context = { reading, briefing, tool, filters, free, measure };
  const input: Record<string, unknown> = {};
  const used = new Set<Link>();
  const variants: { readonly input: Record<string, unknown>; readonly label: string }[] = [];
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
      const same = variants.find(({ label }) => label === other.label);
      if (same) same.input[field.name] = other.value;
      else variants.push({ input: { [field.name]: other.value }, label: other.label });
    }
  }
  const open = figureLeftOpen(context, fields, input);
  if (open) {
    Object.assign(input, open.input);
    variants.push(...open.variants);
  }
  const whole = withStepsCounted(fields, input);
  return {
    input: whole,
    used,
    missing,
    variants: variants.map((variant) => ({
      ...variant,
      input: withStepsCounted(fields, { ...input, ...variant.input }),
    })),
    assumed: asRule ? [] : assumedIn(context),
    contrast: fields.some(({ slot }) => slot === "selection-a") && namesTwoSides(context),
    grouped: fields.some(({ slot, name }) => slot === "attribute" && name in whole),
    paired: fields.some(
      ({ slot, required, name }) => slot === "activities" && required && name in whole && endsOfTime(context),
    ),
    measured:
      asksFigure(reading) &&
      fields.some(({ slot, name }) => (slot === "metric" || slot === "measure") && name in whole),
    ruled: asRule !== null && isOrdered(reading) && conditional(reading) && compares(reading),
    rule: asRule !== null,
    ...(open ? { label: open.label } : {}),
    also: alsoAsked(context, fields, whole),
  };
}

/** Attributes that were not named. */
const assumedIn = ({ filters, measure }: SlotContext): readonly string[] => [
  ...new Set([
    ...filters.flatMap(({ assumed }) => (assumed ? [assumed] : [])),
    ...(measure?.assumed ? [measure.attribute] : []),
  ]),
];

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
  const statistic = input[nameOf("statistic")];
  if (nameOf("measure") in input) return { given: {}, instead: [] };
  const counts =
    (statistic === "count" || statistic === "share") &&
    (metric === "throughput" || (metric === undefined && !timed));
  if (!counts || filters === "") return { given: {}, instead: [] };
  if (typeof step !== "string")
    return {
      given: statistic === "count" && nameOf("metric") !== "" ? { [nameOf("metric")]: "throughput" } : {},
      instead: [],
    };
  const before = (input[filters] as readonly Filter[] | undefined) ?? [];
  const instead = [nameOf("activity"), nameOf("activities")];
  const finished = { [nameOf("metric")]: "throughput" };
  if (before.some((filter) => filter.kind === "activity" && filter.activities.includes(step)))
    return { given: finished, instead };
  return {
    given: { ...finished, [filters]: [...before, { kind: "activity", activities: [step], mode: "any" }] },
    instead,
  };
}

function withStepsCounted(
  fields: readonly Field[],
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { given, instead } = stepsCounted(fields, input);
  const kept = Object.entries(input).filter(([name]) => !instead.includes(name));
  return { ...Object.fromEntries(kept), ...given };
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
  const filler = field.slot ? fillers[field.slot] : unslotted[field.name];
  const filled = filler ? filler(context, field) : null;
  if (!filled) return chosenByWord(field) ? choose(context, field) : null;
  return field.slot === "change" || field.schema.safeParse(filled.value).success ? filled : null;
}

/** Fields that are told by their names. */
const unslotted: Readonly<Record<string, Filler | undefined>> = {
  deadline: fillDeadline,
  name: ({ reading }) => {
    // What stands in quotation marks and is no name of the log is what the thing shall be called.
    const quote = linksOf(reading, "unknown").at(-1);
    return quote ? { value: quote.text, links: [quote] } : null;
  },
};

/** Options that are asked for by name; what has a grammar of its own is not taken from a bare word. */
const chosenByWord = ({ slot, choices }: Field): boolean =>
  choices.length > 0 && (slot === null || slot === "order" || slot === "algorithm" || slot === "rule-kind");

/** Steps that a link may as well stand for. */
const otherSteps = ({ reading }: SlotContext, link: LinkOf<"thing">): string[] => [
  ...new Set([
    ...link.alternatives.flatMap((thing) => (thing.kind === "activity" ? [thing.name] : [])),
    ...namedAlike(reading, link),
  ]),
];

/** "until the offer is accepted, since we sent it": what was sent is the offer, and not another step's papers. */
const sharesObject = (link: LinkOf<"thing">, found: readonly LinkOf<"thing">[]): boolean => {
  const wordsOf = ({ thing }: LinkOf<"thing">): string[] => thing.name.toLowerCase().split(/\s+/u).slice(1);
  return found.some((other) => other !== link && wordsOf(other).some((word) => wordsOf(link).includes(word)));
};

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
    return {
      value: found.thing.name,
      links: things(context, "activity"),
      alternatives: otherSteps(context, found).map((name) => ({ value: name, label: name })),
    };
  },
  activities: (context) => {
    const rule = hasSlot(context.tool, "rule-kind") ? ruleSaid(context) : null;
    const found = rule?.steps ?? inTime(context.reading, surest(things(context, "activity")));
    if (found.length === 0) return null;
    const names = found.map(({ thing }) => thing.name);
    const alternatives = found.flatMap((link, at) =>
      (sharesObject(link, found) ? [] : otherSteps(context, link))
        .filter((name) => !names.includes(name))
        .map((name) => ({ value: names.with(at, name), label: name })),
    );
    return { value: names, links: found, alternatives };
  },
  attribute: fillAttribute,
  "second-attribute": (context) => {
    const first = groupedBy(context);
    const second = things(context, "attribute").find(
      ({ thing, start }) => first && start >= first.end && thing.name !== first.thing.name,
    );
    const beside = first && crossed(context);
    const other =
      first && second && joins(context.reading, first, second)
        ? second
        : beside && beside[0].thing.name === first.thing.name
          ? beside[1]
          : null;
    return other ? { value: other.thing.name, links: [other] } : null;
  },
  metric: fillMetric,
  measure: ({ measure }) =>
    measure && {
      value: measure.attribute,
      links: measure.links,
      alternatives: measure.others.map((name) => ({ value: name, label: name })),
    },
  statistic: fillStatistic,
  threshold: fillThreshold,
  kpi: fillKpi,
  period: (context) => {
    const found = freeOf(context, "period")[0];
    if (found) return { value: found.period, links: [found] };
    return context.reading.concepts.has("trend") ? { value: "week", links: [] } : null;
  },
  limit: (context) => {
    const atMost = (link: LinkOf<"number">): boolean => {
      const comparator = comparatorAt(context.reading, link);
      return comparator === null || (comparator === "<=" && countsCases(context.reading, link));
    };
    const found = freeOf(context, "number").find(
      (link) => Number.isInteger(link.value) && link.value <= 1000 && atMost(link),
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
  case: ({ reading, briefing }) => {
    const found = linksOf(reading, "case")[0];
    if (found) return { value: found.name, links: [found] };
    const place = linksOf(reading, "ordinal")[0];
    const listed = stateOf(briefing.state).shown.filter(({ kind }) => kind === "row");
    const meant = place && listed.at(place.position > 0 ? place.position - 1 : place.position);
    return place && meant ? { value: meant.name, links: [place] } : null;
  },
  "selection-a": (context) => selections(context)?.a ?? null,
  "selection-b": (context) => selections(context)?.b ?? null,
  times: fillTimes,
  bins: fillBins,
  top: fillTop,
  "rule-kind": fillRuleKind,
  change: (context, field) => fillChange(context, field, fillField),
};

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

/** By id, by place in the list that was shown, or the only one there is. */
/** Also by an id that is not known here ("P-118"): the tool says so. */
function fillProposal(context: SlotContext): Filled | null {
  const { proposals } = context.briefing;
  const byId = linksOf(context.reading, "proposal")[0];
  if (byId) return { value: byId.id, links: [byId] };
  const written = /(?<![\p{L}\p{N}-])\p{Lu}{1,4}-\p{N}+(?![\p{L}\p{N}-])/u.exec(context.reading.text);
  if (written) return { value: written[0], links: [] };
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

/** Something is to be done; what never happened ("but were never escalated") is none of it. */
function isOrdered(reading: Reading): boolean {
  const undone = linksOf(reading, "thing").filter(
    (link) => link.thing.kind === "activity" && exclusionOf(reading, link) === "negated",
  );
  const never = [...wordings(reading, "never"), ...wordings(reading, "not-done")];
  return reading.senses.some(
    (sense) =>
      sense.meaning.kind === "concept" &&
      sense.meaning.value === "act" &&
      !undone.some((step) => overlap(step, sense)) &&
      !never.some(({ to }) => to === sense.from),
  );
}

/** The person's own words, when they say a condition or an action. */
function fillRuleWords(context: SlotContext): Filled | null {
  const { reading, briefing } = context;
  const formal = formalRule(reading, briefing);
  const question = reading.senses.some((sense) => leadsQuestion(sense, reading.language));
  const ofRule = reading.concepts.has("rule") || reading.concepts.has("simulate");
  const ordered = isOrdered(reading) || (conditional(reading) && compares(reading));
  if (formal !== null && (ofRule || (ordered && !question))) return { value: formal, links: reading.links };
  const opens = wordings(reading, "whenever")[0]?.from === 0 && reading.concepts.has("act");
  if (question && !opens) return null;
  if (!ordered) return null;
  return { value: reading.text, links: reading.links };
}

/** An enumeration without a filler of its own: the option whose words are in the text. */
function choose(context: SlotContext, field: Field): Filled | null {
  const spoken = context.reading.senses.filter(
    (sense) => sense.meaning.kind === "option" && !isDenied(context.reading, sense),
  );
  const { reading } = context;
  const english = reading.language.code === "en";
  const words = new Set(reading.tokens.flatMap(({ lower, stem }) => (english ? [lower, stem] : [lower])));
  const divided = reading.senses.filter(
    (sense) =>
      sense.meaning.kind === "concept" &&
      (preceded(reading, sense, "group-by", 1) ||
        rolesAt(reading, "group-by").some(
          ({ from, to }) => from <= sense.from && sense.from < to && to < sense.to,
        )),
  );
  const phrased = spoken.filter(({ from, to }) => to - from > 1);
  // "OCEL 2.0, as SQLite": a choice that is called by its own name beside the phrase for a later one.
  const beside = field.choices.find((choice) =>
    reading.tokens.some(
      (token, at) => token.lower === choice && !phrased.some(({ from, to }) => from <= at && at < to),
    ),
  );
  const worded = field.choices.find((choice) => phrased.some(({ meaning }) => meaning.value === choice));
  const isFirst =
    beside !== undefined &&
    worded !== undefined &&
    field.choices.indexOf(beside) < field.choices.indexOf(worded);
  const found =
    field.choices.find((choice) => divided.some(({ meaning }) => meaning.value === choice)) ??
    (isFirst ? beside : worded) ??
    field.choices.find((choice) => words.has(choice)) ??
    field.choices.find((choice) => spoken.some(({ meaning }) => meaning.value === choice));
  return found === undefined ? null : { value: found, links: [] };
}
