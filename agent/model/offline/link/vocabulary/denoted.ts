/** "pays" is a country, though its stem is that of "payer": what a word names just as it is written. */
import { languageOf } from "../../languages/index.ts";
import type { Language } from "../../languages/language.ts";
import { entryOf } from "../../text/entry.ts";
import { phrases, stems } from "../../text/lexicon.ts";
import { stem } from "../../text/stem.ts";
import type { VocabularyIndex } from "./index.ts";

const forms = new WeakMap<Language, ReadonlyMap<string, ReadonlySet<string>>>();

/** What the words of one stem mean in English; of words that are called by several. */
function meaningsOf(language: Language): ReadonlyMap<string, ReadonlySet<string>> {
  let found = forms.get(language);
  if (!found) {
    const words = Object.entries(language.business).filter(([own]) => !/[\s'’-]/u.test(own));
    const byStem = Map.groupBy(words, ([own]) => stem(own, language));
    found = new Map(
      [...byStem].map(([key, same]) => [key, new Set(same.map(([, others]) => phrases(others)[0] ?? ""))]),
    );
    forms.set(language, found);
  }
  return found;
}

const kept = new WeakMap<VocabularyIndex, Map<string, ReadonlySet<number> | null>>();

/** The entries that the word names as it is written, where words of its stem name different things; null for any. */
export function denoted(
  lower: string,
  index: VocabularyIndex,
  language: Language,
): ReadonlySet<number> | null {
  const own = entryOf(language.business, lower);
  if (own === undefined || index.words.has(lower)) return null;
  if ((meaningsOf(language).get(stem(lower, language))?.size ?? 0) < 2) return null;
  const cache = kept.get(index) ?? new Map<string, ReadonlySet<number> | null>();
  kept.set(index, cache);
  const key = `${language.code} ${lower}`;
  if (!cache.has(key)) cache.set(key, entriesCalled(own, index));
  return cache.get(key) ?? null;
}

function entriesCalled(others: string, { entries }: VocabularyIndex): ReadonlySet<number> | null {
  const english = languageOf("en");
  const wanted = phrases(others).map((phrase) => stems(phrase, english));
  const found = entries.flatMap(({ thing }, position) => {
    const name = new Set(stems(thing.name.replace(/[_:]+/gu, " "), english));
    return wanted.some((parts) => parts.every((part) => name.has(part))) ? [position] : [];
  });
  return found.length === 0 ? null : new Set(found);
}
