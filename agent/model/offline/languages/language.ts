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

/** Words that one place of the grammar looks for; each list may be empty where a language says it otherwise. */
export const wordLists = [
  /** "should": what ought to be done is no ranking of people. */
  "obligation",
  /** "which", before what is told apart. */
  "which",
  /** Joins two attributes to group by ("and", "then by"). */
  "also-by",
  /** "starting", beside a step. */
  "starts",
  /** "ending", beside a step. */
  "ends",
  /** Between "starting" and the step ("with", "in"). */
  "with-step",
  /** "followed by", between two steps. */
  "followed-by",
  "directly",
  "never",
  /** Before a length of time that is an upper bound ("within"). */
  "within",
  /** Before what cases are left out by: "leaving aside the rejected ones". */
  "leaving-out",
  /** "those", of cases: "without those that were rejected". */
  "those",
  /** After it: "… left out". */
  "left-out",
  /** Before a step that is not there: "without". */
  "lacking",
  /** Before a step that did not happen: "haven't been paid", "yet to be shipped". */
  "not-done",
  /** "ever", in a question whether something happens against the order. */
  "ever",
  /** "always", "every". */
  "always",
  /** A figure before it says how often ("3x", "three times"). */
  "times",
  /** A figure beside it says into how many ranges ("4 buckets"). */
  "bins",
  /** A figure after it says how many of the most frequent ("top 10"). */
  "top",
  /** After an attribute to group by ("branch-wise"). */
  "wise",
  /** Before the word for a state, which is no step: "stay open", "still open". */
  "staying",
  /** "sample of", before a number. */
  "sample",
  /** "noise", "noise threshold", beside a number. */
  "noise",
  /** Durations around the clock, though a calendar is spoken of ("calendar days"). */
  "calendar-time",
  /** Beside what is given up for something else of its kind: "median instead of the mean", "平均じゃなくて中央値". */
  "instead-of",
  /** Begins the condition of a rule ("whenever"). */
  "whenever",
  "departments",
  /** "filter", "restriction". */
  "filters",
  /** "which", "show", "list": asks what the filters are. */
  "filter-shows",
  "filter-undoes",
  "filter-clears",
  "filter-removes",
  /** "date", "period": the filter on time. */
  "filter-time",
  /** With a unit: one before what was spoken of ("the week before", "earlier"). */
  "earlier",
  /** With a unit: one after it ("a week later"). */
  "afterwards",
  /** "last", before "filter" or "one". */
  "latest",
  /** "one", after "the last". */
  "one",
  /** "came in", of cases: a window beside it says when they began. */
  "arriving",
  /** "open", of cases that have not ended. */
  "open-cases",
  /** "how much": an amount is asked for. */
  "how-much",
  /** "big", "expensive", "recent": of cases, by a line that somebody has to draw. In all their forms, as they are written. */
  "undrawn",
  /** "the most", "the fewest", before what is counted. */
  "most",
  /** "add", "hire", before people: more of them do the work. */
  "adding",
  /** "less", "shorter", beside a share: that much of a time is saved. */
  "less",
] as const;
export type WordList = (typeof wordLists)[number];

/** Words and phrases, separated by commas; compiled once (lexicon.ts). */
export type Phrases = string;

export const holidays = ["easter", "pentecost", "christmas", "new-year"] as const;
export type Holiday = (typeof holidays)[number];

/** Classes of words in expressions of time. */
export interface TimeWords {
  readonly today: Phrases;
  readonly yesterday: Phrases;
  readonly dayBeforeYesterday: Phrases;
  readonly last: Phrases;
  /** Before or after a unit: the one before the last ("vorletzte Woche"). */
  readonly beforeLast: Phrases;
  readonly current: Phrases;
  /** One word for both: "先週" is the last week, "heuer" this year. */
  readonly fused: Readonly<Partial<Record<`${"beforeLast" | "last" | "current"}-${TimeUnit}`, Phrases>>>;
  readonly holidays: Readonly<Record<Holiday, Phrases>>;
  /** After a number of a year, month, day or week where they are so written ("2026年10月12日", "第12週"). */
  readonly marks: Readonly<Record<"year" | "month" | "day", Phrases>> & { readonly week?: Phrases };
  /** Before a number that has a mark after it, where the pair makes a place in an order ("第12週"). */
  readonly ordinalPrefix?: Phrases;
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
  /** Parts of a month by their days, the last day being open ("6月下旬", "w drugiej połowie czerwca"). */
  readonly monthParts?: readonly {
    readonly words: Phrases;
    readonly first: number;
    readonly last: number | null;
  }[];
  /** Month and weekday words that also mean something else ("may"). */
  readonly doubtful: Phrases;
  readonly articles: Phrases;
  readonly units: Readonly<Record<TimeUnit, Phrases>>;
  /** January first; what Intl does not know: abbreviations without a full stop, other cases. */
  readonly months: readonly Phrases[];
  /** Monday first; what Intl does not know. */
  readonly weekdays: readonly Phrases[];
  /** "on Mondays": every one of them, so no window. */
  readonly recurring: Phrases;
  /** "per week", "weekly". */
  readonly every: Readonly<Record<TimeUnit, Phrases>>;
  /** "la semana pasada": which one is said after the unit as well. */
  readonly adjectiveAfter: boolean;
  /** 12.10. is 12 October (`day-month`) or 10 December. Applies to dates with slashes. */
  readonly slashes: "day-month" | "month-day";
}

