/** One page that needs nothing else: the scorecard, persona by capability and language by risk, and each failure's transcript. */
import { attackShares, attacksInWords } from "../attack-figures.ts";
import { inLines } from "../compare.ts";
import { judgeInWords } from "../live/judgement.ts";
import type { CaseResult } from "../run.ts";
import {
  type CaseSummary,
  type Dimension,
  type Row,
  type Scorecard,
  type Share,
  summarise,
} from "../scorecard.ts";
import { wilson } from "../statistics.ts";
import type { Exchange } from "../world.ts";
import { type Evaluation, shownResults } from "./evaluation.ts";
import { escapeXml } from "./junit.ts";
import { percent, reproduction, tierNames } from "./text.ts";

const html = (text: string): string => escapeXml(text).replaceAll("&#10;", "\n");

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --bad: #c4314b; --good: #1f8a4c; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: right; }
th:first-child, td:first-child { text-align: left; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0 .6rem; font: inherit; }
code { font: 13px/1.4 ui-monospace, monospace; }
.say { font-weight: 600; } .problem { color: var(--bad); } .diverges { outline: 2px solid var(--bad); border-radius: .2rem; }
.cell { background: color-mix(in srgb, var(--good) calc(var(--share) * 35%), color-mix(in srgb, var(--bad) calc((1 - var(--share)) * 35%), transparent)); }`;

export function toHtml(evaluation: Evaluation): string {
  const shown = shownResults(evaluation);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Millwright evals</title><style>${style}</style></head><body>
<h1>Evals</h1>
<p>${html(evaluation.suites.join(", "))}; split: ${evaluation.split}; k = ${evaluation.epochs}; ${html(evaluation.startedAt)}${evaluation.commit ? `; commit <code>${html(evaluation.commit.slice(0, 12))}</code>` : ""}</p>
${evaluation.cards.map((card) => section(card, evaluation, shown)).join("\n")}
</body></html>
`;
}

function section(card: Scorecard, evaluation: Evaluation, shown: readonly CaseResult[]): string {
  const heading = `<h2>${tierNames[card.tier]}</h2>`;
  const reasons = Object.entries(card.reasons).map(([reason, count]) => `${count}: ${reason}`);
  const unrun = card.notRun > 0 ? `<p><strong>Not run:</strong> ${html(reasons.join("; "))}</p>` : "";
  if (card.cases === card.notRun) return `${heading}${unrun}`;
  const all = summarise(evaluation.results.filter(({ tier }) => tier === card.tier));
  const own = summarise(shown.filter(({ tier }) => tier === card.tier));
  const comparison = evaluation.comparisons?.find(({ tier }) => tier === card.tier);
  return [
    heading,
    unrun,
    totals(card),
    card.judge === null
      ? ""
      : `<ul>${judgeInWords(card.judge)
          .map((words) => `<li>${html(words)}</li>`)
          .join("")}</ul>`,
    comparison
      ? `<ul>${inLines(comparison)
          .map((line) => `<li>${html(line)}</li>`)
          .join("")}</ul>`
      : "",
    matrix(all, "persona", "capability"),
    matrix(all, "language", "risk"),
    dimension("suite", card.by.suite),
    failures(own),
  ].join("\n");
}

const shareCells = (share: Share): string =>
  `<td>${Number.isInteger(share.passed) ? share.passed : share.passed.toFixed(1)}/${share.of}</td><td>${percent(share.share)}</td><td>${percent(share.low)} to ${percent(share.high)}</td>`;

