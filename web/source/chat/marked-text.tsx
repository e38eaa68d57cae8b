import { Fragment } from "react";
import type { Mark, Reply } from "../../../channels/contract.ts";
import { EvidenceMark } from "../evidence/evidence-mark.tsx";
import { piecesOf } from "./marks.ts";

/** Plain text whose figures carry their evidence marks. */
export function MarkedText({
  text,
  marks,
  reply,
  numbers,
}: {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly reply: Reply;
  readonly numbers: ReadonlyMap<string, number>;
}) {
  let at = 0;
  return piecesOf(text, marks).map((piece) => {
    const key = at;
    at += piece.text.length;
    const number = piece.fact === null ? undefined : numbers.get(piece.fact);
    if (piece.fact === null || number === undefined) return <Fragment key={key}>{piece.text}</Fragment>;
    const label = reply.facts.find((fact) => fact.id === piece.fact)?.label ?? "figure";
    return (
      <Fragment key={key}>
        {piece.text}
        <EvidenceMark fact={piece.fact} number={number} label={label} />
      </Fragment>
    );
  });
}
