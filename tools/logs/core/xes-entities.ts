import { LogFileError } from "./errors.ts";

const PREDEFINED: Readonly<Record<string, number>> = { amp: 38, lt: 60, gt: 62, quot: 34, apos: 39 };

/**
 * An attribute value with its references resolved and its white space normalised as XML 1.0 § 3.3.3 has it.
 * Only the five predefined entities and character references exist, for a log may declare none.
 */
export function normaliseValue(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const out = Buffer.allocUnsafe(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 38) {
      const semicolon = bytes.indexOf(59, at);
      const stop = semicolon < 0 || semicolon > Math.min(end, at + 12) ? -1 : semicolon;
      length += out.write(String.fromCodePoint(reference(bytes, at + 1, stop)), length, "utf8");
      at = stop;
    } else if (byte === 13 && bytes[at + 1] === 10) continue;
    else out[length++] = Math.max(32, byte);
  }
  return out.subarray(0, length);
}

function reference(bytes: Uint8Array, start: number, stop: number): number {
  const name = stop < 0 ? "" : Buffer.from(bytes.subarray(start, stop)).toString("latin1");
  const code = name.startsWith("#x")
    ? hexadecimal(name.slice(2))
    : name.startsWith("#")
      ? decimal(name.slice(1))
      : PREDEFINED[name];
  if (code !== undefined && isCharacter(code)) return code;
  throw new LogFileError(
    "log-syntax",
    name ? `the reference "&${name};" is not defined` : 'a "&" without its ";"',
    {
      value: `&${name}`,
      expected: "&amp; &lt; &gt; &quot; &apos; or a character reference",
      remedy: 'Write "&" as "&amp;".',
    },
  );
}

const hexadecimal = (digits: string) =>
  /^[0-9a-fA-F]{1,6}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
const decimal = (digits: string) => (/^[0-9]{1,7}$/.test(digits) ? Number.parseInt(digits, 10) : undefined);

/** XML 1.0 § 2.2, Char */
const isCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 32 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);
