/**
 * Inflating (RFC 1951) a piece at a time, in AssemblyScript. The host writes packed bytes at `input()`, calls `inflate`
 * and takes what stands at `output()`; it is called again with more until it says that the stream has ended.
 *
 * Codes are looked up in tables by their next bits: one look for nearly every symbol, a second one for the longest. An
 * entry holds what is to be consumed, what is meant, and how many extra bits follow, so that a symbol costs a load and two
 * shifts. Sixty-four bits are held at a time, matches are copied sixteen bytes at a time.
 */

const INPUT_SIZE: i32 = 1 << 18;
const OUTPUT_SIZE: i32 = 1 << 18;
const WINDOW: i32 = 1 << 15;
// What may be read behind the input, and written behind the output.
const SLACK: i32 = 1024;
// The longest match, and what copying it may write beyond.
const LONGEST: i32 = 258 + 32;
// A block's header with its code lengths is never longer.
const LONGEST_HEADER: i32 = 400;
// No symbol with its extra bits and distance is longer: 48 bits.
const LONGEST_SYMBOL: i32 = 8;

const INPUT: i32 = 1024;
const OUTPUT: i32 = INPUT + INPUT_SIZE + SLACK;
const LITERALS: i32 = OUTPUT + WINDOW + OUTPUT_SIZE + SLACK;
const LITERAL_BITS: i32 = 11;
const DISTANCE_BITS: i32 = 8;
const DISTANCES: i32 = LITERALS + (1 << 16);
const LENGTH_CODES: i32 = DISTANCES + (1 << 15);
const CODE_BITS: i32 = 7;
// Lengths of the codes of a block, then work space.
const LENGTHS: i32 = LENGTH_CODES + (1 << 10);
const COUNTS: i32 = LENGTHS + 512;
const MEANINGS: i32 = COUNTS + 256;
const DISTANCE_MEANINGS: i32 = MEANINGS + 320 * 4;
const CODE_MEANINGS: i32 = DISTANCE_MEANINGS + 32 * 4;

// An entry: how many bits to consume in all (bits 0 to 5) and of them the code's own (8 to 11), then the value (16 to 30).
// Or of a pointer: how many more bits to look up, and where its subtable begins.
const LITERAL: u32 = 0x80000000;
const SPECIAL: u32 = 0x8000;
const SUBTABLE: u32 = 0x4000;
const END: u32 = 0x2000;

// What `inflate` answers.
const MORE_INPUT: i32 = 0;
const MORE_OUTPUT: i32 = 1;
const DONE: i32 = 2;
const DAMAGED: i32 = 3;

// Where the input was read up to (after `inflate` whole bytes), and the output was written up to.
export let inputAt: i32 = INPUT;
export let outputAt: i32 = OUTPUT + WINDOW;
let outputFrom: i32 = OUTPUT + WINDOW;

let bits: u64 = 0;
let held: i32 = 0;
const BEFORE_BLOCK: i32 = 0;
const IN_STORED: i32 = 1;
const IN_PACKED: i32 = 2;
const BEHIND_LAST: i32 = 3;
let state: i32 = BEHIND_LAST;
let isLast: bool = false;
let stored: i32 = 0;
let meaningsKnown: bool = false;

export function input(): i32 {
  return INPUT;
}
export function inputSize(): i32 {
  return INPUT_SIZE;
}
// Where the output begins that the last call made; it ends at `outputAt`.
export function output(): i32 {
  return outputFrom;
}

// The first byte of this stream that is still in the window.
let firstByte: i32 = 0;

// Begins a stream at `at` of the input.
export function begin(at: i32): void {
  if (!meaningsKnown) learnMeanings();
  inputAt = at;
  outputAt = outputFrom = OUTPUT + WINDOW;
  firstByte = outputAt;
  bits = 0;
  held = 0;
  state = BEFORE_BLOCK;
  isLast = false;
}

// Goes on with what stands from `inputAt` to `end`; `isAll` says that nothing will follow there.
export function inflate(end: i32, isAll: bool): i32 {
  if (outputAt > OUTPUT + WINDOW) slide();
  outputFrom = outputAt;
  memory.fill(end, 0, 64);
  while (true) {
    let answer = DONE;
    if (state == BEFORE_BLOCK) answer = blockHeader(end, isAll);
    else if (state == IN_STORED) answer = storedBlock(end);
    else if (state == IN_PACKED) answer = symbols(end, isAll);
    if (answer != DONE) return answer;
    if (state == BEHIND_LAST) {
      // Whole bytes that were held are given back.
      inputAt -= held >> 3;
      held = 0;
      bits = 0;
      return inputAt > end ? MORE_INPUT : DONE;
    }
  }
}

