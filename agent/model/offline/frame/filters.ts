/** Which cases a text is about: windows, attribute values, comparisons, activities that happen or do not. */
import type { Filter } from "../../../../tools/inputs.ts";
import type { Vocabulary } from "../../provider.ts";
import type { Comparator } from "../languages/language.ts";
import { moneyNames } from "../languages/log-words.ts";
import { comparatorAt } from "../link/comparing.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { inside, type Span, type Token } from "../text/utterance.ts";
import { isPostposition, saysExactly, wordingAfter, wordingBefore, wordings } from "../text/wording.ts";

export interface FoundFilter {
  readonly filter: Filter;
  readonly links: readonly Link[];
  /** Equally good readings of the same words (a value that two attributes have). */
  readonly alternatives: readonly Filter[];
  /** An attribute that was chosen because of its kind rather than named. */
  readonly assumed?: string;
}

export interface FilterOptions {
  readonly vocabulary: Vocabulary | null;
  /** The tool takes a duration elsewhere (a threshold). */
  readonly durationsElsewhere: boolean;
  /** The tool has no activity of its own: one that is named selects cases. */
  readonly activitiesHere: boolean;
  /** The tool is about two steps in their order: "A followed by B", "B without A" is what it is asked, and selects no cases. */
  readonly pathsElsewhere: boolean;
}

export function filtersIn(reading: Reading, options: FilterOptions): FoundFilter[] {
  return [
    ...linksOf(reading, "window").map((link) =>
      windowFilter(link, opensIn(reading, link) || comesIn(reading) ? "started" : "completed"),
    ),
    ...valueFilters(reading),
    ...comparisons(reading, options),
    ...pathFilters(reading, options),
    ...activityFilters(reading, options),
    ...samples(reading),
  ];
}

export function windowFilter(link: LinkOf<"window">, by: "completed" | "started" = "completed"): FoundFilter {
  const { from, to, label } = link.window;
  return { filter: { kind: "window", from, to, label, by }, links: [link], alternatives: [] };
}

/** "orders that came in in May": they began there; what came late is about its end. */
const comesIn = (reading: Reading): boolean =>
  saysExactly(reading, "arriving") && !reading.concepts.has("late") && !reading.concepts.has("sla");

/** "orders that started in week 12", "第12週に始まった注文": a word for the beginning beside the window, about cases. */
const opensIn = (reading: Reading, { start, end }: Span): boolean =>
  wordings(reading, "starts").some(
    (word) =>
      ((word.end <= start && tokensBetween(reading, word.end, start).length <= 1) ||
        (reading.language.script !== null &&
          word.start >= end &&
          tokensBetween(reading, end, word.start).length <= 1)) &&
      casesBefore(reading, word),
  );

/** A word of the role stands before the span (after it, where the language has it so), with at most `distance` words between. */
export function preceded(
  reading: Reading,
  span: Span,
  role: "exclude" | "having" | "group-by",
  distance: number,
): boolean {
  return rolesAt(reading, role).some((sense) =>
    isPostposition(reading.text.slice(sense.start, sense.end), reading.language)
      ? sense.start >= span.end && beside(reading, span.end, sense.start) <= distance
      : sense.end <= span.start && tokensBetween(reading, sense.end, span.start).length <= distance,
  );
}

/** Tokens between, without those of values: "フランスとドイツを除く" is about both. */
const beside = (reading: Reading, end: number, start: number): number => {
  const values = linksOf(reading, "thing").filter(isValued);
  const between = tokensBetween(reading, end, start);
  return (
    between.filter((token) => !values.some((value) => inside(token, value))).length -
    joinsOf(between, reading)
  );
};

const joinsOf = (tokens: readonly Token[], { language }: Reading): number =>
  tokens.filter(({ lower }) => phrases(language.words["also-by"]).includes(lower)).length;

type Valued = LinkOf<"thing"> & {
  readonly thing: { readonly kind: "value"; attribute: string; name: string };
};
const isValued = (link: LinkOf<"thing">): link is Valued => link.thing.kind === "value";

/** Values of one attribute make one list; one that follows "without" is left out. */
function valueFilters(reading: Reading): FoundFilter[] {
  const groups = new Map<string, Valued[]>();
  for (const link of linksOf(reading, "thing").filter(isValued)) {
    const negated = preceded(reading, link, "exclude", 2) || chained(reading, link, groups);
    const key = `${negated ? "not" : "is"} ${link.thing.attribute}`;
    groups.set(key, [...(groups.get(key) ?? []), link]);
  }
  return [...groups].map(([key, links]) => {
    const filterFor = (attribute: string): Filter =>
      valueFilter(
        attribute,
        links.map(({ thing }) => thing.name),
        key.startsWith("not"),
      );
    const others = links[0]!.alternatives.flatMap((thing) =>
      thing.kind === "value" && thing.name === links[0]!.thing.name ? [thing.attribute] : [],
    );
    return {
      filter: filterFor(links[0]!.thing.attribute),
      links,
      alternatives: [...new Set(others)].map(filterFor),
    };
  });
}

