/** From a text and what is known about the thread to a plan. Pure: the same text in the same situation is the same plan. */
import type { Message, Tool } from "../../../tools/define.ts";
import type { Briefing } from "../provider.ts";
import { chooseLog, type LogChoice } from "./choose-log.ts";
import { amend, carry, completeChange, isDependent, isEllipsis, knownHere } from "./followup.ts";
import { parts } from "./frame/compose.ts";
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import type { Language } from "./languages/language.ts";
import { comparatorAt, linksOf, type Reading, read, rolesAt } from "./link/reading.ts";
import { wordsBeside } from "./link/words-beside.ts";
import { converse, examplesOf, type Spoken } from "./moves.ts";
import { obstacle, reservations } from "./obstacles.ts";
import type { Frame, Plan } from "./plan.ts";
import { reword } from "./reword.ts";
import { type PlannerState, stateOf } from "./state.ts";
import { detectLanguage } from "./text/detect.ts";
import { understood } from "./understood.ts";

interface Turn {
  readonly reading: Reading;
  readonly briefing: Briefing;
  readonly state: PlannerState;
}

/** A frame below this is not answered. */
const least = 0.34;

export function analyse(text: string, briefing: Briefing): Plan {
  const language = detectLanguage(text, briefing.language);
  const state = stateOf(briefing.state);
  const choice = chooseLog(text, language, briefing, state);
  const here = { ...choice.briefing, text: choice.text };
  const plan = choice.only
    ? namedOnly(here, state, language)
    : analyseIn({ reading: read(choice.text, language, here), briefing: here, state });
  return inLog(plan, choice);
}

/** The plan with its log in the calls that take one. */
function inLog(plan: Plan, { chosen, briefing, note }: LogChoice): Plan {
  if (chosen === null || !briefing.log) return plan;
  if (plan.kind === "say") return { ...plan, log: chosen };
  const { name, id } = briefing.log;
  const log = briefing.logs.filter((other) => other.name === name).length === 1 ? name : id;
  const takes = (tool: string): boolean =>
    briefing.tools.some((known) => known.name === tool && hasSlot(known, "log"));
  const located = (frame: Frame): Frame =>
    takes(frame.tool)
      ? {
          ...frame,
          input: { log, ...frame.input },
          variants: frame.variants.map((variant) => ({ ...variant, input: { log, ...variant.input } })),
        }
      : frame;
  const frames = plan.frames.map(located);
  const text = frames.map(understood).join("; then ");
  return { ...plan, log: chosen, frames, understood: text, notes: note ? [note, ...plan.notes] : plan.notes };
}

/** A log's name alone: the answer to "which log?", the last question again in another log, or a place to begin. */
function namedOnly(briefing: Briefing, state: PlannerState, language: Language): Plan {
  const reading = read("", language, briefing);
  const turn: Turn = { reading, briefing, state };
  if (state.asked !== null) {
    const { text } = state.asked;
    const here = { ...briefing, text };
    return analyseIn({
      reading: read(text, language, here),
      briefing: here,
      state: { ...state, asked: null },
    });
  }
  const last = state.frames[0];
  const tool = briefing.tools.find(({ name }) => name === last?.tool);
  if (last && tool && hasSlot(tool, "log"))
    return calls(turn, [direct({ tool: tool.name, input: knownHere(tool, last.input, briefing) }, "")], {
      act: false,
    });
  return said(turn, {
    say: "answer",
    confidence: 0.9,
    said: {
      headline: {
        text: "Good: {log}. What would you like to know about it?",
        values: { log: briefing.log?.name ?? "" },
      },
      next: {
        label: { text: "For example: {example}", values: { example: "where do cases wait longest?" } },
        ask: "where do cases wait longest?",
      },
    },
  });
}

function analyseIn(turn: Turn): Plan {
  const spoken = converse(turn);
  if (spoken) return said(turn, spoken);
  return (
    chosenReading(turn) ??
    judged(turn) ??
    goAhead(turn) ??
    offered(turn) ??
    evidenceBehind(turn) ??
    reworded(turn) ??
    followUp(turn) ??
    fresh(turn)
  );
}

function said({ reading }: Turn, spoken: Spoken): Plan {
  return {
    kind: "say",
    say: spoken.say,
    said: spoken.said,
    language: reading.language.code,
    understood: spoken.say,
    confidence: spoken.confidence,
    supersedes: spoken.supersedes ?? [],
    log: null,
  };
}

function calls(
  turn: Turn,
  frames: readonly Frame[],
  options: { act: boolean; supersedes?: readonly string[] },
): Plan {
  const score = Math.min(...frames.map((frame) => frame.score));
  return {
    kind: "calls",
    frames,
    act: options.act,
    notes: [...reservations(turn.reading, turn.briefing), ...unsure(turn, frames, score)],
    language: turn.reading.language.code,
    understood: frames.map(understood).join("; then "),
    confidence: certainty(score),
    supersedes: options.supersedes ?? [],
    log: null,
  };
}

