/**
 * Which language a text is in: by its script, its frequent words, letters that are typical and, among the likeliest, the
 * words of their lexicons; the thread's language is the prior. Names and values of the log say nothing about it, nor
 * does what stands in quotation marks or is pasted behind the words.
 */
import type { LogBriefing } from "../../provider.ts";
import { languageOf, profiles } from "../languages/index.ts";
import type { Language, Profile } from "../languages/language.ts";
import { apart } from "./document.ts";
import { lexiconOf, phrases } from "./lexicon.ts";
import { fold, stem } from "./stem.ts";
import { isApart, normalise, quotations, tokenise } from "./utterance.ts";

/** What the thread's language is worth, in frequent words. */
const priorWeight = 0.8;
/** Profiles this near to the best are held against their lexicons. */
const close = 2;

export function detectLanguage(text: string, prior: string | null, log: LogBriefing | null = null): Language {
  const own = withoutNames(withoutQuotations(normalise(apart(text).words)), log);
  const words = wordsOf(own);
  const scored = profiles
    .map((profile) => ({
      profile,
      score: evidence(own, words, profile) + (profile.code === prior ? priorWeight : 0),
    }))
    .sort((left, right) => right.score - left.score);
  const best = scored[0]!;
  const candidates = scored.filter(
    ({ profile, score }) => score > best.score - close || profile.code === prior,
  );
  const found = candidates.reduce<Scored | null>((top, { profile, score }) => {
    if (top !== null && score + mostSpoken(own, words, profile) <= top.score) return top;
    const whole = score + spoken(own, profile);
    return top === null || whole > top.score ? { profile, score: whole } : top;
  }, null)!;
  const likeliest = found.profile.code === "en" ? borrower(own, candidates, found) : found;
  const surest = likeliest.score - (likeliest.profile.code === prior ? priorWeight : 0) > 0;
  return languageOf(surest ? likeliest.profile.code : prior);
}

/** Who else may speak so, where English words are the most: another language's words among them tell that they are borrowed. */
function borrower(text: string, candidates: readonly Scored[], english: Scored): Scored {
  return candidates
    .filter(({ profile }) => profile.code !== "en" && profile.script === null)
    .map(({ profile, score }) => ({ profile, score, own: unborrowed(text, profile) }))
    .filter(({ own }) => own > 0)
    .reduce<Scored>((top, { profile, score, own }) => {
      const whole = score + own + spoken(text, profile);
      return whole > top.score ? { profile, score: whole } : top;
    }, english);
}

interface Scored {
  readonly profile: Profile;
  readonly score: number;
}

const withoutQuotations = (text: string): string =>
  quotations(text).reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== "");

interface Marks {
  readonly words: ReadonlySet<string>;
  readonly traits: readonly string[];
}
const marks = new Map<string, Marks>();

function marksOf({ code, functionWords, traits }: Profile): Marks {
  let found = marks.get(code);
  if (!found) {
    const words = functionWords.split(/[\s,]+/u).flatMap((word) => [word, fold(word)]);
    found = { words: new Set(words), traits: phrases(traits) };
    marks.set(code, found);
  }
  return found;
}

const months = new Map<string, ReadonlySet<string>>();

/** "im Mai", "en mayo", "w maju": months are called alike in few languages, and a question in another's words names its own. */
function monthsOf({ code, script }: Profile): ReadonlySet<string> {
  let found = months.get(code);
  if (!found) {
    const all = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15)));
    const forms = [{ month: "long" }, { month: "long", day: "numeric" }] as const;
    const written = forms.flatMap((form) => {
      const format = new Intl.DateTimeFormat(code, { ...form, timeZone: "UTC" });
      return all.flatMap((date) =>
        format
          .formatToParts(date)
          .flatMap(({ type, value }) => (type === "month" ? [value.toLowerCase()] : [])),
      );
    });
    found = new Set(script ? [] : written.flatMap((name) => [name, fold(name)]));
    months.set(code, found);
  }
  return found;
}

/** How many languages have the word among their frequent ones: what many have says little. */
const shared = (word: string): number =>
  profiles.filter((profile) => marksOf(profile).words.has(word)).length;

/** How many languages have the letters among their typical ones. */
const sharedTrait = (trait: string): number =>
  profiles.filter((profile) => marksOf(profile).traits.includes(trait)).length;

/** A letter that few alphabets have says more than a sequence of common ones. */
const weightOf = (trait: string): number =>
  /^[^\p{ASCII}]$/u.test(trait) ? 0.75 / sharedTrait(trait) : 0.25;

/** In frequent words; letters of a language's own script say it all, and typical letters a part of a word. */
function evidence(text: string, words: readonly string[], profile: Profile): number {
  if (profile.script) return scriptEvidence(text, profile) - (lacksItsOwn(text, profile) ? ownScript : 0);
  const { words: frequent, traits } = marksOf(profile);
  return words.reduce((sum, word) => {
    if (monthsOf(profile).has(word))
      return sum + 1 / Math.sqrt(profiles.filter((other) => monthsOf(other).has(word)).length);
    if (frequent.has(word) && word.length > 1) return sum + 1 / Math.sqrt(Math.max(1, shared(word)));
    const edged = `_${word}_`;
    const found = traits.filter((trait) => edged.includes(trait)).map(weightOf);
    return sum + Math.max(0, ...found);
  }, 0);
}

