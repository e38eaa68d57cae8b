/** From a plan and what its calls gave to the next step: further calls, or the last word. Pure. */
import type { Fact, Message } from "../../../tools/define.ts";
import { isWrite } from "../../../tools/define.ts";
import type { Briefing, FinalParts, ToolOutcome } from "../provider.ts";
import { callsOfChain } from "./chain-calls.ts";
import { hasSlot } from "./frame/fields.ts";
import type { Frame, Plan, Said } from "./plan.ts";
import { recordsIn, thingsIn } from "./results.ts";
import { Speaker, type Told, tellAnswer } from "./say.ts";
import { type PlannerState, stateOf } from "./state.ts";

export interface Call {
  /** Its step's, where the plan has steps of its own. */
  readonly id?: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Step =
  | { readonly kind: "calls"; readonly calls: readonly Call[] }
  | { readonly kind: "final"; readonly text: string; readonly parts: FinalParts };

type Outcome<Kind extends ToolOutcome["kind"]> = Extract<ToolOutcome, { kind: Kind }>;
const ofKind = <Kind extends ToolOutcome["kind"]>(
  outcomes: readonly ToolOutcome[],
  kind: Kind,
): Outcome<Kind>[] => outcomes.filter((outcome): outcome is Outcome<Kind> => outcome.kind === kind);

/** At most this many changes are proposed in one turn. */
const mostProposals = 5;

export function conclude(plan: Plan, outcomes: readonly ToolOutcome[], thread: Briefing): Step {
  const briefing = inLogOf(plan, thread);
  if (plan.kind === "say") return { kind: "final", ...speak(plan, briefing) };
  const { over: ended = false, told = 0 } = briefing.progress ?? {};
  const over = ended || (told > 0 && plan.chain === undefined);
  const calls = over ? [] : nextCalls(plan, outcomes, briefing);
  return calls.length > 0 ? { kind: "calls", calls } : { kind: "final", ...answer(plan, outcomes, briefing) };
}

const inLogOf = ({ log }: Plan, briefing: Briefing): Briefing =>
  log ? { ...briefing, log: briefing.logs.find(({ id }) => id === log.id) ?? briefing.log } : briefing;

type CallsPlan = Extract<Plan, { kind: "calls" }>;
type SayPlan = Extract<Plan, { kind: "say" }>;

function nextCalls(plan: CallsPlan, outcomes: readonly ToolOutcome[], briefing: Briefing): Call[] {
  if (plan.chain) return callsOfChain(plan.chain, plan.language, outcomes, briefing);
  if (outcomes.length === 0) return leadingFrames(plan).flatMap(callsOf);
  const waiting = plan.frames.filter(
    (frame) => frame.awaits !== null && !outcomes.some(({ tool }) => tool === frame.tool),
  );
  const resolved = waiting.flatMap((frame) => resolve(frame, outcomes, briefing));
  if (resolved.length > 0) return resolved;
  return plan.act ? proposalsOf(outcomes, briefing) : [];
}

/** Those that wait for no result of others; where each would, none can be waited for, and all are. */
function leadingFrames({ frames }: CallsPlan): readonly Frame[] {
  const leading = frames.filter(({ awaits }) => awaits === null);
  return leading.length > 0 ? leading : frames;
}

const callsOf = ({ tool, input, variants }: Frame): Call[] => [
  { tool, input },
  ...variants.map((variant) => ({ tool: variant.tool ?? tool, input: variant.input })),
];

/** "the worst one": the first activity that the results before it list. */
function resolve(frame: Frame, outcomes: readonly ToolOutcome[], briefing: Briefing): Call[] {
  const found = ofKind(outcomes, "result")
    .flatMap(({ result }) => thingsIn(result, briefing.log))
    .find(({ kind }) => kind === "activity");
  const input = found && frame.awaits !== null ? { ...frame.input, [frame.awaits]: found.name } : frame.input;
  return [{ tool: frame.tool, input }];
}

/** What results suggest, as calls of writes: the gate makes proposals of them. Each once. */
function proposalsOf(outcomes: readonly ToolOutcome[], briefing: Briefing): Call[] {
  if (ofKind(outcomes, "proposal").length > 0) return [];
  const suggested = ofKind(outcomes, "result").flatMap(({ result }) => result.suggests ?? []);
  return suggested
    .filter(({ tool }) => briefing.tools.some((known) => known.name === tool && isWrite(known)))
    .filter(({ tool }) => !outcomes.some((outcome) => outcome.kind === "problem" && outcome.tool === tool))
    .slice(0, mostProposals)
    .map(({ tool, input }) => ({ tool, input: input as Call["input"] }));
}

/** Something to say at once, without a call. */
function speak(plan: SayPlan, briefing: Briefing): { text: string; parts: FinalParts } {
  const speaker = new Speaker(plan.language);
  const { said } = plan;
  const headline = speaker.say(said.headline);
  const notes = (said.notes ?? []).map((note) => speaker.say(note));
  const next = said.next ? { label: speaker.say(said.next.label), ask: speaker.ask(said.next.ask) } : null;
  const asks = plan.say === "clarify" || plan.say === "decide-ui";
  const parts: FinalParts = {
    language: plan.language,
    headline,
    figures: (said.facts ?? []).slice(0, 3).map(({ id }) => id),
    assumptions: "",
    notes,
    next,
    clarification: asks ? { question: headline, readings: [...(said.readings ?? offers(said))] } : null,
    state: spokenState(plan, briefing),
    supersedes: plan.supersedes,
    quoted: speaker.quoted,
    ...(plan.log ? { log: plan.log.id } : {}),
    ...(said.facts ? { facts: said.facts } : {}),
  };
  return { text: [headline, ...notes, next?.label ?? ""].filter((line) => line !== "").join("\n"), parts };
}

function spokenState(plan: SayPlan, briefing: Briefing): PlannerState {
  const { said, log } = plan;
  const before = stateOf(briefing.state);
  const asked = said.asked ? { text: said.asked.text, logs: [...said.asked.logs] } : null;
  const waits = plan.say === "clarify" && said.call === undefined && asked === null;
  const open = waits ? briefing.text : null;
  return {
    ...before,
    readings: [],
    next: null,
    asked,
    open,
    call: said.call ?? null,
    log: log ?? before.log,
  };
}

const offers = (said: Said): NonNullable<FinalParts["clarification"]>["readings"] =>
  said.next ? [{ label: said.next.ask, ask: said.next.ask, result: "" }] : [];

function answer(
  plan: CallsPlan,
  outcomes: readonly ToolOutcome[],
  briefing: Briefing,
): { text: string; parts: FinalParts } {
  const doubt = differing(plan, outcomes);
  if (doubt) return clarify(plan, doubt, briefing);
  const speaker = new Speaker(plan.language);
  const told = tellAll(plan, outcomes.slice(briefing.progress?.told ?? 0), speaker);
  const leading = told.at(0)?.parts ?? { headline: "", figures: [], assumptions: "", notes: [], next: null };
  const notes = plan.notes.map((note) => speaker.say(note));
  const next = told.at(-1)?.parts.next ?? leading.next;
  const parts: FinalParts = {
    language: plan.language,
    ...leading,
    notes: [...leading.notes, ...told.slice(1).flatMap(({ lines }) => lines), ...notes],
    next,
    clarification: null,
    state: kept(plan, outcomes, briefing, next?.ask ?? null),
    supersedes: plan.supersedes,
    quoted: speaker.quoted,
    ...(plan.log ? { log: plan.log.id } : {}),
  };
  const last = told.length - 1;
  const paragraphs = told.map(({ lines }, at) =>
    (at === last && next !== null ? [...lines, next.label] : lines).join("\n"),
  );
  return { text: [...paragraphs, ...notes].join("\n\n"), parts };
}

/** Where readings were run beside each other and agree, the first speaks for all. */
function tellAll(plan: CallsPlan, outcomes: readonly ToolOutcome[], speaker: Speaker): Told[] {
  const variants = new Set(sideBySide(plan).flatMap(({ from, to }) => besideFirst(outcomes.slice(from, to))));
  return outcomes
    .filter((outcome) => !variants.has(outcome))
    .map((outcome) => {
      const assumptions = plan.frames.find(({ tool }) => tool === outcome.tool)?.assumptions ?? [];
      return tellOutcome(plan.chain ? withoutNext(outcome) : outcome, speaker, assumptions);
    });
}

/** All but the first that gave a result; all but the first where none did. */
function besideFirst(own: readonly ToolOutcome[]): ToolOutcome[] {
  const first = own.find(({ kind }) => kind === "result") ?? own[0];
  return own.filter((outcome) => outcome !== first);
}

/** Within a plan the next step is the plan's own. */
function withoutNext(outcome: ToolOutcome): ToolOutcome {
  if (outcome.kind !== "result") return outcome;
  const { next: _next, ...answer } = outcome.result.answer;
  return { ...outcome, result: { ...outcome.result, answer } };
}

/** Which of the first round's outcomes belong to a frame: its own first, then its variants'. */
function sideBySide(plan: CallsPlan): readonly { frame: Frame; from: number; to: number }[] {
  let next = 0;
  return leadingFrames(plan).map((frame) => {
    const from = next;
    next += 1 + frame.variants.length;
    return { frame, from, to: next };
  });
}

function tellOutcome(outcome: ToolOutcome, speaker: Speaker, assumptions: readonly Message[]): Told {
  if (outcome.kind === "result") return tellAnswer(outcome.result.answer, speaker, assumptions);
  const headline =
    outcome.kind === "problem"
      ? speaker.whole(outcome.detail)
      : speaker.say({ text: "Proposed, not done: {summary}", values: { summary: outcome.proposal.summary } });
  const notes =
    outcome.kind === "problem" ? [speaker.whole(outcome.remedy ?? "")] : waitsFor(outcome, speaker);
  const parts = {
    headline,
    figures: [],
    assumptions: "",
    notes: notes.filter((note) => note !== ""),
    next: null,
  };
  return { lines: [headline, ...parts.notes], parts };
}

function waitsFor({ proposal }: Outcome<"proposal">, speaker: Speaker): string[] {
  const { approvers, id, preview } = proposal;
  return [
    speaker.say({
      text: "Proposal {proposal} waits for a decision by {approvers}, on its card.",
      values: { proposal: id, approvers: approvers.join(", ") },
    }),
    speaker.whole(preview.undo.how),
  ];
}

interface Differing {
  readonly results: readonly {
    readonly label: string;
    readonly input: Frame["input"];
    readonly outcome: Outcome<"result">;
  }[];
}

/** Readings of one frame whose headline figures differ; null when all agree. */
function differing(plan: CallsPlan, outcomes: readonly ToolOutcome[]): Differing | null {
  for (const { frame, from, to } of sideBySide(plan)) {
    const own = outcomes.slice(from, to);
    if (own.length < 2) continue;
    const labels = [frame.label ?? firstLabel(frame), ...frame.variants.map(({ label }) => label)];
    const inputs = [frame.input, ...frame.variants.map(({ input }) => input)];
    // A reading that gives nothing is none to choose.
    const results = own.flatMap((outcome, at) =>
      outcome.kind === "result" ? [{ label: labels[at]!, input: inputs[at]!, outcome }] : [],
    );
    const values = results.map(({ outcome }) =>
      JSON.stringify(outcome.result.answer.figures.map(({ value }) => value)),
    );
    if (new Set(values).size > 1) return { results };
  }
  return null;
}

interface Labelled {
  readonly attribute?: string;
  readonly kind?: string;
  readonly value?: unknown;
}

/** What the first reading has where the variant has its label. */
function firstLabel(frame: Frame): string {
  const variant = frame.variants[0]!;
  const field = Object.keys(variant.input).find(
    (name) => JSON.stringify(variant.input[name]) !== JSON.stringify(frame.input[name]),
  );
  const value = field === undefined ? undefined : frame.input[field];
  if (!Array.isArray(value)) return String(value);
  const others = variant.input[field!] as readonly Labelled[];
  const at = value.findIndex((item, place) => JSON.stringify(item) !== JSON.stringify(others[place]));
  const changed = value[at] as Labelled | undefined;
  if (changed?.attribute !== undefined && changed.attribute === others[at]?.attribute)
    return String(changed.value);
  return changed?.attribute ?? changed?.kind ?? "";
}

function clarify(
  plan: CallsPlan,
  { results }: Differing,
  briefing: Briefing,
): { text: string; parts: FinalParts } {
  const speaker = new Speaker(plan.language);
  const readings = results.map(({ label, outcome }) => ({
    label,
    ask: label,
    result: speaker.say(outcome.result.answer.headline),
  }));
  const question = speaker.say({
    text: "This can be read in more than one way, with different results. Which do you mean: {labels}?",
    values: { labels: readings.map(({ label }) => `"${label}"`).join(" / ") },
  });
  const text = [question, ...readings.map(({ label, result }) => `${label}: ${result}`)].join("\n");
  const state = kept(
    plan,
    results.map(({ outcome }) => outcome),
    briefing,
    null,
  );
  return {
    text,
    parts: {
      language: plan.language,
      headline: question,
      figures: results
        .flatMap(({ outcome }) => outcome.result.answer.figures.slice(0, 1).map(({ id }) => id))
        .slice(0, 3),
      assumptions: "",
      notes: [],
      next: null,
      clarification: { question, readings },
      state: {
        ...state,
        readings: results.map(({ label, input, outcome }) => ({ label, tool: outcome.tool, input })),
      },
      supersedes: [],
      quoted: speaker.quoted,
      ...(plan.log ? { log: plan.log.id } : {}),
    },
  };
}

/** What the thread remembers of this turn. */
function kept(
  plan: CallsPlan,
  outcomes: readonly ToolOutcome[],
  briefing: Briefing,
  next: string | null,
): PlannerState {
  const before = stateOf(briefing.state);
  const results = ofKind(outcomes, "result");
  const proposed = ofKind(outcomes, "proposal");
  const suggests = results
    .flatMap(({ result }) => result.suggests ?? [])
    .map(({ tool, input }) => ({ tool, input: input as Call["input"] }));
  const shown = results
    .flatMap(({ tool, result }) =>
      tool === "connectors.read" ? recordsIn(result) : thingsIn(result, briefing.log),
    )
    .slice(0, 50);
  const facts = results.flatMap(({ result }) => [...result.answer.figures]).slice(0, 3);
  return {
    ...framesAfter(plan, before, briefing, results.length > 0),
    suggests: proposed.length > 0 ? [] : suggests,
    shown: shown.length > 0 ? shown : before.shown,
    readings: [],
    next,
    proposals: [...proposed.map(({ proposal }) => proposal.id), ...before.proposals].slice(0, 20),
    facts: facts.length > 0 ? (facts as Fact[]) : before.facts,
    filterHistory: historyOf(plan, before, results.length > 0),
    log: plan.log ?? before.log,
    asked: null,
    open: null,
    call: null,
  };
}

/** A look at something beside the cases, or at the filters themselves, does not end the line of questions. */
function framesAfter(
  plan: CallsPlan,
  before: PlannerState,
  { tools }: Briefing,
  answered: boolean,
): Pick<PlannerState, "frames" | "earlier"> {
  if (!answered || plan.isLook) return { frames: before.frames, earlier: before.earlier };
  const aboutCases = (calls: readonly Call[]): boolean =>
    calls.some(({ tool }) =>
      tools.some((known) => known.name === tool && hasSlot(known, "filters") && hasSlot(known, "log")),
    );
  const frames = plan.frames.map(withoutLog);
  const earlier = aboutCases(frames) ? [] : aboutCases(before.frames) ? before.frames : before.earlier;
  return { frames, earlier };
}

/** A question of its own begins without a history; the last twenty steps are kept. */
function historyOf(plan: CallsPlan, before: PlannerState, answered: boolean): PlannerState["filterHistory"] {
  if (!answered) return before.filterHistory;
  return (plan.filterHistory ?? []).slice(-20).map((filters) => [...filters]);
}

/** The thread knows its log. */
function withoutLog({ tool, input }: Frame): Call {
  const { log: _log, ...rest } = input;
  return { tool, input: rest };
}
