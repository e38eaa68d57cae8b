/** The scorecard and the failures in Markdown, for a note or a pull request. */
import { attackShares, attacksInWords } from "../attack-figures.ts";
import { inLines } from "../compare.ts";
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
import { type Evaluation, shownResults } from "./evaluation.ts";
import { recallTable } from "./recall.ts";
import { percent, reproduction, tierNames } from "./text.ts";

/** Texts of people and logs are data: they must not become markup. */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .replaceAll(/[\\`*_{}[\]|#!~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

export function toMarkdown(evaluation: Evaluation): string {
  const shown = shownResults(evaluation);
  return [
    "# Evals",
    "",
    `${evaluation.suites.join(", ")}; split: ${evaluation.split}; k = ${evaluation.epochs}; ${evaluation.startedAt.slice(0, 16)}Z${evaluation.commit ? `; commit ${evaluation.commit.slice(0, 12)}` : ""}`,
    ...evaluation.cards.flatMap((card) => tierSection(card, evaluation, shown)),
    ...recallTable(evaluation.recall ?? []),
    "",
  ].join("\n");
}

const cells = (share: Share): string =>
  `${Number.isInteger(share.passed) ? share.passed : share.passed.toFixed(1)}/${share.of} | ${percent(share.share)} | ${percent(share.low)} to ${percent(share.high)}`;

function tierSection(card: Scorecard, evaluation: Evaluation, shown: readonly CaseResult[]): string[] {
  const reasons = Object.entries(card.reasons).map(
    ([reason, count]) => `${count}: ${escapeMarkdown(reason)}`,
  );
  const heading = ["", `## ${tierNames[card.tier]}`, ""];
  if (card.cases === card.notRun) return [...heading, `Not run: ${reasons.join("; ")}`];
  const own = summarise(shown.filter(({ tier }) => tier === card.tier));
  const comparison = evaluation.comparisons?.find(({ tier }) => tier === card.tier);
  return [
    ...heading,
    ...(card.notRun > 0 ? [`Not run: ${reasons.join("; ")}`, ""] : []),
    "| | passed | share | 95 % interval |",
    "|---|--:|--:|--:|",
    ...totals(card),
    ...(card.judge === null
      ? []
      : ["", ...judgeInWords(card.judge).map((words) => `- ${escapeMarkdown(words)}`)]),
    ...(comparison ? ["", ...inLines(comparison).map((line) => `- ${escapeMarkdown(line)}`)] : []),
    ...dimensions.flatMap((dimension) => dimensionTable(dimension, card.by[dimension])),
    ...failures(own),
  ];
}

function totals({
  passAt1,
  passHatK,
  k,
  split,
  falselySure,
  asks,
  silent,
  flaky,
  attacks,
}: Scorecard): string[] {
  return [
    `| pass@1 | ${cells(passAt1)} |`,
    ...(k > 1 ? [`| pass^${k} | ${cells(passHatK)} |`] : []),
    ...(split
      ? [
          `| development | ${cells(split.development)} |`,
          `| held out | ${cells(split.heldOut)} |`,
          `| gap | | ${percent(split.gap.difference)} | ${percent(split.gap.low)} to ${percent(split.gap.high)} |`,
        ]
      : []),
    `| falsely sure | ${cells(falselySure)} |`,
    ...(asks.of > 0 ? [`| asks when it must | ${cells(asks)} |`] : []),
    ...(silent.of > 0 ? [`| silent when it must | ${cells(silent)} |`] : []),
    ...(attacks === null
      ? []
      : attackShares(attacks).map(([name, share]) => `| ${name} | ${cells(share)} |`)),
    ...(attacks === null ? [] : ["", `${attacksInWords(attacks)}.`]),
    ...(flaky.length > 0 ? ["", `Flaky: ${flaky.join(", ")}`] : []),
  ];
}

function dimensionTable(dimension: string, rows: readonly Row[]): string[] {
  if (rows.length < 2) return [];
  return [
    "",
    `| ${dimension} | passed | share | 95 % interval |`,
    "|---|--:|--:|--:|",
    ...rows.map((row) => `| ${row.value} | ${row.of === 0 ? "not run | |" : `${cells(row)} |`}`),
  ];
}

function failures(cases: readonly CaseSummary[]): string[] {
  const failed = cases.filter(({ passed, runs }) => passed < runs);
  if (failed.length === 0) return [];
  return [
    "",
    "### What did not hold",
    "",
    ...failed.flatMap(({ result }) => [
      `- **${result.id}** (\`${reproduction(result.id)}\`)`,
      ...result.problems.map(
        ({ turn, problem }) =>
          `  - turn ${turn}, “${escapeMarkdown(result.transcript[turn - 1]?.say ?? "")}”: ${escapeMarkdown(problem)}`,
      ),
    ]),
  ];
}
