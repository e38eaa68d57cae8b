/**
 * Which log a text names: by its whole name, however it is written ("order to cash", "Ordertocash.csv", "o2c"), or by
 * a word that only its name has ("loans", "the helpdesk process").
 */
import type { LogBriefing } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { isSlip } from "../text/distance.ts";
import { type Lexicon, lexiconOf, phrases } from "../text/lexicon.ts";
import { fold, stem } from "../text/stem.ts";
import { normalise, type Span, type Token, tokenise, type Utterance, utterance } from "../text/utterance.ts";
import { aliasesOf } from "./aliases.ts";

export interface LogMention extends Span {
  readonly log: LogBriefing;
  /** Indices into the tokens; `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** No ordinary word of the language: the name in full, or a word beside it says that it is a log. */
  readonly sure: boolean;
}

const fileEnding = /(?:\.(?:csv|tsv|xes|json|jsonl|parquet|xlsx?|gz|zip))+$/iu;

interface LogName {
  readonly log: LogBriefing;
  readonly tokens: readonly Token[];
  readonly content: readonly Token[];
  /** Without spaces and hyphens. */
  readonly joined: string;
  /** First letters, "to" as 2: o2c. */
  readonly initials: string;
}

const joinedOf = (tokens: readonly Token[]): string => tokens.map(({ lower }) => fold(lower)).join("");

function nameOf(log: LogBriefing, language: Language): LogName {
  const { functionStems } = lexiconOf(language);
  const bare = normalise(log.name)
    .replace(fileEnding, "")
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ");
  const tokens = tokenise(bare.replace(/(?<=\p{L})-(?=\p{L})/gu, " "), language);
  const content = tokens.filter(({ stem, lower }) => !functionStems.has(stem) && !/^\d+$/u.test(lower));
  const initials = tokens.map(({ lower }) => (language.time.to.includes(lower) ? "2" : lower[0])).join("");
  return { log, tokens, content, joined: joinedOf(tokens), initials };
}

/** Mentions of logs, at most one at a place, the longest first come. */
export function logMentions(text: string, language: Language, logs: readonly LogBriefing[]): LogMention[] {
  const said = utterance(text, language);
  const names = logs.map((log) => nameOf(log, language));
  const found: LogMention[] = [];
  for (let from = 0; from < said.tokens.length; from++) {
    const mentions = names.flatMap((name) => mentionAt(said, from, name, names) ?? []);
    const longest = Math.max(0, ...mentions.map(({ to }) => to));
    const best = mentions.filter(({ to }) => to === longest);
    if (best.length !== 1) continue;
    found.push(best[0]!);
    from = longest - 1;
  }
  return found;
}

function mentionAt(
  said: Utterance,
  from: number,
  name: LogName,
  names: readonly LogName[],
): LogMention | null {
  const lexicon = lexiconOf(said.language);
  const to =
    wholeName(said, from, name) ??
    (isPart(said.tokens[from]!, name, names, lexicon) || isSaidOtherwise(said, from, name, names, lexicon)
      ? from + 1
      : null);
  if (to === null || name.tokens.length === 0) return null;
  const words = said.tokens.slice(from, to);
  const written = words.length > 1 || !isCommon(words[0]!, lexicon);
  const whole = joinedOf(words) === name.joined || words.length === name.tokens.length;
  return {
    log: name.log,
    from,
    to,
    start: words[0]!.start,
    end: words.at(-1)!.end,
    sure: (written && whole) || beside(said, from, to, lexicon),
  };
}

/** A word with a meaning of its own: an order, a loan. */
const isCommon = (token: Token, lexicon: Lexicon): boolean =>
  lexicon.entries.has(token.stem) || lexicon.functionStems.has(token.stem);

/** Where the name ends that begins at a token: word by word, in one word, or by its initials; null where none does. */
function wholeName(said: Utterance, from: number, name: LogName): number | null {
  const { tokens } = said;
  const apart = name.tokens.every((own, at) => {
    const token = tokens[from + at];
    return token !== undefined && (token.stem === own.stem || isSlip(token.lower, own.lower));
  });
  if (apart) return from + name.tokens.length;
  const known = isCommon(tokens[from]!, lexiconOf(said.language));
  for (const length of [1, 2]) {
    const joined = joinedOf(tokens.slice(from, from + length));
    if (name.joined.length > 4 && (joined === name.joined || (!known && isSlip(joined, name.joined))))
      return from + length;
  }
  const short = name.tokens.length > 2 && tokens[from]!.lower === name.initials;
  return short ? from + 1 : null;
}

