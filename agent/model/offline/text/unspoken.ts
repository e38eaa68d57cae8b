import { profiles } from "../languages/index.ts";
import type { Profile } from "../languages/language.ts";
import { notYet, type UnspokenLanguage } from "../languages/not-yet.ts";
import { scriptEvidence } from "./detect.ts";
import { fold } from "./stem.ts";
import { normalise } from "./utterance.ts";

/** Text between quotation marks is a name or a quotation, in whatever language. */
const quotations = /"[^"]*"|“[^”]*”|„[^“]*“|«[^»]*»|'[^']{3,}'/gu;

/**
 * The language of a text when it is one that the planner does not speak: its frequent words are there and those of a
 * spoken language are fewer. Null in doubt; a name in another language inside an English question stays an English question.
 */
export function unspokenLanguage(text: string): UnspokenLanguage | null {
  const own = text.replace(quotations, " ");
  const written = normalise(own)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1);
  const spoken = Math.max(
    ...profiles.map((profile) =>
      profile.script ? scriptEvidence(own, profile) : familiar(written, profile),
    ),
  );
  const counted = notYet.map((language) => ({ language, count: evidence(own, written, language) }));
  const best = counted.reduce((top, next) => (next.count > top.count ? next : top));
  const enough = written.length <= 3 ? 1 : 2;
  const more = best.count > spoken || (best.language.script !== undefined && best.count === spoken);
  return best.count >= enough && more ? best.language : null;
}

function evidence(text: string, written: readonly string[], { words, script }: UnspokenLanguage): number {
  if (script) return text.match(new RegExp(script.source, "gu"))?.length ?? 0;
  return written.filter((word) => words.includes(word)).length;
}

/** How many words are frequent ones of a spoken language. */
function familiar(written: readonly string[], { functionWords }: Profile): number {
  const frequent = new Set(functionWords.split(/[\s,]+/u).flatMap((word) => [word, fold(word)]));
  return written.filter((word) => frequent.has(word)).length;
}
