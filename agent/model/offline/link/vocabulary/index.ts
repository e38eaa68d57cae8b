/** The names of a log, indexed by their stems. */
import type { LogBriefing } from "../../../provider.ts";
import type { Language } from "../../languages/language.ts";
import { moneyNames } from "../../languages/log-words.ts";
import { lexiconOf } from "../../text/lexicon.ts";
import { fold } from "../../text/stem.ts";
import { normalise, tokenise } from "../../text/utterance.ts";
import { aliasesOf, spokenAs, type Way } from "../aliases.ts";
import type { Thing } from "../links.ts";

export interface Entry {
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

export const compact = (text: string): string => fold(text.toLowerCase()).replace(/[\s_.-]+/gu, "");

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
