/** A language's words for time, compiled for the windows grammar. */
import type { Holiday, Language, Phrases, TimeUnit } from "../languages/language.ts";
import { phrases, stems } from "../text/lexicon.ts";
import type { Token } from "../text/utterance.ts";

type Numbered =
  | `month-${number}`
  | `weekday-${number}`
  | `quarter-${number}`
  | `half-${number}`
  | `part-${number}`;
type Named =
  | "today"
  | "yesterday"
  | "dayBeforeYesterday"
  | "last"
  | "beforeLast"
  | "current"
  | "ago"
  | "since"
  | "before"
  | "after"
  | "until"
  | "between"
  | "to"
  | "in"
  | "of"
  | "calendarWeek";
type Fused = `${"beforeLast" | "last" | "current"}-${TimeUnit}`;
export type TimeClass =
  | Named
  | Numbered
  | TimeUnit
  | Fused
  | `holiday-${Holiday}`
  | `mark-${"year" | "month" | "day" | "week"}`
  | "ordinalPrefix";

export interface TimeLexicon {
  /** How many tokens from `at` on belong to the class; 0 for none. */
  match(tokens: readonly Token[], at: number, name: TimeClass): number;
  /** False where no window can be: there is neither a figure nor a word for a time or its units. */
  speaksOfTime(tokens: readonly Token[]): boolean;
  readonly articles: ReadonlySet<string>;
  isConjunction(token: Token): boolean;
  isDoubtful(token: Token): boolean;
  /** The word is a number too ("dez" is ten and short for December). */
  isNumber(token: Token): boolean;
  /** The number at `at` is followed by a unit or preceded by a comparison: an amount, not a year. */
  isAmount(tokens: readonly Token[], at: number): boolean;
}

/** Words that make a window only together with others. */
const together: readonly Named[] = [
  "last",
  "beforeLast",
  "current",
  "ago",
  "since",
  "before",
  "after",
  "until",
  "between",
  "to",
  "in",
  "of",
];
const joining: ReadonlySet<string> = new Set(together);
const named: readonly Named[] = ["today", "yesterday", "dayBeforeYesterday", ...together, "calendarWeek"];

const cache = new WeakMap<Language, TimeLexicon>();

export function timeLexicon(language: Language): TimeLexicon {
  let found = cache.get(language);
  if (!found) {
    found = compile(language);
    cache.set(language, found);
  }
  return found;
}

/** A month or weekday in all forms that Intl has for it, by itself and inside a date, without full stops. */
function calendarNames(language: Language, part: "month" | "weekday", date: number): string[] {
  const forms = (["long", "short"] as const).flatMap((width) =>
    [{ [part]: width }, { [part]: width, day: "numeric" as const }].map((options) =>
      new Intl.DateTimeFormat(language.code, { ...options, timeZone: "UTC" })
        .formatToParts(date)
        .find(({ type }) => type === part),
    ),
  );
  const names = forms.map((form) => (form?.value ?? "").toLowerCase().replaceAll(".", ""));
  return [...new Set(names)].filter((name) => /^\p{L}{2,}/u.test(name));
}

/** January first. */
const monthNames = (language: Language): Phrases[] =>
  language.time.months.map((own, month) =>
    [own, ...calendarNames(language, "month", Date.UTC(2026, month, 5))].join(", "),
  );

/** Monday first. */
const weekdayNames = (language: Language): Phrases[] =>
  language.time.weekdays.map((own, day) =>
    [own, ...calendarNames(language, "weekday", Date.UTC(2026, 5, 1 + day))].join(", "),
  );

/** Stems of what is only written in three letters or fewer: "dic" is December and "dices" is not. */
function onlyShort(list: Phrases, language: Language): ReadonlySet<string> {
  const stemOf = (phrase: string): string => stems(phrase, language).join(" ");
  const long = new Set(phrases(list).flatMap((phrase) => (phrase.length > 3 ? [stemOf(phrase)] : [])));
  return new Set(
    phrases(list)
      .map(stemOf)
      .filter((stem) => !long.has(stem)),
  );
}

