/** Why a question has no answer here, told before any tool runs. */
import type { Briefing } from "../../provider.ts";
import type { Ranked } from "../frame/rank.ts";
import type { Reading } from "../link/reading.ts";
import type { Spoken } from "../spoken.ts";
import { missingAbility } from "./abilities.ts";
import { lateWithoutLimit, noAmounts, noLogHas, noSuchFigure, unknownCount, unwatchable } from "./figures.ts";
import { unknownGrouping } from "./groupings.ts";
import { evalsStayInside, longSuite, noLog, outsideTheLog } from "./log.ts";
import { unknownName } from "./names.ts";

/** The first thing that makes the best frame dishonest to answer; null when nothing does. */
export function obstacle(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  return (
    noLogHas(reading, best, briefing) ??
    missingAbility(reading, best, briefing) ??
    evalsStayInside(reading) ??
    longSuite(reading, best) ??
    noLog(best, briefing) ??
    outsideTheLog(reading, best, briefing) ??
    lateWithoutLimit(reading, best) ??
    noAmounts(reading, best, briefing) ??
    noSuchFigure(reading, best, briefing) ??
    unknownCount(reading, best, briefing) ??
    unwatchable(reading, best) ??
    unknownName(reading, best, briefing) ??
    unknownGrouping(reading, best, briefing)
  );
}
