/** Ranks tools for a text: how near its examples are, and how well what was linked fills its input. */
import { isWrite, type Tool } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import type { Link } from "../link/links.ts";
import { leadsQuestion, type Reading } from "../link/reading.ts";
import { wishTools } from "../memory/wish.ts";
import { featuresOf } from "./features.ts";
import { type Filling, fill } from "./slots.ts";
import { likenesses, toolIndex } from "./tool-index.ts";

export interface Ranked {
  readonly tool: Tool;
  readonly filling: Filling;
  readonly score: number;
  /** 0…1: how much of what was said the tool's examples speak of. */
  readonly coverage: number;
  /** How far the next tool is behind. */
  readonly margin: number;
}

/**
 * How likely it is that the tool is the one that was meant, 0…1: a logistic fitted on the development cases, the
 * paraphrases that are not held out (Brier score 0.024 on both), and the tools' own examples, asked in five parts of tools
 * that have not that part (0.147; a quarter of these are misread, so that there is something to learn doubt from). That
 * coverage counts against is no error: the score has it already, and where it is all there is, the tool is often wrong.
 */
export function certainty({
  score,
  margin,
  coverage,
}: Pick<Ranked, "score" | "margin" | "coverage">): number {
  const evidence = -1.87 + 6.6 * score + 4.94 * Math.max(0, Math.min(0.4, margin)) - 2.48 * coverage;
  return Math.round(100 / (1 + Math.exp(-evidence))) / 100;
}

/** What it costs to leave a link of this kind without a place. */
const unexplained: Readonly<Record<Link["kind"], number>> = {
  thing: 0.2,
  window: 0.15,
  duration: 0.2,
  money: 0.12,
  share: 0.12,
  period: 0.15,
  number: 0.06,
  metric: 0.06,
  statistic: 0.08,
  comparator: 0,
  ordinal: 0,
  proposal: 0.15,
  log: 0.05,
  kpi: 0.05,
  unknown: 0.05,
};
const missingField = 0.3;
/** A figure that is asked for by name. */
const asksFigure = 0.06;
/** "which region …", by a tool that cannot tell regions apart. */
const undivided = 0.12;
const dividing = (reading: Reading, link: Link): boolean =>
  link.kind === "thing" &&
  link.thing.kind === "attribute" &&
  reading.tokens.some((token, at) => token.start === link.start && picks(reading, at - 1));
const picks = (reading: Reading, at: number): boolean =>
  reading.senses.some(
    (sense) =>
      sense.from <= at &&
      at < sense.to &&
      ((sense.meaning.kind === "role" && sense.meaning.value === "group-by") ||
        leadsQuestion(sense, reading.language)),
  );
/** A question seldom asks for a change. */
const questionOfWrite = 0.25;
/** What a place for it is worth; most for what few tools can take. */
const explained: Readonly<Partial<Record<Link["kind"], number>>> = {
  thing: 0.06,
  window: 0.03,
  period: 0.1,
  duration: 0.08,
  share: 0.06,
  money: 0.04,
  metric: 0.05,
  statistic: 0.04,
  proposal: 0.1,
  number: 0.04,
};

/** Best first; only the ten likeliest by their examples are filled. */
export function rank(reading: Reading, briefing: Briefing): Ranked[] {
  const near = likenesses(featuresOf(reading), toolIndex(briefing.tools, reading.language))
    .filter(({ tool }) => !wishTools.has(tool.name))
    .map((likeness) => ({
      ...likeness,
      words: 0.48 * likeness.example + 0.52 * likeness.coverage - likeness.mismatch,
    }))
    .sort((left, right) => right.words - left.words)
    .slice(0, 10);
  const ranked = near
    .map(({ tool, words, coverage }) => {
      const filling = fill(tool, reading, briefing);
      const question = reading.senses.some((sense) => leadsQuestion(sense, reading.language));
      const asked = isWrite(tool) && question ? questionOfWrite : 0;
      return { tool, filling, coverage, score: words + slotScore(reading, filling) - asked };
    })
    .sort((left, right) => right.score - left.score);
  return ranked.map((each, at) => ({ ...each, margin: each.score - (ranked[at + 1]?.score ?? 0) }));
}

function slotScore(reading: Reading, filling: Filling): number {
  let score =
    -missingField * filling.missing.length +
    (filling.contrast ? 0.25 : 0) +
    (filling.grouped ? 0.2 : 0) +
    (filling.ruled ? 0.3 : 0);
  if (filling.measured) score += asksFigure;
  for (const link of reading.links) {
    if (filling.used.has(link)) score += explained[link.kind] ?? 0;
    else if (!takenBeside(link, filling)) {
      score -= unexplained[link.kind] * link.score ** 2 + (dividing(reading, link) ? undivided : 0);
    }
  }
  return score;
}

/** Another link over the same words was used. */
const takenBeside = (link: Link, filling: Filling): boolean =>
  [...filling.used].some((other) => other.start < link.end && link.start < other.end);
