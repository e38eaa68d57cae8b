import type { CaseResult } from "./run.ts";

/** Wilson's score interval for a share, 95 % (E. B. Wilson, 1927). */
export function wilson(passed: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const z = 1.959963984540054;
  const share = passed / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

export interface Score {
  readonly persona: string;
  readonly passed: number;
  readonly cases: number;
  readonly low: number;
  readonly high: number;
}

/** A row for each persona, and one for all, last. */
export function scorecard(results: readonly CaseResult[]): Score[] {
  const personas = [...new Set(results.map(({ persona }) => persona))];
  const row = (persona: string, of: readonly CaseResult[]): Score => {
    const passed = of.filter((result) => result.passed).length;
    return { persona, passed, cases: of.length, ...wilson(passed, of.length) };
  };
  return [
    ...personas.map((persona) =>
      row(
        persona,
        results.filter((result) => result.persona === persona),
      ),
    ),
    row("all", results),
  ];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The scorecard and the failures, for a terminal. */
export function toText(results: readonly CaseResult[], tier: string): string {
  const rows = scorecard(results).map(
    ({ persona, passed, cases, low, high }) =>
      `${persona.padEnd(12)} ${`${passed}/${cases}`.padStart(7)}   ${percent(low)} to ${percent(high)}`,
  );
  const failures = results.filter((result) => !result.passed).flatMap((result) => failureLines(result));
  return [`Tier: ${tier}`, "persona       passed   95 % interval", ...rows, ...failures].join("\n");
}

function failureLines({ id, problems, transcript }: CaseResult): string[] {
  return [
    "",
    `✗ ${id}`,
    ...problems.map(
      ({ turn, problem }) => `  turn ${turn}, "${transcript[turn - 1]?.say ?? ""}": ${problem}`,
    ),
  ];
}
