/** Graders are code: they look at the reply's calls, proposals and facts, and only last at its words. */
import type { Reply } from "../agent/service.ts";
import type { Expectation } from "./case.ts";
import { describe, divergence, matchesCall, pair, toolsOf } from "./match.ts";
import { readsAs, saysItLacks } from "./words.ts";

/** What one turn came to, besides its reply. */
export interface TurnMeasures {
  readonly milliseconds: number;
  /** Millionths of a US dollar. */
  readonly costMicros: number;
  /** Facts that came out differently when they were made again, in words; looked at only where evidence is expected. */
  readonly disagreeing: readonly string[];
}

/** What a grader looks at. `parity`, `state`, `effects`, `safety`, `decision` and `error` are told by the run itself. */
export const graders = [
  "calls",
  "proposals",
  "clarification",
  "cannot",
  "language",
  "words",
  "facts",
  "evidence",
  "parity",
  "limits",
  "trajectory",
  "decision",
  "state",
  "effects",
  "safety",
  "error",
] as const;
export type Grader = (typeof graders)[number];

export interface Flaw {
  readonly grader: Grader;
  /** In words. */
  readonly problem: string;
}

export interface Grade {
  /** What does not hold; empty when all does. */
  readonly problems: readonly Flaw[];
  /** Where calls left the expected way without that being a failure. */
  readonly diagnoses: readonly string[];
  /** The first call (0 …) that is not on the expected way; null when all are. */
  readonly diverges: number | null;
}

const nothingMeasured: TurnMeasures = { milliseconds: 0, costMicros: 0, disagreeing: [] };

/** @param language of the reply, where it is to be looked at */
export function grade(
  reply: Reply,
  expected: Expectation,
  language?: string,
  measures: TurnMeasures = nothingMeasured,
): Grade {
  const way = gradeTrajectory(reply, expected);
  return {
    problems: [
      ...by("calls", gradeCalls(reply, expected)),
      ...by("proposals", gradeProposals(reply, expected)),
      ...by("clarification", gradeClarification(reply, expected)),
      ...by("cannot", gradeCannot(reply, expected)),
      ...by("language", gradeLanguage(reply, expected.language ?? language)),
      ...by("words", gradeWords(reply, expected)),
      ...by("facts", gradeFacts(reply, expected)),
      ...by("evidence", measures.disagreeing),
      ...by("limits", gradeLimits(expected, measures)),
      ...way.problems,
    ],
    diagnoses: way.diagnoses,
    diverges: way.diverges ?? firstWrongCall(reply, expected),
  };
}

const by = (grader: Grader, problems: readonly string[]): Flaw[] =>
  problems.map((problem) => ({ grader, problem }));

const said = (names: readonly string[]): string => names.join(", ") || "nothing";

function gradeCalls(reply: Reply, { calls = [], notCalls = [], nothing }: Expectation): string[] {
  const called = reply.calls.map(({ tool }) => tool);
  const { missing } = pair(calls, reply.calls);
  const wrong = [
    ...missing.map((wanted) => {
      const same = reply.calls.filter(({ tool }) => toolsOf(wanted).includes(tool));
      if (same.length === 0) return `${describe(wanted)} was not called (called: ${said(called)})`;
      return `${describe(wanted)} was not called (called with ${same.map(({ input }) => JSON.stringify(input)).join(", ")})`;
    }),
    ...notCalls.filter((tool) => called.includes(tool)).map((tool) => `${tool} was called`),
  ];
  const proposed = reply.proposals.map(({ tool }) => tool);
  if (nothing && called.length + proposed.length > 0)
    wrong.push(`something was done: ${[...called, ...proposed].join(", ")}`);
  return wrong;
}

function gradeProposals(reply: Reply, { proposes }: Expectation): string[] {
  if (proposes === undefined) return [];
  const made = reply.proposals.map(({ tool }) => ({ tool, input: null }));
  const proposed = made.map(({ tool }) => tool);
  if (proposes.length === 0 && made.length > 0) return [`something was proposed: ${said(proposed)}`];
  return pair(proposes, made).missing.map(
    (wanted) => `${describe(wanted)} was not proposed (proposed: ${said(proposed)})`,
  );
}

function gradeClarification(reply: Reply, { clarifies }: Expectation): string[] {
  if (clarifies === undefined || clarifies === (reply.clarification !== null)) return [];
  return [clarifies ? "it did not ask back" : `it asked back: ${reply.clarification?.question}`];
}

