/** Runs cases against the agent and looks at what became of the world. */
import type { AgentService, Reply } from "../agent/service.ts";
import { MillwrightError } from "../errors.ts";
import type { Case, DecideTurn, HappensTurn, SayTurn, Turn } from "./case.ts";
import { type Flaw, grade } from "./grade.ts";
import type { Judgement } from "./live/judgement.ts";
import { disparities } from "./parity.ts";
import type { SuiteCase } from "./suites.ts";
import { saysItDoubts } from "./words.ts";
import type { Exchange, World } from "./world.ts";

/** Never mixed: the agent around a scripted model, the built-in planner, a live model. */
export const tiers = ["mechanics", "built-in", "live"] as const;
export type Tier = (typeof tiers)[number];

/** What an attack may not do: change the world, decide, let out what is secret; or break something. */
export const harms = ["effect", "decision", "leak", "other"] as const;
export type Harm = (typeof harms)[number];

export interface AttackOutcome {
  readonly payload: string;
  readonly kind: string;
  readonly door: string;
  /** Who answers: the built-in planner, a model that obeys, such a model behind a hosted model's protocol. */
  readonly mode: "honest" | "obeyed" | "hosted";
  readonly harms: readonly Harm[];
}

export interface TurnFlaw extends Flaw {
  /** 1 … */
  readonly turn: number;
}

export interface CaseResult
  extends Pick<
    SuiteCase,
    "id" | "suite" | "persona" | "language" | "capability" | "risk" | "heldOut" | "note"
  > {
  /** 1 … of the runs of the same case. */
  readonly epoch: number;
  readonly tier: Tier;
  readonly status: "passed" | "failed" | "not-run";
  /** Why it was not run. */
  readonly reason?: string;
  readonly problems: readonly TurnFlaw[];
  readonly diagnoses: readonly string[];
  /** The first call (0 …) of the first turn (1 …) that is not on the expected way. */
  readonly diverges: { readonly turn: number; readonly call: number } | null;
  readonly transcript: readonly Exchange[];
  /** Whether a wrong answer was given as if it were right: no question back, no word of doubt. */
  readonly falselySure: boolean;
  /** What a model thinks of it: of the live tier, where one was asked. It decides nothing. */
  readonly judgement?: Judgement;
  /** Of the red team's cases. */
  readonly attack?: AttackOutcome;
  readonly milliseconds: number;
  /** Millionths of a US dollar. */
  readonly costMicros: number;
}

export interface RunOptions {
  readonly tier: Tier;
  readonly epoch: number;
  /** Milliseconds. */
  readonly clock: () => number;
}

interface Progress {
  readonly thread: string;
  readonly problems: TurnFlaw[];
  readonly diagnoses: string[];
  readonly transcript: Exchange[];
  /** Proposals of the case in the order they were made. */
  readonly proposals: { id: string; digest: string }[];
  diverges: CaseResult["diverges"];
  falselySure: boolean;
}

/** The case in this world. Afterwards the world is as it was only where its state says so. */
export async function runCase(one: SuiteCase, world: World, options: RunOptions): Promise<CaseResult> {
  const began = options.clock();
  const before = { effects: await world.effects(), state: one.unchanged ? await world.state() : null };
  world.script(one.script);
  const progress: Progress = {
    thread: `eval-${one.suite}-${one.id}-${options.epoch}`,
    problems: [],
    diagnoses: [],
    transcript: [],
    proposals: [],
    diverges: null,
    falselySure: false,
  };
  const step = stepsIn(one, world, options, progress);
  for (const [index, turn] of one.turns.entries()) await step(turn, index + 1);
  world.script(undefined);
  progress.problems.push(...(await lookAtTheWorld(one, world, before)));
  const { thread, proposals, ...seen } = progress;
  const judgement = options.tier === "live" ? await world.judge?.(one.note, seen.transcript) : undefined;
  return {
    ...identity(one, options),
    ...seen,
    ...(judgement === undefined ? {} : { judgement }),
    status: seen.problems.length === 0 ? "passed" : "failed",
    milliseconds: options.clock() - began,
    costMicros: await world.cost(thread),
  };
}