/** "without Germany and France": the second is left out too. */
function chained(reading: Reading, link: Valued, groups: ReadonlyMap<string, readonly Valued[]>): boolean {
  const before = groups.get(`not ${link.thing.attribute}`)?.at(-1);
  return before !== undefined && tokensBetween(reading, before.end, link.start).length <= 1;
}

export function valueFilter(attribute: string, values: readonly string[], negated: boolean): Filter {
  const different = [...new Set(values)];
  const [only, ...more] = different;
  if (more.length === 0) {
    return { kind: "attribute", attribute, comparator: negated ? "!=" : "=", value: only! };
  }
  return { kind: "attribute", attribute, comparator: negated ? "not-in" : "in", value: different };
}

const numeric = (vocabulary: Vocabulary | null): Vocabulary["attributes"] =>
  vocabulary?.attributes.filter(({ kind }) => kind === "number") ?? [];

/** "orders over $500", "amount at most 1000", "cases longer than 5 days". */
function comparisons(reading: Reading, options: FilterOptions): FoundFilter[] {
  const ranges = amountRanges(reading, options);
  const ranged = new Set(ranges.flatMap(({ links }) => links));
  const single = reading.links.filter((link) => !ranged.has(link));
  return ranges.concat(
    single.flatMap((link): FoundFilter[] => {
      if (link.kind === "duration") return durationFilter(reading, link, options);
      if (link.kind !== "money" && link.kind !== "number") return [];
      const comparator = comparatorAt(reading, link);
      if (!comparator) return [];
      return attributeComparison(reading, link, comparator, options);
    }),
  );
}

/** "between $100 and $500": both ends belong to the range. */
function amountRanges(reading: Reading, options: FilterOptions): FoundFilter[] {
  const amounts = reading.links.filter((link) => link.kind === "money" || link.kind === "number");
  return amounts.flatMap((low, at): FoundFilter[] => {
    const high = amounts[at + 1];
    if (!high || !opensRange(reading, low)) return [];
    if (tokensBetween(reading, low.end, high.start).length > 1) return [];
    return [
      ...attributeComparison(reading, low, ">=", options),
      ...attributeComparison(reading, high, "<=", options),
    ];
  });
}

/** "between", "from" stands right before; or "から" right after. */
function opensRange({ tokens, language }: Reading, { start, end }: Span): boolean {
  const before = tokens.findLast((token) => token.end <= start);
  if (before !== undefined && phrases(language.time.between).includes(before.lower)) return true;
  const after = tokens.find((token) => token.start >= end);
  return (
    after !== undefined &&
    isPostposition(after.lower, language) &&
    phrases(language.time.to).includes(after.lower)
  );
}

function durationFilter(reading: Reading, link: LinkOf<"duration">, options: FilterOptions): FoundFilter[] {
  const comparator = comparatorAt(reading, link);
  if (!comparator || options.durationsElsewhere) return [];
  return [
    { filter: { kind: "duration", comparator, seconds: link.seconds }, links: [link], alternatives: [] },
  ];
}

function attributeComparison(
  reading: Reading,
  link: LinkOf<"money"> | LinkOf<"number">,
  comparator: Comparator,
  options: FilterOptions,
): FoundFilter[] {
  const value = link.kind === "money" ? link.amount : link.value;
  const named = numericAttributeNear(reading, link, options.vocabulary);
  const filterFor = (attribute: string): Filter => ({ kind: "attribute", attribute, comparator, value });
  if (named) return [{ filter: filterFor(named.name), links: [link, named.link], alternatives: [] }];
  const candidates = numeric(options.vocabulary).filter(({ name }) => moneyNames.test(name));
  const [first, ...others] = candidates.length > 0 ? candidates : numeric(options.vocabulary);
  if (!first || (candidates.length === 0 && others.length > 0)) return [];
  return [
    {
      filter: filterFor(first.name),
      links: [link],
      alternatives: others.map(({ name }) => filterFor(name)),
      assumed: first.name,
    },
  ];
}

function numericAttributeNear(
  reading: Reading,
  span: Span,
  vocabulary: Vocabulary | null,
): { name: string; link: LinkOf<"thing"> } | null {
  const names = new Set(numeric(vocabulary).map(({ name }) => name));
  const found = linksOf(reading, "thing")
    .flatMap((link) =>
      [link.thing, ...link.alternatives].flatMap((thing) =>
        names.has(thing.name) ? [{ name: thing.name, link }] : [],
      ),
    )
    .sort((left, right) => Math.abs(left.link.start - span.start) - Math.abs(right.link.start - span.start));
  return found[0] ?? null;
}

/** "starting with A", "that end with B", "where A is never directly followed by B within 2 days". */
function pathFilters(reading: Reading, options: FilterOptions): FoundFilter[] {
  const links = linksOf(reading, "thing").filter(({ thing }) => thing.kind === "activity");
  const found: FoundFilter[] = [];
  links.forEach((link, at) => {
    const side = endpoint(reading, link);
    if (side) {
      const filter: Filter = { kind: "endpoint", at: side, activities: [link.thing.name] };
      found.push({ filter, links: [link], alternatives: [] });
    }
    const next = links[at + 1];
    const joined = next && { start: link.end, end: next.start };
    const follows =
      joined && wordings(reading, "followed-by").some(({ start, end }) => inside({ start, end }, joined));
    if (next && follows && !options.pathsElsewhere) found.push(followed(reading, link, next));
  });
  return found;
}

