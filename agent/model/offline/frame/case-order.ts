/**
 * Cases that are asked for in an order: "the ten most expensive orders", "cases with the most steps", "smallest amounts
 * first". What the largest value is, or which country has it, is asked for otherwise.
 */
import type { Vocabulary } from "../../provider.ts";
import { type OrderWords, orderWords } from "../languages/order-words.ts";
import type { Link, LinkOf } from "../link/links.ts";
import { moneyWords } from "../link/money-words.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { spansOf } from "../text/patterns.ts";
import { inside, overlap, type Span, type Token } from "../text/utterance.ts";
import { says, wordings } from "../text/wording.ts";
import { conditional, isOrdered } from "./asked-besides.ts";
import { notEnded } from "./filters.ts";
import { asksWhich } from "./which.ts";

export interface FoundOrder {
  readonly order: string;
  /** The attribute that it goes by; null where it goes by times or events. */
  readonly by: string | null;
  /** Others that the words fit as well. */
  readonly others: readonly string[];
  /** It is not named: what cases are worth was meant. */
  readonly assumed: boolean;
  /** It goes by an amount, and the log has none. */
  readonly lacking: boolean;
  /** A single case is asked for. */
  readonly one: boolean;
  /** No word for cases is said: "newest first". */
  readonly bare: boolean;
  readonly links: readonly Link[];
}

type Direction = "up" | "down";
type Kind = "dear" | "cheap" | "large" | "small" | "newest" | "oldest" | "slowest" | "fastest";
const kinds: readonly Kind[] = ["dear", "cheap", "slowest", "fastest", "newest", "oldest", "large", "small"];
const down: ReadonlySet<string> = new Set(["dear", "large", "newest", "slowest"]);
const directionOf = (kind: Kind): Direction => (down.has(kind) ? "down" : "up");

interface Said extends Span {
  readonly kind: Kind;
}

const known = new WeakMap<Reading, FoundOrder | null>();

export function caseOrder(reading: Reading, vocabulary: Vocabulary | null): FoundOrder | null {
  const before = known.get(reading);
  if (before !== undefined) return before;
  const found = orderIn(reading, vocabulary);
  known.set(reading, found);
  return found;
}

function orderIn(reading: Reading, vocabulary: Vocabulary | null): FoundOrder | null {
  const words = orderWords[reading.language.code];
  if (words === undefined || reading.index === null || vocabulary === null) return null;
  const counts = [words.many, words.few].flatMap((source) => spansOf(reading, source));
  if (asksOtherwise(reading, counts) || isVerdict(reading) || beginsStrangely(reading)) return null;
  const said = superlatives(reading, words);
  const cases = caseNouns(reading);
  const sorts = spansOf(reading, words.sorted).length > 0;
  const first = spansOf(reading, words.first);
  const asked =
    bySteps(reading, words, cases) ??
    byFigure({ reading, words, vocabulary, said, cases, listed: sorts || first.length > 0 }) ??
    besideNoun({ reading, words, vocabulary, said, cases }) ??
    ((sorts && !namesGroup(reading)) || listsBy(reading, vocabulary, cases)
      ? asSorted(reading, words, vocabulary, cases)
      : null) ??
    (first.length > 0 ? inFront(reading, said, first) : null);
  return asked && { ...asked, bare: cases.length === 0 };
}

/** A figure of them, what lies behind it, what would be: no list of cases. */
export const asksOtherwise = (reading: Reading, besides: readonly Span[] = []): boolean =>
  linksOf(reading, "statistic").some(
    (link) =>
      link.statistic !== "max" && link.statistic !== "min" && !besides.some((span) => overlap(span, link)),
  ) ||
  linksOf(reading, "metric").some(({ metric }) => metric !== "cycle_time" && metric !== "throughput") ||
  otherConcepts.some((concept) => reading.concepts.has(concept)) ||
  reading.moves.has("why") ||
  linksOf(reading, "thing").some(
    ({ thing, start }) => thing.kind === "attribute" && asksWhich(reading, start),
  );

/** "are the latest orders slower?", "how much is the largest order?", "if an order is the largest, …": no list is wanted. */
const isVerdict = (reading: Reading): boolean =>
  phrases(reading.language.yesNo).includes(reading.tokens[0]?.lower ?? "") ||
  says(reading, "how-much") ||
  (conditional(reading) && isOrdered(reading)) ||
  reading.senses.some(
    ({ meaning, from, to }) =>
      from === 0 && to > 1 && meaning.kind === "concept" && meaning.value === "duration",
  );

