/**
 * Trino's HTTP protocol: a statement is posted, its answer is fetched page by page along `nextUri`, and a DELETE there
 * ends it (trino.io/docs/current/develop/client-protocol.html). Own code: npm's trino-client (0.2.9 was read) can cancel a
 * query by its id, but its requests take no AbortSignal, no `fetch` of ours, and are not tried again when a gateway is busy.
 */
import { setTimeout as pause } from "node:timers/promises";
import { MillwrightError } from "../../../errors.ts";

/** Trino cannot be reached, or will not have us. */
export class TrinoUnavailableError extends MillwrightError {
  constructor(url: string, what: string, options?: ErrorOptions) {
    super(
      "trino-unavailable",
      503,
      `Trino at ${url} ${what}`,
      { remedy: "Check MILLWRIGHT_TRINO_URL, its credential and whether the cluster runs." },
      options,
    );
  }
}

/** A statement that Trino ended with an error of its own. */
export class TrinoStatementError extends MillwrightError {
  /** Trino's name for it: "SYNTAX_ERROR", "EXCEEDED_LOCAL_MEMORY_LIMIT". */
  readonly errorName: string;
  /** Whether the statement itself is at fault. */
  readonly isOurs: boolean;

  constructor(failure: { message: string; errorName: string; errorType: string }, sql: string) {
    super("trino-statement", failure.errorType === "USER_ERROR" ? 400 : 502, failure.message, {
      value: sql.length > 200 ? `${sql.slice(0, 200)}…` : sql,
      expected: `a statement that Trino can run (${failure.errorName})`,
      remedy:
        failure.errorType === "INSUFFICIENT_RESOURCES"
          ? "Ask about fewer cases, or give the cluster more memory."
          : "Look into Trino's own log.",
    });
    this.errorName = failure.errorName;
    this.isOurs = failure.errorType === "USER_ERROR";
  }
}

export interface TrinoConnection {
  /** `https://trino.example.com:8443`. */
  readonly url: string;
  readonly user: string;
  readonly catalog: string;
  /** Opened for each statement, so that a renewed secret counts; null where Trino asks for none. */
  readonly credential: (() => Promise<TrinoCredential>) | null;
  /** `fetch`, with the company's certificates where Trino's are its own. */
  readonly fetch: typeof fetch;
}

export type TrinoCredential =
  | { readonly kind: "jwt"; readonly token: string }
  | { readonly kind: "password"; readonly password: string };

export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
}

export interface TrinoAnswer {
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface StatementOptions {
  /** Where unqualified names are looked up. */
  readonly schema?: string;
  readonly signal?: AbortSignal | undefined;
}

interface Page {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string; readonly errorName: string; readonly errorType: string };
}

interface Refusal {
  readonly status: number;
  readonly said: string;
}

/** The request did not come through, or its answer broke off. */
class BrokenConnectionError extends Error {
  readonly unavailable: TrinoUnavailableError;

  constructor(unavailable: TrinoUnavailableError) {
    super(unavailable.message);
    this.unavailable = unavailable;
  }
}

const BUSY = new Set([429, 502, 503, 504]);
/** Waits before each further try, milliseconds: 20 s in all. */
const PATIENCE = [50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 8_000] as const;

export class TrinoClient {
  readonly #connection: TrinoConnection;
  #tableOptions: Promise<string> | null = null;

  constructor(connection: TrinoConnection) {
    this.#connection = connection;
  }

  get catalog(): string {
    return this.#connection.catalog;
  }

