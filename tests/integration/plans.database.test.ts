import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Script,
  type ScriptedMessage,
  type ScriptedView,
  scriptedProvider,
} from "../../agent/model/scripted.ts";
import { readySteps } from "../../agent/plans/plan.ts";
import type { PlanStep, Reply, SendRequest, ThreadEvent } from "../../agent/service.ts";
import type { Tool } from "../../tools/define.ts";
import { createRegistry } from "../../tools/registry.ts";
import { collect, openWorld, testTools, type World } from "./agent-world.ts";

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
const statesOf = (reply: Pick<Reply, "plan">): Record<string, string> =>
  Object.fromEntries((reply.plan?.steps ?? []).map(({ id, state }) => [id, state]));
const stepsOf = (events: readonly ThreadEvent[]): string[] =>
  events.flatMap(({ body }) => (body.type === "step" ? [`${body.step.id} ${body.step.state}`] : []));
const replyIn = (events: readonly ThreadEvent[]): Reply => {
  const last = events.at(-1)?.body;
  if (last?.type !== "reply") throw new Error(`ended with ${last?.type}`);
  return last.reply;
};

interface Planned {
  readonly id: string;
  readonly tool: string;
  readonly input: object;
  readonly title: string;
  readonly dependsOn?: readonly string[];
  readonly after?: readonly string[];
  readonly onceDecided?: string;
}

/** A planner that says all steps at first and makes the calls of those that may begin. */
const following =
  (steps: readonly Planned[]): Script =>
  ({ briefing }) => {
    const { progress } = briefing;
    if (progress === undefined) {
      const first = steps.filter(
        ({ dependsOn, after, onceDecided }) => !dependsOn?.length && !after?.length && !onceDecided,
      );
      return { plan: steps.map(({ input: _input, ...step }) => step), calls: first };
    }
    const ready = new Set(progress.over ? [] : readySteps(progress.plan).map(({ id }) => id));
    const calls = steps.filter(({ id }) => ready.has(id));
    return calls.length > 0 ? { calls } : { text: "That is what there is." };
  };

const threeReads: readonly Planned[] = [
  { id: "s1", tool: "orders.mean", input: {}, title: "How long it takes" },
  { id: "s2", tool: "orders.count", input: { above: 500 }, title: "Count the large ones", after: ["s1"] },
  { id: "s3", tool: "orders.count", input: { above: 100 }, title: "Simulate it", after: ["s2"] },
];

/** The same, whose second step works until it is stopped. */
const held: readonly Planned[] = threeReads.map((step) =>
  step.id === "s2" ? { ...step, tool: "orders.endless", input: {} } : step,
);

describe("a plan of more than a few steps", () => {
  it("is shown before it runs, tells of each step, and ends with what was done", async () => {
    const service = world.serve(scriptedProvider(following(threeReads)));
    const events = await collect(service.send(say("go", { thread: "plan" })));
    const plan = events.find(({ body }) => body.type === "plan")!.body;
    expect(plan).toMatchObject({
      steps: [
        { id: "s1", state: "waiting", title: "How long it takes" },
        { id: "s2", state: "waiting", after: ["s1"] },
        { id: "s3", state: "waiting" },
      ],
    });
    expect(stepsOf(events)).toEqual([
      "s1 running",
      "s1 done",
      "s2 running",
      "s2 done",
      "s3 running",
      "s3 done",
    ]);
    const reply = replyIn(events);
    expect(reply.reply).toContain("Done: How long it takes; Count the large ones; Simulate it.");
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "done", s3: "done" });
  });

  it("is made of a language model's own calls where it says no plan", async () => {
    const service = world.serve(
      scriptedProvider(({ outcomes }) => {
        if (outcomes.length === 0)
          return { calls: ["orders.mean", "orders.broken"].map((tool) => ({ tool, input: {} })) };
        return outcomes.length === 2 ? { calls: [{ tool: "orders.count", input: {} }] } : { text: "Done." };
      }),
    );
    const events = await collect(service.send(say("look around", { thread: "own calls" })));
    const reply = replyIn(events);
    expect(reply.plan?.steps.map(({ tool, state, note }) => ({ tool, state, note }))).toEqual([
      { tool: "orders.mean", state: "done", note: null },
      { tool: "orders.broken", state: "failed", note: "There are no times in this log" },
      { tool: "orders.count", state: "done", note: null },
    ]);
    expect(reply.reply).toContain("Not done:\n- orders.broken: There are no times in this log");
  });

  it("skips what needs the result of a step that failed, and says so", async () => {
    const steps: readonly Planned[] = [
      { id: "s1", tool: "orders.broken", input: {}, title: "Find the times" },
      { id: "s2", tool: "orders.count", input: {}, title: "Count by them", dependsOn: ["s1"] },
      { id: "s3", tool: "orders.mean", input: {}, title: "Anyway", after: ["s1"] },
    ];
    const reply = await world.serve(scriptedProvider(following(steps))).ask(say("go"));
    expect(statesOf(reply)).toEqual({ s1: "failed", s2: "skipped", s3: "done" });
    expect(reply.reply).toContain("- Count by them: It needs the result of “Find the times”.");
  });

  it("is of no note in an answer of a step or two", async () => {
    const reply = await world.serve(scriptedProvider(following(threeReads.slice(0, 2)))).ask(say("go"));
    expect(reply.plan).toBeUndefined();
    expect(reply.reply).toBe("That is what there is.");
  });
});