// Keeps the last bytes as the window of what follows.
function slide(): void {
  const kept = min(outputAt - firstByte, WINDOW);
  memory.copy(OUTPUT + WINDOW - kept, outputAt - kept, kept);
  firstByte = OUTPUT + WINDOW - kept;
  outputAt = OUTPUT + WINDOW;
}

// @ts-ignore: decorator
@inline
function refill(): void {
  bits |= load<u64>(inputAt) << <u64>held;
  inputAt += (63 - held) >> 3;
  held |= 56;
}

// @ts-ignore: decorator
@inline
function take(count: i32): i32 {
  const value = <i32>bits & ((1 << count) - 1);
  bits >>= <u64>count;
  held -= count;
  return value;
}

// Bits that were taken beyond the end.
function isBeyond(end: i32): bool {
  return inputAt - (held >> 3) > end;
}

function blockHeader(end: i32, isAll: bool): i32 {
  if (!isAll && end - inputAt < LONGEST_HEADER) return MORE_INPUT;
  refill();
  isLast = take(1) != 0;
  const kind = take(2);
  if (isBeyond(end)) return MORE_INPUT;
  if (kind == 0) return storedHeader(end);
  if (kind == 3) return DAMAGED;
  if (kind == 1) fixedCodes();
  else {
    const answer = dynamicCodes();
    if (isBeyond(end)) return MORE_INPUT;
    if (answer != DONE) return answer;
  }
  state = IN_PACKED;
  return DONE;
}

function storedHeader(end: i32): i32 {
  take(held & 7);
  inputAt -= held >> 3;
  held = 0;
  bits = 0;
  if (inputAt + 4 > end) return MORE_INPUT;
  stored = <i32>load<u16>(inputAt);
  if (stored != (~(<i32>load<u16>(inputAt + 2)) & 0xffff)) return DAMAGED;
  inputAt += 4;
  state = IN_STORED;
  return DONE;
}

function storedBlock(end: i32): i32 {
  while (stored > 0) {
    const room = OUTPUT + WINDOW + OUTPUT_SIZE - outputAt;
    const size = min(stored, min(end - inputAt, room));
    if (size <= 0) return room <= 0 ? MORE_OUTPUT : MORE_INPUT;
    memory.copy(outputAt, inputAt, size);
    outputAt += size;
    inputAt += size;
    stored -= size;
  }
  state = isLast ? BEHIND_LAST : BEFORE_BLOCK;
  return DONE;
}

function symbols(end: i32, isAll: bool): i32 {
  // Locals are registers; they are given back at the end.
  let at = inputAt;
  let out = outputAt;
  let own = bits;
  let count = held;
  const lastInput = isAll ? end + 32 : end - 2 * LONGEST_SYMBOL;
  const lastOutput = OUTPUT + WINDOW + OUTPUT_SIZE - LONGEST;
  let answer = -1;
  while (true) {
    if (at > lastInput || out > lastOutput) {
      answer = out > lastOutput ? MORE_OUTPUT : MORE_INPUT;
      break;
    }
    own |= load<u64>(at) << <u64>count;
    at += (63 - count) >> 3;
    count |= 56;
    let entry = literalEntry(own);
    if (entry & LITERAL) {
      // Three literals take no more bits than are held.
      own >>= <u64>entry;
      count -= bitsOf(entry);
      store<u8>(out++, entry >> 16);
      entry = literalEntry(own);
      if (entry & LITERAL) {
        own >>= <u64>entry;
        count -= bitsOf(entry);
        store<u8>(out++, entry >> 16);
        entry = literalEntry(own);
        if (entry & LITERAL) {
          own >>= <u64>entry;
          count -= bitsOf(entry);
          store<u8>(out++, entry >> 16);
          continue;
        }
      }
      own |= load<u64>(at) << <u64>count;
      at += (63 - count) >> 3;
      count |= 56;
    }
    if (entry & SUBTABLE) {
      own >>= LITERAL_BITS;
      count -= LITERAL_BITS;
      entry = subEntry(LITERALS, entry, own);
      if (entry & LITERAL) {
        own >>= <u64>entry;
        count -= bitsOf(entry);
        store<u8>(out++, entry >> 16);
        continue;
      }
    }
    if (entry & SPECIAL) {
      own >>= <u64>entry;
      count -= bitsOf(entry);
      answer = entry & END ? DONE : DAMAGED;
      break;
    }
    const length = valueOf(entry, own);
    own >>= <u64>entry;
    count -= bitsOf(entry);
    entry = load<u32>(DISTANCES + ((<i32>own & ((1 << DISTANCE_BITS) - 1)) << 2));
    if (entry & SUBTABLE) {
      own >>= DISTANCE_BITS;
      count -= DISTANCE_BITS;
      entry = subEntry(DISTANCES, entry, own);
    }
    const distance = valueOf(entry, own);
    if (entry & SPECIAL || out - distance < firstByte) {
      answer = DAMAGED;
      break;
    }
    own >>= <u64>entry;
    count -= bitsOf(entry);
    copy(out, distance, out + length);
    out += length;
  }
  inputAt = at;
  outputAt = out;
  bits = own;
  held = count;
  if (isBeyond(end)) return MORE_INPUT;
  if (answer == DONE) state = isLast ? BEHIND_LAST : BEFORE_BLOCK;
  return answer;
}