/** What it speaks against a language that none of its own letters is there; less than the thread's language says. */
const ownScript = 0.7;

/** Letters that it shares with another language are all there is ("材料" may be Japanese, and seldom is without kana). */
function lacksItsOwn(text: string, { own }: Profile): boolean {
  return own !== undefined && !own.test(text);
}

/** Letters of the script, and once more those that only this language has of it; a trait of another one's counts there. */
export function scriptEvidence(text: string, profile: Profile): number {
  const { traits } = marksOf(profile);
  return [...text].reduce(
    (sum, character) =>
      sum + (profile.script?.test(character) ? 1 : 0) + (traits.includes(character) ? 1 : 0),
    0,
  );
}

/** What a word that means something counts, in frequent words. */
const meaningful = 0.7;

/** What `spoken` can be at most: known without the lexicon, so that few are loaded. */
function mostSpoken(text: string, words: readonly string[], profile: Profile): number {
  const { script } = profile;
  if (script !== null && [...text].some((character) => script.test(character)))
    return Number.POSITIVE_INFINITY;
  const { words: frequent } = marksOf(profile);
  return words.filter((word) => !frequent.has(word)).length * meaningful;
}

/** What a word counts that English does not have: many borrow English words ("nice job"), and English borrows few. */
const ownWord = 0.7;

/** How much of it is words of the language that are no English ones. */
function unborrowed(text: string, profile: Profile): number {
  if (profile.code === "en" || profile.script !== null) return 0;
  const language = languageOf(profile.code);
  const { entries, functionStems } = lexiconOf(language);
  const own = tokenise(text, language).filter(
    ({ stem, lower }) =>
      lower.length > 2 && (entries.has(stem) || functionStems.has(stem)) && !isEnglish(lower),
  );
  return own.length * ownWord;
}

let english: ReadonlySet<string> | null = null;

/** English words as they are written, which "variantes" is not. */
function englishWords(): ReadonlySet<string> {
  if (english === null) {
    const language = languageOf("en");
    const frequent = language.functionWords.split(/[\s,]+/u);
    const phrased = [...lexiconOf(language).singles.values()].flatMap((words) => words.map(([word]) => word));
    english = new Set([...frequent, ...phrased]);
  }
  return english;
}

/** As written in a phrase or among frequent words, or a form of such a word. */
function isEnglish(word: string): boolean {
  const language = languageOf("en");
  if (englishWords().has(word)) return true;
  return lexiconOf(language).parts.has(stem(word, language)) && !/[nrt]es$/u.test(word);
}

/** "variantes", "clientes": the plural of another language, whose stem is English. */
const isForeignForm = (word: string): boolean => /[nrt]es$/u.test(word) && !isEnglish(word);

const ownBusiness = new WeakMap<Language, ReadonlySet<string>>();

/** Stems of what the language calls the words of logs, but for those that are the English ones ("web", "ticket"). */
function businessOf(language: Language): ReadonlySet<string> {
  let found = ownBusiness.get(language);
  if (!found) {
    const english = lexiconOf(languageOf("en")).entries;
    const words = Object.entries(language.business).flatMap(([own, others]) =>
      /[\s'’-]/u.test(own) || others.toLowerCase().includes(own.slice(0, 4)) ? [] : [own],
    );
    found = new Set(words.map((word) => stem(word, language)).filter((each) => !english.has(each)));
    ownBusiness.set(language, found);
  }
  return found;
}

/** Words that mean something in the language. */
function spoken(text: string, { code }: Profile): number {
  const language = languageOf(code);
  const { entries, functionStems } = lexiconOf(language);
  const business = code === "en" || language.script !== null ? null : businessOf(language);
  return (
    tokenise(text, language).filter(
      ({ stem, lower }) =>
        (entries.has(stem) || business?.has(stem)) &&
        !functionStems.has(stem) &&
        (code !== "en" || !isForeignForm(lower)) &&
        (language.script === null || stem.length > 1),
    ).length * meaningful
  );
}

const names = new WeakMap<LogBriefing, readonly string[]>();

/** Names of the log that are more than one word, longest first. */
function namesOf(log: LogBriefing): readonly string[] {
  let found = names.get(log);
  if (!found) {
    const { activities, attributes } = log.vocabulary;
    found = [...activities, ...attributes]
      .map(({ name }) => name)
      .concat(attributes.flatMap(({ values }) => [...values]))
      .map((name) => normalise(name).toLowerCase())
      .filter((name) => name.length > 3)
      .sort((left, right) => right.length - left.length);
    names.set(log, found);
  }
  return found;
}

/** The text without the log's names, as long as something is left. */
function withoutNames(text: string, log: LogBriefing | null): string {
  if (!log) return text;
  let rest = text;
  for (const name of namesOf(log)) {
    const at = rest.toLowerCase().indexOf(name);
    if (at < 0) continue;
    const end = at + name.length;
    // Names of a log are English as a rule: "branches" is as much of the name as "branch".
    const ends = [
      end,
      ...["s", "es"].flatMap((many) => (rest.startsWith(many, end) ? [end + many.length] : [])),
    ];
    const apart = ends.find((last) => isApart(rest, { start: at, end: last }));
    if (apart !== undefined) rest = `${rest.slice(0, at)} ${rest.slice(apart)}`;
  }
  return rest;
}
