/** How well words fit a name of the log. */
import type { Language } from "../../languages/language.ts";
import { entryOf } from "../../text/entry.ts";
import { lexiconOf, phrases } from "../../text/lexicon.ts";
import { fold, isFrequent, stem } from "../../text/stem.ts";
import type { Token } from "../../text/utterance.ts";
import type { Thing } from "../links.ts";
import { denoted } from "./denoted.ts";
import type { Entry, VocabularyIndex } from "./index.ts";
import { type Familiarity, fuzziness, inflected, nearStems, otherForm } from "./near-stems.ts";

export interface Candidate {
  readonly entry: number;
  readonly from: number;
  readonly to: number;
  readonly score: number;
  /** How many of its words mean nothing else; two words of a whole name tell it apart in any case. */
  readonly meaningful: number;
  /** Words between its words. */
  readonly apart: number;
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
export function match(
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
    // "wieder" is no slip of "Wiener": a frequent word is written rightly.
    const fuzzy = isFrequent(fold(token.lower), language) ? "exact" : fuzziness(known(offset));
    const found = nearStems(token, index, fuzzy).find(([word]) => slotOf(word) !== undefined);
    const named = denoted(token.lower, index, language);
    // "Pays-Bas", "pedido de documentos": more words of the same name follow, or came before.
    const goesOn =
      first >= 0 ||
      tokens
        .slice(offset + 1, offset + 3)
        .some((next) =>
          [...open].some((slot) => slot.includes(next.stem) && !slot.includes(found?.[0] ?? "")),
        );
    const another = named !== null && !named.has(position) && !goesOn;
    const state = found && isState(tokens, offset, entry, slotOf(found[0])!, language);
    const hit =
      found && !another && !state && means(entry.thing, found[1], token, index, language) ? found : undefined;
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

export const same = (left: Thing, right: Thing): boolean => JSON.stringify(left) === JSON.stringify(right);
