/** Everything that was recognised in one text: words with a meaning, and spans that stand for things. */
import type { Briefing } from "../../provider.ts";
import type { Comparator, Concept, Language, MoveName } from "../languages/language.ts";
import { lexiconOf, nearestStem, type Role, type Sense, senses } from "../text/lexicon.ts";
import { inside, overlap, type Span, type Token, type Utterance, utterance } from "../text/utterance.ts";
import { linkAmounts, linkOrdinals } from "./amounts.ts";
import type { Link, LinkOf } from "./links.ts";
import { linkThings, type VocabularyIndex, vocabularyIndex } from "./vocabulary.ts";
import { linkWindows } from "./windows.ts";

export interface Reading extends Utterance {
  readonly senses: readonly Sense[];
  readonly links: readonly Link[];
  readonly concepts: ReadonlySet<Concept>;
  readonly moves: ReadonlySet<MoveName>;
  readonly index: VocabularyIndex | null;
  /** Stems of misspelt words by token, as they were taken. */
  readonly spellings: ReadonlyMap<number, string>;
}

export type ReadingContext = Pick<Briefing, "now" | "zone" | "log" | "logs" | "proposals" | "kpis">;

/** Reads a text against the log at hand. Spans of different kinds may overlap only where the surer one is a name. */
export function read(text: string, language: Language, context: ReadingContext): Reading {
  const base = utterance(text, language);
  const index = context.log ? vocabularyIndex(context.log, language) : null;
  const spellings = correct(base, index);
  const found = senses(base.tokens, language, spellings).filter(
    (sense) => !base.quotes.some((quote) => inside(sense, quote)),
  );
  const windows = linkWindows(base, context.now, context.zone);
  const periods = linkPeriods(base, windows);
  const known = (token: number): boolean =>
    found.some((sense) => isMeaning(sense) && sense.from <= token && token < sense.to);
  const things = index ? linkThings(base, index, known) : [];
  const named = [...linkProposals(base, context), ...linkLogs(base, context), ...linkKpis(base, context)];
  const sure = [...windows, ...periods, ...named];
  const links = [
    ...sure,
    ...things.filter((thing) => !sure.some((other) => overlap(other, thing) && !strong(thing))),
    ...[...linkAmounts(base), ...linkOrdinals(base)].filter(
      (amount) => ![...sure, ...things].some((other) => overlap(other, amount)),
    ),
  ];
  links.push(...linkSenses(found, things));
  links.sort((left, right) => left.start - right.start);
  const visible = found.filter((sense) => !hiddenByName(sense, things));
  return {
    ...base,
    senses: found,
    links,
    concepts: new Set(visible.flatMap(({ meaning }) => (meaning.kind === "concept" ? [meaning.value] : []))),
    moves: new Set(found.flatMap(({ meaning }) => (meaning.kind === "move" ? [meaning.value] : []))),
    index,
    spellings,
  };
}

const isMeaning = (sense: Sense): boolean =>
  sense.meaning.kind === "concept" ||
  sense.meaning.kind === "metric" ||
  sense.meaning.kind === "statistic" ||
  sense.meaning.kind === "option";

const strong = (link: Link): boolean => link.score >= 0.95 && link.end - link.start > 8;

/** A word inside the whole name of an activity does not speak for itself ("Handle order" is no order to handle). */
const hiddenByName = (sense: Sense, things: readonly Link[]): boolean =>
  things.some(
    (thing) =>
      thing.kind === "thing" && thing.score > 0.9 && sense.start >= thing.start && sense.end <= thing.end,
  );

/** Words that neither the language nor the log knows, and the known word that each most likely is. */
function correct(base: Utterance, index: VocabularyIndex | null): Map<number, string> {
  const lexicon = lexiconOf(base.language);
  const spellings = new Map<number, string>();
  for (const [position, token] of base.tokens.entries()) {
    const { stem } = token;
    if (stem.length < 5 || /\p{N}/u.test(stem)) continue;
    if (lexicon.functionStems.has(stem) || lexicon.entries.has(stem) || index?.byStem.has(stem)) continue;
    const near = nearestStem(stem, lexicon);
    if (near) spellings.set(position, near);
  }
  return spellings;
}

