/** Texts that go on with what the thread has: choices, assent, "do it", "why?", "undo it", a rule said again. */
import type { Message, Tool } from "../../../tools/define.ts";
import { carry } from "./follow-up/carried.ts";
import { namesMore } from "./follow-up/ellipsis.ts";
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import { comparatorAt } from "./link/comparing.ts";
import { leadsQuestion } from "./link/grammar-words.ts";
import { read } from "./link/read.ts";
import { linksOf, type Reading } from "./link/reading.ts";
import { wordsBeside } from "./link/words-beside.ts";
import { asksBeside } from "./moves/deciding.ts";
import type { Plan } from "./plan.ts";
import { reword } from "./reword.ts";
import { phrases } from "./text/lexicon.ts";
import { wordCount } from "./text/wording.ts";
import { translate } from "./translate.ts";
import { calls, direct, said, type Turn } from "./turn.ts";
import { understood } from "./understood.ts";

/** Plans a turn from the beginning. */
type Again = (turn: Turn) => Plan;

/** The same thread with other words, the offered step taken. */
const asking = (turn: Turn, words: string): Turn => {
  const text = translate(words, turn.reading.language.code);
  const briefing = { ...turn.briefing, text };
  const reading = read(text, turn.reading.language, briefing);
  return { reading, briefing, state: { ...turn.state, next: null } };
};

/** "Is 42 hours good?": held against the limit and the past, by a tool that takes a metric and a threshold. */
export function judged(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  const amount = linksOf(reading, "duration")[0];
  const wanted = ["good", "bad", "slow", "fast"] as const;
  if (!amount || !wanted.some((concept) => reading.concepts.has(concept)) || wordCount(reading) > 7)
    return null;
  if (linksOf(reading, "thing").length > 0 || comparatorAt(reading, amount) !== null) return null;
  const fits = (tool: Tool): boolean =>
    hasSlot(tool, "metric") && hasSlot(tool, "threshold") && tool.risk === "read";
  const tool =
    briefing.tools.find((known) => known.name === state.frames[0]?.tool && fits(known)) ??
    briefing.tools.find(fits);
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "threshold");
  if (!tool || !field) return null;
  const metric = fieldsOf(tool).find(({ slot }) => slot === "metric")!;
  const last = state.frames[0] ? carry(tool, {}, state.frames[0].input) : {};
  const input = { [metric.name]: "cycle_time", ...last, [field.name]: amount.seconds };
  return calls(turn, [direct({ tool: tool.name, input }, reading.text)], { act: false });
}

/** "do it": proposes what the last results suggested. */
export function goAhead(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  const asked =
    reading.moves.has("go-ahead") && wordsBeside(reading, ["go-ahead", "assent", "addition", "thanks"]) <= 1;
  if (asked && asksBeside(reading, ["go-ahead", "assent"])) return null;
  // "is it always approved before it is sent?" asks of steps, and tells nobody to send anything.
  if (asked && /[?？]\s*$/u.test(reading.text) && linksOf(reading, "thing").length > 0) return null;
  if (asked && asksAboutDoing(reading)) return null;
  const fix = reading.concepts.has("fix") && wordCount(reading) <= 4 && state.suggests.length > 0;
  if (!asked && !fix) return null;
  const known = state.suggests.filter(({ tool }) => briefing.tools.some(({ name }) => name === tool));
  if (known.length > 0) {
    const place = linksOf(reading, "ordinal")[0]?.position ?? 1;
    const chosen = known.at(place > 0 ? place - 1 : place) ?? known[0]!;
    return calls(turn, [direct(chosen, reading.text)], { act: true });
  }
  if (state.next !== null) return null;
  return said(turn, {
    say: "clarify",
    confidence: 0.8,
    said: {
      headline: {
        text: "There is nothing drafted to propose yet. Shall I draft rules for what we looked at?",
      },
      next: {
        label: { text: "Say: {example}", values: { example: "draft rules for that" } },
        ask: "draft rules for that",
      },
    },
  });
}

