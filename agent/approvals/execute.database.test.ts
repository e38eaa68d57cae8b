import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "../../db/rows.ts";
import { ledger, watches } from "../../db/schema/index.ts";
import {
  countingSystem,
  limitTool,
  openTestGate,
  previewOf,
  type TestGate,
  testContext,
} from "../../tests/integration/gate/fixture.ts";
import { decide } from "./decide.ts";
import { ExecutionRefusedError, OutcomeUnknownError } from "./errors.ts";
import { type CrashPoint, execute } from "./execute.ts";
import { findProposal } from "./gate.ts";
import { verifyLedger } from "./ledger.ts";
import { defaultPolicies } from "./policy.ts";
import { proposeUndo } from "./proposal.ts";
import { recover } from "./recover.ts";
import { sqlState } from "./refusal.ts";

let test: TestGate;
let orders = 0;
const nextInput = () => ({ order: `${++orders}`, limit: 500 });
type LimitTool = ReturnType<typeof limitTool>;

async function approved(tool: LimitTool) {
  const [row] = await test.propose(tool, { input: nextInput() });
  for (const who of tool.risk === "irreversible" ? ["ana", "ben"] : ["ana"]) {
    await decide(test.gate, await test.decide(row!.id, who));
  }
  return findProposal(test.database, test.tenant, row!.id);
}
const stateOf = async (id: string) => (await findProposal(test.database, test.tenant, id)).state;
const raw = (statement: string) => test.database.execute(sql.raw(statement));
const refusal = (statement: string) => raw(statement).then(() => "done", sqlState);
/** As the database's owner, past every trigger. */
const pastTriggers = (statement: string) =>
  test.database.transaction(async (transaction) => {
    await transaction.execute(sql.raw("set local session_replication_role = replica"));
    await transaction.execute(sql.raw(statement));
  });

beforeAll(async () => {
  test = await openTestGate();
});
afterAll(async () => {
  expect(await verifyLedger(test.database, test.tenant, test.gate.head)).toMatchObject({ ok: true });
  await test.close();
});

