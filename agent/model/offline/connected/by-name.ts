/** Values behind the names of their parameters: "amount 120", "title: VPN down", "set the status to closed". */
import type { ConnectedParameter } from "../../provider.ts";
import { valueGlue } from "../languages/operation-parameters.ts";
import { inside, overlap, type Span, type Utterance } from "../text/utterance.ts";
import { endOfValue, type Filling, open, taken, trimmed } from "./filling.ts";
import { isIdLike, mentionsOf, numberIn, parameterKindOf, valuesIn } from "./parameters.ts";

interface Mention extends Span {
  readonly parameter: ConnectedParameter;
}

/** Where parameters are named, in the order of the text; of names over each other the longest. */
function mentions(filling: Filling): Mention[] {
  const { said } = filling;
  const all = open(filling).flatMap((parameter) =>
    mentionsOf(said.words, parameter)
      .filter(
        (span) =>
          ![...said.words.quotes, ...said.systemSpans, ...said.namedSpans].some((other) =>
            inside(span, other),
          ),
      )
      .map((span) => ({ ...span, parameter })),
  );
  return all
    .filter(
      (one) => !all.some((other) => overlap(one, other) && other.end - other.start > one.end - one.start),
    )
    .sort((left, right) => left.start - right.start);
}

export function byName(filling: Filling): void {
  const list = mentions(filling);
  for (const [at, mention] of list.entries()) {
    if (filling.values.has(mention.parameter) || taken(filling, mention)) continue;
    const next = list.find(
      ({ start, parameter }, other) => other > at && start >= mention.end && parameter !== mention.parameter,
    );
    const value = valueBehind(filling, mention, next?.start ?? null);
    if (value === null) continue;
    filling.values.set(mention.parameter, value.value);
    filling.spans.push(mention, { start: value.from, end: value.end });
  }
}

/** "with high priority": the value stands before its name. */
export function byValueAhead(filling: Filling): void {
  const { words } = filling.said;
  for (const mention of mentions(filling)) {
    const { parameter } = mention;
    const value = valuesIn(words, parameter).find(
      ({ end }) => end <= mention.start && words.text.slice(end, mention.start).trim() === "",
    );
    if (value === undefined || filling.values.has(parameter)) continue;
    filling.values.set(parameter, value.value);
    filling.spans.push({ start: value.start, end: mention.end });
  }
}

interface Found {
  readonly value: unknown;
  readonly from: number;
  readonly end: number;
}

interface Glue {
  readonly length: number;
  /** The value is set off from the name. */
  readonly written: boolean;
  /** By a colon or the like. */
  readonly marked: boolean;
}

/** "comment" in "add a comment: on it" is what is created, and no name of a value. */
const isObject = ({ said, of }: Filling, mention: Span): boolean =>
  said.nouns.some((noun) => overlap(noun, mention) && of.objects.includes(noun.kind));

/** "the title of customer 17 to Director": the value follows what it is the title of. */
function behindObject({ said, of }: Filling, end: number): number {
  const { text } = said.words;
  const noun = said.nouns.find(
    ({ kind, start }) =>
      start >= end &&
      of.objects.includes(kind) &&
      /^(?:[\s\p{L}']{0,12}\s|[の的]?)$/u.test(text.slice(end, start)),
  );
  if (noun === undefined) return end;
  const id = said.ids.find(({ start }) => start >= noun.end && /^[\s#]*$/u.test(text.slice(noun.end, start)));
  return id?.end ?? noun.end;
}

/** Between the name and its value: a colon, "is", "to". */
function glueAt({ text, language }: Utterance, from: number): Glue {
  const mark = /^\s*[:=：]\s*/u.exec(text.slice(from));
  if (mark) return { length: mark[0].length, written: true, marked: true };
  const words = valueGlue[language.code] ?? "";
  const gap = language.script === null ? "\\s+" : "\\s*";
  const found = new RegExp(`^${gap}(?:${words})(?:${gap}|(?="))`, "iu").exec(text.slice(from));
  return { length: found?.[0].length ?? 0, written: found !== null, marked: false };
}

function valueBehind(filling: Filling, mention: Mention, next: number | null): Found | null {
  const { words } = filling.said;
  const behind = behindObject(filling, mention.end);
  const glue = glueAt(words, behind);
  const from = behind + glue.length;
  if (isObject(filling, mention) && !isIdLike(mention.parameter, filling.of.operation) && !glue.marked)
    return null;
  const until = endOfValue(filling, from, next);
  const raw = words.text.slice(from, until);
  const { parameter } = mention;
  if (parameter.values.length > 0) return listed(words, parameter, from, until);
  const quote = /^\s*["']([^"']+)["']/u.exec(words.text.slice(from));
  if (quote && parameter.kind === "text") return { value: quote[1]!, from, end: from + quote[0].length };
  if (parameter.kind === "number" || parameter.kind === "integer")
    return numbered(filling, parameter, from, raw);
  if (parameter.kind === "boolean") return truth(from, raw);
  if (parameter.kind === "other") return null;
  if (isIdLike(parameter, filling.of.operation)) return idBehind(filling, from, glue.written);
  if (!glue.written && (!isFreeText(parameter) || words.language.script !== null)) return null;
  const text = trimmed(raw, words, next !== null);
  return text === "" ? null : { value: text, from, end: until };
}

/** A title, a text, a reason: what people write in their own words. */
const freeKinds: ReadonlySet<string> = new Set(["title", "text", "reason", "assignee", "email", "phone"]);
const isFreeText = (parameter: ConnectedParameter): boolean =>
  freeKinds.has(parameterKindOf(parameter) ?? "");

function listed(words: Utterance, parameter: ConnectedParameter, from: number, until: number): Found | null {
  const found = valuesIn(words, parameter).find(({ start, end }) => start >= from && end <= until);
  return found ? { value: found.value, from: found.start, end: found.end } : null;
}

function numbered(filling: Filling, { kind }: ConnectedParameter, from: number, raw: string): Found | null {
  const at = /^[^\d]{0,14}?(-?\d[\d.,']*\d|\d)/u.exec(raw);
  const value = at ? numberIn(at[1]!, filling.said.words.language.numbers.decimal) : null;
  if (!at || value === null || (kind === "integer" && !Number.isInteger(value))) return null;
  return { value, from, end: from + at[0].length };
}

function truth(from: number, raw: string): Found | null {
  const found = /^\s*(?:(true|yes|on)|(false|no|off))(?![\p{L}])/iu.exec(raw);
  return found ? { value: found[1] !== undefined, from, end: from + found[0].length } : null;
}

/** The id right behind the name; a word where the name is set off from it. */
function idBehind({ said }: Filling, from: number, written: boolean): Found | null {
  const { text } = said.words;
  const id = said.ids.find(({ start }) => start >= from && /^[\s#"']*$/u.test(text.slice(from, start)));
  if (id) return { value: id.id, from: id.start, end: id.end };
  const word = written ? /^["']?([\p{L}\p{N}_@.-]+)/u.exec(text.slice(from)) : null;
  return word ? { value: word[1]!.replace(/[.]$/u, ""), from, end: from + word[0].length } : null;
}
