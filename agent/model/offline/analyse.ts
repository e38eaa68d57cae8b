/** From a text and what is known about the thread to a plan. Pure: the same text in the same situation is the same plan. */
import type { Briefing } from "../provider.ts";
import { andWhy } from "./and-why.ts";
import { answered } from "./answers/answered.ts";
import { answersIn } from "./answers/answers-in.ts";
import { joined } from "./answers/joined.ts";
import { casesInOrder, openCases } from "./case-list.ts";
import { type Chain, chainOf } from "./chain.ts";
import { chooseLog, type LogChoice } from "./choose-log.ts";
import { answeredCall } from "./connected/answering.ts";
import { toolFor } from "./connected/call.ts";
import { onCondition } from "./connected/on-condition.ts";
import { connectedRequest, otherwiseConnected } from "./connected/request.ts";
import { evidenceBehind, goAhead, judged, offered, reworded, whyThat } from "./continuations.ts";
import { filterStack, filtersThen, historyAfter, narrowed } from "./filter-stack.ts";
import { amend, reorder } from "./follow-up/amend.ts";
import { completeChange, knownHere } from "./follow-up/carried.ts";
import { changedOption } from "./follow-up/changed-option.ts";
import { isEllipsis } from "./follow-up/ellipsis.ts";
import { listThose } from "./follow-up/list-those.ts";
import { listed } from "./follow-up/listed.ts";
import { unknownCases } from "./follow-up/unknown-cases.ts";
import { parts } from "./frame/compose/parts.ts";
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import { type Ranked, ranking } from "./frame/rank.ts";
import { acting, besideRival, dependent, framesOf, linked, onlyItsTime } from "./framing.ts";
import type { Language } from "./languages/language.ts";
import { sureFrom } from "./learned/confidence.ts";
import { ledgerAsked } from "./ledger-list.ts";
import { limitedChange } from "./limited-change.ts";
import { read } from "./link/read.ts";
import { hasRole, linksOf } from "./link/reading.ts";
import { withDefinitions, withMeanings } from "./memory/definitions.ts";
import { pinnedFirst } from "./memory/pinned-first.ts";
import { remembering, wantedLanguage } from "./memory/plan-wish.ts";
import { converse } from "./moves/converse.ts";
import { shareOfAll, statisticOfNothing } from "./obstacles/figures.ts";
import { obstacle } from "./obstacles/obstacle.ts";
import type { Frame, Plan } from "./plan.ts";
import { refigured } from "./refigured.ts";
import { reshaped } from "./reshape.ts";
import { rulesListed } from "./rule-list.ts";
import { unheldSpread } from "./spread.ts";
import { type PlannerState, stateOf } from "./state.ts";
import { detectLanguage } from "./text/detect.ts";
import { withoutLeadIn } from "./text/lead-in.ts";
import { unspokenLanguage } from "./text/unspoken.ts";
import { wordCount } from "./text/wording.ts";
import { calls, direct, said, type Turn } from "./turn.ts";
import { lacks, missing, notSpoken, unclear, whichStep } from "./unanswered.ts";
import { understood } from "./understood.ts";
import { undoable, undoing } from "./undoing.ts";
import { undrawnLine } from "./undrawn-line.ts";

/** A frame that is less likely than this is not answered. */
const least = 0.15;

export function analyse(said: string, briefing: Briefing): Plan {
  const language = answersIn(said, briefing) ?? detectLanguage(said, briefing.language, briefing.log);
  const wish = remembering(language, { ...briefing, text: said });
  const wanted = wantedLanguage(briefing.remembered) ?? undefined;
  const spoken = (plan: Plan): Plan => (wanted === undefined ? plan : { ...plan, language: wanted });
  if (wish !== null) return spoken(wish);
  const { text, used } = withMeanings(said, briefing.remembered?.definitions ?? [], language.code);
  const asked = withoutLeadIn(text, language);
  const plan = pinnedFirst(analysed(asked, briefing, language), { ...briefing, text: asked }, language);
  return spoken(withDefinitions(plan, said, briefing, used));
}

