/** The answer to a question that was asked back with nothing to choose from: what was said then, completed by it. */
import { requests } from "../follow-up/ellipsis.ts";
import { leadsQuestion } from "../link/grammar-words.ts";
import { read } from "../link/read.ts";
import type { Reading } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import type { Frame, Plan } from "../plan.ts";
import { wordCount } from "../text/wording.ts";
import { said, type Turn } from "../turn.ts";
import { undrawnWords } from "../undrawn-line.ts";
import { dropped } from "./answered.ts";

/** Null where nothing was asked, something else is said, or both together are no clearer. */
export function joined(turn: Turn, again: (turn: Turn) => Plan): Plan | null {
  const { reading, briefing, state } = turn;
  if (state.open === null) return null;
  if (isGivenUp(turn)) return said(turn, dropped);
  if (!completes(reading)) return null;
  const before = read(state.open, reading.language, briefing);
  const whole = wholeTexts(before, reading).map((text) => {
    const here = { ...briefing, text };
    return again({
      reading: read(text, reading.language, here),
      briefing: here,
      state: { ...state, open: null },
    });
  });
  const plan = whole.find(({ kind }) => kind === "calls");
  return plan?.kind === "calls" ? { ...plan, frames: plan.frames.map(decided) } : null;
}

/** Whoever has just answered is not asked which tool is meant. */
const decided = (frame: Frame): Frame =>
  frame.variants.some(({ tool }) => tool !== undefined) ? { ...frame, variants: [] } : frame;

/** The answer stands behind what was said; the name of what is measured before the limit, too. */
function wholeTexts(before: Reading, { text, links }: Reading): string[] {
  const vague = withoutVague(before);
  const limit = before.links.find(({ kind }) => kind === "comparator" || kind === "number");
  const [only, ...more] = links;
  const isName = only?.kind === "thing" && only.thing.kind === "attribute" && more.length === 0;
  const appended = `${vague} ${text}`;
  if (!isName || limit === undefined) return [appended];
  return [`${before.text.slice(0, limit.start)}${text} ${before.text.slice(limit.start)}`, appended];
}

/** Longer answers are questions of their own. */
const longest = 8;

/** Names, figures and times, and nothing that asks. */
const completes = (reading: Reading): boolean =>
  wordCount(reading) <= longest &&
  reading.links.some(({ kind }) => kind !== "unknown" && kind !== "log") &&
  !/[?？]\s*$/u.test(reading.text) &&
  !reading.senses.some((sense) => leadsQuestion(sense, reading.language)) &&
  requests(reading).every((concept) => ofFigures.includes(concept));

const ofFigures: readonly string[] = [
  "duration",
  "wait",
  "work",
  "slow",
  "fast",
  "late",
  "money",
  "rework",
  "sla",
];

/** The line that is drawn now takes the place of the word that drew none. */
const withoutVague = (before: Reading): string =>
  undrawnWords(before)
    .toReversed()
    .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), before.text)
    .replace(/[?？.!。！]+\s*$/u, "")
    .replaceAll(/\s+/gu, " ");

/** "never mind", where nothing of this thread's own could be taken back. */
const isGivenUp = ({ reading, briefing, state }: Turn): boolean =>
  reading.moves.has("withdraw") &&
  wordsBeside(reading, ["withdraw", "addition", "correction", "assent", "thanks"]) <= 1 &&
  !briefing.proposals.some(({ id, state: at }) => at === "pending" && state.proposals.includes(id));
