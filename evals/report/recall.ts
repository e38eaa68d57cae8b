/** How well memories are found again, for the reports. */
import type { RecallFigures } from "./evaluation.ts";
import { percent } from "./text.ts";

const cellsOf = ({ way, embedder, first, five, across }: RecallFigures): readonly string[] => [
  way,
  way === "words" ? "" : embedder,
  percent(first),
  percent(five),
  percent(across),
];
const heads = ["by", "embedder", "@1", "@5", "@5 in another language"];

const title = ([figures]: readonly RecallFigures[]): string =>
  `Recall of memories: ${figures?.queries.same ?? 0} queries in the memory's language, ${figures?.queries.across ?? 0} in another`;

export const recallLines = (figures: readonly RecallFigures[]): string[] =>
  figures.length === 0
    ? []
    : [
        "",
        title(figures),
        ...[heads, ...figures.map(cellsOf)].map((cells) =>
          `  ${cells.map((cell) => cell.padEnd(20)).join("")}`.trimEnd(),
        ),
      ];

export const recallTable = (figures: readonly RecallFigures[]): string[] =>
  figures.length === 0
    ? []
    : [
        "",
        `## ${title(figures)}`,
        "",
        `| ${heads.join(" | ")} |`,
        "|---|---|--:|--:|--:|",
        ...figures.map((one) => `| ${cellsOf(one).join(" | ")} |`),
      ];
