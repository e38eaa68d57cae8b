/** Everything that was recognised in one text: words with a meaning, and spans that stand for things. */
import type { Briefing } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Concept, Language, MoveName } from "../languages/language.ts";
import { splitCompounds } from "../text/compounds.ts";
import { apart } from "../text/document.ts";
import { lexiconOf, nearestStem, phrases, type Role, type Sense, senses } from "../text/lexicon.ts";
import { englishBeside, englishLinks, englishSenses } from "../text/mixed.ts";
import { stem } from "../text/stem.ts";
import { inside, overlap, type Span, type Token, type Utterance, utterance } from "../text/utterance.ts";
import { isArticle, isPostposition, phraseIn, says, wordings } from "../text/wording.ts";
import { isOtherAccent } from "./accents.ts";
import { linkAmounts, linkNumberWords, linkOrdinals } from "./amounts.ts";
import { isAnotherWord, isArticleHere, isArticleOf, isExpletive } from "./articles.ts";
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
import {
  type Dividers,
  type Familiarity,
  linkThings,
  type VocabularyIndex,
  vocabularyIndex,
} from "./vocabulary.ts";
import { linkWindows } from "./windows.ts";
import { linkWorkingHours, linkZone } from "./working-hours.ts";

export interface Reading extends Utterance {
  readonly senses: readonly Sense[];
  readonly links: readonly Link[];
  readonly concepts: ReadonlySet<Concept>;
  readonly moves: ReadonlySet<MoveName>;
  readonly index: VocabularyIndex | null;
  /** What was pasted behind the words. */
  readonly document: string | null;
  /** Stems of misspelt words by token, as they were taken. */
  readonly spellings: ReadonlyMap<number, string>;
}

export type ReadingContext = Pick<Briefing, "now" | "zone" | "log" | "logs" | "proposals" | "kpis">;

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
      !isExpletive(sense, spoken),
  );
  const everywhere = [...plain, ...englishSenses(written.tokens, language, plain)];
  const found = everywhere.filter((sense) => !base.quotes.some((quote) => inside(sense, quote)));
  const ofBusiness = found.some(({ meaning }) => meaning.kind === "concept" && meaning.value === "calendar");
  const hours = linkWorkingHours(base, ofBusiness);
  const english = englishBeside(base);
  const amounts = withEnglish(base, english, amountsIn).filter((amount) => !isOfStatistic(amount, found));
  const windows = withEnglish(base, english, (text) => linkWindows(text, context.now, context.zone))
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

/** "Goldkunden" is gold, and no customer besides: the compound's first part says which. */
const isHeadOfCompound = (link: Span, all: readonly Link[]): boolean =>
  all.some((other) => other.kind === "thing" && other.end === link.start && link.start > 0);

/**
 * "plus de 2 jours" is more than two days and not the product called Plus, unless it is written as the name is; "compte les
 * tickets" counts and is not the category.
 */
function isGrammar(link: Link, base: Utterance, found: readonly Sense[]): boolean {
  const { tokens, language, quotes } = base;
  if (supposes(link, tokens, found)) return true;
  if (link.kind === "thing" && link.thing.kind === "activity") return asksToDo(link, base, found);
  if (link.kind !== "thing" || link.thing.kind !== "value" || language.capitalisedNouns) return false;
  const at = tokens.findIndex(({ start, end }) => start === link.start && end === link.end);
  const token = tokens[at];
  if (token === undefined || quotes.some((quote) => inside(token, quote))) return false;
  const starts = at === 0 && found.some((sense) => sense.from === 0 && isRole(sense, "request"));
  if (starts) return true;
  const written = at > 0 && /^\p{Lu}/u.test(token.text);
  return !written && lexiconOf(language).functionStems.has(token.stem);
}

/** "申込の平均": the word for the cases, though it also stands for the step that they begin with ("申込から承認まで"). */
function isCaseWord(link: Link, { tokens, language }: Utterance, found: readonly Sense[]): boolean {
  if (language.script === null || link.kind !== "thing" || link.thing.kind !== "activity") return false;
  const { time } = language;
  const orders = [time.to, time.until, time.before, time.after, time.since, time.between].flatMap(phrases);
  const [before, next] = [
    tokens.findLast(({ end }) => end <= link.start),
    tokens.find(({ start }) => start >= link.end),
  ];
  if ([before, next].some((token) => token !== undefined && orders.includes(token.lower))) return false;
  return found.some(
    ({ meaning, start, end }) =>
      meaning.kind === "concept" && meaning.value === "case" && start === link.start && end === link.end,
  );
}

/** "检查一下…", "確認してください": what is asked for, where one word of a step's name is all there is of it. */
const asksToDo = (link: LinkOf<"thing">, { tokens, language }: Utterance, found: readonly Sense[]): boolean =>
  link.score < oneWordOfName &&
  found.some(
    (sense) =>
      isRole(sense, "request") &&
      sense.start === link.start &&
      sense.end === link.end &&
      (language.script !== null ||
        tokens.slice(0, sense.from).every(({ stem }) => lexiconOf(language).functionStems.has(stem))),
  );
