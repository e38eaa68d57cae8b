import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proposals } from "../../db/schema/index.ts";
import {
  countingSystem,
  limitTool,
  openTestGate,
  type TestGate,
} from "../../tests/integration/gate/fixture.ts";
import { decide } from "./decide.ts";
import {
  AlreadyDecidedError,
  DecisionNotAllowedError,
  DigestMismatchError,
  ProposalExpiredError,
  ProposalNotFoundError,
  ProposalSupersededError,
} from "./errors.ts";
import { execute } from "./execute.ts";
import { expireProposals } from "./expire.ts";
import { decisionsOn, findProposal } from "./gate.ts";
import { verifyLedger } from "./ledger.ts";
import { defaultPolicies } from "./policy.ts";
import { createProposals, supersede } from "./proposal.ts";

let test: TestGate;
const other = countingSystem();
const tool = limitTool(other);
let orders = 0;
const nextInput = () => ({ order: `${++orders}`, limit: 500 });
const propose = async (by = "maya") => (await test.propose(tool, { input: nextInput(), by }))[0]!;
const shortLived = [{ ...defaultPolicies[1]!, hours: 0.4 / 3_600 }];
const stateOf = async (id: string) => (await findProposal(test.database, test.tenant, id)).state;

beforeAll(async () => {
  test = await openTestGate();
});
afterAll(async () => {
  expect(await verifyLedger(test.database, test.tenant, test.gate.head)).toMatchObject({ ok: true });
  await test.close();
});

describe("who may decide", () => {
  it("lets an approver who did not ask for it approve, and says who may", async () => {
    const { id, digest } = await propose();
    const result = await decide(test.gate, await test.decide(id, "ana", { digest, reason: "fine" }));
    expect(result).toMatchObject({
      already: false,
      proposal: { state: "approved", approvers: ["ana", "ben"], requester: "maya", digest },
      decisions: [{ person: "ana", verdict: "approve", reason: "fine" }],
    });
  });

  it.each([
    ["a manager", "maya"],
    ["an analyst", "arun"],
    ["an administrator", "dev"],
  ])("refuses %s who is no approver", async (_role, who) => {
    const { id } = await propose("arun");
    await expect(decide(test.gate, await test.decide(id, who))).rejects.toThrow(DecisionNotAllowedError);
    expect(await stateOf(id)).toBe("pending");
  });

  it("refuses an approver who asked for it, both ways", async () => {
    const { id } = await propose("ana");
    for (const verdict of ["approve", "reject"] as const) {
      await expect(decide(test.gate, await test.decide(id, "ana", { verdict }))).rejects.toMatchObject({
        name: "DecisionNotAllowedError",
        status: 403,
      });
    }
  });

  it("refuses nobody, somebody unknown, somebody who claims a role and somebody from elsewhere", async () => {
    const { id } = await propose();
    const roles = ["approver"] as const;
    const strangers = [
      null,
      { id: "zoe", tenant: test.tenant, name: "Zoe", roles },
      { id: "arun", tenant: test.tenant, name: "Arun", roles },
      { id: "ana", tenant: "elsewhere", name: "Ana", roles },
    ];
    for (const person of strangers) {
      const request = await test.decide(id, "ana", { person });
      await expect(decide(test.gate, request)).rejects.toThrow(DecisionNotAllowedError);
    }
    expect(await stateOf(id)).toBe("pending");
  });

  it("refuses an approver who has left", async () => {
    const { id } = await propose();
    const request = await test.decide(id, "ben");
    await test.database.execute(sql`update people set active = false where id = 'ben'`);
    await expect(decide(test.gate, request)).rejects.toThrow(DecisionNotAllowedError);
    await test.database.execute(sql`update people set active = true where id = 'ben'`);
  });

  it("does not know proposals that are not there, nor those of another tenant", async () => {
    const { id } = await propose();
    await expect(decide(test.gate, await test.decide("p_none", "ana"))).rejects.toThrow(
      ProposalNotFoundError,
    );
    const elsewhere = await test.decide(id, "ana", { tenant: "elsewhere" });
    await expect(decide(test.gate, elsewhere)).rejects.toThrow(ProposalNotFoundError);
  });
});