describe("the limits of a plan", () => {
  it("on steps: those beyond are not begun, and the limit is named", async () => {
    const service = world.serve(scriptedProvider(following(threeReads)), {
      limits: { planSteps: 2, pollMilliseconds: 100 },
    });
    const reply = await service.ask(say("go"));
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "done", s3: "stopped" });
    expect(reply.reply).toContain("- Simulate it: The limit of 2 steps for one plan is reached.");
  });

  it("on calls: what does not fit is not called", async () => {
    const service = world.serve(scriptedProvider(following(threeReads)), {
      limits: { calls: 2, pollMilliseconds: 100 },
    });
    const reply = await service.ask(say("go"));
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "done", s3: "stopped" });
    expect(reply.reply).toContain("The limit of 2 calls for one plan is reached.");
    expect(reply.calls).toHaveLength(2);
  });

  it("on time: what runs is stopped, what was found is told, and nothing more begins", async () => {
    const service = world.serve(scriptedProvider(following(held)), {
      limits: { planMilliseconds: 2_000, pollMilliseconds: 100 },
    });
    const reply = await service.ask(say("go"));
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "stopped", s3: "stopped" });
    expect(reply.reply).toContain("The time limit for one plan, 2 s, is reached.");
  });

  it("on rounds of the model: the plan ends where it is", async () => {
    const service = world.serve(scriptedProvider(following(threeReads)), {
      limits: { steps: 2, pollMilliseconds: 100 },
    });
    const reply = await service.ask(say("go"));
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "done", s3: "stopped" });
    expect(reply.reply).toContain("An order takes 3.5 h on average.");
  });
});

/** Waits until a step of the running turn is in a state. */
async function until(
  events: AsyncIterator<ThreadEvent>,
  id: string,
  state: PlanStep["state"],
): Promise<ThreadEvent> {
  for (let next = await events.next(); !next.done; next = await events.next()) {
    const { body } = next.value;
    if (body.type === "step" && body.step.id === id && body.step.state === state) return next.value;
  }
  throw new Error(`${id} was never ${state}`);
}

async function rest(events: AsyncIterator<ThreadEvent>): Promise<ThreadEvent[]> {
  const all: ThreadEvent[] = [];
  for (let next = await events.next(); !next.done; next = await events.next()) all.push(next.value);
  return all;
}

/** Works until it is stopped, and tells nothing. */
const hushed = {
  ...testTools.find(({ name }) => name === "orders.endless")!,
  name: "orders.hushed",
  examples: { en: ["work in silence"] },
  execute: (_input: unknown, context: { readonly signal: AbortSignal }) =>
    new Promise((_, reject) => {
      context.signal.addEventListener("abort", () => reject(context.signal.reason));
    }),
};