/** A word of the name that no other log's name has; "log" is every log's, whatever the name of one says. */
function isPart(token: Token, name: LogName, names: readonly LogName[], lexicon: Lexicon): boolean {
  if (lexicon.functionStems.has(token.stem) || token.lower.length < 3 || isLogWord(token, lexicon))
    return false;
  const has = ({ content }: LogName): boolean => content.some(({ stem }) => stem === token.stem);
  return has(name) && !names.some((other) => other !== name && has(other));
}

/** "w logu kredytowym", "贷款日志": the language's word for one that only its name has, where a word for a log stands beside it. */
function isSaidOtherwise(
  said: Utterance,
  from: number,
  name: LogName,
  names: readonly LogName[],
  lexicon: Lexicon,
): boolean {
  const token = said.tokens[from]!;
  if (said.language.code === "en" || isLogWord(token, lexicon) || !isBesideLog(said, from, lexicon))
    return false;
  const { byEnglish } = aliasesOf(said.language);
  const english = languageOf("en");
  const has = ({ content }: LogName): boolean =>
    content.some(({ lower }) =>
      byEnglish.get(stem(lower, english))?.some((parts) => parts.length === 1 && parts[0] === token.stem),
    );
  return has(name) && !names.some((other) => other !== name && has(other));
}

/** Of a log, and not only of a process, which every question may speak of. */
const isBesideLog = (said: Utterance, from: number, lexicon: Lexicon): boolean =>
  [said.tokens[from - 1], said.tokens[overPointing(said, from + 1)]].some(
    (token) =>
      token !== undefined &&
      lexicon.entries.get(token.stem)?.some(({ kind, value }) => kind === "concept" && value === "log"),
  );

/** "贷款那份日志": where words are not set apart, what points at the log and counts it may stand between the name and its noun. */
function overPointing({ tokens, language }: Utterance, at: number): number {
  if (language.script === null || !phrases(language.pronouns).includes(tokens[at]?.lower ?? "")) return at;
  return tokens[at + 1]?.lower.length === 1 ? at + 2 : at + 1;
}

/** A word for a log or a process stands right before or after. */
function beside(said: Utterance, from: number, to: number, lexicon: Lexicon): boolean {
  return [said.tokens[from - 1], said.tokens[overPointing(said, to)]].some(
    (token) => token !== undefined && isLogWord(token, lexicon),
  );
}

/** A word for any log or process. */
export const isLogWord = (token: Token, lexicon: Lexicon): boolean =>
  lexicon.entries
    .get(token.stem)
    ?.some(({ kind, value }) => kind === "concept" && (value === "log" || value === "process")) ?? false;

/** The text without the name and the words that only lead to it ("in the … process"); spans as in the text. */
export function withoutMention(text: string, language: Language, mention: LogMention): string {
  const said = utterance(text, language);
  const lexicon = lexiconOf(language);
  let { from, to } = mention;
  const noun = overPointing(said, to);
  if (said.tokens[noun] && isLogWord(said.tokens[noun]!, lexicon)) to = noun;
  if (said.tokens[to] && isLogWord(said.tokens[to]!, lexicon)) to += 1;
  const leading = new Set([...phrases(language.time.articles), ...phrases(language.possessives)]);
  const introducing = new Set(phrases(language.include));
  if (from > 0 && isLogWord(said.tokens[from - 1]!, lexicon)) from -= 1;
  while (from > 0 && leading.has(said.tokens[from - 1]!.lower)) from -= 1;
  if (from > 0 && introducing.has(said.tokens[from - 1]!.lower)) from -= 1;
  return cutOut(said, said.tokens[from]!.start, said.tokens[to - 1]!.end);
}

/** The text with the name alone left out: "what is in the loan log?" → "what is in the log?". */
export function withoutName(text: string, language: Language, mention: LogMention): string {
  const said = utterance(text, language);
  const lexicon = lexiconOf(language);
  if (beside(said, mention.from, mention.to, lexicon)) return cutOut(said, mention.start, mention.end);
  const word = phrases(language.concepts.log ?? "")[0] ?? "";
  return `${said.text.slice(0, mention.start)}${word}${said.text.slice(mention.end)}`;
}

function cutOut({ text }: Utterance, start: number, end: number): string {
  const ending = /^\.(?:csv|tsv|xes|json|jsonl|parquet|xlsx?)\b/iu.exec(text.slice(end))?.[0] ?? "";
  return `${text.slice(0, start)}${text.slice(end + ending.length)}`
    .replace(/"\s*"|\(\s*\)/gu, "")
    .replace(/\s+(?=[?!.,;:])/gu, "")
    .replace(/^[\s,;:]+|[\s,;:]+$/gu, "")
    .replace(/\s+/gu, " ");
}