function totals({
  passAt1,
  passHatK,
  k,
  split,
  falselySure,
  asks,
  silent,
  flaky,
  milliseconds,
  attacks,
}: Scorecard): string {
  const row = (name: string, share: Share) => `<tr><th>${name}</th>${shareCells(share)}</tr>`;
  return `<table><tr><th></th><th>passed</th><th>share</th><th>95 % interval</th></tr>
${row("pass@1", passAt1)}${k > 1 ? row(`pass^${k}`, passHatK) : ""}${
  split
    ? `${row("development", split.development)}${row("held out", split.heldOut)}<tr><th>gap</th><td></td><td>${percent(split.gap.difference)}</td><td>${percent(split.gap.low)} to ${percent(split.gap.high)}</td></tr>`
    : ""
}${row("falsely sure", falselySure)}${asks.of > 0 ? row("asks when it must", asks) : ""}${silent.of > 0 ? row("silent when it must", silent) : ""}${(attacks === null ? [] : attackShares(attacks)).map(([name, share]) => row(name, share)).join("")}</table>
${attacks === null ? "" : `<p>${attacksInWords(attacks)}.</p>`}
<p>A turn takes ${Math.round(milliseconds.median ?? 0)} ms (median), ${Math.round(milliseconds.p95 ?? 0)} ms (p95).${flaky.length > 0 ? ` Flaky: ${html(flaky.join(", "))}.` : ""}</p>`;
}

function dimension(name: string, rows: readonly Row[]): string {
  const body = rows.map(
    (row) =>
      `<tr><td>${html(row.value)}</td>${row.of === 0 ? '<td colspan="3">not run</td>' : shareCells(row)}</tr>`,
  );
  return `<table><caption>By ${name}</caption>${body.join("\n")}</table>`;
}

/** One thing by another; a cell's colour is its share, its title the interval. */
function matrix(cases: readonly CaseSummary[], rows: Dimension, columns: Dimension): string {
  const run = cases.filter(({ runs }) => runs > 0);
  const values = (of: Dimension) => [...new Set(run.map(({ result }) => result[of]))].sort();
  const cell = (row: string, column: string): string => {
    const own = run.filter(({ result }) => result[rows] === row && result[columns] === column);
    if (own.length === 0) return "<td></td>";
    const passed = own.reduce((sum, { passed: good, runs }) => sum + good / runs, 0);
    const { low, high } = wilson(passed, own.length);
    const share = (passed / own.length).toFixed(3);
    return `<td class="cell" style="--share:${share}" title="${percent(low)} to ${percent(high)}">${Math.round(passed * 10) / 10}/${own.length}</td>`;
  };
  const head = values(columns).map((column) => `<th>${html(column)}</th>`);
  const body = values(rows).map(
    (row) =>
      `<tr><td>${html(row)}</td>${values(columns)
        .map((column) => cell(row, column))
        .join("")}</tr>`,
  );
  return `<table><caption>${rows} by ${columns}</caption><tr><th></th>${head.join("")}</tr>${body.join("\n")}</table>`;
}

function failures(cases: readonly CaseSummary[]): string {
  const failed = cases.filter(({ passed, runs }) => passed < runs);
  if (failed.length === 0) return "<p>Everything that may be shown held.</p>";
  return `<h3>What did not hold</h3>${failed.map(({ result }) => failure(result)).join("\n")}`;
}

export function failure(result: CaseResult): string {
  const { id, suite, persona, language, capability, risk, problems, note } = result;
  return `<details id="${html(id)}"><summary><strong>${html(id)}</strong> ${html([suite, persona, language, capability, risk].join(" · "))}</summary>
<p>${html(note)}</p><p>Again: <code>${html(reproduction(id))}</code></p>
<ul>${problems.map(({ turn, problem }) => `<li class="problem">turn ${turn}: ${html(problem)}</li>`).join("")}</ul>
${result.transcript.map((exchange, index) => turnHtml(exchange, index + 1, result.diverges)).join("\n")}</details>`;
}

function turnHtml(exchange: Exchange, turn: number, diverges: CaseResult["diverges"]): string {
  const calls = exchange.calls.map(({ tool, input }, index) => {
    const mark =
      diverges?.turn === turn && diverges.call === index
        ? ' class="diverges" title="the first diverging step"'
        : "";
    return `<li${mark}><code>${html(tool)} ${html(JSON.stringify(input))}</code></li>`;
  });
  const missing =
    diverges?.turn === turn && diverges.call >= exchange.calls.length
      ? '<li class="problem">here a call is missing: the first diverging step</li>'
      : "";
  return `<p class="say">${html(exchange.person)}: ${html(exchange.say)}</p><ol>${calls.join("")}${missing}</ol><pre>${html(exchange.reply)}</pre>`;
}
