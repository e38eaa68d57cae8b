/** "How long does the customs inspection take?": a figure is asked of something that neither the log nor the language knows. */
import type { Ranked } from "./frame/rank.ts";
import { committedModel } from "./learned/model.ts";
import { linksOf, type Reading } from "./link/reading.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { overlap, type Token } from "./text/utterance.ts";
import { isArticle } from "./text/wording.ts";

/** At most this many words are quoted back. */
const most = 4;

/**
 * The words right after those of a measure, an article first, where nothing is known of any of them; null where the
 * question names something, or where one of the words is known.
 */
export function unknownObject(reading: Reading, best: Ranked | undefined): string | null {
  const [metric] = linksOf(reading, "metric");
  if (!metric || !best || !("metric" in best.filling.input) || "activity" in best.filling.input) return null;
  const after = reading.tokens.findIndex(({ start }) => start >= metric.end);
  if (after < 0 || !isArticle(reading.tokens[after]!, reading.language)) return null;
  const named = objectAt(reading, after + 1);
  if (named.length === 0 || !named.every((token) => isUnknown(reading, token))) return null;
  return reading.text.slice(named[0]!.start, named.at(-1)!.end);
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

/** No idea, no name, no slip of one, and in nothing that people said of any tool. */
function isUnknown(reading: Reading, token: Token): boolean {
  const { entries, parts } = lexiconOf(reading.language);
  const at = reading.tokens.indexOf(token);
  return (
    /^\p{L}{4,}$/u.test(token.lower) &&
    !entries.has(token.stem) &&
    !parts.has(token.stem) &&
    !reading.spellings.has(at) &&
    !reading.links.some((link) => overlap(link, token)) &&
    (committedModel().block(reading.language.code)?.numberOf(`${reading.language.code}:${token.stem}`) ??
      -1) < 0
  );
}
