/** Reads a text: words first, then what they may mean, then what they name in the log. */
import { languageOf } from "../languages/index.ts";
import type { Language, MoveName } from "../languages/language.ts";
import { apart } from "../text/document.ts";
import { entryOf } from "../text/entry.ts";
import { lexiconOf, nearestStem, phrases, type Sense, senses } from "../text/lexicon.ts";
import { englishBeside, englishLinks, englishSenses } from "../text/mixed.ts";
import { inside, overlap, type Span, type Utterance } from "../text/utterance.ts";
import { isPostposition } from "../text/wording.ts";
import { isOtherAccent } from "./accents.ts";
import { linkAmounts, linkNumberWords, linkOrdinals } from "./amounts.ts";
import { isAnotherWord, isArticleHere, isArticleOf, isBorrowedTop, isExpletive } from "./articles.ts";
import { asAttribute, dividersIn, divides, isCrossed, isGivenUpGroup } from "./dividers.ts";
import {
  familiarity,
  isCaseWord,
  isGrammar,
  isHeadOfCompound,
  isHeadOfValue,
  isOwnCase,
  isRole,
  speaksOfSteps,
} from "./grammar-words.ts";
import type { Link, LinkOf } from "./links.ts";
import {
  givesUpStep,
  hiddenByName,
  linkCases,
  linkKpis,
  linkLogs,
  linkPeriods,
  linkProposals,
  linkSenses,
  withoutGivenUp,
} from "./named.ts";
import { withPercentile } from "./percentiles.ts";
import { isInCorrection, isPlainNo } from "./plain-no.ts";
import type { Reading, ReadingContext } from "./reading.ts";
import { type VocabularyIndex, vocabularyIndex } from "./vocabulary/index.ts";
import { linkThings } from "./vocabulary/link-things.ts";
import type { Familiarity } from "./vocabulary/near-stems.ts";
import { linkWindows } from "./windows/link-windows.ts";
import { wordsOf } from "./words-in.ts";
import { linkWorkingHours, linkZone } from "./working-hours.ts";

/** Reads a text against the log at hand. Spans of different kinds may overlap only where the surer one is a name. */
export function read(text: string, language: Language, context: ReadingContext): Reading {
  const index = context.log ? vocabularyIndex(context.log, language) : null;
  const { words, document } = apart(text);
  const written = wordsOf(words, language, index);
  const spellings = correct(written, index);
  const base = {
    ...written,
    tokens: written.tokens.map((token, at) => ({ ...token, stem: spellings.get(at) ?? token.stem })),
  };
  const spoken = senses(base.tokens, language);
  const plain = spoken.filter(
    (sense) =>
      !isArticleHere(sense, base.tokens, language) &&
      !isArticleOf(sense, spoken, base.tokens, language) &&
      !isAnotherWord(sense, base.tokens, language) &&
      !isOtherAccent(sense, base.tokens, language) &&
      !isExpletive(sense, spoken) &&
      !isBorrowedTop(sense, base.tokens, language) &&
      !isPlainNo(sense, spoken, base) &&
      !isInCorrection(sense, spoken),
  );
  const everywhere = [...plain, ...englishSenses(written.tokens, language, plain)];
  const found = everywhere.filter((sense) => !base.quotes.some((quote) => inside(sense, quote)));
  const ofBusiness = found.some(({ meaning }) => meaning.kind === "concept" && meaning.value === "calendar");
  const hours = linkWorkingHours(base, ofBusiness);
  const english = englishBeside(base);
  const amounts = withEnglish(base, english, amountsIn).filter((amount) => !isOfStatistic(amount, found));
  const ownDates = linkWindows(base, context.now, context.zone);
  const windows = withEnglish(base, english, (text) =>
    text === base
      ? ownDates
      : linkWindows(text, context.now, context.zone).filter((date) => !isOwnNumber(date, base)),
  )
    .filter((window) => !isCompared(base, window) && !amounts.some((amount) => isMoneyIn(amount, window)))
    .filter((window) => !hours.some((span) => overlap(span, window)));
  const periods = withEnglish(base, english, (text) => linkPeriods(text, windows));
  const ofSteps = speaksOfSteps(base, windows);
  const known = (token: number): Familiarity => {
    const here = found.filter((sense) => sense.from <= token && token < sense.to);
    return index && isOwnCase(here, base.tokens[token]!, index) ? "known" : familiarity(here, ofSteps);
  };
  const linked = (index ? linkThings(base, index, known, dividersIn(base, everywhere)) : []).filter(
    (thing) => !isUnitOf(thing, amounts),
  );
  // "Europe/Berlin" is a zone, and no office in Berlin.
  const zone = linkZone(base);
  const things = linked
    .filter((link) => !isHeadOfCompound(link, linked) && !isHeadOfValue(link, linked, base))
    .filter((link) => !isGrammar(link, base, found) && !isCaseWord(link, base, found))
    .filter((link) => !givesUpStep(link, found, base))
    .filter((link) => zone === null || !inside(link, zone))
    .filter((link, _, all) => !isGivenUpGroup(link, all, base))
    .map((link) => (link.kind === "thing" && divides(link, base, found) ? asAttribute(link) : link))
    .map((link, _, all) =>
      link.kind === "thing" && isCrossed(link, all, base, found) ? asAttribute(link) : link,
    );
  const named = [
    ...linkProposals(base, found, context),
    ...linkLogs(base, context),
    ...linkKpis(base, context),
  ];
  const sure = [...hours, ...windows, ...periods, ...named];
  const links = [
    ...sure,
    ...things.filter((thing) => !sure.some((other) => overlap(other, thing) && !strong(thing))),
    ...amounts.filter((amount) => ![...sure, ...things].some((other) => overlap(other, amount))),
  ];
  // "in 5 min" is a length of time, and no minimum.
  const measures = linkSenses(found, things).filter(
    (link) => !amounts.some((amount) => amount.kind === "duration" && inside(link, amount)),
  );
  links.push(...withoutGivenUp(measures, base), ...linkCases(base, found, links));
  links.push(...extremes(base, links), ...borrowedPeriods(base, found, links));
  links.sort((left, right) => left.start - right.start);
  const visible = found.filter(
    (sense) =>
      !isUnitHere(sense, amounts) &&
      !hiddenByName(sense, things) &&
      !hiddenByComparison(sense, found, amounts),
  );
  return {
    ...base,
    senses: found,
    links: withPercentile(links, visible),
    concepts: new Set(visible.flatMap(({ meaning }) => (meaning.kind === "concept" ? [meaning.value] : []))),
    moves: movesIn(found, outsideNames(everywhere, things, base.quotes)),
    index,
    document,
    spellings,
  };
}

