/** Ranks tools for a text: how near its examples are, and how well what was linked fills its input. */
import type { Tool } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import type { Link } from "../link/links.ts";
import type { Reading } from "../link/reading.ts";
import { featuresOf } from "./features.ts";
import { type Filling, fill } from "./slots.ts";
import { likenesses, toolIndex } from "./tool-index.ts";

export interface Ranked {
  readonly tool: Tool;
  readonly filling: Filling;
  readonly score: number;
  /** 0…1: how much of what was said the tool's examples speak of. */
  readonly coverage: number;
}

/** What it costs to leave a link of this kind without a place. */
const unexplained: Readonly<Record<Link["kind"], number>> = {
  thing: 0.12,
  window: 0.1,
  duration: 0.1,
  money: 0.1,
  share: 0.08,
  period: 0.12,
  number: 0.03,
  metric: 0.04,
  statistic: 0.03,
  comparator: 0,
  ordinal: 0,
  proposal: 0.15,
  log: 0.05,
  kpi: 0.05,
  unknown: 0.05,
};
const missingField = 0.2;
const usedLink = 0.025;

/** Best first; only the ten likeliest by their examples are filled. */
export function rank(reading: Reading, briefing: Briefing): Ranked[] {
  const near = likenesses(featuresOf(reading), toolIndex(briefing.tools))
    .map((likeness) => ({ ...likeness, words: 0.55 * likeness.example + 0.45 * likeness.coverage }))
    .sort((left, right) => right.words - left.words)
    .slice(0, 10);
  return near
    .map(({ tool, words, coverage }) => {
      const filling = fill(tool, reading, briefing);
      return { tool, filling, coverage, score: words + slotScore(reading, filling) };
    })
    .sort((left, right) => right.score - left.score);
}

function slotScore(reading: Reading, filling: Filling): number {
  let score = -missingField * filling.missing.length;
  for (const link of reading.links) {
    if (filling.used.has(link)) score += unexplained[link.kind] > 0 ? usedLink : 0;
    else if (!takenBeside(link, filling)) score -= unexplained[link.kind] * link.score;
  }
  return score;
}

/** Another link over the same words was used. */
const takenBeside = (link: Link, filling: Filling): boolean =>
  [...filling.used].some((other) => other.start < link.end && link.start < other.end);
