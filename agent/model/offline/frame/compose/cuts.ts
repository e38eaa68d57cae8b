/** Where a text may be cut: ends of sentences, numbers of a list, words that join. */
import { type Reading, rolesAt } from "../../link/reading.ts";
import { lexiconOf, phrases } from "../../text/lexicon.ts";
import type { Span } from "../../text/utterance.ts";
import { wordings } from "../../text/wording.ts";

/** Where words are not set apart, no space follows. */
const sentenceEnds =
  /[.;?!]\s+(?=\S)|[。？！](?=\S)|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[?!](?=\S)/gu;

/** "w III kw. wolniej", "10 tys. euro", "seit 1. Mai": the full stop of a shortened word or figure in a time or an amount. */
const abbreviates = ({ text, links }: Reading, at: number): boolean =>
  text[at] === "." &&
  (links.some(({ kind, start, end }) => kind === "window" && start < at && at < end - 1) ||
    (/^\.\s+\p{Ll}/u.test(text.slice(at)) &&
      links.some(({ kind, end }) => end === at && (kind === "window" || amountKinds.has(kind)))));

/** "while you are at it": nothing else is joined by so many words. */
const longConjunction = 4;

/** Between sentences and requests. */
export function requestsOf(reading: Reading): number[] {
  const { text } = reading;
  const at = new Set<number>();
  for (const match of text.matchAll(sentenceEnds))
    if (!abbreviates(reading, match.index)) at.add(match.index + match[0].length);
  for (const { start } of rolesAt(reading, "conjunction"))
    if (/[,、]\s*$/u.test(text.slice(0, start))) at.add(start);
  for (const { start, from, to } of rolesAt(reading, "conjunction"))
    if (to - from >= longConjunction && start > 0) at.add(start);
  for (const { start, end } of rolesAt(reading, "request"))
    if (/[,，、]\s*$/u.test(text.slice(0, start)) && addsAt(reading, start, end)) at.add(start);
  for (const role of rolesAt(reading, "conjunction")) {
    const next = reading.senses.some(
      ({ meaning, from }) => meaning.kind === "role" && meaning.value === "request" && from === role.to,
    );
    if (role.start > 0 && next) at.add(role.start);
  }
  return [...at];
}

/** "1) … 2) …", "a) … b) …": what stands behind each mark; what leads to the list asks for nothing. */
export function numberedIn({ text }: Reading): string[] {
  const marks = [...text.matchAll(/(?<=^|[\s:;,.])\(?(?<mark>[1-4a-d])\)\s*(?=\S)/giu)];
  const inOrder = marks.every(
    ({ groups }, at) => groups!["mark"] === String(at + 1) || groups!["mark"]!.toLowerCase() === "abcd"[at],
  );
  if (marks.length < 2 || !inOrder) return [];
  return marks.map(({ index, 0: mark }, at) =>
    text
      .slice(index + mark.length, marks[at + 1]?.index ?? text.length)
      .replace(/[\s,;.+&]+$/u, "")
      .trim(),
  );
}

/** Shorter words join much else ("more than", "between 6 and 19"). */
const shortestBeside = 4;

/** Words that only join requests ("besides", "on the other hand"), and not things in one request. */
export function besidesIn(reading: Reading): number[] {
  const and = phrases(reading.language.words["also-by"]);
  const followed = wordings(reading, "followed-by");
  return rolesAt(reading, "conjunction")
    .filter(
      (word) =>
        word.start > 0 &&
        !comparesMore(reading, word) &&
        (word.end - word.start >= shortestBeside || reading.language.script !== null) &&
        !and.includes(reading.text.slice(word.start, word.end).toLowerCase()) &&
        !followed.some(({ start, end }) => word.start < end && start < word.end),
    )
    .map(({ start }) => start);
}

/** "…，再看看…": the word that asks says that it is one thing more. */
const addsAt = ({ senses }: Reading, from: number, to: number): boolean =>
  senses.some(
    ({ meaning, start, end }) =>
      meaning.kind === "move" && meaning.value === "addition" && start === from && end === to,
  );

