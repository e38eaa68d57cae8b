/**
 * The gate across processes: executors that run at once and executors that are killed at every point, against a system
 * that counts. On a server each executor has a connection of its own; embedded, the database is a folder that one
 * process after the other opens.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide } from "../../agent/approvals/decide.ts";
import type { CrashPoint } from "../../agent/approvals/execute.ts";
import { anchorLedger, verifyLedger } from "../../agent/approvals/ledger.ts";
import { fileLedgerHead } from "../../agent/approvals/ledger-head.ts";
import { createProposals } from "../../agent/approvals/proposal.ts";
import { type OpenDatabase, openDatabase } from "../../db/client.ts";
import { personById } from "../../db/queries/people.ts";
import { seedTenant } from "../../db/queries/seed.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { limitTool, testContext } from "./gate/fixture.ts";
import { type Counter, type ExecutorJob, overHttp, startCounter, startExecutor } from "./gate/processes.ts";

const tenant = "test";
let counter: Counter;
let home: string;
let server: TestDatabase | null = null;
let cases = 0;

beforeAll(async () => {
  counter = await startCounter();
  home = await mkdtemp(join(tmpdir(), "millwright-gate-"));
  if (testServer !== undefined) server = await openTestDatabase();
});
afterAll(async () => {
  await server?.close();
  counter.stop();
  await rm(home, { recursive: true, force: true });
});

/** Where one case runs: its own folder, or the server's database under its own ledger head. */
interface Place {
  readonly folder: string | null;
  readonly headFile: string;
}

function newPlace(): Place {
  const name = `case-${++cases}`;
  return {
    folder: server === null ? join(home, name) : null,
    headFile: join(home, server === null ? `${name}.json` : "head.json"),
  };
}

/** Does something on the database while no other process has it. */
async function here<Result>(place: Place, work: (open: OpenDatabase) => Promise<Result>): Promise<Result> {
  if (server !== null) return work(server);
  const open = await openDatabase({ folder: place.folder! });
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

async function approvedProposal(place: Place, risk: ExecutorJob["risk"]) {
  return here(place, async ({ database }) => {
    await seedTenant(database, tenant);
    const gate = { database, head: fileLedgerHead(place.headFile) };
    await anchorLedger(gate, tenant);
    const tool = limitTool(overHttp(counter.url), { risk });
    const context = testContext(database, tenant, await personById(database, tenant, "maya"));
    const input = { order: `${cases}`, limit: 500 };
    const [row] = await createProposals(gate, { requests: [{ tool, input }], context });
    for (const who of risk === "irreversible" ? ["ana", "ben"] : ["ana"]) {
      const person = await personById(database, tenant, who);
      await decide(gate, { person, tenant, proposal: row!.id, verdict: "approve", channel: "web" });
    }
    return row!;
  });
}

function jobFor(place: Place, proposal: string, changes: Partial<ExecutorJob> = {}): ExecutorJob {
  return {
    work: "execute",
    url: server?.url ?? null,
    folder: place.folder,
    headFile: place.headFile,
    tenant,
    proposal,
    counter: counter.url,
    risk: "write",
    crashAt: null,
    alone: server === null ? null : true,
    ...changes,
  };
}

const verified = (place: Place) =>
  here(place, ({ database }) => verifyLedger(database, tenant, fileLedgerHead(place.headFile)));

const points: CrashPoint[] = [
  "before-claim",
  "after-claim",
  "before-act",
  "after-act",
  "before-record",
  "after-record",
];

describe("kill -9", () => {
  it.each(points)("%s: after recovery there is exactly one effect", async (crashAt) => {
    const place = newPlace();
    const { id, idempotencyKey } = await approvedProposal(place, "write");
    expect(await startExecutor(jobFor(place, id, { crashAt })).ended).toBe("SIGKILL");
    const recovery = startExecutor(jobFor(place, id, { work: "recover" }));
    expect(await recovery.ended).toBe(0);
    expect(await recovery.state).toBe("executed");
    expect(await counter.requests(idempotencyKey)).toBe(1);
    expect(await verified(place)).toMatchObject({ ok: true });
  });

  it.each([
    ["after-claim", "failed", 0],
    ["before-act", "failed", 0],
    ["after-act", "executed", 1],
    ["before-record", "executed", 1],
  ] as const)("%s: what is irreversible is asked about, never repeated", async (crashAt, state, requests) => {
    const place = newPlace();
    const { id, idempotencyKey } = await approvedProposal(place, "irreversible");
    await startExecutor(jobFor(place, id, { crashAt, risk: "irreversible" })).ended;
    const recovery = startExecutor(jobFor(place, id, { work: "recover", risk: "irreversible" }));
    expect(await recovery.state).toBe(state);
    expect(await counter.requests(idempotencyKey)).toBe(requests);
  });

  it("while recovering: the next recovery ends it, with one effect", async () => {
    const place = newPlace();
    const { id, idempotencyKey } = await approvedProposal(place, "write");
    await startExecutor(jobFor(place, id, { crashAt: "before-act" })).ended;
    await startExecutor(jobFor(place, id, { work: "recover", crashAt: "after-act" })).ended;
    const recovery = startExecutor(jobFor(place, id, { work: "recover" }));
    expect(await recovery.state).toBe("executed");
    expect(await counter.requests(idempotencyKey)).toBe(1);
  });
});

describe.skipIf(testServer === undefined)("two processes on one server (skipped: needs a server)", () => {
  it("execute at once: one effect", async () => {
    const place = newPlace();
    for (let round = 0; round < 3; round++) {
      cases += 1;
      const { id, idempotencyKey } = await approvedProposal(place, "write");
      const executors = [1, 2, 3].map(() => startExecutor(jobFor(place, id)));
      expect(await Promise.all(executors.map(({ ended }) => ended))).toEqual([0, 0, 0]);
      expect(await counter.requests(idempotencyKey)).toBe(1);
    }
    expect(await verified(place)).toMatchObject({ ok: true });
  });

  it("recover at once after a kill: one effect", async () => {
    const place = newPlace();
    const { id, idempotencyKey } = await approvedProposal(place, "write");
    await startExecutor(jobFor(place, id, { crashAt: "before-act" })).ended;
    await server!.database.execute(
      sql`update proposals set claimed_until = now() - interval '1 second' where id = ${id}`,
    );
    const recoveries = [1, 2, 3].map(() =>
      startExecutor(jobFor(place, id, { work: "recover", alone: false })),
    );
    await Promise.all(recoveries.map(({ ended }) => ended));
    expect(await counter.requests(idempotencyKey)).toBe(1);
  });
});
