/** A time zone that is asked for in passing. */
import { linksOf } from "../link/reading.ts";
import { linkZone } from "../link/working-hours.ts";
import { any, line, type Situation, type Spoken } from "../spoken.ts";

/** "use the time zone Europe/Berlin": figures in another zone than was said would be wrong. Hours of work may have one. */
export function zoning({ reading, briefing }: Situation): Spoken | null {
  const zone = linkZone(reading);
  const isHeld = linksOf(reading, "hours").length > 0 || any(reading, "rule", "watch");
  if (zone === null || zone.name === briefing.zone || isHeld || reading.document !== null) return null;
  return {
    say: "cannot",
    confidence: 0.85,
    said: {
      headline: line(
        'Dates and times are meant in {zone} here. For another zone in this thread, say: "{example}"',
        { zone: briefing.zone, example: `use ${zone.name}` },
      ),
      notes: [],
    },
  };
}