describe("the executor", () => {
  it("executes once, however many executors are called at once", async () => {
    const other = countingSystem();
    const tool = limitTool(other);
    for (let round = 0; round < 5; round++) {
      const { id } = await approved(tool);
      await Promise.all(Array.from({ length: 8 }, () => execute(test.ports(tool), test.tenant, id)));
      expect(await stateOf(id)).toBe("executed");
      await execute(test.ports(tool), test.tenant, id);
      expect(other.requests).toHaveLength(round + 1);
    }
  });

  it("keeps the other system's receipt, and writes what happened into the ledger", async () => {
    const tool = limitTool(countingSystem());
    const { id, idempotencyKey } = await approved(tool);
    const row = await execute(test.ports(tool), test.tenant, id);
    expect(row.receipt).toMatchObject({ references: [{ system: "orders", id: `E-${idempotencyKey}` }] });
    const entries = await test.database
      .select()
      .from(ledger)
      .where(eq(ledger.subject, id))
      .orderBy(ledger.seq);
    expect(entries.map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      "proposal-created maya",
      "decision-approve ana",
      "execution-started executor",
      "execution-executed executor",
    ]);
  });

  it.each(["pending", "rejected", "superseded"])("does nothing with what is %s", async (state) => {
    const other = countingSystem();
    const tool = limitTool(other);
    const [row] = await test.propose(tool, { input: nextInput() });
    if (state === "rejected")
      await decide(test.gate, await test.decide(row!.id, "ana", { verdict: "reject" }));
    if (state === "superseded")
      await raw(`update proposals set state = 'superseded' where id = '${row!.id}'`);
    expect((await execute(test.ports(tool), test.tenant, row!.id)).state).toBe(state);
    expect(other.requests).toEqual([]);
  });

  it("refuses an input that was changed behind the triggers' back", async () => {
    const other = countingSystem();
    const tool = limitTool(other);
    const { id } = await approved(tool);
    await pastTriggers(`update proposals set input = '{"order":"1","limit":99999}' where id = '${id}'`);
    const row = await execute(test.ports(tool), test.tenant, id);
    expect(row).toMatchObject({ state: "failed", failure: { type: "urn:millwright:digest-mismatch" } });
    expect(other.requests).toEqual([]);
  });

  it("refuses another version of the tool than the one that was approved", async () => {
    const other = countingSystem();
    const { id } = await approved(limitTool(other));
    const newer = limitTool(other, { version: 2 });
    const row = await execute(test.ports(newer), test.tenant, id);
    expect(row).toMatchObject({ state: "failed", failure: { type: "urn:millwright:execution-refused" } });
    expect(other.requests).toEqual([]);
  });

  it("says what went wrong when the other system refuses", async () => {
    const tool = limitTool(countingSystem(), {
      execute: () => Promise.reject(new ExecutionRefusedError("x", "the order is closed")),
    });
    const { id } = await approved(tool);
    const row = await execute(test.ports(tool), test.tenant, id);
    expect(row).toMatchObject({
      state: "failed",
      failure: { detail: expect.stringContaining("order is closed") },
    });
  });

  it("counts an answer that got lost as done when the other system has the effect", async () => {
    const other = countingSystem();
    const tool = limitTool(other, {
      execute: async (input, { idempotencyKey }) => {
        await other.act(idempotencyKey, input);
        throw new Error("socket hang up");
      },
    });
    const { id } = await approved(tool);
    expect((await execute(test.ports(tool), test.tenant, id)).state).toBe("executed");
  });

  it("is in doubt when the other system cannot be asked", async () => {
    const { reconcile: _, ...mute } = limitTool(countingSystem(), {
      execute: () => Promise.reject(new OutcomeUnknownError("x", "no answer")),
    });
    const { id } = await approved(mute);
    expect((await execute(test.ports(mute), test.tenant, id)).state).toBe("in-doubt");
    const { reconcile: __, ...final } = limitTool(countingSystem(), {
      risk: "irreversible",
      execute: () => Promise.reject(new Error("socket hang up")),
    });
    const third = await approved(final);
    expect((await execute(test.ports(final), test.tenant, third.id)).state).toBe("in-doubt");
    const unreachable = limitTool(countingSystem(), {
      execute: () => Promise.reject(new Error("timeout")),
      reconcile: () => Promise.reject(new Error("timeout")),
    });
    const second = await approved(unreachable);
    expect((await execute(test.ports(unreachable), test.tenant, second.id)).state).toBe("in-doubt");
  });

  it("puts what was promised under watch", async () => {
    const promise = {
      log: "orders",
      metric: "cycle_time" as const,
      unit: "s",
      before: 10,
      expected: 8,
      low: 7,
      high: 9,
      minimumCases: 30,
      sql: "select 1",
    };
    const tool = limitTool(countingSystem(), {
      preview: async (input) => ({ ...previewOf(input), promise }),
    });
    const { id } = await approved(tool);
    await execute(test.ports(tool), test.tenant, id);
    const [watch] = await test.database.select().from(watches).where(eq(watches.proposal, id));
    expect(watch).toMatchObject({ kind: "promise", log: "orders", definition: promise, state: "active" });
  });

  it("takes back through a proposal of its own", async () => {
    const other = countingSystem();
    const tool = limitTool(other);
    const done = await execute(test.ports(tool), test.tenant, (await approved(tool)).id);
    const context = testContext(test.database, test.tenant, await test.person("maya"));
    const back = await proposeUndo(test.gate, { proposal: done.id, context, findTool: () => tool });
    expect(back).toMatchObject({ state: "pending", undoes: done.id, input: { limit: 0 } });
    expect(await stateOf(done.id)).toBe("executed");
    await decide(test.gate, await test.decide(back.id, "ben"));
    await execute(test.ports(tool), test.tenant, back.id);
    expect(await stateOf(done.id)).toBe("undone");
    await expect(
      proposeUndo(test.gate, { proposal: done.id, context, findTool: () => tool }),
    ).rejects.toThrow(ExecutionRefusedError);
  });
});