  /**
   * What a new table is made with. Hive's tables are Parquet, whatever its default: Trino 476 reads instants before 1970
   * with a part of a second from ORC as a second later.
   */
  tableOptions(): Promise<string> {
    this.#tableOptions ??= this.run(
      `select connector_name from system.metadata.catalogs where catalog_name = '${this.catalog}'`,
    ).then(({ rows }) => (rows[0]?.[0] === "hive" ? "with (format = 'PARQUET')" : ""));
    this.#tableOptions.catch(() => {
      this.#tableOptions = null;
    });
    return this.#tableOptions;
  }

  /** Runs one statement to its end. Aborting ends it on the cluster, too. */
  async run(sql: string, options: StatementOptions = {}): Promise<TrinoAnswer> {
    const { signal } = options;
    const headers = await this.#headers(options.schema);
    let page = await this.#page("POST", "/v1/statement", headers, signal, sql);
    let columns: readonly TrinoColumn[] = [];
    const rows: (readonly unknown[])[] = [];
    for (;;) {
      if (page.error) throw new TrinoStatementError(page.error, sql);
      columns = page.columns ?? columns;
      for (const row of page.data ?? []) rows.push(row);
      if (page.nextUri === undefined) return { columns, rows };
      page = await this.#follow(page.nextUri, headers, signal);
    }
  }

  async #follow(nextUri: string, headers: Headers, signal: AbortSignal | undefined): Promise<Page> {
    // A gateway may tell an address of its own: the credential goes to the configured one only.
    const { pathname, search } = new URL(nextUri);
    try {
      return await this.#page("GET", `${pathname}${search}`, headers, signal);
    } catch (error) {
      if (signal?.aborted) await this.#end(`${pathname}${search}`, headers);
      throw error;
    }
  }

  /** Ends a statement. A cluster that does not answer ends it by itself when nobody fetches any more. */
  async #end(path: string, headers: Headers): Promise<void> {
    const signal = AbortSignal.timeout(5_000);
    await this.#connection
      .fetch(new URL(path, this.#connection.url), { method: "DELETE", headers, signal })
      .catch(() => undefined);
  }

  async #page(
    method: "GET" | "POST",
    path: string,
    headers: Headers,
    signal: AbortSignal | undefined,
    body?: string,
  ): Promise<Page> {
    const { url } = this.#connection;
    for (let attempt = 0; ; attempt++) {
      signal?.throwIfAborted();
      const wait = PATIENCE[attempt];
      // A page may be fetched again where the connection broke; a statement that was posted may already run.
      const mayRepeat = method === "GET" && wait !== undefined;
      const page = await this.#attempt(method, path, headers, signal, body).catch((error: unknown) => {
        if (mayRepeat && error instanceof BrokenConnectionError) return null;
        throw error instanceof BrokenConnectionError ? error.unavailable : error;
      });
      if (page !== null && !("status" in page)) return page;
      if (page !== null && (!BUSY.has(page.status) || wait === undefined)) {
        throw new TrinoUnavailableError(url, `answers ${page.status}: ${page.said}`);
      }
      await pause(wait, undefined, { signal });
    }
  }

  /** The page, or the status that came instead of it. */
  async #attempt(
    method: "GET" | "POST",
    path: string,
    headers: Headers,
    signal: AbortSignal | undefined,
    body: string | undefined,
  ): Promise<Page | Refusal> {
    const response = await this.#request(method, path, headers, signal, body);
    const text = await response.text().catch((cause: unknown) => this.#broken(cause, signal));
    if (!response.ok) return { status: response.status, said: text.slice(0, 300) };
    return JSON.parse(text) as Page;
  }

  #broken(cause: unknown, signal: AbortSignal | undefined): never {
    signal?.throwIfAborted();
    throw new BrokenConnectionError(
      new TrinoUnavailableError(this.#connection.url, "does not answer", { cause }),
    );
  }

  async #request(
    method: string,
    path: string,
    headers: Headers,
    signal: AbortSignal | undefined,
    body: string | undefined,
  ): Promise<Response> {
    const { url } = this.#connection;
    try {
      return await this.#connection.fetch(new URL(path, url), {
        method,
        headers,
        redirect: "error",
        ...(signal ? { signal } : {}),
        ...(body === undefined ? {} : { body }),
      });
    } catch (cause) {
      return this.#broken(cause, signal);
    }
  }

  async #headers(schema: string | undefined): Promise<Headers> {
    const { user, catalog, credential } = this.#connection;
    const headers = new Headers({
      "X-Trino-User": user,
      "X-Trino-Source": "millwright",
      "X-Trino-Catalog": catalog,
      "X-Trino-Time-Zone": "UTC",
      // Without it instants come in milliseconds.
      "X-Trino-Client-Capabilities": "PARAMETRIC_DATETIME",
    });
    if (schema !== undefined) headers.set("X-Trino-Schema", schema);
    const secret = await credential?.();
    if (secret?.kind === "jwt") headers.set("Authorization", `Bearer ${secret.token}`);
    if (secret?.kind === "password") {
      const pair = Buffer.from(`${user}:${secret.password}`).toString("base64");
      headers.set("Authorization", `Basic ${pair}`);
    }
    return headers;
  }
}
