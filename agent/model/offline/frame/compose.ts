/** Several requests in one text: where it is cut so that each part asks for something of its own. */
import type { Briefing } from "../../provider.ts";
import { leadsQuestion, linksOf, type Reading, read, rolesAt } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import { withoutLeadIn } from "../text/lead-in.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import type { Span } from "../text/utterance.ts";
import { wordings } from "../text/wording.ts";
import { type Ranked, rank } from "./rank.ts";

export interface Part {
  readonly reading: Reading;
  readonly ranked: readonly Ranked[];
}

/** A part must be understood this surely by itself before a text is cut there. */
const surePart = 0.4;
/** Where the whole is clear as one request, more surely. */
const sureBeside = 0.6;
/** Where only a comma or an "and" stands between, more surely; where the whole is clear, as surely as that. */
const sureListed = 0.5;
const clear = 0.85;

export function parts(reading: Reading, briefing: Briefing): readonly Part[] {
  const asked = behindColon(reading, briefing);
  if (asked) return parts(asked, briefing);
  const whole: Part = { reading, ranked: rank(reading, briefing) };
  if (takesAll(whole)) return [whole];
  const numbered = piecesOf(whole, numberedIn(reading), briefing, surePart);
  if (numbered) return numbered;
  const apart = piecesOf(
    whole,
    cuts(reading, requestsOf(reading)),
    briefing,
    clearly(whole) ? sureBeside : surePart,
  );
  if (apart) return apart.flatMap((piece) => parts(piece.reading, briefing));
  const besides = piecesOf(whole, cuts(reading, besidesIn(reading)), briefing, surePart);
  if (besides) return besides;
  const listed = [...requestsOf(reading), ...joints(reading, clearly(whole))];
  const plainly = clearly(whole) && !countsAndSums(reading);
  const loose = piecesOf(whole, cuts(reading, listed), briefing, plainly ? clear : sureListed);
  return loose ?? [whole];
}

/** "meeting in 5 min, I need: …": what leads to a list of requests, and asks for nothing itself. */
function behindColon(reading: Reading, briefing: Briefing): Reading | null {
  const at = /:\s+(?=\S)/u.exec(reading.text);
  if (!at || reading.quotes.some(({ start, end }) => start < at.index && at.index < end)) return null;
  const rest = reading.text.slice(at.index + at[0].length);
  if (!/[,;、，]/u.test(rest)) return null;
  const lead = read(reading.text.slice(0, at.index), reading.language, briefing);
  const says = lead.links.some(({ kind }) => kind !== "duration" && kind !== "number");
  return says || lead.concepts.size > 0 || lead.senses.some((sense) => leadsQuestion(sense, lead.language))
    ? null
    : read(rest, reading.language, briefing);
}

/** The pieces, where each asks surely for something that the others do not. */
function piecesOf(
  { reading }: Part,
  texts: readonly string[],
  briefing: Briefing,
  sure: number,
): readonly Part[] | null {
  if (texts.length < 2 || texts.length > 4) return null;
  const all = texts.map((text) => read(withoutLeadIn(text, reading.language), reading.language, briefing));
  const asking = all.filter((piece) => !isIdle(piece));
  if (asking.length < 2) return null;
  const pieces = asking.map((piece) => ({ reading: piece, ranked: rank(piece, briefing) }));
  if (!pieces.every((piece) => speaksForItself(piece, sure))) return null;
  if (pieces.slice(0, 1).some((piece) => onlyLeavesOut(piece.reading))) return null;
  if (pieces.slice(1).some((piece) => goesOn(piece.reading) || isOnlyLimit(piece.reading))) return null;
  if (pieces.slice(1).some((piece, at) => isOnlyFigure(piece.reading) && !saysFigure(pieces[at]!.reading)))
    return null;
  if (isTopicOf(pieces[0]!.reading, pieces[1]!.reading)) return null;
  return new Set(pieces.map(askedOf(countsAndSums(reading)))).size > 1 ? pieces : null;
}

/** "と、", "both please": words of grammar between or after what is asked for. */
function isIdle({ tokens, senses, links, concepts, language }: Reading): boolean {
  const { functionStems } = lexiconOf(language);
  const own = senses.filter(
    ({ meaning }) =>
      (meaning.kind === "role" && meaning.value !== "question") ||
      (meaning.kind === "move" && (meaning.value === "thanks" || meaning.value === "addition")),
  );
  return (
    links.length === 0 &&
    concepts.size === 0 &&
    tokens.every(
      ({ stem }, at) => functionStems.has(stem) || own.some(({ from, to }) => from <= at && at < to),
    )
  );
}

/** "請求から入金まで、何日かかる？": the figure that is asked of what stands before it. */
const isOnlyFigure = ({ links, concepts }: Reading): boolean =>
  links.every(({ kind }) => figureKinds.has(kind)) &&
  [...concepts].every((concept) => concept === "duration" || concept === "count");

