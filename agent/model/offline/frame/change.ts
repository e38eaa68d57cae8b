/** A change to try ("skip it", "twice as fast"): which of the kinds a tool knows, and that kind's own fields. */
import { z } from "zod";
import { linksOf, type Reading, tokensBetween } from "../link/reading.ts";
import type { Sense } from "../text/lexicon.ts";
import { wordings } from "../text/wording.ts";
import { exclusionOf } from "./exclusions.ts";
import { fractionsIn } from "./fractions.ts";

/** One kind of change: its object schema and the values of its discriminating field. */
interface Kind {
  readonly schema: z.ZodObject;
  readonly field: string;
  readonly name: string;
}

/** Every kind that a change's schema (one object or a union of them) allows. */
export function kindsOf(schema: z.ZodType): Kind[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => kindsOf(option as z.ZodType));
  if (!(schema instanceof z.ZodObject)) return [];
  for (const [field, value] of Object.entries(schema.shape)) {
    const names =
      value instanceof z.ZodLiteral ? [...value.values] : value instanceof z.ZodEnum ? value.options : [];
    if (names.length > 0) return names.map((name) => ({ schema, field, name: String(name) }));
  }
  return [];
}

/** "if we leave out Germany": which cases, and no step that is left out. */
const selects = (reading: Reading, { meaning, end }: Sense): boolean => {
  if (meaning.value !== "skip") return false;
  const next = linksOf(reading, "thing").find(({ start }) => start >= end);
  return next?.thing.kind === "value" && tokensBetween(reading, end, next.start).length <= 2;
};

/** The kind whose words are in the text: by the language's words for options, then by the kind's own name. */
export function kindMeant(kinds: readonly Kind[], reading: Reading): Kind | null {
  const spoken = new Set(
    reading.senses.flatMap((sense) =>
      sense.meaning.kind === "option" && !selects(reading, sense) ? [sense.meaning.value] : [],
    ),
  );
  if (addsPeople(reading)) spoken.add("add-resource");
  if (!kinds.some(({ name }) => spoken.has(name)) && savesShare(reading)) spoken.add("faster");
  if (spoken.has("automate") && !kinds.some(({ name }) => name === "automate")) spoken.add("faster");
  if (!kinds.some(({ name }) => spoken.has(name)) && supposedAway(reading)) spoken.add("skip");
  const words = new Set(reading.tokens.map(({ lower }) => lower));
  const parts = ({ name }: Kind): string[] => name.split(/[-_ ]/u);
  return (
    kinds.find((kind) => spoken.has(kind.name) || parts(kind).some((part) => spoken.has(part))) ??
    kinds.find((kind) => parts(kind).some((part) => words.has(part))) ??
    null
  );
}

/** "what would happen without the credit check?", "if there were no review": a step that is supposed not to be there. */
const supposedAway = (reading: Reading): boolean =>
  linksOf(reading, "thing").some(
    (link) =>
      link.thing.kind === "activity" &&
      (missingBehind.test(reading.text.slice(link.end)) ||
        (reading.concepts.has("what-if") && exclusionOf(reading, link) !== null)),
  );

/** "…がなかったら": where what is missing stands before the verb. */
const missingBehind =
  /^(?:が|は|も)?(?:なかったら|無かったら|なければ|無ければ|なくなったら|なしだったら|なしなら|抜きなら|抜きだったら)/u;

/** "30 % less time", "30 % de temps en moins": a share, and a word for less not far from it. */
const savesShare = (reading: Reading): boolean =>
  [...linksOf(reading, "share"), ...fractionsIn(reading)].some((share) =>
    wordings(reading, "less").some(
      (word) =>
        tokensBetween(reading, Math.min(share.end, word.end), Math.max(share.start, word.start)).length <=
        farthest,
    ),
  );

/** "if we added one person to it", "hire two clerks": a verb for more, and people not far behind or before it. */
const addsPeople = (reading: Reading): boolean =>
  wordings(reading, "adding").some((verb) =>
    reading.senses.some(
      ({ meaning, start, end }) =>
        meaning.kind === "concept" &&
        people.has(meaning.value) &&
        tokensBetween(reading, Math.min(end, verb.end), Math.max(start, verb.start)).length <= farthest,
    ),
  );
const farthest = 3;
/** "one person" alone may be the one that must not decide alone. */
const people: ReadonlySet<string> = new Set(["person", "staff", "four-eyes"]);