function linkPeriods(base: Utterance, windows: readonly Span[]): LinkOf<"period">[] {
  const found: LinkOf<"period">[] = [];
  for (const [period, list] of Object.entries(base.language.time.every)) {
    for (const phrase of list.split(",").map((item) => item.trim())) {
      const match = new RegExp(`(?<![\\p{L}\\p{N}])${phrase}(?![\\p{L}\\p{N}])`, "iu").exec(base.text);
      if (!match) continue;
      const span = { start: match.index, end: match.index + match[0].length };
      if ([...windows, ...found].some((other) => overlap(other, span))) continue;
      found.push({ kind: "period", period: period as LinkOf<"period">["period"], ...span, score: 1 });
    }
  }
  return found;
}

/** Ids of proposals in full, or their first four and more characters. */
function linkProposals(base: Utterance, context: ReadingContext): LinkOf<"proposal">[] {
  return base.tokens.flatMap((token): LinkOf<"proposal">[] => {
    if (token.lower.length < 4 || !/\d/u.test(token.lower)) return [];
    const found = context.proposals.find(
      ({ id, digest }) => id.toLowerCase().includes(token.lower) || digest.startsWith(token.lower),
    );
    return found ? [{ kind: "proposal", id: found.id, start: token.start, end: token.end, score: 1 }] : [];
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
    const apart = start >= 0 && !/[\p{L}\p{N}_]/u.test(`${lower[start - 1] ?? " "}${lower[end] ?? " "}`);
    return apart && name.length > 2 ? [make(name, { start, end })] : [];
  });
}

const linkLogs = (base: Utterance, context: ReadingContext): LinkOf<"log">[] =>
  linkNames<"log">(
    base,
    context.logs.map(({ name }) => name),
    (name, span) => ({
      kind: "log",
      id: context.logs.find((log) => log.name === name)!.id,
      ...span,
      score: 1,
    }),
  );

const linkKpis = (base: Utterance, context: ReadingContext): LinkOf<"kpi">[] =>
  linkNames<"kpi">(
    base,
    context.kpis.map(({ name }) => name),
    (name, span) => ({ kind: "kpi", name, ...span, score: 1 }),
  );

function linkSenses(found: readonly Sense[], things: readonly Link[]): Link[] {
  return found.flatMap((sense): Link[] => {
    const span = { start: sense.start, end: sense.end, score: sense.score };
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

export const linksOf = <Kind extends Link["kind"]>(reading: Reading, kind: Kind): LinkOf<Kind>[] =>
  reading.links.filter((link): link is LinkOf<Kind> => link.kind === kind);

export const hasRole = (reading: Reading, role: Role): boolean =>
  reading.senses.some(({ meaning }) => meaning.kind === "role" && meaning.value === role);

export const rolesAt = (reading: Reading, role: Role): Sense[] =>
  reading.senses.filter(({ meaning }) => meaning.kind === "role" && meaning.value === role);

/** Tokens between the end of one span and the start of another. */
export const tokensBetween = (reading: Reading, end: number, start: number): Token[] =>
  reading.tokens.filter((token) => token.start >= end && token.end <= start);

const signComparators: Readonly<Record<string, Comparator>> = {
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
  "=": "=",
  "==": "=",
  "!=": "!=",
  "≥": ">=",
  "≤": "<=",
};

/** The comparison that stands right before the span, or (as "or more") right after it. */
export function comparatorAt(reading: Reading, span: Span): Comparator | null {
  const sign = /([<>]=?|[!=]=?|≥|≤)\s*$/u.exec(reading.text.slice(0, span.start));
  if (sign) return signComparators[sign[1]!] ?? null;
  const words = linksOf(reading, "comparator");
  const before = words.filter(
    (word) => word.end <= span.start && tokensBetween(reading, word.end, span.start).length <= 1,
  );
  const after = words.filter((word) => word.start >= span.end && word.start - span.end <= 1);
  return (before.at(-1) ?? after[0])?.comparator ?? null;
}
