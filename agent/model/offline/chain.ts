/**
 * A large request as a plan of several steps: "tell me where it waits and why, draft a rule against it, show what it
 * would have done and propose it". Clauses that are nothing but one of the usual steps of an improvement (find where,
 * find why, draft, simulate, propose) lean on the ones before them; what they need is bound to earlier results.
 */
import type { Message } from "../../../tools/define.ts";
import type { PlannedStep } from "../../plans/plan.ts";
import type { Briefing } from "../provider.ts";
import { carry } from "./followup.ts";
import { parts } from "./frame/compose.ts";
import { fieldsOf } from "./frame/fields.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import { framesOf } from "./framing.ts";
import { languageOf } from "./languages/index.ts";
import type { Concept } from "./languages/language.ts";
import { type Reading, read, rolesAt } from "./link/reading.ts";
import { obstacle } from "./obstacles.ts";
import type { Frame } from "./plan.ts";
import { Speaker } from "./say.ts";
import { lexiconOf } from "./text/lexicon.ts";
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

const stages = ["import", "where", "why", "draft", "simulate", "propose"] as const;
type Stage = (typeof stages)[number];

/** A question that stands for a stage in any language: its tool is the one that this question is for. */
const asked: Readonly<Record<Exclude<Stage, "import" | "propose">, string>> = {
  where: "where do we wait?",
  why: "why are some cases slow?",
  draft: "draft rules for that",
  simulate: "simulate the rule",
};

/** Concepts that a clause which is a stage and nothing else may hold. */
const plain: ReadonlySet<Concept> = new Set<Concept>([
  "case",
  "process",
  "activity",
  "bottleneck",
  "wait",
  "slow",
  "late",
  "bad",
  "cause",
  "rule",
  "draft",
  "simulate",
  "publish",
  "proposal",
  "approval",
  "affected",
  "import",
  "log",
  "duration",
  "list",
  "completed",
  "act",
  "fix",
  "decide",
]);
const plainMoves: ReadonlySet<string> = new Set(["why", "go-ahead", "addition", "thanks", "assent"]);
const plainLinks: ReadonlySet<string> = new Set([
  "metric",
  "statistic",
  "ordinal",
  "unknown",
  "log",
  "comparator",
  "proposal",
]);

interface Clause {
  readonly start: number;
  readonly reading: Reading;
}

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

/** "once it is approved show me the variants": what is asked for, without the decision that it waits for. */
function withoutDecision({ text, senses }: Reading): string {
  const decision = senses.find(
    ({ meaning }) => meaning.kind === "concept" && ["approval", "decide", "publish"].includes(meaning.value),
  );
  if (decision === undefined) return text;
  const [before, after] = [text.slice(0, decision.start).trim(), text.slice(decision.end).trim()];
  return after.length > 1 && (before.length < after.length || before === "") ? after : before;
}

/** "once it is approved": a decision, and nothing that is asked for. */
const decides = ({ concepts }: Reading): boolean =>
  concepts.has("approval") || concepts.has("decide") || concepts.has("publish");

/** Cut at sentences, commas and joining words; not inside a quotation. */
function clausesOf({ reading, briefing }: Turn): Clause[] {
  const { text, quotes } = reading;
  const joints = [
    ...[...text.matchAll(/[.;?!]\s+(?=\S)|[。？！；](?=\S)|[,、，]\s*(?=\S)/gu)].map(
      ({ index, 0: { length } }) => index + length,
    ),
    ...rolesAt(reading, "conjunction").map(({ start }) => start),
  ];
  const cuts = [...new Set(joints)]
    .filter((at) => at > 0 && !quotes.some(({ start, end }) => start < at && at < end))
    .sort((left, right) => left - right);
  const clauses: Clause[] = [];
  let start = 0;
  for (const end of [...cuts, text.length]) {
    const piece = read(text.slice(start, end).replace(/[\s,;.、，。]+$/u, ""), reading.language, briefing);
    if (end < text.length && saysNothing(piece)) continue;
    clauses.push({ start, reading: piece });
    start = end;
  }
  return clauses;
}

/** "show me", "and": words that only lead to what comes after them. */
const saysNothing = (piece: Reading): boolean =>
  [...piece.concepts].every((concept) => concept === "list") &&
  piece.links.length === 0 &&
  isExplained(piece) &&
  piece.moves.size === 0;

interface StageClause extends Clause {
  readonly stage: Stage;
}

/** The clauses at the end that are stages and nothing else, and the words before them. */
function peel(
  clauses: readonly Clause[],
  end: number | undefined,
  { reading }: Turn,
): { head: string; tail: StageClause[] } {
  const tail: StageClause[] = [];
  for (const clause of clauses.toReversed()) {
    const stage = stageOf(clause.reading);
    if (stage === null) break;
    tail.unshift({ ...clause, stage });
  }
  const first = tail[0]?.start ?? end ?? reading.text.length;
  const head = reading.text.slice(0, first).replace(/[\s,;.、，。]+$/u, "");
  return { head, tail };
}

/** The stage that a clause is, where it says nothing besides. */
export function stageOf(reading: Reading): Stage | null {
  if (reading.links.some(({ kind }) => !plainLinks.has(kind))) return null;
  if (!isExplained(reading)) return null;
  const { concepts, moves } = reading;
  if (concepts.has("simulate")) return "simulate";
  if (concepts.has("draft") && !moves.has("go-ahead")) return "draft";
  if (moves.has("go-ahead") || concepts.has("publish") || concepts.has("proposal")) return "propose";
  if (concepts.has("import")) return "import";
  if (concepts.has("cause") || moves.has("why")) return "why";
  return concepts.has("bottleneck") || concepts.has("wait") ? "where" : null;
}

/** Every word is a function word, or belongs to a sense that stages are made of. */
function isExplained(reading: Reading): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const own = reading.senses.filter(
    ({ meaning }) =>
      meaning.kind === "role" ||
      (meaning.kind === "concept" && plain.has(meaning.value)) ||
      (meaning.kind === "move" && plainMoves.has(meaning.value)),
  );
  return reading.tokens.every(
    (token, at) => functionStems.has(token.stem) || own.some(({ from, to }) => from <= at && at < to),
  );
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

/** The words without what joins them to the clause before. */
function withoutJoints(reading: Reading): string {
  let from = 0;
  for (const { start, end } of [...rolesAt(reading, "conjunction"), ...additions(reading)].sort(
    (a, b) => a.start - b.start,
  ))
    if (reading.text.slice(from, start).trim() === "") from = end;
  return reading.text
    .slice(from)
    .replace(/^[\s,;.、，。:]+/u, "")
    .trim();
}

const additions = ({ senses }: Reading) =>
  senses.filter(({ meaning }) => meaning.kind === "move" && meaning.value === "addition");

/** A clause as the name of a step. */
const titleOf = (words: string): string => {
  const bare = words.trim().replace(/[\s,;.?!。？！]+$/u, "");
  return bare.slice(0, 1).toLocaleUpperCase() + bare.slice(1);
};
