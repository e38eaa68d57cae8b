/**
 * The index of a log's own names: activities, attributes and values, found by words, stems, parts of compounds and
 * with slips of the hand. Built once per log and language, and kept.
 */
import type { LogBriefing } from "../../provider.ts";
import type { Language } from "../languages/language.ts";
import { moneyNames } from "../languages/log-words.ts";
import { isSlip } from "../text/distance.ts";
import { entryOf } from "../text/entry.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { fold, stem } from "../text/stem.ts";
import type { Token, Utterance } from "../text/utterance.ts";
import { inside, normalise, tokenise } from "../text/utterance.ts";
import { aliasesOf, spokenAs, type Way } from "./aliases.ts";
import type { Link, LinkOf, Thing } from "./links.ts";

interface Entry {
  readonly thing: Thing;
  /** A place for each word of the name, with the stems that fill it: the word's own and those it is called by. */
  readonly slots: Way["slots"];
  readonly together: Way["together"];
  /** What each place is worth; what all are worth together. */
  readonly worth: ReadonlyMap<readonly string[], number>;
  readonly weight: number;
}

export interface VocabularyIndex {
  readonly entries: readonly Entry[];
  readonly byStem: ReadonlyMap<string, readonly number[]>;
  readonly weights: ReadonlyMap<string, number>;
  /** Whole names without case, accents or spaces. */
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** Words of names as they are written → their stems; five letters and more. */
  readonly spellings: ReadonlyMap<string, string>;
  /** All words of all names as they are written, lower case. */
  readonly words: ReadonlySet<string>;
  /** Attributes of events: who did it, where. */
  readonly ofEvents: ReadonlySet<string>;
  /** Attributes that hold numbers. */
  readonly numbers: ReadonlySet<string>;
  /** Those of them that are called like amounts of money. */
  readonly money: readonly string[];
  /** Stems of the words that the log itself is called by: "loans" in the loan log are its cases. */
  readonly called: ReadonlySet<string>;
}

const cache = new Map<string, VocabularyIndex>();

/** Up to 32 indices are kept; the key changes when the log does. */
export function vocabularyIndex(log: LogBriefing, language: Language): VocabularyIndex {
  const key = [log.id, log.events, log.last, log.vocabulary.attributes.length, language.code].join("\u0000");
  let index = cache.get(key);
  if (!index) {
    index = buildIndex(log, language);
    if (cache.size >= 32) cache.delete(cache.keys().next().value!);
    cache.set(key, index);
  }
  return index;
}

function* things(log: LogBriefing): Generator<Thing> {
  for (const { name } of log.vocabulary.activities) yield { kind: "activity", name };
  for (const attribute of log.vocabulary.attributes) {
    yield { kind: "attribute", name: attribute.name };
    for (const value of attribute.values) {
      if (/\p{L}/u.test(value)) yield { kind: "value", attribute: attribute.name, name: value };
    }
  }
}

/** Words of a name: `CreditCheck`, `credit_check` and "Credit check" are the same. */
const nameStems = (name: string, language: Language): string[] =>
  tokenise(normalise(name).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " "), language).map((token) => token.stem);

/** What people call an attribute: `case:channel`, `(case) channel` and `org:channel` are all "channel" to them (XES 1849). */
const spokenName = ({ kind, name }: Thing): string =>
  kind === "attribute" ? name.replace(/^(\(case\)[\s_]*|\p{L}+:)+(?=\p{L})/u, "") : name;

const compact = (text: string): string => fold(text.toLowerCase()).replace(/[\s_.-]+/gu, "");

