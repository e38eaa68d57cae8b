/** Several requests in one text: where it is cut so that each part asks for something of its own. */
import type { Briefing } from "../../provider.ts";
import { type Reading, read, rolesAt } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import { type Ranked, rank } from "./rank.ts";

export interface Part {
  readonly reading: Reading;
  readonly ranked: readonly Ranked[];
}

/** A part must be understood this surely by itself before a text is cut there. */
const surePart = 0.4;

export function parts(reading: Reading, briefing: Briefing): readonly Part[] {
  const whole: Part = { reading, ranked: rank(reading, briefing) };
  if (takesAll(whole)) return [whole];
  const pieces = cuts(reading).map((text) => {
    const piece = read(text, reading.language, briefing);
    return { reading: piece, ranked: rank(piece, briefing) };
  });
  if (pieces.length < 2 || pieces.length > 4 || !pieces.every(speaksForItself)) return [whole];
  const tools = new Set(pieces.map(({ ranked }) => ranked[0]!.tool.name));
  return tools.size > 1 ? pieces : [whole];
}

/** The words of a rule are one thing, whatever stands between them. */
const takesAll = ({ ranked, reading }: Part): boolean =>
  ranked[0] !== undefined &&
  ranked[0].filling.used.size > 1 &&
  Object.values(ranked[0].filling.input).includes(reading.text);

const speaksForItself = ({ reading, ranked }: Part): boolean =>
  wordsBeside(reading, ["why", "addition"]) > 0 &&
  (ranked[0]?.likelihood ?? 0) >= surePart &&
  ranked[0]!.filling.missing.length === 0 &&
  [...reading.concepts].some((concept) => !["case", "list", "money", "completed"].includes(concept));

/** Between sentences and requests; a quotation stays whole. */
function cuts(reading: Reading): string[] {
  const { text } = reading;
  const at = new Set<number>();
  for (const match of text.matchAll(/[.;?!]\s+(?=\S)|[。？！](?=\S)/gu))
    at.add(match.index + match[0].length);
  for (const { start } of rolesAt(reading, "conjunction"))
    if (/,\s*$/u.test(text.slice(0, start))) at.add(start);
  for (const role of rolesAt(reading, "conjunction")) {
    const next = reading.senses.some(
      ({ meaning, from }) => meaning.kind === "role" && meaning.value === "request" && from === role.to,
    );
    if (role.start > 0 && next) at.add(role.start);
  }
  const outside = [...at].filter((cut) => !reading.quotes.some(({ start, end }) => start < cut && cut < end));
  const bounds = [0, ...outside.sort((left, right) => left - right), text.length];
  return bounds
    .slice(0, -1)
    .map((start, index) =>
      text
        .slice(start, bounds[index + 1])
        .replace(/[\s,;.]+$/u, "")
        .trim(),
    )
    .filter((piece) => piece !== "");
}
