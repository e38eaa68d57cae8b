/** Makes facts: a number, what it is, the query that makes it again, and a hash over all of it. */
import { type Dialect, duckDbDialect, renderSql } from "../../db/logs/dialect.ts";
import { MillwrightError } from "../../errors.ts";
import type { Fact, FactDraft, LogAccess, OpenLog } from "../../tools/define.ts";
import { contentHash } from "./canonical.ts";

export class FactDraftError extends MillwrightError {
  constructor(message: string, label: string, expected: string) {
    super("fact-draft", 500, message, { value: label, expected, remedy: "Correct the tool that made it." });
  }
}

/** The digest of a log under any name a tool may use for it; null when that log was not opened. */
export type DigestOf = (log: string) => OpenedLog | null;

interface OpenedLog {
  readonly id: string;
  readonly digest: string;
  /** Of the store where it lives; DuckDB's when not said. */
  readonly dialect?: Dialect;
}

/** Everything a fact's hash is over, `digest` being the log's. */
export function factHash(fact: Omit<Fact, "id" | "hash" | "rows">, digest: string | null): string {
  const { value, unit, label, sql, source } = fact;
  return contentHash({ value, unit, label, sql, source, digest });
}

interface Source {
  readonly source: Fact["source"];
  readonly digest: string | null;
  readonly dialect: OpenedLog["dialect"];
}

function sourceOf(draft: FactDraft, digestOf: DigestOf, zone: string): Source {
  if (draft.log !== undefined) {
    const opened = digestOf(draft.log);
    if (opened === null) {
      throw new FactDraftError(
        `The log "${draft.log}" was not opened`,
        draft.label,
        "a log this call opened",
      );
    }
    const { id, digest, dialect } = opened;
    return { source: { kind: "log", log: id }, digest, dialect };
  }
  if (draft.call === undefined) {
    throw new FactDraftError("A fact needs a log or a call", draft.label, "`log` with `sql`, or `call`");
  }
  const meant = zone === "UTC" ? {} : { zone };
  return { source: { kind: "call", ...draft.call, ...meant }, digest: null, dialect: undefined };
}

/**
 * Builds the `fact` function of a tool's context. A figure of a call keeps the zone that the call was made in, for another zone
 * may give another figure. Throws `FactDraftError` for a number without a source.
 */
export function createFactory(digestOf: DigestOf, zone = "UTC"): (draft: FactDraft) => Fact {
  return (draft) => {
    if (!Number.isFinite(draft.value)) {
      throw new FactDraftError(`${draft.value} is not a number to report`, draft.label, "a finite number");
    }
    const { source, digest, dialect } = sourceOf(draft, digestOf, zone);
    if (source.kind === "log" && draft.sql === undefined) {
      throw new FactDraftError("A figure from a log needs its SQL", draft.label, "one SELECT");
    }
    const { value, unit, label, rows } = draft;
    const sql = draft.sql === undefined ? null : renderSql(dialect ?? duckDbDialect, draft.sql);
    const parts = { value, unit, label, sql, source };
    const hash = factHash(parts, digest);
    return { id: `f${hash.slice(0, 8)}`, ...parts, rows, hash };
  };
}

/** Wraps a log access so that the digests of what it opens are known to `createFactory`. */
export function rememberDigests(access: LogAccess): {
  readonly logs: LogAccess;
  readonly digestOf: DigestOf;
} {
  const opened = new Map<string, OpenLog>();
  const logs: LogAccess = {
    list: () => access.list(),
    ...(access.derive ? { derive: access.derive } : {}),
    open: async (idOrName) => {
      const log = await access.open(idOrName);
      opened.set(log.id, log).set(log.name, log);
      return log;
    },
  };
  return { logs, digestOf: (log) => opened.get(log) ?? null };
}
