/**
 * What a reply may contain with digits in it although it is no measurement: words of the person, names from the log,
 * ids, settings of the calls, their dates and window labels. Everything here comes from code, never from the model.
 */
import type { Answer, Fact, Message, ProposalCard, Quantity } from "../../tools/define.ts";
import type { LogBriefing, ToolOutcome } from "../model/provider.ts";
import { numbersInDigits, readings } from "./numbers.ts";

export interface Allowed {
  /** Texts that may stand as they are: names, ids, labels, dates, sentences made by code. */
  readonly phrases: readonly string[];
  /** Dates without their year or day; they may not stand beside another number, which would make another date. */
  readonly shortDates: readonly string[];
  /** The person's message: any number in it may be said back. */
  readonly personText: string;
  /** Numbers a `quoted` setting may state: those in calls' inputs and in tools' own sentences. */
  readonly settings: readonly number[];
}

export interface AllowedSources {
  readonly text: string;
  readonly language: string;
  readonly zone: string;
  readonly now: Date;
  readonly outcomes: readonly ToolOutcome[];
  /** What the reply may refer to: their queries and hashes may be shown, how many rows they rest on may be quoted. */
  readonly facts: readonly Fact[];
  readonly logs: readonly LogBriefing[];
  readonly proposals: readonly ProposalCard[];
  /** Limits of the tenant's KPIs, seconds. */
  readonly limits: readonly number[];
}

const hasDigit = (text: string): boolean => /[\p{Nd}\p{No}\p{Nl}]/u.test(text);

/** Every string and number anywhere in a JSON value. */
function leaves(value: unknown, strings: string[], numbers: number[]): void {
  if (typeof value === "string") strings.push(value);
  else if (typeof value === "number") numbers.push(value);
  else if (Array.isArray(value)) for (const item of value) leaves(item, strings, numbers);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      strings.push(key);
      leaves(item, strings, numbers);
    }
  }
}

const isQuantity = (value: object): value is Quantity => "quantity" in value;

function fromMessage(message: Message, strings: string[], numbers: number[]): void {
  numbers.push(...numbersInDigits(message.text).flatMap((span) => readings(span.text)));
  for (const value of Object.values(message.values ?? {})) {
    if (typeof value === "string") strings.push(value);
    else if (isQuantity(value)) numbers.push(value.quantity);
  }
}

const messagesOf = (answer: Answer): Message[] => [
  answer.headline,
  ...answer.assumptions,
  ...(answer.notes ?? []),
  ...(answer.next === undefined ? [] : [answer.next.label, { text: "", values: { ask: answer.next.ask } }]),
];

function fromOutcome(outcome: ToolOutcome, strings: string[], numbers: number[]): void {
  leaves(outcome.input, strings, numbers);
  if (outcome.kind === "problem") strings.push(outcome.title, outcome.detail, outcome.remedy ?? "");
  if (outcome.kind === "proposal") fromProposal(outcome.proposal, strings, numbers);
  if (outcome.kind !== "result") return;
  for (const message of messagesOf(outcome.result.answer)) fromMessage(message, strings, numbers);
  for (const suggestion of outcome.result.suggests ?? []) {
    fromMessage(suggestion.why, strings, numbers);
    leaves(suggestion.input, strings, numbers);
  }
}

/** Sentences of the tools that have no holes: whatever numerals they have in another language, code wrote them. */
export const wholeSentences = (outcomes: readonly ToolOutcome[]): string[] =>
  outcomes.flatMap((outcome) =>
    outcome.kind === "result"
      ? messagesOf(outcome.result.answer).flatMap(({ text, values }) =>
          text !== "" && Object.keys(values ?? {}).length === 0 && !/\{\w+\}/u.test(text) ? [text] : [],
        )
      : [],
  );

function fromProposal(card: ProposalCard, strings: string[], numbers: number[]): void {
  strings.push(card.id, card.digest, card.digest.slice(0, 8), card.digest.slice(0, 12));
  strings.push(card.summary, card.policy, card.preview.summary, card.preview.why);
  strings.push(...card.preview.risks, card.preview.undo.how);
  leaves(card.input, strings, numbers);
}

