/** A language's phrases, compiled: stems → what they mean. */
import type { Metric } from "../../../../tools/define.ts";
import { languageOf } from "../languages/index.ts";
import type { Comparator, Concept, Language, MoveName, Phrases, Statistic } from "../languages/language.ts";
import { sumVerbs } from "../languages/sum-verbs.ts";
import { type LexiconTable, languageTable } from "../prepared/tables.ts";
import { isSlip } from "./distance.ts";
import { stem } from "./stem.ts";
import type { Span, Token } from "./utterance.ts";
import { normalise, tokenise } from "./utterance.ts";

export type Meaning =
  | { readonly kind: "concept"; readonly value: Concept }
  | { readonly kind: "metric"; readonly value: Metric }
  | { readonly kind: "statistic"; readonly value: Statistic }
  | { readonly kind: "comparator"; readonly value: Comparator }
  | { readonly kind: "option"; readonly value: string }
  | { readonly kind: "move"; readonly value: MoveName }
  | { readonly kind: "role"; readonly value: Role };

/** Words with a job in the sentence. */
export type Role =
  | "exclude"
  | "include"
  | "group-by"
  | "versus"
  | "rest"
  | "pronoun"
  | "superlative"
  | "conjunction"
  | "request"
  | "having"
  | "question"
  | "choosing";

export interface Sense extends Span {
  readonly meaning: Meaning;
  /** Indices into the tokens; `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

export interface Lexicon {
  readonly entries: ReadonlyMap<string, readonly Meaning[]>;
  /** Single words as written with their stems, by first letter, for slips of the hand. */
  readonly singles: ReadonlyMap<string, readonly (readonly [string, string])[]>;
  readonly longest: number;
  /** Stems of all words of all phrases: none of them is a misspelling. */
  readonly parts: ReadonlySet<string>;
  readonly functionStems: ReadonlySet<string>;
  readonly derivations: ReadonlySet<string>;
}

export const phrases = (list: Phrases): string[] =>
  list
    .split(",")
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== "");

export const stems = (phrase: string, language: Language): string[] =>
  tokenise(normalise(phrase), language).map((token) => token.stem);

const compiled = new WeakMap<Language, Lexicon>();

export function lexiconOf(language: Language): Lexicon {
  let lexicon = compiled.get(language);
  if (!lexicon) {
    lexicon = lexiconFrom(preparedFor(language) ?? lexiconTable(language), language);
    compiled.set(language, lexicon);
  }
  return lexicon;
}

/** Tables are kept by code, and are true of the language that is registered under it only. */
const preparedFor = (language: Language): LexiconTable | null =>
  language === languageOf(language.code) ? languageTable(language.code, "lexicon") : null;

function* meanings(language: Language): Generator<readonly [Phrases, Meaning]> {
  for (const [value, list] of entries(language.concepts)) if (list) yield [list, { kind: "concept", value }];
  for (const [value, list] of entries(language.metrics)) yield [list, { kind: "metric", value }];
  for (const [value, list] of entries(language.statistics)) yield [list, { kind: "statistic", value }];
  yield [sumVerbs[language.code] ?? "", { kind: "statistic", value: "sum" }];
  for (const [value, list] of entries(language.comparators)) yield [list, { kind: "comparator", value }];
  for (const [value, list] of entries(language.options)) yield [list, { kind: "option", value }];
  for (const [value, list] of entries(language.moves)) yield [list, { kind: "move", value }];
  const roles: readonly (readonly [Role, Phrases])[] = [
    ["exclude", language.exclude],
    ["include", language.include],
    ["group-by", language.groupBy],
    ["versus", language.versus],
    ["rest", language.rest],
    ["pronoun", language.pronouns],
    ["superlative", language.superlatives],
    ["conjunction", language.conjunctions],
    ["request", language.requests],
    ["having", language.having],
    ["question", language.questions],
    ["choosing", language.choosing],
  ];
  for (const [value, list] of roles) yield [list, { kind: "role", value }];
}

const entries = <Key extends string, Value>(record: Partial<Record<Key, Value>>): [Key, Value][] =>
  Object.entries(record) as [Key, Value][];

/** Computed from the language's lists. */
export function lexiconTable(language: Language): LexiconTable {
  const found = new Map<string, Meaning[]>();
  const words = new Map<string, string>();
  let longest = 1;
  for (const [list, meaning] of meanings(language)) {
    for (const phrase of phrases(list)) {
      const parts = stems(phrase, language);
      if (parts.length === 0) continue;
      longest = Math.max(longest, parts.length);
      const key = parts.join(" ");
      if (parts.length === 1 && !phrase.includes("-")) words.set(phrase.toLowerCase(), key);
      const known = found.get(key) ?? [];
      if (!known.some((other) => other.kind === meaning.kind && other.value === meaning.value)) {
        known.push(meaning);
      }
      found.set(key, known);
    }
  }
  return {
    entries: [...found],
    words: [...words],
    longest,
    functionStems: [...new Set(stems(language.functionWords, language))],
  };
}

function lexiconFrom({ entries, words, longest, functionStems }: LexiconTable, language: Language): Lexicon {
  return {
    entries: new Map(entries),
    singles: byFirstLetter(words),
    longest,
    parts: new Set(entries.flatMap(([key]) => key.split(" "))),
    functionStems: new Set(functionStems),
    derivations: new Set(phrases(language.derivations)),
  };
}

const byFirstLetter = (words: LexiconTable["words"]): Map<string, (readonly [string, string])[]> =>
  Map.groupBy(
    words.filter(([word]) => word.length >= 4),
    ([word]) => word[0]!,
  );