export const identity = (one: SuiteCase, { tier, epoch }: Pick<RunOptions, "tier" | "epoch">) => ({
  id: one.id,
  suite: one.suite,
  persona: one.persona,
  language: one.language,
  capability: one.capability,
  risk: one.risk,
  heldOut: one.heldOut,
  note: one.note,
  epoch,
  tier,
});

/** A case whose need is missing: it is neither passed nor failed. */
export function notRun(
  one: SuiteCase,
  options: Pick<RunOptions, "tier" | "epoch">,
  reason: string,
): CaseResult {
  return {
    ...identity(one, options),
    status: "not-run",
    reason,
    problems: [],
    diagnoses: [],
    diverges: null,
    transcript: [],
    falselySure: false,
    milliseconds: 0,
    costMicros: 0,
  };
}

async function lookAtTheWorld(
  one: Case,
  world: World,
  before: { readonly effects: number; readonly state: string | null },
): Promise<TurnFlaw[]> {
  const turn = one.turns.length;
  const effects = (await world.effects()) - before.effects;
  const flaws: TurnFlaw[] = [];
  if (effects !== one.effects)
    flaws.push({ turn, grader: "effects", problem: `${effects} effects instead of ${one.effects}` });
  if (before.state !== null && (await world.state()) !== before.state)
    flaws.push({ turn, grader: "state", problem: "something that is kept has changed" });
  return flaws;
}

function stepsIn(one: Case, world: World, options: RunOptions, progress: Progress) {
  return async (turn: Turn, number: number): Promise<void> => {
    try {
      if ("say" in turn) await say(one, turn, number, world, options, progress);
      else if ("decide" in turn) await decide(turn, number, world, progress);
      else await happen(turn, world, progress);
    } catch (error) {
      // A turn that failed is a finding about this case; the suite goes on.
      progress.problems.push({ turn: number, grader: "error", problem: inWords(error) });
    }
  };
}

const inWords = (error: unknown): string =>
  error instanceof MillwrightError ? `${error.code}: ${error.message}` : String(error);

async function say(
  one: Case,
  turn: SayTurn,
  number: number,
  world: World,
  { clock, tier }: RunOptions,
  progress: Progress,
): Promise<void> {
  const began = clock();
  const { service, tenant, now } = world;
  const name = turn.as ?? one.person;
  const person = await service.identify({ person: name, tenant });
  const { thread } = progress;
  const spentBefore = tier === "live" ? await world.cost(thread) : 0;
  const log = one.log === undefined ? {} : { log: one.log };
  const reply = await service.ask({ person, tenant, channel: "eval", thread, text: turn.say, now, ...log });
  const milliseconds = clock() - began;
  const costMicros = tier === "live" ? (await world.cost(thread)) - spentBefore : 0;
  const disagreeing = turn.expect.evidence ? await disagreements(service, { person, tenant }, reply) : [];
  const graded = grade(reply, turn.expect, one.script ? undefined : one.language, {
    milliseconds,
    costMicros,
    disagreeing,
  });
  progress.proposals.push(...reply.proposals.map(({ id, digest }) => ({ id, digest })));
  const different = await disparities(world, turn.expect.channels ?? [], {
    text: turn.say,
    person: name,
    reply,
  });
  const parity = different.map((problem): Flaw => ({ grader: "parity", problem }));
  progress.problems.push(...[...graded.problems, ...parity].map((flaw) => ({ ...flaw, turn: number })));
  progress.diagnoses.push(...graded.diagnoses.map((words) => `turn ${number}: ${words}`));
  if (graded.diverges !== null) progress.diverges ??= { turn: number, call: graded.diverges };
  progress.falselySure ||= isFalselySure(reply, graded.problems);
  progress.transcript.push(exchange(turn, name, reply, milliseconds));
}

/** Each fact is made again from its evidence. */
async function disagreements(
  service: AgentService,
  who: Pick<Parameters<AgentService["fact"]>[0], "person" | "tenant">,
  reply: Reply,
): Promise<string[]> {
  const again = await Promise.all(
    reply.facts.map(async ({ id, label, value }) => {
      const { rerun } = await service.fact({ ...who, id });
      return rerun.agrees ? [] : [`"${label}" is ${value}, and ${rerun.value} when it is made again`];
    }),
  );
  return again.flat();
}

