/** "How long do 90 % of the cases take?": a share of the cases within which a length of time is asked for is a percentile. */
import type { Statistic } from "../languages/language.ts";
import type { Sense } from "../text/lexicon.ts";
import type { Link } from "./links.ts";

const percentiles: ReadonlyMap<number, Statistic> = new Map([
  [0.9, "p90"],
  [0.95, "p95"],
]);
const times: ReadonlySet<string> = new Set(["cycle_time", "waiting_time", "time_to"]);
/** What is asked of these has a share of its own. */
const others: ReadonlySet<string> = new Set([
  "variant",
  "simulate",
  "watch",
  "noise",
  "rule",
  "draft",
  "filter",
]);

/** Words between the share and the word for cases at most, in letters. */
const near = 12;

/** The links, with the share as the percentile that it is; the same ones where it is none. */
export function withPercentile(links: readonly Link[], senses: readonly Sense[]): Link[] {
  const same = [...links];
  const of = (concept: string): Sense[] =>
    senses.filter(({ meaning }) => meaning.kind === "concept" && meaning.value === concept);
  const timed =
    of("duration").length > 0 || links.some((link) => link.kind === "metric" && times.has(link.metric));
  const limited = links.some(({ kind }) => kind === "duration");
  if (!timed || limited || [...others].some((concept) => of(concept).length > 0)) return same;
  const share = links.find(
    (link) =>
      link.kind === "share" &&
      percentiles.has(link.share) &&
      of("case").some(
        ({ start, end }) =>
          (start >= link.end && start - link.end <= near) || (end <= link.start && link.start - end <= 2),
      ),
  );
  if (share?.kind !== "share") return same;
  const statistic = percentiles.get(share.share)!;
  return same
    .filter((link) => !(link.kind === "statistic" && link.statistic === "share"))
    .map((link) =>
      link === share
        ? { kind: "statistic", statistic, start: share.start, end: share.end, score: share.score }
        : link,
    );
}
