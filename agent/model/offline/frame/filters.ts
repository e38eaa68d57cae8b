/** Which cases a text is about: windows, attribute values, comparisons, activities that happen or do not. */
import type { Filter } from "../../../../tools/inputs.ts";
import type { Vocabulary } from "../../provider.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { inside, type Span, type Token } from "../text/utterance.ts";
import { isPostposition, saysExactly, wordingAfter, wordingBefore, wordings } from "../text/wording.ts";
import { activityFilters } from "./activity-filters.ts";
import { comparisons } from "./amount-filters.ts";
import { exclusionOf } from "./exclusions.ts";
import { pathFilters } from "./path-filters.ts";

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
  /** The tool supposes a change: "without A" is the change, and selects no cases. */
  readonly changesElsewhere: boolean;
  /** The tool takes an amount of money elsewhere (a budget). */
  readonly moneyElsewhere: boolean;
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
    const negated =
      preceded(reading, link, "exclude", 2) ||
      exclusionOf(reading, link) !== null ||
      chained(reading, link, groups);
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

/** A word for cases stands shortly before ("orders with …"), or after where such clauses come first. */
export const casesBefore = (reading: Reading, span: Span): boolean =>
  reading.senses.some(
    ({ meaning, start, end }) =>
      meaning.kind === "concept" &&
      meaning.value === "case" &&
      ((end <= span.start && tokensBetween(reading, end, span.start).length <= 3 && start < span.start) ||
        (reading.language.postpositions !== undefined &&
          start >= span.end &&
          tokensBetween(reading, span.end, start).length <= 4)),
  );