/** A word for the beginning or the end, with a preposition and the step: in this order, or the step first. */
function endpoint(reading: Reading, link: Span): "start" | "end" | null {
  const preposition = wordingBefore(reading, "with-step", link.start);
  if (!preposition) return endpointAfter(reading, link);
  const beside = (list: "starts" | "ends"): boolean =>
    wordingBefore(reading, list, preposition.start) !== null ||
    wordingAfter(reading, list, link.end) !== null;
  return beside("starts") ? "start" : beside("ends") ? "end" : null;
}

/** "与信審査で始まる": the step, its particle and the word. */
function endpointAfter(reading: Reading, link: Span): "start" | "end" | null {
  const particle = wordingAfter(reading, "with-step", link.end);
  if (!particle || !isPostposition(reading.text.slice(particle.start, particle.end), reading.language))
    return null;
  const follows = (list: "starts" | "ends"): boolean => wordingAfter(reading, list, particle.end) !== null;
  return follows("starts") ? "start" : follows("ends") ? "end" : null;
}

function followed(reading: Reading, from: LinkOf<"thing">, to: LinkOf<"thing">): FoundFilter {
  const between = (list: "directly" | "never"): boolean =>
    wordings(reading, list).some(({ start, end }) => start >= from.end && end <= to.start);
  const time = linksOf(reading, "duration").find(({ start }) => start > to.end);
  const within = time && wordingBefore(reading, "within", time.start) !== null;
  const comparator = within ? "<=" : time ? comparatorAt(reading, time) : null;
  const timed = time && comparator ? { comparator, seconds: time.seconds } : null;
  return {
    filter: {
      kind: "follows",
      from: from.thing.name,
      to: to.thing.name,
      how: between("directly") ? "directly" : "eventually",
      mode: between("never") ? "never" : "some",
      ...timed,
    },
    links: [from, to, ...(time && timed ? [time] : [])],
    alternatives: [],
  };
}

/** "a random sample of 100 cases", "a sample of 10 %". */
function samples(reading: Reading): FoundFilter[] {
  return reading.links.flatMap((link): FoundFilter[] => {
    if (link.kind !== "number" && link.kind !== "share") return [];
    const after = wordingAfter(reading, "sample", link.end);
    const spoken = after && isPostposition(reading.text.slice(after.start, after.end), reading.language);
    if (!spoken && !wordingBefore(reading, "sample", link.start)) return [];
    const size =
      link.kind === "share"
        ? ({ unit: "share", size: link.share } as const)
        : ({ unit: "cases", size: link.value } as const);
    return [{ filter: { kind: "sample", ...size, seed: 1 }, links: [link], alternatives: [] }];
  });
}

/** "with Rework", "without Credit check", "that skip approval". */
function activityFilters(reading: Reading, options: FilterOptions): FoundFilter[] {
  const taken = new Set(pathFilters(reading, options).flatMap(({ links }) => links));
  const links = linksOf(reading, "thing").filter(
    (link) => link.thing.kind === "activity" && !taken.has(link),
  );
  if (options.pathsElsewhere && links.length === 2) return [];
  return links.flatMap((link): FoundFilter[] => {
    const parted = excludedWithin(reading, link);
    const left = parted || preceded(reading, link, "exclude", counts(reading) ? 2 : 1);
    const kept = preceded(reading, link, "having", 1) && casesBefore(reading, link);
    if (!left && !kept && !options.activitiesHere) return [];
    if (left && !parted && !casesBefore(reading, link) && !options.activitiesHere) return [];
    const filter: Filter = { kind: "activity", activities: [link.thing.name], mode: left ? "none" : "any" };
    return [{ filter, links: [link], alternatives: [] }];
  });
}

/** "orders without approval": both words make the name of a step, and "without" stands between them. */
const excludedWithin = (reading: Reading, link: Span): boolean =>
  rolesAt(reading, "exclude").some((sense) => sense.start > link.start && sense.end < link.end);

/** "how many did not go through approval": a verb stands between. */
const counts = (reading: Reading): boolean =>
  linksOf(reading, "statistic").some(({ statistic }) => statistic === "count");

/** A word for cases stands shortly before ("orders with …"), or after where such clauses come first. */
const casesBefore = (reading: Reading, span: Span): boolean =>
  reading.senses.some(
    ({ meaning, start, end }) =>
      meaning.kind === "concept" &&
      meaning.value === "case" &&
      ((end <= span.start && tokensBetween(reading, end, span.start).length <= 3 && start < span.start) ||
        (reading.language.postpositions !== undefined &&
          start >= span.end &&
          tokensBetween(reading, span.end, start).length <= 4)),
  );
