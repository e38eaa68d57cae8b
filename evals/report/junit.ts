/** JUnit XML, as CI servers read it: a suite per tier and suite; not run is skipped. */
import { createHash } from "node:crypto";
import type { CaseResult } from "../run.ts";
import type { Evaluation } from "./evaluation.ts";
import { reproduction } from "./text.ts";

/** Text and attribute values; what XML 1.0 cannot hold becomes a replacement character. */
export const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
const count = (results: readonly CaseResult[], status: CaseResult["status"]): number =>
  results.filter((result) => result.status === status).length;
const time = (results: readonly CaseResult[]): string =>
  seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0));

export function toJUnit({ results }: Evaluation): string {
  const groups = Map.groupBy(results, ({ tier, suite }) => `${tier}.${suite}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="millwright" tests="${results.length}" failures="${count(results, "failed")}" skipped="${count(results, "not-run")}" time="${time(results)}">`,
    ...[...groups].flatMap(([name, own]) => suiteLines(name, own)),
    "</testsuites>",
  ].join("\n");
}

function suiteLines(name: string, results: readonly CaseResult[]): string[] {
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${results.length}" failures="${count(results, "failed")}" skipped="${count(results, "not-run")}" time="${time(results)}">`,
    ...results.flatMap((result) => caseLines(name, result)),
    "  </testsuite>",
  ];
}

function caseLines(suite: string, result: CaseResult): string[] {
  const { id, epoch, heldOut, status, persona, capability } = result;
  const shown = heldOut ? `held-out ${createHash("sha256").update(id).digest("hex").slice(0, 16)}` : id;
  const name = escapeXml(epoch === 1 ? shown : `${shown} (${epoch})`);
  const open = `    <testcase classname="${escapeXml(`${suite}.${persona}.${capability}`)}" name="${name}" time="${seconds(result.milliseconds)}"`;
  if (status === "passed") return [`${open}/>`];
  if (status === "not-run")
    return [`${open}>`, `      <skipped message="${escapeXml(result.reason ?? "")}"/>`, "    </testcase>"];
  const problems = result.problems.map(({ turn, problem }) => `turn ${turn}: ${problem}`);
  const message = heldOut ? "held out: only counted" : (problems[0] ?? "");
  const body = heldOut ? "" : escapeXml([...problems, `again: ${reproduction(id)}`].join("\n"));
  return [`${open}>`, `      <failure message="${escapeXml(message)}">${body}</failure>`, "    </testcase>"];
}
