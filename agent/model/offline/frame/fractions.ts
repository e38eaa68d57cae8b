/** "a quarter less time", "um ein Drittel kürzer": parts of a whole in words. */
import type { Reading } from "../link/reading.ts";
import { entryOf } from "../text/entry.ts";
import type { Span } from "../text/utterance.ts";

export interface Fraction extends Span {
  readonly share: number;
}

/** Half is a word of its own in changes ("half as long"); what belongs to a time ("last quarter") is none. */
export const fractionsIn = ({ tokens, links, language }: Reading): Fraction[] =>
  tokens.flatMap(({ lower, start, end }) => {
    const share = entryOf(language.numbers.fractions, lower);
    const inWindow = links.some((link) => link.kind === "window" && link.start < end && start < link.end);
    return share === undefined || inWindow ? [] : [{ share, start, end }];
  });
