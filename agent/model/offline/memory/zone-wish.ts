/** Reads from a text that it asks for a time zone, and which. Pure. */
import { clocks, places, type ZoneWords, zoneWords } from "../languages/zone-words.ts";
import { fold } from "../text/stem.ts";
import { any, spaceless } from "./phrase-pattern.ts";

/**
 * The IANA zone that a text asks for ("use Berlin time", "show all times in UTC"). Null where it asks for none, or says
 * anything besides: a question about times in a place is none.
 * @param polite words of each language that change nothing
 */
export function zoneWishIn(
  text: string,
  languages: readonly string[],
  polite: Readonly<
    Record<string, { readonly please: readonly string[]; readonly always: readonly string[] }>
  >,
): { readonly zone: string; readonly code: string } | null {
  if (/[?？]\s*$/u.test(text)) return null;
  for (const code of new Set(languages)) {
    const words = zoneWords[code];
    if (words === undefined) continue;
    const found = named(text, words);
    if (found === null) continue;
    const rest = `${text.slice(0, found.start)} ${text.slice(found.end)}`;
    const { please = [], always = [] } = polite[code] ?? {};
    const asks = new RegExp(any([...words.asks, ...always]), "iu").test(rest);
    const left = rest.replace(
      new RegExp(
        any([...words.asks, ...words.fillers, ...words.before, ...words.after, ...please, ...always]),
        "giu",
      ),
      " ",
    );
    if (asks && !/[\p{L}\p{N}]/u.test(left)) return { zone: found.zone, code };
  }
  return null;
}

interface Named {
  readonly zone: string;
  readonly start: number;
  readonly end: number;
}

/** A zone by its IANA name, a clock by its abbreviation, or a place beside a word for time. */
function named(text: string, words: ZoneWords): Named | null {
  const written = /\b[A-Z][A-Za-z]+\/[\w/+-]+/u.exec(text);
  if (written !== null && isZone(written[0])) return spanOf(written, written[0]);
  const before = words.before.length > 0 ? `${any(words.before)}[\\s:]*` : "(?!)";
  const after = words.after.length > 0 ? `(?:'s)?[\\s-]*${any(words.after)}` : "(?!)";
  const place = spaceless.test(words.asks[0] ?? "")
    ? "(?<place>[\\p{Script=Han}\\p{Script=Katakana}ー]+?|[A-Za-z]+)"
    : "(?<place>[\\p{L}.]+(?:[ -][\\p{L}]+)?)";
  const leads = [...text.matchAll(new RegExp(`${before}${place}(?![\\p{L}])`, "giu"))];
  const follows = [...text.matchAll(new RegExp(`(?<![\\p{L}])${place}${after}`, "giu"))];
  for (const match of [...leads, ...follows]) {
    const found = placeIn(match.groups!["place"]!);
    if (found === null) continue;
    const at = match[0].indexOf(found.said);
    return leads.includes(match)
      ? { zone: found.zone, start: match.index, end: match.index + at + found.said.length }
      : { zone: found.zone, start: match.index + at, end: match.index + match[0].length };
  }
  const clock = /(?<![\p{L}\p{N}])(?:UTC|GMT|CET|CEST|MEZ|MESZ)(?![\p{L}\p{N}+-])/u.exec(text);
  return clock === null ? null : spanOf(clock, clocks[clock[0].toLowerCase()]!);
}

const spanOf = (match: RegExpExecArray, zone: string): Named => ({
  zone,
  start: match.index,
  end: match.index + match[0].length,
});

/** Of up to two words, the longest ending or beginning that is a place. */
function placeIn(said: string): { zone: string; said: string } | null {
  const parts = said.split(/\s+/u);
  const endings = spaceless.test(said) ? [...said].map((_, at) => [...said].slice(at).join("")) : [];
  for (const each of [said, ...endings, parts.at(-1)!, parts[0]!]) {
    const zone = zoneOf(each);
    if (zone !== null) return { zone, said: each };
  }
  return null;
}

let known: ReadonlyMap<string, string> | undefined;

/** Zones by the places that they are named after, folded. */
function byPlace(): ReadonlyMap<string, string> {
  if (known !== undefined) return known;
  const all = Intl.supportedValuesOf("timeZone").map((zone): [string, string] => [
    key(zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")),
    zone,
  ]);
  const named = [...Object.entries(places), ...Object.entries(clocks)].map(
    ([place, zone]): [string, string] => [key(place), zone],
  );
  known = new Map([...all, ...named]);
  return known;
}

const key = (text: string): string => fold(text.toLowerCase()).trim();

/** German and Dutch make a word of a place with "-er" and "-se" ("Berliner Zeit", "Berlijnse tijd"). */
function zoneOf(said: string): string | null {
  const place = key(said);
  const bare = [place, place.replace(/er$/u, ""), place.replace(/se$/u, "")];
  return bare.map((each) => byPlace().get(each)).find((zone) => zone !== undefined) ?? null;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
