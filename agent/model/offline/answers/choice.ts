/** Which of the offered readings an answer takes: by place, by name, by an idea, both of them, any, or none. */
import type { Briefing } from "../../provider.ts";
import { type ChoiceWords, choiceWords } from "../languages/choice-words.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { inside, type Span } from "../text/utterance.ts";
import { type Offered, ownSigns, signsIn, signsOf } from "./signs.ts";
import { written } from "./written.ts";

export interface Choice {
  /** `unclear`: it is an answer, and several are left. */
  readonly kind: "one" | "several" | "any" | "dropped" | "unclear";
  readonly chosen: readonly Offered[];
  /** The words that choose. */
  readonly spans: readonly Span[];
}

interface Pointed extends Span {
  readonly at: number;
}

export function choiceIn(reading: Reading, offered: readonly Offered[], briefing: Briefing): Choice | null {
  const words = choiceWords[reading.language.code] ?? choiceWords["en"]!;
  const given = written(reading, words.dropped);
  if (given.length > 0) return { kind: "dropped", chosen: [], spans: given };
  const any = written(reading, words.any);
  const names = plain(named(reading, offered, briefing));
  // "first line": the place is part of a name.
  const both = written(reading, words.both);
  const places = placed(reading, offered, words).filter(
    (one) => ![...names, ...both].some((span) => inside(one, span)),
  );
  const pointed = [...names, ...places];
  const refused = pointed.filter((one) => isRefused(reading, one, words));
  const taken = new Set(pointed.filter((one) => !refused.includes(one)).map(({ at }) => at));
  if (taken.size === 1) return choice("one", offered, [...taken], pointed);
  if (any.length > 0) return choice("any", offered, [0], [...any, ...pointed]);
  if (both.length > 0 || taken.size > 1)
    return choice("several", offered, taken.size > 1 ? [...taken] : [...offered.keys()], [
      ...both,
      ...pointed,
    ]);
  if (refused.length === 0) return null;
  const left = [...offered.keys()].filter((at) => !refused.some((one) => one.at === at));
  return choice(left.length === 1 ? "one" : "unclear", offered, left, [
    ...refused,
    ...written(reading, words.not),
  ]);
}

const choice = (
  kind: Choice["kind"],
  offered: readonly Offered[],
  places: readonly number[],
  spans: readonly Span[],
): Choice => ({ kind, chosen: [...places].sort().map((at) => offered[at]!), spans });

/** "the specialist", "the waiting one": what only one of them has; of words that several have a part of, the most. */
function named(reading: Reading, offered: readonly Offered[], briefing: Briefing): Pointed[] {
  const said = signsIn(reading);
  const places = linksOf(reading, "ordinal");
  return ownSigns(offered, reading, briefing).flatMap((own, at) => {
    const found = signsOf(said, own);
    const bare = found.every((sign) => places.some((place) => inside(sign, place)));
    return bare ? [] : found.map(({ start, end }) => ({ at, start, end }));
  });
}

/** A word that several have tells nothing of which. */
const plain = (names: readonly Pointed[]): Pointed[] =>
  names.filter(
    (name) =>
      !names.some((other) => other.at !== name.at && other.start === name.start && other.end === name.end),
  );

/** "the second", "2", "number two", "the former". */
function placed(reading: Reading, offered: readonly Offered[], words: ChoiceWords): Pointed[] {
  const found = [
    ...linksOf(reading, "ordinal").map(({ position, start, end }) => ({
      at: position > 0 ? position - 1 : offered.length + position,
      start,
      end,
    })),
    ...figures(reading, offered.length),
    ...written(reading, words.first).map((span) => ({ ...span, at: 0 })),
    ...written(reading, words.last).map((span) => ({ ...span, at: offered.length - 1 })),
  ];
  return found.filter(({ at }) => at >= 0 && at < offered.length);
}

/**
 * A figure or a word for one that counts nothing else, and "the last", whatever stands behind it. "One" is an article as
 * often.
 */
function figures(reading: Reading, offered: number): Pointed[] {
  const { values, ordinals } = reading.language.numbers;
  const amounts = reading.links.filter(({ kind }) => !["number", "ordinal", "unknown"].includes(kind));
  return reading.tokens.flatMap((token) => {
    if (amounts.some((amount) => inside(token, amount))) return [];
    const { start, end, lower } = token;
    if (Object.hasOwn(ordinals, lower) && ordinals[lower] === -1) return [{ at: offered - 1, start, end }];
    const word = Object.hasOwn(values, lower) && values[lower]! > 1 ? values[lower] : undefined;
    const value = /^\d{1,2}$/u.test(lower) ? Number(lower) : word;
    return value === undefined ? [] : [{ at: value - 1, start, end }];
  });
}

/** "not the first one": the word for it right before, function words aside; after it where words stand so. */
function isRefused(reading: Reading, one: Span, words: ChoiceWords): boolean {
  const { functionStems } = lexiconOf(reading.language);
  return written(reading, words.not).some((word) => {
    const [from, to] = word.end <= one.start ? [word.end, one.start] : [one.end, word.start];
    const isAfter = word.start >= one.end;
    if (from > to || isAfter !== (reading.language.code === "ja")) return false;
    const between = reading.text.slice(from, to);
    const beside = reading.tokens.filter(({ start, end }) => start >= from && end <= to);
    return (
      !/[,;.:!、，。；]/u.test(between) &&
      beside.every(({ stem, lower }) => functionStems.has(stem) || /^\d+$/u.test(lower) || beside.length <= 1)
    );
  });
}