/** A log's names; one that is a bare number would excuse every such number, so it has to stand in a call's input. */
function fromLog(log: LogBriefing, strings: string[]): void {
  const { activities, attributes } = log.vocabulary;
  const names = [
    log.id,
    log.name,
    ...activities.map(({ name }) => name),
    ...attributes.flatMap(({ name, values }) => [name, ...values]),
  ];
  strings.push(...names.filter((name) => /\p{L}/u.test(name)));
}

const isoInstant = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

const wholeDates: readonly Intl.DateTimeFormatOptions[] = [
  ...(["full", "long", "medium", "short"] as const).map((dateStyle) => ({ dateStyle })),
  ...(["long", "medium", "short"] as const).map((dateStyle) => ({ dateStyle, timeStyle: "short" as const })),
];
const partDates: readonly Intl.DateTimeFormatOptions[] = [
  { day: "numeric", month: "long" },
  { day: "numeric", month: "short" },
  { month: "long", year: "numeric" },
  { month: "short", year: "numeric" },
  { year: "numeric" },
];

/** Formatters are costly to make: one for each way to write a date, in the reply's language, the zone and UTC. */
function formatters(
  styles: readonly Intl.DateTimeFormatOptions[],
  { language, zone }: AllowedSources,
): Intl.DateTimeFormat[] {
  const zones = zone === "UTC" ? ["UTC"] : [zone, "UTC"];
  const languages = language.startsWith("en") ? ["en-GB", "en-US"] : [language];
  return zones.flatMap((timeZone) =>
    languages.flatMap((locale) =>
      styles.map((style) => new Intl.DateTimeFormat(locale, { ...style, timeZone })),
    ),
  );
}

const spellings = (instant: Date, formats: readonly Intl.DateTimeFormat[]): string[] =>
  formats.map((format) => format.format(instant));

function isoSpellings(instant: Date): string[] {
  const iso = instant.toISOString();
  return [iso, iso.slice(0, 10), iso.slice(0, 16).replace("T", " ")];
}

/** The dates of calls and logs; a call's may be the end of a window that is not in it, so the instant before counts too. */
function datesIn(strings: readonly string[], sources: AllowedSources): Date[] {
  const given = strings.filter((text) => isoInstant.test(text)).map((text) => Date.parse(text));
  const logDates = sources.logs.flatMap(({ first, last }) => [first, last]);
  const fixed = logDates.flatMap((text) => (text === null ? [] : [Date.parse(text)]));
  const all = [...fixed, ...given.flatMap((at) => [at, at - 1])];
  const known = [...new Set(all.filter((at) => !Number.isNaN(at)))];
  return known.slice(0, 200).map((at) => new Date(at));
}

/** A sentence as it is, and as a part of another one: without its full stop, its first letter large or small. */
function asClause(text: string): string[] {
  const bare = text.replace(/[.!?…]+$/u, "");
  const first = [...bare][0] ?? "";
  const rest = bare.slice(first.length);
  return [text, bare, first.toLowerCase() + rest, first.toUpperCase() + rest];
}

const longestFirst = (texts: Iterable<string>): string[] =>
  [...new Set(texts)].filter(hasDigit).sort((a, b) => b.length - a.length);

/** Collects what this turn allows. */
export function allowedIn(sources: AllowedSources): Allowed {
  const strings: string[] = [sources.zone];
  const settings: number[] = [...sources.limits];
  for (const outcome of sources.outcomes) fromOutcome(outcome, strings, settings);
  for (const { id, hash, label, sql, rows } of sources.facts) {
    strings.push(id, hash, label, sql ?? "");
    settings.push(rows);
  }
  for (const proposal of sources.proposals) fromProposal(proposal, strings, settings);
  // "12 proposals are waiting": how many there are is known from the rows, like all that stands in them.
  settings.push(sources.proposals.filter(({ state }) => state === "pending").length);
  for (const log of sources.logs) fromLog(log, strings);
  const dates = datesIn(strings, sources);
  const written = formatters(wholeDates, sources);
  const shortened = formatters(partDates, sources);
  const whole = [sources.now, ...dates].flatMap((at) => [...spellings(at, written), ...isoSpellings(at)]);
  return {
    phrases: longestFirst([...strings.flatMap(asClause), ...whole]),
    shortDates: longestFirst(dates.flatMap((at) => spellings(at, shortened))),
    personText: sources.text,
    settings: [...new Set(settings)],
  };
}