/** "quem faz o quê?": a question for who or what, in which something is done. */
const asksAboutDoing = (reading: Reading): boolean =>
  reading.senses.some(
    (sense) =>
      sense.from === 0 &&
      leadsQuestion(sense, reading.language) &&
      !reading.senses.some(
        ({ meaning, from }) => from === 0 && meaning.kind === "move" && meaning.value === "go-ahead",
      ),
  ) && !phrases(reading.language.yesNo).includes(reading.tokens[0]!.lower);

/** A plain "yes" takes the next step that was offered. */
export function offered(turn: Turn, again: Again): Plan | null {
  const { reading, state } = turn;
  if (state.next === null || wordsBeside(reading, ["assent", "go-ahead", "addition"]) > 0) return null;
  // "and without the rejected ones?" says of which cases, though "rejected" alone would decide something.
  if (namesMore(reading) || linksOf(reading, "window").length > 0) return null;
  // "kto jeszcze musi zatwierdzić?" has no word of its own beside "approve", and agrees to nothing.
  const asks = reading.senses.some((sense) => leadsQuestion(sense, reading.language));
  if (asks && /[?？]\s*$/u.test(reading.text)) return null;
  return again(asking(turn, state.next));
}

/** "the SQL behind that": the last answer's figures with their queries. */
export function evidenceBehind(turn: Turn): Plan | null {
  const { reading, state } = turn;
  if (!reading.concepts.has("evidence") || state.facts.length === 0) return null;
  const notes = state.facts.flatMap((fact): Message[] =>
    fact.sql === null
      ? []
      : [
          {
            text: "{label}: {value}, from {rows} rows.\n{sql}",
            values: {
              label: fact.label,
              value: fact,
              rows: { quantity: fact.rows, unit: "" },
              sql: fact.sql,
            },
          },
        ],
  );
  return said(turn, {
    say: "answer",
    confidence: 0.9,
    said: {
      headline: { text: "These queries made the figures; each runs again from its evidence mark." },
      notes,
      facts: state.facts,
    },
  });
}

/** A rule said again with another amount; what this thread proposed with the old one is replaced. */
export function reworded(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  const last = state.frames[0];
  const tool = briefing.tools.find(({ name }) => name === last?.tool);
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "rule-words");
  const words = field && last?.input[field.name];
  if (!last || !field || typeof words !== "string" || !reading.moves.has("correction")) return null;
  const changed = reword(reading, words);
  if (changed === null) return null;
  const input = { ...last.input, [field.name]: changed };
  const open = ownPending(turn);
  return calls(turn, [direct({ tool: last.tool, input }, reading.text)], {
    act: open.length > 0,
    supersedes: open,
  });
}

/** The proposal of this thread that waits; the latest where there are several. */
function ownPending({ state, briefing }: Turn): string[] {
  const pending = briefing.proposals.filter(
    (proposal) => proposal.state === "pending" && state.proposals.includes(proposal.id),
  );
  return pending.slice(0, 1).map(({ id }) => id);
}

/** "why?" after an answer that offered to say why: that question, about the same cases. */
export function whyThat(turn: Turn, again: Again): Plan | null {
  const { reading, state, briefing } = turn;
  const only = [...reading.concepts].every((concept) => concept === "cause");
  const bare = reading.moves.has("why") && only && wordsBeside(reading, ["why", "addition"]) === 0;
  const last = state.frames[0];
  if (!bare || state.next === null || !last) return null;
  const next = asking(turn, state.next);
  if (!next.reading.concepts.has("cause")) return null;
  const plan = again(next);
  if (plan.kind === "say") return plan;
  const frames = plan.frames.map((frame) => {
    const tool = briefing.tools.find(({ name }) => name === frame.tool);
    return tool ? { ...frame, input: carry(tool, frame.input, last.input) } : frame;
  });
  return { ...plan, frames, understood: frames.map(understood).join("; then ") };
}