/** "5 min" is a length of time: its unit is no minimum, and in no slip of the hand a map. */
const isUnitHere = (sense: Sense, amounts: readonly Link[]): boolean =>
  sense.meaning.value !== "duration" &&
  amounts.some((amount) => amount.kind === "duration" && inside(sense, amount) && sense.start > amount.start);

/** "max lead time", "min waiting time": the longest and the shortest, where no amount follows that it would limit. */
function extremes({ tokens }: Utterance, links: readonly Link[]): Link[] {
  return tokens.flatMap((token, at): Link[] => {
    const statistic = /^(?<extreme>max|min)$/u.exec(token.lower)?.groups?.["extreme"] as
      | "max"
      | "min"
      | undefined;
    const next = tokens[at + 1];
    if (statistic === undefined || next === undefined) return [];
    const measured = links.some(
      (link) =>
        overlap(link, next) &&
        (link.kind === "metric" || (link.kind === "thing" && link.thing.kind === "attribute")),
    );
    const said = links.some((link) => link.kind === "statistic" && overlap(link, token));
    return measured && !said
      ? [{ kind: "statistic", statistic, start: token.start, end: token.end, score: 1 }]
      : [];
  });
}

/** "por week": the language's own word for grouping and an English unit of time. */
function borrowedPeriods(
  { tokens, language }: Utterance,
  found: readonly Sense[],
  links: readonly Link[],
): Link[] {
  if (language.code === "en") return [];
  const units = Object.entries(languageOf("en").time.units) as [LinkOf<"period">["period"], string][];
  return found.flatMap((sense): Link[] => {
    const token = isRole(sense, "group-by") ? tokens[sense.to] : undefined;
    const unit = token && units.find(([, list]) => phrases(list).includes(token.lower))?.[0];
    if (!token || !unit || links.some((link) => overlap(link, token))) return [];
    return [{ kind: "period", period: unit, start: sense.start, end: token.end, score: 1 }];
  });
}

/** "90分位": a place in an order, and no 90 minutes. */
const isOfStatistic = (amount: Span, found: readonly Sense[]): boolean =>
  found.some(
    ({ meaning, start, end }) =>
      meaning.kind === "statistic" &&
      start <= amount.start &&
      end >= amount.end &&
      end - start > amount.end - amount.start,
  );

