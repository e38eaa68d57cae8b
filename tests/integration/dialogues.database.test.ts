/**
 * Whole conversations with the built-in planner through the real service over the sample logs: Maya, who asks why and
 * what to do; Arun, who analyses; Ana, who decides. Only a decision on a card changes anything.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reply } from "../../agent/service.ts";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { generateSample, sampleNames } from "../../tools/logs/samples/generate.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestDatabase | undefined;
let millwright: Millwright;
const failures: unknown[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  server = testServer === undefined ? undefined : await openTestDatabase();
  millwright = await openMillwright({
    data: join(folder.path, "data"),
    environment: {},
    report: (error) => failures.push(error),
    ...(server?.url ? { databaseUrl: server.url } : {}),
  });
  for (const name of sampleNames) {
    const path = join(folder.path, `${name}.csv`);
    await writeFile(path, generateSample(name).csv);
    await millwright.importLog({ person: named("maya"), name: `${name}.csv`, path });
  }
}, 120_000);

afterAll(async () => {
  await millwright.close();
  await server?.close();
  await folder.remove();
});

const named = (id: string) => ({ id, tenant: millwright.tenant, name: id, roles: [] });

/** What one person says in one thread. */
const threadOf =
  (person: string, thread: string) =>
  (text: string): Promise<Reply> =>
    millwright.service.ask({
      person: named(person),
      tenant: millwright.tenant,
      channel: "web",
      thread,
      text,
    });

const leading = ({ calls }: Reply) => calls[0];
const inputOf = (reply: Reply) => (leading(reply)?.input ?? {}) as Readonly<Record<string, unknown>>;
const logOf = ({ facts }: Reply) =>
  facts.flatMap(({ source }) => (source.kind === "log" ? [source.log] : []))[0];
const ledgerKinds = async () => {
  const { entries } = await millwright.service.ledger({ person: named("ana"), tenant: millwright.tenant });
  return (entries as readonly { readonly kind: string }[]).map(({ kind }) => kind);
};

describe("Maya", () => {
  const say = threadOf("maya", "maya-story");

  it("goes from lost time to a proposal, and nothing is executed", { timeout: 60_000 }, async () => {
    const where = await say("Where do we lose time in order-to-cash?");
    expect(leading(where)).toMatchObject({ tool: "mining.bottlenecks", input: { log: "order-to-cash" } });
    expect(where.reply).toContain("Credit check");

    const why = await say("why?");
    expect(leading(why)).toMatchObject({
      tool: "mining.root-cause",
      input: { metric: "waiting_time", activity: "Credit check" },
    });
    expect(why.reply).toMatch(/association, not cause/i);

    const step = await say("which step?");
    expect(leading(step)?.tool).toBe("mining.bottlenecks");
    expect(inputOf(step)).not.toHaveProperty("activity");
    expect(logOf(step)).toBe(logOf(where));

    const germany = await say("only Germany");
    const filter = { kind: "attribute", attribute: "country", comparator: "=", value: "Germany" };
    expect(inputOf(germany)["filters"]).toEqual([filter]);

    const skipped = await say("what if we skip the credit check under 500?");
    expect(leading(skipped)).toMatchObject({
      tool: "optimization.what-if",
      input: { change: { kind: "skip", activity: "Credit check", when: "order_value < 500" } },
    });
    expect(skipped.proposals).toEqual([]);

    const done = await say("ok do it");
    expect(done.proposals).toMatchObject([{ tool: "rules.publish", state: "pending", requester: "maya" }]);
    expect(done.proposals[0]!.approvers).not.toContain("maya");
    expect((await ledgerKinds()).filter((kind) => kind.startsWith("execution"))).toEqual([]);

    const again = await say("yes, approve it");
    expect(again).toMatchObject({ calls: [], proposals: [] });
    expect(again.reply).toContain("A message does not decide");
    expect(failures).toEqual([]);
  });

  it("is told what undoing means, before and after the decision", { timeout: 60_000 }, async () => {
    expect((await say("undo it")).reply).toContain("nothing to undo");
    const [waiting] = await millwright.service.proposals({
      person: named("ana"),
      tenant: millwright.tenant,
      state: "pending",
    });
    await millwright.service.decide({
      person: named("ana"),
      tenant: millwright.tenant,
      proposal: waiting!.id,
      digest: waiting!.digest,
      verdict: "approve",
      channel: "web",
    });
    const executed = () =>
      millwright.service.proposals({ person: named("ana"), tenant: millwright.tenant, state: "executed" });
    await expect.poll(executed, { timeout: 20_000 }).toMatchObject([{ id: waiting!.id }]);
    const undone = await say("take that back");
    expect(undone.reply).toContain("A message undoes nothing");
    expect(undone.reply).toMatch(/withdraw the rule/i);
    expect(undone.proposals).toEqual([]);
  });
});

