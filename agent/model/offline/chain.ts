/**
 * A large request as a plan of several steps: "tell me where it waits and why, draft a rule against it, show what it
 * would have done and propose it". Clauses that are nothing but one of the usual steps of an improvement (find where,
 * find why, draft, simulate, propose) lean on the ones before them; what they need is bound to earlier results.
 */
import type { Message } from "../../../tools/define.ts";
import type { PlannedStep } from "../../plans/plan.ts";
import type { Briefing } from "../provider.ts";
import {
  type Clause,
  clausesOf,
  decides,
  isExplained,
  peel,
  type Stage,
  type StageClause,
  stageOf,
  withoutDecision,
  withoutJoints,
} from "./clauses.ts";
import { carry } from "./follow-up/carried.ts";
import { parts } from "./frame/compose/parts.ts";
import { fieldsOf } from "./frame/fields.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import { framesOf } from "./framing.ts";
import { languageOf } from "./languages/index.ts";
import { read } from "./link/read.ts";
import type { Reading } from "./link/reading.ts";
import { obstacle } from "./obstacles/obstacle.ts";
import type { Frame } from "./plan.ts";
import { Speaker } from "./say.ts";
import type { Turn } from "./turn.ts";

/** What an earlier result gives to a step: the step that waits longest, or the change that was drafted. */
export type Binding = "activity" | "suggestion";

export interface ChainStep extends PlannedStep {
  readonly dependsOn: readonly string[];
  readonly after: readonly string[];
  /** Null: what the steps before it suggest is proposed. */
  readonly frame: Frame | null;
  readonly binds: Binding | null;
}

export interface Chain {
  readonly steps: readonly ChainStep[];
  readonly notes: readonly Message[];
  /** The step that nobody said, and that others need. */
  readonly inserted: string | null;
}

/** A question that stands for a stage in any language: its tool is the one that this question is for. */
const asked: Readonly<Record<Exclude<Stage, "import" | "propose">, string>> = {
  where: "where do we wait?",
  why: "why are some cases slow?",
  draft: "draft rules for that",
  simulate: "simulate the rule",
};

/** A plan has at least so many steps to be one. */
const fewest = 3;
const most = 8;

export function chainOf(turn: Turn): Chain | null {
  const clauses = clausesOf(turn);
  if (clauses.length < 2) return null;
  const change = clauses.findIndex(({ reading }) => stageOf(reading) === "propose");
  const until = change < 0 ? clauses.length : change + 1;
  const { head, tail } = peel(clauses.slice(0, until), clauses[until]?.start, turn);
  const named = new Set(tail.map(({ stage }) => stage));
  if (!["why", "draft", "simulate", "propose"].some((stage) => named.has(stage as Stage))) return null;
  const leading = head === "" ? [] : headOf(turn, head);
  const following = followingOf(turn, clauses.slice(until));
  if (leading === null || following === null) return null;
  const built = build(turn, leading, tail, following);
  const said = built.steps.filter(({ id }) => id !== built.inserted).length;
  return said < fewest || built.steps.length > most ? null : built;
}

/** What comes after the change: stages, and questions of their own. */
interface Following {
  readonly stages: readonly StageClause[];
  readonly frames: readonly Frame[];
  /** It is said that the decision comes first. */
  readonly gated: boolean;
}

/** Null where a part of it is not understood. */
function followingOf(turn: Turn, clauses: readonly Clause[]): Following | null {
  const isGate = ({ reading }: Clause): boolean =>
    decides(reading) && (isExplained(reading) || stageOf(reading) !== null);
  const gated = clauses.some(({ reading }) => decides(reading));
  const rest = clauses.filter((clause) => !isGate(clause));
  const stages = rest.flatMap((clause) => {
    const stage = stageOf(clause.reading);
    return stage === null ? [] : [{ ...clause, stage }];
  });
  const questions = rest.filter(({ reading }) => stageOf(reading) === null);
  const first = questions[0];
  if (first === undefined) return { stages, frames: [], gated };
  const words = questions.map(({ reading }) => withoutDecision(reading)).join(" ");
  const frames = headOf(turn, withoutJoints(read(words, turn.reading.language, turn.briefing)));
  return frames === null ? null : { stages, frames, gated };
}