/** "250 euros": what the figure counts is no value of the log besides, though a currency column has "EUR". */
const isUnitOf = (thing: Span, amounts: readonly Link[]): boolean =>
  amounts.some(
    ({ kind, start, end }) =>
      (kind === "money" || kind === "duration" || kind === "share") &&
      start < thing.start &&
      end === thing.end,
  );

/** What is found in the text, and what its English words say besides ("passam de 3 days", "closed por week"). */
function withEnglish<Found extends Link>(
  base: Utterance,
  english: Utterance | null,
  find: (text: Utterance) => readonly Found[],
): Found[] {
  const own = find(base);
  const borrowed = english ? englishLinks(base, own, find(english)) : [];
  return [...own.filter((link) => !borrowed.some((other) => overlap(other, link))), ...borrowed];
}

/** "les sept commandes": seven of them, though September is called so in English. */
const isOwnNumber = (date: Span, { tokens, language }: Utterance): boolean => {
  const within = tokens.filter((token) => inside(token, date));
  return within.length === 1 && entryOf(language.numbers.values, within[0]!.lower) !== undefined;
};

/** "entre 1000 et 2000 €" are amounts, no years. */
const isMoneyIn = (amount: Link, window: Span): boolean =>
  amount.kind === "money" && overlap(amount, window) && amount.start >= window.start;

/** "order_value > 2000", "2000超" are amounts, no years. */
const isCompared = ({ text, language }: Utterance, { start, end }: Span): boolean =>
  /[<>=]\s*$/u.test(text.slice(0, start)) ||
  (/^\d{4}$/u.test(text.slice(start, end)) && comparatorFollows(text.slice(end), language));

const comparatorFollows = (rest: string, language: Language): boolean =>
  language.script !== null &&
  Object.values(language.comparators).some((list) =>
    phrases(list).some((phrase) => isPostposition(phrase, language) && rest.startsWith(phrase)),
  );

function amountsIn(base: Utterance): Link[] {
  const amounts = linkAmounts(base);
  const words = linkNumberWords(base).filter((word) => !amounts.some((amount) => overlap(word, amount)));
  return [...amounts, ...words, ...linkOrdinals(base)];
}

/** Words in quotation marks are data; only that they claim an approval is noticed. */
function movesIn(found: readonly Sense[], everywhere: readonly Sense[]): Set<MoveName> {
  const names = (list: readonly Sense[]) =>
    list.flatMap(({ meaning }) => (meaning.kind === "move" ? [meaning.value] : []));
  return new Set([...names(found), ...names(everywhere).filter((name) => name === "pretend")]);
}

const strong = (link: Link): boolean => link.score >= 0.95 && link.end - link.start > 8;

/** A quotation that is a name of the log claims nothing, whatever it says: nobody who asks has written it. */
function outsideNames(
  found: readonly Sense[],
  things: readonly Link[],
  quotes: readonly Span[],
): readonly Sense[] {
  const names = things.filter(
    (thing) => thing.kind === "thing" && thing.score > 0.9 && quotes.some((quote) => inside(thing, quote)),
  );
  return found.filter((sense) => !names.some((name) => inside(sense, name)));
}

/** "greater than" is no praise, "longer than" no complaint, "exceeded 500" no delay. */
const hiddenByComparison = (sense: Sense, found: readonly Sense[], amounts: readonly Link[]): boolean =>
  found.some(
    ({ meaning, from, to, end }) =>
      meaning.kind === "comparator" &&
      (to - from > 1 ? amounts.length > 0 : amounts.some(({ start }) => end < start && start - end <= 1)) &&
      sense.from >= from &&
      sense.to <= to,
  );

/** Words that neither the language nor the log knows, and the known word that each most likely is. */
function correct(base: Utterance, index: VocabularyIndex | null): Map<number, string> {
  const lexicon = lexiconOf(base.language);
  const spellings = new Map<number, string>();
  for (const [position, token] of base.tokens.entries()) {
    const { stem, lower } = token;
    if (lower.length < 4 || /\p{N}/u.test(lower)) continue;
    if (lexicon.functionStems.has(stem) || lexicon.parts.has(stem) || index?.byStem.has(stem)) continue;
    const near = nearestStem(lower, stem, lexicon);
    if (near) spellings.set(position, near);
  }
  return spellings;
}
