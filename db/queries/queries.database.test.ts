import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { takeOnce } from "./inbox.ts";
import {
  issueToken,
  linkIdentity,
  listPeople,
  personById,
  personByIdentity,
  personByToken,
  UnknownPersonError,
} from "./people.ts";
import { seedTenant } from "./seed.ts";
import {
  acquireThread,
  appendEvent,
  eventsAfter,
  findThread,
  listThreads,
  openThread,
  releaseThread,
  renewThread,
  ThreadNotFoundError,
  ThreadPrivateError,
  updateThread,
} from "./threads.ts";

let test: TestDatabase;
const maya = { tenant: "test", person: "maya" };
const arun = { tenant: "test", person: "arun" };
const mayaElsewhere = { tenant: "other", person: "maya" };

beforeAll(async () => {
  test = await openTestDatabase();
  await seedTenant(test.database, "other");
});
afterAll(() => test.close());

describe("the sample people", () => {
  it("are there once, however often they are seeded", async () => {
    await Promise.all([seedTenant(test.database, "other"), seedTenant(test.database, "other")]);
    const people = await listPeople(test.database, "other");
    expect(people.map(({ id, roles }) => `${id}: ${roles.join()}`)).toEqual([
      "ana: approver",
      "arun: analyst",
      "ben: approver",
      "dev: admin",
      "eli: evaluator",
      "maya: manager",
    ]);
  });
});

describe("people", () => {
  it("are known by id in their own tenant, while they are active", async () => {
    expect(await personById(test.database, "test", "ana")).toEqual({
      id: "ana",
      tenant: "test",
      name: "Ana",
      roles: ["approver"],
    });
    expect(await personById(test.database, "nowhere", "ana")).toBeNull();
    await test.database.execute(sql`update people set active = false where tenant = 'other' and id = 'eli'`);
    expect(await personById(test.database, "other", "eli")).toBeNull();
  });

  it("are known by a token of which only the hash is kept, until it ends", async () => {
    const token = await issueToken(test.database, maya);
    expect(await personByToken(test.database, token)).toMatchObject({ id: "maya", tenant: "test" });
    expect(await personByToken(test.database, `${token}x`)).toBeNull();
    const { rows } = await test.pool.query("select t::text as row from tokens t");
    expect(JSON.stringify(rows)).not.toContain(token.slice(3));
    await test.database.execute(sql`update tokens set revoked_at = now()`);
    expect(await personByToken(test.database, token)).toBeNull();
    const past = await issueToken(test.database, { ...maya, expiresAt: new Date(Date.now() - 1_000) });
    expect(await personByToken(test.database, past)).toBeNull();
  });

  it("are known by who they are in a channel, and can be linked anew", async () => {
    const subject = { channel: "slack", subject: "T1/U1" };
    expect(await personByIdentity(test.database, "slack", "T1/U1")).toBeNull();
    await linkIdentity(test.database, { ...maya, ...subject });
    await linkIdentity(test.database, { ...arun, ...subject });
    expect(await personByIdentity(test.database, "slack", "T1/U1")).toMatchObject({ id: "arun" });
    expect(await personByIdentity(test.database, "web", "T1/U1")).toBeNull();
    const stranger = { tenant: "test", person: "zoe" };
    await expect(linkIdentity(test.database, { ...stranger, ...subject })).rejects.toThrow(
      UnknownPersonError,
    );
    await expect(issueToken(test.database, stranger)).rejects.toThrow(UnknownPersonError);
  });
});

