/**
 * The innermost loops of reading a log, in AssemblyScript: plain XES and plain CSV from bytes to typed columns, sixteen
 * bytes at a time. It takes what nearly every log consists of and stops, or asks its host, at everything else: the
 * TypeScript readers go on from there, so what a log means is defined in one place. `build.ts` makes `scan.wasm` of it.
 *
 * The host writes bytes at `input()`, of which at most `INPUT_SIZE` and then one byte that ends every scan (0 in XES, a
 * line break in CSV). Behind it lie a batch of rows of each column and the dictionaries of texts.
 */

// Takes a cell that is not plain: the header's or column's number, its row, and where its bytes are.
@external("host", "cell")
declare function hostCell(index: i32, row: i32, start: i32, end: i32): void;

const INPUT_SIZE: i32 = 1 << 21;
const INPUT: i32 = 1024;
const BATCH: i32 = 4096;

const TEXT: i32 = 1;
const TIME: i32 = 2;
const NUMBER: i32 = 3;
const BOOLEAN: i32 = 4;
const INDEX: i32 = 5;
// The host stores every cell itself.
const HOST: i32 = 6;
const SKIP: i32 = 7;

// One column. `batch` has BATCH cells: u32 codes, f64 values or u8 flags.
@unmanaged
class Column {
  kind: i32;
  batch: i32;
  // Of times: how many carried a zone, how many did not, and the last row that was counted.
  zoned: i32;
  local: i32;
  counted: i32;
  // Of times: whether those without a zone are read as UTC (else the host reads them).
  localIsUtc: i32;
  // Of times: the last date that was read (its first eight and last two bytes) and its midnight.
  date: u64;
  midnight: f64;
  dateEnd: i32;
  // Of texts: open addressing over hashes; the distinct texts side by side in `arena`, each up to its `ends`.
  mask: i32;
  slots: i32;
  hashes: i32;
  ends: i32;
  capacity: i32;
  arena: i32;
  arenaSize: i32;
  size: i32;
  last: i32;
}

// A start tag up to its value, such as `<string key="org:resource" value="`, and the one that followed it last time.
@unmanaged
class Header {
  bytes: i32;
  length: i32;
  column: i32;
  next: i32;
}

const MAXIMUM_COLUMNS: i32 = 2048;
const MAXIMUM_HEADERS: i32 = 128;
const COLUMN_SIZE: i32 = offsetof<Column>();
const HEADER_SIZE: i32 = offsetof<Header>();
// Places below `--memoryBase`; the heap comes after it.
const columns: i32 = 0x210000;
const headers: i32 = 0x240000;
const cells: i32 = 0x241000;
const scopeOf: i32 = 0x246000;
const openTypes: i32 = 0x246100;
const notes: i32 = 0x247000;
let columnCount: i32 = 0;
// Headers 0 and 1 stand before the first attribute of a trace and of an event.
let headerCount: i32 = 2;
let free: i32 = 0;

// What the host reads and sets.
export let line: i32 = 1;
// 1 inside the log, 2 inside a trace, 3 inside an event.
export let level: i32 = 0;
export let events: i32 = 0;
export let traces: i32 = 0;
let eventBase: i32 = 0;
let traceBase: i32 = 0;
// The batch that is full: 1 of events, 2 of traces.
export let full: i32 = 0;
// The column of INDEX kind that notes how many events were before each trace.
let traceStarts: i32 = -1;
let previous: i32 = headers;

export function setPlace(newLine: i32, newLevel: i32, newTraces: i32, newEvents: i32): void {
  line = newLine;
  if (newLevel != level) previous = headers + (newLevel == 3 ? HEADER_SIZE : 0);
  level = newLevel;
  traces = newTraces;
  events = newEvents;
}

// The first row of the batch of a scope (2 traces, 3 events), after the host took what was in it.
export function setBase(scope: i32, row: i32): void {
  if (scope == 3) eventBase = row;
  else traceBase = row;
  full = 0;
}

export function noteTraceStartsIn(column: i32): void {
  traceStarts = column;
}

