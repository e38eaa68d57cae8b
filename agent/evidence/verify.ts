/**
 * The last look at a reply before it is sent: every figure must be a fact's, as code writes it, and every fact must
 * come out of its query again. It does not matter who wrote the text.
 */
import type { Fact, LogAccess } from "../../tools/define.ts";
import type { Mark } from "../service.ts";
import type { Allowed } from "./allowed.ts";
import { blankDates } from "./date-words.ts";
import { formatQuantity } from "./format.ts";
import { type NumberSpan, normalizeNumber, numbersInDigits, numbersInWords, readings } from "./numbers.ts";

export type Doubt =
  | { readonly kind: "unknown-fact"; readonly fact: string }
  | {
      readonly kind: "changed-figure";
      readonly fact: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly kind: "unlinked-number"; readonly number: string; readonly near: string }
  | { readonly kind: "not-a-setting"; readonly quoted: string }
  | {
      readonly kind: "not-recomputed";
      readonly fact: string;
      readonly value: number;
      readonly again: unknown;
    };

export interface Statement {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly facts: ReadonlyMap<string, Fact>;
  readonly language: string;
  readonly allowed: Allowed;
  /** `FinalParts.quoted`. */
  readonly quoted: readonly string[];
  /**
   * Whether a language model wrote the text: then numbers in words count too, and a date has to be a call's or a
   * log's. The built-in planner works dates out by code from the person's words and the clock.
   */
  readonly byLanguageModel: boolean;
}

const blank = (text: string, start: number, end: number): string =>
  text.slice(0, start) + " ".repeat(end - start) + text.slice(end);

const wordCharacter = /[\p{L}\p{N}]/u;

/** Scripts without spaces between words, but for their own figures, with which a number would go on. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const hanFigure = /[〇零一二两三四五六七八九十百千万萬億亿兆]/u;

/** Whether two characters side by side belong to one word or figure. */
const joined = (edge: string, outer: string): boolean => {
  if (!wordCharacter.test(edge) || !wordCharacter.test(outer)) return false;
  if (/\p{N}/u.test(edge) && hanFigure.test(outer)) return true;
  return !unspaced.test(edge) && !unspaced.test(outer);
};

/** Whether the next thing on one side, over spaces and commas, is a number. */
const besideNumber = (before: string, after: string): boolean =>
  /\p{N}[\s,.]*$/u.test(before) || /^[\s,.]*\p{N}/u.test(after);

/** Blanks a phrase where it stands by itself ("case 12" is not blanked inside "case 123"). */
function blankPhrase(text: string, phrase: string, alone = false): string {
  let result = text;
  for (let at = result.indexOf(phrase); at !== -1; at = result.indexOf(phrase, at + 1)) {
    const before = result[at - 1] ?? " ";
    const after = result[at + phrase.length] ?? " ";
    const glued =
      joined(phrase[0]!, before) ||
      joined(phrase.at(-1)!, after) ||
      (/[.,]/.test(after) && /\p{N}/u.test(result[at + phrase.length + 1] ?? ""));
    const numbered = alone && besideNumber(result.slice(0, at), result.slice(at + phrase.length));
    if (!glued && !numbered) result = blank(result, at, at + phrase.length);
  }
  return result;
}

/** "1. …", "2. …" at the beginnings of lines, counting up from 1, are a list and not figures. */
function blankListNumbers(text: string): string {
  let expected = 1;
  return text.replace(
    /^([ \t]*)(\d{1,2})([.)])(?=\s)/gm,
    (whole, indent: string, number: string, dot: string) => {
      if (Number(number) !== expected && Number(number) !== 1) return whole;
      expected = Number(number) + 1;
      return `${indent}${" ".repeat(number.length)}${dot}`;
    },
  );
}

/** Seconds may be told in minutes, hours, days or weeks, a share in per cent. */
const scales = [1, 60, 3600, 86_400, 604_800, 0.01];
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

function isSetting(quoted: string, allowed: Allowed): boolean {
  const spans = numbersInDigits(quoted);
  if (spans.length === 0) return true;
  if (allowed.phrases.includes(quoted)) return true;
  const said = new Set(numbersInDigits(allowed.personText).map((span) => normalizeNumber(span.text)));
  return spans.every(
    (span) =>
      said.has(normalizeNumber(span.text)) ||
      readings(span.text).some((value) =>
        scales.some((scale) => allowed.settings.some((setting) => close(value * scale, setting))),
      ),
  );
}

function markDoubts(statement: Statement): Doubt[] {
  const doubts: Doubt[] = [];
  for (const mark of statement.marks) {
    const fact = statement.facts.get(mark.fact);
    if (fact === undefined) {
      doubts.push({ kind: "unknown-fact", fact: mark.fact });
      continue;
    }
    const expected = formatQuantity(fact.value, fact.unit, statement.language);
    const found = statement.text.slice(mark.start, mark.end);
    if (found !== expected) doubts.push({ kind: "changed-figure", fact: fact.id, expected, found });
  }
  return doubts;
}

