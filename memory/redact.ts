/**
 * Pseudonyms for personal data: what a hosted model sees instead, and the way back. A pseudonym is a keyed hash
 * (HMAC-SHA-256, a key of its own for each tenant), so the same name has the same one in all turns, and nobody without
 * the key can tell whose it is. Nothing is stored: the way back is known only where the names are.
 */
import { createHmac, hkdfSync } from "node:crypto";

export interface Pseudonyms {
  /** The text with a pseudonym for every name that is known, e-mail address and telephone number. */
  hide(text: string): string;
  /** The text with what this instance has hidden, as it was written. Other pseudonyms stay. */
  restore(text: string): string;
}

export interface PseudonymOptions {
  /** At least 32 random bytes; each tenant's own key is derived from it (HKDF, RFC 5869). */
  readonly key: Uint8Array;
  readonly tenant: string;
  /** Names as they are written in logs and lists of people. */
  readonly names: Iterable<string>;
  /** Words that are no part of a name by themselves ("Credit" in the activity "Credit check"). */
  readonly common?: Iterable<string>;
}

type Kind = "PERSON" | "EMAIL" | "PHONE";

const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** With a country's or an area's code; bare digits are amounts and ids. */
const phone = /(?<![\p{L}\p{N}.:-])(?:\+|00)\d{1,3}[\s()./-]*\d(?:[\s()./-]{0,2}\d){5,12}(?![\p{L}\p{N}:])/gu;
const pseudonym = /(?:PERSON|EMAIL|PHONE)_[A-Z2-7]{12}/gu;
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A word of a script with spaces: one without them may stand right before it and behind it. */
const spelled = /[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]]+/gv;
const goesOn = /^[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]]/v;

interface Name {
  readonly written: string;
  readonly folded: string;
  /** A part of a name counts only as it is written, or in capitals: "Mark" is a name, "mark" a word. */
  readonly exact: boolean;
}

export function createPseudonyms({ key, tenant, names, common = [] }: PseudonymOptions): Pseudonyms {
  const own = Buffer.from(hkdfSync("sha256", key, tenant, "millwright pseudonyms", 32));
  const hidden = new Map<string, string>();
  const index = indexOf(names, new Set([...common].flatMap(wordsIn)));
  const replace = (kind: Kind, written: string): string => {
    const hash = createHmac("sha256", own)
      .update(`${kind}\0${fold(written)}`)
      .digest();
    const made = `${kind}_${base32(hash).slice(0, 12)}`;
    if (!hidden.has(made)) hidden.set(made, written);
    return made;
  };
  return {
    hide(text) {
      const contacts = text
        .replace(email, (written) => replace("EMAIL", written))
        .replace(phone, (written) => replace("PHONE", written.trim()));
      return hideNames(contacts, index, (written) => replace("PERSON", written));
    },
    restore: (text) => text.replace(pseudonym, (made) => hidden.get(made) ?? made),
  };
}

/** Case, composition, width and the kind of a space do not tell people apart; lengths stay as they are. */
const fold = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\uFF01-\uFF5E]/gu, (letter) => letter.normalize("NFKC"))
    .replace(/\s/gu, " ")
    .toLowerCase();

const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

interface NameIndex {
  /** By their first word, the longest first. */
  readonly byWord: ReadonlyMap<string, readonly Name[]>;
  /** Names of scripts without spaces, the longest first. */
  readonly anywhere: readonly string[];
}

function indexOf(names: Iterable<string>, common: ReadonlySet<string>): NameIndex {
  const all = new Map<string, Name>();
  const anywhere = new Set<string>();
  for (const written of names) {
    const name = written.normalize("NFC").trim();
    if (!isName(name)) continue;
    if (spaceless.test(name)) anywhere.add(name);
    else for (const part of partsOf(name, common)) if (!all.has(part.folded)) all.set(part.folded, part);
  }
  const byWord = Map.groupBy(all.values(), ({ folded }) => wordsIn(folded)[0] ?? "");
  const longest = (left: Name, right: Name): number => right.folded.length - left.folded.length;
  for (const [word, found] of byWord) byWord.set(word, found.sort(longest));
  return { byWord, anywhere: [...anywhere].sort((left, right) => right.length - left.length) };
}

/** Something with two letters; what is all digits is a number already, whoever it stands for. */
const isName = (name: string): boolean => /\p{L}.*\p{L}|\p{Script=Han}/u.test(name) && name.length <= 200;

/** The whole name, and each of its longer words that is written like a name and is none of everyday. */
function partsOf(name: string, common: ReadonlySet<string>): Name[] {
  const whole: Name = { written: name, folded: fold(name), exact: false };
  const words = name.match(/\p{Lu}[\p{L}'’-]{2,}/gu) ?? [];
  const parts = words.filter((word) => word !== name && !common.has(fold(word)));
  return [whole, ...parts.map((written) => ({ written, folded: fold(written), exact: true }))];
}

function hideNames(text: string, { byWord, anywhere }: NameIndex, replace: (name: string) => string): string {
  let out = "";
  let done = 0;
  for (const { 0: word, index } of text.matchAll(spelled)) {
    if (index < done) continue;
    const name = byWord.get(fold(word))?.find((candidate) => standsAt(text, index, candidate));
    if (name === undefined) continue;
    out += text.slice(done, index) + replace(name.written);
    done = index + name.written.length;
  }
  const hidden = out + text.slice(done);
  return anywhere.reduce((sofar, name) => sofar.replaceAll(name, () => replace(name)), hidden);
}

function standsAt(text: string, at: number, { written, folded, exact }: Name): boolean {
  const there = text.slice(at, at + written.length);
  if (fold(there) !== folded || goesOn.test(text.slice(at + written.length))) return false;
  return !exact || isWrittenAsName(there.normalize("NFKC"), written);
}

/** Short words in capitals are abbreviations. */
const isWrittenAsName = (there: string, written: string): boolean =>
  there === written || (there.length >= 4 && there === there.toUpperCase());

/** RFC 4648, without padding. */
function base32(bytes: Uint8Array): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let [bits, value, out] = [0, 0, ""];
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += letters[(value >>> bits) & 31];
    }
  }
  return out;
}
