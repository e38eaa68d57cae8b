import { Annotation, Command, END, interrupt, START, StateGraph } from "@langchain/langgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inbox } from "../db/schema/index.ts";
import { openTestDatabase, type TestDatabase } from "../tests/fixtures/database.ts";
import { openCheckpointer } from "./checkpoints.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

const State = Annotation.Root({ asked: Annotation<number>, answer: Annotation<string> });

/** Asks, waits, and says what it was told. */
async function askingGraph() {
  const checkpointer = await openCheckpointer(test.pool);
  return new StateGraph(State)
    .addNode("ask", ({ asked }) => ({ answer: `${asked}: ${interrupt({ asked })}` }))
    .addEdge(START, "ask")
    .addEdge("ask", END)
    .compile({ checkpointer });
}

describe("checkpoints", () => {
  it("can be set up by several at once", async () => {
    const savers = await Promise.all([1, 2, 3].map(() => openCheckpointer(test.pool)));
    for (const saver of savers) {
      expect(await saver.getTuple({ configurable: { thread_id: "none" } })).toBeUndefined();
    }
  });

  it("keep twenty interrupted runs apart, while transactions come and go, until others resume them", async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const config = (n: number) => ({ configurable: { thread_id: `run-${n}` } });
    const first = await askingGraph();
    await Promise.all(
      numbers.map((n) =>
        Promise.allSettled([
          first.invoke({ asked: n }, config(n)),
          test.database.transaction(async (transaction) => {
            await transaction.insert(inbox).values({ channel: "graph", key: `${n}` });
            if (n % 2 === 1) throw new Error("rolled back");
          }),
        ]),
      ),
    );
    const second = await askingGraph();
    const waiting = await second.getState(config(7));
    expect(waiting.tasks[0]?.interrupts[0]?.value).toEqual({ asked: 7 });
    const ended = await Promise.all(
      numbers.map((n) => second.invoke(new Command({ resume: `yes ${n}` }), config(n))),
    );
    expect(ended.map(({ answer }) => answer)).toEqual(numbers.map((n) => `${n}: yes ${n}`));
    expect(await test.database.select().from(inbox)).toHaveLength(10);
  });
});
