/** Filters by amounts: "orders over $500", "between $100 and $500", "cases longer than 5 days". */
import type { Filter } from "../../../../tools/inputs.ts";
import type { Vocabulary } from "../../provider.ts";
import type { Comparator } from "../languages/language.ts";
import { moneyNames } from "../languages/log-words.ts";
import { comparatorAt } from "../link/comparing.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { overlap, type Span, type Token } from "../text/utterance.ts";
import { isPostposition } from "../text/wording.ts";
import { casesBefore, type FilterOptions, type FoundFilter } from "./filters.ts";

const numeric = (vocabulary: Vocabulary | null): Vocabulary["attributes"] =>
  vocabulary?.attributes.filter(({ kind }) => kind === "number") ?? [];

/** "orders over $500", "amount at most 1000", "cases longer than 5 days". */
export function comparisons(reading: Reading, options: FilterOptions): FoundFilter[] {
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
  if (countsCases(reading, link)) return [];
  const value = link.kind === "money" ? link.amount : link.value;
  const named = numericAttributeNear(reading, link, options.vocabulary);
  const filterFor = (attribute: string): Filter => ({ kind: "attribute", attribute, comparator, value });
  if (named) return [{ filter: filterFor(named.name), links: [link, named.link], alternatives: [] }];
  if (options.moneyElsewhere && !casesBefore(reading, link)) return [];
  if (countedNoun(reading, link) !== null) return [];
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

/** "max. 100 cases", "at most 30 tickets": so many of them, and no amount that each has. */
export const countsCases = (reading: Reading, link: LinkOf<"money"> | LinkOf<"number">): boolean =>
  link.kind === "number" &&
  reading.senses.some(
    ({ meaning, start }) =>
      meaning.kind === "concept" &&
      meaning.value === "case" &&
      start >= link.end &&
      start - link.end <= 1 &&
      // "金额大于3000的订单": orders of more than 3000.
      !phrases(reading.language.time.of).includes(reading.text.slice(link.end, start)) &&
      !linksOf(reading, "thing").some((thing) => thing.thing.kind === "attribute" && thing.start === start),
  );

/**
 * "more than 3 items", "over 5 reminders": a small number of things, which are no money; the word for them. Null where no
 * noun stands right behind it.
 */
export function countedNoun(reading: Reading, link: Link): Token | null {
  if (link.kind !== "number" || link.value >= 100 || reading.language.script !== null) return null;
  const at = reading.tokens.findIndex(({ start }) => start >= link.end);
  const next = reading.tokens[at];
  const { functionStems } = lexiconOf(reading.language);
  if (next === undefined || functionStems.has(next.stem)) return null;
  if (reading.text.slice(link.end, next.start).trim() !== "" || !/^\p{L}{3,}$/u.test(next.lower)) return null;
  const leads = reading.senses.some(
    ({ from, meaning }) => from === at && (meaning.kind === "role" || meaning.kind === "comparator"),
  );
  const named = reading.links.some((other) => other.score > 0.5 && other !== link && overlap(other, next));
  return leads || named ? null : next;
}

/** An amount of money is one of what is called so, where the log has such a column and another that is not. */
function numericAttributeNear(
  reading: Reading,
  span: LinkOf<"money"> | LinkOf<"number">,
  vocabulary: Vocabulary | null,
): { name: string; link: LinkOf<"thing"> } | null {
  const all = numeric(vocabulary).map(({ name }) => name);
  const ofMoney = all.filter((name) => moneyNames.test(name));
  const names = new Set(span.kind === "money" && ofMoney.length > 0 ? ofMoney : all);
  const found = linksOf(reading, "thing")
    .flatMap((link) =>
      [link.thing, ...link.alternatives].flatMap((thing) =>
        names.has(thing.name) ? [{ name: thing.name, link }] : [],
      ),
    )
    .sort((left, right) => Math.abs(left.link.start - span.start) - Math.abs(right.link.start - span.start));
  return found[0] ?? null;
}
