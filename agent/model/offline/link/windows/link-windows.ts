/** Dates and spans of time in a text, each as a window. */
import type { Utterance } from "../../text/utterance.ts";
import { instants, localDate, rangeLabel } from "../calendar.ts";
import type { LinkOf, Window } from "../links.ts";
import { timeLexicon } from "../time-lexicon.ts";
import { writtenDates } from "../written-dates.ts";
import { between, extent } from "./extent.ts";
import { open } from "./openings.ts";
import { samePart } from "./parts.ts";
import { type Extent, longest, type Reader, skip } from "./reader.ts";

/** All windows in the text, longest first at each place, not overlapping. */
export function linkWindows(utterance: Utterance, now: Date, zone: string): LinkOf<"window">[] {
  const lexicon = timeLexicon(utterance.language);
  if (!lexicon.speaksOfTime(utterance.tokens)) return [];
  const reader: Reader = {
    tokens: utterance.tokens,
    lexicon,
    language: utterance.language,
    today: localDate(now, zone),
    dates: writtenDates(utterance),
    extents: new Map(),
  };
  const links: LinkOf<"window">[] = [];
  let before: Extent | null = null;
  for (let index = 0; index < reader.tokens.length; ) {
    const extent: Extent | null = window(reader, index) ?? samePart(reader, index, before);
    if (!extent) {
      index += 1;
      continue;
    }
    const [first, last] = [reader.tokens[index]!, reader.tokens[extent.to - 1]!];
    const words = reader.tokens[Math.min(skip(reader, index, "in"), extent.to - 1)]!;
    links.push({
      kind: "window",
      score: 1,
      start: first.start,
      end: last.end,
      window: asWindow(extent, utterance, [words.start, last.end], now, zone),
    });
    index = extent.to;
    before = extent;
  }
  return links;
}

function asWindow(
  extent: Extent,
  utterance: Utterance,
  span: readonly [number, number],
  now: Date,
  zone: string,
): Window {
  const range = instants(extent.from, extent.end, zone);
  const words = utterance.text.slice(span[0], span[1]);
  const label = rangeLabel(extent.from, extent.end, utterance.language.code);
  const partial =
    extent.end !== null &&
    Date.parse(range.to!) > now.getTime() &&
    (!range.from || Date.parse(range.from) <= now.getTime());
  return {
    ...range,
    label: words.includes(label) ? label : `${words} (${label})`,
    partial,
    unit: extent.unit,
  };
}

export function window(reader: Reader, at: number): Extent | null {
  const start = skip(reader, at, "in");
  const plain = longest([between(reader, start), open(reader, start), extent(reader, start)]);
  return (
    plain ?? (start === at ? null : longest([between(reader, at), open(reader, at), extent(reader, at)]))
  );
}