/** Below this the reply says how the question was read. */
const sureEnough = 0.45;

function unsure({ briefing }: Turn, frames: readonly Frame[], score: number): Message[] {
  const example = briefing.tools
    .find(({ name }) => name === frames[0]?.tool)
    ?.examples.en.find((text) => !/\d/u.test(text));
  if (score >= sureEnough || !example) return [];
  return [{ text: 'I am not sure that I read this right; I took it as: "{example}"', values: { example } }];
}

/** A logistic over the score: 0.42 is even odds, 0.7 nine in ten. Set by eye, not fitted. */
const certainty = (score: number): number => Math.round(100 / (1 + Math.exp(-8 * (score - 0.42)))) / 100;

const direct = (call: { tool: string; input: Readonly<Record<string, unknown>> }, text: string): Frame => ({
  ...call,
  text,
  score: 0.9,
  variants: [],
  assumptions: [],
  awaits: null,
  used: [],
});

const longestFirst = (readings: PlannerState["readings"]): PlannerState["readings"] =>
  [...readings].sort((left, right) => right.label.length - left.label.length);

/** "the second one", after a clarification. */
function chosenReading(turn: Turn): Plan | null {
  const { state, reading } = turn;
  if (state.readings.length === 0) return null;
  const place = linksOf(reading, "ordinal")[0]?.position;
  const lower = reading.text.toLowerCase();
  const chosen =
    longestFirst(state.readings).find(({ label }) => lower.includes(label.toLowerCase())) ??
    (place === undefined ? undefined : state.readings.at(place > 0 ? place - 1 : place));
  return chosen
    ? calls(turn, [direct({ tool: chosen.tool, input: chosen.input }, reading.text)], { act: false })
    : null;
}

