/** A question without what leads in to it: "could you tell me where we wait?" asks where we wait. */

import type { Language } from "../languages/language.ts";
import { leadIns } from "../languages/lead-ins.ts";
import { any } from "../memory/phrase-pattern.ts";

const patterns = new Map<string, RegExp | null>();

function patternOf(code: string): RegExp | null {
  const known = patterns.get(code);
  if (known !== undefined) return known;
  const words = leadIns[code];
  const gap = "[\\s,:;–-]+";
  const made = words
    ? new RegExp(
        `^(?:${any(words.opens)}${gap})*${any(words.leads)}${gap}(?:${any(words.opens)}${gap})?(?=${any(words.questions)})`,
        "iu",
      )
    : null;
  patterns.set(code, made);
  return made;
}

/** Languages without spaces lead in at the end, and have no such list. */
export function withoutLeadIn(text: string, { code }: Language): string {
  const pattern = patternOf(code);
  const found = pattern?.exec(text);
  return found ? text.slice(found[0].length) : text;
}