const oneWordOfName = 0.5;

/** "angenommen, zwei Leute kommen dazu": what supposes is no step that is called like it. */
function supposes(link: Link, tokens: readonly Token[], found: readonly Sense[]): boolean {
  const [first, ...more] = tokens;
  return (
    first !== undefined &&
    more.length > 0 &&
    link.start === first.start &&
    link.end === first.end &&
    link.kind === "thing" &&
    link.thing.name.toLowerCase() !== first.lower &&
    found.some(({ meaning, from, to }) => meaning.value === "what-if" && from === 0 && to === 1)
  );
}

/** "gold customers", "la sucursal de Hamburgo": the noun is what the value's attribute is called, and no value besides. */
const isHeadOfValue = (link: Link, all: readonly Link[], base: Utterance): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "value" &&
  all.some(
    (other) =>
      other.kind === "thing" &&
      other.thing.kind === "value" &&
      other !== link &&
      wordsOfName(other.thing.attribute).includes(link.thing.name.toLowerCase()) &&
      sideBySide(link, other, base),
  );

const wordsOfName = (name: string): readonly string[] => name.toLowerCase().split(/[^\p{L}\p{N}]+/u);

/** "branch is Hamburg", "branch 是 Hamburg". */
const copulas = [
  "is",
  "are",
  "ist",
  "sind",
  "est",
  "sont",
  "es",
  "son",
  "è",
  "sono",
  "é",
  "são",
  "zijn",
  "to",
  "jest",
  "是",
  "为",
  "は",
];

/** Nothing but "of", "is" and articles between the two. */
function sideBySide(one: Span, other: Span, { tokens, language }: Utterance): boolean {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  const linking = new Set([...phrases(language.time.of), ...phrases(language.time.articles), ...copulas]);
  return tokens
    .filter(({ start, end }) => start >= first.end && end <= second.start)
    .every(({ lower }) => linking.has(lower));
}

function wordsOf(text: string, language: Language, index: VocabularyIndex | null): Utterance {
  const said = utterance(text, language);
  const known = (stem: string): boolean => index?.byStem.has(stem) ?? false;
  const tokens = splitCompounds(said.tokens, language, known).flatMap((token) =>
    withoutWise(token, language, known),
  );
  return { ...said, tokens };
}

/** "filialweise" is the branch, and the ending that groups by it. */
function withoutWise(token: Token, language: Language, known: (stem: string) => boolean): Token[] {
  const ending = phrases(language.words.wise).find(
    (wise) => token.lower.endsWith(wise) && token.lower.length > wise.length + 2,
  );
  const name = ending === undefined ? "" : token.lower.slice(0, -ending.length);
  const root = [name, `${name}e`, name.slice(0, -1)].map((word) => stem(word, language)).find(known);
  if (ending === undefined || root === undefined) return [token];
  const middle = token.start + name.length;
  return [
    { ...token, text: token.text.slice(0, name.length), lower: name, stem: root, end: middle },
    { text: ending, lower: ending, stem: stem(ending, language), start: middle, end: token.end },
  ];
}

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

/** "which branch", "per channel", "for this branch": where a name is both, the attribute is meant rather than a value. */
const divides = (link: LinkOf<"thing">, base: Utterance, found: readonly Sense[]): boolean => {
  const at = base.tokens.findIndex(({ start }) => start === link.start);
  const pointedAt = phrases(base.language.time.current).includes(base.tokens[at - 1]?.lower ?? "");
  return found.some(
    (sense) =>
      pointedAt ||
      (isRole(sense, "group-by") && dividesAt(sense, link, base)) ||
      wordings(base, "wise").some(({ start }) => start >= link.end && start <= link.end + 1) ||
      (sense.to === at && leadsQuestion(sense, base.language)) ||
      (base.language.script !== null && isRole(sense, "superlative") && leadsTo(sense.to, at, base)),
  );
};

/** "office against employment": what may be attributes and stands beside another one is what cases are told apart by. */
function isCrossed(
  link: LinkOf<"thing">,
  all: readonly Link[],
  base: Utterance,
  found: readonly Sense[],
): boolean {
  const named = attributeOf(link);
  return all.some((other) => {
    if (other === link || other.kind !== "thing" || named === null) return false;
    const second = attributeOf(other);
    const [left, right] = link.start < other.start ? [link, other] : [other, link];
    const between = base.tokens.filter(({ start, end }) => start >= left.end && end <= right.start);
    const versus = found.some(
      (sense) => isRole(sense, "versus") && sense.start >= left.end && sense.end <= right.start,
    );
    return second !== null && second !== named && versus && between.length === 1;
  });
}

/** The attribute that a link is, or may be. */
const attributeOf = ({ thing, alternatives }: LinkOf<"thing">): string | null =>
  [thing, ...alternatives].find(({ kind }) => kind === "attribute")?.name ?? null;

