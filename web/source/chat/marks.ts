/** Evidence marks: which piece of a reply rests on which fact, and the number each fact is shown with. */
import type { Fact, Mark, Reply } from "../../../channels/contract.ts";

export interface MarkedPiece {
  readonly text: string;
  /** The fact the piece is the figure of; null for the words between. */
  readonly fact: string | null;
}

/** Facts numbered from 1: by their first mention in the reply, then the figures that it does not mention. */
export function numbersOf(reply: Pick<Reply, "marks" | "facts" | "answer">): ReadonlyMap<string, number> {
  const known = new Set(reply.facts.map((fact) => fact.id));
  const mentioned = [...reply.marks].sort((a, b) => a.start - b.start).map((mark) => mark.fact);
  const shown = [...mentioned, ...(reply.answer?.figures ?? [])].filter((id) => known.has(id));
  return new Map([...new Set(shown)].map((id, index) => [id, index + 1]));
}

/** Cuts a text at its marks. Marks that overlap an earlier one, or reach past the end, are skipped. */
export function piecesOf(text: string, marks: readonly Mark[]): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let from = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < from || mark.end > text.length || mark.end <= mark.start) continue;
    if (mark.start > from) pieces.push({ text: text.slice(from, mark.start), fact: null });
    pieces.push({ text: text.slice(mark.start, mark.end), fact: mark.fact });
    from = mark.end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), fact: null });
  return pieces;
}

/** The marks of a part of the reply (its headline, a note), with offsets in that part; none where it is not in it. */
export function marksWithin(reply: string, marks: readonly Mark[], part: string): readonly Mark[] {
  const at = part === "" ? -1 : reply.indexOf(part);
  if (at < 0) return [];
  return marks
    .filter((mark) => mark.start >= at && mark.end <= at + part.length)
    .map((mark) => ({ ...mark, start: mark.start - at, end: mark.end - at }));
}

const factLink = "#fact-";

/** The reply as markdown in which each mark is a link that the renderer turns into an evidence mark. */
export function markdownWithMarks(
  text: string,
  marks: readonly Mark[],
  numbers: ReadonlyMap<string, number>,
): string {
  return piecesOf(text, marks)
    .map((piece) => {
      const number = piece.fact === null ? undefined : numbers.get(piece.fact);
      return number === undefined ? piece.text : `${piece.text}[${number}](${factLink}${piece.fact})`;
    })
    .join("");
}

/** The fact a link of `markdownWithMarks` points at; null for any other link. */
export function factOfLink(href: string | undefined): string | null {
  return href?.startsWith(factLink) ? href.slice(factLink.length) : null;
}

/** The answer's figures as facts, at most three. */
export function figuresOf(reply: Pick<Reply, "answer" | "facts">): readonly Fact[] {
  const byId = new Map(reply.facts.map((fact) => [fact.id, fact]));
  return (reply.answer?.figures ?? []).flatMap((id) => byId.get(id) ?? []).slice(0, 3);
}
