/** What a piece between two cuts is: a request, a condition, a topic, nothing. */

import { requests } from "../../follow-up/ellipsis.ts";
import { leadsQuestion } from "../../link/grammar-words.ts";
import { hasRole, linksOf, type Reading } from "../../link/reading.ts";
import { wordsBeside } from "../../link/words-beside.ts";
import { lexiconOf } from "../../text/lexicon.ts";
import type { Part } from "./part.ts";

/** "と、", "both please": words of grammar between or after what is asked for. */
export function isIdle({ tokens, senses, links, concepts, language }: Reading): boolean {
  const { functionStems } = lexiconOf(language);
  const own = senses.filter(
    ({ meaning }) =>
      (meaning.kind === "role" && meaning.value !== "question") ||
      (meaning.kind === "move" && (meaning.value === "thanks" || meaning.value === "addition")),
  );
  return (
    links.length === 0 &&
    concepts.size === 0 &&
    tokens.every(
      ({ stem }, at) => functionStems.has(stem) || own.some(({ from, to }) => from <= at && at < to),
    )
  );
}

/** "請求から入金まで、何日かかる？": the figure that is asked of what stands before it. */
export const isOnlyFigure = ({ links, concepts }: Reading): boolean =>
  links.every(({ kind }) => figureKinds.has(kind)) &&
  [...concepts].every((concept) => concept === "duration" || concept === "count");

/** "wyklucz zgłoszenia sieciowe i pokaż …": which cases what comes after it is asked of. */
export const onlyLeavesOut = ({ senses, concepts, links }: Reading): boolean =>
  senses.some(({ meaning, from }) => from === 0 && meaning.kind === "role" && meaning.value === "exclude") &&
  links.every(({ kind }) => kind === "thing" || kind === "window") &&
  [...concepts].every((concept) => ["case", "skip", "filter", "unwritten"].includes(concept));

/** "najwyżej 50 spraw": how many of what was asked for before. */
export const isOnlyLimit = ({ links, concepts }: Reading): boolean =>
  links.some(({ kind }) => kind === "number") &&
  links.every(({ kind }) => kind === "number" || kind === "comparator") &&
  [...concepts].every((concept) => concept === "case" || concept === "cause" || concept === "budget");

export const saysFigure = ({ links, concepts }: Reading): boolean =>
  links.some(({ kind }) => kind === "metric" || kind === "statistic") ||
  concepts.has("duration") ||
  concepts.has("count");

const figureKinds: ReadonlySet<string> = new Set(["metric", "statistic", "comparator"]);

/** "how many …, the median …": no one figure is both, where a comma stands between them. */
export function countsAndSums(reading: Reading): boolean {
  const statistics = linksOf(reading, "statistic");
  const counts = statistics.filter(({ statistic }) => statistic === "count");
  const others = statistics.filter(({ statistic }) => summaries.has(statistic));
  return counts.some((count) =>
    others.some(({ start }) => start > count.end && /[,，、]/u.test(reading.text.slice(count.end, start))),
  );
}

const summaries: ReadonlySet<string> = new Set(["mean", "median", "p90", "p95", "sum"]);

/** The tool, and the metric where it has one: "how many were closed, and the median duration" are two figures. */
export const askedOf =
  (listed: boolean) =>
  ({ ranked: [best] }: Part): string =>
    listed ? `${best!.tool.name} ${String(best!.filling.input["metric"] ?? "")}` : best!.tool.name;

/** "just the main paths" goes on with what was said before; "where do we wait?" asks. */
export const goesOn = ({ senses }: Reading): boolean =>
  !senses.some(
    ({ meaning, from }) => from === 0 && meaning.kind === "role" && meaning.value === "question",
  ) &&
  senses.some(
    ({ meaning, from }) =>
      // "but only …"
      (from === 0 || (from === 1 && senses.some((other) => other.from === 0 && isBut(other, senses)))) &&
      meaning.kind === "role" &&
      (meaning.value === "include" || meaning.value === "exclude" || meaning.value === "having"),
  );

/** A word that adds to what was said, and is no "and" before another request. */
const isBut = ({ meaning, from, to }: Reading["senses"][number], senses: Reading["senses"]): boolean =>
  meaning.kind === "move" &&
  meaning.value === "addition" &&
  to - from > 1 &&
  senses.some((other) => other.from === 1 && other.meaning.value === "include");

/** "orders from Austria, how long do they take?": cases are named, and then asked about without being named again. */
export function isTopicOf(first: Reading, second: Reading): boolean {
  const asks = ({ senses, language }: Reading): boolean =>
    senses.some(
      (sense) =>
        leadsQuestion(sense, language) ||
        (sense.from === 0 && sense.meaning.kind === "role" && sense.meaning.value === "request"),
    );
  return (
    first.concepts.has("case") &&
    [...first.concepts].every((concept) => concept === "case") &&
    first.links.some(({ kind }) => kind === "thing" || kind === "money" || kind === "number") &&
    linksOf(first, "metric").length + linksOf(first, "statistic").length === 0 &&
    !asks(first) &&
    second.senses.some((sense) => leadsQuestion(sense, second.language)) &&
    !second.concepts.has("case") &&
    linksOf(second, "thing").length === 0
  );
}

export const speaksForItself = ({ reading, ranked }: Part, sure: number): boolean =>
  wordsBeside(reading, ["why", "addition"]) > 0 &&
  (ranked[0]?.tool.risk === "read" || orders(reading)) &&
  (ranked[0]?.likelihood ?? 0) >= sure &&
  ranked[0]!.filling.missing.length === 0 &&
  // "median and p90" are asked of what is said before them.
  ranked[0]!.filling.label === undefined;

/** "… of 12 days": a length of time alone orders nothing, however near it is to what changes something. */
const orders = (reading: Reading): boolean =>
  hasRole(reading, "request") || requests(reading).some((concept) => concept !== "duration");