describe("threads", () => {
  it("are open to the tenant, and to nobody else", async () => {
    await openThread(test.database, maya, "open");
    expect(await findThread(test.database, arun, "open")).toMatchObject({ id: "open", privateTo: null });
    expect(await findThread(test.database, mayaElsewhere, "open")).toBeNull();
    expect((await openThread(test.database, mayaElsewhere, "open")).lastSeq).toBe(0);
    const seen = await listThreads(test.database, mayaElsewhere);
    expect(seen.every(({ tenant }) => tenant === "other")).toBe(true);
  });

  it("that are private are their owner's", async () => {
    await openThread(test.database, maya, "secret", true);
    expect(await findThread(test.database, maya, "secret")).toMatchObject({ privateTo: "maya" });
    for (const asking of [arun, { tenant: "test", person: null }]) {
      expect(await findThread(test.database, asking, "secret")).toBeNull();
      expect((await listThreads(test.database, asking)).map(({ id }) => id)).not.toContain("secret");
      await expect(openThread(test.database, asking, "secret")).rejects.toThrow(ThreadPrivateError);
    }
  });

  it("change in their own tenant only", async () => {
    await openThread(test.database, maya, "changing");
    await updateThread(test.database, "test", "changing", { title: "Orders", state: { window: 7 } });
    expect(await findThread(test.database, maya, "changing")).toMatchObject({
      title: "Orders",
      state: { window: 7 },
    });
    await expect(updateThread(test.database, "other", "changing", { title: "x" })).rejects.toThrow(
      ThreadNotFoundError,
    );
  });
});

describe("events", () => {
  it("have numbers without gaps in time order, whoever writes at once and whatever is rolled back", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 15 }), async (kept) => {
        const thread = `events-${++run}`;
        await openThread(test.database, maya, thread);
        await Promise.allSettled(
          kept.map((keep, n) =>
            test.database.transaction(async (transaction) => {
              await appendEvent(transaction, {
                tenant: "test",
                thread,
                turn: "t",
                type: "message",
                data: { n },
              });
              if (!keep) throw new Error("rolled back");
            }),
          ),
        );
        const events = await eventsAfter(test.database, "test", thread, 0);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
        expect(events).toHaveLength(kept.filter(Boolean).length);
        const times = events.map(({ createdAt }) => createdAt.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 15 },
    );
  });

  it("are read from any point, and not by another tenant", async () => {
    await openThread(test.database, maya, "read");
    for (const n of [1, 2, 3]) {
      await appendEvent(test.database, {
        tenant: "test",
        thread: "read",
        turn: "t",
        type: "message",
        data: { n },
      });
    }
    expect((await eventsAfter(test.database, "test", "read", 1)).map(({ data }) => data)).toEqual([
      { n: 2 },
      { n: 3 },
    ]);
    expect(await eventsAfter(test.database, "other", "read", 0)).toEqual([]);
    const nowhere = { tenant: "other", thread: "read", turn: "t", type: "message", data: {} };
    await expect(appendEvent(test.database, nowhere)).rejects.toThrow(ThreadNotFoundError);
  });
});

describe("a thread's lease", () => {
  const acquire = (runner: string, seconds = 30) =>
    acquireThread(test.database, "test", "leased", runner, seconds);

  it("is one run's until it is released or runs out", async () => {
    await openThread(test.database, maya, "leased");
    const taken = await Promise.all(["a", "b", "c"].map((runner) => acquire(runner)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const owner = ["a", "b", "c"][taken.indexOf(true)]!;
    expect(await acquire(owner)).toBe(true);
    expect(await renewThread(test.database, "test", "leased", "d", 30)).toBe(false);
    await releaseThread(test.database, "test", "leased", "d");
    expect(await acquire("d")).toBe(false);
    await releaseThread(test.database, "test", "leased", owner);
    expect(await acquire("d", -1)).toBe(true);
    expect(await acquire("e")).toBe(true);
    expect(await renewThread(test.database, "test", "leased", "d", 30)).toBe(false);
    expect(await renewThread(test.database, "test", "leased", "e", 30)).toBe(true);
  });
});

describe("the inbox", () => {
  it("takes a message once, however often and at once it arrives", async () => {
    const taken = await Promise.all(
      Array.from({ length: 11 }, () => takeOnce(test.database, "slack", "T/C/1")),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await takeOnce(test.database, "web", "T/C/1")).toBe(true);
  });
});