/** "pay the most expensive order first": a verb that no request is made with. */
function beginsStrangely(reading: Reading): boolean {
  const { tokens, language, senses, links } = reading;
  const [first] = tokens;
  if (first === undefined || language.script !== null || tokens.length < 3) return false;
  const words = orderWords[language.code]!;
  const spoken: readonly Span[] = [
    ...senses,
    ...links,
    ...kinds.flatMap((kind) => spansOf(reading, words[kind])),
  ];
  return (
    !lexiconOf(language).functionStems.has(first.stem) &&
    !spansOf(reading, words.sorted).some((span) => overlap(span, first)) &&
    !spoken.some((span) => overlap(span, first))
  );
}

const otherConcepts = [
  "cause",
  "compare",
  "what-if",
  "predict",
  "trend",
  "watch",
  "rule",
  "distribution",
  "bottleneck",
  "variant",
  "proposal",
] as const;

/** Each word once: "longest running" is slow, though "longest" could be large. */
function superlatives(reading: Reading, words: OrderWords): Said[] {
  const found: Said[] = [];
  // "con score menor de 480", "la semaine dernière": compared with a figure, or a time.
  const taken: readonly Span[] = [...linksOf(reading, "comparator"), ...linksOf(reading, "window")];
  for (const kind of kinds)
    for (const span of spansOf(reading, words[kind]))
      if (![...found, ...taken].some((other) => overlap(other, span))) found.push({ ...span, kind });
  return found.sort((left, right) => left.start - right.start);
}

/** Words for cases that are no part of an attribute's name. */
function caseNouns(reading: Reading): Span[] {
  const names = linksOf(reading, "thing").filter(
    ({ thing, score, start, end }) =>
      thing.kind !== "value" &&
      score > (thing.kind === "attribute" ? 0.5 : 0.9) &&
      reading.text.slice(start, end).trim().includes(" ") &&
      dividerIn(reading, { start, end }) === undefined,
  );
  return reading.senses.filter(
    ({ meaning, ...span }) =>
      meaning.kind === "concept" && meaning.value === "case" && !names.some((name) => inside(span, name)),
  );
}

/** "orders by value", taken for the name "order_value": the word between parts the two. */
const dividerIn = (reading: Reading, span: Span): Span | undefined =>
  rolesAt(reading, "group-by").find((by) => inside(by, span));

/** "by value": a word that groups or orders stands right before. */
const isDivided = (reading: Reading, span: Span): boolean =>
  rolesAt(reading, "group-by").some(
    ({ end }) => end <= span.start && tokensBetween(reading, end, span.start).length <= 1,
  );

/** "rank the regions by lead time", "申請が一番多い支店": what is told apart is put in order, and no case. */
const namesGroup = (reading: Reading): boolean =>
  linksOf(reading, "thing").some(
    ({ thing, score }) =>
      thing.kind === "attribute" && score > 0.8 && !reading.index!.numbers.has(thing.name),
  );

/** "list the open orders by value". */
const listsBy = (reading: Reading, vocabulary: Vocabulary, cases: readonly Span[]): boolean =>
  reading.concepts.has("list") &&
  figures(reading, vocabulary).all.some(
    ({ span }) => isDivided(reading, span) && cases.some(({ end }) => end <= span.start),
  );

const plainOrders: Readonly<Partial<Record<Kind, string>>> = {
  newest: "newest",
  oldest: "oldest",
  slowest: "slowest",
  fastest: "fastest",
};

const found = (order: string, more: Partial<FoundOrder> = {}): FoundOrder => ({
  order,
  by: null,
  others: [],
  assumed: false,
  lacking: false,
  one: false,
  bare: false,
  links: [],
  ...more,
});

/** "cases with the most steps", "步骤最多的订单". */
function bySteps(reading: Reading, words: OrderWords, cases: readonly Span[]): FoundOrder | null {
  const steps = spansOf(reading, words.steps);
  const beside = (word: Span): boolean => steps.some((step) => isNear(reading, word, step, 1));
  const pick = (source: string): Span | undefined =>
    spansOf(reading, source).find(
      (word) =>
        beside(word) &&
        cases.some(
          (noun) => reading.language.script !== null || (noun.end <= word.start && !overlap(noun, word)),
        ),
    );
  const many = pick(words.many);
  const few = pick(words.few);
  const word = many ?? few;
  if (word === undefined) return null;
  const before = { start: word.start, end: word.start };
  return found(many ? "most-events" : "fewest-events", { one: isOne(reading, words, cases, before) });
}

