/**
 * The end of a ledger's chain, kept where who can rewrite the table cannot reach: without it, dropping the newest
 * entries would leave a chain that still verifies.
 */
import { mkdir, open, readFile } from "node:fs/promises";
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
 * Heads of all tenants in one file that only grows: a line of JSON a step, appended as one write and synced to the disk,
 * so that any number of processes may share it. A line that a crash cut off is passed over; the step before it counts.
 */
export function fileLedgerHead(path: string): LedgerHead {
  const written = new Map<string, number>();
  return {
    read: async (tenant) => (await readHeads(path)).get(tenant) ?? null,
    async advance(tenant, { seq, hash }) {
      if (seq <= (written.get(tenant) ?? -1)) return;
      written.set(tenant, seq);
      await append(path, { tenant, seq, hash });
    },
  };
}

type Line = Head & { readonly tenant: string };

/** The furthest head of each tenant. */
async function readHeads(path: string): Promise<ReadonlyMap<string, Head>> {
  const heads = new Map<string, Head>();
  for (const { tenant, seq, hash } of (await readText(path)).split("\n").flatMap(parsed)) {
    if (seq > (heads.get(tenant)?.seq ?? -1)) heads.set(tenant, { seq, hash });
  }
  return heads;
}

function parsed(line: string): Line[] {
  try {
    return [JSON.parse(line) as Line];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

/** Begins with a line's end, should the line before have been cut off. */
async function append(path: string, line: Line): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "a", 0o600);
  try {
    await file.writeFile(`\n${JSON.stringify(line)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
