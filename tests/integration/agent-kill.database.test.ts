import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { scriptedProvider } from "../../agent/model/scripted.ts";
import type { ThreadEvent } from "../../agent/service.ts";
import { openDatabase } from "../../db/client.ts";
import { openWorld } from "./agent-world.ts";

const child = fileURLToPath(new URL("agent-kill-child.ts", import.meta.url));

/** Starts the child and kills it, as `kill -9` does, in the middle of its turn. */
async function killInTheMiddle(folder: string, ...how: "plan"[]): Promise<void> {
  const running = spawn(process.execPath, [child, folder, ...how], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const chunk of running.stdout) if (String(chunk).includes("hanging")) running.kill("SIGKILL");
  if (running.exitCode === null && running.signalCode === null) await once(running, "exit");
  expect(running.signalCode).toBe("SIGKILL");
}

it("answers after the process that was answering was killed, without doing its reads again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millwright-kill-"));
  await killInTheMiddle(folder);
  const database = await openDatabase({ folder });
  const world = await openWorld({ ...database, tenant: "test", url: null });
  try {
    const provider = scriptedProvider(({ outcomes }) => {
      const [found] = outcomes;
      return { text: found?.kind === "result" ? `It takes {{${found.result.facts[0]!.id}}}.` : "Lost." };
    });
    const service = world.serve(provider, { alone: true });
    const events: ThreadEvent[] = [];
    for await (const event of service.replay({
      person: null,
      tenant: "test",
      thread: "killed",
      follow: true,
    })) {
      events.push(event);
      if (event.body.type === "reply") break;
    }
    expect(events.at(-1)!.body).toMatchObject({ reply: { reply: "It takes 3.5 h." } });
    expect(events.filter(({ body }) => body.type === "result")).toHaveLength(1);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  } finally {
    await world[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
});

it("says truly what was done of a plan whose process was killed in the middle, when it is stopped afterwards", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millwright-kill-"));
  await killInTheMiddle(folder, "plan");
  const database = await openDatabase({ folder });
  const world = await openWorld({ ...database, tenant: "test", url: null });
  try {
    const again = { id: "s2", tool: "orders.endless", input: {} };
    const service = world.serve(
      scriptedProvider(() => ({ calls: [again] })),
      { alone: true },
    );
    const said = { person: world.person.maya, tenant: "test", channel: "cli" as const, thread: "killed" };
    const reply = await service.ask({ ...said, text: "stop" });
    expect(reply.plan?.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      "s1 done",
      "s2 stopped",
      "s3 stopped",
    ]);
    expect(reply.reply).toContain("Done: How long it takes.");
    expect(reply.reply).toContain("- Simulate it: The plan was stopped by maya.");
    const events: ThreadEvent[] = [];
    for await (const event of service.replay({ person: null, tenant: "test", thread: "killed" }))
      events.push(event);
    const done = events.filter(({ body }) => body.type === "step" && body.step.state === "done");
    expect(done.map(({ body }) => body.type === "step" && body.step.id)).toEqual(["s1"]);
    expect(events.filter(({ body }) => body.type === "result")).toHaveLength(1);
  } finally {
    await world[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
});
