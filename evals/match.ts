/** Whether a call's input has what a case asks for, and whether calls go the way it asks for. Pure. */
import type { ExpectedCall } from "./case.ts";

export interface MadeCall {
  readonly tool: string;
  readonly input: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Numbers are compared exactly, texts without case, objects in part; `{"between":[a,b]}` is a range and `{"any":true}`
 * means that something must be there. Each item of an expected list must be somewhere in the list that was given; a
 * single value is also found in a list.
 */
export function matches(expected: unknown, given: unknown): boolean {
  if (isObject(expected)) return matchesObject(expected, given);
  if (Array.isArray(expected)) {
    const items = Array.isArray(given) ? given : [given];
    return expected.every((item) => items.some((candidate) => matches(item, candidate)));
  }
  if (Array.isArray(given)) return given.some((item) => matches(expected, item));
  if (typeof expected === "string" && typeof given === "string") return fold(expected) === fold(given);
  return Object.is(expected, given);
}

function matchesObject(expected: Record<string, unknown>, given: unknown): boolean {
  const { between, any } = expected;
  if (any === true) return given !== undefined && given !== null;
  if (any === false) return given === undefined || given === null;
  if (Array.isArray(between)) return isBetween(between, given);
  if (Array.isArray(given)) return given.some((item) => matchesObject(expected, item));
  return isObject(given) && Object.entries(expected).every(([name, value]) => matches(value, given[name]));
}

/** Numbers, or instants as ISO texts. */
function isBetween([from, to]: readonly unknown[], given: unknown): boolean {
  if (Array.isArray(given)) return given.some((item) => isBetween([from, to], item));
  const comparable = typeof given === "number" || typeof given === "string";
  return (
    comparable &&
    typeof from === typeof given &&
    (from as number) <= (given as number) &&
    (given as number) <= (to as number)
  );
}

const fold = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** The tools that are right for an expected call. */
export function toolsOf(expected: ExpectedCall): readonly string[] {
  const tool = isCallWithInput(expected) ? expected.tool : expected;
  return typeof tool === "string" ? [tool] : tool;
}

const isCallWithInput = (expected: ExpectedCall): expected is Exclude<ExpectedCall, string | string[]> =>
  isObject(expected);

export function matchesCall(expected: ExpectedCall, { tool, input }: MadeCall): boolean {
  if (!toolsOf(expected).includes(tool)) return false;
  const wanted = isCallWithInput(expected) ? expected.input : undefined;
  return wanted === undefined || matches(wanted, input ?? {});
}

/** An expected call in words, for a report. */
export function describe(expected: ExpectedCall): string {
  const tools = toolsOf(expected).join(" or ");
  const wanted = isCallWithInput(expected) ? expected.input : undefined;
  return wanted === undefined ? tools : `${tools} with ${JSON.stringify(wanted)}`;
}

export type TrajectoryMode = "strict" | "unordered" | "subset" | "superset";

/**
 * Expected calls that no call of its own stands for, and calls that nothing expected. Each call stands for one expected
 * call at most (a maximum matching by augmenting paths, so that a general expectation does not take a call away from a
 * particular one).
 */
export function pair(
  expected: readonly ExpectedCall[],
  made: readonly MadeCall[],
): { missing: ExpectedCall[]; surplus: MadeCall[] } {
  const takenBy = new Map<number, number>();
  const place = (wanted: number, tried: Set<number>): boolean =>
    made.some((call, index) => {
      if (tried.has(index) || !matchesCall(expected[wanted] as ExpectedCall, call)) return false;
      tried.add(index);
      const other = takenBy.get(index);
      if (other !== undefined && !place(other, tried)) return false;
      takenBy.set(index, wanted);
      return true;
    });
  const missing = expected.filter((_, index) => !place(index, new Set()));
  return { missing, surplus: made.filter((_, index) => !takenBy.has(index)) };
}

/**
 * Whether calls go a way: `strict` in the same order and no others, `unordered` the same in any order, `subset` none
 * but these, `superset` at least these. Returns the first step (0 …) that diverges, null when none does.
 */
export function divergence(
  mode: TrajectoryMode,
  expected: readonly ExpectedCall[],
  made: readonly MadeCall[],
): number | null {
  if (mode === "strict") return firstDifference(expected, made);
  const { missing, surplus } = pair(expected, made);
  if (mode !== "superset" && surplus.length > 0) return made.indexOf(surplus[0] as MadeCall);
  return mode !== "subset" && missing.length > 0 ? made.length : null;
}

function firstDifference(expected: readonly ExpectedCall[], made: readonly MadeCall[]): number | null {
  const length = Math.max(expected.length, made.length);
  for (let step = 0; step < length; step += 1) {
    const [wanted, call] = [expected[step], made[step]];
    if (wanted === undefined || call === undefined || !matchesCall(wanted, call)) return step;
  }
  return null;
}
