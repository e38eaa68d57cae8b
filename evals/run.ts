/** Runs suites against the agent. Each case has a world of its own; nothing is shared between cases. */
import type { AgentService } from "../agent/service.ts";
import type { Case } from "./case.ts";
import { grade } from "./grade.ts";

/** A fresh agent with the sample processes, and the effects that other systems have seen. */
export interface World {
  readonly service: AgentService;
  readonly tenant: string;
  readonly now: Date;
  effects(): Promise<number>;
  close(): Promise<void>;
}

export interface CaseResult {
  readonly id: string;
  readonly persona: Case["persona"];
  readonly passed: boolean;
  /** What did not hold, with the turn (1…) it was noticed in. */
  readonly problems: readonly { readonly turn: number; readonly problem: string }[];
  readonly transcript: readonly { readonly say: string; readonly reply: string }[];
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly openWorld: () => Promise<World>;
  readonly clock: () => number;
  readonly onResult?: (result: CaseResult) => Promise<void>;
}

export async function runCases(cases: readonly Case[], options: RunOptions): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of cases) {
    const result = await runCase(one, options);
    await options.onResult?.(result);
    results.push(result);
  }
  return results;
}

async function runCase(one: Case, { openWorld, clock }: RunOptions): Promise<CaseResult> {
  const world = await openWorld();
  const began = clock();
  try {
    const { problems, transcript } = await converse(one, world);
    const effects = await world.effects();
    if (effects !== one.effects)
      problems.push({ turn: one.turns.length, problem: `${effects} effects instead of ${one.effects}` });
    return {
      id: one.id,
      persona: one.persona,
      passed: problems.length === 0,
      problems,
      transcript,
      milliseconds: clock() - began,
    };
  } finally {
    await world.close();
  }
}

async function converse(one: Case, world: World) {
  const problems: { turn: number; problem: string }[] = [];
  const transcript: { say: string; reply: string }[] = [];
  const person = await world.service.identify({ person: one.person, tenant: world.tenant });
  for (const [index, turn] of one.turns.entries()) {
    const reply = await world.service.ask({
      person,
      tenant: world.tenant,
      channel: "eval",
      thread: `eval-${one.id}`,
      text: turn.say,
      now: world.now,
      ...(one.log ? { log: one.log } : {}),
    });
    transcript.push({ say: turn.say, reply: reply.reply });
    problems.push(...grade(reply, turn.expect).map((problem) => ({ turn: index + 1, problem })));
  }
  return { problems, transcript };
}