/** "Is 42 hours good?": held against the limit and the past, by a tool that takes a metric and a threshold. */
function judged(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  const amount = linksOf(reading, "duration")[0];
  const wanted = ["good", "bad", "slow", "fast"] as const;
  if (!amount || !wanted.some((concept) => reading.concepts.has(concept)) || reading.tokens.length > 7)
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
function goAhead(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  const asked =
    reading.moves.has("go-ahead") && wordsBeside(reading, ["go-ahead", "assent", "addition", "thanks"]) <= 1;
  if (!asked) return null;
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

/** A plain "yes" takes the next step that was offered. */
function offered(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  if (state.next === null || wordsBeside(reading, ["assent", "go-ahead", "addition"]) > 0) return null;
  return analyse(state.next, { ...briefing, state: { ...briefing.state, next: null } });
}

/** "the SQL behind that": the last answer's figures with their queries. */
function evidenceBehind(turn: Turn): Plan | null {
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
function reworded(turn: Turn): Plan | null {
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

/** A text that only makes sense with the last call. */
function followUp(turn: Turn): Plan | null {
  const { reading, briefing, state } = turn;
  if (!isEllipsis(reading, state)) return null;
  const found = amend(reading, briefing, state);
  if (!found) return null;
  const blocked = obstacle(reading, found, briefing);
  if (blocked) return said(turn, blocked);
  return calls(turn, framesOf(turn, reading, found), { act: acting(reading, found) });
}

function fresh(turn: Turn): Plan {
  const { reading, briefing } = turn;
  const cut = parts(reading, briefing);
  const first = cut[0]!.ranked[0];
  const blocked = obstacle(reading, first, briefing);
  if (blocked) return said(turn, blocked);
  if (!first || first.score < least) return said(turn, unclear(turn));
  const frames: Frame[] = [];
  for (const { reading: piece, ranked } of cut) {
    const best = frames.length === 0 ? dependent(turn, piece, ranked) : linked(ranked, frames);
    if (best) frames.push(...framesOf(turn, piece, best));
  }
  const incomplete = cut.length === 1 ? first.filling.missing : [];
  const leading = cut.length === 1 ? dependent(turn, reading, cut[0]!.ranked) : first;
  if (leading && completeChange(leading.tool, leading.filling.input, turn.state) === null)
    return said(turn, whichStep(turn));
  if (leading && leading.filling.missing.length > 0) return said(turn, missing(leading));
  if (frames.length === 0) return said(turn, incomplete.length > 0 ? missing(first) : unclear(turn));
  const act = cut.some((part) => part.ranked[0] && acting(part.reading, part.ranked[0]));
  return calls(turn, frames, { act });
}

/** The best frame, with what it leaves out taken from the thread when it leans on it. */
function dependent({ state }: Turn, piece: Reading, ranked: readonly Ranked[]): Ranked | undefined {
  const best = ranked[0];
  if (!best || state.frames.length === 0 || !isDependent(piece, state)) return best;
  const carried = withCarried(best, state.frames[0]!.input);
  const input = completeChange(best.tool, carried.filling.input, state);
  return input ? { ...carried, filling: { ...carried.filling, input } } : carried;
}

function withCarried(best: Ranked, last: Readonly<Record<string, unknown>>): Ranked {
  const input = carry(best.tool, best.filling.input, last);
  const missingFields = best.filling.missing.filter(({ name }) => !(name in input));
  return { ...best, filling: { ...best.filling, input, missing: missingFields } };
}

/** A later request of the same text keeps the first one's cases. */
const linked = (ranked: readonly Ranked[], frames: readonly Frame[]): Ranked | undefined =>
  ranked[0] && withCarried(ranked[0], frames[0]!.input);

/** One frame, and one more for each further value of a field that takes only one. */
function framesOf(turn: Turn, piece: Reading, best: Ranked): Frame[] {
  const first = frame(turn, piece, best);
  return [
    first,
    ...best.filling.also.map((input) => ({ ...first, input: { ...first.input, ...input }, variants: [] })),
  ];
}

function frame({ briefing }: Turn, piece: Reading, best: Ranked): Frame {
  return {
    tool: best.tool.name,
    input: best.filling.input,
    text: piece.text,
    score: Math.min(1, best.score),
    variants: best.filling.variants.slice(0, 2),
    assumptions: best.filling.assumed.map((name) => ({
      text: "The amount is read as the attribute {attribute}.",
      values: { attribute: name },
    })),
    awaits: awaited(piece, best, briefing),
    used: [...best.filling.used],
  };
}

/** "the worst one": an activity that only an earlier result can name. */
function awaited(piece: Reading, best: Ranked, briefing: Briefing): string | null {
  const field = fieldsOf(best.tool).find(({ slot }) => slot === "activity");
  if (!field || field.name in best.filling.input || !briefing.log) return null;
  return rolesAt(piece, "superlative").length > 0 && rolesAt(piece, "pronoun").length > 0 ? field.name : null;
}

/** It was asked to be done, not only to be drafted or shown. */
function acting(reading: Reading, best: Ranked): boolean {
  if (reading.moves.has("go-ahead")) return true;
  if (reading.concepts.has("draft") || /\?\s*$/u.test(reading.text)) return false;
  const rule = Object.values(best.filling.input).includes(reading.text);
  return rule || (reading.concepts.has("fix") && reading.tokens.length <= 4);
}

/** A change was asked about, and nothing says to which step. */
function whichStep({ briefing }: Turn): Spoken {
  const names = briefing.log?.vocabulary.activities.slice(0, 8).map(({ name }) => name) ?? [];
  return {
    say: "clarify",
    confidence: 0.7,
    said: {
      headline: { text: "Which step do you mean? There are {names}.", values: { names: names.join(", ") } },
      ...(names[0]
        ? {
            next: {
              label: { text: "For example: {example}", values: { example: names[0] } },
              ask: `what if we skip ${names[0]}?`,
            },
          }
        : {}),
    },
  };
}

function missing(best: Ranked): Spoken {
  if (best.filling.missing.every(({ slot }) => slot === "proposal")) {
    return {
      say: "cannot",
      confidence: 0.8,
      said: {
        headline: { text: "There is no proposal here to speak of." },
        next: {
          label: { text: "Ask instead: {example}", values: { example: "what is waiting for approval?" } },
          ask: "what is waiting for approval?",
        },
      },
    };
  }
  const what = best.filling.missing.map(({ description, name }) => description || name).join("; ");
  const example = best.tool.examples.en[0] ?? "";
  return {
    say: "clarify",
    confidence: 0.6,
    said: {
      headline: { text: "I need one thing more for that: {what}.", values: { what } },
      next: { label: { text: "For example: {example}", values: { example } }, ask: example },
    },
  };
}

function unclear({ reading, briefing }: Turn): Spoken {
  const near = rank(reading, briefing)
    .slice(0, 3)
    .flatMap(({ tool }) => tool.examples.en.slice(0, 1));
  return {
    say: "clarify",
    confidence: 0.4,
    said: {
      headline: { text: "I am not sure what you mean. The nearest things that I can answer:" },
      notes:
        near.length > 0
          ? near.map((example) => ({ text: '"{example}"', values: { example } }))
          : examplesOf(briefing, 3),
      next: {
        label: { text: "For example: {example}", values: { example: near[0] ?? "what can you do?" } },
        ask: near[0] ?? "what can you do?",
      },
    },
  };
}
