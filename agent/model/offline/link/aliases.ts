/**
 * What people call the words of a log's names in their own language: logs are often in English while people are not
 * ("Bonitätsprüfung" for "Credit check", "Deutschland" for "Germany" or "DE").
 */
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { places } from "../languages/places.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { fold, isFrequent } from "../text/stem.ts";
import { normalise, tokenise } from "../text/utterance.ts";

export interface Aliases {
  readonly language: Language;
  /** Stems of English phrases, joined by spaces → stems of the words that carry a phrase of the language that means the same. */
  readonly byEnglish: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly longest: number;
}

const cache = new WeakMap<Language, Aliases>();

export function aliasesOf(language: Language): Aliases {
  let found = cache.get(language);
  if (!found) {
    found = compile(language);
    cache.set(language, found);
  }
  return found;
}

const stemsIn = (text: string, language: Language): string[] =>
  tokenise(normalise(text), language).map((token) => token.stem);

function compile(language: Language): Aliases {
  const english = languageOf("en");
  const byEnglish = new Map<string, string[][]>();
  const put = (own: string, other: string): void => {
    const key = stemsIn(other, english).join(" ");
    const words = tokenise(normalise(own), language);
    const content = words.filter(({ lower }) => !isFrequent(fold(lower), language));
    const stems = (content.length > 0 ? content : words).map((token) => token.stem);
    if (key === "" || stems.length === 0) return;
    byEnglish.set(key, [...(byEnglish.get(key) ?? []), stems]);
  };
  for (const [own, others] of countries(language)) for (const other of others) put(own, other);
  // "Wiedeń" has the stem of the German "wieder": another language's name of a place is no frequent word of this one.
  const { functionStems } = lexiconOf(language);
  const isFrequentWord = (own: string): boolean =>
    stemsIn(own, language).every((word) => functionStems.has(word));
  for (const [own, others] of places) if (!isFrequentWord(own)) for (const other of others) put(own, other);
  // "waren" is a form of "sein" far more often than goods.
  for (const [own, others] of Object.entries(language.business))
    if (!isFrequent(fold(own.toLowerCase()), language)) for (const other of phrases(others)) put(own, other);
  return {
    language,
    byEnglish,
    longest: Math.max(1, ...[...byEnglish.keys()].map((key) => key.split(" ").length)),
  };
}

/** Each country's name in the language with its English one and its ISO 3166 code, as Intl knows them. */
function countries(language: Language): (readonly [string, readonly string[]])[] {
  const own = new Intl.DisplayNames(language.code, { type: "region", fallback: "none" });
  const english = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const [name, inEnglish] = [own.of(code), english.of(code)];
      if (!name || !inEnglish || /^(?:EU|EZ|UN|QO|X.|ZZ)$/u.test(code)) return [];
      return [[name, language.code === "en" ? [`country:${code}`] : [inEnglish, `country:${code}`]] as const];
    });
}

/** A way to say a name: places of its words, each with the stems that fill it. */
export interface Way {
  readonly slots: readonly (readonly string[])[];
  /** Places of a phrase that says a part of the name otherwise: all of them are filled, or none. */
  readonly together: readonly (readonly string[])[];
}

/**
 * The ways to say a name, each as places of its words with the stems that fill them: word by word, and once more for
 * each phrase of the name that is said otherwise as a whole.
 */
export function spokenAs(stems: readonly string[], name: string, aliases: Aliases): Way[] {
  const english = languageOf("en");
  const own =
    aliases.language === english ? stems : stemsIn(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " "), english);
  const byWord = stems.map((word) => [word]);
  if (aliases.byEnglish.size === 0) return [{ slots: byWord, together: [] }];
  const ways: Way[] = [
    { slots: byWord.map((slot, at) => [...slot, ...singleAliases(stems, own, at, aliases)]), together: [] },
  ];
  // "disbursed" is "Pay out", though the small word is no part of how the name is found.
  const whole = stemsIn(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " "), english).join(" ");
  if (aliases.language === english && whole !== own.join(" "))
    for (const parts of aliases.byEnglish.get(whole) ?? []) ways.push(asPhrase(parts, []));
  if (/^[A-Z]{2}$/u.test(name))
    for (const parts of aliases.byEnglish.get(stemsIn(`country:${name}`, english).join(" ")) ?? [])
      ways.push(asPhrase(parts, []));
  for (let length = 1; length <= Math.min(aliases.longest, own.length); length++) {
    for (let from = 0; from + length <= own.length; from++) {
      for (const parts of aliases.byEnglish.get(own.slice(from, from + length).join(" ")) ?? []) {
        if (length === 1 && parts.length === 1) continue;
        const rest = own.flatMap((_, at) =>
          at >= from && at < from + length
            ? []
            : [[stems[at] ?? own[at]!, ...singleAliases(stems, own, at, aliases)]],
        );
        ways.push(asPhrase(parts, rest));
      }
    }
  }
  return ways;
}

function asPhrase(parts: readonly string[], rest: Way["slots"]): Way {
  const together = parts.map((part) => [part]);
  return { slots: [...together, ...rest], together };
}

/** Words of the language for one English word of the name. */
const singleAliases = (
  stems: readonly string[],
  own: readonly string[],
  at: number,
  { byEnglish }: Aliases,
): string[] =>
  stems.length === own.length
    ? (byEnglish.get(own[at]!) ?? []).flatMap((parts) => (parts.length === 1 ? parts : []))
    : [];