/** Attributes that are a number or a time, and words for money that name none. */
function figures(reading: Reading, vocabulary: Vocabulary) {
  const orderable = new Map(
    vocabulary.attributes.flatMap(({ name, kind }) =>
      kind === "number" || kind === "time" ? [[name, kind] as const] : [],
    ),
  );
  const named = linksOf(reading, "thing").flatMap((link) => {
    const names = [link.thing, ...link.alternatives].flatMap(({ kind, name }) =>
      kind === "attribute" && orderable.has(name) ? [name] : [],
    );
    const span: Span = { start: dividerIn(reading, link)?.end ?? link.start, end: link.end };
    return names.length === 0 ? [] : [{ span, link: link as LinkOf<"thing"> | null, names }];
  });
  const money = reading.index!.money;
  const spoken = moneyWords(reading)
    .filter((word) => money.length > 0 && !named.some(({ span }) => overlap(span, word)))
    .map((word) => ({ span: word, link: null, names: [...money] }));
  return { orderable, all: [...named, ...spoken] };
}

interface ByFigure {
  readonly reading: Reading;
  readonly words: OrderWords;
  readonly vocabulary: Vocabulary;
  readonly said: readonly Said[];
  readonly cases: readonly Span[];
  /** The text asks for an order in so many words. */
  readonly listed: boolean;
}

/** "orders with the highest value", "which order has the lowest score?", "smallest amounts first". */
function byFigure({ reading, words, vocabulary, said, cases, listed }: ByFigure): FoundOrder | null {
  const { orderable, all } = figures(reading, vocabulary);
  for (const word of said) {
    if (word.kind === "slowest" || word.kind === "fastest") continue;
    const figure = all.find(
      ({ span }) => !overlap(span, word) && isNear(reading, word, span, listed ? 4 : 2),
    );
    if (figure === undefined) continue;
    const isTime = orderable.get(figure.names[0]!) === "time";
    if ((word.kind === "newest" || word.kind === "oldest") && !isTime) continue;
    const lead = Math.min(word.start, figure.span.start);
    const tail = Math.max(word.end, figure.span.end);
    const headed = cases.some(
      (noun) =>
        !overlap(noun, figure.span) &&
        (noun.end <= lead || (reading.language.script !== null && noun.start >= tail)),
    );
    const behind = listed && cases.some((noun) => !overlap(noun, figure.span));
    if (!headed && !behind && !listed) continue;
    return {
      ...byNamed(figure, directionOf(word.kind)),
      one: !listed && isOne(reading, words, cases, word),
      links: [...linkOf(figure), ...worded(reading, { start: lead, end: tail })],
    };
  }
  return null;
}

/** "the most expensive open orders", "les commandes les plus récentes", "which order was the most expensive?". */
function besideNoun({
  reading,
  words,
  vocabulary,
  said,
  cases,
}: Omit<ByFigure, "listed">): FoundOrder | null {
  const unspaced = reading.language.script !== null;
  if (unspaced && (reading.concepts.has("activity") || namesGroup(reading))) return null;
  for (const word of said) {
    const noun = cases.find(
      (each) => !overlap(each, word) && isJoined(reading, word, each) && isOfCases(reading, word, each),
    );
    if (noun === undefined) continue;
    const one = isOne(reading, words, [noun], word);
    const plain = plainOrders[word.kind];
    const span = { start: Math.min(word.start, noun.start), end: Math.max(word.end, noun.end) };
    const links = worded(reading, span);
    if (plain !== undefined) return found(plain, { one, links });
    const figure = figures(reading, vocabulary).all.find(
      (each) => each.span.start >= noun.end && isDivided(reading, each.span),
    );
    if (figure)
      return { ...byNamed(figure, directionOf(word.kind)), one, links: [...links, ...linkOf(figure)] };
    return { ...byWorth(reading, word.kind), one, links };
  }
  return null;
}

/** Not "applications with the latest decision date": what follows the word is what it is about. */
function isOfCases(reading: Reading, word: Span, noun: Span): boolean {
  const { language, tokens, senses, text } = reading;
  if (noun.end > word.start || language.script !== null) return true;
  const next = tokens.find(({ start }) => start >= word.end);
  if (next === undefined || /[,;:.?!]/u.test(text.slice(word.end, next.start))) return true;
  return (
    lexiconOf(language).functionStems.has(next.stem) ||
    senses.some((sense) => sense.meaning.kind === "role" && overlap(sense, next)) ||
    reading.links.some((link) => link.kind === "window" && overlap(link, next))
  );
}

type Figure = ReturnType<typeof figures>["all"][number];
const linkOf = ({ link }: Figure): readonly Link[] => (link === null ? [] : [link]);

const byNamed = ({ names, link }: Figure, direction: Direction): FoundOrder =>
  found(direction === "down" ? "highest" : "lowest", {
    by: names[0]!,
    others: names.slice(1),
    assumed: link === null,
  });