export function buildIndex(log: LogBriefing, language: Language): VocabularyIndex {
  const listed = [...things(log)].map((thing) => ({ thing, stems: nameStems(spokenName(thing), language) }));
  const counts = new Map<string, number>();
  for (const { stems, thing } of listed) {
    if (thing.kind === "attribute") continue;
    for (const word of new Set(stems)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const weights = new Map<string, number>();
  const byStem = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  const weigh = (word: string): number => 1 / (1 + Math.log2(counts.get(word) ?? 1));
  const functionStems = lexiconOf(language).functionStems;
  const aliases = aliasesOf(language);
  const entries = listed.flatMap(({ thing, stems }): Entry[] => {
    const content = stems.filter((word) => !functionStems.has(word));
    return spokenAs(content.length > 0 ? content : stems, spokenName({ ...thing }), aliases).map(
      ({ slots, together }) => {
        const worth = new Map(slots.map((slot) => [slot, weigh(slot[0]!)]));
        return {
          thing,
          slots,
          together,
          worth,
          weight: [...worth.values()].reduce((sum, each) => sum + each, 0),
        };
      },
    );
  });
  for (const [position, { thing, slots }] of entries.entries()) {
    for (const slot of slots) {
      for (const word of slot) {
        weights.set(word, Math.min(weights.get(word) ?? 1, weigh(slot[0]!)));
        push(byStem, word, position);
      }
    }
    push(byName, compact(thing.name), position);
    push(byName, compact(spokenName(thing)), position);
  }
  const words = new Set(
    listed.flatMap(({ thing }) =>
      normalise(thing.name)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u),
    ),
  );
  const spellings = new Map(
    listed.flatMap(({ thing }) =>
      tokenise(normalise(spokenName(thing)), language).flatMap(({ lower, stem }) =>
        lower.length >= 5 && byStem.has(stem) ? [[lower, stem] as const] : [],
      ),
    ),
  );
  const ofEvents = new Set(
    log.vocabulary.attributes.filter((attribute) => attribute.of === "event").map(({ name }) => name),
  );
  const called = new Set(
    spokenAs(nameStems(log.name, language), log.name, aliases).flatMap(({ slots }) => slots.flat()),
  );
  const numbers = log.vocabulary.attributes.flatMap(({ name, kind }) => (kind === "number" ? [name] : []));
  return {
    entries,
    byStem,
    byName,
    weights,
    spellings,
    words,
    ofEvents,
    called,
    numbers: new Set(numbers),
    money: numbers.filter((name) => moneyNames.test(name)),
  };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
}

/** `exact`: the stem itself; `forms`: other forms of the word; `slips`: misspellings too. */
type Fuzziness = "exact" | "forms" | "slips";

/** The index's stem that a word most likely is: itself, a form of it, or a slip of the hand. Best score first. */
function nearStems(
  { stem: word, lower }: Pick<Token, "stem" | "lower">,
  index: VocabularyIndex,
  fuzzy: Fuzziness,
): readonly (readonly [string, number])[] {
  if (index.byStem.has(word)) return [[word, 1]];
  if (fuzzy === "exact" || word.length < 4) return [];
  const found: (readonly [string, number])[] = [];
  for (const candidate of index.byStem.keys()) {
    if (candidate.length < 4) continue;
    const shared = sharedPrefix(word, candidate);
    const misspelt = fuzzy === "slips" && word.at(-1) === candidate.at(-1) && isSlip(word, candidate);
    if (misspelt) found.push([candidate, slip]);
    else if (shared >= 5 && shared >= 0.7 * Math.max(word.length, candidate.length)) {
      found.push([candidate, otherForm]);
    } else if (fuzzy === "slips" && (word[0] === candidate[0] || word[1] === candidate[1])) {
      if (isSlip(word, candidate)) found.push([candidate, slip]);
    }
  }
  if (fuzzy === "slips")
    for (const [written, root] of index.spellings)
      if (written[0] === lower[0] && isSlip(lower, written) && !found.some(([known]) => known === root))
        found.push([root, slip]);
  return found.sort((left, right) => right[1] - left[1]).slice(0, 4);
}

function sharedPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}

interface Candidate {
  readonly entry: number;
  readonly from: number;
  readonly to: number;
  readonly score: number;
  /** How many of its words mean nothing else; two words of a whole name tell it apart in any case. */
  readonly meaningful: number;
  /** Words between its words. */
  readonly apart: number;
}

