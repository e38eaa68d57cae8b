/**
 * English templates and what was made of them into a language's own words. A text is a key of the catalogue as it is, or
 * was made by filling the holes of one ("Mean waiting before Credit check" of "Mean waiting before {activity}"): then the
 * words in the holes are put into the language's template, themselves translated where they are templates too.
 */
import { formatQuantity } from "../../evidence/format.ts";
import { languageOf } from "./languages/index.ts";
import { entryOf } from "./text/entry.ts";

interface Pattern {
  readonly matches: RegExp;
  readonly holes: readonly string[];
  readonly template: string;
  /** Letters outside of the holes: the more, the surer. */
  readonly literal: number;
}

interface Catalogue {
  readonly messages: Readonly<Record<string, string>>;
  readonly patterns: readonly Pattern[];
  readonly kept: Map<string, string>;
}

const catalogues = new Map<string, Catalogue>();

function catalogueOf(code: string): Catalogue {
  let found = catalogues.get(code);
  if (!found) {
    const { messages } = languageOf(code);
    const patterns = Object.entries(messages)
      .flatMap(([text, template]) => asPattern(text, template))
      .sort((left, right) => right.literal - left.literal);
    found = { messages, patterns, kept: new Map() };
    catalogues.set(code, found);
  }
  return found;
}

const hole = /\{(\w+)\}/gu;

function asPattern(text: string, template: string): Pattern[] {
  const holes = [...text.matchAll(hole)].map(([, name]) => name!);
  const literal = text.replace(hole, "").replace(/[^\p{L}\p{N}]/gu, "").length;
  if (holes.length === 0 || literal < 2) return [];
  const source = text
    .split(/\{\w+\}/u)
    .map(RegExp.escape)
    .join("(.*?)");
  return [{ matches: new RegExp(`^${source}$`, "su"), holes, template, literal }];
}

/** How many translations of composed texts are kept for a language. */
const mostKept = 2000;

/** The text in the language; as it is where the catalogue has nothing for it. */
export function translate(text: string, code: string): string {
  if (code === "en" || text === "") return text;
  const { messages, kept } = catalogueOf(code);
  const exact = entryOf(messages, text);
  if (exact !== undefined) return exact;
  let found = kept.get(text);
  if (found === undefined) {
    found =
      stopped(text, code) ??
      composed(text, code, fewLetters) ??
      listed(text, code) ??
      advised(text, code) ??
      bracketed(text, code) ??
      composed(text, code, 0) ??
      capital(text, messages) ??
      text;
    if (kept.size >= mostKept) kept.clear();
    kept.set(text, found);
  }
  return found;
}

/** "{value} finished." of "{value} finished": a clause that ends as a sentence. */
function stopped(text: string, code: string): string | null {
  const language = languageOf(code);
  const clause = text.endsWith(".") ? entryOf(language.messages, text.slice(0, -1)) : undefined;
  return clause === undefined ? null : clause + (language.script === null ? "." : "。");
}

/** "country = Germany", "2026-W35": names of the log, figures and signs are the same in every language. */
const sameEverywhere = (piece: string): boolean =>
  /^[^\s=<>!]+ (?:=|!=|[<>]=?) /u.test(piece) ||
  /^[\p{N}\p{Lu}][^{}]*$/u.test(piece) ||
  /^\([^()]+\)$/u.test(piece);

/** "median cycle time, all cases": pieces between commas, where the catalogue has each of them. */
function listed(text: string, code: string): string | null {
  const pieces = text.split(", ");
  if (pieces.length < 2 || pieces.length > 6) return null;
  const own = pieces.map((piece) => translate(piece, code));
  const isOpen = (piece: string, at: number): boolean => piece === pieces[at] && !sameEverywhere(piece);
  return own.some(isOpen) || own.every((piece, at) => piece === pieces[at]) ? null : own.join(", ");
}

/** "duplicate rows: Remove them.": what was found and what to do about it, where the catalogue has each of them. */
function advised(text: string, code: string): string | null {
  const at = text.indexOf(": ");
  if (at < 1) return null;
  const [found, remedy] = [text.slice(0, at), text.slice(at + 2)];
  const own = [translate(found, code), translate(remedy, code)];
  if (own[0] === found || own[1] === remedy) return null;
  return own.join(languageOf(code).script === null ? ": " : "：");
}

/** "waiting time (Pay out)": what is said of a name in brackets. */
function bracketed(text: string, code: string): string | null {
  const [, words, name] = /^(\p{Ll}[^()]*) (\([^()]+\))$/u.exec(text) ?? [];
  const own = words === undefined ? undefined : translate(words, code);
  return own === undefined || own === words ? null : `${own} ${name}`;
}

