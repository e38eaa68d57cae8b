/**
 * "How long does the customs inspection take?", "how many emissions per order?": a figure is asked of something that neither
 * the log nor the language knows.
 */
import type { Ranked } from "./frame/rank.ts";
import { confidenceIn, sureFrom } from "./learned/confidence.ts";
import { familiarity } from "./learned/familiar.ts";
import { committedModel } from "./learned/model.ts";
import { leadsQuestion } from "./link/grammar-words.ts";
import { linksOf, type Reading, rolesAt } from "./link/reading.ts";
import { lexiconOf, phrases } from "./text/lexicon.ts";
import { overlap, type Token } from "./text/utterance.ts";
import { isArticle, wordings } from "./text/wording.ts";

/** At most this many words are quoted back. */
const most = 4;

/** The words that a figure is asked of, where nothing is known of them; null where the question names something. */
export function unknownObject(reading: Reading, best: Ranked | undefined): string | null {
  if (!best) return null;
  const named = measured(reading, best) ?? counted(reading, best);
  return named && reading.text.slice(named[0]!.start, named.at(-1)!.end);
}

/**
 * "what was the NPS in June?": nothing but a figure is asked for, and its name is no measure, no name and no word that is
 * known here; the figure that a tool has by default would be another one.
 */
export function unknownFigure(reading: Reading, best: Ranked | undefined): string | null {
  const { tokens, language, concepts } = reading;
  if (
    !best ||
    language.script !== null ||
    language.capitalisedNouns ||
    [...concepts].some((each) => !ofCases.has(each))
  )
    return null;
  if (linksOf(reading, "metric").length + linksOf(reading, "statistic").length > 0) return null;
  const { functionStems } = lexiconOf(language);
  const at = tokens.findIndex(({ stem }) => !functionStems.has(stem));
  const [named, before] = [tokens[at], tokens[at - 1]];
  if (!named || !before || !isArticle(before, language)) return null;
  if (!reading.senses.some((sense) => leadsQuestion(sense, language))) return null;
  const isAcronym = /^\p{Lu}{2,6}$/u.test(named.text) && !isMeant(reading, named);
  return isAcronym || isUnknown(reading, named) ? named.text : null;
}

/**
 * "cuánto pagamos de flete por pedido?", "combien dépense-t-on en emballage ?": what money or stuff goes into is a noun that
 * nobody here knows; the verb before it may be what a step is called, which would be another figure.
 */
export function unknownSpending(reading: Reading): string | null {
  const { language, tokens } = reading;
  if (language.script !== null || language.time.adjectiveAfter !== true) return null;
  const [much] = wordings(reading, "how-much");
  if (!much || linksOf(reading, "metric").length > 0 || linksOf(reading, "duration").length > 0) return null;
  const into = [language.time.of, "de, en, em"].flatMap(phrases);
  const at = tokens.findIndex(
    ({ lower }, index) => index > much.to && index <= much.to + furthest && into.includes(lower),
  );
  const noun = tokens[at + 1];
  if (at < 0 || !noun || !isUnknown(reading, noun) || isVerb.test(noun.lower)) return null;
  return /^\p{Lu}/u.test(noun.text) ? null : noun.text;
}
const furthest = 2;
/** "cuánto tardan en despacharse": an infinitive is what takes the time. */
const isVerb = /r(?:se|l[oae]s?)?$/u;

const ofCases: ReadonlySet<string> = new Set(["case", "person", "team"]);

/** "where is it stuck in Carinthia?": a name after a word like "in" that is none of the log's, and that no slot took. */
export function strangeName(reading: Reading): boolean {
  const { tokens, language, document, quotes } = reading;
  if (language.script !== null || document !== null) return false;
  const includes = rolesAt(reading, "include");
  return tokens.some(
    (token, at) =>
      at > 1 &&
      /^\p{Lu}\p{Ll}/u.test(token.text) &&
      includes.some(({ to }) => to === at) &&
      !quotes.some((quote) => overlap(quote, token)) &&
      isUnknown(reading, token),
  );
}

/** The words right after those of a measure, an article first, all unknown. */
function measured(reading: Reading, { filling: { input } }: Ranked): readonly Token[] | null {
  const [metric] = linksOf(reading, "metric");
  if (!metric || !("metric" in input) || "activity" in input) return null;
  const after = reading.tokens.findIndex(({ start }) => start >= metric.end);
  if (after < 0 || !isArticle(reading.tokens[after]!, reading.language)) return null;
  const named = objectAt(reading, after + 1);
  return named.length > 0 && named.every((token) => isUnknown(reading, token)) ? named : null;
}

/**
 * The words right after "how many", where one of them is unknown and none has a meaning here. What is surely understood
 * without the word is answered: it is one that people say for cases.
 */
function counted(reading: Reading, { likelihood }: Ranked): readonly Token[] | null {
  const { language, tokens } = reading;
  if (language.script !== null) return null;
  if (confidenceIn(likelihood, language.code, committedModel()) >= sureFrom) return null;
  const count = reading.senses.find(
    ({ meaning }) => meaning.kind === "statistic" && meaning.value === "count",
  );
  if (!count) return null;
  const { functionStems } = lexiconOf(language);
  const joined = tokens[count.to] && functionStems.has(tokens[count.to]!.stem) ? 1 : 0;
  const named = objectAt(reading, count.to + joined);
  const foreign = named.every((token) => !isMeant(reading, token));
  return foreign && named.some((token) => isUnknown(reading, token)) ? named : null;
}

/** Words of content up to the next word of grammar or mark. */
function objectAt({ tokens, text, language }: Reading, from: number): readonly Token[] {
  const { functionStems } = lexiconOf(language);
  const rest = tokens.slice(from, from + most);
  const end = rest.findIndex(
    (token, at) =>
      functionStems.has(token.stem) ||
      (at > 0 && /[^\s]/u.test(text.slice(rest[at - 1]!.end, token.start).trim())),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

/** An idea, a name, or a slip of one. */
function isMeant(reading: Reading, token: Token): boolean {
  const at = reading.tokens.indexOf(token);
  return (
    lexiconOf(reading.language).entries.has(token.stem) ||
    reading.senses.some(({ from, to }) => from <= at && at < to) ||
    reading.spellings.has(at) ||
    reading.links.some((link) => overlap(link, token))
  );
}

/** No idea, no name, and in nothing that people said of any tool, whatever its ending, slip or compound. */
const isUnknown = (reading: Reading, token: Token): boolean =>
  /^\p{L}{4,}$/u.test(token.lower) &&
  !isMeant(reading, token) &&
  !lexiconOf(reading.language).parts.has(token.stem) &&
  familiarity(token, reading.language, committedModel()) === "unknown";