export function input(): i32 {
  return INPUT;
}

function allocate(size: i32): i32 {
  if (free == 0) free = ((<i32>__heap_base) + 79) & ~15;
  const at = free;
  const next = <i64>(<u32>at) + size + 64;
  if (next > 0xffff0000) unreachable();
  const missing = <i32>((next + 65535) >> 16) - memory.size();
  if (missing > 0 && memory.grow(max(missing, memory.size() >> 3)) < 0 && memory.grow(missing) < 0) unreachable();
  free = <i32>((<u32>at + size + 47) & ~15);
  return at;
}

// @ts-ignore: decorator
@inline
function column(index: i32): Column {
  return changetype<Column>(columns + index * COLUMN_SIZE);
}

export function addColumn(kind: i32, localIsUtc: i32): i32 {
  if (columnCount == MAXIMUM_COLUMNS) return -1;
  const added = column(columnCount);
  added.kind = kind;
  added.batch = allocate(BATCH * (kind == BOOLEAN ? 1 : kind == TEXT || kind == INDEX ? 4 : 8));
  added.counted = -1;
  added.localIsUtc = localIsUtc;
  added.last = -1;
  clear(columnCount);
  if (kind == TEXT) {
    added.mask = 63;
    added.slots = allocate(64 * 4);
    memory.fill(added.slots, 0xff, 64 * 4);
    added.capacity = 32;
    added.hashes = allocate(32 * 4);
    added.ends = allocate(32 * 4);
    added.arenaSize = 512;
    added.arena = allocate(512);
  }
  return columnCount++;
}

// Leaves all further cells of a column to the host.
export function retire(index: i32): void {
  column(index).kind = HOST;
}

export function batchOf(index: i32): i32 {
  return column(index).batch;
}
export function zonedOf(index: i32): i32 {
  return column(index).zoned;
}
export function localOf(index: i32): i32 {
  return column(index).local;
}
export function sizeOf(index: i32): i32 {
  return column(index).size;
}
export function arenaOf(index: i32): i32 {
  return column(index).arena;
}
export function endsOf(index: i32): i32 {
  return column(index).ends;
}

// Makes every cell of the batch "none".
export function clear(index: i32): void {
  const own = column(index);
  if (own.kind == TEXT || own.kind == INDEX) memory.fill(own.batch, 0xff, BATCH * 4);
  else if (own.kind == BOOLEAN) memory.fill(own.batch, 2, BATCH);
  else {
    const none = f64x2.splat(NaN);
    for (let at = own.batch, end = own.batch + BATCH * 8; at < end; at += 16) v128.store(at, none);
  }
}

// Notes a time of `row` once, whether or not it carried a zone.
export function countTime(index: i32, row: i32, zoned: i32): void {
  const own = column(index);
  if (row <= own.counted) return;
  own.counted = row;
  if (zoned) own.zoned++;
  else own.local++;
}

// ---- texts

// @ts-ignore: decorator
@inline
function tail(at: i32, length: i32): u64 {
  return load<u64>(at) & ((<u64>1 << (<u64>length << 3)) - 1);
}

