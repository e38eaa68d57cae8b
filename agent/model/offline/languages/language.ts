/**
 * What the planner knows of a language: data only. A new language is one file of this shape, listed in `index.ts`.
 */
import type { Metric } from "../../../../tools/define.ts";
import type { statistics } from "../../../../tools/inputs.ts";

export type Statistic = (typeof statistics)[number];
export type TimeUnit = "day" | "week" | "month" | "quarter" | "year";
export type Comparator = "=" | "!=" | ">" | ">=" | "<" | "<=";

/** Ideas that words of any language stand for; tools' English examples and a person's words meet in them. */
export const concepts = [
  "case",
  "activity",
  "process",
  "map",
  "variant",
  "bottleneck",
  "wait",
  "work",
  "slow",
  "fast",
  "late",
  "sla",
  "cause",
  "compare",
  "up",
  "down",
  "bad",
  "good",
  "trend",
  "log",
  "quality",
  "profile",
  "rule",
  "draft",
  "simulate",
  "publish",
  "optimise",
  "staff",
  "budget",
  "what-if",
  "skip",
  "automate",
  "watch",
  "promise",
  "connector",
  "failure",
  "act",
  "approval",
  "decide",
  "proposal",
  "diff",
  "affected",
  "undo",
  "requester",
  "expiry",
  "ledger",
  "cost",
  "health",
  "rework",
  "noise",
  "loop",
  "count",
  "duration",
  "list",
  "import",
  "export",
  "model-file",
  "predict",
  "evaluate",
  "memory",
  "delegate",
  "credential",
  "backup",
  "personal-data",
  "unmask",
  "person",
  "team",
  "handover",
  "calendar",
  "evidence",
  "conformance",
  "deviating",
  "drift",
  "dots",
  "cluster",
  "unwritten",
  "ordering",
  "four-eyes",
  "repair",
  "filter",
  "waiting-kind",
  "clock",
  "load",
  "effort",
  "simplify",
  "attribute",
  "distribution",
  "fix",
  "completed",
  "standing",
  "cancel",
  "contradict",
  "setting",
  "money",
  "spending",
  "stop",
] as const;
export type Concept = (typeof concepts)[number];

/** What is said to a person rather than asked of a tool. */
export const moveNames = [
  "greeting",
  "thanks",
  "help",
  "identity",
  "off-topic",
  "assent",
  "go-ahead",
  "correction",
  "addition",
  "pretend",
  "withdraw",
  "why",
  "goodbye",
] as const;
export type MoveName = (typeof moveNames)[number];

/** Classes of words in expressions of time. */
/** Words and phrases, separated by commas; compiled once (lexicon.ts). */
export type Phrases = string;

export interface TimeWords {
  readonly today: Phrases;
  readonly yesterday: Phrases;
  readonly dayBeforeYesterday: Phrases;
  readonly last: Phrases;
  readonly current: Phrases;
  readonly ago: Phrases;
  readonly since: Phrases;
  readonly before: Phrases;
  readonly after: Phrases;
  readonly until: Phrases;
  readonly between: Phrases;
  readonly to: Phrases;
  readonly in: Phrases;
  readonly of: Phrases;
  readonly calendarWeek: Phrases;
  readonly quarters: readonly Phrases[];
  readonly halves: readonly Phrases[];
  /** Month and weekday words that also mean something else ("may"). */
  readonly doubtful: Phrases;
  readonly articles: Phrases;
  readonly units: Readonly<Record<TimeUnit, Phrases>>;
  /** January first. */
  readonly months: readonly Phrases[];
  /** Monday first. */
  readonly weekdays: readonly Phrases[];
  /** "on Mondays": every one of them, so no window. */
  readonly recurring: Phrases;
  /** "per week", "weekly". */
  readonly every: Readonly<Record<TimeUnit, Phrases>>;
  /** 12.10. is 12 October (`day-month`) or 10 December. Applies to dates with slashes. */
  readonly slashes: "day-month" | "month-day";
}

export interface NumberWords {
  readonly decimal: "." | ",";
  readonly values: Readonly<Record<string, number>>;
  readonly ordinals: Readonly<Record<string, number>>;
  readonly magnitudes: Readonly<Record<string, number>>;
  /** Words of a duration's unit → seconds. */
  readonly durations: Readonly<Record<string, number>>;
  readonly currencies: Readonly<Record<string, string>>;
  readonly percent: Phrases;
}

export interface Language {
  readonly code: string;
  readonly name: string;
  /** Frequent words that carry no content; they also name the language of a text. */
  readonly functionWords: string;
  /** Endings that inflection adds: [ending, what replaces it, letters that must remain]. Longest first. */
  readonly endings: readonly (readonly [string, string, number])[];
  /** Endings that make another word of a root ("deliver-y"): such a word is not a misspelling. */
  readonly derivations: Phrases;
  readonly doubledConsonants: boolean;
  /** Parts of compounds are looked up on their own ("Bonitätsprüfung"). */
  readonly compounds: boolean;
  readonly concepts: Readonly<Partial<Record<Concept, Phrases>>>;
  readonly metrics: Readonly<Record<Metric, Phrases>>;
  readonly statistics: Readonly<Record<Statistic, Phrases>>;
  readonly comparators: Readonly<Record<Comparator, Phrases>>;
  /** Before a value: leave it out. */
  readonly exclude: Phrases;
  /** Before a value or activity: only cases with it. */
  readonly include: Phrases;
  /** Before an activity: only cases in which it happens. */
  readonly having: Phrases;
  /** Words that a question begins with. */
  readonly questions: Phrases;
  readonly groupBy: Phrases;
  readonly versus: Phrases;
  /** "the rest", "others". */
  readonly rest: Phrases;
  readonly pronouns: Phrases;
  readonly superlatives: Phrases;
  readonly conjunctions: Phrases;
  /** Words that a request begins with, after "and". */
  readonly requests: Phrases;
  /** Words that a choice is made with ("use the loan log"). */
  readonly choosing: Phrases;
  /** Words that a question for yes or no begins with. */
  readonly yesNo: Phrases;
  /** Words that compare without saying with what. */
  readonly comparatives: Phrases;
  /** Words that put people in an order. */
  readonly ranks: Phrases;
  /** Words that pick some of them ("which clerks", "per person"). */
  readonly picks: Phrases;
  /** Words that make a rule of a sentence ("whenever"). */
  readonly conditions: Phrases;
  /** "more than a day" is more than one. */
  readonly indefinite: Phrases;
  /** "our", "my". */
  readonly possessives: Phrases;
  /** Words that options of tools' inputs are asked for with ("slowest" → duration). */
  readonly options: Readonly<Record<string, Phrases>>;
  /** Words that mean a word of logs' names: demonyms, and business words of other languages ("Bonität" → credit). */
  readonly business: Readonly<Record<string, string>>;
  readonly numbers: NumberWords;
  readonly time: TimeWords;
  readonly moves: Readonly<Record<MoveName, Phrases>>;
  /** Translations of messages by their English text; none for English. */
  readonly messages: Readonly<Record<string, string>>;
}