/** By what cases are worth; the only figure there is, where none is called like money. */
function byWorth(reading: Reading, kind: Kind): FoundOrder {
  const { money, numbers } = reading.index!;
  const sized = kind === "large" || kind === "small";
  const [first, ...others] = money.length > 0 || !sized ? money : [...numbers];
  return found(directionOf(kind) === "down" ? "highest" : "lowest", {
    by: first ?? null,
    others,
    assumed: true,
    lacking: first === undefined,
  });
}

/** "sort the orders by order value", "按金额降序排列订单". */
function asSorted(
  reading: Reading,
  words: OrderWords,
  vocabulary: Vocabulary,
  cases: readonly Span[],
): FoundOrder | null {
  if (cases.length === 0) return null;
  const { all } = figures(reading, vocabulary);
  const falling = spansOf(reading, words.falling).length > 0;
  const rising = !falling && spansOf(reading, words.rising).length > 0;
  const figure = all.findLast(
    ({ span }) => !cases.some((noun) => overlap(noun, span) && !inside(noun, span)),
  );
  if (figure) return { ...byNamed(figure, rising ? "up" : "down"), links: linkOf(figure) };
  if (spansOf(reading, words.steps).length > 0) return found(rising ? "fewest-events" : "most-events");
  return reading.concepts.has("duration") || reading.links.some(({ kind }) => kind === "metric")
    ? found(rising ? "fastest" : "slowest", { links: linksOf(reading, "metric") })
    : null;
}

/** "newest first", "die größten zuerst", after a list: nothing else is named. */
function inFront(reading: Reading, said: readonly Said[], first: readonly Span[]): FoundOrder | null {
  const word = said.find((each) => first.some((place) => isNear(reading, each, place, 1)));
  if (word === undefined || reading.tokens.length > 8 || reading.concepts.has("activity")) return null;
  const plain = plainOrders[word.kind];
  return plain === undefined ? byWorth(reading, word.kind) : found(plain);
}

/** Extremes that the superlative was taken for. */
const worded = (reading: Reading, span: Span): Link[] =>
  reading.links.filter(
    (link) =>
      (link.kind === "statistic" || link.kind === "metric") &&
      (overlap(link, span) || link.kind === "statistic"),
  );

function isNear(reading: Reading, one: Span, other: Span, most: number): boolean {
  const [left, right] = one.start < other.start ? [one, other] : [other, one];
  const between = reading.text.slice(left.end, right.start);
  return tokensBetween(reading, left.end, right.start).length <= most && !/[.;?!。；？！]/u.test(between);
}

/** "os pedidos acima de 1000 são mais lentos": without an article it compares. */
const isSaidOfThem = ({ language }: Reading, between: readonly Token[]): boolean =>
  language.time.adjectiveAfter &&
  between.some(({ lower }) => phrases(language.yesNo).includes(lower)) &&
  !phrases(language.time.articles).includes(between.at(-1)!.lower);

/** Between them stand only words of grammar, figures, and what selects cases. */
function isJoined(reading: Reading, word: Span, noun: Span): boolean {
  const [left, right] = word.start < noun.start ? [word, noun] : [noun, word];
  if (/[.;:?!。；？！]/u.test(reading.text.slice(left.end, right.start))) return false;
  const between = tokensBetween(reading, left.end, right.start);
  if (isSaidOfThem(reading, between)) return false;
  const { functionStems } = lexiconOf(reading.language);
  const open = [...wordings(reading, "open-cases"), ...notEnded(reading)];
  return (
    between.length <= 4 &&
    between.every(
      (token) =>
        functionStems.has(token.stem) ||
        open.some((each) => overlap(each, token)) ||
        reading.senses.some(
          ({ meaning, ...span }) =>
            meaning.kind === "role" && meaning.value !== "conjunction" && inside(token, span),
        ) ||
        reading.links.some(
          (link) =>
            (link.kind === "number" ||
              link.kind === "window" ||
              (link.kind === "thing" && link.thing.kind === "value")) &&
            inside(token, link),
        ),
    )
  );
}

/** "the most expensive order", "la commande la plus chère". */
function isOne(reading: Reading, { one }: OrderWords, cases: readonly Span[], word: Span): boolean {
  if (linksOf(reading, "number").length > 0) return false;
  const noun = cases[0];
  if (noun === undefined) return false;
  const from = Math.min(noun.start, word.start);
  const lead = reading.tokens.filter(({ end }) => end <= from).slice(-2)[0];
  const spaced = reading.language.script === null;
  const chunk = spaced ? reading.text.slice(lead?.start ?? from, Math.max(noun.end, word.end)) : reading.text;
  const matches = (source: string | undefined, text: string): boolean =>
    source === undefined || new RegExp(source, "iu").test(text);
  return matches(one.noun, reading.text.slice(noun.start, noun.end)) && matches(one.text, chunk);
}