/** By the template that has most letters, and at least so many. */
function composed(text: string, code: string, letters: number): string | null {
  const { messages, patterns } = catalogueOf(code);
  const isOpen = (words: string): boolean =>
    isLong(words) &&
    entryOf(messages, words) === undefined &&
    stopped(words, code) === null &&
    composed(words, code, fewLetters) === null;
  for (const { matches, holes, template, literal } of patterns) {
    if (literal < letters) return null;
    const match = matches.exec(text);
    if (!match || (literal < fewLetters && match.slice(1).some(isOpen))) continue;
    if (match.slice(1).some(isTorn)) continue;
    const words = new Map(
      holes.map((name, at) => {
        const found = match[at + 1]!;
        return [name, name === "weekday" ? weekdayIn(found, code) : fragment(found, code)];
      }),
    );
    return template.replace(hole, (whole, name: string) => words.get(name) ?? whole);
  }
  return null;
}

/** "(Ship" of "cycle time (Ship order)", "\"Resolve" of a quoted name: what stands between brackets or quotes is not parted. */
const isTorn = (words: string): boolean =>
  words.split("(").length !== words.split(")").length ||
  words.split("“").length !== words.split("”").length ||
  words.split('"').length % 2 === 0;

/** 5 January 1970 was a Monday. */
const aWeek = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(1970, 0, 5 + day)));
const weeks = new Map<string, readonly string[]>();

function daysOf(code: string): readonly string[] {
  const known = weeks.get(code);
  if (known) return known;
  const { format } = new Intl.DateTimeFormat(code, { weekday: "long", timeZone: "UTC" });
  const days = aWeek.map((day) => format(day));
  weeks.set(code, days);
  return days;
}

/** A day of the week by its English name; anything else as it is. */
export const weekdayIn = (name: string, code: string): string =>
  daysOf(code)[daysOf("en").indexOf(name)] ?? name;

const months = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, month, 1)),
);

/** "4 December 2026 at 12:33" as the language writes it; the clock is that of the text. */
function dateIn(words: string, code: string): string | null {
  const [, day, month, year, clock] =
    /^(\d{1,2}) (\p{Lu}\p{Ll}+) (\d{4})(?: at (\d\d:\d\d))?$/u.exec(words) ?? [];
  const at = months.indexOf(month ?? "");
  if (at < 0) return null;
  const [hour = 0, minute = 0] = clock?.split(":").map(Number) ?? [];
  return new Intl.DateTimeFormat(code, {
    dateStyle: "long",
    ...(clock === undefined ? {} : { timeStyle: "short" }),
    timeZone: "UTC",
  }).format(Date.UTC(Number(year), at, Number(day), hour, minute));
}

/** "Friday, 19:00 to 20:00". */
const beginsWithDay = (words: string): boolean => /^\p{L}+day, \d/u.test(words);

/** A template of few letters fits many texts: it is taken only for short ones. */
const fewLetters = 12;
const isLong = (words: string): boolean => words.split(" ").length > 6;

/** "gathering a batch" of "Gathering a batch". */
function capital(text: string, messages: Readonly<Record<string, string>>): string | null {
  const found = entryOf(messages, text[0]!.toUpperCase() + text.slice(1));
  return found === undefined || /^\p{Lu}/u.test(text) ? null : found;
}

/** "50 cases": a noun with its number, as the language counts. */
function countedIn(words: string, code: string): string | null {
  const [, number, noun] = /^(\d+) (\p{Ll}+)$/u.exec(words) ?? [];
  if (noun === undefined || entryOf(languageOf(code).nouns, noun) === undefined) return null;
  return formatQuantity(Number(number), noun, code);
}

/**
 * Words in a hole: translated where they are of ours, which begin with a small letter, are a phrase of the catalogue or say
 * something of a name ("Credit check happens"); what else begins with a capital is a name of the log.
 */
export const fragment = (words: string, code: string): string => {
  if (code === "en") return words;
  const counted = countedIn(words, code) ?? dateIn(words, code);
  if (counted !== null) return counted;
  if (!/^[\p{Lu}\p{N}"]/u.test(words) || beginsWithDay(words)) return keepingEdges(words, code);
  const { messages } = languageOf(code);
  const phrase = words.split(" ").length < 3 ? undefined : entryOf(messages, words);
  const clauses = words.split("; ").map((clause) => entryOf(messages, clause) ?? clause);
  const own = clauses.join("; ");
  if (phrase === undefined && clauses.length > 1 && own !== words) return own;
  return phrase ?? aboutName(words, code) ?? words;
};

/** A template with letters enough to be no name by chance. */
function aboutName(words: string, code: string): string | null {
  const about = catalogueOf(code).patterns.find(
    ({ matches, literal }) => literal >= 7 && matches.test(words),
  );
  return about ? translate(words, code) : null;
}

function keepingEdges(words: string, code: string): string {
  const bare = words.replace(/^[\s,;]+|\s+$/gu, "");
  if (bare === "") return words;
  const exact = translate(words, code);
  return exact !== words ? exact : words.replace(bare, () => translate(bare, code));
}

/** Texts as they are and as a reply in this language says them; longest first. */
export const alsoTranslated = (texts: readonly string[], code: string): readonly string[] =>
  code === "en"
    ? texts
    : [
        ...new Set([
          ...texts,
          ...texts.map((text) => fragment(text, code)),
          ...texts.map((text) => translate(text, code)),
        ]),
      ].sort((a, b) => b.length - a.length);
