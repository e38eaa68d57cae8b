/**
 * The templates of Declare (Pesic, Schonenberg & van der Aalst, "DECLARE: full support for loosely-structured processes", 2007;
 * Di Ciccio & Mecella, "On the discovery of declarative control flows for artful processes", 2015), each as a test of one
 * trace. `a` and `b` are activities; what activates a constraint is the activity that obliges the other.
 */
export const UNARY_TEMPLATES = ["existence", "absence", "exactly-one", "init", "end"] as const;
export const BINARY_TEMPLATES = [
  "responded-existence",
  "response",
  "alternate-response",
  "chain-response",
  "precedence",
  "alternate-precedence",
  "chain-precedence",
  "co-existence",
  "succession",
  "alternate-succession",
  "chain-succession",
  "not-co-existence",
  "not-succession",
  "not-chain-succession",
] as const;
export type UnaryTemplate = (typeof UNARY_TEMPLATES)[number];
export type BinaryTemplate = (typeof BINARY_TEMPLATES)[number];
export type Template = UnaryTemplate | BinaryTemplate;

/** What a template says, for people. */
export const MEANINGS: Readonly<Record<Template, string>> = {
  existence: "{a} happens in every case",
  absence: "{a} happens at most once in a case",
  "exactly-one": "{a} happens exactly once in every case",
  init: "every case begins with {a}",
  end: "every case ends with {a}",
  "responded-existence": "where {a} happens, {b} happens too",
  response: "after every {a}, {b} comes sooner or later",
  "alternate-response": "after every {a}, {b} comes before the next {a}",
  "chain-response": "right after every {a} comes {b}",
  precedence: "before {b}, {a} has happened",
  "alternate-precedence": "before every {b}, {a} has happened since the last {b}",
  "chain-precedence": "right before every {b} comes {a}",
  "co-existence": "{a} and {b} happen together or not at all",
  succession: "{a} is followed by {b}, and {b} comes only after {a}",
  "alternate-succession": "{a} and {b} take turns",
  "chain-succession": "{a} and {b} come directly after each other",
  "not-co-existence": "{a} and {b} never happen in the same case",
  "not-succession": "{b} never comes after {a}",
  "not-chain-succession": "{b} never comes right after {a}",
};

type Trace = ArrayLike<number>;
type Test = (trace: Trace, a: number, b: number) => boolean;

const positions = (trace: Trace, activity: number): number[] =>
  Array.from(trace).flatMap((code, i) => (code === activity ? [i] : []));
const happens = (trace: Trace, activity: number): boolean => positions(trace, activity).length > 0;

const response: Test = (trace, a, b) => {
  const [lastA, lastB] = [positions(trace, a).at(-1) ?? -1, positions(trace, b).at(-1) ?? -1];
  return lastA < 0 || lastB > lastA;
};

const precedence: Test = (trace, a, b) => {
  const [firstA, firstB] = [positions(trace, a)[0], positions(trace, b)[0]];
  return firstB === undefined || (firstA !== undefined && firstA < firstB);
};

const alternateResponse: Test = (trace, a, b) => {
  const own = positions(trace, a);
  const others = positions(trace, b);
  return own.every((at, i) => others.some((other) => other > at && other < (own[i + 1] ?? trace.length)));
};

const alternatePrecedence: Test = (trace, a, b) => {
  const own = positions(trace, b);
  const others = positions(trace, a);
  return own.every((at, i) => others.some((other) => other < at && other > (own[i - 1] ?? -1)));
};

const chainResponse: Test = (trace, a, b) => positions(trace, a).every((at) => trace[at + 1] === b);
const chainPrecedence: Test = (trace, a, b) => positions(trace, b).every((at) => trace[at - 1] === a);

const both =
  (one: Test, other: Test): Test =>
  (trace, a, b) =>
    one(trace, a, b) && other(trace, a, b);

/** Whether a trace keeps a constraint; also where nothing activates it. */
export const TESTS: Readonly<Record<Template, Test>> = {
  existence: happens,
  absence: (trace, a) => positions(trace, a).length <= 1,
  "exactly-one": (trace, a) => positions(trace, a).length === 1,
  init: (trace, a) => trace[0] === a,
  end: (trace, a) => trace[trace.length - 1] === a,
  "responded-existence": (trace, a, b) => !happens(trace, a) || happens(trace, b),
  response,
  "alternate-response": alternateResponse,
  "chain-response": chainResponse,
  precedence,
  "alternate-precedence": alternatePrecedence,
  "chain-precedence": chainPrecedence,
  "co-existence": (trace, a, b) => happens(trace, a) === happens(trace, b),
  succession: both(response, precedence),
  "alternate-succession": both(alternateResponse, alternatePrecedence),
  "chain-succession": both(chainResponse, chainPrecedence),
  "not-co-existence": (trace, a, b) => !(happens(trace, a) && happens(trace, b)),
  "not-succession": (trace, a, b) =>
    !(happens(trace, a) && (positions(trace, b).at(-1) ?? -1) > positions(trace, a)[0]!),
  "not-chain-succession": (trace, a, b) => positions(trace, a).every((at) => trace[at + 1] !== b),
};
