/** Light stemming by a language's table of endings: the same word in question, lexicon and log gets the same stem. */
import type { Language } from "../languages/language.ts";

const caches = new WeakMap<Language, Map<string, string>>();

export function stem(word: string, language: Language): string {
  let cache = caches.get(language);
  if (!cache) {
    cache = new Map();
    caches.set(language, cache);
  }
  const known = cache.get(word);
  if (known !== undefined) return known;
  const made = isAccented(word, language) ? word : unaccented(word, language);
  if (cache.size > 20_000) cache.clear();
  cache.set(word, made);
  return made;
}

function unaccented(word: string, language: Language): string {
  const whole = fold(word);
  const bare = isDistinct(whole, language) ? whole : strip(whole, language);
  return bare !== whole && isFrequent(bare, language) && !isFrequent(whole, language) ? whole : bare;
}

const accented = new WeakMap<Language, ReadonlySet<string>>();

/** A word that nothing but an accent tells apart from another one. */
function isAccented(word: string, language: Language): boolean {
  let words = accented.get(language);
  if (!words) {
    words = new Set((language.accented ?? "").split(/[\s,]+/u).filter((each) => each !== ""));
    accented.set(language, words);
  }
  return words.has(word);
}

const distinct = new WeakMap<Language, ReadonlySet<string>>();

/** A word that would get the stem of another one that it has nothing to do with ("donne" beside "données"). */
function isDistinct(word: string, language: Language): boolean {
  let words = distinct.get(language);
  if (!words) {
    words = new Set((language.distinct ?? "").split(/[\s,]+/u).map(fold));
    distinct.set(language, words);
  }
  return words.has(word);
}

const frequent = new WeakMap<Language, ReadonlySet<string>>();

/** A frequent word of no content: no other word is a form of it ("sichern" is none of "sich"). */
export function isFrequent(word: string, language: Language): boolean {
  let words = frequent.get(language);
  if (!words) {
    words = new Set(language.functionWords.split(/[\s,]+/u).map(fold));
    frequent.set(language, words);
  }
  return words.has(word);
}

const ascii = /^[\0-\x7f]*$/u;

/** Without diacritics, so that "uber" meets "über" and "zloty" meets "złoty". Scripts without case or accents stay as they are. */
export function fold(word: string): string {
  if (ascii.test(word)) return word;
  return word
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin}\p{M}*)\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll("ł", "l")
    .normalize("NFC");
}

function strip(word: string, language: Language): string {
  if (/\p{N}/u.test(word)) return word;
  for (const [ending, replacement, remain] of language.endings) {
    if (word.endsWith(ending) && word.length - ending.length >= remain) {
      const bare = word.slice(0, word.length - ending.length) + replacement;
      return language.doubledConsonants ? single(bare) : bare;
    }
  }
  return language.doubledConsonants ? single(word) : word;
}

/** "plann" → "plan", "note" and "not(ed)" → "not": final e and doubled final consonants go. */
function single(word: string): string {
  const bare = word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
  return /([bcdfgklmnprstz])\1$/u.test(bare) && bare.length > 3 ? bare.slice(0, -1) : bare;
}
