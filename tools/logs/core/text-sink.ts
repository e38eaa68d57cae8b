/** Takes a piece of a text file; resolves when the next may come. */
export type TextSink = (text: string, share?: number) => Promise<void>;

const PIECE = 1 << 18;

/** Hands over what `write` makes of 0 … `count` - 1, in pieces of a quarter megabyte, with the share that is done. */
export async function writeRows(count: number, sink: TextSink, write: (at: number) => string): Promise<void> {
  let piece = "";
  for (let at = 0; at < count; at++) {
    piece += write(at);
    if (piece.length < PIECE) continue;
    await sink(piece, at / count);
    piece = "";
  }
  if (piece !== "") await sink(piece, 1);
}
