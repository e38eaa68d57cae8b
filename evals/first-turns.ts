/**
 * How well the built-in planner understands first turns, without running a tool: every understanding case in a minute
 * or two, so that CI can print it. `node evals/first-turns.ts` prints the table; `--keep NOTE` writes it down as the
 * baseline. Held-out cases are counted, never named.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { analyse } from "../agent/model/offline/analyse.ts";
import { sampleBriefing } from "../agent/model/offline/fixtures/samples.ts";
import { type SampleName, sampleNames } from "../tools/logs/samples/generate.ts";
import type { ExpectedCall } from "./case.ts";
import { matchesCall, toolsOf } from "./match.ts";
import { differenceInterval, shareOf, wilson } from "./statistics.ts";
import { clock, readSuite, type SuiteCase, suites } from "./suites.ts";

/** Counts of one part of one language's cases. */
export interface Counts {
  readonly of: number;
  /** Every expected tool is called. */
  readonly tool: number;
  /** … with every input that the case names. */
  readonly whole: number;
  /** A tool that nobody expects is called without a doubt. */
  readonly falselySure: number;
}

export interface LanguageCounts {
  readonly language: string;
  readonly development: Counts;
  readonly heldOut: Counts;
}

interface Judged {
  readonly heldOut: boolean;
  readonly tool: boolean;
  readonly whole: boolean;
  readonly falselySure: boolean;
}

/** Counted as sure from here on, also where the reply voices doubt (which it does below a language's own threshold). */
const sure = 0.7;

const isSample = (log: string | null | undefined): log is SampleName =>
  sampleNames.some((name) => name === log);

/** Null where the first turn is no words about a sample with expected calls. */
function judge({ turns, log, heldOut }: SuiteCase): Judged | null {
  const [first] = turns;
  if (first === undefined || !("say" in first) || !isSample(log)) return null;
  const expected = first.expect.calls;
  if (expected === undefined || expected.length === 0) return null;
  const plan = analyse(first.say, sampleBriefing(first.say, log, { now: clock }));
  const calls = plan.kind === "calls" ? plan.frames : [];
  const every = (fits: (wanted: ExpectedCall, call: (typeof calls)[number]) => boolean) =>
    expected.every((wanted) => calls.some((call) => fits(wanted, call)));
  const tool = every((wanted, call) => toolsOf(wanted).includes(call.tool));
  const falselySure = !tool && plan.kind === "calls" && plan.confidence >= sure;
  return { heldOut, tool, whole: every(matchesCall), falselySure };
}

const count = (judged: readonly Judged[]): Counts => ({
  of: judged.length,
  tool: judged.filter(({ tool }) => tool).length,
  whole: judged.filter(({ whole }) => whole).length,
  falselySure: judged.filter(({ falselySure }) => falselySure).length,
});

/** Of all languages, in the order of the suites. @throws SuiteError */
export function firstTurns(): LanguageCounts[] {
  return suites
    .filter((suite) => suite.startsWith("understanding-"))
    .map((suite) => {
      const judged = readSuite(suite)
        .map(judge)
        .filter((each) => each !== null);
      return {
        language: suite.slice("understanding-".length),
        development: count(judged.filter(({ heldOut }) => !heldOut)),
        heldOut: count(judged.filter(({ heldOut }) => heldOut)),
      };
    });
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function inWords(counts: Counts, name: string, key: "tool" | "whole" | "falselySure"): string {
  const { low, high } = wilson(counts[key], counts.of);
  const share = percent(counts[key] / Math.max(1, counts.of));
  return `${name} ${counts[key]}/${counts.of} ${share} (${percent(low)} to ${percent(high)})`;
}

const measures = [
  ["tool", "right tool"],
  ["whole", "with its inputs"],
  ["falselySure", "falsely sure"],
] as const;

/** Each language and all together: development, held out, and the gap between them, with 95 % intervals. */
export function report(all: readonly LanguageCounts[]): string {
  return [...all, total(all)]
    .flatMap(({ language, development, heldOut }) => [
      language,
      ...measures.map(([key, name]) => {
        const [seen, unseen] = [development, heldOut].map((part) => ({ passed: part[key], of: part.of }));
        const gap = shareOf(seen!) - shareOf(unseen!);
        const { low, high } = differenceInterval(seen!, unseen!);
        const parts = [inWords(development, "development", key), inWords(heldOut, "held out", key)];
        return `  ${name}: ${parts.join("; ")}; gap ${percent(gap)} (${percent(low)} to ${percent(high)})`;
      }),
    ])
    .join("\n");
}

function total(all: readonly LanguageCounts[]): LanguageCounts {
  const sum = (parts: readonly Counts[]): Counts => ({
    of: parts.reduce((most, { of }) => most + of, 0),
    tool: parts.reduce((most, { tool }) => most + tool, 0),
    whole: parts.reduce((most, { whole }) => most + whole, 0),
    falselySure: parts.reduce((most, { falselySure }) => most + falselySure, 0),
  });
  return {
    language: "all",
    development: sum(all.map(({ development }) => development)),
    heldOut: sum(all.map(({ heldOut }) => heldOut)),
  };
}

export const firstTurnsBaseline = new URL("./baselines/first-turns.json", import.meta.url);

if (import.meta.main) {
  const { values } = parseArgs({ options: { keep: { type: "string" } } });
  const languages = firstTurns();
  console.log(report(languages));
  if (values.keep !== undefined) {
    writeFileSync(firstTurnsBaseline, `${JSON.stringify({ note: values.keep, languages }, null, 2)}\n`);
  }
}