// @ts-ignore: decorator
@inline
function bitsOf(entry: u32): i32 {
  return entry & 63;
}

// @ts-ignore: decorator
@inline
function literalEntry(next: u64): u32 {
  return load<u32>(LITERALS + ((<i32>next & ((1 << LITERAL_BITS) - 1)) << 2));
}

// @ts-ignore: decorator
@inline
function subEntry(table: i32, pointer: u32, next: u64): u32 {
  const index = <i32>(pointer >> 16) + (<i32>next & ((1 << bitsOf(pointer)) - 1));
  return load<u32>(table + (index << 2));
}

// A length or distance with its extra bits.
// @ts-ignore: decorator
@inline
function valueOf(entry: u32, next: u64): i32 {
  const whole = next & (((<u64>1) << <u64>entry) - 1);
  return <i32>(entry >> 16) + <i32>(whole >> <u64>((entry >> 8) & 15));
}

// Copies from `distance` before, and up to 31 bytes beyond `stop`.
// @ts-ignore: decorator
@inline
function copy(out: i32, distance: i32, stop: i32): void {
  let to = out;
  let from = out - distance;
  if (distance >= 16) {
    v128.store(to, v128.load(from));
    v128.store(to + 16, v128.load(from + 16));
    for (to += 32, from += 32; to < stop; to += 16, from += 16) v128.store(to, v128.load(from));
  } else if (distance == 1) {
    const same = i8x16.splat(load<i8>(from));
    for (; to < stop; to += 16) v128.store(to, same);
  } else if (distance >= 8) {
    for (; to < stop; to += 8, from += 8) store<u64>(to, load<u64>(from));
  } else {
    for (; to < stop; to++, from++) store<u8>(to, load<u8>(from));
  }
}

// ---- codes

// @ts-ignore: decorator
@inline
function entryOf(value: i32, extra: i32): u32 {
  return (<u32>value << 16) | <u32>extra;
}

// What each symbol means, before its code's length is known.
function learnMeanings(): void {
  meaningsKnown = true;
  for (let symbol = 0; symbol < 256; symbol++) store<u32>(MEANINGS + (symbol << 2), LITERAL | entryOf(symbol, 0));
  store<u32>(MEANINGS + (256 << 2), SPECIAL | END);
  let length = 3;
  for (let symbol = 257; symbol < 285; symbol++) {
    const extra = symbol < 265 ? 0 : (symbol - 261) >> 2;
    store<u32>(MEANINGS + (symbol << 2), entryOf(length, extra));
    length += 1 << extra;
  }
  store<u32>(MEANINGS + (285 << 2), entryOf(258, 0));
  store<u32>(MEANINGS + (286 << 2), SPECIAL);
  store<u32>(MEANINGS + (287 << 2), SPECIAL);
  let distance = 1;
  for (let symbol = 0; symbol < 30; symbol++) {
    const extra = symbol < 4 ? 0 : (symbol - 2) >> 1;
    store<u32>(DISTANCE_MEANINGS + (symbol << 2), entryOf(distance, extra));
    distance += 1 << extra;
  }
  store<u32>(DISTANCE_MEANINGS + (30 << 2), SPECIAL);
  store<u32>(DISTANCE_MEANINGS + (31 << 2), SPECIAL);
  for (let symbol = 0; symbol < 19; symbol++) store<u32>(CODE_MEANINGS + (symbol << 2), entryOf(symbol, 0));
}

function fixedCodes(): void {
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  buildTable(LITERALS, LITERAL_BITS, LENGTHS, 288, MEANINGS);
  memory.fill(LENGTHS, 5, 32);
  buildTable(DISTANCES, DISTANCE_BITS, LENGTHS, 32, DISTANCE_MEANINGS);
}

