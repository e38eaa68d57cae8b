/** An embedder that does not answer, gives nonsense, or hangs: nothing that people say is lost, and nobody is left guessing. */
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { memories, memoryVectors } from "../db/schema/index.ts";
import { openTestDatabase, type TestDatabase } from "../tests/fixtures/database.ts";
import { type Embedder, lexicalEmbedder } from "./embed.ts";
import { createMemory, type MemoryStore, type Place } from "./memory.ts";

let open: TestDatabase;
let next = 0;
const maya: Place = { tenant: "test", person: "maya", thread: "t1" };
const note = (text: string) => ({ scope: "person" as const, kind: "note" as const, text });

beforeAll(async () => {
  open = await openTestDatabase();
});
beforeEach(async () => {
  await open.database.delete(memories);
});
afterAll(() => open.close());

const down = () => Promise.reject(new Error("could not be reached"));
const failures: readonly (readonly [string, Embedder["embed"]])[] = [
  ["cannot be reached", down],
  ["gives no vector", async () => []],
  ["gives vectors of another length", async (texts) => texts.map(() => new Float32Array(3).fill(0.5))],
  ["gives what is no number", async (texts) => texts.map(() => new Float32Array(512).fill(Number.NaN))],
];

/** A memory whose embedder works only while `works` says so, and what was reported of it. */
function brittle(embed: Embedder["embed"]) {
  const state = { works: false, asked: 0, reported: [] as string[] };
  const embedder: Embedder = {
    ...lexicalEmbedder,
    embed(texts, signal) {
      state.asked++;
      return state.works ? lexicalEmbedder.embed(texts, signal) : embed(texts, signal);
    },
  };
  const memory: MemoryStore = createMemory({
    database: open.database,
    embedder,
    newId: () => `m${++next}`,
    report: (error) => state.reported.push(String(error)),
  });
  return { memory, state };
}
const vectors = () => open.database.select().from(memoryVectors);

describe.each(failures)("while the embedder %s", (_what, embed) => {
  it("what is remembered is kept with its words, and says that it is not found by likeness yet", async () => {
    const { memory } = brittle(embed);
    const kept = await memory.keep(maya, note("month end is always busy"));
    expect(kept).toMatchObject({ likened: false, memory: { text: "month end is always busy" } });
    expect(await memory.list(maya)).toHaveLength(1);
    expect(await vectors()).toEqual([]);
  });

  it("it is found again by words alone, and that is said", async () => {
    const { memory } = brittle(embed);
    await memory.keep(maya, note("month end is always busy"));
    await memory.keep(maya, note("there was a strike in September"));
    const { memories: found, by } = await memory.recall(maya, "is the month end busy?");
    expect(found.map(({ text }) => text)).toEqual(["month end is always busy"]);
    expect(by).toBe("words");
  });

  it("whoever runs it is told once, with what is wrong", async () => {
    const { memory, state } = brittle(embed);
    expect(memory.embedderFailure()).toBeNull();
    for (let at = 0; at < 3; at++) await memory.keep(maya, note(`note ${at}`));
    await memory.recall(maya, "note");
    expect(state.reported).toHaveLength(1);
    expect(String(memory.embedderFailure())).toBe(state.reported[0]);
  });
});

describe("an embedder that works again", () => {
  it("is given what it has missed by maintenance, and both ways count again", async () => {
    const { memory, state } = brittle(down);
    for (let at = 0; at < 70; at++) await memory.keep(maya, note(`note ${at}`));
    await expect(memory.maintain()).rejects.toThrow("could not be reached");
    state.works = true;
    expect(await memory.maintain()).toBe(70);
    expect(await vectors()).toHaveLength(70);
    expect(memory.embedderFailure()).toBeNull();
    expect(await memory.recall(maya, "note 7")).toMatchObject({ by: "both" });
    expect(await memory.keep(maya, note("another"))).toMatchObject({ likened: true });
  });

  it("is left alone for a while before: nobody waits for each try", async () => {
    const { memory, state } = brittle(down);
    for (let at = 0; at < 5; at++) await memory.recall(maya, "note");
    expect(state.asked).toBe(1);
  });

  it("is a new outage when it fails once more: that is reported, too", async () => {
    const { memory, state } = brittle(down);
    await memory.keep(maya, note("one"));
    state.works = true;
    await memory.maintain();
    state.works = false;
    await memory.keep(maya, note("two"));
    expect(state.reported).toHaveLength(2);
  });

  it("has no vector of words that were replaced without it", async () => {
    const { memory, state } = brittle(down);
    const late = { scope: "person" as const, kind: "definition" as const, term: "late" };
    state.works = true;
    await memory.keep(maya, { ...late, text: "late means over 5 days" });
    state.works = false;
    await memory.keep(maya, { ...late, text: "late means over 9 days" });
    expect(await vectors()).toEqual([]);
  });
});

describe("a text that the embedder refuses", () => {
  it("keeps no other from its vector, and is found by its words", async () => {
    const { memory } = brittle(down);
    for (let at = 0; at < 70; at++) await memory.keep(maya, note(`note ${at}`));
    await memory.keep(maya, note("far too long"));
    const choosy = brittle(async (texts) => {
      if (texts.some((text) => text.includes("too long"))) throw new Error("413");
      return lexicalEmbedder.embed(texts);
    });
    expect(await choosy.memory.maintain()).toBe(70);
    expect(await vectors()).toHaveLength(70);
    for (let at = 0; at < 2; at++) {
      const { memories: found, by } = await choosy.memory.recall(maya, "what was far?");
      expect(found.map(({ text }) => text)).toContain("far too long");
      expect(by).toBe("both");
    }
    expect(choosy.state.reported).toEqual([]);
  });
});

describe("giving up", () => {
  it("on a recall is no outage of the embedder: the caller hears of it, and nobody else", async () => {
    const { memory, state } = brittle(async (_texts, signal) => {
      await wait(60_000, undefined, { signal });
      return [];
    });
    const stop = new AbortController();
    const recalling = memory.recall(maya, "note", { signal: stop.signal });
    stop.abort(new Error("stopped"));
    await expect(recalling).rejects.toThrow("stopped");
    expect(state.reported).toEqual([]);
    expect(memory.embedderFailure()).toBeNull();
  });

  it("on maintenance stops the batch that is under way, and is no failure", async () => {
    const { memory, state } = brittle(down);
    await memory.keep(maya, note("one"));
    const hanging = brittle(async (_texts, signal) => {
      await wait(60_000, undefined, { signal });
      return [];
    });
    const stop = new AbortController();
    const maintaining = hanging.memory.maintain(stop.signal);
    while (hanging.state.asked === 0) await wait(5);
    stop.abort();
    expect(await maintaining).toBe(0);
    expect(hanging.memory.embedderFailure()).toBeNull();
    expect(state.reported).toHaveLength(1);
  });
});
