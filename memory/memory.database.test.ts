import { eq, type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../db/client.ts";
import { deleteExpired } from "../db/queries/memories/delete.ts";
import { openThread } from "../db/queries/threads.ts";
import { rowsOf } from "../db/rows.ts";
import { memories, memoryVectors, teamMembers } from "../db/schema/index.ts";
import { openTestDatabase, type TestDatabase } from "../tests/fixtures/database.ts";
import { type Embedder, lexicalEmbedder } from "./embed.ts";
import { createMemory, type MemoryStore, type Place } from "./memory.ts";

let open: TestDatabase;
let memory: MemoryStore;
let next = 0;
const newId = () => `m${++next}`;
const maya: Place = { tenant: "test", person: "maya", thread: "t1" };
const arun: Place = { ...maya, person: "arun" };
const stranger: Place = { tenant: "other", person: "maya", thread: "t1" };

/** The database, which notes how it would answer each query that is asked inside a transaction. */
function explaining(database: Database, plans: string[]): Database {
  const around = (transaction: Database): Database =>
    new Proxy(transaction, {
      get(target, key) {
        const own: unknown = Reflect.get(target, key);
        if (key !== "execute") return typeof own === "function" ? own.bind(target) : own;
        return async (query: SQL) => {
          const [first] = query.queryChunks;
          const isQuery = JSON.stringify(first).includes("select");
          if (isQuery)
            plans.push(
              ...(await rowsOf<{ "QUERY PLAN": string }>(target, sql`explain ${query}`)).map(
                (row) => row["QUERY PLAN"],
              ),
            );
          return target.execute(query);
        };
      },
    });
  return new Proxy(database, {
    get(target, key) {
      const own: unknown = Reflect.get(target, key);
      if (key !== "transaction") return typeof own === "function" ? own.bind(target) : own;
      return (work: (transaction: Database) => Promise<unknown>) =>
        target.transaction((transaction) => work(around(transaction as unknown as Database)));
    },
  });
}

const late = {
  scope: "person" as const,
  kind: "definition" as const,
  term: "Late",
  text: "late means that the promised date has passed",
  meaning: { deadline: "promised_date" },
  language: "en",
};

beforeAll(async () => {
  open = await openTestDatabase();
  memory = createMemory({ database: open.database, embedder: lexicalEmbedder, newId });
});
const recalled = async (...asked: Parameters<MemoryStore["recall"]>) =>
  (await memory.recall(...asked)).memories;
beforeEach(async () => {
  await open.database.delete(memories);
  await open.database.delete(teamMembers);
});
afterAll(() => open.close());

describe("what is remembered", () => {
  it("is kept once a term: said again, it replaces what was said before and tells it", async () => {
    const first = await memory.keep(maya, late);
    const again = await memory.keep(maya, { ...late, term: " LATE ", text: "late means over 5 days" });
    expect(again).toMatchObject({ replaced: late.text, memory: { id: first.memory.id } });
    expect((await memory.list(maya)).map(({ text }) => text)).toEqual(["late means over 5 days"]);
    expect(await open.database.select().from(memoryVectors)).toHaveLength(1);
  });

  it("is kept once a term, too, when it is said in several places at once", async () => {
    const texts = Array.from({ length: 8 }, (_, at) => `late means over ${at} days`);
    const kept = await Promise.all(texts.map((text) => memory.keep(maya, { ...late, text })));
    expect(new Set(kept.map(({ memory: { id } }) => id)).size).toBe(1);
    expect(await memory.list(maya)).toHaveLength(1);
    expect(await open.database.select().from(memoryVectors)).toHaveLength(1);
  });

  it("replaces what has expired without telling it", async () => {
    await memory.keep(maya, { ...late, expiresAt: new Date(Date.now() - 1000) });
    expect(await memory.keep(maya, { ...late, text: "late means over 5 days" })).toMatchObject({
      replaced: null,
    });
    expect(await memory.list(maya)).toMatchObject([{ text: "late means over 5 days", expiresAt: null }]);
  });

  it("holds the nearest owner's first: thread, person, team, tenant", async () => {
    await open.database.insert(teamMembers).values({ tenant: "test", team: "operations", person: "maya" });
    await memory.keep(maya, { ...late, scope: "tenant" });
    await memory.keep(maya, { ...late, scope: "team", team: "operations" });
    await memory.keep(maya, late);
    await memory.keep(maya, { ...late, scope: "thread" });
    expect((await memory.list(maya)).map(({ scope }) => scope)).toEqual([
      "thread",
      "person",
      "team",
      "tenant",
    ]);
  });

  it("of a person is nobody else's, of a team its members', and never another tenant's", async () => {
    await open.database.insert(teamMembers).values({ tenant: "test", team: "finance", person: "ana" });
    await memory.keep(maya, late);
    await memory.keep(maya, { ...late, scope: "team", team: "finance" });
    await memory.keep(maya, { ...late, scope: "tenant" });
    const seenBy = async (place: Place) => [
      (await memory.list(place)).map(({ scope }) => scope),
      (await recalled(place, "late promised date")).map(({ scope }) => scope),
    ];
    expect(await seenBy({ ...maya, person: "ana" })).toEqual([
      ["team", "tenant"],
      ["team", "tenant"],
    ]);
    expect(await seenBy(arun)).toEqual([["tenant"], ["tenant"]]);
    expect(await seenBy({ ...maya, person: null })).toEqual([["tenant"], ["tenant"]]);
    expect(await seenBy(stranger)).toEqual([[], []]);
  });

  it("said in passing holds in its thread only", async () => {
    await memory.keep(maya, { ...late, scope: "thread" });
    expect(await memory.list(maya)).toHaveLength(1);
    expect(await memory.list({ ...maya, thread: "t2" })).toEqual([]);
  });

  it("as a past answer is found from other threads, but of a private thread only by its owner", async () => {
    await openThread(open.database, { tenant: "test", person: "maya" }, "open-thread");
    await openThread(open.database, { tenant: "test", person: "maya" }, "secret-thread", true);
    for (const thread of ["open-thread", "secret-thread"]) {
      const text = `how long does the credit check take? (${thread})`;
      await memory.keep({ ...maya, thread }, { scope: "thread", kind: "answer", text });
    }
    const found = async (place: Place) =>
      (await recalled({ ...place, thread: "elsewhere" }, "credit check")).map(({ owner }) => owner).sort();
    expect(await found(maya)).toEqual(["open-thread", "secret-thread"]);
    expect(await found(arun)).toEqual(["open-thread"]);
  });

  it("in a private thread is nobody else's, even where they say that they are in it", async () => {
    await openThread(open.database, { tenant: "test", person: "maya" }, "kept-secret", true);
    await memory.keep({ ...maya, thread: "kept-secret" }, { ...late, scope: "thread" });
    const seen = async (person: string | null) => {
      const place = { ...maya, person, thread: "kept-secret" };
      return [...(await memory.list(place)), ...(await recalled(place, "late promised date"))].length;
    };
    expect(await seen("maya")).toBe(2);
    expect(await seen("arun")).toBe(0);
    expect(await seen(null)).toBe(0);
  });

  it("expires, and leaves no row or vector then", async () => {
    await memory.keep(maya, { ...late, expiresAt: new Date(Date.now() - 1000) });
    expect(await memory.list(maya)).toEqual([]);
    expect(await recalled(maya, "late")).toEqual([]);
    expect(await deleteExpired(open.database)).toBe(1);
    expect(await open.database.select().from(memoryVectors)).toEqual([]);
  });

  it("is forgotten by its owner alone", async () => {
    const { memory: own } = await memory.keep(maya, late);
    const { memory: shared } = await memory.keep(maya, { ...late, scope: "tenant" });
    expect(await memory.forget(arun, [own.id, shared.id])).toEqual([]);
    expect(await memory.forget(stranger, [own.id])).toEqual([]);
    expect((await memory.forget(maya, [own.id, shared.id])).map(({ id }) => id)).toEqual([own.id]);
    expect((await memory.list(maya)).map(({ id }) => id)).toEqual([shared.id]);
  });

  it("of an erased person leaves no row, no vector, and no name on what they shared", async () => {
    await memory.keep(maya, late);
    await memory.keep(maya, { ...late, scope: "thread" });
    await memory.keep(maya, { scope: "thread", kind: "answer", text: "how long do orders take?" });
    await memory.keep(maya, { ...late, scope: "tenant" });
    await memory.keep(arun, late);
    expect(await memory.erase("test", "maya")).toBe(3);
    const left = await rowsOf<{ whole: string }>(
      open.database,
      sql`select m::text || v::text as whole from memories m
        left join memory_vectors v on v.tenant = m.tenant and v.memory = m.id`,
    );
    expect(left).toHaveLength(2);
    expect(left.filter(({ whole }) => whole.includes("maya"))).toEqual([]);
    expect(await open.database.select().from(memoryVectors)).toHaveLength(2);
  });
});

describe("finding it again", () => {
  it("works by the stem of a word in its language, and by words of a script without spaces", async () => {
    await memory.keep(maya, {
      scope: "person",
      kind: "note",
      text: "Die Lieferungen aus Polen haben andere Fristen",
      language: "de",
    });
    await memory.keep(maya, { scope: "person", kind: "note", text: "月末には請求書が多い", language: "ja" });
    expect((await recalled(maya, "Lieferung", { limit: 1 }))[0]?.text).toContain("Lieferungen");
    expect((await recalled(maya, "請求書", { limit: 1 }))[0]?.text).toContain("請求書");
  });

  it("takes any text for words, whatever stands in it", async () => {
    await memory.keep(maya, late);
    for (const text of ["", "'", "a' | 'b", "\\", "!!! & | ( :*", "late'); drop table memories; --"])
      expect(Array.isArray(await recalled(maya, text))).toBe(true);
    expect(await memory.list(maya)).toHaveLength(1);
  });

  it("uses the vector index: pgvector's HNSW answers where there is much to search", async () => {
    for (let at = 0; at < 3; at++)
      await memory.keep(maya, { scope: "person", kind: "note", text: `note ${at}` });
    const plan = await open.database.transaction(async (transaction) => {
      await transaction.execute(sql`set local enable_seqscan = off`);
      await transaction.execute(sql`set local enable_sort = off`);
      await transaction.execute(sql`set local enable_bitmapscan = off`);
      const vector = `[${Array.from({ length: 512 }, () => 0.1).join(",")}]`;
      return rowsOf<{ "QUERY PLAN": string }>(
        transaction,
        sql`explain select memory from memory_vectors where dimensions = 512
          order by embedding::vector(512) <=> ${vector}::vector(512) limit 5`,
      );
    });
    expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("memory_vectors_512");
  });

  it("asks the indexes of words and of vectors where there is much to search", async () => {
    const rows = Array.from({ length: 4000 }, (_, at) => ({
      id: `many-${at}`,
      text: `note ${at} about ${["prices", "orders", "stock"][at % 3]} and ${at % 97}`,
      owner: `somebody-${at % 3}`,
    }));
    const vector = (at: number) => `[${Array.from({ length: 512 }, (_, of) => ((at * 7 + of) % 13) / 10)}]`;
    await open.database.execute(sql`
      insert into memories (tenant, id, scope, owner, kind, text, words, configuration, created_by)
      select 'test', id, 'person', owner, 'note', text, text, 'english', owner
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told(id text, owner text, text text)`);
    const seen = rows.slice(0, 300).map(({ id }, at) => ({ id, vector: vector(at) }));
    await open.database.execute(sql`
      insert into memory_vectors (tenant, memory, embedder, dimensions, embedding)
      select 'test', id, 'lexical-1', 512, vector::vector
      from jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) as told(id text, vector text)`);
    await open.database.execute(sql`
      insert into memory_vectors (tenant, memory, embedder, dimensions, embedding)
      select 'test', id, 'lexical-1', 2, '[1,2]'::vector from memories on conflict do nothing`);
    for (const table of ["memories", "memory_vectors"])
      await open.database.execute(sql.raw(`analyze ${table}`));
    const plans: string[] = [];
    const explained = explaining(open.database, plans);
    await createMemory({ database: explained, embedder: lexicalEmbedder, newId }).recall(
      { ...maya, person: "somebody-1" },
      "prices 41",
    );
    expect(plans.join("\n")).toContain("memories_search");
    expect(plans.join("\n")).toContain("memory_vectors_512");
  });

  it("is of one piece while others forget: what is gone is not found, and nothing fails", async () => {
    const kept = [];
    for (let at = 0; at < 12; at++)
      kept.push(await memory.keep(maya, { scope: "person", kind: "note", text: `note ${at} about prices` }));
    const found = await Promise.all(
      kept.flatMap(({ memory: { id } }) => [
        recalled(maya, "prices", { limit: 12 }),
        memory.forget(maya, [id]).then(() => recalled(maya, "prices", { limit: 12 })),
      ]),
    );
    expect(found.flat().every(({ text }) => text.includes("prices"))).toBe(true);
    expect(await recalled(maya, "prices")).toEqual([]);
    expect(await open.database.select().from(memoryVectors)).toEqual([]);
  });

  it("goes on when another embedder is chosen: what it has not seen is embedded, and old vectors are not mixed in", async () => {
    await memory.keep(maya, late);
    const ones: Embedder = {
      name: "ones",
      dimensions: 384,
      embed: async (texts) => texts.map(() => new Float32Array(384).fill(1 / Math.sqrt(384))),
    };
    const other = createMemory({ database: open.database, embedder: ones, newId });
    expect((await other.recall(maya, "nothing alike")).memories.map(({ term }) => term)).toEqual(["late"]);
    const vectors = await open.database.select().from(memoryVectors);
    expect(vectors.map(({ embedder }) => embedder).sort()).toEqual(["lexical-1", "ones"]);
  });
});

describe("a change of embedder", () => {
  const pieces: Embedder = {
    name: "pieces",
    dimensions: 8,
    embed: async (texts) =>
      texts.map((text) => Float32Array.from({ length: 8 }, (_, at) => (at === text.length % 8 ? 1 : 0))),
  };
  const unseen = async () =>
    (await open.database.select().from(memories)).length -
    (await open.database.select().from(memoryVectors).where(eq(memoryVectors.embedder, "pieces"))).length;
  const keepMany = async (many: number) => {
    for (let at = 0; at < many; at++)
      await memory.keep(at % 2 === 0 ? maya : stranger, {
        scope: "person",
        kind: "note",
        text: `note ${at}`,
      });
  };

  it("embeds everything of every tenant anew, with vectors of another length, and nothing twice", async () => {
    await keepMany(70);
    const other = createMemory({ database: open.database, embedder: pieces, newId });
    expect(await other.maintain()).toBe(70);
    expect(await unseen()).toBe(0);
    expect(await other.maintain()).toBe(0);
    expect((await other.recall(maya, "note 4")).memories.map(({ text }) => text)).toContain("note 4");
  });

  it("goes on where it was interrupted", async () => {
    await keepMany(140);
    let [calls, isDown] = [0, true];
    const failing: Embedder = {
      ...pieces,
      embed: (texts) => (++calls > 1 && isDown ? Promise.reject(new Error("gone")) : pieces.embed(texts)),
    };
    const other = createMemory({ database: open.database, embedder: failing, newId });
    await expect(other.maintain()).rejects.toThrow("gone");
    expect(await unseen()).toBe(140 - 64);
    isDown = false;
    expect(await other.maintain()).toBe(140 - 64);
    expect(await unseen()).toBe(0);
  });

  it("never leaves the vector of words that were replaced meanwhile, or of what was forgotten", async () => {
    const { memory: first } = await memory.keep(maya, late);
    const { memory: second } = await memory.keep(maya, { scope: "person", kind: "note", text: "busy" });
    const slow: Embedder = {
      ...pieces,
      async embed(texts) {
        await memory.keep(maya, { ...late, text: "late means over 5 days" });
        await memory.forget(maya, [second.id]);
        return pieces.embed(texts);
      },
    };
    await createMemory({ database: open.database, embedder: slow, newId }).maintain();
    expect(await unseen()).toBe(1);
    await createMemory({ database: open.database, embedder: pieces, newId }).maintain();
    const left = await open.database.select().from(memoryVectors).where(eq(memoryVectors.embedder, "pieces"));
    expect(left.map(({ memory: of }) => of)).toEqual([first.id]);
  });

  it("takes away what has expired", async () => {
    await memory.keep(maya, { ...late, expiresAt: new Date(Date.now() - 1000) });
    await memory.maintain();
    expect(await open.database.select().from(memories)).toEqual([]);
  });
});