describe("a plan that runs", () => {
  it.each(["stop", "please stop", "never mind"])("is stopped by a word: %s", async (word) => {
    const service = world.serve(scriptedProvider(following(held)));
    const thread = `stop ${word}`;
    const events = service.send(say("go", { thread }))[Symbol.asyncIterator]();
    await until(events, "s2", "running");
    const reply = await service.ask(say(word, { thread }));
    expect(reply.reply).toContain("Stopped. Nothing more of the plan is done.");
    expect(reply.reply).toContain("Done: How long it takes.");
    expect(reply.reply).toContain("- Simulate it: The plan was stopped by maya.");
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "stopped", s3: "stopped" });
    const [last] = (await rest(events)).slice(-1);
    expect(last?.body).toMatchObject({ type: "stopped", plan: { steps: [{}, { state: "stopped" }, {}] } });
    const next = world.serve(scriptedProvider([{ text: "Still here." }]));
    expect((await next.ask(say("hello", { thread }))).reply).toBe("Still here.");
  });

  it("stops where the caller stops listening, and says what was done", async () => {
    const service = world.serve(scriptedProvider(following(held)));
    const leaving = new AbortController();
    const events = service
      .send(say("go", { thread: "leaving", signal: leaving.signal }))
      [Symbol.asyncIterator]();
    await until(events, "s2", "running");
    leaving.abort();
    const [last] = (await rest(events)).slice(-1);
    expect(last?.body).toMatchObject({ type: "stopped" });
  });

  it("leaves out a step that somebody says to skip while it runs", async () => {
    const quick = held.map((step) => (step.id === "s2" ? { ...step, tool: "orders.slow" } : step));
    const service = world.serve(scriptedProvider(following(quick)));
    const events = service.send(say("go", { thread: "skip" }))[Symbol.asyncIterator]();
    await until(events, "s2", "running");
    const steered = await service.ask(say("skip the simulation", { thread: "skip" }));
    expect(steered.reply).toBe("Left out: Simulate it. The rest of the plan goes on.");
    const reply = replyIn(await rest(events));
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "done", s3: "skipped" });
    expect(reply.reply).toContain("- Simulate it: Left out, as you said: “skip the simulation”.");
  });

  it("looks at fewer cases from the next step on, when somebody says so", async () => {
    const seen: unknown[] = [];
    const quick = held.map((step) => (step.id === "s2" ? { ...step, tool: "orders.slow" } : step));
    const follow = following(quick) as (view: never) => object;
    const service = world.serve(
      scriptedProvider((view) => {
        seen.push(view.briefing.progress?.plan.steering);
        return follow(view as never);
      }),
    );
    const events = service.send(say("go", { thread: "narrow" }))[Symbol.asyncIterator]();
    await until(events, "s2", "running");
    const steered = await service.ask(say("only DE", { thread: "narrow" }));
    expect(steered.reply).toBe("The steps that are left look only at these cases: country = DE.");
    await rest(events);
    expect(seen.at(-2)).toEqual([
      {
        words: "only DE",
        filters: [{ kind: "attribute", attribute: "country", comparator: "=", value: "DE" }],
      },
    ]);
  });

  it("is changed by nobody but who asked, though anybody who is known may stop it", async () => {
    const service = world.serve(scriptedProvider(following(held)));
    const events = service.send(say("go", { thread: "others" }))[Symbol.asyncIterator]();
    await until(events, "s2", "running");
    const { arun } = world.person;
    const waits = new AbortController();
    const asked = collect(
      service.send(say("skip the simulation", { thread: "others", person: arun, signal: waits.signal })),
    );
    await expect
      .poll(
        async () =>
          (await collect(service.replay({ person: null, tenant: world.database.tenant, thread: "others" })))
            .length,
      )
      .toBeGreaterThan(5);
    waits.abort();
    await asked;
    const reply = await service.ask(say("stop", { thread: "others", person: arun }));
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "stopped", s3: "stopped" });
    expect(reply.reply).toContain("stopped by arun");
    await rest(events);
  });

  it("is stopped by its turn only for who asked and for an administrator, and once", async () => {
    const service = world.serve(scriptedProvider(following(held)));
    const events = service.send(say("go", { thread: "by turn" }))[Symbol.asyncIterator]();
    const { turn } = await until(events, "s2", "running");
    const { tenant } = world.database;
    const stop = (person: SendRequest["person"], which = turn) =>
      service.stopTurn({ person, tenant, thread: "by turn", turn: which });
    await expect(stop(world.person.arun)).rejects.toThrow("Only maya or an administrator may stop this");
    await expect(stop(null)).rejects.toThrow("Only maya");
    expect(await stop(world.person.maya, "another turn")).toBe(false);
    const dev = { id: "dev", tenant, name: "", roles: [] };
    expect(await Promise.all([stop(dev), stop(world.person.maya)])).toContain(true);
    const ends = (await rest(events)).filter(({ body }) => body.type === "stopped");
    expect(ends).toHaveLength(1);
    expect(await stop(world.person.maya)).toBe(false);
  });

  it("tells of a call that takes long, without a plan too, and is stopped by a word", async () => {
    const service = world.serve(scriptedProvider([{ calls: [{ tool: "orders.hushed", input: {} }] }]), {
      registry: createRegistry([...testTools, hushed] as Tool[]),
    });
    const events = service.send(say("how long?", { thread: "hushed" }))[Symbol.asyncIterator]();
    for (let next = await events.next(); ; next = await events.next()) {
      if (next.done === true) throw new Error("nothing was told");
      if (next.value.body.type !== "progress") continue;
      expect(next.value.body).toMatchObject({ message: "work in silence", share: null });
      break;
    }
    const reply = await service.ask(say("stop", { thread: "hushed" }));
    expect(reply.reply).toContain("Stopped.");
    expect((await rest(events)).at(-1)?.body).toMatchObject({ type: "stopped" });
  });

  it("goes on in another process after a restart, with what was done", async () => {
    const first = world.serve(scriptedProvider(following(held)));
    const events = first.send(say("go", { thread: "restart" }))[Symbol.asyncIterator]();
    await until(events, "s2", "running");
    await first.close();
    const brief = testTools.map((tool) =>
      tool.name === "orders.endless"
        ? { ...testTools.find(({ name }) => name === "orders.slow")!, name: tool.name }
        : tool,
    );
    const second = world.serve(scriptedProvider(following(held)), {
      registry: createRegistry(brief as Tool[]),
    });
    const { tenant } = world.database;
    const all: ThreadEvent[] = [];
    for await (const event of second.replay({ person: null, tenant, thread: "restart", follow: true })) {
      all.push(event);
      if (event.body.type === "reply" || event.body.type === "problem") break;
    }
    const reply = replyIn(all);
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "done", s3: "done" });
    expect(stepsOf(all).filter((step) => step === "s1 done")).toHaveLength(1);
  });
});

