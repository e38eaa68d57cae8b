/** Filters by the order of steps: what a case begins or ends with, and what follows what. */
import type { Filter } from "../../../../tools/inputs.ts";
import { comparatorAt } from "../link/comparing.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import type { Span } from "../text/utterance.ts";
import { isPostposition, wordingAfter, wordingBefore } from "../text/wording.ts";
import type { FilterOptions, FoundFilter } from "./filters.ts";
import { orderOf, type StepOrder } from "./step-order.ts";

/** "starting with A", "that end with B", "where A is never directly followed by B within 2 days", "B right after A". */
export function pathFilters(reading: Reading, options: FilterOptions): FoundFilter[] {
  const links = linksOf(reading, "thing").filter(({ thing }) => thing.kind === "activity");
  const found: FoundFilter[] = [];
  links.forEach((link, at) => {
    const side = endpoint(reading, link);
    if (side) {
      const filter: Filter = { kind: "endpoint", at: side, activities: [link.thing.name] };
      found.push({ filter, links: [link], alternatives: [] });
    }
    const next = links[at + 1];
    const order = next && !options.pathsElsewhere ? orderOf(reading, link, next) : null;
    if (order && selects(order, options)) found.push(followed(reading, order));
  });
  return found;
}

/** A tool with a place for one step takes "the time to B after A" there; what follows at once, or is followed, selects cases. */
const selects = ({ said, directly }: StepOrder, options: FilterOptions): boolean =>
  said === "followed" || (said === "after" && (directly || options.activitiesHere));

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

function followed(reading: Reading, { from, to, directly, never }: StepOrder): FoundFilter {
  const last = Math.max(from.end, to.end);
  const time = linksOf(reading, "duration").find(({ start }) => start > last);
  const within = time && wordingBefore(reading, "within", time.start) !== null;
  const comparator = within ? "<=" : time ? comparatorAt(reading, time) : null;
  const timed = time && comparator ? { comparator, seconds: time.seconds } : null;
  return {
    filter: {
      kind: "follows",
      from: from.thing.name,
      to: to.thing.name,
      how: directly ? "directly" : "eventually",
      mode: never ? "never" : "some",
      ...timed,
    },
    links: [from, to, ...(time && timed ? [time] : [])],
    alternatives: [],
  };
}
