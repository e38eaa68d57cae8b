/** A part of a text that asks for something, and how surely. */
import type { Reading } from "../../link/reading.ts";
import type { Ranked } from "../rank.ts";

export interface Part {
  readonly reading: Reading;
  readonly ranked: readonly Ranked[];
  /** About cases of its own: of those before it only the time holds. */
  readonly ofItsOwn?: true;
}

/** A part must be understood this surely by itself before a text is cut there. */
export const surePart = 0.4;

/** Where the whole is clear as one request, more surely. */
export const sureBeside = 0.6;

/** Where only a comma or an "and" stands between, more surely; where the whole is clear, as surely as that. */
export const sureListed = 0.5;

export const clear = 0.85;

export const clearly = ({ ranked }: Part): boolean => (ranked[0]?.likelihood ?? 0) >= clear;
