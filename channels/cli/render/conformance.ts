/** What `conformance` found, for a terminal. */
import { formatSeconds } from "../../channel.ts";
import type { ConformanceResult } from "../command.ts";
import { painter, plain, type Terminal } from "../terminal.ts";
import { drawSheet, numberText, type Sheet } from "./table.ts";
import type { Page } from "./views.ts";

const most = 20;

export function drawConformance(
  result: ConformanceResult,
  terminal: Pick<Terminal, "columns" | "color">,
): string {
  const page: Page = { columns: terminal.columns, paint: painter(terminal.color) };
  const parts = [
    headline(result, page),
    figures(result, page),
    deviations(result, page),
    notes(result, page),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const share = (value: number | null): string => (value === null ? "–" : value.toFixed(4));

function headline({ cases, fitness }: ConformanceResult, { paint }: Page): string {
  const fitting = fitness.fittingCases;
  return paint(
    "bold",
    `${numberText(fitting)} of ${numberText(cases)} cases (${((100 * fitting) / Math.max(1, cases)).toFixed(1)} %) follow the model`,
  );
}

function figures(result: ConformanceResult, { columns, paint }: Page): string {
  const { fitness } = result;
  const interval =
    fitness.low === fitness.high ? share(fitness.low) : `${share(fitness.low)} to ${share(fitness.high)}`;
  const rows: [string, string][] = [
    ["Fitness (alignments)", interval],
    ["Fitness (token replay)", share(result.tokenReplay?.fitness ?? null)],
    ["Precision (aligned escaping edges)", share(result.alignedPrecision)],
    ["Precision (escaping edges of fitting prefixes)", share(result.precision)],
    ["F-score", share(result.fScore)],
    ["Generalisation", share(result.generalisation)],
    ["Simplicity", share(result.simplicity)],
    ...(result.agreement === null
      ? []
      : [["Agreement with the second model", share(result.agreement.score)] as [string, string]]),
  ];
  return drawSheet({ header: ["Figure", "Value"], rows, right: [false, true] }, columns, paint);
}

function deviations({ deviations: all }: ConformanceResult, { columns, paint }: Page): string {
  if (all.length === 0) return "";
  const sheet: Sheet = {
    header: ["Deviation", "Activity", "Cases", "Share", "Cycle time with it", "Conforming"],
    rows: all
      .slice(0, most)
      .map((each) => [
        each.kind,
        plain(each.activity),
        numberText(each.cases),
        `${(100 * each.share).toFixed(1)} %`,
        each.cycleTime === null ? "–" : formatSeconds(each.cycleTime.mean),
        each.cycleTime === null ? "–" : formatSeconds(each.cycleTime.conforming),
      ]),
    right: [false, false, true, true, true, true],
  };
  const rest = all.length > most ? `\n${paint("dim", `${most} of ${all.length}; all with --json`)}` : "";
  return `${paint("bold", "Deviations")}\n${drawSheet(sheet, columns, paint)}${rest}`;
}

function notes({ model, reason }: ConformanceResult, { paint }: Page): string {
  const lines = [...model.notes, ...(reason === null ? [] : [reason])];
  return lines.length === 0
    ? ""
    : `${paint("bold", "Notes")}\n${lines.map((line) => `  ${plain(line)}`).join("\n")}`;
}