describe("a log", () => {
  it("is asked for once, answered by its name, switched in words, and kept", {
    timeout: 60_000,
  }, async () => {
    const say = threadOf("maya", "maya-logs");
    const asked = await say("where do we wait?");
    expect(asked.clarification?.readings.map(({ label }) => label).sort()).toEqual([...sampleNames].sort());
    const loan = await say("the loan one");
    expect(loan.reply).toContain("cases of loan");
    expect((await say("how long does it take?")).reply).toContain("Log loan");
    const helpdesk = await say("and in the helpdesk process?");
    expect(helpdesk.reply).toContain("Switched from loan to helpdesk");
    expect((await say("how many cases finished?")).reply).toContain("Log helpdesk");
    expect(failures).toEqual([]);
  });
});

describe("Arun", () => {
  it("sees the process, its waits, their cause, and drafts", { timeout: 90_000 }, async () => {
    const say = threadOf("arun", "arun-story");
    expect(leading(await say("show me the helpdesk process"))?.tool).toBe("mining.discover");
    const wait = await say("where do we wait?");
    expect(wait.reply).toContain("Resolve by specialist");
    expect(inputOf(await say("why?"))).toMatchObject({
      metric: "waiting_time",
      activity: "Resolve by specialist",
    });
    const rules = await say("draft rules for that");
    expect(leading(rules)?.tool).toBe("rules.draft");
    expect(rules.proposals).toEqual([]);
    for (const text of ["simplify it", "drop the region"]) {
      const changed = await say(text);
      expect(changed.proposals).toEqual([]);
      expect(changed.reply).toMatch(/rule/i);
    }
    const staffing = await say("optimise staffing with max 48 h and budget 10k");
    expect(leading(staffing)).toMatchObject({
      tool: "optimization.optimize",
      input: { hours: 48, budget: 10_000 },
    });
    expect(failures).toEqual([]);
  });

  it.each([
    ["Escalate every application over 5000 that waits more than 2 hours in the loan log", "amount > 5000"],
    ["escalate loans above 10k", "amount > 10000"],
    ["escalate orders over 500 in order to cash", "order_value > 500"],
  ])("%s", { timeout: 60_000 }, async (text, condition) => {
    const reply = await threadOf("arun", `rule ${condition}`)(text);
    expect(reply.reply).toContain(condition);
    expect(reply.proposals).toMatchObject([{ tool: "rules.publish", state: "pending" }]);
  });
});

describe("Ana", () => {
  it("reads what waits, who asked and why, and decides nothing by words", { timeout: 60_000 }, async () => {
    const say = threadOf("ana", "ana-story");
    const waiting = await say("what is waiting for me?");
    expect(leading(waiting)?.tool).toBe("approvals.list");
    expect((await say("who asked for this and why")).reply).toContain("Asked for by arun");
    const before = await ledgerKinds();
    expect((await say("ok")).reply).toContain("A message does not decide");
    expect(await ledgerKinds()).toEqual(before);
    expect((await say("what can you do?")).reply).toContain("Rules with a track record");
    expect(failures).toEqual([]);
  });
});