/** Whether the language has a meaning for a word, and whether that meaning leaves room for a name. */
export type Familiarity = "unknown" | "soft" | "known";
const fuzziness = (familiarity: Familiarity): Fuzziness =>
  (({ unknown: "slips", soft: "forms", known: "exact" }) as const)[familiarity];

/** A slip of the hand. */
const slip = 0.75;

/** A word of the same root; enough for a step's name ("approval"), not for a value ("delivery" is not "delivered"). */
const otherForm = 0.85;

/** Another form of the word than the name has. */
const inflected = 0.97;

/** Where an attribute to group by may stand: tokens that it begins at, or that it ends before. */
export interface Dividers {
  readonly begin: ReadonlySet<number>;
  readonly end: ReadonlySet<number>;
}

/** "tickets per customer": the attribute that is called so, rather than a step with the word in its name. */
const divides = (
  { entry, from, to, score }: Candidate,
  index: VocabularyIndex,
  { begin, end }: Dividers,
): boolean =>
  index.entries[entry]!.thing.kind === "attribute" && score > 0.7 && (begin.has(from) || end.has(to));
const divided = 0.3;

/**
 * Names of the log in the text. `known` says whether a word has a meaning of its own in the language: then
 * it is neither misspelt nor enough by itself to stand for a longer name.
 */
export function linkThings(
  utterance: Utterance,
  index: VocabularyIndex,
  known: (token: number) => Familiarity,
  dividers: Dividers = { begin: new Set(), end: new Set() },
): Link[] {
  const candidates = utterance.tokens
    .flatMap((_, at) => candidatesAt(utterance, index, at, known))
    .map((candidate) =>
      divides(candidate, index, dividers) ? { ...candidate, score: candidate.score + divided } : candidate,
    );
  const links = choose(candidates, utterance, index);
  return [...links, ...unknownQuotes(utterance, index, links)];
}

function candidatesAt(
  utterance: Utterance,
  index: VocabularyIndex,
  at: number,
  known: (token: number) => Familiarity,
): Candidate[] {
  const token = utterance.tokens[at]!;
  const functionWord = lexiconOf(utterance.language).functionStems.has(token.stem);
  const near = nearStems(token, index, functionWord ? "exact" : fuzziness(known(at)));
  const entries = new Set(near.flatMap(([word]) => index.byStem.get(word) ?? []));
  const found: Candidate[] = [];
  for (const position of entries) {
    const candidate = match(utterance.tokens, index, position, at, known, utterance.language);
    if (candidate) found.push(candidate);
  }
  return found;
}

/**
 * A value is not meant by another word of its root. A doer of events is only meant by its name: "les clients gold" are
 * whose orders they are, and not what the resource "Customer" did. A noun for cases is no value that it is one word for:
 * "demandes" are tickets, and not those about the software called "application".
 */
const means = (
  thing: Thing,
  score: number,
  token: Token,
  index: VocabularyIndex,
  language: Language,
): boolean =>
  thing.kind !== "value" ||
  (score !== otherForm &&
    (index.words.has(token.lower) || (!index.ofEvents.has(thing.attribute) && !isCaseNoun(token, language))));

const isCaseNoun = ({ stem }: Token, language: Language): boolean =>
  lexiconOf(language)
    .entries.get(stem)
    ?.some(({ kind, value }) => kind === "concept" && value === "case") ?? false;

/** "acceptation de l'offre" has no word between its two: articles and what joins nouns are none. */
function joins({ lower }: Token, { time }: Language): boolean {
  return phrases(time.articles).includes(lower) || phrases(time.of).includes(lower);
}

/** "vraag aan de klant": a preposition with an article behind it. */
const leadsToNoun = ({ lower }: Token, next: Token | undefined, { time }: Language): boolean =>
  next !== undefined &&
  phrases(time.in).includes(lower) &&
  phrases(time.articles).includes(next.lower) &&
  !phrases(time.to).includes(lower);

