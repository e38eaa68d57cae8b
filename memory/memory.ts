/**
 * What people want kept, and finding it again. A memory is data, for people and for models: nothing in one is ever
 * followed as an order, and nothing out of a log becomes one.
 */
import type { Database } from "../db/client.ts";
import { deleteExpired, deleteMemories, eraseMemories } from "../db/queries/memories/delete.ts";
import { findMemories } from "../db/queries/memories/find.ts";
import { nearestMemories } from "../db/queries/memories/nearest.ts";
import { type NewMemory, putMemory } from "../db/queries/memories/put.ts";
import { addVector, withoutVector, writeVector } from "../db/queries/memories/vectors.ts";
import { type MemoryRow, teamsOf } from "../db/queries/memories/visible.ts";
import type { Embedder } from "./embed.ts";
import { guarded, patiently } from "./guarded-embedder.ts";
import { allConfigurations, configurationOf, termOf, wordsOf } from "./words.ts";

/** What code can do with a memory. All absent: it is text. */
export interface Meaning {
  /** What the term stands for, in words that may take its place in a question. */
  readonly phrase?: string;
  /** Late is what ends after this attribute of the case. */
  readonly deadline?: string;
  /** Late is what takes longer; seconds. */
  readonly seconds?: number;
  /** BCP 47: the language that replies are wanted in. */
  readonly language?: string;
  /** Durations are wanted by this business calendar. */
  readonly calendar?: string;
  /** A KPI, by name. */
  readonly kpi?: string;
  /** IANA: the zone that words about time are meant in. */
  readonly zone?: string;
  /** Id of the proposal that was decided. */
  readonly proposal?: string;
}

export type Memory = Omit<MemoryRow, "meaning"> & { readonly meaning: Meaning };

/** Who asks, and where. */
export interface Place {
  readonly tenant: string;
  readonly person: string | null;
  readonly thread: string | null;
}

export interface MemoryDraft {
  readonly scope: MemoryRow["scope"];
  /** The team, where it is a team's. */
  readonly team?: string;
  readonly kind: MemoryRow["kind"];
  readonly term?: string | null;
  readonly text: string;
  readonly meaning?: Meaning;
  readonly log?: string | null;
  readonly language?: string | null;
  readonly expiresAt?: Date | null;
  readonly turn?: string | null;
}

export interface Kept {
  readonly memory: Memory;
  /** What stood there. */
  readonly replaced: string | null;
  /** Whether it is found by likeness already; `maintain` makes up for it where the embedder could not be used. */
  readonly likened: boolean;
}

export interface Recalled {
  /** The best matches first. */
  readonly memories: readonly Memory[];
  /** What they were ranked by: words alone where the embedder could not be used. */
  readonly by: "words" | "vectors" | "both";
}

export interface MemoryStore {
  /** Keeps it, whether or not there is a vector of it; what was kept of the same term, log and owner is replaced. */
  keep(place: Place, draft: MemoryDraft): Promise<Kept>;
  /** All that holds where it is asked, the nearest owner first: thread, person, team, tenant; then the newest. */
  list(place: Place, kinds?: readonly MemoryRow["kind"][]): Promise<readonly Memory[]>;
  /** By words and by vectors (reciprocal rank fusion), or by words alone while the embedder cannot be used. */
  recall(place: Place, words: string, options?: RecallOptions): Promise<Recalled>;
  /** Forgets what the person may forget: their own, and what the thread holds of theirs. Returns what is gone. */
  forget(place: Place, ids: readonly string[]): Promise<readonly Memory[]>;
  /** Takes a team's or the tenant's out; only the executor of an approved proposal calls it. */
  withdraw(place: Place, id: string): Promise<Memory | null>;
  /** Everything of a person: their memories, what threads hold of theirs, all vectors. Returns how many rows. */
  erase(tenant: string, person: string): Promise<number>;
  teams(place: Place): Promise<readonly string[]>;
  /**
   * Takes away what has expired, and gives the embedder everything that it has not seen, of all tenants: after a change of
   * embedder, whatever the length of its vectors. Goes on where it was interrupted. Returns how many were embedded.
   */
  maintain(signal?: AbortSignal): Promise<number>;
  /** What the embedder failed with last, until it works again; null while it does. */
  embedderFailure(): unknown;
}

export interface RecallOptions {
  readonly limit?: number;
  readonly kinds?: readonly MemoryRow["kind"][];
  readonly signal?: AbortSignal;
  /** By words or by vectors alone; by both, fused, where it is absent. */
  readonly by?: "words" | "vectors";
}

export interface MemoryParts {
  readonly database: Database;
  readonly embedder: Embedder;
  newId(): string;
  /** The frequent words of a text's language, by which nothing is found where it has others. */
  fillersOf?(text: string): readonly string[];
  /** The first failure of each outage of the embedder. */
  report?(error: unknown): void;
}

/** Vectors that a recall waits for, where an embedder is new; `maintain` makes up for the rest. */
const mostCatchUp = 16;
const maintained = 64;

