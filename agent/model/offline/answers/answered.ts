/** The answer to "which of these do you mean?", with what is added to it. */

import { leadsQuestion } from "../link/grammar-words.ts";
import { read } from "../link/read.ts";
import { type Reading, rolesAt } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import type { Frame, Plan } from "../plan.ts";
import { line } from "../spoken.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { inside, type Span, type Token } from "../text/utterance.ts";
import { calls, direct, said, type Turn } from "../turn.ts";
import { type Choice, choiceIn } from "./choice.ts";
import type { Offered } from "./signs.ts";

interface Ways {
  /** Goes on with the last question: what was added to the choice. */
  readonly goOn: (turn: Turn) => Plan | null;
  /** Plans a question from the beginning. */
  readonly again: (turn: Turn) => Plan;
}

/** Null where nothing was asked, or something else is said. */
export function answered(turn: Turn, ways: Ways): Plan | null {
  const { reading, state, briefing } = turn;
  if (state.readings.length === 0) return null;
  const choice = choiceIn(reading, state.readings, briefing);
  if (choice === null) return gaveNoAnswer(reading) ? onceMore(turn) : givenUp(turn, ways.again);
  const beside = wordsOutside(reading, choice.spans);
  if (asksAnew(reading, beside)) return null;
  if (choice.kind === "dropped") return said(turn, dropped);
  if (choice.kind === "unclear") return onceMore(turn);
  const frames = choice.chosen.map((one) => frameOf(one, reading));
  return (
    (choice.chosen.length === 1 ? withAddition(turn, choice, ways) : null) ??
    calls(turn, frames, { act: false })
  );
}

/** "never mind", "forget it, how many are there?": the question is given up, for another one where there is one. */
export function givenUp(turn: Turn, again: Ways["again"]): Plan | null {
  const { reading, briefing, state } = turn;
  const [withdrawn] = reading.senses.filter(
    ({ meaning, from }) =>
      meaning.kind === "move" &&
      meaning.value === "withdraw" &&
      (from <= 1 || reading.language.script !== null),
  );
  if (withdrawn === undefined || isOwnPending(turn)) return null;
  const text = reading.text.slice(withdrawn.end).replace(/^[^\p{L}\p{N}]+/u, "");
  const rest = read(text, reading.language, briefing);
  const asks =
    rest.concepts.size > 0 &&
    (rest.tokens.length > 2 || rest.senses.some((s) => leadsQuestion(s, rest.language)));
  if (asks)
    return again({
      reading: rest,
      briefing: { ...briefing, text },
      state: { ...state, readings: [], open: null },
    });
  return wordsBeside(reading, ["withdraw", "addition", "correction", "assent", "thanks"]) <= 1
    ? said(turn, dropped)
    : null;
}

/** What this thread proposed and waits is what "never mind" takes back. */
const isOwnPending = ({ briefing, state }: Turn): boolean =>
  briefing.proposals.some(({ id, state: at }) => at === "pending" && state.proposals.includes(id));

const dropped = {
  say: "answer",
  confidence: 0.9,
  said: { headline: line("All right, I leave that question. Ask me anything else.") },
} as const;

const frameOf = ({ tool, input }: Offered, { text }: Reading): Frame => direct({ tool, input }, text);

/** "yes", "hm?": said to a choice, it chooses nothing; the same is asked again. */
const gaveNoAnswer = (reading: Reading): boolean =>
  reading.moves.has("assent") && wordsBeside(reading, ["assent", "addition", "thanks"]) === 0;

/** All of them once more, beside each other. */
function onceMore(turn: Turn): Plan {
  const [first, ...others] = turn.state.readings;
  const frame = frameOf(first!, turn.reading);
  const variants = others.map(({ tool, input, label }) => ({ tool, input, label }));
  return calls(turn, [{ ...frame, label: first!.label, variants }], { act: false });
}

/** Words of content that neither choose nor say that something is chosen. */
function wordsOutside(reading: Reading, spans: readonly Span[]): Token[] {
  const { functionStems } = lexiconOf(reading.language);
  const moves = reading.senses.filter(({ meaning }) => meaning.kind === "move");
  const light = [
    ...moves,
    ...rolesAt(reading, "pronoun"),
    ...rolesAt(reading, "include"),
    ...rolesAt(reading, "request"),
  ];
  return reading.tokens.filter(
    (token) => !functionStems.has(token.stem) && ![...spans, ...light].some((span) => inside(token, span)),
  );
}

/** More words than these ask for something of their own, unless they name what is added. */
const mostBeside = 2;

/** "how many were resolved by the specialist?": a question of its own that has a word of what was offered. */
function asksAnew(reading: Reading, beside: readonly Token[]): boolean {
  const asks = reading.senses.some((sense) => leadsQuestion(sense, reading.language));
  const isNamed = (token: Token): boolean => reading.links.some((link) => inside(token, link));
  const unnamed = beside.filter((token) => !isNamed(token));
  return unnamed.length > mostBeside || (asks && beside.length > 0);
}

/** "the second, but only Germany": the chosen one, with what the rest says changed. */
function withAddition(turn: Turn, { chosen, spans }: Choice, { goOn }: Ways): Plan | null {
  const { reading, briefing, state } = turn;
  const named = reading.links.filter((link) => !spans.some((span) => inside(link, span)));
  if (named.length === 0) return null;
  const text = textBeside(reading.text, spans);
  const rest = read(text, reading.language, briefing);
  if (rest.links.length === 0) return null;
  const [{ tool, input }] = chosen as readonly [Offered];
  const plan = goOn({
    reading: rest,
    briefing: { ...briefing, text },
    state: { ...state, readings: [], frames: [{ tool, input }] },
  });
  return plan?.kind === "calls" ? plan : null;
}

/** What stands behind the last word that chooses, or before the first where nothing does. */
function textBeside(text: string, spans: readonly Span[]): string {
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  const after = text.slice(end).replace(/^[^\p{L}\p{N}]+/u, "");
  const before = text.slice(0, start).replace(/[^\p{L}\p{N}]+$/u, "");
  return /[\p{L}\p{N}]/u.test(after) && after.length >= before.length ? after : before;
}
