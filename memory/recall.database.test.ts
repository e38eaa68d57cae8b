import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillersOf, ideasOf } from "../agent/model/offline/memory/ideas.ts";
import { openTestDatabase, type TestDatabase } from "../tests/fixtures/database.ts";
import { ideaEmbedder } from "./embed.ts";
import { type LabelledQuery, labelledMemories, labelledQueries } from "./fixtures/recall.ts";
import { createMemory, type MemoryStore } from "./memory.ts";

/** recall@5 of the labelled set: of queries in their memory's own language, and in others. A baseline, to be raised. */
const baseline = { same: 0.98, first: 0.94, across: 0.86 };

let open: TestDatabase;
let memory: MemoryStore;
const place = { tenant: "test", person: "maya", thread: null };
const kept = new Map<string, string>();

beforeAll(async () => {
  open = await openTestDatabase();
  let next = 0;
  const embedder = ideaEmbedder(ideasOf);
  memory = createMemory({ database: open.database, embedder, fillersOf, newId: () => `m${++next}` });
  for (const { id, language, text } of labelledMemories) {
    const { memory: made } = await memory.keep(place, { scope: "person", kind: "note", text, language });
    kept.set(made.id, id);
  }
});
afterAll(() => open.close());

/** 1-based; 0 where it is not among the first five. */
async function placeOf({ text, finds }: LabelledQuery): Promise<number> {
  const { memories } = await memory.recall(place, text, { limit: 5 });
  return memories.findIndex(({ id }) => kept.get(id) === finds) + 1;
}

const shareOf = (found: readonly { at: number }[], good: (at: number) => boolean): number =>
  found.filter(({ at }) => good(at)).length / found.length;

describe("recall on the labelled set", () => {
  it("has at least 60 queries in ten languages, each for a memory that there is", () => {
    expect(labelledQueries.length).toBeGreaterThanOrEqual(60);
    expect(new Set(labelledQueries.map(({ language }) => language)).size).toBe(10);
    const ids = new Set(labelledMemories.map(({ id }) => id));
    expect(labelledQueries.filter(({ finds }) => !ids.has(finds))).toEqual([]);
  });

  it("finds what was told among the first five, by language, no worse than before", async () => {
    const found: { query: LabelledQuery; at: number }[] = [];
    for (const query of labelledQueries) found.push({ query, at: await placeOf(query) });
    const same = found.filter(({ query }) => query.across !== true);
    const among5 = (at: number): boolean => at > 0;
    const figures = {
      same: shareOf(same, among5),
      first: shareOf(same, (at) => at === 1),
      across: shareOf(
        found.filter(({ query }) => query.across === true),
        among5,
      ),
    };
    const lost = found.filter(({ at }) => at === 0).map(({ query }) => `${query.language}: ${query.text}`);
    const languages = Map.groupBy(same, ({ query }) => query.language);
    const told = [...languages].map(([language, own]) => `${language} ${shareOf(own, among5).toFixed(2)}`);
    const report = `recall@5 ${figures.same.toFixed(3)} in the same language (${told.join(", ")}), @1 ${figures.first.toFixed(3)}, @5 across languages ${figures.across.toFixed(3)}; lost:\n${lost.join("\n")}`;
    process.stdout.write(`${report}\n`);
    expect(figures.same, report).toBeGreaterThanOrEqual(baseline.same);
    expect(figures.first, report).toBeGreaterThanOrEqual(baseline.first);
    expect(figures.across, report).toBeGreaterThanOrEqual(baseline.across);
  });
});