/** "delivery" beside "delivered": the same root with another ending. */
function isDerived(word: string, candidate: string, lexicon: Lexicon): boolean {
  let shared = 0;
  while (shared < word.length && word[shared] === candidate[shared]) shared += 1;
  return shared >= 4 && lexicon.derivations.has(word.slice(shared));
}

/** The stem of the lexicon's word that a misspelt one most likely is; null when none is near or two are equally near. */
export function nearestStem(word: string, stem: string, lexicon: Lexicon): string | null {
  const near = (lexicon.singles.get(word[0] ?? "") ?? []).filter(
    ([candidate, root]) =>
      (isSlip(word, candidate) || isSlip(stem, root)) && !isDerived(word, candidate, lexicon),
  );
  const stems = new Set(near.map(([, stem]) => stem));
  if (stems.size === 1) return near[0]![1];
  const swapped = new Set(
    near.filter(([candidate]) => candidate.length === word.length).map(([, stem]) => stem),
  );
  return swapped.size === 1 ? [...swapped][0]! : null;
}

/** "combien de temps" asks for a duration, though "combien de" alone counts. */
const countsInDuration = (meaning: Meaning, longer: Meaning): boolean =>
  meaning.kind === "statistic" &&
  meaning.value === "count" &&
  longer.kind === "concept" &&
  longer.value === "duration";

/** Every sense in the tokens. Of one kind (of concepts: of any) a longer phrase hides the shorter ones inside it. */
export function senses(tokens: readonly Token[], language: Language): Sense[] {
  const lexicon = lexiconOf(language);
  const words = tokens.map((token) => token.stem);
  const found: Sense[] = interrupted(tokens, words, lexicon, language);
  for (let length = Math.min(lexicon.longest, tokens.length); length >= 1; length--) {
    for (let from = 0; from + length <= tokens.length; from++) {
      const to = from + length;
      for (const meaning of lexicon.entries.get(words.slice(from, to).join(" ")) ?? []) {
        const hidden = found.some(
          (other) =>
            ((other.meaning.kind === meaning.kind &&
              (meaning.kind !== "role" || other.meaning.value === meaning.value)) ||
              countsInDuration(meaning, other.meaning)) &&
            other.from < to &&
            from < other.to &&
            other.to - other.from > length,
        );
        if (hidden) continue;
        const [start, end] = [tokens[from]!.start, tokens[to - 1]!.end];
        found.push({ meaning, from, to, start, end });
      }
    }
  }
  found.push(...parted(tokens, language, lexicon));
  return found.sort((left, right) => left.from - right.from || right.to - left.to);
}

/** "tiempo promedio de ciclo", "durée moyenne de traitement": a statistic stands inside the phrase, behind its noun. */
function interrupted(
  tokens: readonly Token[],
  words: readonly string[],
  { entries, longest }: Lexicon,
  { time }: Language,
): Sense[] {
  if (!time.adjectiveAfter) return [];
  const isStatistic = (word: string): boolean =>
    entries.get(word)?.some(({ kind }) => kind === "statistic") === true;
  return words.flatMap((word, at) => {
    if (at === 0 || !isStatistic(word)) return [];
    for (let to = Math.min(at + longest, words.length); to > at + 1; to--) {
      const key = [words[at - 1], ...words.slice(at + 1, to)].join(" ");
      const metric = entries.get(key)?.filter(({ kind }) => kind === "metric" || kind === "concept") ?? [];
      if (!metric.some(({ kind }) => kind === "metric")) continue;
      const span = { from: at - 1, to, start: tokens[at - 1]!.start, end: tokens[to - 1]!.end };
      return metric.map((meaning) => ({ meaning, ...span }));
    }
    return [];
  });
}

/** How far a verb may stand from its particle. */
const farthest = 9;

/** Verbs with the particles that parted from them: "räum die Dubletten auf" is "aufräumen", "wegzulassen" is "weglassen". */
function parted(tokens: readonly Token[], language: Language, { entries }: Lexicon): Sense[] {
  const particles = phrases(language.separable ?? "");
  if (particles.length === 0) return [];
  const sensesOf = (at: number, ...keys: string[]): Sense[] =>
    keys
      .flatMap((key) => entries.get(key) ?? [])
      .map((meaning) => ({ meaning, from: at, to: at + 1, start: tokens[at]!.start, end: tokens[at]!.end }));
  return tokens.flatMap((token, at) => {
    const infix = particles.find((particle) => token.lower.startsWith(`${particle}${language.infinitive}`));
    if (infix && language.infinitive) {
      const rest = token.lower.slice(infix.length + language.infinitive.length);
      return sensesOf(at, stem(`${infix}${rest}`, language));
    }
    if (!particles.includes(token.lower) || !(endsClause(tokens, at) || leadsOn(tokens, at, language)))
      return [];
    return Array.from(
      { length: Math.max(0, Math.min(farthest, at - 1)) },
      (_, back) => at - 2 - back,
    ).flatMap((verb) => {
      const { stem: root } = tokens[verb]!;
      return sensesOf(verb, `${root} ${token.stem}`, stem(`${token.lower}${root}`, language));
    });
  });
}

/** "speel de regel na op het log": a preposition follows, and none follows one. */
const leadsOn = (tokens: readonly Token[], at: number, { time }: Language): boolean =>
  phrases(time.in).includes(tokens[at + 1]?.lower ?? "") && at > 1;

/** Nothing follows, or a mark of punctuation does. */
const endsClause = (tokens: readonly Token[], at: number): boolean =>
  tokens[at + 1] === undefined || tokens[at + 1]!.start - tokens[at]!.end > 1;
