import type { ByteSink } from "./byte-source.ts";

/** A sink for readers that take chunks; a chunk is valid during the call only. */
export class ChunkSink implements ByteSink {
  readonly #take: (chunk: Uint8Array) => void;
  #buffer = new Uint8Array(0);

  constructor(take: (chunk: Uint8Array) => void) {
    this.#take = take;
  }

  room(size: number): Uint8Array {
    if (this.#buffer.length < size) this.#buffer = new Uint8Array(size);
    return this.#buffer;
  }

  filled(size: number): void {
    this.#take(this.#buffer.subarray(0, size));
  }
}
