import type { Reading } from "../link/reading.ts";
import { wordings } from "../text/wording.ts";

/** "which region …": the word for it stands right before. */
export const asksWhich = (reading: Reading, start: number): boolean =>
  wordings(reading, "which").some(({ end, to }) => end <= start && (reading.tokens[to]?.start ?? 0) >= start);