describe("one decision", () => {
  it("counts a double click once, whether clicks come one after the other or at once", async () => {
    const { id, digest } = await propose();
    const request = await test.decide(id, "ana", { digest });
    const results = await Promise.all(Array.from({ length: 6 }, () => decide(test.gate, request)));
    expect(results.filter(({ already }) => !already)).toHaveLength(1);
    const [first] = results;
    const later = await decide(test.gate, request);
    expect(later.already).toBe(true);
    expect(later.decisions).toEqual(first!.decisions);
    expect(await decisionsOn(test.database, await findProposal(test.database, test.tenant, id))).toHaveLength(
      1,
    );
  });

  it("still says already to the same person after the execution", async () => {
    const { id } = await propose();
    const request = await test.decide(id, "ana");
    await decide(test.gate, request);
    await execute(test.ports(tool), test.tenant, id);
    expect(await decide(test.gate, request)).toMatchObject({
      already: true,
      proposal: { state: "executed" },
    });
  });

  it("lets one of two approvers win when both decide at once", async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await propose();
      const results = await Promise.allSettled([
        decide(test.gate, await test.decide(id, "ana")),
        decide(test.gate, await test.decide(id, "ben", { verdict: "reject" })),
      ]);
      const won = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      const lost = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(won).toHaveLength(1);
      expect(lost).toEqual([expect.any(AlreadyDecidedError)]);
      expect(await stateOf(id)).toBe(won[0]!.decisions[0]!.verdict === "approve" ? "approved" : "rejected");
    }
  });

  it("tells the other approver who decided, and refuses a change of mind", async () => {
    const { id } = await propose();
    await decide(test.gate, await test.decide(id, "ana", { verdict: "reject", reason: "too low" }));
    await expect(decide(test.gate, await test.decide(id, "ben"))).rejects.toThrow(/reject by ana/);
    await expect(decide(test.gate, await test.decide(id, "ana"))).rejects.toMatchObject({ status: 409 });
    expect(await stateOf(id)).toBe("rejected");
  });

  it("does not take a reason's NUL characters, or half of a character, for an error", async () => {
    const { id } = await propose();
    const request = await test.decide(id, "ana", { verdict: "reject", reason: "no\0 way\ud83d" });
    expect((await decide(test.gate, request)).decisions[0]!.reason).toBe("no way\ufffd");
  });

  it("is never asked about an input that cannot be kept as it is", async () => {
    for (const order of ["7\0", "7\ud83d"])
      await expect(test.propose(tool, { input: { order, limit: 500 } })).rejects.toMatchObject({
        status: 422,
      });
    const [row] = await test.propose(tool, { input: { order: "a backslash: \\u0000 \\ud83d", limit: 500 } });
    expect(row).toMatchObject({ state: "pending" });
  });
});

describe("quorum", () => {
  const irreversible = limitTool(other, { risk: "irreversible" });

  it("asks two people for what cannot be taken back", async () => {
    const [row] = await test.propose(irreversible, { input: nextInput() });
    const ana = await test.decide(row!.id, "ana");
    expect((await decide(test.gate, ana)).proposal.state).toBe("pending");
    expect(await decide(test.gate, ana)).toMatchObject({ already: true, proposal: { state: "pending" } });
    expect((await execute(test.ports(irreversible), test.tenant, row!.id)).state).toBe("pending");
    expect((await decide(test.gate, await test.decide(row!.id, "ben"))).proposal.state).toBe("approved");
  });

  it("is reached when both approve at once", async () => {
    for (let round = 0; round < 5; round++) {
      const [row] = await test.propose(irreversible, { input: nextInput() });
      const requests = await Promise.all(["ana", "ben"].map((who) => test.decide(row!.id, who)));
      await Promise.all(requests.map((request) => decide(test.gate, request)));
      expect(await stateOf(row!.id)).toBe("approved");
    }
  });

  it("ends with one rejection", async () => {
    const [row] = await test.propose(irreversible, { input: nextInput() });
    await decide(test.gate, await test.decide(row!.id, "ana"));
    await decide(test.gate, await test.decide(row!.id, "ben", { verdict: "reject" }));
    expect(await stateOf(row!.id)).toBe("rejected");
  });
});