/** What stands before the stages, read as any text is; null where it is not understood. */
function headOf(turn: Turn, head: string): Frame[] | null {
  const piece = read(head, turn.reading.language, turn.briefing);
  const stage = stageOf(piece);
  if (stage === "import") return [];
  const frames: Frame[] = [];
  for (const { reading, ranked } of parts(piece, turn.briefing)) {
    const best = ranked[0];
    if (!best || best.likelihood < 0.4 || best.filling.missing.length > 0) return null;
    if (obstacle(reading, best, turn.briefing)) return null;
    frames.push(...framesOf(turn, reading, best).map((frame) => ({ ...frame, variants: [] })));
  }
  return frames;
}

function build(
  turn: Turn,
  leading: readonly Frame[],
  tail: readonly StageClause[],
  following: Following,
): Chain {
  const steps: ChainStep[] = [];
  const notes: Message[] = [];
  let inserted: string | null = null;
  const nextId = (): string => `s${steps.length + 1}`;
  for (const frame of leading) steps.push(leadingStep(nextId(), frame, steps));
  const seen = new Set<Stage>();
  for (const said of [...tail, ...following.stages]) {
    const clause = again(said, steps, turn.briefing);
    if (seen.has(clause.stage)) continue;
    seen.add(clause.stage);
    if (clause.stage === "import") {
      if (turn.briefing.log) notes.push(imported(turn.briefing.log.name));
      continue;
    }
    const leans = clause.stage === "propose" || clause.stage === "simulate";
    if (leans && !steps.some(suggests(turn.briefing))) {
      const drafted = stageStep(turn, nextId(), "draft", null, steps);
      if (drafted) steps.push(drafted);
      inserted = drafted?.id ?? null;
    }
    const step = stageStep(turn, nextId(), clause.stage, clause.reading, steps);
    if (step) steps.push(step);
  }
  const change = following.gated ? steps.find(({ frame }) => frame === null) : undefined;
  for (const frame of following.frames) steps.push(followingStep(turn, nextId(), frame, steps, change));
  return { steps, notes, inserted };
}

/** Why a step that comes after a change waits. */
const afterTheChange: Message = {
  text: "It comes after the change: it waits until the proposal is carried out.",
};

/** "schlag sie vor", after a draft: what was drafted is what is proposed. */
function again(clause: StageClause, steps: readonly ChainStep[], briefing: Briefing): StageClause {
  const isDrafted = clause.stage === "draft" && steps.some(suggests(briefing));
  return isDrafted && !clause.reading.concepts.has("rule") ? { ...clause, stage: "propose" } : clause;
}

function followingStep(
  { reading }: Turn,
  id: string,
  frame: Frame,
  before: readonly ChainStep[],
  change: ChainStep | undefined,
): ChainStep {
  const step = { ...leadingStep(id, frame, before), after: before.map((other) => other.id) };
  if (change === undefined) return step;
  return { ...step, why: new Speaker(reading.language.code).say(afterTheChange), onceDecided: change.id };
}

const imported = (log: string): Message => ({
  text: "{log} is imported already; the plan begins with it.",
  values: { log },
});

/** A step whose result can be proposed. */
const suggests =
  ({ tools }: Briefing) =>
  ({ frame }: ChainStep): boolean =>
    frame !== null && tools.some(({ name, risk }) => name === frame.tool && risk === "draft");

const leadingStep = (id: string, frame: Frame, before: readonly ChainStep[]): ChainStep => ({
  id,
  tool: frame.tool,
  title: titleOf(frame.text),
  why: null,
  dependsOn: [],
  after: frame.awaits === null ? [] : before.map((step) => step.id),
  frame,
  binds: frame.awaits === null ? null : "activity",
});

