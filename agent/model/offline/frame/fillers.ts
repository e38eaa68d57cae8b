/** One reader for every kind of field. */
import type { Filter, Slot } from "../../../../tools/inputs.ts";
import { calledIn } from "../connected/slots.ts";
import { comparatorAt } from "../link/comparing.ts";
import type { LinkOf } from "../link/links.ts";
import { linksOf, rolesAt } from "../link/reading.ts";
import { stateOf } from "../state.ts";
import { overlap } from "../text/utterance.ts";
import { says } from "../text/wording.ts";
import { countsCases } from "./amount-filters.ts";
import { called } from "./called.ts";
import { fillChange, movesToChange } from "./change-slots.ts";
import { fillBins, fillTimes, fillTop } from "./count-slots.ts";
import { fillDeadline } from "./deadline-slots.ts";
import { isDenied } from "./exclusions.ts";
import { type Field, hasSlot } from "./fields.ts";
import { fillKpi, fillThreshold } from "./limit-slots.ts";
import { fillMetric, fillNoise, keptShare } from "./measure-slots.ts";
import {
  crossed,
  fillAttribute,
  groupedBy,
  inTime,
  joins,
  nameInFull,
  pickActivity,
  surest,
} from "./name-slots.ts";
import { fillOrder, fillOrderAttribute, onlyOne, wordable } from "./order-slots.ts";
import { preceded } from "./preceded.ts";
import { fillRuleKind, ruleSaid } from "./rule-kind.ts";
import { fillRuleWords } from "./rule-slots.ts";
import { selections } from "./sides.ts";
import { type Filled, type Filler, freeOf, type SlotContext, things } from "./slot-context.ts";
import { fillStatistic } from "./statistic-slots.ts";
import { namedAlike, stepWord } from "./step-word.ts";
import { fillSuite } from "./suite-slots.ts";
import { fillSuspects } from "./suspect-slots.ts";

export function fillField(context: SlotContext, field: Field): Filled | null {
  const filler = field.slot ? fillers[field.slot] : unslotted[field.name];
  const filled = filler ? filler(context, field) : null;
  if (!filled) return chosenByWord(field) ? choose(context, wordable(field)) : null;
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
  suspects: fillSuspects,
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
    return found ? { value: found.value, links: [found] } : onlyOne(context);
  },
  share: (context) => {
    const found = freeOf(context, "share")[0];
    return found ? { value: keptShare(context, found), links: [found] } : null;
  },
  proposal: fillProposal,
  connector: ({ reading, briefing }, { required }) => {
    const { connector, named } = calledIn(reading, briefing);
    const found = required ? connector : named;
    return found === null ? null : { value: found, links: [] };
  },
  operation: ({ reading, briefing }) => {
    const { operation } = calledIn(reading, briefing);
    return operation === null ? null : { value: operation, links: [] };
  },
  suite: fillSuite,
  "rule-words": fillRuleWords,
  document: ({ reading }) => (reading.document === null ? null : { value: reading.document, links: [] }),
  called: ({ reading, briefing }, { byProposal }) => {
    const found = called(reading, briefing);
    if (found) return { value: found.name, links: found.links };
    // "take that rule back", after it was published here.
    const proposed = byProposal ? stateOf(briefing.state).proposals.at(-1) : undefined;
    return proposed === undefined ? null : { value: proposed, links: [] };
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
  order: fillOrder,
  "order-attribute": fillOrderAttribute,
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
  "rule-state": () => null,
  person: () => null,
  decision: () => null,
  change: (context, field) => fillChange(context, field, fillField),
};

/** What tells a filter from another: its attribute, or its value where they are of the same one. */
const labelOf = (other: Filter, first: Filter): string => {
  if (other.kind !== "attribute") return other.kind;
  const same = first.kind === "attribute" && first.attribute === other.attribute;
  return same ? String(other.value) : other.attribute;
};

function fillFilters(context: SlotContext): Filled | null {
  const found = context.filters.filter((item) => !movesToChange(context, item));
  if (found.length === 0) return null;
  const list = found.map(({ filter }) => filter);
  const alternatives = found.flatMap((item, position) =>
    item.alternatives.map((other) => ({
      value: list.map((filter, index) => (index === position ? other : filter)),
      label: labelOf(other, list[position]!),
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
