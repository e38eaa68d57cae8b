/** Worlds as the suites use them: copies that are apart, a scripted model in between, and what can be seen from outside. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CaseSchema } from "../case.ts";
import { runCase } from "../run.ts";
import type { SuiteCase } from "../suites.ts";
import type { World } from "../world.ts";
import { openWorld } from "./open.ts";
import { prepare } from "./prepare.ts";

let folder: string;
let prepared: string;
let number = 0;
const open = (): Promise<World> => {
  number += 1;
  return openWorld({
    prepared,
    folder: join(folder, `${number}`),
    tier: "built-in",
    served: false,
    environment: {},
    report: () => undefined,
  });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millwright-worlds-"));
  prepared = join(folder, "prepared");
  await prepare(prepared, null);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const one = (more: Record<string, unknown>): SuiteCase => ({
  ...CaseSchema.parse({
    id: "a",
    persona: "manager",
    capability: "rules",
    risk: "act",
    person: "maya",
    log: "order-to-cash",
    note: "why it is there",
    ...more,
  }),
  suite: "approvals",
  heldOut: false,
});
const options = { tier: "built-in", epoch: 1, clock: () => performance.now() } as const;
const propose = { say: "if order value > 500, escalate", expect: { proposes: ["rules.publish"] } };

describe("a world", () => {
  it("is the same after a question, another after a proposal, and has one effect after a decision", {
    timeout: 120_000,
  }, async () => {
    const world = await open();
    const before = await world.state();
    const asked = one({ turns: [{ say: "where do we wait?", expect: { calls: ["mining.bottlenecks"] } }] });
    expect((await runCase(asked, world, options)).problems).toEqual([]);
    expect(await world.state()).toBe(before);
    const approved = one({
      id: "b",
      turns: [propose, { decide: "approve", as: "ana", times: 2, expect: { already: 1, state: "executed" } }],
      effects: 1,
    });
    expect((await runCase(approved, world, options)).problems).toEqual([]);
    expect(await world.state()).not.toBe(before);
    await world.close();
    const other = await open();
    expect([await other.effects(), await other.state()]).toEqual([0, before]);
    await other.close();
  });

  it("makes a twin of a proposal whose time is over, on which nobody can decide", {
    timeout: 60_000,
  }, async () => {
    const world = await open();
    const lapsed = one({
      turns: [
        propose,
        { happens: "expiry" },
        { decide: "approve", as: "ana", expect: { refused: "proposal-expired" } },
      ],
    });
    expect((await runCase(lapsed, world, options)).problems).toEqual([]);
    await world.close();
  });

  it("lets a script stand in for the planner for one case only", { timeout: 60_000 }, async () => {
    const world = await open();
    const scripted = one({
      turns: [{ say: "x", expect: { says: ["nothing to add"], calls: [] } }],
      script: [{ text: "There is nothing to add." }],
    });
    expect((await runCase(scripted, world, options)).problems).toEqual([]);
    const plain = one({
      id: "c",
      turns: [{ say: "how many cases are there?", expect: { calls: [["kpi.query", "logs.profile"]] } }],
    });
    expect((await runCase(plain, world, options)).problems).toEqual([]);
    await world.close();
  });

  it("has no channels unless it is served, and answers about evals from a recording", {
    timeout: 60_000,
  }, async () => {
    const world = await open();
    await expect(world.through("slack", { text: "x", person: "maya" })).rejects.toThrow(/no slack channel/);
    const report = one({
      person: "eli",
      turns: [
        {
          say: "which eval cases failed?",
          expect: { calls: ["evals.report"], says: ["recorded-wrong-call"] },
        },
      ],
    });
    expect((await runCase(report, world, options)).problems).toEqual([]);
    await world.close();
  });
});
