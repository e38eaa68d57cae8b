/** The scorecard and the failures, for a terminal. */
import { attackShares, attacksInWords } from "../attack-figures.ts";
import { judgeInWords } from "../live/judgement.ts";
import type { CaseResult } from "../run.ts";
import {
  type CaseSummary,
  dimensions,
  type Row,
  type Scorecard,
  type Share,
  summarise,
} from "../scorecard.ts";

export const tierNames = {
  mechanics: "Mechanics (scripted model)",
  "built-in": "Built-in planner",
  live: "Live model",
} as const;

export const percent = (share: number): string =>
  `${(share * 100).toFixed(share > 0.995 && share < 1 ? 1 : 0)} %`;

const counted = ({ passed }: Share): string => (Number.isInteger(passed) ? `${passed}` : passed.toFixed(1));

/** `41/44  93 %   81 % to 98 %`. */
export const shareInWords = (share: Share): string =>
  `${`${counted(share)}/${share.of}`.padStart(9)}  ${percent(share.share).padStart(6)}   ${percent(share.low)} to ${percent(share.high)}`;

export function toText(cards: readonly Scorecard[], results: readonly CaseResult[]): string {
  return cards.flatMap((card) => ["", ...tierLines(card, results)]).join("\n");
}

function tierLines(card: Scorecard, results: readonly CaseResult[]): string[] {
  const title = `${tierNames[card.tier]}: ${card.cases} cases`;
  if (card.cases === card.notRun) return [`${title}, not run (${reasonsInWords(card)})`];
  const own = summarise(results.filter(({ tier }) => tier === card.tier));
  return [
    card.notRun > 0 ? `${title}, ${card.notRun} not run (${reasonsInWords(card)})` : title,
    `  ${"".padEnd(20)}   passed   share   95 % interval`,
    ...totals(card),
    ...dimensions.flatMap((dimension) => dimensionLines(dimension, card.by[dimension])),
    ...failureLines(own),
  ];
}

const reasonsInWords = ({ reasons }: Scorecard): string =>
  Object.entries(reasons)
    .map(([reason, count]) => `${count}: ${reason}`)
    .join("; ");

function totals(card: Scorecard): string[] {
  const line = (name: string, share: Share) => `  ${name.padEnd(20)}${shareInWords(share)}`;
  const { split, k, flaky, milliseconds, costMicros, attacks, judge } = card;
  return [
    line("pass@1", card.passAt1),
    ...(k > 1 ? [line(`pass^${k}`, card.passHatK)] : []),
    ...(flaky.length > 0 ? [`  flaky: ${flaky.join(", ")}`] : []),
    ...(split
      ? [
          line("development", split.development),
          line("held out", split.heldOut),
          `  ${"gap".padEnd(20)}${percent(split.gap.difference).padStart(17)}   ${percent(split.gap.low)} to ${percent(split.gap.high)}`,
        ]
      : []),
    line("falsely sure", card.falselySure),
    ...(card.asks.of > 0 ? [line("asks when it must", card.asks)] : []),
    ...(card.silent.of > 0 ? [line("silent when it must", card.silent)] : []),
    ...(attacks === null
      ? []
      : [`  ${attacksInWords(attacks)}`, ...attackShares(attacks).map(([name, share]) => line(name, share))]),
    ...(judge === null ? [] : judgeInWords(judge).map((words) => `  ${words}`)),
    `  a turn takes ${Math.round(milliseconds.median ?? 0)} ms (median), ${Math.round(milliseconds.p95 ?? 0)} ms (p95)${costMicros > 0 ? `; cost $${(costMicros / 1e6).toFixed(4)}` : ""}`,
  ];
}

function dimensionLines(dimension: string, rows: readonly Row[]): string[] {
  if (rows.length < 2) return [];
  return [
    `  by ${dimension}`,
    ...rows.map((row) => `    ${row.value.padEnd(18)}${row.of === 0 ? "  not run" : shareInWords(row)}`),
  ];
}

/** Failures are named where they may be looked at; held-out ones are only counted. */
function failureLines(cases: readonly CaseSummary[]): string[] {
  const failed = cases.filter(({ passed, runs }) => passed < runs);
  const hidden = failed.filter(({ result }) => result.heldOut).length;
  return [
    ...failed.filter(({ result }) => !result.heldOut).flatMap(({ result }) => failure(result)),
    ...(hidden > 0
      ? ["", `${hidden} held-out cases failed; they are not named, so that nobody tunes for them.`]
      : []),
  ];
}

function failure({ id, suite, problems, transcript, diverges, note }: CaseResult): string[] {
  const said = (turn: number): string => transcript[turn - 1]?.say ?? "";
  return [
    "",
    `✗ ${id} (${suite}): ${note}`,
    ...problems.map(({ turn, problem }) => `  turn ${turn}, "${said(turn)}": ${problem}`),
    ...(diverges ? [`  first diverging step: turn ${diverges.turn}, call ${diverges.call + 1}`] : []),
    `  again: ${reproduction(id)}`,
  ];
}

/** The one line that runs the case again. */
export const reproduction = (id: string): string => `npx millwright eval --case ${id}`;
