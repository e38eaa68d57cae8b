/** Words before and after dates: since, until, between. */
import { isPostposition, phraseAt } from "../../text/wording.ts";
import type { LocalDate } from "../calendar.ts";
import type { TimeClass } from "../time-lexicon.ts";
import { extent } from "./extent.ts";
import { article, type Extent, is, type Reader } from "./reader.ts";

/** "since March", "before 12 October", "after Q2", "until last week". */
export function open(reader: Reader, at: number): Extent | null {
  if (is(reader, at, "beforeLast") > 0) return null;
  for (const name of openings) {
    const length = is(reader, at, name);
    if (length === 0 || (name === "since" && comparesWith(reader, at))) continue;
    const point = extent(reader, article(reader, at + length));
    if (!point?.from || !point.end) continue;
    const to = point.to + postposition(reader, point.to, name);
    return { to, unit: null, ...bounded(name, point.from, point.end) };
  }
  return openAfter(reader, at);
}

/** "wolniejszy od maja": with a comparative before it, the word for "since" is "than". */
const comparesWith = ({ tokens, language }: Reader, at: number): boolean =>
  phraseAt(tokens, at - 1, language.concepts.compare ?? "", language) > 1;

const openings = ["since", "before", "after", "until"] as const;

type Opening = (typeof openings)[number];

const bounded = (name: Opening, from: LocalDate, end: LocalDate): Pick<Extent, "from" | "end"> =>
  ({
    since: { from, end: null },
    before: { from: null, end: from },
    after: { from: end, end: null },
    until: { from: null, end },
  })[name];

/** How many tokens from `at` on are of the class and stand after what they are about. */
export function postposition(reader: Reader, at: number, name: TimeClass): number {
  const length = is(reader, at, name);
  const words = reader.tokens.slice(at, at + length).map(({ lower }) => lower);
  return length > 0 && isPostposition(words.join(""), reader.language) ? length : 0;
}

/** "3月以降", "先週まで": the point in time comes first. */
function openAfter(reader: Reader, at: number): Extent | null {
  if (reader.language.postpositions === undefined) return null;
  const point = extent(reader, at);
  if (!point?.from || !point.end) return null;
  for (const name of openings) {
    const length = postposition(reader, point.to, name);
    if (length > 0) return { to: point.to + length, unit: null, ...bounded(name, point.from, point.end) };
  }
  return null;
}
