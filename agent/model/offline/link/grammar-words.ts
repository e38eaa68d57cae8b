/** Words that are grammar here and would be names elsewhere. */
import type { Language } from "../languages/language.ts";
import { lexiconOf, phrases, type Role, type Sense } from "../text/lexicon.ts";
import { inside, overlap, type Span, type Token, type Utterance } from "../text/utterance.ts";
import { phraseIn, says } from "../text/wording.ts";
import type { Link, LinkOf } from "./links.ts";
import type { VocabularyIndex } from "./vocabulary/index.ts";
import type { Familiarity } from "./vocabulary/near-stems.ts";

/** "Goldkunden" is gold, and no customer besides: the compound's first part says which. */
export const isHeadOfCompound = (link: Span, all: readonly Link[]): boolean =>
  all.some((other) => other.kind === "thing" && other.end === link.start && link.start > 0);

/**
 * "plus de 2 jours" is more than two days and not the product called Plus, unless it is written as the name is; "compte les
 * tickets" counts and is not the category.
 */
export function isGrammar(link: Link, base: Utterance, found: readonly Sense[]): boolean {
  const { tokens, language, quotes } = base;
  if (supposes(link, tokens, found)) return true;
  if (link.kind === "thing" && link.thing.kind === "activity") return asksToDo(link, base, found);
  if (link.kind !== "thing" || link.thing.kind !== "value" || language.capitalisedNouns) return false;
  const at = tokens.findIndex(({ start, end }) => start === link.start && end === link.end);
  const token = tokens[at];
  if (token === undefined || quotes.some((quote) => inside(token, quote))) return false;
  const starts = at === 0 && found.some((sense) => sense.from === 0 && isRole(sense, "request"));
  if (starts) return true;
  const written = at > 0 && /^\p{Lu}/u.test(token.text);
  return !written && lexiconOf(language).functionStems.has(token.stem);
}

/** "申込の平均": the word for the cases, though it also stands for the step that they begin with ("申込から承認まで"). */
export function isCaseWord(link: Link, { tokens, language }: Utterance, found: readonly Sense[]): boolean {
  if (language.script === null || link.kind !== "thing" || link.thing.kind !== "activity") return false;
  const { time } = language;
  const orders = [time.to, time.until, time.before, time.after, time.since, time.between].flatMap(phrases);
  const [before, next] = [
    tokens.findLast(({ end }) => end <= link.start),
    tokens.find(({ start }) => start >= link.end),
  ];
  if ([before, next].some((token) => token !== undefined && orders.includes(token.lower))) return false;
  return found.some(
    ({ meaning, start, end }) =>
      meaning.kind === "concept" && meaning.value === "case" && start === link.start && end === link.end,
  );
}

/** "检查一下…", "確認してください": what is asked for, where one word of a step's name is all there is of it. */
const asksToDo = (link: LinkOf<"thing">, { tokens, language }: Utterance, found: readonly Sense[]): boolean =>
  link.score < oneWordOfName &&
  found.some(
    (sense) =>
      isRole(sense, "request") &&
      sense.start === link.start &&
      sense.end === link.end &&
      (language.script !== null ||
        tokens.slice(0, sense.from).every(({ stem }) => lexiconOf(language).functionStems.has(stem))),
  );

const oneWordOfName = 0.5;

/** "angenommen, zwei Leute kommen dazu": what supposes is no step that is called like it. */
function supposes(link: Link, tokens: readonly Token[], found: readonly Sense[]): boolean {
  const [first, ...more] = tokens;
  return (
    first !== undefined &&
    more.length > 0 &&
    link.start === first.start &&
    link.end === first.end &&
    link.kind === "thing" &&
    link.thing.name.toLowerCase() !== first.lower &&
    found.some(({ meaning, from, to }) => meaning.value === "what-if" && from === 0 && to === 1)
  );
}

/** "gold customers", "la sucursal de Hamburgo": the noun is what the value's attribute is called, and no value besides. */
export const isHeadOfValue = (link: Link, all: readonly Link[], base: Utterance): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "value" &&
  all.some(
    (other) =>
      other.kind === "thing" &&
      other.thing.kind === "value" &&
      other !== link &&
      wordsOfName(other.thing.attribute).includes(link.thing.name.toLowerCase()) &&
      sideBySide(link, other, base),
  );

const wordsOfName = (name: string): readonly string[] => name.toLowerCase().split(/[^\p{L}\p{N}]+/u);

/** "branch is Hamburg", "branch 是 Hamburg". */
const copulas = [
  "is",
  "are",
  "ist",
  "sind",
  "est",
  "sont",
  "es",
  "son",
  "è",
  "sono",
  "é",
  "são",
  "zijn",
  "to",
  "jest",
  "是",
  "为",
  "は",
];

/** Nothing but "of", "is" and articles between the two. */
function sideBySide(one: Span, other: Span, { tokens, language }: Utterance): boolean {
  const [first, second] = one.start < other.start ? [one, other] : [other, one];
  const linking = new Set([...phrases(language.time.of), ...phrases(language.time.articles), ...copulas]);
  return tokens
    .filter(({ start, end }) => start >= first.end && end <= second.start)
    .every(({ lower }) => linking.has(lower));
}

export const isRole = ({ meaning }: Sense, role: Role): boolean =>
  meaning.kind === "role" && meaning.value === role;

/** A question word where questions begin in this language. */
export const leadsQuestion = (sense: Sense, { questionsInPlace }: Language): boolean =>
  isRole(sense, "question") && (sense.from === 0 || questionsInPlace === true);

/** Ideas whose words are also parts of activities' names ("Send invoice", "Approve order"). */
const soft: ReadonlySet<string> = new Set([
  "case",
  "decide",
  "approval",
  "money",
  "completed",
  "failure",
  "ledger",
]);

export function familiarity(meanings: readonly Sense[], ofSteps: boolean): Familiarity {
  const own = meanings.filter(isMeaning);
  if (own.length === 0) return "unknown";
  const isSoft = ({ meaning }: Sense): boolean =>
    meaning.kind === "option" || soft.has(meaning.value) || (ofSteps && meaning.value === "throughput");
  return own.every(isSoft) ? "soft" : "known";
}

/** "ship before …", "not closed", "never shipped": what else counts finished cases is a step here. */
export function speaksOfSteps(base: Utterance, windows: readonly Span[]): boolean {
  const { before, after } = base.language.time;
  const ordered = base.tokens.some(
    (token) =>
      !windows.some((window) => overlap(window, token)) &&
      (phraseIn(base, before, token) || phraseIn(base, after, token)),
  );
  return (
    ordered || (["lacking", "not-done", "followed-by", "ever"] as const).some((list) => says(base, list))
  );
}

/** "loans" in a log of loans are its cases and no part of a step's name. */
export const isOwnCase = (here: readonly Sense[], token: Token, index: VocabularyIndex): boolean =>
  index.called.has(token.stem) && here.some(({ meaning }) => meaning.value === "case");

const isMeaning = (sense: Sense): boolean =>
  sense.meaning.kind === "concept" ||
  sense.meaning.kind === "metric" ||
  sense.meaning.kind === "statistic" ||
  sense.meaning.kind === "option";
