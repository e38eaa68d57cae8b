/** In which order two steps are spoken of: "A followed by B", "B right after A", "before A, B". */
import type { Language } from "../languages/language.ts";
import type { LinkOf } from "../link/links.ts";
import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import type { Span } from "../text/utterance.ts";
import { phraseIn, wordings } from "../text/wording.ts";

type Step = LinkOf<"thing">;

export interface StepOrder {
  /** In time. */
  readonly from: Step;
  readonly to: Step;
  /** By what word: "followed by", "after", "before". */
  readonly said: "followed" | "after" | "before";
  readonly directly: boolean;
  readonly never: boolean;
}

/** How two steps that are named one after the other follow in time; null where no word says it. */
export function orderOf(reading: Reading, first: Step, second: Step): StepOrder | null {
  const { language } = reading;
  const { before, after } = language.time;
  const between = { start: first.end, end: second.start };
  const ahead = { start: farBefore(reading, first), end: first.start };
  const beyond = { start: second.end, end: farAfter(reading, second) };
  const made = (swapped: boolean, said: StepOrder["said"]): StepOrder => ({
    from: swapped ? second : first,
    to: swapped ? first : second,
    said,
    directly:
      within(reading, "directly", between) ||
      within(reading, "directly", ahead) ||
      within(reading, "directly", beyond),
    never: within(reading, "never", between),
  });
  const said = (words: string, place: Span): boolean => phraseIn(reading, words, place);
  if (within(reading, "followed-by", between)) return made(false, "followed");
  if (language.postpositions !== undefined) {
    const earlier = said(before, between) || (said(after, beyond) && !said(after, between));
    return earlier ? made(true, "after") : said(after, between) ? made(false, "after") : null;
  }
  if (said(after, between)) return made(true, "after");
  if (said(before, between)) return made(false, "before");
  // "how long until it is paid since the invoice was sent": from the invoice on.
  if (said(beginnings(language), between)) return made(true, "after");
  if (leads(reading, before, first)) return made(true, "before");
  if (leads(reading, after, first)) return made(false, "after");
  if (within(reading, "followed-by", ahead)) return made(false, "followed");
  return null;
}

/** "from A to B", "od A do B", "AからBまで", "从A到B". */
export function spansSteps(reading: Reading): boolean {
  const { time, postpositions } = reading.language;
  const steps = linksOf(reading, "thing").filter(({ thing }) => thing.kind === "activity");
  const opening = `${time.since}, ${time.between}, ${time.to}`;
  const closing = `${time.to}, ${time.until}`;
  return steps.some((first, at) => {
    const second = steps[at + 1];
    if (second === undefined || second.thing.name === first.thing.name) return false;
    const between = { start: first.end, end: second.start };
    if (tokensBetween(reading, between.start, between.end).length > 4) return false;
    const ahead = { start: farBefore(reading, first), end: first.start };
    const beyond = { start: second.end, end: farAfter(reading, second) };
    if (postpositions === undefined)
      return phraseIn(reading, closing, between) && phraseIn(reading, opening, ahead);
    return (
      phraseIn(reading, time.after, between) ||
      (phraseIn(reading, closing, between) &&
        (phraseIn(reading, closing, beyond) || phraseIn(reading, opening, ahead)))
    );
  });
}

/** Words for when a time begins, without those that join nouns as well ("innerhalb von drei Tagen"). */
export const beginnings = ({ time }: Language): string =>
  phrases(time.since)
    .filter((word) => !phrases(time.of).includes(word))
    .join(", ");

const within = (
  reading: Reading,
  list: "directly" | "never" | "followed-by",
  { start, end }: Span,
): boolean => wordings(reading, list).some((word) => word.start >= start && word.end <= end);

/** "before we ship, …": the word stands before the step, with none of content between. */
function leads(reading: Reading, words: string, { start }: Span): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const leading = reading.tokens.filter((token) => token.end <= start).slice(-4);
  return leading.some(
    (token) =>
      phraseIn(reading, words, { start: token.start, end: start }) &&
      tokensBetween(reading, token.end, start).every(({ stem }) => functionStems.has(stem)),
  );
}

const near = 4;
const farBefore = ({ tokens }: Reading, { start }: Span): number =>
  tokens.filter((token) => token.end <= start).at(-near)?.start ?? 0;
const farAfter = ({ tokens, text }: Reading, { end }: Span): number =>
  tokens.filter((token) => token.start >= end)[near - 1]?.end ?? text.length;
