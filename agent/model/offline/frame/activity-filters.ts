/** Filters by steps that happen or do not: "with Rework", "excluding what got rejected", "not paid yet". */
import type { Filter } from "../../../../tools/inputs.ts";
import type { LinkOf } from "../link/links.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { stems } from "../text/lexicon.ts";
import type { Span } from "../text/utterance.ts";
import { exclusionOf } from "./exclusions.ts";
import { casesBefore, type FilterOptions, type FoundFilter } from "./filters.ts";
import { pathFilters } from "./path-filters.ts";
import { preceded } from "./preceded.ts";

/** A word for less of a step's name. */
const named = 0.4;

/** "date" of "Miss payment date" selects no cases by itself; the name's first word, what is done, does ("returned"). */
function isAside({ tokens, language }: Reading, { thing, start, end, score }: LinkOf<"thing">): boolean {
  const others = stems(thing.name, language).slice(1);
  return (
    score < named &&
    tokens.some((token) => token.start >= start && token.end <= end && others.includes(token.stem))
  );
}

type Left = "none" | "here" | "everywhere";

export function activityFilters(reading: Reading, options: FilterOptions): FoundFilter[] {
  const taken = new Set(pathFilters(reading, options).flatMap(({ links }) => links));
  const links = linksOf(reading, "thing").filter(
    (link) => link.thing.kind === "activity" && !taken.has(link),
  );
  const paired = options.pathsElsewhere && links.length === 2;
  const before: { link: LinkOf<"thing">; left: Left }[] = [];
  return links.flatMap((link): FoundFilter[] => {
    const left = leftOut(reading, link, options, before.at(-1));
    before.push({ link, left });
    if (paired && left !== "everywhere") return [];
    const kept = preceded(reading, link, "having", 1) && casesBefore(reading, link);
    const here = options.activitiesHere && !isAside(reading, link);
    if (left === "none" && !kept && !here) return [];
    if (left === "here" && !casesBefore(reading, link) && !here) return [];
    const mode = left === "none" ? "any" : "none";
    const filter: Filter = { kind: "activity", activities: [link.thing.name], mode };
    return [{ filter, links: [link], alternatives: [] }];
  });
}

/** Whether cases with the step are left out: whatever the tool is about (`everywhere`), or where it has no place for steps. */
function leftOut(
  reading: Reading,
  link: LinkOf<"thing">,
  options: FilterOptions,
  last: { readonly link: LinkOf<"thing">; readonly left: Left } | undefined,
): Left {
  const exclusion = exclusionOf(reading, link);
  const parts = options.changesElsewhere || options.pathsElsewhere;
  if (exclusion === "cases") return options.changesElsewhere ? "here" : "everywhere";
  if (exclusion === "lacking") return parts ? "here" : "everywhere";
  if (exclusion === "negated") return counts(reading) && !parts ? "everywhere" : "here";
  if (excludedWithin(reading, link)) return "everywhere";
  const beside =
    last && last.left !== "none" && tokensBetween(reading, last.link.end, link.start).length <= 1;
  if (beside) return last.left;
  return preceded(reading, link, "exclude", counts(reading) ? 2 : 1) ? "here" : "none";
}

/** "orders without approval": both words make the name of a step, and "without" stands between them. */
const excludedWithin = (reading: Reading, link: Span): boolean =>
  rolesAt(reading, "exclude").some((sense) => sense.start > link.start && sense.end < link.end);

/** "how many did not go through approval": what did not happen is counted. */
const counts = (reading: Reading): boolean =>
  linksOf(reading, "statistic").some(({ statistic }) => statistic === "count" || statistic === "share");