function hashOf(from: i32, end: i32): i32 {
  let hash: u64 = <u64>(end - from) * 0x9e3779b97f4a7c15;
  let at = from;
  for (; at + 8 <= end; at += 8) {
    hash = (hash ^ load<u64>(at)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  if (at < end) {
    hash = (hash ^ tail(at, end - at)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  hash *= 0xd6e8feb86659fd93;
  return <i32>(hash >> 32);
}

// @ts-ignore: decorator
@inline
function sameBytes(a: i32, b: i32, length: i32): bool {
  while (length >= 8) {
    if (load<u64>(a) != load<u64>(b)) return false;
    a += 8;
    b += 8;
    length -= 8;
  }
  return length == 0 || tail(a, length) == tail(b, length);
}

// @ts-ignore: decorator
@inline
function isText(own: Column, code: i32, from: i32, length: i32): bool {
  const ends = own.ends + (code << 2);
  const begin = code == 0 ? 0 : load<i32>(ends - 4);
  return load<i32>(ends) - begin == length && sameBytes(own.arena + begin, from, length);
}

// The code of a text that is known, else -1; leaves its hash and slot in `foundHash` and `foundSlot`.
let foundHash: i32 = 0;
let foundSlot: i32 = 0;

function find(own: Column, from: i32, end: i32): i32 {
  const hash = hashOf(from, end);
  const slots = own.slots;
  const mask = own.mask;
  const hashes = own.hashes;
  const length = end - from;
  let slot = hash & mask;
  while (true) {
    const code = load<i32>(slots + (slot << 2));
    if (code < 0) {
      foundHash = hash;
      foundSlot = slot;
      return -1;
    }
    if (load<i32>(hashes + (code << 2)) == hash && isText(own, code, from, length)) return code;
    slot = (slot + 1) & mask;
  }
}

// Adds the text that `find` did not find.
function insert(own: Column, from: i32, end: i32): i32 {
  const code = own.size++;
  const begin = code == 0 ? 0 : load<i32>(own.ends + (code << 2) - 4);
  const stop = begin + end - from;
  if (code == own.capacity) {
    own.hashes = wider(own.hashes, code << 2);
    own.ends = wider(own.ends, code << 2);
    own.capacity = code << 1;
  }
  if (stop + 16 > own.arenaSize) {
    const size = max(own.arenaSize << 1, stop + 16);
    const arena = allocate(size);
    memory.copy(arena, own.arena, begin);
    own.arena = arena;
    own.arenaSize = size;
  }
  memory.copy(own.arena + begin, from, end - from);
  store<i32>(own.ends + (code << 2), stop);
  store<i32>(own.hashes + (code << 2), foundHash);
  store<i32>(own.slots + (foundSlot << 2), code);
  if (own.size << 1 > own.mask) rehash(own);
  return code;
}

function wider(from: i32, bytes: i32): i32 {
  const to = allocate(bytes << 1);
  memory.copy(to, from, bytes);
  return to;
}

function rehash(own: Column): void {
  const count = (own.mask + 1) << 2;
  const slots = allocate(count << 2);
  memory.fill(slots, 0xff, count << 2);
  const mask = count - 1;
  for (let code = 0; code < own.size; code++) {
    let slot = load<i32>(own.hashes + (code << 2)) & mask;
    while (load<i32>(slots + (slot << 2)) >= 0) slot = (slot + 1) & mask;
    store<i32>(slots + (slot << 2), code);
  }
  own.slots = slots;
  own.mask = mask;
}

function isAscii(from: i32, end: i32): bool {
  let at = from;
  for (; at + 8 <= end; at += 8) if (load<u64>(at) & 0x8080808080808080) return false;
  return at == end || (tail(at, end - at) & 0x8080808080808080) == 0;
}

// The code of a text that is not known yet, or -1 where its bytes are not ASCII, so that the host must judge them.
function newText(own: Column, from: i32, end: i32): i32 {
  const code = find(own, from, end);
  if (code >= 0) return code;
  return isAscii(from, end) ? insert(own, from, end) : -1;
}

// @ts-ignore: decorator
@inline
function textCode(own: Column, from: i32, end: i32): i32 {
  const last = own.last;
  if (last >= 0 && isText(own, last, from, end - from)) return last;
  const code = newText(own, from, end);
  if (code >= 0) own.last = code;
  return code;
}

// For the host: the code of a text whose bytes it has judged; `known` asks only, and gives -1 for a new one.
export function codeOf(index: i32, from: i32, end: i32, known: i32): i32 {
  const own = column(index);
  const code = find(own, from, end);
  return code >= 0 || known ? code : insert(own, from, end);
}

// Room for `size` bytes that the host brings.
let roomAt: i32 = 0;
let roomSize: i32 = 0;
export function room(size: i32): i32 {
  if (size > roomSize) {
    roomSize = max(size, 4096) << 1;
    roomAt = allocate(roomSize);
  }
  return roomAt;
}

// ---- times: `YYYY-MM-DDTHH:MM:SS`, then `.fff` or nothing, then `±HH:MM`, `Z` or nothing; NaN for all else

let zoned: i32 = 0;

// @ts-ignore: decorator
@inline
function areDigits(word: u64): bool {
  return ((word | (word + 0x0606060606060606)) & 0xf0f0f0f0f0f0f0f0) == 0;
}

// @ts-ignore: decorator
@inline
function twoDigits(word: u64, byte: u64): i32 {
  const both = <i32>(word >> (byte << 3));
  return (both & 15) * 10 + ((both >> 8) & 15);
}

function time(own: Column, from: i32, end: i32): f64 {
  const length = end - from;
  if (length < 19) return NaN;
  const date = load<u64>(from);
  const dateEnd = <i32>load<u16>(from + 8);
  if (date != own.date || dateEnd != own.dateEnd) {
    const midnight = midnightOf(date, dateEnd);
    if (isNaN(midnight)) return NaN;
    own.date = date;
    own.dateEnd = dateEnd;
    own.midnight = midnight;
  }
  const between = load<u8>(from + 10);
  if (between != 84 && between != 32) return NaN;
  const clock = load<u64>(from + 11) ^ 0x30303a30303a3030;
  if (!areDigits(clock) || (clock & 0x0000ff0000ff0000) != 0) return NaN;
  const hour = twoDigits(clock, 0);
  const minute = twoDigits(clock, 3);
  const second = twoDigits(clock, 6);
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  let at = from + 19;
  let millis = 0;
  if (end - at > 3 && load<u8>(at) == 46) {
    const digits = <i32>load<u32>(at + 1) ^ 0x303030;
    const a = digits & 255;
    const b = (digits >> 8) & 255;
    const c = (digits >> 16) & 255;
    if (a > 9 || b > 9 || c > 9) return NaN;
    millis = a * 100 + b * 10 + c;
    at += 4;
  }
  const offset = at == end ? 0 : offsetOf(at, end);
  if (offset == NO_OFFSET) return NaN;
  zoned = at == end ? 0 : 1;
  return own.midnight + <f64>((<i64>(hour * 3600 + minute * 60 + second - offset) * 1000 + millis) * 1000);
}

const NO_OFFSET: i32 = i32.MAX_VALUE;

// Seconds east of UTC.
// @ts-ignore: decorator
@inline
function offsetOf(at: i32, end: i32): i32 {
  const sign = load<u8>(at);
  if (sign == 90) return end - at == 1 ? 0 : NO_OFFSET;
  if (end - at != 6 || (sign != 43 && sign != 45)) return NO_OFFSET;
  const word = (load<u64>(at + 1) & 0xffffffffff) ^ 0x30303a3030;
  if (!areDigits(word) || (word & 0xff0000) != 0) return NO_OFFSET;
  const hours = twoDigits(word, 0);
  const minutes = twoDigits(word, 3);
  if (hours > 18 || minutes > 59) return NO_OFFSET;
  const seconds = hours * 3600 + minutes * 60;
  return sign == 45 ? -seconds : seconds;
}

// Microseconds from 1970 to the date's midnight (Hinnant, days_from_civil).
function midnightOf(date: u64, dateEnd: i32): f64 {
  const digits = date ^ 0x2d30302d30303030;
  const last = dateEnd ^ 0x3030;
  if (!areDigits(digits) || (digits & 0xff0000ff00000000) != 0) return NaN;
  if (!areDigits(<u64>last)) return NaN;
  const year = twoDigits(digits, 0) * 100 + twoDigits(digits, 2);
  const month = twoDigits(digits, 5);
  const day = twoDigits(<u64>last, 0);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return NaN;
  const shifted = month <= 2 ? year - 1 : year;
  const era = shifted < 0 ? -1 : shifted / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return <f64>(era * 146097 + dayOfEra - 719468) * 86400000000;
}

function daysIn(year: i32, month: i32): i32 {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// ---- numbers: `[-+]digits[.digits]` of at most 15 digits; NaN for all else

const powers: i32 = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]) as i32;

function number(from: i32, end: i32): f64 {
  let at = from;
  const sign = load<u8>(at);
  if (sign == 45 || sign == 43) at++;
  if (end - at > 16) return NaN;
  let value: i64 = 0;
  let digits = 0;
  let point = -1;
  for (; at < end; at++) {
    const digit = <i32>load<u8>(at) - 48;
    if (<u32>digit < 10) {
      value = value * 10 + digit;
      digits++;
    } else if (digit == -2 && point < 0) point = digits;
    else return NaN;
  }
  if (digits == 0 || digits > 15) return NaN;
  let scaled = <f64>value;
  if (point >= 0 && point < digits) scaled /= load<f64>(powers + ((digits - point) << 3));
  return sign == 45 ? -scaled : scaled;
}

// ---- cells

// Stores a plain cell; anything else goes to the host under `index`.
// @ts-ignore: decorator
@inline
function cell(own: Column, index: i32, row: i32, base: i32, from: i32, end: i32): void {
  const kind = own.kind;
  if (kind == TEXT) {
    const code = textCode(own, from, end);
    if (code >= 0) store<i32>(own.batch + ((row - base) << 2), code);
    else hostCell(index, row, from, end);
  } else otherCell(own, kind, index, row, base, from, end);
}

function otherCell(own: Column, kind: i32, index: i32, row: i32, base: i32, from: i32, end: i32): void {
  if (kind == SKIP) return;
  if (from == end && kind != HOST) return;
  if (kind == TIME) {
    const value = time(own, from, end);
    if (!isNaN(value) && (zoned || own.localIsUtc)) {
      store<f64>(own.batch + ((row - base) << 3), value);
      countTime(<i32>((changetype<i32>(own) - columns) / COLUMN_SIZE), row, zoned);
      return;
    }
  } else if (kind == NUMBER) {
    const value = number(from, end);
    if (!isNaN(value)) {
      store<f64>(own.batch + ((row - base) << 3), value);
      return;
    }
  } else if (kind == BOOLEAN) {
    const word = load<u32>(from);
    const length = end - from;
    const yes = length == 4 && word == 0x65757274;
    if (yes || (length == 5 && word == 0x736c6166 && load<u8>(from + 4) == 101)) {
      store<u8>(own.batch + row - base, yes ? 1 : 0);
      return;
    }
  }
  hostCell(index, row, from, end);
}

// ---- XES

// Adds a header that the host wrote at `room`, of a trace's (2) or an event's (3) attribute; gives its number or -1.
export function addHeader(scope: i32, at: i32, length: i32, columnIndex: i32): i32 {
  if (headerCount == MAXIMUM_HEADERS + 2 || length < 16) return -1;
  const added = changetype<Header>(headers + headerCount * HEADER_SIZE);
  added.bytes = allocate(length);
  memory.copy(added.bytes, at, length);
  added.length = length;
  added.column = columnIndex;
  added.next = 0;
  store<u8>(scopeOf + headerCount, <u8>scope);
  return headerCount++;
}

// @ts-ignore: decorator
@inline
function isAt(header: Header, at: i32): bool {
  const bytes = header.bytes;
  const length = header.length;
  let block = 0;
  for (const whole = length - 15; block < whole; block += 16) {
    if (v128.any_true(v128.xor(v128.load(bytes + block), v128.load(at + block)))) return false;
  }
  const rest = length - 16;
  return !v128.any_true(v128.xor(v128.load(bytes + rest), v128.load(at + rest)));
}

// The header at a tag: the one that came next last time, or any of the scope; 0 for none.
function headerAt(at: i32): i32 {
  for (let index = 2; index < headerCount; index++) {
    const header = headers + index * HEADER_SIZE;
    if (load<u8>(scopeOf + index) == level && isAt(changetype<Header>(header), at)) {
      changetype<Header>(previous).next = header;
      return header;
    }
  }
  return 0;
}

// Where the value that begins at `from` ends with a double quote; 0 where it holds anything but plain text.
// @ts-ignore: decorator
@inline
function valueEnd(from: i32): i32 {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const telling = v128.or(
      v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.lt_u(bytes, i8x16.splat(32))),
      v128.or(i8x16.eq(bytes, i8x16.splat(38)), i8x16.eq(bytes, i8x16.splat(60))),
    );
    const mask = i8x16.bitmask(telling);
    if (mask != 0) {
      at += ctz(mask);
      return load<u8>(at) == 34 ? at : 0;
    }
    at += 16;
  }
}

// For the host: the first control character, quote, apostrophe, "&" or "<" of the input from `from` on.
export function telling(from: i32): i32 {
  let at = INPUT + from;
  while (true) {
    const bytes = v128.load(at);
    const quotes = v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.eq(bytes, i8x16.splat(39)));
    const others = v128.or(i8x16.eq(bytes, i8x16.splat(38)), i8x16.eq(bytes, i8x16.splat(60)));
    const mask = i8x16.bitmask(v128.or(v128.or(quotes, others), i8x16.lt_u(bytes, i8x16.splat(32))));
    if (mask != 0) return at + ctz(mask) - INPUT;
    at += 16;
  }
}

