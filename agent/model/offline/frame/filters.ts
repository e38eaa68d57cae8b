/** Which cases a text is about: windows, attribute values, comparisons, activities that happen or do not. */
import type { Filter } from "../../../../tools/inputs.ts";
import type { Vocabulary } from "../../provider.ts";
import { unfinishedWords } from "../languages/unfinished-words.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { moneyWords } from "../link/money-words.ts";
import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { spansOf } from "../text/patterns.ts";
import { inside, overlap, type Span } from "../text/utterance.ts";
import {
  isPostposition,
  isWrittenSo,
  saysExactly,
  type Wording,
  wordingAfter,
  wordingBefore,
  wordings,
} from "../text/wording.ts";
import { activityFilters } from "./activity-filters.ts";
import { comparisons } from "./amount-filters.ts";
import { exclusionOf } from "./exclusions.ts";
import { isMoney, stuckBefore } from "./measure.ts";
import { pathFilters } from "./path-filters.ts";
import { preceded } from "./preceded.ts";

export interface FoundFilter {
  readonly filter: Filter;
  readonly links: readonly Link[];
  /** Equally good readings of the same words (a value that two attributes have). */
  readonly alternatives: readonly Filter[];
  /** An attribute that was chosen because of its kind rather than named. */
  readonly assumed?: string;
}

export interface FilterOptions {
  /** The tool is about cases of a log; of anything else only windows select. */
  readonly casesHere: boolean;
  readonly vocabulary: Vocabulary | null;
  /** The tool takes a duration elsewhere (a threshold). */
  readonly durationsElsewhere: boolean;
  /** The tool has no activity of its own: one that is named selects cases. */
  readonly activitiesHere: boolean;
  /** The tool can be asked about cases that are still open. */
  readonly openHere: boolean;
  /** The tool is about two steps in their order: "A followed by B", "B without A" is what it is asked, and selects no cases. */
  readonly pathsElsewhere: boolean;
  /** The tool supposes a change: "without A" is the change, and selects no cases. */
  readonly changesElsewhere: boolean;
  /** The tool takes an amount of money elsewhere (a budget). */
  readonly moneyElsewhere: boolean;
}

/** Only attributes of cases: steps, paths and times are spoken of otherwise. */
export const ofAttributes = (vocabulary: Vocabulary | null): FilterOptions => ({
  casesHere: true,
  vocabulary,
  durationsElsewhere: true,
  activitiesHere: false,
  openHere: false,
  pathsElsewhere: true,
  changesElsewhere: true,
  moneyElsewhere: false,
});

export function filtersIn(reading: Reading, options: FilterOptions): FoundFilter[] {
  const windows = joinedWindows(reading).map((link) =>
    windowFilter(link, opensIn(reading, link) || comesIn(reading) ? "started" : "completed"),
  );
  if (!options.casesHere) return windows;
  const open = options.openHere ? openCases(reading) : [];
  const taken = new Set(open.flatMap(({ links }) => links));
  return [
    ...windows,
    ...valueFilters(reading, options.changesElsewhere && skipsStep(reading)),
    ...comparisons(reading, options),
    ...pathFilters(reading, options),
    ...activityFilters(reading, options).filter(({ links }) => !links.some((link) => taken.has(link))),
    ...samples(reading),
    ...open,
  ];
}

/** "open orders", "orders that are still in progress"; money that is stuck before a step is in cases that are open. */
function openCases(reading: Reading): FoundFilter[] {
  const before = stuckBefore(reading);
  if (before !== null && before.thing.kind === "activity")
    return [{ filter: { kind: "open", next: before.thing.name }, links: [before], alternatives: [] }];
  const names = linksOf(reading, "thing").filter(
    ({ score, thing }) => score > 0.9 && thing.kind !== "attribute",
  );
  const unfinished = notEnded(reading).find((span) => besideCases(reading, span));
  if (unfinished !== undefined) {
    const links = linksOf(reading, "thing").filter((link) => overlap(link, unfinished));
    return [{ filter: { kind: "open" }, links, alternatives: [] }];
  }
  const said = wordings(reading, "open-cases").some(
    (word) =>
      !names.some((name) => word.start < name.end && name.start < word.end) &&
      besideCases(reading, word) &&
      !lasts(reading, word),
  );
  return said ? [{ filter: { kind: "open" }, links: [], alternatives: [] }] : [];
}

