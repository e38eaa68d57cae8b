/**
 * A process that runs cases one after another. Cases that leave the world as it was share one, each with a thread of
 * its own; a world that a case has changed is thrown away.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attackWorlds } from "../attacks/worlds.ts";
import { runCase } from "../run.ts";
import type { World } from "../world.ts";
import { judgeFrom } from "./judge.ts";
import type { CaseTask, FromProcess } from "./messages.ts";
import { openWorld } from "./open.ts";

interface Kept {
  readonly world: World;
  readonly state: string;
}

const folder = await mkdtemp(join(tmpdir(), "millwright-evals-"));
const worlds = new Map<string, Kept>();
const reported: string[] = [];
const attacks = attackWorlds(folder);
/** One for the process: its budget is not of a world. */
const judge = await judgeFrom(process.env);
let opened = 0;

/** What earlier cases asked is remembered, so a case of memory begins in a new world. */
async function worldFor({ one, prepared, tier, served }: CaseTask): Promise<Kept> {
  const key = `${tier} ${prepared}`;
  const kept = worlds.get(key);
  if (kept && one.capability !== "memory") return kept;
  await kept?.world.close();
  opened += 1;
  const world = await openWorld({
    prepared,
    served,
    folder: join(folder, `${opened}`),
    tier,
    environment: process.env,
    ...(tier === "live" && judge !== null ? { judge } : {}),
    report: (error, where) => reported.push(`${where}: ${error instanceof Error ? error.message : error}`),
  });
  const fresh = { world, state: await world.state() };
  worlds.set(key, fresh);
  return fresh;
}

async function run(task: CaseTask): Promise<FromProcess> {
  if (task.one.attack !== undefined) return { kind: "result", result: await attacks.run(task) };
  const { world, state } = await worldFor(task);
  const { one, tier, epoch } = task;
  reported.length = 0;
  const result = await runCase(one, world, { tier, epoch, clock: () => performance.now() });
  if ((await world.state()) !== state) {
    worlds.delete(`${tier} ${task.prepared}`);
    await world.close();
  }
  const diagnoses = [...result.diagnoses, ...reported.map((words) => `reported ${words}`)];
  return { kind: "result", result: { ...result, diagnoses } };
}

const tell = (message: FromProcess): void => {
  process.send?.(message);
};

process.on("message", (task: CaseTask | "end") => {
  const work = task === "end" ? end() : run(task).then(tell);
  work.catch((error: unknown) => {
    tell({
      kind: "broken",
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  });
});
process.on("disconnect", () => process.exit(1));

async function end(): Promise<void> {
  for (const { world } of worlds.values()) await world.close();
  await attacks.close();
  await rm(folder, { recursive: true, force: true });
  process.removeAllListeners("disconnect");
  process.disconnect();
}

tell({ kind: "ready" });