describe("a plan that waits for a decision", () => {
  const steps: readonly Planned[] = [
    { id: "s1", tool: "orders.mean", input: {}, title: "How long it takes" },
    {
      id: "s2",
      tool: "orders.note",
      input: { text: "late", limit: 500 },
      title: "Propose the note",
      after: ["s1"],
    },
    { id: "s3", tool: "orders.count", input: { above: 500 }, title: "Count them then", onceDecided: "s2" },
  ];
  const asked = async (thread: string) => {
    const calls: unknown[] = [];
    const follow = following(steps) as (view: ScriptedView) => ScriptedMessage;
    const service = world.serve(
      scriptedProvider((view) => {
        const said = follow(view);
        calls.push(...(said.calls ?? []).map(({ id }) => id));
        return said;
      }),
    );
    const reply = await service.ask(say("note it, then count", { thread }));
    expect(statesOf(reply)).toEqual({ s1: "done", s2: "done", s3: "waiting" });
    expect(reply.reply).toContain("- Count them then: Goes on once the proposal before it is decided.");
    return { service, reply, calls };
  };
  const decided = async (
    service: ReturnType<World["serve"]>,
    reply: Reply,
    verdict: "approve" | "reject",
  ) => {
    const { tenant } = world.database;
    const proposal = reply.proposals[0]!;
    await service.decide({
      person: world.person.ana,
      tenant,
      proposal: proposal.id,
      verdict,
      channel: "web",
    });
    const events: ThreadEvent[] = [];
    for await (const event of service.replay({ person: null, tenant, thread: reply.thread, follow: true })) {
      events.push(event);
      if (event.body.type === "reply" && event.turn !== reply.turn) break;
    }
    return { events, after: replyIn(events) };
  };

  it("goes on in the thread when the change was carried out, without doing again what was done", async () => {
    const { service, reply, calls } = await asked("goes on");
    expect(calls).toEqual(["s1", "s2"]);
    const { events, after } = await decided(service, reply, "approve");
    expect(calls).toEqual(["s1", "s2", "s3"]);
    expect(events.find(({ body }) => body.type === "resumed")?.body).toEqual({
      type: "resumed",
      of: reply.turn,
    });
    expect(after.reply).toContain("The proposal is carried out; the plan goes on.");
    expect(statesOf(after)).toEqual({ s1: "done", s2: "done", s3: "done" });
    expect(after.calls.map(({ tool }) => tool)).toEqual(["orders.count"]);
    expect(after.proposals).toEqual([]);
    expect(events.filter(({ body }) => body.type === "resumed")).toHaveLength(1);
  });

  it("leaves the rest out when the change was rejected, and says so", async () => {
    const { service, reply, calls } = await asked("rejected");
    const { after } = await decided(service, reply, "reject");
    expect(calls).toEqual(["s1", "s2"]);
    expect(after.reply).toContain("The proposal is not carried out, so the rest of the plan is left out.");
    expect(after.plan?.steps[2]).toMatchObject({
      state: "skipped",
      note: "The proposal before it was not carried out (rejected).",
    });
  });
});