// An attribute whose header is at `at`; gives where its tag ends, or 0 where it is not plain.
// @ts-ignore: decorator
@inline
function attribute(header: Header, at: i32): i32 {
  const from = at + header.length;
  const end = valueEnd(from);
  if (end == 0) return 0;
  const closing = load<u32>(end + 1) & 0xffffff;
  let past: i32;
  if ((closing & 0xffff) == 0x3e2f) past = end + 3;
  else if (closing == 0x3e2f20) past = end + 4;
  else return 0;
  const own = column(header.column);
  const number = (changetype<i32>(header) - headers) / HEADER_SIZE;
  previous = changetype<i32>(header);
  if (level == 3) cell(own, number, events - 1, eventBase, from, end);
  else cell(own, number, traces - 1, traceBase, from, end);
  return past;
}

const EVENT: u64 = 0x003e746e6576653c;
const END_EVENT: u64 = 0x3e746e6576652f3c;
const TRACE: u64 = 0x003e65636172743c;
const END_TRACE: u64 = 0x3e65636172742f3c;
const SEVEN: u64 = 0x00ffffffffffffff;

/**
 * Takes plain XES from `from` on, as far as it is plain; gives where it stopped: at the end of the input, or before
 * markup that the host has to take. The byte at the end of the input is 0, which no plain markup contains.
 */