/** "orders that run longer than 14 days": how long they take, and not that they still do. */
const lasts = (reading: Reading, { from, to, end }: Wording): boolean =>
  to - from === 1 &&
  !isWrittenSo(reading, "open-cases", from) &&
  linksOf(reading, "comparator").some(
    ({ start }) => start >= end && tokensBetween(reading, end, start).length === 0,
  );

/** "have not been closed yet", "noch nicht fertig", "还没有完成": whatever the log's last step is called. */
export const notEnded = (reading: Reading): Span[] =>
  spansOf(reading, unfinishedWords[reading.language.code] ?? "(?!)");

/** A word for cases, or for what they are worth, stands near. */
const besideCases = (reading: Reading, word: Span): boolean =>
  [
    ...reading.senses.filter(({ meaning }) => meaning.kind === "concept" && meaning.value === "case"),
    ...linksOf(reading, "thing").filter(({ thing }) => reading.index?.numbers.has(thing.name)),
    ...moneyWords(reading),
  ].some(({ start, end }) =>
    end <= word.start
      ? tokensBetween(reading, end, word.start).length <= 3
      : start >= word.end && tokensBetween(reading, word.end, start).length <= 1,
  );

/** "in April and May": one window where the second begins as the first ends, and only "and" or a comma stands between. */
function joinedWindows(reading: Reading): readonly LinkOf<"window">[] {
  const joins = wordings(reading, "also-by");
  const all: LinkOf<"window">[] = [];
  for (const next of linksOf(reading, "window")) {
    const last = all.at(-1);
    const listed =
      last !== undefined &&
      last.window.to !== null &&
      last.window.to === next.window.from &&
      tokensBetween(reading, last.end, next.start).every((token) =>
        joins.some((join) => inside(token, join)),
      );
    if (!listed) {
      all.push(next);
      continue;
    }
    const label = `${last.window.label} + ${next.window.label}`;
    all.splice(-1, 1, { ...last, window: { ...last.window, to: next.window.to, label }, end: next.end });
  }
  return all;
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

type Valued = LinkOf<"thing"> & {
  readonly thing: { readonly kind: "value"; attribute: string; name: string };
};

const isValued = (link: LinkOf<"thing">): link is Valued => link.thing.kind === "value";

/** "skip the credit check for gold customers": what is left out is the step, and not the customers. */
const skipsStep = (reading: Reading): boolean =>
  reading.senses.some(({ meaning }) => meaning.kind === "option" && meaning.value === "skip") &&
  linksOf(reading, "thing").some(({ thing }) => thing.kind === "activity");

/** Values of one attribute make one list; one that follows "without" is left out. */
function valueFilters(reading: Reading, skips: boolean): FoundFilter[] {
  const groups = new Map<string, Valued[]>();
  for (const link of linksOf(reading, "thing").filter(isValued)) {
    if (isMoney(reading, link)) continue;
    const negated =
      preceded(reading, link, "exclude", skips ? 1 : 2) ||
      (!skips && exclusionOf(reading, link) !== null) ||
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
    const { attribute } = links[0]!.thing;
    return {
      filter: filterFor(attribute),
      links,
      alternatives: [
        ...[...new Set(others)].map(filterFor),
        ...otherValues(links).map((name) => valueFilter(attribute, [name], key.startsWith("not"))),
      ],
    };
  });
}

/** "im Süden", where one region is called South and another Sud: as much the one as the other. */
const otherValues = ([only, ...more]: readonly Valued[]): string[] => {
  if (only === undefined || more.length > 0) return [];
  const { attribute, name } = only.thing;
  return only.alternatives.flatMap((thing) =>
    thing.kind === "value" && thing.attribute === attribute && thing.name !== name ? [thing.name] : [],
  );
};

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
      ((end <= span.start && start < span.start && fewBetween(reading, end, span.start)) ||
        (reading.language.postpositions !== undefined &&
          start >= span.end &&
          tokensBetween(reading, span.end, start).length <= 4)),
  );

/** "commandes pour lesquelles on n'a jamais …": words of grammar only, however many a clause begins with. */
function fewBetween(reading: Reading, end: number, start: number): boolean {
  const between = tokensBetween(reading, end, start);
  const { functionStems } = lexiconOf(reading.language);
  return between.length <= 3 || (between.length <= 8 && between.every(({ stem }) => functionStems.has(stem)));
}
