import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  countingSystem,
  limitTool,
  openTestGate,
  previewOf,
  type TestGate,
} from "../../tests/integration/gate/fixture.ts";
import type { Preview } from "../../tools/define.ts";
import { decide } from "./decide.ts";
import { ProposalRejectedBeforeError } from "./errors.ts";
import { execute } from "./execute.ts";
import { listProposals } from "./gate.ts";

let test: TestGate;
const other = countingSystem();
/** What the log says about the next proposal, and at which digest of it. */
let evidence = { value: 40, hash: "a".repeat(64) };
const preview = async (input: { order: string; limit: number }): Promise<Preview> => ({
  ...previewOf(input),
  facts: [
    {
      id: `f_${evidence.hash.slice(0, 8)}`,
      value: evidence.value,
      unit: "cases",
      label: "cases over the limit",
      sql: "SELECT count(*) FROM cases",
      source: { kind: "log", log: "orders" },
      rows: 100,
      hash: evidence.hash,
    },
  ],
});
const tool = limitTool(other, { preview });
let orders = 0;
const nextInput = () => ({ order: `${++orders}`, limit: 500 });

async function rejected(reason: string | undefined = "too low for key accounts") {
  const input = nextInput();
  const [row] = await test.propose(tool, { input });
  await decide(test.gate, await test.decide(row!.id, "ana", { verdict: "reject", reason }));
  return { input, id: row!.id };
}

/** The decision's row refuses changes, so its guard is off while it is made older. */
async function age(proposal: string, days: number): Promise<void> {
  await test.database.transaction(async (transaction) => {
    await transaction.execute(sql`alter table decisions disable trigger user`);
    await transaction.execute(
      sql`update decisions set created_at = created_at - ${days} * interval '1 day' where proposal = ${proposal}`,
    );
    await transaction.execute(sql`alter table decisions enable trigger user`);
  });
}

beforeAll(async () => {
  test = await openTestGate();
});
afterAll(() => test.close());

describe("a write that was rejected", () => {
  it("does not come back on the same evidence, and says who rejected it, when and why", async () => {
    const { input, id } = await rejected();
    const before = await listProposals(test.database, test.tenant);
    const refused = await test.propose(tool, { input, by: "arun" }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProposalRejectedBeforeError);
    const { rejection } = refused as ProposalRejectedBeforeError;
    expect(rejection).toMatchObject({ proposal: id, reason: "too low for key accounts" });
    expect(Date.parse(rejection.until) - rejection.at.getTime()).toBeGreaterThan(28.9 * 86_400_000);
    const today = rejection.at.toISOString().slice(0, 10);
    expect(refused).toMatchObject({
      status: 409,
      message: expect.stringMatching(new RegExp(`^Ana.* rejected .*${today}.*too low for key accounts`)),
    });
    expect(await listProposals(test.database, test.tenant)).toHaveLength(before.length);
  });

  it("stands when the log grew and says the same, and falls when its figures change", async () => {
    const { input } = await rejected();
    evidence = { ...evidence, hash: "b".repeat(64) };
    await expect(test.propose(tool, { input })).rejects.toThrow(ProposalRejectedBeforeError);
    evidence = { value: 41, hash: "c".repeat(64) };
    expect(await test.propose(tool, { input })).toMatchObject([{ state: "pending" }]);
  });

  it("comes back after thirty days of the database's clock, not before", async () => {
    const { input, id } = await rejected(undefined);
    await age(id, 29);
    await expect(test.propose(tool, { input })).rejects.toThrow(ProposalRejectedBeforeError);
    await age(id, 1);
    expect(await test.propose(tool, { input })).toMatchObject([{ state: "pending" }]);
  });

  it("stands in the way of nothing else: another input, or one that was approved", async () => {
    const { input } = await rejected();
    expect(await test.propose(tool, { input: { ...input, limit: 400 } })).toMatchObject([
      { state: "pending" },
    ]);
    const approved = nextInput();
    const [row] = await test.propose(tool, { input: approved });
    await decide(test.gate, await test.decide(row!.id, "ana"));
    await execute(test.ports(tool), test.tenant, row!.id);
    expect(await test.propose(tool, { input: approved })).toMatchObject([{ state: "pending" }]);
  });
});