export function xes(from: i32, end: i32): i32 {
  let at = INPUT + from;
  const stop = INPUT + end;
  while (true) {
    let byte = load<u8>(at);
    while (byte <= 32 && byte != 0) {
      if (byte == 10) line++;
      byte = load<u8>(++at);
    }
    if (byte != 60 || at >= stop) return at - INPUT;
    const word = load<u64>(at);
    if (load<u8>(at + 1) == 47) {
      if (level == 3 && word == END_EVENT) {
        level = 2;
        previous = headers;
      } else if (level == 2 && word == END_TRACE) level = 1;
      else return at - INPUT;
      at += 8;
      continue;
    }
    if (level == 1) {
      if ((word & SEVEN) != TRACE) return at - INPUT;
      if (traces - traceBase >= BATCH) {
        full = 2;
        return at - INPUT;
      }
      store<i32>(column(traceStarts).batch + ((traces - traceBase) << 2), events);
      traces++;
      level = 2;
      previous = headers;
      at += 7;
      continue;
    }
    if (level == 2 && (word & SEVEN) == EVENT) {
      if (events - eventBase >= BATCH) {
        full = 1;
        return at - INPUT;
      }
      events++;
      level = 3;
      previous = headers + HEADER_SIZE;
      at += 7;
      continue;
    }
    let header = changetype<Header>(previous).next;
    if (header == 0 || !isAt(changetype<Header>(header), at)) {
      header = headerAt(at);
      if (header == 0) return at - INPUT;
    }
    const past = attribute(changetype<Header>(header), at);
    if (past == 0) return at - INPUT;
    at = past;
  }
}

