/** "What is the average interest rate?", "how is the NPS?": quantities that no log has of itself, whatever step their words are like. */
import { hasSlot } from "./frame/fields.ts";
import type { Ranked } from "./frame/rank.ts";
import { unheldEverywhere, unheldWords } from "./languages/unheld-words.ts";
import { linksOf, type Reading } from "./link/reading.ts";
import { phrases } from "./text/lexicon.ts";
import { overlap } from "./text/utterance.ts";

/** The words for it; null where nothing of the kind is asked, or a column of the log is called so. */
export function unheldFigure(reading: Reading, best: Ranked | undefined): string | null {
  if (
    best &&
    (!hasSlot(best.tool, "filters") || hasSlot(best.tool, "rule-words") || hasSlot(best.tool, "change"))
  )
    return null;
  const { text, language } = reading;
  const said = text.toLowerCase().replaceAll("’", "'");
  for (const words of phrases(`${unheldWords[language.code] ?? ""}, ${unheldEverywhere}`)) {
    const start = said.indexOf(words);
    const begins = start === 0 || language.script !== null || !/[\p{L}\p{N}]/u.test(said[start - 1] ?? "");
    if (start < 0 || !begins || said.length !== text.length) continue;
    const tail = language.script === null ? /^[\p{L}\p{N}]*/u.exec(text.slice(start + words.length))![0] : "";
    const span = { start, end: start + words.length + tail.length };
    const named = linksOf(reading, "thing").some(
      (link) => link.thing.kind === "attribute" && link.score > 0.9 && overlap(link, span),
    );
    return named ? null : text.slice(span.start, span.end);
  }
  return null;
}