/** "how long does a ticket stay open": the first word of "Open ticket" is a state here, and no step. */
function isState(
  tokens: readonly Token[],
  at: number,
  { thing, slots }: Entry,
  slot: readonly string[],
  { words }: Language,
): boolean {
  const before = tokens[at - 1];
  if (thing.kind !== "activity" || slots.length < 2 || slot !== slots[0] || before === undefined)
    return false;
  const written = thing.name.toLowerCase().split(/[^\p{L}\p{N}]+/u)[0] === tokens[at]!.lower;
  const goesOn = slots[1]!.includes(tokens[at + 1]?.stem ?? "");
  return written && !goesOn && phrases(words.staying).includes(before.lower);
}

/** How much of the entry's name stands in the words from `at` on, in any order, with at most one word between. */
function match(
  tokens: readonly Token[],
  index: VocabularyIndex,
  position: number,
  at: number,
  known: (token: number) => Familiarity,
  language: Language,
): Candidate | null {
  const entry = index.entries[position]!;
  const open = new Set(entry.slots);
  const slotOf = (stem: string) => [...open].find((slot) => slot.includes(stem));
  /** "受注から出荷まで" names two steps, and none called after both. */
  const parts = language.script === null ? [] : phrases(language.time.to);
  let gained = 0;
  let last = at;
  let end = at;
  let meaningful = 0;
  let passed = 0;
  let apart = 0;
  let first = -1;
  for (let offset = at; offset < tokens.length && offset - last <= 2 && open.size > 0; offset++) {
    const token = tokens[offset]!;
    const found = nearStems(token, index, fuzziness(known(offset))).find(
      ([word]) => slotOf(word) !== undefined,
    );
    const state = found && isState(tokens, offset, entry, slotOf(found[0])!, language);
    const hit = found && !state && means(entry.thing, found[1], token, index, language) ? found : undefined;
    if (!hit) {
      if (offset === at) return null;
      if (parts.includes(token.lower)) break;
      const linking = last === offset - 1 && leadsToNoun(token, tokens[offset + 1], language);
      if (last === offset - 1 && (joins(token, language) || linking)) last = offset;
      if (!joins(token, language) || last !== offset) passed += 1;
      continue;
    }
    if (first < 0) first = offset;
    const slot = slotOf(hit[0])!;
    open.delete(slot);
    const weight = index.weights.get(hit[0]) ?? 1;
    gained += (entry.worth.get(slot) ?? weight) * hit[1] * (index.words.has(token.lower) ? 1 : inflected);
    const figure =
      /^[\d.,]+$/u.test(token.lower) || entryOf(language.numbers.ordinals, token.lower) !== undefined;
    if ((known(offset) === "unknown" && !figure) || (known(offset) === "soft" && weight === 1))
      meaningful += 1;
    last = end = offset;
    apart = passed;
  }
  const complete = open.size === 0;
  if (first < 0 || (!complete && meaningful === 0) || isTorn(entry, open)) return null;
  if (!complete && isAsked(tokens[at - 1], language) && isOnlyDate(entry, open, language)) return null;
  const score = (gained / entry.weight) * (complete ? 1 : 0.8);
  const head = !complete && isHead(entry, open, index);
  const least = entry.thing.kind === "activity" || head ? 0.3 : complete ? 0.5 : 0.55;
  if (score < least) return null;
  const telling = complete ? Math.max(meaningful, Math.min(2, entry.slots.length)) : meaningful;
  return { entry: position, from: first, to: end + 1, score, meaningful: telling, apart };
}

/** "dossier" alone is no "abandon du dossier": of a phrase that stands for a name, a part says nothing. */
const isTorn = ({ together }: Entry, open: ReadonlySet<readonly string[]>): boolean =>
  together.some((slot) => open.has(slot)) && together.some((slot) => !open.has(slot));

const isAsked = (before: Token | undefined, { words, questions }: Language): boolean =>
  before !== undefined && [...phrases(words.which), ...phrases(questions)].includes(before.lower);