// ---- attributes of attributes, as some headers of logs have them by the thousand

const DEEPEST: i32 = 255;
const MOST_NOTES: i32 = 2048;
const STRING_NAME: u64 = 0x676e69727473;
const DATE_NAME: u64 = 0x65746164;
const INT_NAME: u64 = 0x746e69;
const FLOAT_NAME: u64 = 0x74616f6c66;
const BOOLEAN_NAME: u64 = 0x6e61656c6f6f62;
const ID_NAME: u64 = 0x6469;
const KEY: u64 = 0x223d79656b;
const FIVE: u64 = 0xffffffffff;
// Between a key and its value, and then a quote.
const VALUE: u64 = 0x3d65756c61762022;

// By depth: the type of each open element, 1 to 6; 0 where its end tag is the host's.
export function openTypesAt(): i32 {
  return openTypes;
}

// Four numbers for each element that was noted: its depth and type (depth * 8 + type), where in the input its key begins,
// where that ends, and where its value ends, which begins nine bytes behind the key.
export function notesAt(): i32 {
  return notes;
}

// How many elements are open, how many were noted, and of how many bytes their keys and values are.
export let depth: i32 = 0;
export let noted: i32 = 0;
export let notedSize: i32 = 0;

let nameLength: i32 = 0;

// The type that the eight bytes behind "<" or "</" name, with `stop` behind the name; 0 for any other.
function typeNamed(word: u64, stop: u64): i32 {
  const type = typeBefore(word);
  return type != 0 && ((word >> (<u64>nameLength << 3)) & 255) == stop ? type : 0;
}

