import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { DatabaseLockedError, openDatabase } from "./client.ts";
import { takeOnce } from "./queries/inbox.ts";
import { inbox } from "./schema/index.ts";

const homes: string[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millwright-embedded-"));
  homes.push(folder);
});
afterAll(async () => {
  await Promise.all(homes.map((home) => rm(home, { recursive: true, force: true })));
});

/** A process that writes one row after the other and says so, until it is killed. */
async function writerKilledAfter(rows: number): Promise<void> {
  const at = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const code = `
    import { openDatabase } from ${at("./client.ts")};
    import { takeOnce } from ${at("./queries/inbox.ts")};
    const { database } = await openDatabase({ folder: ${JSON.stringify(folder)} });
    for (let n = 1; ; n++) { await takeOnce(database, "kill", String(n)); console.log(n); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.stdout.on("data", (data: Buffer) => {
    if (Number(data.toString().trim().split("\n").at(-1)) >= rows) child.kill("SIGKILL");
  });
  await gone;
}

describe("the embedded database", () => {
  it("keeps what was written, and lets one process in at a time", async () => {
    const first = await openDatabase({ folder, address: "http://127.0.0.1:4117" });
    await takeOnce(first.database, "a", "1");
    await expect(openDatabase({ folder })).rejects.toMatchObject({
      name: DatabaseLockedError.name,
      address: "http://127.0.0.1:4117",
    });
    await first.close();
    const second = await openDatabase({ folder });
    expect(await takeOnce(second.database, "a", "1")).toBe(false);
    await second.close();
  });

  it("has every committed row after kill -9, and the lock is free", async () => {
    for (const rows of [1, 30]) {
      await writerKilledAfter(rows);
      const open = await openDatabase({ folder });
      const kept = await open.database.select().from(inbox);
      expect(kept.length).toBeGreaterThanOrEqual(rows);
      expect(kept.map(({ key }) => Number(key)).toSorted((a, b) => a - b)).toEqual(kept.map((_, n) => n + 1));
      await open.close();
    }
  });

  it("begins again where a first start was killed half-way", async () => {
    await mkdir(join(folder, "postgres"));
    await writeFile(join(folder, "postgres", "PG_VERSION"), "17\n");
    const open = await openDatabase({ folder });
    expect(await takeOnce(open.database, "a", "1")).toBe(true);
    await open.close();
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });
});