export interface NumberWords {
  readonly decimal: "." | ",";
  readonly values: Readonly<Record<string, number>>;
  readonly ordinals: Readonly<Record<string, number>>;
  /** What follows the figure of an ordinal ("12th"). */
  readonly ordinalEndings: Phrases;
  /** Parts of a whole: "third", "Viertel". */
  readonly fractions: Readonly<Record<string, number>>;
  readonly magnitudes: Readonly<Record<string, number>>;
  /** Words of a duration's unit → seconds. */
  readonly durations: Readonly<Record<string, number>>;
  readonly currencies: Readonly<Record<string, string>>;
  readonly percent: Phrases;
  /** After a figure: tenths of a whole ("3割" is 30 %). */
  readonly tenths?: Phrases;
  /** After a unit: and half of it ("2時間半" is 2.5 hours). */
  readonly half?: Phrases;
}

/**
 * A counted noun's forms, by Intl's plural categories; `other` where a category has none. The figure stands before it, or
 * where `{n}` is ("{n}件").
 */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }>;

/** What tells a language from others: small, and always loaded. */
export interface Profile {
  /** BCP 47. */
  readonly code: string;
  /** In the language itself. */
  readonly name: string;
  /** Frequent words that carry no content; they also name the language of a text. */
  readonly functionWords: string;
  /** Sequences of letters that are frequent here and rare in the others; `_` is the edge of a word ("ung_", "sch"). */
  readonly traits: Phrases;
  /** Words are written without spaces, in this script. */
  readonly script: RegExp | null;
  /** Letters of the script that nearly each text of the language has, and no other language. */
  readonly own?: RegExp;
}

/** How sentences are built where that differs from English. */
interface Order {
  /** Particles that part from their verb and stand at the end ("räum … auf"): the verb is looked up with them. */
  readonly separable?: Phrases;
  /** Stands between such a particle and its verb ("wegzulassen"). */
  readonly infinitive?: string;
  /** Words of the other lists that stand after what they are about ("ドイツを除く", "3月以降", "5日より長い"). */
  readonly postpositions?: Phrases;
  /** Question words stand where the answer would stand, not first ("待ち時間はどこで長い？"). */
  readonly questionsInPlace?: boolean;
  /** Characters that are read as others ("訂" as "订"), one for one. */
  readonly variants?: Readonly<Record<string, string>>;
}

export interface Language extends Profile, Order {
  /** Endings that inflection adds: [ending, what replaces it, letters that must remain]. Longest first. */
  readonly endings: readonly (readonly [string, string, number])[];
  /** Endings that make another word of a root ("deliver-y"): such a word is not a misspelling. */
  readonly derivations: Phrases;
  /** Words that keep their endings: without them they would be the same as words that mean something else. */
  readonly distinct?: Phrases;
  /** Words that nothing but an accent tells apart from others, as they are written ("bouclé" is done, "boucle" is a loop). */
  readonly accented?: Phrases;
  readonly doubledConsonants: boolean;
  /** Parts of compounds are looked up on their own ("Bonitätsprüfung"). */
  readonly compounds: boolean;
  /** Letters that join the parts of compounds. */
  readonly linkingElements: Phrases;
  /** Nouns begin with capitals, so a capital says nothing about a name. */
  readonly capitalisedNouns: boolean;
  /** What may stand after an apostrophe and is no word ("don't"). */
  readonly clitics: Phrases;
  /** A verb with the pronoun of its object written onto it, as a regular expression ("compáralos"). */
  readonly enclitic?: string;
  readonly words: Readonly<Record<WordList, Phrases>>;
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
  /** Verbs that a verdict on something left out is asked with: "¿está retrasado?", where English needs "it". */
  readonly subjectless?: Phrases;
  /** "、" lists things, and does not part requests. */
  readonly listComma?: true;
  /** Words that decide where nothing else is said ("承認"), and are names or parts of them where more is. */
  readonly decidesAlone?: Phrases;
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
  /**
   * Words for the English ones that logs' names are made of: "Bonitätsprüfung" → "credit check", "deutsch" → "germany".
   * Several English ones are separated by commas. The names of countries come from Intl.
   */
  readonly business: Readonly<Record<string, Phrases>>;
  readonly numbers: NumberWords;
  readonly time: TimeWords;
  readonly moves: Readonly<Record<MoveName, Phrases>>;
  /** What people say for each tool, by the tool's name; English has them in the tools' own files. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
  /** Translations of messages by their English text; none for English. */
  readonly messages: Readonly<Record<string, string>>;
  /** Counted nouns by their English plural; none for English. */
  readonly nouns: Readonly<Record<string, Forms>>;
}

/** What a text is read by; what is said in the language is loaded apart from it, when something is said. */
export type Grammar = Omit<Language, "examples" | "messages" | "nouns">;

/** What figures, amounts, time and turns of a talk are called: a language's `words.ts`. */
export type Words = Pick<
  Language,
  "metrics" | "statistics" | "comparators" | "options" | "business" | "numbers" | "time" | "moves" | "words"
>;