/** "by product instead of category": the attribute that another one replaces. */
const isGivenUpGroup = (link: Link, all: readonly Link[], base: Utterance): boolean => {
  const attributes = all.filter((other) => other.kind === "thing" && other.thing.kind === "attribute");
  return attributes.includes(link) && !withoutGivenUp(attributes, base).includes(link);
};

/** Right before it, "of" aside: "最慢的分行". */
const leadsTo = (from: number, at: number, { tokens, language }: Utterance): boolean =>
  from === at || (from === at - 1 && phrases(language.time.of).includes(tokens[from]?.lower ?? ""));

/** Tokens that an attribute to group by begins at, or ends before ("branch-wise"). */
const dividersIn = (base: Utterance, found: readonly Sense[]): Dividers => ({
  begin: new Set(
    found
      .filter((sense) => isRole(sense, "group-by"))
      .flatMap((sense) =>
        base.tokens.flatMap(({ start }, at) => (dividesAt(sense, { start, end: start }, base) ? [at] : [])),
      ),
  ),
  end: new Set(wordings(base, "wise").map(({ from }) => from)),
});

const isRole = ({ meaning }: Sense, role: Role): boolean => meaning.kind === "role" && meaning.value === role;

/**
 * A word for grouping stands right before the name, or right after where the language has it so; before its article where
 * the word does nothing else ("selon le statut", and not "per la filiale", which is for one).
 */
const dividesAt = (sense: Sense, link: Span, { text, tokens, language }: Utterance): boolean => {
  const words = text.slice(sense.start, sense.end);
  if (isPostposition(words, language)) return sense.start === link.end;
  const next = tokens[sense.to];
  const only = !phrases(language.include).includes(words.toLowerCase());
  const name = only && next && isArticle(next, language) ? tokens[sense.to + 1] : next;
  return name?.start === link.start;
};

/** A question word where questions begin in this language. */
export const leadsQuestion = (sense: Sense, { questionsInPlace }: Language): boolean =>
  isRole(sense, "question") && (sense.from === 0 || questionsInPlace === true);

function asAttribute(link: LinkOf<"thing">): LinkOf<"thing"> {
  const attribute = link.alternatives.find(({ kind }) => kind === "attribute");
  if (link.thing.kind !== "value" || !attribute) return link;
  return {
    ...link,
    thing: attribute,
    alternatives: link.alternatives.filter((other) => other !== attribute),
  };
}

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

/** Ideas whose words are also parts of activities' names ("Send invoice", "Approve order"). */
const soft: ReadonlySet<string> = new Set([
  "case",
  "decide",
  "approval",
  "money",
  "completed",
  "failure",
  "ledger",
]);

function familiarity(meanings: readonly Sense[], ofSteps: boolean): Familiarity {
  const own = meanings.filter(isMeaning);
  if (own.length === 0) return "unknown";
  const isSoft = ({ meaning }: Sense): boolean =>
    meaning.kind === "option" || soft.has(meaning.value) || (ofSteps && meaning.value === "throughput");
  return own.every(isSoft) ? "soft" : "known";
}

/** "ship before …", "not closed", "never shipped": what else counts finished cases is a step here. */
function speaksOfSteps(base: Utterance, windows: readonly Span[]): boolean {
  const { before, after } = base.language.time;
  const ordered = base.tokens.some(
    (token) =>
      !windows.some((window) => overlap(window, token)) &&
      (phraseIn(base, before, token) || phraseIn(base, after, token)),
  );
  return (
    ordered || (["lacking", "not-done", "followed-by", "ever"] as const).some((list) => says(base, list))
  );
}

/** "loans" in a log of loans are its cases and no part of a step's name. */
const isOwnCase = (here: readonly Sense[], token: Token, index: VocabularyIndex): boolean =>
  index.called.has(token.stem) && here.some(({ meaning }) => meaning.value === "case");

const isMeaning = (sense: Sense): boolean =>
  sense.meaning.kind === "concept" ||
  sense.meaning.kind === "metric" ||
  sense.meaning.kind === "statistic" ||
  sense.meaning.kind === "option";

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

export const linksOf = <Kind extends Link["kind"]>(reading: Reading, kind: Kind): LinkOf<Kind>[] =>
  reading.links.filter((link): link is LinkOf<Kind> => link.kind === kind);

export const hasRole = (reading: Reading, role: Role): boolean =>
  reading.senses.some(({ meaning }) => meaning.kind === "role" && meaning.value === role);

export const rolesAt = (reading: Reading, role: Role): Sense[] =>
  reading.senses.filter(({ meaning }) => meaning.kind === "role" && meaning.value === role);

/** Tokens between the end of one span and the start of another. */
export const tokensBetween = (reading: Reading, end: number, start: number): Token[] =>
  reading.tokens.filter((token) => token.start >= end && token.end <= start);