function analysed(text: string, briefing: Briefing, language: Language): Plan {
  const state = stateOf(briefing.state);
  const elsewhere =
    answeredCall(text, language, briefing, state) ?? connectedRequest(text, language, briefing, state);
  if (elsewhere) return elsewhere;
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
          variants: frame.variants.map((variant) =>
            takes(variant.tool ?? frame.tool) ? { ...variant, input: { log, ...variant.input } } : variant,
          ),
        }
      : frame;
  const frames = plan.frames.map(located);
  const text = frames.map(understood).join("; then ");
  const steps = plan.chain?.map((step) =>
    step.frame === null ? step : { ...step, frame: located(step.frame) },
  );
  const chain = steps === undefined ? {} : { chain: steps };
  return {
    ...plan,
    ...chain,
    log: chosen,
    frames,
    understood: text,
    notes: note ? [note, ...plan.notes] : plan.notes,
  };
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
        label: { text: "For example: {example}", values: { example: "where do we wait?" } },
        ask: "where do we wait?",
      },
    },
  });
}

function analyseIn(turn: Turn): Plan {
  const unspoken = unspokenLanguage(turn.briefing.text);
  if (unspoken) return said(turn, notSpoken(unspoken));
  const wish = remembering(turn.reading.language, turn.briefing);
  if (wish) return wish;
  const answer = answered(turn, { goOn: followUp, again: analyseIn }) ?? joined(turn, analyseIn);
  if (answer) return answer;
  const spread = unheldSpread(turn);
  if (spread) return said(turn, spread);
  const changed = reworded(turn) ?? refigured(turn);
  if (changed) return changed;
  const list = casesInOrder(turn) ?? openCases(turn) ?? rulesListed(turn) ?? ledgerAsked(turn);
  if (list) return list;
  const undone = undoable(turn);
  if (undone) return undone;
  const spoken = undrawnLine(turn) ?? converse(turn);
  if (spoken) return said(turn, spoken);
  return (
    judged(turn) ??
    filterStack(turn) ??
    filtersThen(turn, analyseIn) ??
    undoing(turn) ??
    goAhead(turn) ??
    offered(turn, analyseIn) ??
    listed(turn, analyseIn) ??
    listThose(turn) ??
    whyThat(turn, analyseIn) ??
    evidenceBehind(turn) ??
    reshaped(turn) ??
    followUpOfEarlier(turn) ??
    followUp(turn) ??
    fresh(turn)
  );
}

/** A text that only makes sense with the last call. */
function followUp(turn: Turn): Plan | null {
  const { reading, briefing, state } = turn;
  const unknown = unknownCases(turn);
  if (unknown) return said(turn, unknown);
  const limited = limitedChange(turn);
  if (limited) return limited;
  const found =
    changedOption(reading, briefing, state) ??
    (isEllipsis(reading, state) && !asksLengthElsewhere(turn)
      ? amend(reading, briefing, state)
      : reorder(reading, briefing, state));
  if (!found) return null;
  const blocked = obstacle(reading, found, briefing);
  if (blocked) return said(turn, blocked);
  const plan = calls(turn, framesOf(turn, reading, found), { act: acting(reading, found) });
  return plan.kind === "calls" ? { ...plan, filterHistory: historyAfter(turn, found.filling.input) } : plan;
}

/** "and in Germany?", after a look at something beside: it goes on with the question before that. */
function followUpOfEarlier(turn: Turn): Plan | null {
  const { state, reading, briefing } = turn;
  const last = briefing.tools.find(({ name }) => name === state.frames[0]?.tool);
  const changes = (["thing", "window", "period", "statistic"] as const).some(
    (kind) => linksOf(reading, kind).length > 0,
  );
  if (state.earlier.length === 0 || !changes || (last && hasSlot(last, "filters"))) return null;
  const before = { ...turn, state: { ...state, frames: state.earlier, earlier: [] } };
  return reshaped(before) ?? followUp(before);
}

/** "how long did those take?", after a list: a length of time is asked for, and the last tool measures nothing. */
function asksLengthElsewhere({ reading, briefing, state }: Turn): boolean {
  const tool = briefing.tools.find(({ name }) => name === state.frames[0]?.tool);
  return (
    tool !== undefined &&
    !hasSlot(tool, "metric") &&
    reading.concepts.has("duration") &&
    hasRole(reading, "question")
  );
}

