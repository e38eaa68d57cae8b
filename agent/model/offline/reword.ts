/** "make it 400 instead of 500": the person's last rule with another amount in it. */

import { isFormalRule, writtenDuration } from "./frame/rule-words.ts";
import { linkAmounts } from "./link/amounts.ts";
import type { Link } from "./link/links.ts";
import type { Reading } from "./link/reading.ts";
import { utterance } from "./text/utterance.ts";

type Amount = Extract<Link, { kind: "number" | "money" | "duration" | "share" }>;
const isAmount = (link: Link): link is Amount => ["number", "money", "duration", "share"].includes(link.kind);

/** An amount without a unit may replace one with a unit; units of different kinds do not mix. */
const alike = (given: Amount, kept: Amount, formal: boolean): boolean =>
  given.kind === kept.kind ||
  given.kind === "number" ||
  (formal && given.kind === "money" && kept.kind === "number");

/** As written rules have it: no currencies, durations in their units. */
const formally = (amount: Amount): string =>
  amount.kind === "duration" ? writtenDuration(amount.seconds) : String(size(amount));

function size(amount: Amount): number {
  switch (amount.kind) {
    case "number":
      return amount.value;
    case "money":
      return amount.amount;
    case "duration":
      return amount.seconds;
    case "share":
      return amount.share;
  }
}

/**
 * The words of the rule with the amount changed; null when the text gives none, or leaves open which one it is for.
 */
export function reword(reading: Reading, words: string): string | null {
  const base = utterance(words, reading.language);
  const kept = linkAmounts(base).filter(isAmount);
  const [first, second] = reading.links.filter(isAmount);
  if (!first) return null;
  const formal = isFormalRule(words);
  const fits = kept.filter((amount) => alike(first, amount, formal));
  const named = fits.filter((amount) =>
    [first, second].some((given) => given && size(given) === size(amount)),
  );
  const old = named[0] ?? (fits.length === 1 ? fits[0] : undefined);
  const fresh = second && old && size(first) === size(old) ? second : first;
  if (!old || size(fresh) === size(old)) return null;
  const unit = fresh.kind === "number" && old.kind === "duration";
  if (formal && !unit) return base.text.slice(0, old.start) + formally(fresh) + base.text.slice(old.end);
  const digits = formal ? String(size(fresh)) : reading.text.slice(fresh.start, fresh.end);
  const written =
    fresh.kind === "number" ? base.text.slice(old.start, old.end).replace(/\d[\d.,]*k?/iu, digits) : digits;
  return base.text.slice(0, old.start) + written + base.text.slice(old.end);
}
