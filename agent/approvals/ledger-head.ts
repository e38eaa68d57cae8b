/**
 * The end of a ledger's chain, kept where who can rewrite the table cannot reach: without it, dropping the newest
 * entries would leave a chain that still verifies.
 */
import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export interface LedgerHead {
  read(tenant: string): Promise<Head | null>;
  /** Moves forward only; an older head than the one that is kept changes nothing. */
  advance(tenant: string, head: Head): Promise<void>;
}

/** A head in memory, for what ends with the process. */
export function memoryLedgerHead(): LedgerHead {
  const heads = new Map<string, Head>();
  return {
    read: async (tenant) => heads.get(tenant) ?? null,
    async advance(tenant, head) {
      if (head.seq > (heads.get(tenant)?.seq ?? -1)) heads.set(tenant, head);
    },
  };
}

/**
 * Heads of all tenants in one JSON file, replaced as a whole and synced to the disk. Processes that share the file may
 * each lose the other's last step, which the next step makes good; a head never goes back.
 */
export function fileLedgerHead(path: string): LedgerHead {
  let turn: Promise<void> = Promise.resolve();
  const step = async (tenant: string, head: Head): Promise<void> => {
    const heads = await readHeads(path);
    if (head.seq <= (heads[tenant]?.seq ?? -1)) return;
    await writeHeads(path, { ...heads, [tenant]: { seq: head.seq, hash: head.hash } });
  };
  return {
    read: async (tenant) => (await readHeads(path))[tenant] ?? null,
    advance(tenant, head) {
      const done = turn.then(() => step(tenant, head));
      // The next step goes on whatever became of this one, whose own caller sees the error.
      turn = done.catch(() => undefined);
      return done;
    },
  };
}

type Heads = Readonly<Record<string, Head>>;

async function readHeads(path: string): Promise<Heads> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Heads;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

async function writeHeads(path: string, heads: Heads): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.new`;
  const file = await open(temporary, "w", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(heads)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