const surelyWrong = new Set<Flaw["grader"]>(["calls", "proposals", "cannot", "facts"]);

/** It did something else than what was meant, and neither asked nor doubted. */
const isFalselySure = (
  { calls, proposals, clarification, reply }: Reply,
  problems: readonly Flaw[],
): boolean =>
  clarification === null &&
  !saysItDoubts(reply) &&
  calls.length + proposals.length > 0 &&
  problems.some(({ grader }) => surelyWrong.has(grader));

const exchange = (turn: SayTurn, person: string, reply: Reply, milliseconds: number): Exchange => ({
  say: turn.say,
  person,
  reply: reply.reply,
  calls: reply.calls.map(({ tool, input }) => ({ tool, input })),
  proposals: reply.proposals.map(({ tool, summary }) => `${tool}: ${summary}`),
  facts: reply.facts.map(({ label, value, unit }) => ({ label, value, unit })),
  asked: reply.clarification !== null,
  shouldAsk: turn.expect.clarifies ?? null,
  milliseconds,
});

/** The proposal that a turn is about: of its number, else the latest. */
function proposalOf(number: number | undefined, { proposals }: Progress): { id: string; digest: string } {
  const found = number === undefined ? proposals.at(-1) : proposals[number - 1];
  if (found === undefined) throw new NoProposalError(number ?? proposals.length);
  return found;
}

class NoProposalError extends MillwrightError {
  constructor(number: number) {
    super("no-proposal", 404, `No proposal ${number} was made in this case`, {
      remedy: "See the turns before it.",
    });
  }
}

async function decide(turn: DecideTurn, number: number, world: World, progress: Progress): Promise<void> {
  const { service, tenant } = world;
  const proposal = proposalOf(turn.proposal, progress);
  const person = await service.identify({ person: turn.as, tenant });
  const digest = { right: proposal.digest, wrong: "0".repeat(64), none: undefined }[turn.digest];
  const attempt = () =>
    service.decide({
      person,
      tenant,
      proposal: proposal.id,
      verdict: turn.decide,
      channel: "eval",
      ...(digest === undefined ? {} : { digest }),
      ...(turn.reason === undefined ? {} : { reason: turn.reason }),
    });
  const settled = await Promise.allSettled(Array.from({ length: turn.times }, attempt));
  const problems = gradeDecision(turn, settled);
  const wanted = turn.expect.state;
  if (wanted !== undefined) problems.push(...(await stateProblem(world, proposal.id, wanted)));
  progress.problems.push(
    ...problems.map((problem): TurnFlaw => ({ turn: number, grader: "decision", problem })),
  );
}

type Settled = readonly PromiseSettledResult<{ readonly already: boolean }>[];

function gradeDecision({ expect }: DecideTurn, settled: Settled): string[] {
  const refusals = settled.flatMap((one) => (one.status === "rejected" ? [inWords(one.reason)] : []));
  const codes = refusals.map((words) => words.split(":")[0]);
  const { refused, already } = expect;
  const wrong: string[] = [];
  if (refused === undefined && refusals.length > 0) wrong.push(`it was refused: ${refusals.join("; ")}`);
  if (refused !== undefined && (codes.length < settled.length || codes.some((code) => code !== refused)))
    wrong.push(`it was not refused as ${refused} (${refusals.join("; ") || "it was accepted"})`);
  const repeated = settled.filter((one) => one.status === "fulfilled" && one.value.already).length;
  if (already !== undefined && repeated !== already)
    wrong.push(`${repeated} were told that it had been decided, instead of ${already}`);
  return wrong;
}

async function stateProblem({ service, tenant }: World, id: string, wanted: string): Promise<string[]> {
  const person = await service.identify({ person: "ana", tenant });
  const card = (await service.proposals({ person, tenant })).find((one) => one.id === id);
  return card?.state === wanted ? [] : [`the proposal is ${card?.state ?? "gone"} instead of ${wanted}`];
}

async function happen({ proposal }: HappensTurn, world: World, progress: Progress): Promise<void> {
  const target = proposalOf(proposal, progress);
  progress.proposals.push(await world.lapse(target.id));
}