describe("after a crash", () => {
  /** An executor that never gets further than `at`, as if its process had died there. */
  const frozenAt = (at: CrashPoint) => (point: CrashPoint) =>
    point === at ? new Promise<void>(() => undefined) : undefined;
  const points: CrashPoint[] = [
    "before-claim",
    "after-claim",
    "before-act",
    "after-act",
    "before-record",
    "after-record",
  ];
  const reached = async (id: string, state: string): Promise<void> => {
    await expect.poll(() => stateOf(id), { interval: 5 }).toBe(state);
  };

  it.each(points)("has one effect when the executor dies %s", async (point) => {
    const other = countingSystem();
    const tool = limitTool(other);
    const { id, idempotencyKey } = await approved(tool);
    let arrived = false;
    void execute(
      test.ports(tool, (at) => {
        arrived ||= at === point;
        return frozenAt(point)(at);
      }),
      test.tenant,
      id,
    );
    await expect.poll(() => arrived, { interval: 5 }).toBe(true);
    await recover(test.ports(tool), { tenant: test.tenant, alone: true });
    expect(await stateOf(id)).toBe("executed");
    expect(other.requests.filter((key) => key === idempotencyKey)).toHaveLength(1);
  });

  it("never tries an irreversible action again", async () => {
    const other = countingSystem();
    const tool = limitTool(other, { risk: "irreversible" });
    const { id } = await approved(tool);
    void execute(test.ports(tool, frozenAt("before-act")), test.tenant, id);
    await reached(id, "executing");
    await recover(test.ports(tool), { tenant: test.tenant, alone: true });
    expect(await stateOf(id)).toBe("failed");
    expect(other.requests).toEqual([]);
    const doubtful = await approved(tool);
    void execute(test.ports(tool, frozenAt("after-claim")), test.tenant, doubtful.id);
    await reached(doubtful.id, "executing");
    await raw(`update proposals set state = 'in-doubt' where id = '${doubtful.id}'`);
    expect(await refusal(`update proposals set state = 'executing' where id = '${doubtful.id}'`)).toBe(
      "MW409",
    );
  });

  it("leaves in doubt what nobody can tell, and says so once", async () => {
    const { reconcile: _, ...tool } = limitTool(countingSystem());
    const { id } = await approved(tool);
    void execute(test.ports(tool, frozenAt("after-act")), test.tenant, id);
    await reached(id, "executing");
    const lines = async () =>
      (await test.database.select().from(ledger).where(eq(ledger.subject, id))).length;
    await recover(test.ports(tool), { tenant: test.tenant, alone: true });
    const said = await lines();
    await recover(test.ports(tool), { tenant: test.tenant, alone: true });
    expect(await stateOf(id)).toBe("in-doubt");
    expect(await lines()).toBe(said);
  });

  it("leaves a living executor's claim alone", async () => {
    const other = countingSystem();
    const tool = limitTool(other);
    const { id, idempotencyKey } = await approved(tool);
    void execute(test.ports(tool, frozenAt("after-claim")), test.tenant, id);
    await reached(id, "executing");
    await recover(test.ports(tool), { tenant: test.tenant, alone: false });
    expect(await stateOf(id)).toBe("executing");
    await raw(`update proposals set claimed_until = now() - interval '1 second' where id = '${id}'`);
    await Promise.all([1, 2, 3].map(() => recover(test.ports(tool), { tenant: test.tenant, alone: false })));
    expect(await stateOf(id)).toBe("executed");
    expect(other.requests.filter((key) => key === idempotencyKey)).toHaveLength(1);
  });
});

