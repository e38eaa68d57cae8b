/** The answer to a question that was asked back with nothing to choose from: what was said then, completed by it. */

import { requests } from "../follow-up/ellipsis.ts";
import { fieldsOf, hasSlot } from "../frame/fields.ts";
import { fill } from "../frame/slots.ts";
import { leadsQuestion } from "../link/grammar-words.ts";
import { read } from "../link/read.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { bestOf } from "../moves/left-open.ts";
import type { Frame, Plan } from "../plan.ts";
import { wordCount } from "../text/wording.ts";
import { calls, direct, type Turn } from "../turn.ts";
import { undrawnWords } from "../undrawn-line.ts";
import { givenUp } from "./answered.ts";

/** Null where nothing was asked, something else is said, or both together are no clearer. */
export function joined(turn: Turn, again: (turn: Turn) => Plan): Plan | null {
  const { reading, briefing, state } = turn;
  if (state.open === null) return null;
  const other = givenUp(turn, again);
  if (other) return other;
  if (!completes(reading)) return null;
  const before = read(state.open, reading.language, briefing);
  const measured = state.frames.length === 0 ? measuredBy(turn, bestOf(before)) : null;
  if (measured) return measured;
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
function wholeTexts(before: Reading, reading: Reading): string[] {
  const { text, links } = reading;
  if (linksOf(reading, "thing").length > 1 && before.concepts.has("compare"))
    return [`${withoutNames(before)} ${text}`];
  const inRule =
    before.concepts.has("rule") || before.concepts.has("draft") ? besideNoun(before, text) : null;
  const vague = withoutVague(before);
  const limit = before.links.find(({ kind }) => kind === "comparator" || kind === "number");
  const [only, ...more] = links;
  const isName = only?.kind === "thing" && only.thing.kind === "attribute" && more.length === 0;
  const appended = `${vague} ${text}`;
  if (inRule !== null) return [inRule, appended];
  if (!isName || limit === undefined) return [appended];
  return [`${before.text.slice(0, limit.start)}${text} ${before.text.slice(limit.start)}`, appended];
}

/** "a rule that blocks big orders": the limit stands behind its noun, or before it where words stand so. */
function besideNoun(before: Reading, limit: string): string | null {
  const [word] = undrawnWords(before);
  if (word === undefined) return null;
  const { text, senses, language } = before;
  if (language.script !== null) return text.slice(0, word.start) + limit + text.slice(word.end);
  const nouns = senses.filter(({ meaning }) => meaning.kind === "concept" && meaning.value === "case");
  const noun = nouns.find(({ start }) => start >= word.end);
  const [head, tail] = [text.slice(0, word.start), text.slice(word.end)];
  if (noun === undefined) return `${head}${limit}${tail}`;
  const cut = noun.end - word.end;
  return `${head}${tail.slice(0, cut).trimStart()} ${limit}${tail.slice(cut)}`;
}

/** "compare the two branches": what is named now takes the place of what was called so. */
const withoutNames = (before: Reading): string =>
  linksOf(before, "thing").reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    before.text,
  );

/** "the best region?", "by cycle time": that figure of each. */
function measuredBy(turn: Turn, attribute: string | null): Plan | null {
  const { reading, briefing } = turn;
  const tool = briefing.tools.find((known) => slots.every((slot) => hasSlot(known, slot)));
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "attribute");
  if (attribute === null || !tool || !field) return null;
  const { input, used } = fill(tool, reading, briefing);
  if (used.size === 0) return null;
  return calls(
    turn,
    [direct({ tool: tool.name, input: { ...input, [field.name]: attribute } }, reading.text)],
    {
      act: false,
    },
  );
}
const slots = ["metric", "measure", "statistic", "attribute"] as const;

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
