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

/** Goes on with the last question: what was added to the choice. */
type GoOn = (turn: Turn) => Plan | null;

/** Null where nothing was asked, or something else is said. */
export function answered(turn: Turn, goOn: GoOn): Plan | null {
  const { reading, state, briefing } = turn;
  if (state.readings.length === 0) return null;
  const choice = choiceIn(reading, state.readings, briefing);
  if (choice === null) return gaveNoAnswer(reading) ? again(turn) : null;
  const beside = wordsOutside(reading, choice.spans);
  if (asksAnew(reading, beside)) return null;
  if (choice.kind === "dropped") return said(turn, dropped);
  if (choice.kind === "unclear") return again(turn);
  const frames = choice.chosen.map((one) => frameOf(one, reading));
  return (
    (choice.chosen.length === 1 ? withAddition(turn, choice, goOn) : null) ??
    calls(turn, frames, { act: false })
  );
}

/** A question was asked, and is given up. */
export const dropped = {
  say: "answer",
  confidence: 0.9,
  said: { headline: line("All right, I leave that question. Ask me anything else.") },
} as const;

const frameOf = ({ tool, input }: Offered, { text }: Reading): Frame => direct({ tool, input }, text);

/** "yes", "hm?": said to a choice, it chooses nothing; the same is asked again. */
const gaveNoAnswer = (reading: Reading): boolean =>
  reading.moves.has("assent") && wordsBeside(reading, ["assent", "addition", "thanks"]) === 0;

/** All of them once more, beside each other. */
function again(turn: Turn): Plan {
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
function withAddition(turn: Turn, { chosen, spans }: Choice, goOn: GoOn): Plan | null {
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