describe("the executor's SQL, past all code", () => {
  const tool = limitTool(countingSystem());
  const pending = async () => (await test.propose(tool, { input: nextInput() }))[0]!;

  it("is refused without a decision", async () => {
    const { id } = await pending();
    for (const state of ["executing", "executed", "failed", "in-doubt", "undone"]) {
      expect(await refusal(`update proposals set state = '${state}' where id = '${id}'`)).toBe("MW409");
    }
    expect(await refusal(`update proposals set state = 'approved' where id = '${id}'`)).toBe("MW403");
    expect(await refusal(`update proposals set state = 'rejected' where id = '${id}'`)).toBe("MW403");
    expect(await stateOf(id)).toBe("pending");
  });

  it("is refused when the approver lost the role meanwhile", async () => {
    const { id } = await approved(tool);
    await raw("delete from roles where person = 'ana'");
    expect(await refusal(`update proposals set state = 'executing' where id = '${id}'`)).toBe("MW403");
    await raw(`insert into roles (tenant, person, role) values ('${test.tenant}', 'ana', 'approver')`);
    expect(await refusal(`update proposals set state = 'executing' where id = '${id}'`)).toBe("done");
  });

  it.each([
    ["maya", "no approver", "MW403"],
    ["zoe", "unknown", "MW403"],
  ])("takes no forged decision by %s, who is %s", async (person, _why, code) => {
    const { id, digest } = await pending();
    const forged = `insert into decisions (id, tenant, proposal, digest, person, verdict, channel)
      values ('d-${id}', '${test.tenant}', '${id}', '${digest}', '${person}', 'approve', 'web')`;
    expect(await refusal(forged)).toBe(code);
  });

  it("takes no decision on another digest, of the requester, or after the decision", async () => {
    const { id, digest } = await pending();
    const byApprover = (await test.propose(tool, { input: nextInput(), by: "ben" }))[0]!;
    const decision = (proposal: string, exactly: string, person: string) =>
      `insert into decisions (id, tenant, proposal, digest, person, verdict, channel)
       values (gen_random_uuid(), '${test.tenant}', '${proposal}', '${exactly}', '${person}', 'approve', 'web')`;
    expect(await refusal(decision(id, "0".repeat(64), "ana"))).toBe("MW409");
    expect(await refusal(decision(byApprover.id, byApprover.digest, "ben"))).toBe("MW403");
    expect(await refusal(decision(id, digest, "ana"))).toBe("done");
    expect(await refusal(decision(id, digest, "ana"))).toBe("23505");
    expect(await refusal(`update proposals set state = 'approved' where id = '${id}'`)).toBe("done");
    expect(await refusal(decision(id, digest, "ben"))).toBe("MW409");
  });

  it("takes no decision once the proposal lapsed, marked or not", async () => {
    const policies = [{ ...defaultPolicies[1]!, hours: 0.2 / 3_600 }];
    const [row] = await test.propose(tool, { input: nextInput(), policies });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const late = `insert into decisions (id, tenant, proposal, digest, person, verdict, channel)
      values ('d-${row!.id}', '${test.tenant}', '${row!.id}', '${row!.digest}', 'ana', 'approve', 'web')`;
    expect(await refusal(late)).toBe("MW410");
  });

  it("cannot date a decision back", async () => {
    const { id, digest } = await pending();
    await raw(`insert into decisions (id, tenant, proposal, digest, person, verdict, channel, created_at)
      values ('d-${id}', '${test.tenant}', '${id}', '${digest}', 'ana', 'approve', 'web', '2001-01-01')`);
    const [row] = await rowsOf<{ recent: boolean }>(
      test.database,
      sql`select created_at > now() - interval '1 minute' as recent from decisions where proposal = ${id}`,
    );
    expect(row!.recent).toBe(true);
  });

  it.each([
    ["input", `'{"order":"1","limit":1}'`],
    ["digest", "repeat('0', 64)"],
    ["tool", "'test.other'"],
    ["requester", "'arun'"],
    ["quorum", "0"],
    ["approver_role", "'viewer'"],
    ["expires_at", "now() + interval '1 year'"],
    ["idempotency_key", "'another'"],
    ["preview", `'{}'`],
  ])("cannot change a proposal's %s", async (column, value) => {
    const { id } = await pending();
    expect(await refusal(`update proposals set ${column} = ${value} where id = '${id}'`)).toBe("MW423");
  });

  it("cannot begin a proposal as approved, and removes nothing", async () => {
    const { id } = await approved(tool);
    const copy = `insert into proposals select (jsonb_populate_record(p, jsonb_build_object(
      'id', 'forged', 'idempotency_key', 'forged'))).* from proposals p where id = '${id}'`;
    expect(await refusal(copy)).toBe("MW409");
    for (const statement of [
      `delete from proposals where id = '${id}'`,
      "truncate proposals cascade",
      `delete from decisions where proposal = '${id}'`,
      `update decisions set person = 'ben' where proposal = '${id}'`,
      "truncate decisions",
      "truncate ledger",
      "delete from ledger",
      "update ledger set actor = 'maya'",
      "delete from ledger_heads",
      "update ledger_heads set seq = 1",
    ]) {
      expect(await refusal(statement)).toBe("MW423");
    }
  });
});
