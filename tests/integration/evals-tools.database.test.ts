/** The evals as people meet them in a conversation: a report, a run that is kept, a thread that becomes a case. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { CaseSchema } from "../../evals/case.ts";
import { recordedEvals } from "../../evals/worlds/recorded-evals.ts";
import type { EvalsPort } from "../../tools/evals/evals.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../fixtures/database.ts";
import { temporaryFolder } from "./cli-process.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: TestDatabase | undefined;
let millwright: Millwright;
let kept: Awaited<ReturnType<EvalsPort["latest"]>> = null;
const ran: string[] = [];
const orders =
  "case,activity,time\n1,Receive,2026-01-01\n1,Ship,2026-01-02\n2,Receive,2026-01-02\n2,Ship,2026-01-05\n";

const evals: EvalsPort = {
  latest: async () => kept,
  async run(request) {
    ran.push(...request.suites);
    kept = await recordedEvals.run(request);
    return kept;
  },
};

beforeAll(async () => {
  folder = await temporaryFolder();
  server = testServer === undefined ? undefined : await openTestDatabase();
  millwright = await openMillwright(
    {
      data: join(folder.path, "data"),
      environment: {},
      ...(server?.url ? { databaseUrl: server.url } : {}),
    },
    { services: { evals } },
  );
  const path = join(folder.path, "orders.csv");
  await writeFile(path, orders);
  const { service, tenant } = millwright;
  const person = await service.identify({ person: "maya", tenant });
  await millwright.importLog({ person, name: "orders.csv", path });
}, 120_000);

afterAll(async () => {
  await millwright.close();
  await server?.close();
  await folder.remove();
});

const ask = async (name: string, text: string, thread: string) => {
  const { service, tenant } = millwright;
  const person = await service.identify({ person: name, tenant });
  return service.ask({ person, tenant, channel: "web", thread, text });
};
const call = async (name: string, tool: string, input: unknown) => {
  const { service, tenant } = millwright;
  const person = await service.identify({ person: name, tenant });
  return service.call({ person, tenant, tool, input });
};

describe("evals in a conversation", () => {
  it("have no score before a run, and the run's score afterwards", { timeout: 60_000 }, async () => {
    const before = await ask("eli", "which eval cases failed?", "report");
    expect(before.calls).toMatchObject([{ tool: "evals.report" }]);
    expect(before.reply).toContain("No evaluation is kept here yet");
    expect(before.facts).toEqual([]);
    const run = await ask("eli", "run the smoke suite", "report");
    expect([run.calls.map(({ tool }) => tool), ran]).toEqual([["evals.run"], ["golden-paths"]]);
    const after = await ask("eli", "which eval cases failed?", "report");
    expect(after.reply).toContain("recorded-wrong-call");
    expect(after.facts.find(({ unit }) => unit === "share")?.value).toBeCloseTo(2 / 3, 9);
    expect(after.reply).toMatch(/Not run: live/);
  });

  it("are not run for who may not", { timeout: 60_000 }, async () => {
    const count = ran.length;
    await expect(call("maya", "evals.run", {})).rejects.toMatchObject({ status: 403 });
    expect(ran).toHaveLength(count);
  });

  it("make a case of a thread, without its people, that a suite takes once it is reviewed", {
    timeout: 60_000,
  }, async () => {
    await ask("arun", "how many cases are there? tell Jana.Berg@example.com and Maya", "thread-to-save");
    const saved = await ask("arun", "save this thread as a case", "thread-to-save");
    expect(saved.calls).toMatchObject([{ tool: "evals.save" }]);
    const result = await call("arun", "evals.save", { thread: "thread-to-save" });
    const drafted = (result.kind === "result" ? result.data : null) as Record<string, unknown>;
    expect(JSON.stringify(drafted)).not.toMatch(/jana|berg|maya/i);
    expect(CaseSchema.safeParse(drafted).success).toBe(false);
    const { review: _, ...reviewed } = drafted;
    expect(CaseSchema.safeParse(reviewed)).toMatchObject({ success: true });
  });

  it("do not make a case of somebody else's private thread", { timeout: 60_000 }, async () => {
    const { service, tenant } = millwright;
    const person = await service.identify({ person: "ana", tenant });
    const mine = { person, tenant, channel: "web" as const, thread: "secret", private: true };
    await service.ask({ ...mine, text: "how many cases are there?" });
    await expect(call("arun", "evals.save", { thread: "secret" })).rejects.toMatchObject({ status: 404 });
  });
});