/** "from what date on?": of "Miss payment date" the word that says nothing of what is done. */
function isOnlyDate(
  { thing, slots }: Entry,
  open: ReadonlySet<readonly string[]>,
  language: Language,
): boolean {
  const filled = slots.filter((slot) => !open.has(slot));
  return thing.kind === "activity" && filled.every((slot) => slot[0] === stem("date", language));
}

/** "tier" for `customer_tier`: the last word of an attribute's name, where no other name has it. */
function isHead(
  { thing, slots }: Entry,
  open: ReadonlySet<readonly string[]>,
  index: VocabularyIndex,
): boolean {
  const last = slots.at(-1)!;
  if (thing.kind !== "attribute" || slots.length !== 2 || open.has(last)) return false;
  return last.every((word) =>
    (index.byStem.get(word) ?? []).every((at) => same(index.entries[at]!.thing, thing)),
  );
}

const rank = (candidate: Candidate, index: VocabularyIndex): number => {
  const { thing } = index.entries[candidate.entry]!;
  const preference = { activity: 0.02, value: 0.01, attribute: 0 }[thing.kind];
  const length = 0.001 * (candidate.to - candidate.from) - 0.045 * candidate.apart;
  return candidate.score + preference + length + 0.05 * Math.max(1, candidate.meaningful);
};

/** Longer and surer first; what overlaps with the same span and nearly the same score becomes an alternative. */
function choose(
  candidates: readonly Candidate[],
  utterance: Utterance,
  index: VocabularyIndex,
): LinkOf<"thing">[] {
  const ordered = [...candidates].sort((left, right) => rank(right, index) - rank(left, index));
  const taken: { candidate: Candidate; link: LinkOf<"thing">; alternatives: Thing[] }[] = [];
  for (const candidate of ordered) {
    const { thing } = index.entries[candidate.entry]!;
    const rival = taken.find(
      ({ candidate: other }) => other.from < candidate.to && candidate.from < other.to,
    );
    if (rival) {
      const close = rank(rival.candidate, index) - rank(candidate, index) < 0.1;
      if (close && rival.candidate.from === candidate.from && !same(rival.link.thing, thing)) {
        rival.alternatives.push(thing);
      }
      continue;
    }
    const alternatives: Thing[] = [];
    const [start, end] = [utterance.tokens[candidate.from]!.start, utterance.tokens[candidate.to - 1]!.end];
    const link = {
      kind: "thing" as const,
      thing,
      alternatives,
      start,
      end,
      score: Math.min(1, candidate.score),
    };
    taken.push({ candidate, link, alternatives });
  }
  return taken.map(({ link }) => link);
}

const same = (left: Thing, right: Thing): boolean => JSON.stringify(left) === JSON.stringify(right);

/** A quoted name that the log does not have, with the nearest that it has. */
function unknownQuotes(
  utterance: Utterance,
  index: VocabularyIndex,
  links: readonly LinkOf<"thing">[],
): LinkOf<"unknown">[] {
  return utterance.quotes.flatMap((quote) => {
    const text = utterance.text.slice(quote.start, quote.end);
    const exact = index.byName.has(compact(text));
    const linked = links.some((link) => inside(link, quote) && link.score > 0.75);
    if (exact || linked || text.split(" ").length > 4 || /[:,;]/u.test(text)) return [];
    return [{ kind: "unknown" as const, text, near: nearest(text, index), ...quote, score: 1 }];
  });
}

/** The three activities or values most like the text, by shared trigrams. */
export function nearest(
  text: string,
  index: VocabularyIndex,
  kinds: readonly Thing["kind"][] = ["activity"],
): Thing[] {
  const wanted = trigrams(compact(text));
  const names = new Map(index.entries.map(({ thing }) => [JSON.stringify(thing), thing]));
  const scored = [...names.values()]
    .filter(({ kind }) => kinds.includes(kind))
    .map((thing) => ({ thing, likeness: dice(wanted, trigrams(compact(thing.name))) }))
    .sort((left, right) => right.likeness - left.likeness);
  return scored.slice(0, 3).map(({ thing }) => thing);
}

function trigrams(text: string): Set<string> {
  const padded = `  ${text} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

function dice(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}
