/** "how many were rejected, and how many got a reminder?": several counts in one text, each of its own cases. */
import type { Briefing } from "../../../provider.ts";
import { filtersOf } from "../../follow-up/carried.ts";
import { read } from "../../link/read.ts";
import { linksOf, type Reading, rolesAt } from "../../link/reading.ts";
import { hasSlot } from "../fields.ts";
import type { Filling } from "../filling.ts";
import { rank } from "../rank.ts";
import { fill } from "../slots.ts";
import { cuts } from "./cuts.ts";
import { clear, type Part } from "./part.ts";

/** A part for each count; null where there is one, or one of them is asked of something that nobody names. */
export function countsApart({ reading }: Part, briefing: Briefing): readonly Part[] | null {
  const texts = cuts(reading, beginnings(reading));
  if (texts.length < 2 || texts.length > 4) return null;
  const pieces = texts.map((text) => read(spelledOut(text, reading), reading.language, briefing));
  const first = rank(pieces[0]!, briefing)[0];
  if (first?.tool.risk !== "read" || !hasSlot(first.tool, "statistic")) return null;
  if (!pieces.every(countsNamedCases)) return null;
  const fillings = inOneTime(pieces.map((piece) => fill(first.tool, piece, briefing)));
  const asked = new Set(fillings.map(({ input }) => JSON.stringify(input["filters"] ?? [])));
  if (asked.size < pieces.length || fillings.some(({ missing }) => missing.length > 0)) return null;
  return pieces.map((piece, at) => ({
    reading: piece,
    ranked: [{ ...first, filling: fillings[at]!, likelihood: Math.max(first.likelihood, clear) }],
    ofItsOwn: true,
  }));
}

/** "… and how many from Austria in May?": a time that is only said at the end is meant of all. */
function inOneTime(fillings: readonly Filling[]): readonly Filling[] {
  const times = fillings.map(({ input }) => filtersOf(input).filter(({ kind }) => kind === "window"));
  const last = times.at(-1)!;
  if (last.length === 0 || times.slice(0, -1).some((own) => own.length > 0)) return fillings;
  return fillings.map((filling, at) =>
    at === fillings.length - 1
      ? filling
      : { ...filling, input: { ...filling.input, filters: [...filtersOf(filling.input), ...last] } },
  );
}

/** "Combien de … et combien …": what is counted is left out the second time. */
function spelledOut(text: string, reading: Reading): string {
  const [count] = countsIn(reading);
  const whole = reading.text.slice(count!.start, count!.end);
  const [word] = whole.split(" ");
  const again = new RegExp(
    `(?<![\\p{L}])${word}(?![\\p{L}])(?! ${whole.slice(word!.length + 1)}(?![\\p{L}]))`,
    "iu",
  );
  return whole.includes(" ") ? text.replace(again, whole) : text;
}

/** Where the later counts begin, the word that joins them included. */
function beginnings(reading: Reading): number[] {
  const joins = [...rolesAt(reading, "conjunction")];
  const [first] = countsIn(reading);
  if (!first) return [];
  if (reading.language.script !== null) return behindCommas(reading);
  const [word] = reading.text.slice(first.start, first.end).toLowerCase().split(" ");
  return reading.tokens
    .filter(({ start, lower }) => start >= first.end && lower === word)
    .flatMap(({ start }) => {
      const join = joins.findLast(({ end }) => end <= start && reading.text.slice(end, start).trim() === "");
      const afterComma = /[,，、;；]\s*$/u.test(reading.text.slice(0, start));
      return join ? [join.start] : afterComma ? [start] : [];
    });
}

/** "ポーランドは何件、オーストリアは何件": what is asked stands at the end of each. */
const behindCommas = (reading: Reading): number[] =>
  [...reading.text.matchAll(/[,，、;；]\s*/gu)]
    .map(({ index, 0: { length } }) => index + length)
    .filter(
      (at, place, all) =>
        countsIn(reading).some(({ start, end }) => end <= at && start >= (all[place - 1] ?? 0)) &&
        countsIn(reading).some(({ start }) => start >= at),
    );

const countsIn = (reading: Reading) =>
  linksOf(reading, "statistic").filter(({ statistic }) => statistic === "count");

/** It counts cases by a value or a step, and measures nothing else. */
const countsNamedCases = (piece: Reading): boolean =>
  countsIn(piece).length === 1 &&
  linksOf(piece, "metric").length === 0 &&
  !piece.concepts.has("duration") &&
  linksOf(piece, "thing").some(({ thing }) => thing.kind !== "attribute");