function typeBefore(word: u64): i32 {
  nameLength = 6;
  if ((word & 0xffffffffffff) == STRING_NAME) return 1;
  nameLength = 4;
  if ((word & 0xffffffff) == DATE_NAME) return 2;
  nameLength = 3;
  if ((word & 0xffffff) == INT_NAME) return 3;
  nameLength = 5;
  if ((word & FIVE) == FLOAT_NAME) return 4;
  nameLength = 7;
  if ((word & SEVEN) == BOOLEAN_NAME) return 5;
  nameLength = 2;
  return (word & 0xffff) == ID_NAME ? 6 : 0;
}

/**
 * Takes plain attributes below the log's own, and their ends, from `from` on with `openDepth` elements open; gives where it
 * stopped: at the end of the input, where a child of the log was closed, where there is no room for more notes, or before
 * markup that the host has to take.
 */
export function nested(from: i32, end: i32, openDepth: i32): i32 {
  let at = INPUT + from;
  const stop = INPUT + end;
  depth = openDepth;
  noted = 0;
  notedSize = 0;
  while (true) {
    let byte = load<u8>(at);
    while (byte <= 32 && byte != 0) {
      if (byte == 10) line++;
      byte = load<u8>(++at);
    }
    if (byte != 60 || at >= stop || depth < 2) return at - INPUT;
    if (load<u8>(at + 1) == 47) {
      const type = typeNamed(load<u64>(at + 2), 62);
      if (type == 0 || load<u8>(openTypes + depth - 1) != type) return at - INPUT;
      depth--;
      at += nameLength + 3;
      continue;
    }
    const type = typeNamed(load<u64>(at + 1), 32);
    const key = at + nameLength + 7;
    if (type == 0 || noted == MOST_NOTES || (load<u64>(key - 5) & FIVE) != KEY) return at - INPUT;
    const keyEnd = valueEnd(key);
    if (keyEnd == 0 || load<u64>(keyEnd) != VALUE || load<u8>(keyEnd + 8) != 34) return at - INPUT;
    const past = valueEnd(keyEnd + 9);
    if (past == 0) return at - INPUT;
    const isOpen = load<u8>(past + 1) == 62;
    if (isOpen ? depth == DEEPEST : load<u16>(past + 1) != 0x3e2f) return at - INPUT;
    const note = notes + (noted++ << 4);
    store<i32>(note, (depth << 3) + type);
    store<i32>(note, key - INPUT, 4);
    store<i32>(note, keyEnd - INPUT, 8);
    store<i32>(note, past - INPUT, 12);
    notedSize += past - key - 9;
    if (isOpen) store<u8>(openTypes + depth++, <u8>type);
    at = past + (isOpen ? 2 : 3);
  }
}

