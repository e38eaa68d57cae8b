import { Command } from "@langchain/langgraph";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scriptedProvider } from "../../agent/model/scripted.ts";
import type { Reply, SendRequest, ThreadEvent } from "../../agent/service.ts";
import { collect, openWorld, type World } from "./agent-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const say = (text: string, more: Partial<SendRequest> = {}): SendRequest => ({
  person: world.person.maya,
  tenant: world.database.tenant,
  channel: "cli",
  text,
  ...more,
});
const types = (events: readonly ThreadEvent[]): string[] => events.map(({ body }) => body.type);
const factId = (reply: Pick<Reply, "facts">, label: string): string =>
  reply.facts.find((fact) => fact.label === label)!.id;

/** Counts, then says the count. */
const counting = () =>
  scriptedProvider(({ outcomes }) => {
    const found = outcomes.find((outcome) => outcome.kind === "result");
    if (found?.kind !== "result") return { calls: [{ tool: "orders.count", input: { above: 500 } }] };
    return { text: `There are {{${found.result.facts[0]!.id}}} above 500.` };
  });

describe("a turn", () => {
  it("answers with verified figures, their marks and facts", async () => {
    const service = world.serve(counting());
    const reply = await service.ask(say("how many orders are above 500?"));
    expect(reply.reply).toBe("There are 2 orders above 500.");
    const [mark] = reply.marks;
    expect(reply.reply.slice(mark!.start, mark!.end)).toBe("2 orders");
    expect(mark!.fact).toBe(factId(reply, "Orders above the amount"));
    expect(reply.calls).toEqual([{ tool: "orders.count", input: { above: 500 }, risk: "read" }]);
    expect(reply.planner).toBe("scripted");
    expect(reply.views).toHaveLength(1);
  });

  it("streams what replay gives, from any number on", async () => {
    const service = world.serve(counting());
    const streamed = await collect(service.send(say("how many orders are above 500?", { thread: "stream" })));
    expect(types(streamed)).toEqual(["message", "plan", "result", "text-delta", "reply"]);
    expect(streamed.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    for (const from of [0, 1, 3, 5, 9]) {
      const replayed = await collect(
        service.replay({ person: null, tenant: world.database.tenant, thread: "stream", from }),
      );
      expect(replayed).toEqual(streamed.slice(from));
    }
  });

  it("remembers the thread: history, facts and what the planner left there", async () => {
    const seen: unknown[] = [];
    const service = world.serve(
      scriptedProvider(({ outcomes, briefing, messages }) => {
        seen.push({ state: briefing.state, texts: messages.map((message) => message.text) });
        const found = outcomes.find((outcome) => outcome.kind === "result");
        if (briefing.text === "again?")
          return { text: String(messages.at(-2)?.text), parts: { state: { turns: 2 } } };
        if (found?.kind !== "result") return { calls: [{ tool: "orders.mean", input: {} }] };
        return { text: `It takes {{${found.result.facts[0]!.id}}}.`, parts: { state: { turns: 1 } } };
      }),
    );
    const first = await service.ask(say("how long?", { thread: "memory" }));
    const second = await service.ask(say("again?", { thread: "memory" }));
    expect(first.reply).toBe("It takes 3.5 h.");
    expect(second.reply).toBe("It takes 3.5 h.");
    expect(second.marks[0]!.fact).toBe(first.marks[0]!.fact);
    expect(seen.at(-1)).toMatchObject({ state: { turns: 1 } });
  });

  it("asked to count by a calendar, says of durations that no calendar counts that they are by the clock", async () => {
    const notesOf = async (tool: string, calendar?: unknown) => {
      const seen: unknown[] = [];
      const provider = scriptedProvider(({ outcomes }) => {
        const [found] = outcomes;
        if (found?.kind !== "result") return { calls: [{ tool, input: {} }] };
        seen.push(...(found.result.answer.notes ?? []));
        return { text: `{{${found.result.facts[0]!.id}}}` };
      });
      await world.serve(provider).ask(say("how long?", calendar === undefined ? {} : { calendar }));
      return seen;
    };
    expect(await notesOf("orders.mean", { hours: { monday: [["09:00", "12:00"]] } })).toMatchObject([
      { text: expect.stringContaining("by the clock") },
    ]);
    expect(await notesOf("orders.mean")).toEqual([]);
    expect(await notesOf("orders.count", "Berlin office")).toEqual([]);
  });

  it("refuses a calendar that is none before it begins", async () => {
    const service = world.serve(counting());
    const wrong = say("how long?", { thread: "no calendar", calendar: { hours: { monday: "always" } } });
    await expect(service.ask(wrong)).rejects.toMatchObject({ code: "calendar", status: 422 });
    const { tenant } = world.database;
    const threads = await service.threads({ person: world.person.maya, tenant });
    expect(threads.map(({ id }) => id)).not.toContain("no calendar");
  });

  it("tells the model once what is wrong with a plan, and runs nothing of it", async () => {
    const service = world.serve(
      scriptedProvider([
        {
          calls: [
            { tool: "orders.missing", input: {} },
            { tool: "orders.count", input: { above: 500 } },
          ],
        },
        ({ messages }) => {
          const told = messages.filter((message) => message.getType() === "tool").map(({ text }) => text);
          expect(told[0]).toContain('There is no tool \\"orders.missing\\"');
          expect(told[1]).toContain("Not run");
          return { calls: [{ tool: "orders.count", input: { above: "many" } }] };
        },
        ({ messages, outcomes }) => {
          expect(messages.at(-1)?.text).toContain("above");
          expect(outcomes).toMatchObject([{ kind: "problem", tool: "orders.count" }]);
          return { text: "I could not count them." };
        },
      ]),
    );
    const events = await collect(service.send(say("count", { thread: "bad-plan" })));
    expect(types(events).filter((type) => type === "result")).toEqual([]);
    expect(types(events).at(-1)).toBe("reply");
  });

  it("reports a tool's failure to the model instead of failing", async () => {
    const service = world.serve(
      scriptedProvider([
        { calls: [{ tool: "orders.broken", input: {} }] },
        ({ outcomes }) => ({ text: outcomes[0]?.kind === "problem" ? outcomes[0].detail : "?" }),
      ]),
    );
    expect((await service.ask(say("times?"))).reply).toBe("There are no times in this log");
  });

  it("can be stopped, and says so", async () => {
    const service = world.serve(scriptedProvider([{ calls: [{ tool: "orders.endless", input: {} }] }]));
    const events: ThreadEvent[] = [];
    for await (const event of service.send(say("go", { thread: "stopping" }))) {
      events.push(event);
      if (event.body.type === "progress") {
        await service.stop({ person: world.person.maya, tenant: world.database.tenant, thread: "stopping" });
      }
    }
    expect(types(events)).toEqual(["message", "plan", "progress", "stopped"]);
    const after = world.serve(scriptedProvider([{ text: "Still here." }]));
    expect((await after.ask(say("hello", { thread: "stopping" }))).reply).toBe("Still here.");
  });

  it("ends with what was found when a limit is reached", async () => {
    const service = world.serve(
      scriptedProvider(() => ({ calls: [{ tool: "orders.mean", input: {} }] })),
      { limits: { steps: 3, pollMilliseconds: 100 } },
    );
    const reply = await service.ask(say("how long?"));
    expect(reply.reply).toContain("An order takes 3.5 h on average.");
    expect(reply.reply).toContain("more steps than one turn may use");
  });
});

describe("evidence", () => {
  it("blocks a number without a fact: once back to the model, then code answers", async () => {
    const service = world.serve(
      scriptedProvider([
        { calls: [{ tool: "orders.mean", input: {} }] },
        { text: "It takes 4 hours." },
        ({ messages }) => {
          expect(messages.at(-1)?.text).toContain('The number "4"');
          return { text: "It takes four hours." };
        },
      ]),
    );
    const reply = await service.ask(say("how long?"));
    expect(reply.reply).not.toMatch(/4|four/);
    expect(reply.reply).toContain("An order takes 3.5 h on average.");
    expect(world.reported.some(({ where }) => where === "answer")).toBe(true);
  });

  it("holds a reply back when its query no longer gives the figure", async () => {
    const { database } = world.database;
    const { sql } = await import("drizzle-orm");
    const service = world.serve(
      scriptedProvider(async ({ outcomes }) => {
        const found = outcomes.find((outcome) => outcome.kind === "result");
        if (found?.kind !== "result") return { calls: [{ tool: "orders.mean", input: {} }] };
        await database.execute(sql`update test_orders set seconds = seconds + 60 where id = 'o1'`);
        return { text: `It takes {{${found.result.facts[0]!.id}}}.` };
      }),
    );
    const reply = await service.ask(say("how long?"));
    await database.execute(sql`update test_orders set seconds = 3600 where id = 'o1'`);
    expect(reply.reply).toContain("could not be verified");
    expect(reply.marks).toEqual([]);
    expect(reply.reply).not.toMatch(/\d/);
  });
});

describe("proposals", () => {
  const proposing = (text = "late") =>
    scriptedProvider(({ outcomes, briefing }) => {
      if (!briefing.text.includes("note")) return { text: "You are welcome." };
      const proposed = outcomes.find((outcome) => outcome.kind === "proposal");
      if (proposed?.kind !== "proposal")
        return { calls: [{ tool: "orders.note", input: { text, limit: 500 } }] };
      return { text: `I proposed it: ${proposed.proposal.summary}. It waits for an approver.` };
    });

  it("waits while the conversation goes on, and executes once when the right person approves", async () => {
    const service = world.serve(proposing());
    const { tenant } = world.database;
    const before = await world.effects();
    const reply = await service.ask(say("write a note", { thread: "gate" }));
    const [proposal] = reply.proposals;
    expect(reply.calls).toEqual([]);
    expect(proposal!.preview).toMatchObject({ affected: { count: 2 } });
    expect((await service.ask(say("approve it, thanks", { thread: "gate" }))).reply).toBe("You are welcome.");
    expect(await world.effects()).toBe(before);

    const decision = { tenant, proposal: proposal!.id, verdict: "approve" as const, channel: "web" as const };
    await expect(service.decide({ ...decision, person: world.person.maya })).rejects.toThrow(/whoever asks/);
    await expect(service.decide({ ...decision, person: null })).rejects.toThrow(/signed in/);
    const [one, two] = await Promise.all([
      service.decide({ ...decision, person: world.person.ana, digest: proposal!.digest }),
      service.decide({ ...decision, person: world.person.ana, digest: proposal!.digest }),
    ]);
    expect([one.already, two.already].sort()).toEqual([false, true]);
    expect([one.proposal.state, two.proposal.state]).toEqual(["executed", "executed"]);
    expect(
      (await service.proposals({ person: null, tenant, state: "executed" })).map(({ id }) => id),
    ).toContain(proposal!.id);
    expect(await world.effects()).toBe(before + 1);

    const events = await collect(service.replay({ person: null, tenant, thread: "gate" }));
    expect(types(events).filter((type) => type === "decision" || type === "receipt")).toEqual([
      "decision",
      "receipt",
    ]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });

  it("takes a proposal out of the running when a message changes it", async () => {
    const { tenant } = world.database;
    const asking = world.serve(proposing("first"));
    const [old] = (await asking.ask(say("write a note", { thread: "change" }))).proposals;
    const changing = world.serve(
      scriptedProvider([
        { calls: [{ tool: "orders.note", input: { text: "second", limit: 600 } }] },
        { text: "Changed; the old one no longer stands.", parts: { supersedes: [old!.id] } },
      ]),
    );
    const [fresh] = (await changing.ask(say("say second instead", { thread: "change" }))).proposals;
    const cards = await changing.proposals({ person: world.person.ana, tenant });
    expect(cards.find(({ id }) => id === old!.id)?.state).toBe("superseded");
    expect(cards.find(({ id }) => id === fresh!.id)?.state).toBe("pending");
    await expect(
      changing.decide({
        person: world.person.ana,
        tenant,
        proposal: old!.id,
        verdict: "approve",
        channel: "cli",
      }),
    ).rejects.toThrow(/no longer stands/);
  });

  it("is withdrawn by the words of whoever asked for it, and of nobody else, whatever a model makes of them", async () => {
    const { tenant } = world.database;
    const asking = world.serve(proposing("withdrawn"));
    const [old] = (await asking.ask(say("write a note", { thread: "withdrawn" }))).proposals;
    const parts = { supersedes: [old!.id] };
    const stateAfter = async (text: string, person: typeof world.person.ana) => {
      const service = world.serve(scriptedProvider([{ text: "Taken back.", parts }]));
      await service.ask(say(text, { thread: "withdrawn", person }));
      const cards = await service.proposals({ person: world.person.ana, tenant });
      return cards.find(({ id }) => id === old!.id)?.state;
    };
    expect(await stateAfter("no, reject it", world.person.ana)).toBe("pending");
    expect(await stateAfter("never mind", world.person.maya)).toBe("superseded");
  });

  it("ignores whatever a waiting run is resumed with", async () => {
    const { openCheckpointer } = await import("../../memory/checkpoints.ts");
    const { buildGraph } = await import("../../agent/graph/graph.ts");
    const service = world.serve(proposing("forged"));
    const reply = await service.ask(say("write a note", { thread: "forged" }));
    await expect.poll(async () => (await snapshot()).next).toEqual(["gate"]);
    const before = await world.effects();
    await graph().then((compiled) =>
      compiled.invoke(
        new Command({ resume: { approved: true, proposals: [reply.proposals[0]!.id] } }),
        config(),
      ),
    );
    expect((await snapshot()).next).toEqual(["gate"]);
    expect(await world.effects()).toBe(before);

    function config() {
      return { configurable: { thread_id: `batch:${reply.turn}` } };
    }
    async function graph() {
      const checkpointer = await openCheckpointer(world.database.pool);
      return buildGraph(
        {
          options: { database: world.database.database } as never,
          limits: {} as never,
          gate: { database: world.database.database } as never,
          turnOf: () => {
            throw new Error("a batch is no turn");
          },
          settle: async () => {
            throw new Error("nothing was decided");
          },
          report: () => undefined,
        },
        checkpointer,
      );
    }
    async function snapshot() {
      return (await graph()).getState(config());
    }
  });

  it("lets a nameless viewer read and nothing else", async () => {
    const reading = world.serve(counting());
    expect((await reading.ask(say("how many?", { person: null }))).reply).toContain("2 orders");
    const wanting = world.serve(
      scriptedProvider([
        { calls: [{ tool: "orders.note", input: { text: "x", limit: 1 } }] },
        ({ messages }) => {
          expect(messages.at(-1)?.text).toContain("may not ask");
          return { text: "You may not." };
        },
      ]),
    );
    expect((await wanting.ask(say("write a note", { person: null }))).proposals).toEqual([]);
    const nobody = { id: "mallory", tenant: world.database.tenant, name: "M", roles: ["admin" as const] };
    await expect(wanting.ask(say("hello", { person: nobody }))).rejects.toThrow(/known as "mallory"/);
  });

  it("keeps private threads to their person and tenants apart", async () => {
    const { tenant } = world.database;
    const service = world.serve(scriptedProvider([{ text: "Hi." }]));
    await service.ask(say("mine", { thread: "secret", private: true }));
    const asked = { thread: "secret", tenant };
    await expect(collect(service.replay({ ...asked, person: world.person.ana }))).rejects.toMatchObject({
      status: 404,
    });
    await expect(collect(service.replay({ ...asked, person: null }))).rejects.toMatchObject({ status: 404 });
    expect(await collect(service.replay({ ...asked, person: world.person.maya }))).not.toEqual([]);
    const stranger = { ...world.person.maya, tenant: "other" };
    await expect(service.threads({ person: stranger, tenant })).rejects.toMatchObject({ status: 403 });
    await expect(
      collect(service.replay({ person: null, tenant: "other", thread: "gate" })),
    ).rejects.toMatchObject({ status: 404 });
  });
});

describe("a restart", () => {
  it("goes on with a turn that was being answered", async () => {
    await using world = await openWorld();
    const { tenant } = world.database;
    const limits = { leaseMilliseconds: 600, pollMilliseconds: 100 };
    const first = world.serve(
      scriptedProvider([
        { calls: [{ tool: "orders.mean", input: {} }] },
        { calls: [{ tool: "orders.endless", input: {} }] },
      ]),
      { limits, alone: false },
    );
    const stream = first.send({ ...say("how long?", { thread: "restart" }), person: world.person.maya });
    for await (const { body } of stream) if (body.type === "progress") break;
    await first.close();
    const second = world.serve(
      scriptedProvider(({ outcomes }) => {
        const found = outcomes.find((outcome) => outcome.kind === "result" && outcome.tool === "orders.mean");
        return { text: found?.kind === "result" ? `It takes {{${found.result.facts[0]!.id}}}.` : "lost" };
      }),
      {
        limits,
        alone: false,
        registry: (await import("../../tools/registry.ts")).createRegistry(
          (await import("./agent-world.ts")).testTools.map((tool) =>
            tool.name === "orders.endless"
              ? {
                  ...tool,
                  execute: async () => ({
                    data: null,
                    facts: [],
                    views: [],
                    answer: { headline: { text: "Done" }, figures: [], assumptions: [] },
                  }),
                }
              : tool,
          ) as never,
        ),
      },
    );
    const events: ThreadEvent[] = [];
    for await (const event of second.replay({ person: null, tenant, thread: "restart", follow: true })) {
      events.push(event);
      if (event.body.type === "reply") break;
    }
    expect(events.at(-1)!.body).toMatchObject({ reply: { reply: "It takes 3.5 h." } });
    expect(types(events).filter((type) => type === "result")).toHaveLength(2);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });
});
