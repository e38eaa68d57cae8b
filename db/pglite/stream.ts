/**
 * The wire of node-postgres, led into PGlite: `pg` speaks its own protocol to the engine in this process, so types,
 * parameters, errors and several statements at once behave exactly as on a server.
 *
 * Protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
import { Duplex } from "node:stream";
import type { PGlite } from "@electric-sql/pglite";

/** First byte of the frontend's Terminate message; `pg` writes it as a chunk of its own. */
const terminate = "X".charCodeAt(0);

/** The engine's one session, used by one client after the other: messages go in strictly one at a time. */
export class PGliteSession {
  readonly #engine: PGlite;
  #last: Promise<void> = Promise.resolve();

  constructor(engine: PGlite) {
    this.#engine = engine;
  }

  /** Hands messages to the engine and its answers to `answer`. */
  send(messages: Uint8Array, answer: (data: Uint8Array) => void): Promise<void> {
    return this.#inTurn(async () => {
      await this.#engine.execProtocolRawStream(messages, { onRawData: answer });
    });
  }

  /** What a server does when a client goes: open transactions, locks and settings of the session end with it. */
  end(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#engine.closed) return;
      await this.#engine.exec("rollback");
      await this.#engine.exec("discard all");
    });
  }

  /** Closes the engine once everything before is answered. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#engine.close());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    // The next in turn goes on whatever became of this one, whose own caller sees the error.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Looks like the `net.Socket` that `pg.Client` opens. */
export class PGliteStream extends Duplex {
  readonly #session: PGliteSession;

  constructor(session: PGliteSession) {
    super();
    this.#session = session;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send([chunk]).then(() => done(), done);
  }

  override _writev(written: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(written.map(({ chunk }) => chunk)).then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  async #send(chunks: readonly Buffer[]): Promise<void> {
    const messages = chunks.filter((chunk) => chunk[0] !== terminate);
    if (messages.length > 0) {
      await this.#session.send(Buffer.concat(messages), (data) => this.push(Buffer.from(data)));
    }
    if (messages.length < chunks.length) await this.#session.end();
  }

  connect(): this {
    setImmediate(() => this.emit("connect"));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