function orderOf(index: i32): i32 {
  if (index < 3) return 16 + index;
  if (index == 3) return 0;
  return index & 1 ? 7 - ((index - 5) >> 1) : 8 + ((index - 4) >> 1);
}

function dynamicCodes(): i32 {
  const literals = 257 + take(5);
  const distances = 1 + take(5);
  const codes = 4 + take(4);
  if (literals > 286 || distances > 30) return DAMAGED;
  memory.fill(LENGTHS, 0, 19);
  for (let index = 0; index < codes; index++) {
    refill();
    store<u8>(LENGTHS + orderOf(index), take(3));
  }
  if (!buildTable(LENGTH_CODES, CODE_BITS, LENGTHS, 19, CODE_MEANINGS)) return DAMAGED;
  const all = literals + distances;
  let previous = 0;
  for (let index = 0; index < all; ) {
    refill();
    const entry = load<u32>(LENGTH_CODES + ((<i32>bits & 127) << 2));
    if (entry & SPECIAL) return DAMAGED;
    take(entry & 63);
    const symbol = <i32>(entry >> 16);
    if (symbol < 16) {
      store<u8>(LENGTHS + index++, symbol);
      previous = symbol;
      continue;
    }
    if (symbol == 16 && index == 0) return DAMAGED;
    const times = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
    if (symbol != 16) previous = 0;
    if (index + times > all) return DAMAGED;
    memory.fill(LENGTHS + index, <u8>previous, times);
    index += times;
  }
  if (load<u8>(LENGTHS + 256) == 0) return DAMAGED;
  return buildTable(LITERALS, LITERAL_BITS, LENGTHS, literals, MEANINGS) &&
    buildTable(DISTANCES, DISTANCE_BITS, LENGTHS + literals, distances, DISTANCE_MEANINGS)
    ? DONE
    : DAMAGED;
}

// Makes a table of `1 << width` entries and of subtables behind it; false where the lengths are of no code.
function buildTable(table: i32, width: i32, lengths: i32, symbols: i32, meanings: i32): bool {
  memory.fill(COUNTS, 0, 64);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const place = COUNTS + (<i32>load<u8>(lengths + symbol) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
  const unused = load<i32>(COUNTS);
  store<i32>(COUNTS, 0);
  let longest = 0;
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    const count = load<i32>(COUNTS + (length << 2));
    if (count > 0) longest = length;
    left = (left << 1) - count;
    if (left < 0) return false;
  }
  // One code of one bit is complete enough (RFC 1951, 3.2.7), and so is none at all.
  if (left > 0 && (longest > 1 || width == CODE_BITS)) return false;
  for (let index = 0; index < 1 << width; index++) store<u32>(table + (index << 2), SPECIAL);
  // The next code of each length, codes counted up from their highest bit.
  let code = 0;
  for (let length = 1; length <= 15; length++) {
    const place = COUNTS + (length << 2);
    const count = load<i32>(place);
    store<i32>(COUNTS + 64 + (length << 2), code);
    code = (code + count) << 1;
  }
  const rest = longest - width;
  let next = 1 << width;
  for (let symbol = 0; symbol < symbols; symbol++) {
    const length = <i32>load<u8>(lengths + symbol);
    if (length == 0) continue;
    const place = COUNTS + 64 + (length << 2);
    const own = load<i32>(place);
    store<i32>(place, own + 1);
    const reversed = reverse(own, length);
    const meaning = load<u32>(meanings + (symbol << 2));
    if (length <= width) {
      fill(table, reversed, 1 << width, length, codeEntry(meaning, length));
      continue;
    }
    const prefix = table + ((reversed & ((1 << width) - 1)) << 2);
    let pointer = load<u32>(prefix);
    if ((pointer & SUBTABLE) == 0) {
      pointer = SPECIAL | SUBTABLE | entryOf(next, rest);
      store<u32>(prefix, pointer);
      for (let index = 0; index < 1 << rest; index++) store<u32>(table + ((next + index) << 2), SPECIAL);
      next += 1 << rest;
    }
    fill(table + (<i32>((pointer >> 16) & 0x7fff) << 2), reversed >> width, 1 << rest, length - width, codeEntry(meaning, length - width));
  }
  return true;
}

// A meaning (value, flags, extra bits) as the entry of a code of `length` bits.
// @ts-ignore: decorator
@inline
function codeEntry(meaning: u32, length: i32): u32 {
  return meaning + <u32>length + (<u32>length << 8);
}

function fill(table: i32, from: i32, size: i32, length: i32, entry: u32): void {
  for (let index = from; index < size; index += 1 << length) store<u32>(table + (index << 2), entry);
}

function reverse(code: i32, length: i32): i32 {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
  return reversed;
}