/** "wyklucz zgłoszenia sieciowe i pokaż …": which cases what comes after it is asked of. */
const onlyLeavesOut = ({ senses, concepts, links }: Reading): boolean =>
  senses.some(({ meaning, from }) => from === 0 && meaning.kind === "role" && meaning.value === "exclude") &&
  links.every(({ kind }) => kind === "thing" || kind === "window") &&
  [...concepts].every((concept) => ["case", "skip", "filter", "unwritten"].includes(concept));

/** "najwyżej 50 spraw": how many of what was asked for before. */
const isOnlyLimit = ({ links, concepts }: Reading): boolean =>
  links.some(({ kind }) => kind === "number") &&
  links.every(({ kind }) => kind === "number" || kind === "comparator") &&
  [...concepts].every((concept) => concept === "case" || concept === "cause" || concept === "budget");

const saysFigure = ({ links, concepts }: Reading): boolean =>
  links.some(({ kind }) => kind === "metric" || kind === "statistic") ||
  concepts.has("duration") ||
  concepts.has("count");
const figureKinds: ReadonlySet<string> = new Set(["metric", "statistic", "comparator"]);

/** "how many …, the median …": no one figure is both, where a comma stands between them. */
function countsAndSums(reading: Reading): boolean {
  const statistics = linksOf(reading, "statistic");
  const counts = statistics.filter(({ statistic }) => statistic === "count");
  const others = statistics.filter(({ statistic }) => summaries.has(statistic));
  return counts.some((count) =>
    others.some(({ start }) => start > count.end && /[,，、]/u.test(reading.text.slice(count.end, start))),
  );
}

const summaries: ReadonlySet<string> = new Set(["mean", "median", "p90", "p95", "sum"]);

/** The tool, and the metric where it has one: "how many were closed, and the median duration" are two figures. */
const askedOf =
  (listed: boolean) =>
  ({ ranked: [best] }: Part): string =>
    listed ? `${best!.tool.name} ${String(best!.filling.input["metric"] ?? "")}` : best!.tool.name;

const clearly = ({ ranked }: Part): boolean => (ranked[0]?.likelihood ?? 0) >= clear;

/** The words of a rule are one thing, whatever stands between them. */
const takesAll = ({ ranked, reading }: Part): boolean =>
  ranked[0] !== undefined &&
  ranked[0].filling.used.size > 1 &&
  (ranked[0].filling.rule || Object.values(ranked[0].filling.input).includes(reading.text));

/** "just the main paths" goes on with what was said before; "where do we wait?" asks. */
const goesOn = ({ senses }: Reading): boolean =>
  !senses.some(
    ({ meaning, from }) => from === 0 && meaning.kind === "role" && meaning.value === "question",
  ) &&
  senses.some(
    ({ meaning, from }) =>
      // "but only …"
      (from === 0 || (from === 1 && senses.some((other) => other.from === 0 && isBut(other, senses)))) &&
      meaning.kind === "role" &&
      (meaning.value === "include" || meaning.value === "exclude" || meaning.value === "having"),
  );

/** A word that adds to what was said, and is no "and" before another request. */
const isBut = ({ meaning, from, to }: Reading["senses"][number], senses: Reading["senses"]): boolean =>
  meaning.kind === "move" &&
  meaning.value === "addition" &&
  to - from > 1 &&
  senses.some((other) => other.from === 1 && other.meaning.value === "include");

/** "orders from Austria, how long do they take?": cases are named, and then asked about without being named again. */
function isTopicOf(first: Reading, second: Reading): boolean {
  const asks = ({ senses, language }: Reading): boolean =>
    senses.some(
      (sense) =>
        leadsQuestion(sense, language) ||
        (sense.from === 0 && sense.meaning.kind === "role" && sense.meaning.value === "request"),
    );
  return (
    first.concepts.has("case") &&
    [...first.concepts].every((concept) => concept === "case") &&
    first.links.some(({ kind }) => kind === "thing" || kind === "money" || kind === "number") &&
    linksOf(first, "metric").length + linksOf(first, "statistic").length === 0 &&
    !asks(first) &&
    second.senses.some((sense) => leadsQuestion(sense, second.language)) &&
    !second.concepts.has("case") &&
    linksOf(second, "thing").length === 0
  );
}

const speaksForItself = ({ reading, ranked }: Part, sure: number): boolean =>
  wordsBeside(reading, ["why", "addition"]) > 0 &&
  (ranked[0]?.likelihood ?? 0) >= sure &&
  ranked[0]!.filling.missing.length === 0 &&
  // "median and p90" are asked of what is said before them.
  ranked[0]!.filling.label === undefined;

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
function requestsOf(reading: Reading): number[] {
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
function numberedIn({ text }: Reading): string[] {
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
function besidesIn(reading: Reading): number[] {
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
function joints(reading: Reading, plainly: boolean): number[] {
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
function cuts(reading: Reading, at: readonly number[]): string[] {
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

/** "les plus longues": the word for "plus" makes a superlative, and joins nothing. */
const comparesMore = ({ senses }: Reading, word: { readonly from: number; readonly to: number }): boolean =>
  senses.some(
    ({ meaning, from, to }) => meaning.value === "superlative" && from === word.from && to > word.to,
  );