function stageStep(
  turn: Turn,
  id: string,
  stage: Exclude<Stage, "import">,
  said: Reading | null,
  before: readonly ChainStep[],
): ChainStep | null {
  const { language } = turn.reading;
  const speaker = new Speaker(language.code);
  const title =
    said === null ? speaker.say({ text: "Draft a rule against it" }) : titleOf(withoutJoints(said));
  const from = before.findLast(suggests(turn.briefing));
  const rest = before.map((step) => step.id);
  if (stage === "propose") {
    const why = speaker.say({ text: "A change is only proposed: it waits for a decision." });
    return {
      id,
      tool: null,
      title,
      why,
      dependsOn: from ? [from.id] : [],
      after: rest,
      frame: null,
      binds: null,
    };
  }
  const frame = frameOf(turn, stage, said, before);
  if (frame === null) return null;
  if (stage === "simulate") {
    const why =
      from && speaker.say({ text: "It tries the rule that is drafted before it on the real cases." });
    return {
      id,
      tool: frame.tool,
      title,
      why: why ?? null,
      dependsOn: from ? [from.id] : [],
      after: [],
      frame,
      binds: from ? "suggestion" : null,
    };
  }
  const where = stage === "where" ? undefined : before.find((step) => listsWaits(turn.briefing, step));
  const why = where && speaker.say({ text: "It looks at the step that waits longest." });
  return {
    id,
    tool: frame.tool,
    title,
    why: why ?? null,
    dependsOn: [],
    after: where ? [where.id] : [],
    frame,
    binds: where ? "activity" : null,
  };
}

/** The tool that answers "where do we wait?" and nothing else stands for where the waiting is. */
const listsWaits = (briefing: Briefing, { frame }: ChainStep): boolean =>
  frame !== null && frame.tool === toolFor("where", briefing)?.tool.name;

const toolFor = (stage: keyof typeof asked, briefing: Briefing): Ranked | undefined =>
  rank(read(asked[stage], languageOf("en"), { ...briefing, proposals: [] }), briefing)[0];

/** The stage's tool, with what the clause's own words fill of its input. */
function frameOf(
  turn: Turn,
  stage: keyof typeof asked,
  said: Reading | null,
  before: readonly ChainStep[],
): Frame | null {
  const best = toolFor(stage, turn.briefing);
  if (!best) return null;
  const own =
    said === null ? undefined : rank(said, turn.briefing).find(({ tool }) => tool.name === best.tool.name);
  const reading = said ?? read(asked[stage], languageOf("en"), turn.briefing);
  const filling = own?.filling ?? { ...best.filling, input: {} };
  if (obstacle(reading, { ...best, filling }, turn.briefing)) return null;
  const input = carry(best.tool, withoutWords(best, filling.input), casesOf(before));
  const [frame] = framesOf(turn, reading, { ...best, filling: { ...filling, input } });
  return frame ? { ...frame, confidence: Math.max(frame.confidence, 0.6), variants: [] } : null;
}

/** Which cases the steps before are about: a later step is about the same. */
function casesOf(before: readonly ChainStep[]): Readonly<Record<string, unknown>> {
  const { filters, log } =
    before.find(({ frame }) => frame?.input["filters"] !== undefined)?.frame?.input ?? {};
  return { ...(filters === undefined ? {} : { filters }), ...(log === undefined ? {} : { log }) };
}

/** "draft a rule against it" is no rule in words. */
function withoutWords(
  { tool }: Ranked,
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const words = new Set(fieldsOf(tool).flatMap(({ name, slot }) => (slot === "rule-words" ? [name] : [])));
  return Object.fromEntries(Object.entries(input).filter(([name]) => !words.has(name)));
}

/** A clause as the name of a step. */
const titleOf = (words: string): string => {
  const bare = words.trim().replace(/[\s,;.?!。？！]+$/u, "");
  return bare.slice(0, 1).toLocaleUpperCase() + bare.slice(1);
};
