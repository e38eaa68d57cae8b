/** Spans that are names or figures outside of the log's vocabulary: periods, cases, proposals, logs, KPIs, measures. */
import type { Language } from "../languages/language.ts";
import { lexiconOf, phrases, type Sense } from "../text/lexicon.ts";
import { isApart, overlap, type Span, type Token, type Utterance } from "../text/utterance.ts";
import { isPostposition, wordings } from "../text/wording.ts";
import type { Link, LinkOf } from "./links.ts";
import type { ReadingContext } from "./reading.ts";

export function linkPeriods(base: Utterance, windows: readonly Span[]): LinkOf<"period">[] {
  const found: LinkOf<"period">[] = [];
  const lower = base.text.toLowerCase();
  for (const [period, phrase] of periodsOf(base.language)) {
    const span = placesOf(phrase, lower).find((place) => isApart(base.text, place));
    if (!span || [...windows, ...found].some((other) => overlap(other, span))) continue;
    if (comparesBefore(base, span.start)) continue;
    found.push({ kind: "period", period, ...span, score: 1 });
  }
  return found;
}

type Period = LinkOf<"period">["period"];

const periodPhrases = new WeakMap<Language, readonly (readonly [Period, string])[]>();

/** "per week", "weekly": each phrase of each period, in small letters. */
function periodsOf(language: Language): readonly (readonly [Period, string])[] {
  let known = periodPhrases.get(language);
  if (!known) {
    known = Object.entries(language.time.every).flatMap(([period, list]) =>
      phrases(list).map((phrase) => [period as Period, phrase.toLowerCase()] as const),
    );
    periodPhrases.set(language, known);
  }
  return known;
}

function placesOf(phrase: string, text: string): Span[] {
  const places: Span[] = [];
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length))
    places.push({ start: at, end: at + phrase.length });
  return places;
}

/** "more than a day" is a length of time, "twice a day" a period. */
function comparesBefore({ text, language }: Utterance, start: number): boolean {
  const before = text.slice(0, start).toLowerCase().trimEnd();
  return Object.values(language.comparators).some((list) =>
    phrases(list).some((phrase) => /\p{L}/u.test(phrase) && before.endsWith(` ${phrase}`)),
  );
}

/** "order O-1043": letters and figures right behind the noun for a case are the name of one. */
export function linkCases(
  base: Utterance,
  found: readonly Sense[],
  taken: readonly Span[],
): LinkOf<"case">[] {
  const isNoun = (at: number): boolean =>
    found.some(({ meaning, to }) => to === at && meaning.kind === "concept" && meaning.value === "case");
  return base.tokens.flatMap((token, at): LinkOf<"case">[] => {
    const follows = /^\p{Lu}{1,5}$/u.test(token.text) && base.text[token.end] === "-";
    const end = follows ? (base.tokens[at + 1]?.end ?? token.end) : token.end;
    const name = base.text.slice(token.start, end);
    const span = { start: token.start, end };
    if (!/^\p{Lu}{1,5}[-_]?\d{2,}$/u.test(name) || !isNoun(at) || taken.some((other) => overlap(other, span)))
      return [];
    return [{ kind: "case", name, ...span, score: 1 }];
  });
}

/** Letters and figures of a digest, four and more. */
const digestLike = /^(?=.*\d)(?=.*[a-f])[\da-f]{4,64}$/u;

/** Ids of proposals in full, or their first four and more characters; one that is not known is taken as it is called. */
export function linkProposals(
  base: Utterance,
  found: readonly Sense[],
  context: ReadingContext,
): LinkOf<"proposal">[] {
  const isNoun = (at: number): boolean =>
    found.some(
      ({ meaning, from, to }) =>
        meaning.value === "proposal" && ((to <= at && at - to <= 1) || (from > at && from - at <= 2)),
    );
  return base.tokens.flatMap((token, at): LinkOf<"proposal">[] => {
    if (token.lower.length < 4 || !/\d/u.test(token.lower)) return [];
    const known = context.proposals.find(
      ({ id, digest }) => id.toLowerCase().includes(token.lower) || digest.startsWith(token.lower),
    );
    const id = known?.id ?? (digestLike.test(token.lower) && isNoun(at) ? token.lower : undefined);
    return id === undefined ? [] : [{ kind: "proposal", id, start: token.start, end: token.end, score: 1 }];
  });
}

