/** "by the way, late for us means …", "remember that for good": what stands around what is to be remembered. */
import { type MemoryAsides, memoryAsides } from "../languages/memory-asides.ts";
import { any, gap, matching } from "./phrase-pattern.ts";

const none = /(?!)/u;

function pattern(code: string, kind: keyof MemoryAsides, around: (words: string) => string): RegExp {
  const words = memoryAsides[code]?.[kind];
  return words ? matching(around(any(words))) : none;
}

export const withoutAside = (text: string, code: string): string =>
  text.replace(
    pattern(code, "aside", (words) => `^(?:${words}${gap})+`),
    "",
  );

/** At either end. */
export const withoutDuration = (text: string, code: string): string =>
  text
    .replace(
      pattern(code, "durably", (words) => `^${words}${gap}`),
      "",
    )
    .replace(
      pattern(code, "durably", (words) => `${gap}${words}[\\s.!。]*$`),
      "",
    );

/** A term without whose it is; one that is nothing else stays. */
export function withoutOwner(term: string, code: string): string {
  const bare = term
    .replace(
      pattern(code, "ours", (words) => `^${words}${gap}`),
      "",
    )
    .replace(
      pattern(code, "ours", (words) => `${gap}${words}$`),
      "",
    );
  return bare === "" ? term : bare;
}

/** Nothing but whose word it is. */
export const isOwner = (words: string, code: string): boolean =>
  pattern(code, "ours", (ours) => `^${ours}$`).test(words);
