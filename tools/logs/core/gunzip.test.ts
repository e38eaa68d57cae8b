import { constants, crc32, deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Gunzip } from "./gunzip.ts";

/** Unpacks `packed` in pieces of at most `piece` bytes. */
function unpack(packed: Uint8Array, piece = 1 << 16): Buffer {
  const parts: Uint8Array[] = [];
  const gunzip = new Gunzip((bytes) => parts.push(Uint8Array.from(bytes)));
  for (let from = 0; from < packed.length; ) {
    const room = gunzip.room(piece);
    const part = packed.subarray(from, from + room.length);
    room.set(part);
    gunzip.filled(part.length);
    from += part.length;
  }
  gunzip.finish();
  return Buffer.concat(parts);
}

/** Bytes as compressors meet them: runs, repetitions near and far, noise, text of few letters. */
const contents = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(fc.nat(255), fc.nat(3000)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
      fc
        .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 2000 }))
        .map(([unit, times]) => Buffer.concat(Array.from({ length: times }, () => unit))),
      fc.string({ unit: fc.constantFrom(..."abcdefg <>"), maxLength: 4000 }).map((text) => Buffer.from(text)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat(parts));

const settings = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FILTERED,
  ),
  memLevel: fc.integer({ min: 1, max: 9 }),
});

/** What came of it; null where it was refused. */
function outcome(work: () => Buffer): string | null {
  try {
    return work().toString("latin1");
  } catch {
    return null;
  }
}

describe("Gunzip", () => {
  it("gives back what zlib packed, in whatever way and pieces", () => {
    fc.assert(
      fc.property(contents, settings, fc.integer({ min: 1, max: 1 << 16 }), (bytes, options, piece) => {
        const packed = gzipSync(bytes, options);
        expect(unpack(packed, Math.max(piece, packed.length >> 10)).equals(bytes)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("unpacks megabytes, stored and packed, whose matches reach over every boundary", () => {
    let seed = 7;
    const random = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed / 2 ** 32;
    };
    const noise = Uint8Array.from({ length: 40_000 }, () => random() * 256);
    const bytes = Buffer.concat(
      Array.from({ length: 200 }, (_, part) => noise.subarray(Math.floor(random() * 8000), 39_000 - part)),
    );
    for (const level of [0, 1, 6, 9]) expect(unpack(gzipSync(bytes, { level })).equals(bytes)).toBe(true);
  });

  it("unpacks members one behind the other, and leaves zeros at the end alone", () => {
    const packed = Buffer.concat([gzipSync("abc"), gzipSync(""), gzipSync("def"), Buffer.alloc(10)]);
    for (const piece of [1, 2, 7, 1000]) expect(unpack(packed, piece).toString()).toBe("abcdef");
  });

  it("skips every part that a header may have", () => {
    const start = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 5, 0]),
      Buffer.from("extra"),
      Buffer.from("name\0comment\0"),
    ]);
    const checksum = Buffer.alloc(2);
    checksum.writeUInt16LE(crc32(start) & 0xffff);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32("text"));
    trailer.writeUInt32LE(4, 4);
    const packed = Buffer.concat([start, checksum, deflateRawSync("text"), trailer]);
    for (const piece of [1, 5, 1000]) expect(unpack(packed, piece).toString()).toBe("text");
    packed[start.length] = (packed[start.length] as number) ^ 1;
    expect(() => unpack(packed)).toThrow("damaged");
  });

  it("refuses a file that is cut off anywhere", () => {
    const packed = gzipSync("A text that repeats, a text that repeats, and one that does not.");
    for (let length = 1; length < packed.length; length++)
      expect(() => unpack(packed.subarray(0, length)), `${length} bytes`).toThrow("cut off");
  });

  it("refuses every changed bit that zlib refuses, and nothing else", () => {
    const packed = gzipSync("Offers were sent, offers were sent back, offers were accepted. ".repeat(20));
    for (let bit = 0; bit < packed.length * 8; bit++) {
      const changed = Buffer.from(packed);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      const accepted = outcome(() => gunzipSync(changed));
      expect(
        outcome(() => unpack(changed)),
        `bit ${bit}`,
      ).toEqual(accepted);
    }
  });

  it("never does worse than refuse, whatever the bytes are", () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(() => unpack(Buffer.concat([header, bytes]))).toThrow(/damaged|cut off/);
      }),
      { numRuns: 2000 },
    );
  });
});
