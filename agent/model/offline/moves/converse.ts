/** What is said rather than asked: greetings, thanks, assent, refusals. A thin table; everything else is ranked. */
import { unknownKind } from "../obstacles/groupings.ts";
import { ranking } from "../people.ts";
import type { Situation, Spoken } from "../spoken.ts";
import { pretending, unmasking } from "./around-the-gate.ts";
import { dangling } from "./dangling.ts";
import { deciding } from "./deciding.ts";
import { leftOpen } from "./left-open.ts";
import { social } from "./social.ts";
import { strange } from "./strange.ts";
import { zoning } from "./time-zone.ts";
import { withdrawing } from "./withdrawing.ts";

/** The first that applies speaks; null: it is a question for the tools. */
export function converse(situation: Situation): Spoken | null {
  for (const move of [
    pretending,
    unmasking,
    unknownKind,
    ranking,
    deciding,
    withdrawing,
    zoning,
    social,
    strange,
    leftOpen,
    dangling,
  ]) {
    const spoken = move(situation);
    if (spoken) return spoken;
  }
  return null;
}
