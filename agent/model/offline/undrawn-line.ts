/** "Filter to the big orders", "only the expensive ones": cases are picked by a line that nobody drew. */
import type { Filter } from "../../../tools/inputs.ts";
import type { Briefing } from "../provider.ts";
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import { toolIndex } from "./frame/tool-index.ts";
import { leadsQuestion } from "./link/grammar-words.ts";
import { type Reading, rolesAt } from "./link/reading.ts";
import { isDefined } from "./memory/definitions.ts";
import { asks, line, type Spoken } from "./spoken.ts";
import { lexiconOf, phrases } from "./text/lexicon.ts";
import { inside, overlap, type Span, type Token } from "./text/utterance.ts";
import type { Turn } from "./turn.ts";

/** Asks where the line is; null where there is one, or none is needed. */
export function undrawnLine(turn: Turn): Spoken | null {
  const { reading, briefing } = turn;
  if (briefing.log === null || reading.document !== null || isDrawn(turn)) return null;
  const words = undrawnWords(reading).filter((word) => !isCompared(reading, word));
  if (words.length === 0) return null;
  const best = rank(reading, briefing)[0];
  if (words.some((word) => isInRule(reading, word, best))) return whereIsTheLine(briefing);
  const word =
    words.find((each) => besideCases(reading, each) && picksCases(best, reading, briefing)) ??
    words.find((each) => isAllThatIsSaid(reading, each));
  if (!word || isOrdered(reading, best)) return null;
  return isDefined(reading.text.slice(word.start, word.end), briefing) ? null : whereIsTheLine(briefing);
}

/** What can be measured is named, so that a line can be drawn at it. */
export function whereIsTheLine({ log }: Briefing, confidence = 0.8): Spoken {
  const figures = log?.vocabulary.attributes.filter(({ kind }) => kind === "number") ?? [];
  const names = figures.map(({ name }) => `"${name}"`).join(", ");
  return {
    say: "clarify",
    confidence,
    said: {
      headline: line(
        "That depends on where the line is drawn. Name a figure and a limit, and I can measure it.",
      ),
      notes: names === "" ? [] : [line("The log has these figures: {names}.", { names })],
      next: asks("how long do cases take?"),
    },
  };
}

/** "make a rule that blocks big orders": what is slow or late a draft finds by itself. */
const isInRule = (reading: Reading, word: Span, best: Ranked | undefined): boolean =>
  best !== undefined &&
  hasSlot(best.tool, "rule-words") &&
  (reading.concepts.has("rule") || best.filling.rule) &&
  besideCases(reading, word) &&
  !reading.senses.some(
    (sense) =>
      sense.meaning.kind === "concept" &&
      ["slow", "fast", "late"].includes(sense.meaning.value) &&
      overlap(sense, word),
  );

/** Figures, amounts, times and limits draw lines; so do the thread's filters. */
const lines: readonly string[] = ["number", "money", "duration", "share", "window"];

const isDrawn = ({ reading, state }: Turn): boolean =>
  reading.links.some(({ kind }) => lines.includes(kind)) ||
  ((state.frames[0]?.input["filters"] as readonly Filter[] | undefined) ?? []).some(
    (filter) =>
      filter.kind === "duration" ||
      filter.kind === "waiting" ||
      filter.kind === "window" ||
      (filter.kind === "attribute" && typeof filter.value === "number"),
  );

/** Words in just these forms ("lange" is not "lang"), that name nothing in the log. */
export function undrawnWords(reading: Reading): Span[] {
  const list = phrases(reading.language.words.undrawn);
  const spans =
    reading.language.script === null ? spansOf(reading.tokens, list) : spansIn(reading.text, list);
  // "commandes de grande valeur": a figure of cases is no name that has the word.
  const isFigure = (name: string): boolean => reading.index?.numbers.has(name) === true;
  return spans.filter(
    (span) =>
      !reading.links.some(
        (link) => link.kind === "thing" && !isFigure(link.thing.name) && inside(span, link),
      ),
  );
}

const spansOf = (tokens: readonly Token[], list: readonly string[]): Span[] =>
  list.flatMap((phrase) => {
    const words = phrase.split(/[ -]/u);
    return tokens.flatMap((token, at) =>
      words.every((word, offset) => tokens[at + offset]?.lower === word)
        ? [{ start: token.start, end: tokens[at + words.length - 1]!.end }]
        : [],
    );
  });

