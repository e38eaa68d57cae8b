import { describe, expect, it } from "vitest";
import type { AgentService, Reply } from "../agent/service.ts";
import { MillwrightError } from "../errors.ts";
import { type Case, CaseSchema } from "./case.ts";
import { notRun, runCase } from "./run.ts";
import type { SuiteCase } from "./suites.ts";
import type { World } from "./world.ts";

const reply = (more: Partial<Reply> = {}): Reply => ({
  thread: "t",
  turn: "1",
  reply: "It is so.",
  marks: [],
  language: "en",
  facts: [],
  calls: [],
  views: [],
  proposals: [],
  clarification: null,
  planner: "built-in",
  answer: null,
  ...more,
});

const proposal = {
  id: "p1",
  state: "pending",
  tool: "rules.publish",
  digest: "d".repeat(64),
  summary: "A rule",
  preview: {},
  requester: "maya",
  approvers: ["ana"],
  expires: "",
};

interface Acts {
  readonly ask?: (text: string) => Reply;
  readonly decide?: (request: { digest?: string; verdict: string }) => { already: boolean };
  readonly effects?: () => number;
  readonly state?: () => string;
  readonly fact?: () => { agrees: boolean; value: number };
}

/** A world that does what the test says. */
function world({ ask, decide, effects, state, fact }: Acts): World {
  const service = {
    identify: async ({ person }: { person: string }) => ({
      id: person,
      tenant: "t",
      name: person,
      roles: [],
    }),
    ask: async ({ text }: { text: string }) => ask?.(text) ?? reply(),
    decide: async (request: { digest?: string; verdict: string }) => decide?.(request) ?? { already: false },
    proposals: async () => [{ ...proposal, state: "executed" }],
    fact: async () => ({ rerun: fact?.() ?? { agrees: true, value: 1 } }),
  } as unknown as AgentService;
  return {
    service,
    tenant: "t",
    now: new Date(0),
    script: () => undefined,
    effects: async () => effects?.() ?? 0,
    state: async () => state?.() ?? "same",
    cost: async () => 0,
    lapse: async () => ({ id: "lapsed", digest: "e".repeat(64) }),
    through: async () => ({ facts: [], figuresOnly: false, text: "It is so." }),
    close: async () => undefined,
  };
}

const one = (more: Record<string, unknown> & { turns: unknown }): SuiteCase => ({
  ...(CaseSchema.parse({
    id: "a",
    persona: "manager",
    capability: "waiting",
    risk: "read",
    person: "maya",
    note: "why it is there",
    ...more,
  }) as Case),
  suite: "golden-paths",
  heldOut: false,
});

const options = { tier: "built-in", epoch: 1, clock: () => 0 } as const;
const problems = async (of: SuiteCase, acts: Acts) => (await runCase(of, world(acts), options)).problems;

describe("running a case", () => {
  it("passes when all holds", async () => {
    const result = await runCase(
      one({ turns: [{ say: "x", expect: { proposes: [] } }] }),
      world({}),
      options,
    );
    expect(result).toMatchObject({ status: "passed", problems: [], epoch: 1, tier: "built-in" });
    expect(result.transcript).toMatchObject([{ say: "x", reply: "It is so.", person: "maya" }]);
  });

  it("notices an effect that no decision was to have", async () => {
    let effects = 0;
    const acts = { effects: () => effects++ };
    expect(await problems(one({ turns: [{ say: "x" }] }), acts)).toMatchObject([{ grader: "effects" }]);
  });

  it("notices that something was kept where nothing may be", async () => {
    let state = 0;
    const acts = { state: () => `${state++}` };
    expect(await problems(one({ turns: [{ say: "x" }], unchanged: true }), acts)).toMatchObject([
      { grader: "state" },
    ]);
  });

  it("takes a turn that fails for a finding, and goes on", async () => {
    const acts = {
      ask: (text: string) => {
        if (text === "x") throw new MillwrightError("turn-limit", 500, "Too long");
        return reply();
      },
    };
    expect(await problems(one({ turns: [{ say: "x" }, { say: "y" }] }), acts)).toEqual([
      { turn: 1, grader: "error", problem: "turn-limit: Too long" },
    ]);
  });

  it("makes every fact again where evidence is expected", async () => {
    const fact = {
      id: "f1",
      value: 5,
      unit: "s",
      label: "mean",
      sql: null,
      source: { kind: "call" as const, tool: "x", input: {} },
      rows: 1,
      hash: "",
    };
    const acts = { ask: () => reply({ facts: [fact] }), fact: () => ({ agrees: false, value: 6 }) };
    const turns = [{ say: "x", expect: { evidence: true } }];
    expect(await problems(one({ turns }), acts)).toEqual([
      { turn: 1, grader: "evidence", problem: '"mean" is 5, and 6 when it is made again' },
    ]);
  });

  it("holds what channels hand out against the service's own reply", async () => {
    const turns = [{ say: "x", expect: { channels: ["http"] } }];
    const acts = { ask: () => reply({ reply: "It is not so." }) };
    expect(await problems(one({ turns }), acts)).toMatchObject([
      { grader: "parity", problem: /^http: the words/ },
    ]);
    expect(await problems(one({ turns }), {})).toEqual([]);
  });

  it("calls a wrong call falsely sure, unless it asked or doubted", async () => {
    const turns = [{ say: "x", expect: { calls: ["a.b"] } }];
    const calls = [{ tool: "c.d", input: {}, risk: "read" as const }];
    const sure = async (more: Partial<Reply>) =>
      (await runCase(one({ turns }), world({ ask: () => reply({ calls, ...more }) }), options)).falselySure;
    expect(await sure({})).toBe(true);
    expect(await sure({ clarification: { question: "?", readings: [] } })).toBe(false);
    expect(await sure({ reply: "I am not sure that I read this right." })).toBe(false);
    expect(await sure({ calls: [] })).toBe(false);
  });
});