function linkNames<Kind extends "log" | "kpi">(
  base: Utterance,
  names: readonly string[],
  make: (name: string, span: Span) => LinkOf<Kind>,
): LinkOf<Kind>[] {
  const lower = base.text.toLowerCase();
  return names.flatMap((name) => {
    const start = lower.indexOf(name.toLowerCase());
    const end = start + name.length;
    const apart = start >= 0 && isApart(lower, { start, end });
    return apart && name.length > 2 ? [make(name, { start, end })] : [];
  });
}

/** A log called like a common word ("orders") is only meant where the word for a log stands beside it. */
export function linkLogs(base: Utterance, context: ReadingContext): LinkOf<"log">[] {
  const { entries } = lexiconOf(base.language);
  const names = context.logs.map(({ name }) => name);
  const idOf = (name: string): string => context.logs.find((log) => log.name === name)!.id;
  const found = linkNames<"log">(base, names, (name, span) => ({
    kind: "log",
    id: idOf(name),
    ...span,
    score: 1,
  }));
  const isLogWord = (token: Token | undefined): boolean =>
    entries.get(token?.stem ?? "")?.some(({ value }) => value === "log") ?? false;
  return found.filter((link) => {
    const at = base.tokens.findIndex((token) => overlap(token, link));
    const common = entries.has(base.tokens[at]?.stem ?? "");
    return !common || isLogWord(base.tokens[at - 1]) || isLogWord(base.tokens[at + 1]);
  });
}

export const linkKpis = (base: Utterance, context: ReadingContext): LinkOf<"kpi">[] =>
  linkNames<"kpi">(
    base,
    context.kpis.map(({ name }) => name),
    (name, span) => ({ kind: "kpi", name, ...span, score: 1 }),
  );

export function linkSenses(found: readonly Sense[], things: readonly Link[]): Link[] {
  return found.flatMap((sense): Link[] => {
    const span = { start: sense.start, end: sense.end, score: 1 };
    if (hiddenByName(sense, things)) return [];
    switch (sense.meaning.kind) {
      case "metric":
        return [{ kind: "metric", metric: sense.meaning.value, ...span }];
      case "statistic":
        return [{ kind: "statistic", statistic: sense.meaning.value, ...span }];
      case "comparator":
        return [{ kind: "comparator", comparator: sense.meaning.value, ...span }];
      default:
        return [];
    }
  });
}

/** A word inside the whole name of an activity does not speak for itself ("Handle order" is no order to handle). */
export const hiddenByName = (sense: Sense, things: readonly Link[]): boolean =>
  things.some(
    (thing) =>
      thing.kind === "thing" && thing.score > 0.9 && sense.start >= thing.start && sense.end <= thing.end,
  );

/** "承認件数じゃなくて完了件数": a step that is said to be counted no more, where another figure is named after it. */
export function givesUpStep(link: Link, found: readonly Sense[], base: Utterance): boolean {
  if (link.kind !== "thing" || link.thing.kind !== "activity") return false;
  const figures = found.filter(({ meaning }) => meaning.kind === "metric" || meaning.kind === "statistic");
  return wordings(base, "instead-of").some(
    ({ start, end }) =>
      isPostposition(base.text.slice(start, end), base.language) &&
      link.end <= start &&
      figures.some((figure) => figure.start >= link.end && figure.end === start) &&
      figures.some((figure) => figure.start >= end),
  );
}

/** "median instead of the mean": what is given up says nothing where another of its kind is there. */
export function withoutGivenUp(links: readonly Link[], base: Utterance): readonly Link[] {
  const given = wordings(base, "instead-of");
  const near = (from: number, to: number): boolean =>
    from <= to && base.tokens.filter(({ start, end }) => start >= from && end <= to).length <= 1;
  const isGivenUp = (link: Link): boolean =>
    given.some((words) =>
      isPostposition(base.text.slice(words.start, words.end), base.language)
        ? near(link.end, words.start)
        : near(words.end, link.start),
    );
  const kept = links.filter((link) => !isGivenUp(link));
  return links.filter((link) => kept.includes(link) || !kept.some(({ kind }) => kind === link.kind));
}