const spansIn = (text: string, list: readonly string[]): Span[] =>
  list.flatMap((phrase) =>
    [...text.matchAll(new RegExp(phrase, "gu"))].map(({ index }) => ({
      start: index,
      end: index + phrase.length,
    })),
  );

/** "the most recent", "plus grandes", "最大": what is first by an order needs no line. */
function isCompared(reading: Reading, word: Span): boolean {
  const { language, tokens, text } = reading;
  const superlative = reading.senses.some(
    (sense) => sense.meaning.kind === "role" && sense.meaning.value === "superlative" && overlap(sense, word),
  );
  if (superlative) return true;
  if (language.script !== null)
    return /[最更较較比越多加放扩缩一]$|もっと$|一番$/u.test(text.slice(0, word.start));
  const before = tokens.findLast(({ end }) => end <= word.start);
  const openers = phrases(`${language.superlatives}, ${language.comparatives}`)
    .filter((phrase) => phrase.includes(" "))
    .map((phrase) => phrase.split(" ")[0]!);
  return before !== undefined && openers.includes(before.lower);
}

/** "big orders", "big web orders", "pedidos grandes", "大订单". */
function besideCases(reading: Reading, word: Span): boolean {
  const { language, tokens, text, senses } = reading;
  const cases = senses.filter(({ meaning }) => meaning.kind === "concept" && meaning.value === "case");
  if (language.script !== null)
    return cases.some(({ start }) => start >= word.end && /^[的なの\s]?$/u.test(text.slice(word.end, start)));
  const last = tokens.findIndex(({ end }) => end === word.end);
  const first = tokens.findIndex(({ start }) => start === word.start);
  const { functionStems } = lexiconOf(language);
  const between = tokens[last + 1];
  const joined =
    between !== undefined &&
    !functionStems.has(between.stem) &&
    !isVerdict(reading, first) &&
    !isHow(reading, first);
  return cases.some(
    ({ from, to }) =>
      from === last + 1 ||
      (from === last + 2 && joined) ||
      (language.time.adjectiveAfter && to === first && !isVerdict(reading, from)),
  );
}

/** "are orders slow?", "são grandes os pedidos?": a verdict on all of them. */
const isVerdict = ({ tokens, language }: Reading, at: number): boolean =>
  at > 0 && at <= 2 && phrases(language.yesNo).includes(tokens[0]!.lower);

/** "how slow are orders?" asks for a figure. */
const isHow = ({ senses, language }: Reading, at: number): boolean =>
  at === 1 && senses.some((sense) => sense.from === 0 && leadsQuestion(sense, language));

/** Nothing but a request stands beside it: "show me the expensive ones", "slow orders". */
function isAllThatIsSaid(reading: Reading, word: Span): boolean {
  const { functionStems } = lexiconOf(reading.language);
  if (reading.senses.some((sense) => leadsQuestion(sense, reading.language))) return false;
  const beside = reading.tokens.filter(
    (token, at) =>
      !inside(token, word) &&
      !functionStems.has(token.stem) &&
      !reading.senses.some(
        ({ meaning, from, to }) =>
          from <= at &&
          at < to &&
          (meaning.kind === "role" || (meaning.kind === "concept" && picking.includes(meaning.value))),
      ),
  );
  return beside.length === 0 && reading.tokens.length > 1;
}
const picking: readonly string[] = ["list", "filter", "case"];

/** Cases are counted, or told of by a read; what compares, supposes or explains draws its own lines. */
function picksCases(best: Ranked | undefined, reading: Reading, briefing: Briefing): boolean {
  if (best?.tool.risk !== "read") return false;
  const { tool } = best;
  if (drawing.some((slot) => hasSlot(tool, slot))) return false;
  const { tools } = toolIndex(briefing.tools, reading.language);
  const examples = tools.find((indexed) => indexed.tool === tool)?.examples ?? [];
  const explains = examples.filter(({ features }) => features.has("concept:cause")).length > 1;
  return !explains && (hasSlot(tool, "filters") || countsCases(reading));
}
const drawing = ["selection-a", "change", "rule-words"] as const;

const countsCases = ({ senses }: Reading): boolean =>
  senses.some(({ meaning }) => meaning.kind === "statistic" && meaning.value === "count");

/** "Show the slow cases": the slowest come first, so that nobody needs to know which are slow. */
const isOrdered = (reading: Reading, best: Ranked | undefined): boolean =>
  best !== undefined &&
  (reading.concepts.has("list") || rolesAt(reading, "request").length > 0) &&
  fieldsOf(best.tool).some(({ slot, name }) => slot === "order" && name in best.filling.input);