/** Where things that are asked for are listed: commas, "and"; plainly: by no word that means more than that ("plus"). */
export function joints(reading: Reading, plainly: boolean): number[] {
  const comma =
    reading.language.listComma === true ? /(?:[,，]|\s[+&]\s)\s*(?=\S)/gu : /(?:[,、，]|\s[+&]\s)\s*(?=\S)/gu;
  const commas = [...reading.text.matchAll(comma)].map(({ index, 0: { length } }) => index + length);
  const and = phrases(reading.language.words["also-by"]);
  const joined = rolesAt(reading, "conjunction").filter(
    (word) =>
      !joinsAmounts(reading, word) &&
      !comparesMore(reading, word) &&
      !joinsNames(reading, word.start, word.end) &&
      (!plainly || and.includes(reading.text.slice(word.start, word.end).toLowerCase())),
  );
  /** "and also" is one. */
  const first = joined.filter(({ from }) => !joined.some(({ to }) => to === from));
  return [...commas, ...first.map(({ start }) => start)];
}

/** "between 10k and 50k": amounts on both sides are the ends of a range. */
const joinsAmounts = ({ links }: Reading, { start, end }: Span): boolean => {
  const amounts = links.filter(({ kind }) => amountKinds.has(kind));
  const near = (gap: number): boolean => gap >= 0 && gap <= 1;
  return (
    amounts.some((amount) => near(start - amount.end)) && amounts.some((amount) => near(amount.start - end))
  );
};

const amountKinds: ReadonlySet<string> = new Set(["number", "money", "duration", "share"]);

/** "Poland and France": two names of one kind are one list. */
function joinsNames({ links, text }: Reading, start: number, end: number): boolean {
  const things = links.flatMap((link) => (link.kind === "thing" ? [link] : []));
  const before = things.find((link) => link.end < start && text.slice(link.end, start).trim() === "");
  const after = things.find((link) => link.start > end && text.slice(end, link.start).trim() === "");
  return before !== undefined && after !== undefined && before.thing.kind === after.thing.kind;
}

/** The text in pieces; a quotation stays whole. */
export function cuts(reading: Reading, at: readonly number[]): string[] {
  const { text, quotes } = reading;
  const outside = [...new Set(at)]
    .filter((cut) => !quotes.some(({ start, end }) => start < cut && cut < end))
    .sort((left, right) => left - right);
  const kept = outside.filter((cut, place) => !onlyLeads(reading, outside[place - 1] ?? 0, cut));
  const bounds = [0, ...kept, text.length];
  return bounds
    .slice(0, -1)
    .map((start, index) =>
      text
        .slice(start, bounds[index + 1])
        .replace(/[\s,;.+&]+$/u, "")
        .trim(),
    )
    .filter((piece) => piece !== "");
}

/** "et dis-moi | aussi où …": a word of asking that stands alone asks for what follows. */
const onlyLeads = ({ tokens, senses, language }: Reading, start: number, end: number): boolean =>
  start > 0 &&
  tokens
    .filter((token) => token.start >= start && token.end <= end)
    .every(
      ({ stem }, _, all) =>
        all.length <= mostLeading &&
        (lexiconOf(language).functionStems.has(stem) ||
          senses.some(
            (sense) =>
              sense.start >= start &&
              sense.end <= end &&
              sense.meaning.kind === "role" &&
              leading.has(sense.meaning.value) &&
              all.some(
                (token) => token.stem === stem && sense.start <= token.start && token.end <= sense.end,
              ),
          )),
    );

const leading: ReadonlySet<string> = new Set(["conjunction", "request"]);

const mostLeading = 6;

/** "les plus longues", "mais de 12 dias": the word for "plus" is part of a comparison, and joins nothing. */
const comparesMore = ({ senses }: Reading, word: { readonly from: number; readonly to: number }): boolean =>
  senses.some(
    ({ meaning, from, to }) =>
      (meaning.kind === "comparator" || comparing.has(String(meaning.value))) &&
      from <= word.from &&
      word.to <= to &&
      to - from > word.to - word.from,
  );

const comparing: ReadonlySet<string> = new Set(["superlative", "comparative"]);
