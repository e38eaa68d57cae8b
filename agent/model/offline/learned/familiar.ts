/** Whether people said a word of any tool: as it is, with another ending, with a slip of the hand, or as part of a compound. */
import type { Language } from "../languages/language.ts";
import { isSlip } from "../text/distance.ts";
import { stem as rootOf } from "../text/stem.ts";
import type { Token } from "../text/utterance.ts";
import type { Block } from "./block.ts";
import type { Model } from "./model.ts";

/** A beginning this long tells a word apart, and what follows it may be an ending of this many letters. */
const shortestForm = 5;
const longestEnding = 2;
const shortestPiece = 4;

interface KnownWords {
  readonly whole: ReadonlySet<string>;
  /** Beginnings that only an ending sets apart. */
  readonly forms: ReadonlySet<string>;
  readonly byLetter: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<Block, KnownWords>();

function wordsOf(block: Block, code: string): KnownWords {
  let found = known.get(block);
  if (!found) {
    const own = block
      .names()
      .filter((name) => name.startsWith(`${code}:`) && !/[ ~<^$]/u.test(name))
      .map((name) => name.slice(code.length + 1));
    found = {
      whole: new Set(own),
      forms: new Set(own.flatMap(formsOf)),
      byLetter: Map.groupBy(own, (word) => word[0] ?? ""),
    };
    known.set(block, found);
  }
  return found;
}

/** The word, and the word without its last letters. */
const formsOf = (word: string): string[] =>
  Array.from({ length: longestEnding + 1 }, (_, cut) => word.slice(0, word.length - cut)).filter(
    ({ length }) => length >= shortestForm,
  );

/** `said`: the word itself; `like`: one that differs by its ending, a slip, or what it is compounded with. */
export function familiarity(
  { stem, lower }: Token,
  language: Language,
  model: Model,
): "said" | "like" | "unknown" {
  const { code, compounds } = language;
  const block = model.block(code);
  if (!block || block.numberOf(`${code}:${stem}`) >= 0) return "said";
  const words = wordsOf(block, code);
  const like =
    formsOf(stem).some((form) => words.forms.has(form)) ||
    (words.byLetter.get(stem[0] ?? "") ?? []).some((word) => isSlip(stem, word)) ||
    (compounds && isMadeOf(lower, language, words));
  return like ? "like" : "unknown";
}

/** A known word at its end, and another before it, whatever their endings. */
function isMadeOf(word: string, language: Language, { whole, forms }: KnownWords): boolean {
  const isKnown = (piece: string): boolean =>
    whole.has(piece) || whole.has(rootOf(piece, language)) || forms.has(rootOf(piece, language));
  for (let at = shortestPiece; at <= word.length - shortestPiece; at++)
    if (isKnown(word.slice(at)) && isKnown(word.slice(0, at))) return true;
  return false;
}