describe("the exact input", () => {
  it("refuses another digest", async () => {
    const [first, second] = [await propose(), await propose()];
    const request = await test.decide(first.id, "ana", { digest: second.digest });
    await expect(decide(test.gate, request)).rejects.toThrow(DigestMismatchError);
  });

  it("refuses a stale approval once a changed input took its place", async () => {
    const old = await propose();
    const [changed] = await test.propose(tool, { input: { order: `${orders}`, limit: 400 } });
    await supersede(test.gate, {
      tenant: test.tenant,
      proposals: [old.id],
      by: changed!.id,
      person: "maya",
    });
    expect(changed!.digest).not.toBe(old.digest);
    await expect(
      decide(test.gate, await test.decide(old.id, "ana", { digest: old.digest })),
    ).rejects.toMatchObject({ name: ProposalSupersededError.name, by: changed!.id });
    expect((await execute(test.ports(tool), test.tenant, old.id)).state).toBe("superseded");
    expect(await stateOf(changed!.id)).toBe("pending");
  });

  it("withdraws what was approved and not begun, and leaves what was executed", async () => {
    const [before, after] = [await propose(), await propose()];
    for (const { id } of [before, after]) await decide(test.gate, await test.decide(id, "ana"));
    await execute(test.ports(tool), test.tenant, after.id);
    const ids = [before.id, after.id];
    const gone = await supersede(test.gate, {
      tenant: test.tenant,
      proposals: ids,
      by: null,
      person: "maya",
    });
    expect(gone.map(({ id }) => id)).toEqual([before.id]);
    expect((await execute(test.ports(tool), test.tenant, before.id)).state).toBe("superseded");
    expect(await stateOf(after.id)).toBe("executed");
    const elsewhere = { tenant: "elsewhere", proposals: [(await propose()).id], by: null, person: "maya" };
    expect(await supersede(test.gate, elsewhere)).toEqual([]);
  });

  it("never executes both of two versions, however approval and change meet", async () => {
    for (let round = 0; round < 10; round++) {
      const old = await propose();
      await Promise.allSettled([
        decide(test.gate, await test.decide(old.id, "ana")).then(() =>
          execute(test.ports(tool), test.tenant, old.id),
        ),
        supersede(test.gate, { tenant: test.tenant, proposals: [old.id], by: null, person: "maya" }),
      ]);
      expect(await stateOf(old.id)).toBe(other.effects.has(old.idempotencyKey) ? "executed" : "superseded");
    }
  });

  it("returns the proposal that waits already, also when asked many times at once", async () => {
    const input = nextInput();
    const made = await Promise.all(Array.from({ length: 5 }, () => test.propose(tool, { input })));
    expect(new Set(made.flat().map(({ id }) => id)).size).toBe(1);
    await decide(test.gate, await test.decide(made[0]![0]!.id, "ana"));
    const [again] = await test.propose(tool, { input });
    expect(again!.id).not.toBe(made[0]![0]!.id);
  });

  it("makes none of a batch when one input does not fit", async () => {
    const before = await test.database.select().from(proposals);
    const context = {
      ...(await import("../../tests/integration/gate/fixture.ts")).testContext(
        test.database,
        test.tenant,
        await test.person("maya"),
      ),
    };
    const requests = [nextInput(), { order: "x", limit: "much" }, { order: "a\0b", limit: 1 }];
    await expect(
      createProposals(test.gate, { requests: requests.map((input) => ({ tool, input })), context }),
    ).rejects.toMatchObject({ status: 422 });
    expect(await test.database.select().from(proposals)).toHaveLength(before.length);
  });
});

describe("a batch", () => {
  it("is decided one by one", async () => {
    const rows = await test.propose(tool, ...[1, 2, 3].map(() => ({ input: nextInput() })));
    await decide(test.gate, await test.decide(rows[0]!.id, "ana"));
    await decide(test.gate, await test.decide(rows[1]!.id, "ana", { verdict: "reject" }));
    for (const { id } of rows) await execute(test.ports(tool), test.tenant, id);
    expect(await Promise.all(rows.map(({ id }) => stateOf(id)))).toEqual(["executed", "rejected", "pending"]);
  });
});

describe("expiry", () => {
  it("goes by the database's clock: too late is too late, before anything has marked it", async () => {
    const [row] = await test.propose(tool, { input: nextInput(), policies: shortLived });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await stateOf(row!.id)).toBe("pending");
    await expect(decide(test.gate, await test.decide(row!.id, "ana"))).rejects.toMatchObject({
      name: ProposalExpiredError.name,
      status: 410,
    });
    expect((await expireProposals(test.gate, test.tenant)).map(({ id }) => id)).toContain(row!.id);
    await expect(decide(test.gate, await test.decide(row!.id, "ana"))).rejects.toThrow(ProposalExpiredError);
  });

  it("does not undo a decision that came in time", async () => {
    const [row] = await test.propose(tool, { input: nextInput(), policies: shortLived });
    await decide(test.gate, await test.decide(row!.id, "ana"));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await expireProposals(test.gate, test.tenant);
    expect((await execute(test.ports(tool), test.tenant, row!.id)).state).toBe("executed");
  });
});