// ---- CSV

/**
 * Takes plain records from `from` on, `width` cells each in the columns 0 to `width` - 1; gives where it stopped: at the
 * end, at a record that the host has to take, or before one of which the input has no end. Rows are counted in `events`.
 * A record is taken whole or not at all. The byte at the end of the input is a line break.
 */
export function csv(from: i32, end: i32, separator: i32, width: i32): i32 {
  let at = INPUT + from;
  const stop = INPUT + end;
  const separators = i8x16.splat(<i8>separator);
  while (at < stop) {
    if (events - eventBase >= BATCH) {
      full = 1;
      break;
    }
    const next = record(at, stop, separators, separator, width);
    if (next == 0) break;
    for (let index = 0; index < width; index++) {
      const begin = load<i32>(cells + (index << 3));
      const past = load<i32>(cells + (index << 3) + 4);
      if (begin < past) cell(column(index), index, events, eventBase, begin, past);
    }
    events++;
    line++;
    at = next;
  }
  return at - INPUT;
}

// Notes where each cell of a record begins and ends in `cells`; gives where the next record begins, or 0.
// @ts-ignore: decorator
@inline
function record(from: i32, stop: i32, separators: v128, separator: i32, width: i32): i32 {
  let begin = from;
  let out = cells;
  const last = cells + ((width - 1) << 3);
  let at = from;
  if (load<u8>(at) == 34) {
    at = quoted(at, stop, separator, out);
    if (at == 0) return 0;
    begin = -1;
  }
  while (true) {
    const bytes = v128.load(at);
    let mask = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, separators), i8x16.eq(bytes, i8x16.splat(10))),
        i8x16.eq(bytes, i8x16.splat(13)),
      ),
    );
    let jump = 0;
    while (mask != 0) {
      const past = at + ctz(mask);
      mask &= mask - 1;
      if (past >= stop) return 0;
      // A quoted cell has noted itself.
      if (begin >= 0) {
        store<i32>(out, begin);
        store<i32>(out, past, 4);
      }
      if (load<u8>(past) != separator) return out == last && past > from ? endOfRecord(past, stop) : 0;
      if (out == last) return 0;
      out += 8;
      begin = past + 1;
      if (load<u8>(begin) == 34) {
        jump = quoted(begin, stop, separator, out);
        if (jump == 0) return 0;
        begin = -1;
        break;
      }
    }
    at = jump != 0 ? jump : at + 16;
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function endOfRecord(past: i32, stop: i32): i32 {
  if (load<u8>(past) == 10) return past + 1;
  if (past + 1 >= stop) return 0;
  return load<u8>(past + 1) == 10 ? past + 2 : past + 1;
}

// A quoted cell without quotes and line breaks in it; gives the byte after it, or 0.
function quoted(from: i32, stop: i32, separator: i32, out: i32): i32 {
  let at = from + 1;
  while (true) {
    const bytes = v128.load(at);
    const mask = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(34)), i8x16.eq(bytes, i8x16.splat(10))),
        i8x16.eq(bytes, i8x16.splat(13)),
      ),
    );
    if (mask == 0) {
      at += 16;
      continue;
    }
    at += ctz(mask);
    if (load<u8>(at) != 34 || at + 1 >= stop) return 0;
    const after = <i32>load<u8>(at + 1);
    if (after != separator && after != 10 && after != 13) return 0;
    store<i32>(out, from + 1);
    store<i32>(out, at, 4);
    return at + 1;
  }
}
