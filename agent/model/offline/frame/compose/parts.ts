/** Several requests in one text, as parts of it. */
import type { Briefing } from "../../../provider.ts";
import { leadsQuestion } from "../../link/grammar-words.ts";
import { read } from "../../link/read.ts";
import type { Reading } from "../../link/reading.ts";
import { withoutLeadIn } from "../../text/lead-in.ts";
import { rank } from "../rank.ts";
import { countsApart } from "./counts.ts";
import { besidesIn, cuts, joints, numberedIn, requestsOf } from "./cuts.ts";
import { clear, clearly, type Part, sureBeside, sureListed, surePart } from "./part.ts";
import {
  askedOf,
  countsAndSums,
  goesOn,
  isIdle,
  isOnlyFigure,
  isOnlyLimit,
  isTopicOf,
  onlyLeavesOut,
  saysFigure,
  speaksForItself,
} from "./pieces.ts";

export function parts(reading: Reading, briefing: Briefing): readonly Part[] {
  const asked = behindColon(reading, briefing);
  if (asked) return parts(asked, briefing);
  const whole: Part = { reading, ranked: rank(reading, briefing) };
  if (takesAll(whole)) return [whole];
  const numbered = piecesOf(whole, numberedIn(reading), briefing, surePart);
  if (numbered) return numbered;
  const counted = countsApart(whole, briefing);
  if (counted) return counted;
  const apart = piecesOf(
    whole,
    cuts(reading, requestsOf(reading)),
    briefing,
    clearly(whole) ? sureBeside : surePart,
  );
  if (apart) return apart.flatMap((piece) => parts(piece.reading, briefing));
  const besides = piecesOf(whole, cuts(reading, besidesIn(reading)), briefing, surePart);
  if (besides) return besides;
  const listed = [...requestsOf(reading), ...joints(reading, clearly(whole))];
  const plainly = clearly(whole) && !countsAndSums(reading);
  const loose = piecesOf(whole, cuts(reading, listed), briefing, plainly ? clear : sureListed);
  return loose ?? [whole];
}

/** "meeting in 5 min, I need: …": what leads to a list of requests, and asks for nothing itself. */
function behindColon(reading: Reading, briefing: Briefing): Reading | null {
  const at = /:\s+(?=\S)/u.exec(reading.text);
  if (!at || reading.quotes.some(({ start, end }) => start < at.index && at.index < end)) return null;
  const rest = reading.text.slice(at.index + at[0].length);
  if (!/[,;、，]/u.test(rest)) return null;
  const lead = read(reading.text.slice(0, at.index), reading.language, briefing);
  const says = lead.links.some(({ kind }) => kind !== "duration" && kind !== "number");
  return says || lead.concepts.size > 0 || lead.senses.some((sense) => leadsQuestion(sense, lead.language))
    ? null
    : read(rest, reading.language, briefing);
}

/** The pieces, where each asks surely for something that the others do not. */
function piecesOf(
  { reading }: Part,
  texts: readonly string[],
  briefing: Briefing,
  sure: number,
): readonly Part[] | null {
  if (texts.length < 2 || texts.length > 4) return null;
  const all = texts.map((text) => read(withoutLeadIn(text, reading.language), reading.language, briefing));
  const asking = all.filter((piece) => !isIdle(piece));
  if (asking.length < 2) return null;
  const pieces = asking.map((piece) => ({ reading: piece, ranked: rank(piece, briefing) }));
  if (!pieces.every((piece) => speaksForItself(piece, sure))) return null;
  if (pieces.slice(0, 1).some((piece) => onlyLeavesOut(piece.reading))) return null;
  if (pieces.slice(1).some((piece) => goesOn(piece.reading) || isOnlyLimit(piece.reading))) return null;
  if (pieces.slice(1).some((piece, at) => isOnlyFigure(piece.reading) && !saysFigure(pieces[at]!.reading)))
    return null;
  if (isTopicOf(pieces[0]!.reading, pieces[1]!.reading)) return null;
  return new Set(pieces.map(askedOf(countsAndSums(reading)))).size > 1 ? pieces : null;
}

/** The words of a rule are one thing, whatever stands between them. */
const takesAll = ({ ranked, reading }: Part): boolean =>
  ranked[0] !== undefined &&
  ranked[0].filling.used.size > 1 &&
  (ranked[0].filling.rule || Object.values(ranked[0].filling.input).includes(reading.text));