/** Calls that only say what there is: a "cannot" may be made of them. */
const overviews = new Set([
  "logs.list",
  "logs.profile",
  "kpi.list",
  "connectors.list",
  "health.check",
  "evals.report",
]);

function gradeCannot(reply: Reply, { cannot }: Expectation): string[] {
  if (cannot === undefined) return [];
  const answered = reply.calls.filter(({ tool }) => !overviews.has(tool)).map(({ tool }) => tool);
  const figures = reply.facts.filter(
    ({ source }) => !(source.kind === "call" && overviews.has(source.tool)) && answered.length > 0,
  );
  const lacks = saysItLacks(reply.reply) && figures.length === 0 && reply.proposals.length === 0;
  if (!cannot) return lacks && answered.length === 0 ? ["it says that it cannot"] : [];
  return [
    ...(figures.length > 0
      ? [
          `it gave figures: ${figures
            .map(({ label }) => label)
            .slice(0, 3)
            .join("; ")}`,
        ]
      : []),
    ...(reply.proposals.length > 0 ? ["it proposed something"] : []),
    ...(saysItLacks(reply.reply) ? [] : ["it does not say that it cannot"]),
  ];
}

function gradeLanguage(reply: Reply, language: string | undefined): string[] {
  if (language === undefined || language === "mixed") return [];
  if (reply.language !== language) return [`it answered in ${reply.language} instead of ${language}`];
  return readsAs(reply.reply, language) ? [] : [`it says that it speaks ${language}, and its words are not`];
}

function gradeWords(reply: Reply, { says = [], neverSays = [] }: Expectation): string[] {
  const text = reply.reply.toLowerCase();
  return [
    ...says
      .filter((words) => !text.includes(words.toLowerCase()))
      .map((words) => `it does not say "${words}"`),
    ...neverSays.filter((words) => text.includes(words.toLowerCase())).map((words) => `it says "${words}"`),
  ];
}

function gradeFacts(reply: Reply, { fact, facts = [] }: Expectation): string[] {
  return [...(fact ? [fact] : []), ...facts].flatMap(({ unit, from, to, label }) => {
    const same = reply.facts.filter(
      (one) =>
        one.unit === unit && (label === undefined || one.label.toLowerCase().includes(label.toLowerCase())),
    );
    if (same.some(({ value }) => value >= from && value <= to)) return [];
    const named = label === undefined ? "" : ` of "${label}"`;
    const there = same.map(({ value }) => value).join(", ") || "none";
    return [`no fact in ${unit}${named} between ${from} and ${to} (${there})`];
  });
}

function gradeLimits(expected: Expectation, measures: TurnMeasures): string[] {
  const { withinSeconds, costAtMost } = expected;
  const seconds = measures.milliseconds / 1000;
  return [
    ...(withinSeconds !== undefined && seconds > withinSeconds ? [`it took ${seconds.toFixed(1)} s`] : []),
    ...(costAtMost !== undefined && measures.costMicros > costAtMost
      ? [`it cost ${measures.costMicros} millionths of a dollar`]
      : []),
  ];
}

function gradeTrajectory(reply: Reply, { trajectory }: Expectation): Grade {
  if (trajectory === undefined) return { problems: [], diagnoses: [], diverges: null };
  const { mode, calls, required } = trajectory;
  const step = divergence(mode, calls, reply.calls);
  if (step === null) return { problems: [], diagnoses: [], diverges: null };
  const made = said(reply.calls.map(({ tool }) => tool));
  const words = `the way (${mode}) is left at step ${step + 1}: expected ${calls.map(describe).join(", ") || "nothing"}, made ${made}`;
  return {
    problems: required ? by("trajectory", [words]) : [],
    diagnoses: required ? [] : [words],
    diverges: step,
  };
}

/** The first call that nothing asked for, or the place where the first missing one would stand. */
function firstWrongCall(reply: Reply, { calls = [], nothing }: Expectation): number | null {
  if (nothing) return reply.calls.length > 0 ? 0 : null;
  const { missing } = pair(calls, reply.calls);
  if (missing.length === 0) return null;
  const stray = reply.calls.findIndex((call) => !calls.some((wanted) => matchesCall(wanted, call)));
  return stray < 0 ? reply.calls.length : stray;
}
