/**
 * The signals of one language with their weights, as they lie in the file: nothing is parsed, all is viewed.
 *
 * Little-endian, for `size` signals of `classes` weights each:
 * `offsets` u32 × (size + 1): where each name begins in `names`, in code units.
 * `slots` u32 × a power of two: a hash table with linear probing; 0 is empty, else the signal's number + 1.
 * `names` u16: all names in a row, in UTF-16. `weights` i8 × size × classes.
 */
export interface Shape {
  readonly size: number;
  readonly classes: number;
  /** Code units of all names together. */
  readonly letters: number;
}

/** A hash table is at most this full. */
const fullest = 0.6;
const slotsFor = (size: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, size / fullest)));

export const bytesOf = ({ size, classes, letters }: Shape): number =>
  4 * (size + 1) + 4 * slotsFor(size) + 2 * letters + size * classes;

export class Block {
  readonly shape: Shape;
  readonly bytes: Uint8Array;
  /** A row of `classes` for each signal. */
  readonly weights: Int8Array;
  readonly #offsets: Uint32Array;
  readonly #slots: Uint32Array;
  readonly #names: Uint16Array;

  /** @param bytes whose memory is not shared with anything that changes; they begin at a multiple of 4 */
  constructor(shape: Shape, bytes: Uint8Array) {
    const { size, classes, letters } = shape;
    const slots = slotsFor(size);
    const { buffer, byteOffset } = bytes;
    const atSlots = byteOffset + 4 * (size + 1);
    const atNames = atSlots + 4 * slots;
    this.shape = shape;
    this.bytes = bytes;
    this.#offsets = new Uint32Array(buffer, byteOffset, size + 1);
    this.#slots = new Uint32Array(buffer, atSlots, slots);
    this.#names = new Uint16Array(buffer, atNames, letters);
    this.weights = new Int8Array(buffer, atNames + 2 * letters, size * classes);
  }

  static of(names: readonly string[], weights: Int8Array): Block {
    const shape = {
      size: names.length,
      classes: names.length === 0 ? 0 : weights.length / names.length,
      letters: names.reduce((sum, name) => sum + name.length, 0),
    };
    const block = new Block(shape, new Uint8Array(bytesOf(shape)));
    block.weights.set(weights);
    for (const [number, name] of names.entries()) block.#write(name, number);
    return block;
  }

  #write(name: string, number: number): void {
    const from = this.#offsets[number]!;
    this.#offsets[number + 1] = from + name.length;
    for (let at = 0; at < name.length; at++) this.#names[from + at] = name.charCodeAt(at);
    let slot = this.#first(name);
    while (this.#slots[slot] !== 0) slot = this.#next(slot);
    this.#slots[slot] = number + 1;
  }

  /** The signal's number; -1 where it has none. */
  numberOf(name: string): number {
    for (let slot = this.#first(name); this.#slots[slot] !== 0; slot = this.#next(slot)) {
      const number = this.#slots[slot]! - 1;
      if (this.#isNamed(number, name)) return number;
    }
    return -1;
  }

  /** All of them, in the order of their numbers. */
  names(): string[] {
    return Array.from({ length: this.shape.size }, (_, number) =>
      String.fromCharCode(...this.#names.subarray(this.#offsets[number], this.#offsets[number + 1])),
    );
  }

  #isNamed(number: number, name: string): boolean {
    const from = this.#offsets[number]!;
    if (this.#offsets[number + 1]! - from !== name.length) return false;
    for (let at = 0; at < name.length; at++) if (this.#names[from + at] !== name.charCodeAt(at)) return false;
    return true;
  }

  #first(name: string): number {
    return hash(name) & (this.#slots.length - 1);
  }

  #next(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1);
  }
}

/** FNV-1a, 32 bit, of a text's code units. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
