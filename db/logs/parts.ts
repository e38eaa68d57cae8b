/** Logs as files: a folder for each, with its parts (columns-file.ts) and a manifest that names them with their SHA-256. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DamagedLogError, decodeColumns, encodeColumns } from "./columns-file.ts";
import { StoredLogError } from "./errors.ts";
import type { StoredColumns } from "./log-store.ts";
import { mergeColumns } from "./merge-columns.ts";

/** Where SQL over a log runs. */
export type EngineName = "duckdb" | "trino";

interface Manifest {
  readonly version: 1;
  /** DuckDB where it is not said. */
  readonly engine?: EngineName;
  /** The names of all attributes, in the order in which they came; logs of old do not say. */
  readonly attributes?: readonly string[];
  readonly parts: readonly { readonly file: string; readonly rows: number; readonly sha256: string }[];
}

/** A state that a log had: its first `rows` rows. */
export interface EarlierState {
  readonly digest: string;
  readonly rows: number;
}

export class LogParts {
  readonly #folder: string;
  readonly #writing = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  create(log: string, columns: StoredColumns, engine: EngineName): Promise<void> {
    return this.#exclusively(log, async () => {
      if (await this.#manifest(log)) {
        throw new StoredLogError("log-exists", 409, `there is a log ${log} already`, "Choose another id.");
      }
      await mkdir(this.path(log), { recursive: true });
      const empty: Manifest = { version: 1, ...(engine === "duckdb" ? {} : { engine }), parts: [] };
      await this.#addPart(log, empty, columns);
    });
  }

  append(log: string, columns: StoredColumns, after?: string): Promise<string> {
    return this.#exclusively(log, async () => {
      const found = await this.#require(log);
      const kept = stateAt(log, found, after);
      const next = await this.#addPart(log, kept, columns);
      const dropped = found.parts.slice(kept.parts.length);
      await Promise.all(dropped.map(({ file }) => rm(join(this.path(log), file), { force: true })));
      return digestOf(next);
    });
  }

  async read(log: string, digest?: string): Promise<StoredColumns> {
    const { parts } = stateAt(log, await this.#require(log), digest);
    const read = parts.map(async ({ file, sha256 }) => {
      const bytes = await readFile(join(this.path(log), file)).catch((cause: unknown) => {
        throw new DamagedLogError(log, `the part ${file} is missing`, { cause });
      });
      if (hash(bytes) !== sha256) throw new DamagedLogError(log, `the part ${file} was changed`);
      return decodeColumns(log, bytes);
    });
    return mergeColumns(await Promise.all(read));
  }

  async digest(log: string): Promise<string> {
    return digestOf(await this.#require(log));
  }

  /** What is known of a log without reading it. */
  async about(log: string): Promise<{ engine: EngineName; digest: string; attributes: readonly string[] }> {
    const manifest = await this.#require(log);
    const { engine = "duckdb", attributes = [] } = manifest;
    return { engine, digest: digestOf(manifest), attributes };
  }

  /** The states that a log had before the one of this digest, the newest first. */
  async earlier(log: string, digest: string): Promise<readonly EarlierState[]> {
    const { parts } = stateAt(log, await this.#require(log), digest);
    const states: EarlierState[] = [];
    for (let count = parts.length - 1; count > 0; count--) {
      const before = parts.slice(0, count);
      states.push({
        digest: digestOf({ version: 1, parts: before }),
        rows: before.reduce((sum, part) => sum + part.rows, 0),
      });
    }
    return states;
  }

  async remove(log: string): Promise<void> {
    await this.#exclusively(log, async () => {
      await this.#require(log);
      const grave = join(this.#folder, `.removed-${randomUUID()}`);
      await rename(this.path(log), grave);
      await rm(grave, { recursive: true });
    });
  }

  /** Identifiers are names of folders, so they may not lead anywhere else. */
  path(log: string): string {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(log)) {
      throw new StoredLogError(
        "log-id",
        400,
        `"${log.slice(0, 40)}" is not the id of a log`,
        "Use letters, digits, - and _.",
      );
    }
    return join(this.#folder, log);
  }

  /** One writer at a time for each log. */
  #exclusively<Result>(log: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#writing.get(log) ?? Promise.resolve();
    const done = before.then(work, work);
    this.#writing.set(log, done);
    const clear = () => {
      if (this.#writing.get(log) === done) this.#writing.delete(log);
    };
    done.then(clear, clear);
    return done;
  }

  async #manifest(log: string): Promise<Manifest | null> {
    const path = join(this.path(log), "manifest.json");
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (text === null) return null;
    try {
      return JSON.parse(text) as Manifest;
    } catch (cause) {
      throw new DamagedLogError(log, "its list of parts cannot be read", { cause });
    }
  }

  async #require(log: string): Promise<Manifest> {
    const manifest = await this.#manifest(log);
    if (manifest) return manifest;
    throw new StoredLogError("log-not-stored", 404, `there is no log ${log} in the store`, "Import it.");
  }

  /** The part is on disk before the manifest names it, so a crash leaves the log as it was. */
  async #addPart(log: string, manifest: Manifest, columns: StoredColumns): Promise<Manifest> {
    const buffers = encodeColumns(columns);
    const sha = createHash("sha256");
    for (const buffer of buffers) sha.update(buffer);
    const number = String(manifest.parts.length + 1).padStart(6, "0");
    const file = `part-${number}-${randomUUID().slice(0, 8)}.columns`;
    await writeWhole(join(this.path(log), file), buffers);
    const part = { file, rows: columns.rows, sha256: sha.digest("hex") };
    const names = [manifest.attributes ?? [], columns.attributes.keys(), columns.caseAttributes.keys()];
    const attributes = [...new Set(names.flatMap((some) => [...some]))];
    const next: Manifest = { ...manifest, attributes, parts: [...manifest.parts, part] };
    await writeWhole(join(this.path(log), "manifest.json"), [Buffer.from(JSON.stringify(next, null, 1))]);
    return next;
  }
}

const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const digestOf = ({ parts }: Manifest): string =>
  createHash("sha256")
    .update(parts.map((part) => part.sha256).join("\n"))
    .digest("hex");

/** A log only grows by parts, so each state it had is a beginning of its list of parts. */
function stateAt(log: string, manifest: Manifest, digest: string | undefined): Manifest {
  if (digest === undefined) return manifest;
  for (let count = manifest.parts.length; count > 0; count--) {
    const state = { ...manifest, parts: manifest.parts.slice(0, count) };
    if (digestOf(state) === digest) return state;
  }
  throw new DamagedLogError(log, `no state of it has the digest ${digest}`);
}

/** All of it under its name, or nothing. */
export async function writeWhole(path: string, buffers: readonly Buffer[]): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.new`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writev([...buffers]);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