export function createMemory({ database, embedder: given, newId, ...parts }: MemoryParts): MemoryStore {
  const embedder = guarded(given, parts.report === undefined ? {} : { report: parts.report });
  /** Embeds some of what has no vector: how many were tried, and how many have one now. */
  const catchUp = async (
    of: { tenant?: string; most: number },
    embed: (texts: readonly string[]) => Promise<readonly (Float32Array | null)[] | null>,
  ): Promise<{ readonly tried: number; readonly made: number }> => {
    const rows = await withoutVector(database, embedder.name, of);
    const vectors = rows.length === 0 ? [] : await embed(rows.map(asEmbedded));
    let made = 0;
    for (const [at, row] of rows.entries()) {
      const vector = vectors?.[at] ?? null;
      if (vector === null) continue;
      await addVector(database, row, embedder, vector);
      made++;
    }
    return { tried: rows.length, made };
  };
  const vectorOf = async (words: string, signal?: AbortSignal): Promise<Float32Array | null> =>
    (await embedder.tryToEmbed([words], signal))?.[0] ?? null;
  return {
    async keep(place, draft) {
      const row = asRow(place, draft, newId());
      const vector = await vectorOf(asEmbedded(row));
      return database.transaction(async (transaction) => {
        const { row: kept, replaced } = await putMemory(transaction, row);
        const of = { tenant: place.tenant, memory: kept.id, embedder };
        if (vector !== null) await writeVector(transaction, { ...of, vector });
        return { memory: asMemory(kept), replaced, likened: vector !== null };
      });
    },
    list: async (place, kinds) => (await findMemories(database, place, kinds)).map(asMemory),
    async recall(place, words, { limit = 5, kinds, signal, by } = {}) {
      const vector = by === "words" ? null : await vectorOf(words, signal);
      // What fails here is found by its words, and `maintain` tells of it.
      if (vector !== null)
        await catchUp({ tenant: place.tenant, most: mostCatchUp }, (texts) =>
          embedder.embedEach(texts, patiently(signal)).catch(() => null),
        );
      signal?.throwIfAborted();
      const terms = termsOf(words, parts.fillersOf?.(words) ?? []);
      const ranked = vector === null ? "words" : by;
      const found = await nearestMemories(database, place, {
        terms,
        configurations: allConfigurations,
        embedder,
        vector,
        limit,
        kinds,
        by: ranked,
      });
      return { memories: found.map(asMemory), by: ranked ?? "both" };
    },
    forget: async (place, ids) => (await deleteMemories(database, place, ids, "own")).map(asMemory),
    async withdraw(place, id) {
      const [gone] = await deleteMemories(database, place, [id], "shared");
      return gone === undefined ? null : asMemory(gone);
    },
    erase: (tenant, person) => eraseMemories(database, tenant, person),
    teams: (place) => teamsOf(database, place),
    async maintain(signal) {
      await deleteExpired(database);
      let done = 0;
      try {
        for (let goesOn = true; goesOn && signal?.aborted !== true; ) {
          const { tried, made } = await catchUp({ most: maintained }, (texts) =>
            embedder.embedEach(texts, signal),
          );
          done += made;
          goesOn = tried === maintained && made > 0;
        }
      } catch (error) {
        if (signal?.aborted !== true) throw error;
      }
      return done;
    },
    embedderFailure: () => embedder.failure,
  };
}

const mostTerms = 64;

/** What is looked for in words: not what any text has, unless there is nothing else. */
function termsOf(asked: string, fillers: readonly string[]): string[] {
  const filling = new Set(fillers.flatMap(wordsOf));
  const all = [...new Set(wordsOf(asked))];
  const telling = all.filter((word) => !filling.has(word));
  return (telling.length > 0 ? telling : all).slice(0, mostTerms);
}

const asMemory = (row: MemoryRow): Memory => ({ ...row, meaning: row.meaning as Meaning });

const asEmbedded = ({ term, text }: Pick<MemoryRow, "term" | "text">): string =>
  term === null ? text : `${term}: ${text}`;

function asRow(place: Place, draft: MemoryDraft, id: string): NewMemory {
  const term = draft.term == null ? null : termOf(draft.term);
  return {
    tenant: place.tenant,
    id,
    scope: draft.scope,
    owner: ownerOf(place, draft),
    kind: draft.kind,
    term,
    text: draft.text,
    meaning: draft.meaning ?? {},
    log: draft.log ?? null,
    words: wordsOf(asEmbedded({ term, text: draft.text })).join(" "),
    configuration: configurationOf(draft.language ?? null),
    thread: place.thread,
    turn: draft.turn ?? null,
    createdBy: place.person ?? "",
    expiresAt: draft.expiresAt ?? null,
  };
}

/** @throws RangeError when the place has no owner of that scope: callers check first who asks. */
function ownerOf({ person, thread }: Place, { scope, team }: MemoryDraft): string {
  const owner = { thread, person, team: team ?? null, tenant: "" }[scope];
  if (owner === null) throw new RangeError(`A memory of scope ${scope} needs an owner`);
  return owner;
}
