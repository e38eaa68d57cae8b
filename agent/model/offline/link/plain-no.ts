/** "no, Germany", "no, I meant Germany": a bare no that answers, and leaves nothing out. */
import type { Sense } from "../text/lexicon.ts";
import type { Utterance } from "../text/utterance.ts";
import type { Reading } from "./reading.ts";

/** It excludes or denies by its sense, and only answers here. */
export function isPlainNo(sense: Sense, spoken: readonly Sense[], { text, tokens }: Utterance): boolean {
  const { meaning, from, to } = sense;
  const denies =
    (meaning.kind === "role" && meaning.value === "exclude") ||
    (meaning.kind === "comparator" && meaning.value === "!=");
  if (from !== 0 || !denies) return false;
  const pause = /^\s*[,.;!—–，。；！、-]/u.test(text.slice(tokens[to - 1]?.end ?? 0));
  const corrects = (at: number, least: number): boolean =>
    spoken.some(
      (other) =>
        other.meaning.kind === "move" &&
        other.meaning.value === "correction" &&
        other.from === at &&
        other.to - other.from >= least,
    );
  return pause || corrects(0, to + 1) || (corrects(0, 1) && corrects(to, 1));
}

/** "no wait, Poland": the words of a correction ask for no waiting time. */
export const isInCorrection = (sense: Sense, spoken: readonly Sense[]): boolean =>
  spoken.some(
    (other) =>
      other !== sense &&
      other.meaning.kind === "move" &&
      other.meaning.value === "correction" &&
      other.to - other.from >= 2 &&
      other.to - other.from > sense.to - sense.from &&
      other.from <= sense.from &&
      sense.to <= other.to,
  );

/** A word at the beginning that might deny, where it was read as an answer. */
export const answersNo = (
  { senses }: Pick<Reading, "senses">,
  { from, to }: Pick<Sense, "from" | "to">,
): boolean =>
  from === 0 &&
  senses.some(
    (sense) =>
      sense.from === 0 &&
      sense.to >= to &&
      sense.meaning.kind === "move" &&
      sense.meaning.value === "correction",
  ) &&
  !senses.some(({ meaning, from: at }) => at === 0 && meaning.kind === "role" && meaning.value === "exclude");
