/**
 * What a text is about, in no language: ideas, what its business words are in English, months, weekdays and numbers. What
 * was told in one language is found by it when it is asked for in another.
 */
import type { Idea } from "../../../../memory/embed.ts";
import type { Concept, Language } from "../languages/language.ts";
import { aliasesOf } from "../link/aliases.ts";
import { linkAmounts, linkNumberWords } from "../link/amounts.ts";
import type { Link } from "../link/links.ts";
import { type TimeClass, timeLexicon } from "../link/time-lexicon.ts";
import { splitCompounds } from "../text/compounds.ts";
import { detectLanguage } from "../text/detect.ts";
import { senses } from "../text/lexicon.ts";
import { fold, isFrequent } from "../text/stem.ts";
import { normalise, type Token, tokenise, type Utterance } from "../text/utterance.ts";

/** Ideas that say how something is asked for, or that every question has: they tell few memories apart. */
const common: ReadonlySet<Concept> = new Set<Concept>([
  "case",
  "activity",
  "process",
  "log",
  "list",
  "count",
  "duration",
  "cause",
  "map",
  "filter",
  "memory",
  "evidence",
]);
const weights = { idea: 0.6, common: 0.15, word: 1, time: 1, unit: 0.4, number: 1 };

export function ideasOf(text: string): readonly Idea[] {
  const language = detectLanguage(text, null);
  const utterance = utteranceOf(text, language);
  const found = [
    ...conceptsIn(utterance),
    ...businessIn(utterance),
    ...timesIn(utterance),
    ...numbersIn(utterance),
  ];
  const strongest = new Map<string, number>();
  for (const { name, weight } of found) strongest.set(name, Math.max(weight, strongest.get(name) ?? 0));
  return [...strongest].map(([name, weight]) => ({ name, weight }));
}

/** The frequent words of a text's language: they say nothing of what it is about. */
export const fillersOf = (text: string): readonly string[] =>
  detectLanguage(text, null).functionWords.split(/[\s,]+/u);

function utteranceOf(text: string, language: Language): Utterance {
  const normal = normalise(text);
  const tokens = splitCompounds(tokenise(normal, language), language, () => false);
  return { text: normal, tokens, language, quotes: [] };
}

function conceptsIn({ tokens, language }: Utterance): Idea[] {
  return senses(tokens, language).flatMap(({ meaning }): Idea[] => {
    if (meaning.kind === "statistic") return [{ name: `statistic ${meaning.value}`, weight: weights.idea }];
    if (meaning.kind === "metric") return [{ name: `metric ${meaning.value}`, weight: weights.idea }];
    if (meaning.kind !== "concept") return [];
    const weight = common.has(meaning.value) ? weights.common : weights.idea;
    return [{ name: `idea ${meaning.value}`, weight }];
  });
}

const word = (stem: string, weight = weights.word): Idea => ({ name: `word ${stem}`, weight });

/** English words themselves; what the words of another language are in English. */
function businessIn({ tokens, language }: Utterance): Idea[] {
  const { byOwn, longest } = translations(language);
  const own =
    language.code === "en"
      ? tokens.flatMap(({ stem, lower }) => (isFrequent(fold(lower), language) ? [] : [word(stem)]))
      : [];
  const found = [...own];
  for (let from = 0; from < tokens.length; from++) {
    for (let length = Math.min(longest, tokens.length - from); length >= 1; length--) {
      const key = keyOf(tokens.slice(from, from + length));
      const english = byOwn.get(key) ?? [];
      const weight = weights.word / Math.sqrt(Math.max(1, english.length));
      found.push(...english.map((stem) => word(stem, weight)));
      if (english.length > 0) break;
    }
  }
  return found;
}

const keyOf = (tokens: readonly Token[]): string => tokens.map(({ stem }) => stem).join(" ");

interface Translations {
  /** Stems of the language's words → stems of English ones. */
  readonly byOwn: ReadonlyMap<string, readonly string[]>;
  readonly longest: number;
}
const cache = new WeakMap<Language, Translations>();

function translations(language: Language): Translations {
  const known = cache.get(language);
  if (known !== undefined) return known;
  const byOwn = new Map<string, readonly string[]>();
  for (const [english, ways] of aliasesOf(language).byEnglish) {
    for (const stems of ways) {
      const key = stems.join(" ");
      byOwn.set(key, [...new Set([...(byOwn.get(key) ?? []), ...english.split(" ")])]);
    }
  }
  const made = { byOwn, longest: Math.max(1, ...[...byOwn.keys()].map((key) => key.split(" ").length)) };
  cache.set(language, made);
  return made;
}

const months = Array.from({ length: 12 }, (_, at) => `month-${at + 1}` as const);
const weekdays = Array.from({ length: 7 }, (_, at) => `weekday-${at + 1}` as const);
const holidays = ["holiday-easter", "holiday-pentecost", "holiday-christmas", "holiday-new-year"] as const;
const units = ["day", "week", "month", "quarter", "year"] as const;

function timesIn({ tokens, language }: Utterance): Idea[] {
  const lexicon = timeLexicon(language);
  const said = (name: TimeClass): boolean => tokens.some((_, at) => lexicon.match(tokens, at, name) > 0);
  return [
    ...[...months, ...weekdays, ...holidays].map((name) => ({ name, weight: weights.time })),
    ...units.map((name) => ({ name, weight: weights.unit })),
  ].filter(({ name }) => said(name));
}

function numbersIn(utterance: Utterance): Idea[] {
  return [...linkAmounts(utterance), ...linkNumberWords(utterance)].flatMap((link): Idea[] => {
    const value = figureOf(link);
    return value === null ? [] : [{ name: `number ${value}`, weight: weights.number }];
  });
}

/** Durations in seconds: a week and seven days are the same. */
function figureOf(link: Link): number | null {
  switch (link.kind) {
    case "number":
      return link.value;
    case "money":
      return link.amount;
    case "duration":
      return link.seconds;
    default:
      return null;
  }
}
