import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { DatabaseLockedError, folderHolder, lockFolder } from "./lock.ts";

const homes: string[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "millwright-lock-"));
  homes.push(folder);
});
afterAll(async () => {
  await Promise.all(homes.map((home) => rm(home, { recursive: true, force: true })));
});

const holderOf = async () => JSON.parse(await readFile(join(folder, "lock"), "utf8"));
const dead = (token: string) => JSON.stringify({ pid: 2 ** 22 - 7, started: "1", address: null, token });

/** A process that takes the lock, says "held" or "locked", and stays until it is killed. */
function contender(): { said: Promise<string>; kill(): Promise<void> } {
  const code = `
    import { lockFolder } from ${JSON.stringify(fileURLToPath(new URL("./lock.ts", import.meta.url)))};
    try { await lockFolder(${JSON.stringify(folder)}, "http://127.0.0.1:1"); console.log("held"); setInterval(() => {}, 1e6); }
    catch (error) { console.log(error.name + " " + error.pid + " " + error.address); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const said = new Promise<string>((resolve) =>
    child.stdout.once("data", (data: Buffer) => resolve(data.toString().trim())),
  );
  return {
    said,
    kill: () => {
      child.kill("SIGKILL");
      return gone;
    },
  };
}

describe("a folder's lock", () => {
  it("says who holds it, and takes a server's address later", async () => {
    const lock = await lockFolder(folder, null);
    expect(await holderOf()).toMatchObject({ pid: process.pid, address: null, started: expect.any(String) });
    await lock.updateAddress("http://127.0.0.1:4117");
    expect(await folderHolder(folder)).toMatchObject({ address: "http://127.0.0.1:4117" });
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    expect(await folderHolder(folder)).toBeNull();
  });

  it("refuses a second one with the first one's pid and address", async () => {
    const lock = await lockFolder(folder, "http://127.0.0.1:9");
    await expect(lockFolder(folder, null)).rejects.toMatchObject({
      name: DatabaseLockedError.name,
      pid: process.pid,
      address: "http://127.0.0.1:9",
      status: 409,
    });
    await lock.release();
    await (await lockFolder(folder, null)).release();
  });

  it("takes over from a dead process, and from one whose pid lives on in another", async () => {
    await writeFile(join(folder, "lock"), dead("a"));
    await (await lockFolder(folder, null)).release();
    await writeFile(
      join(folder, "lock"),
      JSON.stringify({ pid: process.ppid, started: "1", address: null, token: "b" }),
    );
    await (await lockFolder(folder, null)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("is taken over by exactly one of many, also when a takeover died half-way", async () => {
    await writeFile(join(folder, "lock"), dead("a"));
    await writeFile(join(folder, "lock.a"), dead("b"));
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder, null)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["lock"]);
  });

  it("is another process's until that process is killed", async () => {
    const contenders = [contender(), contender(), contender()];
    const said = await Promise.all(contenders.map((one) => one.said));
    expect(said.filter((word) => word === "held")).toHaveLength(1);
    expect(said.filter((word) => word.startsWith("DatabaseLockedError"))).toHaveLength(2);
    const holder = await folderHolder(folder);
    await expect(lockFolder(folder, null)).rejects.toMatchObject({ pid: holder!.pid });
    await Promise.all(contenders.map((one) => one.kill()));
    await (await lockFolder(folder, null)).release();
  });
});