describe("a decision", () => {
  const proposes = { say: "x", expect: { proposes: ["rules.publish"] } };
  const proposing = { ask: () => reply({ proposals: [proposal] }) };
  const decided = (expect: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    one({ turns: [proposes, { decide: "approve", as: "ana", ...more, expect }] });
  const refuse = () => {
    throw new MillwrightError("not-allowed", 403, "No");
  };

  it("names the digest it was made on, a wrong one, or none", async () => {
    const digests: unknown[] = [];
    const acts = {
      ...proposing,
      decide: ({ digest }: { digest?: string }) => {
        digests.push(digest);
        return { already: false };
      },
    };
    for (const digest of ["right", "wrong", "none"]) await problems(decided({}, { digest }), acts);
    expect(digests).toEqual([proposal.digest, "0".repeat(64), undefined]);
  });

  it("that was to be refused and was not is a finding, and the other way round", async () => {
    expect(await problems(decided({ refused: "not-allowed" }), proposing)).toMatchObject([
      { grader: "decision", problem: /was not refused as not-allowed/ },
    ]);
    expect(await problems(decided({ refused: "not-allowed" }), { ...proposing, decide: refuse })).toEqual([]);
    expect(await problems(decided({}), { ...proposing, decide: refuse })).toMatchObject([
      { grader: "decision", problem: /it was refused: not-allowed/ },
    ]);
  });

  it("counts those that were told that it had been decided", async () => {
    let clicks = 0;
    const acts = { ...proposing, decide: () => ({ already: clicks++ > 0 }) };
    expect(await problems(decided({ already: 1, state: "executed" }, { times: 2 }), acts)).toEqual([]);
    clicks = 0;
    expect(await problems(decided({ already: 0 }, { times: 2 }), acts)).toMatchObject([
      { grader: "decision" },
    ]);
  });

  it("looks at the proposal's state afterwards", async () => {
    expect(await problems(decided({ state: "pending" }), proposing)).toMatchObject([
      { problem: "the proposal is executed instead of pending" },
    ]);
  });

  it("on a proposal that was never made is a finding", async () => {
    const turns = [{ decide: "approve", as: "ana" }];
    expect(await problems(one({ turns }), {})).toMatchObject([{ grader: "error", problem: /no-proposal/ }]);
  });

  it("may come after the proposal has lapsed", async () => {
    const turns = [proposes, { happens: "expiry" }, { decide: "approve", as: "ana" }];
    const digests: unknown[] = [];
    await problems(one({ turns }), {
      ...proposing,
      decide: ({ digest }) => {
        digests.push(digest);
        return { already: false };
      },
    });
    expect(digests).toEqual(["e".repeat(64)]);
  });
});

it("a case that was not run says why, and neither passes nor fails", () => {
  expect(notRun(one({ turns: [{ say: "x" }] }), { tier: "live", epoch: 1 }, "no key")).toMatchObject({
    status: "not-run",
    reason: "no key",
    problems: [],
  });
});