/** A figure that runs on into more digits ("{{f}}0") is not the figure. */
function gluedDoubts({ text, marks }: Statement): Doubt[] {
  return marks
    .filter(
      ({ start, end }) =>
        (/\p{N}/u.test(text[start - 1] ?? "") && start < end) ||
        /\p{N}/u.test(text[end] ?? "") ||
        (/[.,]/.test(text[end] ?? "") && /\p{N}/u.test(text[end + 1] ?? "")) ||
        (/[.,]/.test(text[start - 1] ?? "") && /\p{N}/u.test(text[start - 2] ?? "")),
    )
    .map(({ start, end }) => ({
      kind: "unlinked-number",
      number: text.slice(Math.max(0, start - 2), end + 2),
      near: text.slice(Math.max(0, start - 30), end + 30),
    }));
}

function withoutAllowed(statement: Statement): string {
  let rest = statement.text;
  for (const { start, end } of statement.marks) rest = blank(rest, start, end);
  for (const phrase of statement.allowed.phrases) rest = blankPhrase(rest, phrase);
  if (!statement.byLanguageModel) rest = blankDates(rest, statement.language);
  for (const date of statement.allowed.shortDates) rest = blankPhrase(rest, date, true);
  const settings = statement.quoted.filter((quoted) => isSetting(quoted, statement.allowed));
  for (const quoted of settings.filter((text) => text !== "")) rest = blankPhrase(rest, quoted);
  return blankListNumbers(rest);
}

/** The numbers of a text that nothing accounts for, and figures that are not as their facts have them. */
export function doubtsAbout(statement: Statement): Doubt[] {
  const rest = withoutAllowed(statement);
  const spansOf = (text: string): NumberSpan[] =>
    statement.byLanguageModel ? [...numbersInDigits(text), ...numbersInWords(text)] : numbersInDigits(text);
  const said = new Set(spansOf(statement.allowed.personText).map((span) => normalizeNumber(span.text)));
  const unlinked = spansOf(rest)
    .filter((span) => !said.has(normalizeNumber(span.text)))
    .map(({ start, end, text }): Doubt => {
      return {
        kind: "unlinked-number",
        number: text,
        near: statement.text.slice(Math.max(0, start - 30), end + 30),
      };
    });
  const wrong = statement.quoted
    .filter((quoted) => !isSetting(quoted, statement.allowed))
    .map((quoted): Doubt => ({ kind: "not-a-setting", quoted }));
  return [...markDoubts(statement), ...gluedDoubts(statement), ...unlinked, ...wrong];
}

/** Equal within max(1e-6, 1e-9 relative): contract.md, "Quantiles". */
export const agrees = (a: number, b: number): boolean =>
  Math.abs(a - b) <= Math.max(1e-6, 1e-9 * Math.max(Math.abs(a), Math.abs(b)));

/** The value a fact's query gives now; null when it gives no number. Facts of calls have nothing to ask. */
export async function recompute(fact: Fact, logs: LogAccess): Promise<number | null> {
  if (fact.sql === null || fact.source.kind !== "log") return fact.value;
  const log = await logs.open(fact.source.log);
  const cell = (await log.query(fact.sql)).rows[0]?.[0];
  return typeof cell === "number" && Number.isFinite(cell) ? cell : null;
}

/** Asks every fact's query again; what differs is a doubt. */
export async function recomputationDoubts(facts: Iterable<Fact>, logs: LogAccess): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  for (const fact of facts) {
    const again = await recompute(fact, logs);
    if (again === null || !agrees(again, fact.value)) {
      doubts.push({ kind: "not-recomputed", fact: fact.id, value: fact.value, again });
    }
  }
  return doubts;
}

/** One doubt in words, for a model that may try once more. It quotes the reply: the server's log gets `doubtsInShort`. */
export function explainDoubt(doubt: Doubt): string {
  switch (doubt.kind) {
    case "unknown-fact":
      return `There is no fact "${doubt.fact}".`;
    case "changed-figure":
      return `The figure "${doubt.found}" is not what fact ${doubt.fact} says ("${doubt.expected}").`;
    case "unlinked-number":
      return `The number "${doubt.number}" near "${doubt.near}" is not linked to a fact.`;
    case "not-a-setting":
      return `"${doubt.quoted}" is neither a setting of a call nor the person's words.`;
    case "not-recomputed":
      return `Fact ${doubt.fact} says ${doubt.value}, but its query now gives ${String(doubt.again)}.`;
  }
}

/** For the server's log: what kinds of doubts there were, without a word of the reply, in which anybody may be named. */
export function doubtsInShort(doubts: readonly Doubt[]): string[] {
  return [...Map.groupBy(doubts, ({ kind }) => kind)].map(([kind, of]) => `${kind}: ${of.length}.`);
}
