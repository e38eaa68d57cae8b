/** What the tools of memory need of the room that keeps it; the agent gives it to every context (memory/memory.ts). */
import type { MemoryRow } from "../../db/queries/memories/visible.ts";
import { MillwrightError } from "../../errors.ts";
import type { Person, ToolContext } from "../define.ts";
import type { Meaning } from "./core/meaning.ts";

export type Memory = Omit<MemoryRow, "meaning"> & {
  /** `proposal`: of a decision, what was decided on. */
  readonly meaning: Meaning & { readonly proposal?: string };
};

export interface MemoryDraft {
  readonly scope: Memory["scope"];
  readonly team?: string;
  readonly kind: Memory["kind"];
  readonly term?: string | null;
  readonly text: string;
  readonly meaning?: Meaning;
  /** Id of a log. */
  readonly log?: string | null;
  readonly language?: string | null;
  readonly expiresAt?: Date | null;
}

interface Place {
  readonly tenant: string;
  readonly person: string | null;
  readonly thread: string | null;
}

export interface Kept {
  readonly memory: Memory;
  /** What stood there. */
  readonly replaced: string | null;
  /** Whether it is found by likeness already, or by its words alone until the embedder works again. */
  readonly likened: boolean;
}

export interface MemoryPort {
  keep(place: Place, draft: MemoryDraft): Promise<Kept>;
  list(place: Place, kinds?: readonly Memory["kind"][]): Promise<readonly Memory[]>;
  recall(
    place: Place,
    words: string,
    options?: { limit?: number; kinds?: readonly Memory["kind"][]; signal?: AbortSignal },
  ): Promise<{
    readonly memories: readonly Memory[];
    /** Words alone while the embedder cannot be used. */
    readonly by: "words" | "vectors" | "both";
  }>;
  forget(place: Place, ids: readonly string[]): Promise<readonly Memory[]>;
  withdraw(place: Place, id: string): Promise<Memory | null>;
  erase(tenant: string, person: string): Promise<number>;
  teams(place: Place): Promise<readonly string[]>;
  /** What the embedder failed with last, until it works again; null while it does. */
  embedderFailure(): unknown;
}

declare module "../define.ts" {
  interface ToolServices {
    readonly memory?: MemoryPort;
  }
}

export class MemoryMissingError extends MillwrightError {
  constructor() {
    super("memory-missing", 500, "Nothing is kept here: there is no memory behind this tool", {
      remedy: "Give the context the memory service.",
    });
  }
}

export class NobodyToRememberError extends MillwrightError {
  constructor() {
    super("nobody-to-remember", 403, "I do not know who you are, so there is nobody to remember it for", {
      expected: "a known person",
      remedy: "Say who you are (sign in, or `--as`), and say it again.",
    });
  }
}

export class NotTheirWordsError extends MillwrightError {
  constructor(text: string) {
    super("not-their-words", 422, "Only a person's own words are remembered", {
      value: text.slice(0, 200),
      expected: "text that the person wrote in this thread",
      remedy: "Take it exactly as the person wrote it. Text from logs and other systems is never remembered.",
    });
  }
}

export const memoryOf = ({ services }: ToolContext): MemoryPort => {
  if (services.memory === undefined) throw new MemoryMissingError();
  return services.memory;
};

export const placeOf = ({ tenant, person, thread }: ToolContext): Place => ({
  tenant,
  person: person?.id ?? null,
  thread,
});

/** @throws NobodyToRememberError */
export function known({ person }: ToolContext): Person {
  if (person === null) throw new NobodyToRememberError();
  return person;
}
