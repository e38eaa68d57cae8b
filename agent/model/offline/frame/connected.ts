/** Which read of a connected system the words ask for: what it is called is another system's text, and only compared. */
import type { Briefing, ConnectedRead } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Reading } from "../link/reading.ts";
import { lexiconOf, stems } from "../text/lexicon.ts";

/** "listTickets" has two words. */
const apart = (name: string): string =>
  name.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/[_\-/.]+/gu, " ");

/** The only read that shares most words of content with the text; null where none does, or several do alike. */
export function connectedRead(reading: Reading, { reads = [] }: Briefing): ConnectedRead | null {
  const english = languageOf("en");
  const { functionStems } = lexiconOf(english);
  const said = new Set(
    reading.tokens
      .flatMap(({ lower, stem }) => [stem, ...stems(lower, english)])
      .filter((stem) => !functionStems.has(stem)),
  );
  const shared = (text: string): number =>
    new Set(stems(apart(text), english).filter((stem) => said.has(stem))).size;
  const scored = reads
    .map((read) => ({
      read,
      score: shared(`${read.operation} ${read.summary} ${read.connector} ${read.title}`),
    }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
  const [first, second] = scored;
  return first && first.score > (second?.score ?? 0) ? first.read : null;
}