/** A plan of several steps; what it proposes at its end is a step of its own. */
function chained(turn: Turn, { steps, notes }: Chain): Plan {
  const frames = steps.flatMap(({ frame }) => (frame === null ? [] : [frame]));
  const plan = calls(turn, frames, { act: false });
  return plan.kind === "calls" ? { ...plan, chain: steps, notes: [...notes, ...plan.notes] } : plan;
}

/** Which of a system's operations is meant, and with what, no field of these tools can tell. */
const callsSystem: ReadonlySet<string> = new Set(Object.values(toolFor));

/** So few words leave out what is needed: "compare". */
const barely = 2;

/** A read that lacks something gives way to the next that lacks nothing, where that is not much less likely. */
const share = 0.15;

function complete(ranked: readonly Ranked[], { state, reading }: Turn): Ranked | undefined {
  const first = ranked[0];
  if (wordCount(reading) <= barely) return first;
  if (!first || first.filling.missing.length === 0 || state.frames.length > 0) return first;
  const next = ranked.find(({ filling, tool }) => filling.missing.length === 0 && tool.risk === "read");
  return first.tool.risk === "read" && next && next.likelihood >= share * first.likelihood ? next : first;
}

function fresh(turn: Turn): Plan {
  const { reading, briefing } = turn;
  const chain = chainOf(turn);
  if (chain) return chained(turn, chain);
  const both = andWhy(turn);
  if (both) return calls(turn, both, { act: false });
  const cut = parts(reading, briefing);
  const ranked = onCondition(reading)
    ? cut[0]!.ranked.filter(({ tool }) => !callsSystem.has(tool.name))
    : cut[0]!.ranked;
  const first = (cut.length === 1 ? narrowed(turn) : null) ?? complete(ranked, turn);
  if (first && callsSystem.has(first.tool.name)) return otherwiseConnected(turn);
  const blocked = obstacle(reading, first, briefing);
  if (blocked) return said(turn, blocked);
  const lacking = ranking(reading, briefing).lacking[0];
  if (lacking && lacking.likelihood > (first?.likelihood ?? 0)) return said(turn, lacks(turn, lacking));
  const unsaid = statisticOfNothing(reading, first, briefing);
  if (unsaid) return said(turn, unsaid);
  if (!first || first.likelihood < least) return said(turn, unclear(turn));
  if (cut.length === 1 && turn.state.frames.length === 0 && shareOfAll(first))
    return said(turn, unclear(turn));
  const frames: Frame[] = [];
  for (const { reading: piece, ranked, ofItsOwn } of cut) {
    const best =
      frames.length === 0
        ? dependent(turn, piece, ranked[0] === first ? ranked : [first, ...ranked])
        : linked(ranked, ofItsOwn ? frames.map(onlyItsTime) : frames);
    if (best) frames.push(...framesOf(turn, piece, best));
  }
  const incomplete = cut.length === 1 ? first.filling.missing : [];
  const leading = cut.length === 1 ? dependent(turn, reading, [first, ...cut[0]!.ranked]) : first;
  if (leading && completeChange(leading.tool, leading.filling.input, turn.state) === null)
    return said(turn, whichStep(turn));
  if (leading && leading.filling.missing.length > 0) return said(turn, missing(leading, reading.language));
  if (frames.length === 0)
    return said(turn, incomplete.length > 0 ? missing(first, reading.language) : unclear(turn));
  if (frames.some((frame) => guessesToKeep(frame, briefing))) return said(turn, unclear(turn));
  const act = cut.some((part) => part.ranked[0] && acting(part.reading, part.ranked[0]));
  return calls(turn, act ? frames : besideRival(frames, cut[0]!.ranked, reading), { act });
}

/**
 * A read is answered with a word of doubt. What runs for minutes or keeps something is not begun on a guess that no word of
 * its input bears out.
 */
function guessesToKeep({ tool, input, confidence }: Frame, { tools }: Briefing): boolean {
  const known = tools.find(({ name }) => name === tool);
  return (
    known?.risk === "draft" &&
    confidence < sureFrom &&
    !fieldsOf(known).some(
      ({ name, required, slot }) => name in input && (required || saysMuch.has(slot ?? "")),
    )
  );
}
/** A whole rule in words, how often to run: nobody says these by chance. */
const saysMuch: ReadonlySet<string> = new Set(["rule-words", "times"]);