function compile(language: Language): TimeLexicon {
  const classes = new Map<TimeClass, ReadonlyMap<string, readonly (readonly string[])[]>>();
  const shortened = new Map<TimeClass, ReadonlySet<string>>();
  const put = (name: TimeClass, list: Phrases): void => {
    const compiled = phrases(list)
      .map((phrase) => stems(phrase, language))
      .filter((parts) => parts.length > 0);
    if (/^(?:month|weekday)-/u.test(name)) shortened.set(name, onlyShort(list, language));
    const sorted = compiled.sort((left, right) => right.length - left.length);
    classes.set(
      name,
      Map.groupBy(sorted, (parts) => parts[0]!),
    );
  };
  const { time } = language;
  for (const name of named) put(name, time[name]);
  for (const unit of Object.keys(time.units) as TimeUnit[]) put(unit, time.units[unit]);
  for (const [name, lists] of [
    ["month", monthNames(language)],
    ["weekday", weekdayNames(language)],
    ["quarter", time.quarters],
    ["half", time.halves],
    ["part", (time.monthParts ?? []).map(({ words }) => words)],
  ] as const) {
    for (const [index, list] of lists.entries()) put(`${name}-${index + 1}` as TimeClass, list);
  }
  for (const [name, list] of Object.entries(time.fused)) put(name as Fused, list);
  for (const [name, list] of Object.entries(time.holidays)) put(`holiday-${name as Holiday}`, list);
  for (const [name, list] of Object.entries(time.marks)) put(`mark-${name as "day"}`, list);
  put("ordinalPrefix", time.ordinalPrefix ?? "");
  const recurring = new Set(phrases(time.recurring));
  /** "le lundi", "ogni venerdì": one of many, unless a date or a word for the last one follows ("le lundi 3 mars"). */
  const recurs = (tokens: readonly Token[], at: number): boolean => {
    const { lower } = tokens[at]!;
    if (recurring.has(lower)) return true;
    const next = tokens[at + 1];
    const dated = next !== undefined && (/\p{N}/u.test(next.lower) || isNamed(tokens, at + 1));
    return !dated && recurring.has(`${tokens[at - 1]?.lower ?? ""} ${lower}`);
  };
  const isNamed = (tokens: readonly Token[], at: number): boolean =>
    (["last", "beforeLast", "current"] as const).some((name) => match(tokens, at, name) > 0);
  const match = (tokens: readonly Token[], at: number, name: TimeClass): number => {
    const first = tokens[at];
    if (first === undefined) return 0;
    for (const parts of classes.get(name)?.get(first.stem) ?? []) {
      const found = parts.every((part, offset) => tokens[at + offset]?.stem === part);
      if (found && !(shortened.get(name)?.has(parts.join(" ")) && first.lower.length > 4))
        return recurs(tokens, at) ? 0 : parts.length;
    }
    return 0;
  };
  const times = new Set(
    [...classes].flatMap(([name, phrases]) => (joining.has(name) ? [] : [...phrases.keys()])),
  );
  const conjunctions = new Set(phrases(language.conjunctions));
  const comparators = Object.values(language.comparators)
    .flatMap(phrases)
    .map((phrase) => phrase.split(" "));
  const compares = (tokens: readonly Token[], end: number): boolean =>
    comparators.some((words) =>
      words.every((word, offset) => tokens[end - words.length + offset]?.lower === word),
    );
  const doubtful = new Set(phrases(time.doubtful));
  return {
    match,
    speaksOfTime: (tokens) => tokens.some(({ stem, lower }) => times.has(stem) || /\p{N}/u.test(lower)),
    articles: new Set(phrases(time.articles)),
    isConjunction: (token) => conjunctions.has(token.lower),
    isDoubtful: (token) => doubtful.has(token.lower),
    isNumber: (token) => Object.hasOwn(language.numbers.values, token.lower),
    isAmount: (tokens, at) => {
      const after = tokens[at + 1]?.lower ?? "";
      const unit =
        Object.hasOwn(language.numbers.durations, after) || Object.hasOwn(language.numbers.currencies, after);
      return unit || (compares(tokens, at) && match(tokens, at - 1, "since") === 0);
    },
  };
}
