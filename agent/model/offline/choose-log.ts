/**
 * The log that a text is about: one that it names, the one that "which log?" was answered with, the one that the
 * person has switched to before, the only one that has what the text names; else the thread's.
 */
import type { Message } from "../../../tools/define.ts";
import type { Briefing, LogBriefing } from "../provider.ts";
import type { Concept, Language } from "./languages/language.ts";
import { isLogWord, type LogMention, logMentions, withoutMention, withoutName } from "./link/log-names.ts";
import { read } from "./link/read.ts";
import { linksOf } from "./link/reading.ts";
import { vocabularyIndex } from "./link/vocabulary/index.ts";
import type { ChosenLog } from "./plan.ts";
import type { PlannerState } from "./state.ts";
import { lexiconOf, phrases, senses } from "./text/lexicon.ts";
import { inside, type Span, type Token, type Utterance, utterance } from "./text/utterance.ts";

export interface LogChoice {
  /** Without the words that name the log. */
  readonly text: string;
  /** With the log that is meant. */
  readonly briefing: Briefing;
  /** Null: the thread's own. */
  readonly chosen: ChosenLog | null;
  /** The text names a log and says nothing else. */
  readonly only: boolean;
  /** Said beside the answer. */
  readonly note: Message | null;
}

export function chooseLog(
  text: string,
  language: Language,
  briefing: Briefing,
  state: PlannerState,
): LogChoice {
  const thread = briefing.log?.id ?? null;
  const current = switchedBefore(briefing, state) ?? briefing.log;
  const said = utterance(text, language);
  const mentions = logMentions(text, language, briefing.logs).filter(
    (mention) => counts(mention, said, current) && !isInLongerName(mention, said),
  );
  const named = onlyLog(mentions) ?? answered(said, briefing, state);
  const log = named ?? current ?? onlyOneThatHas(said, briefing);
  const own = mentions.filter((mention) => mention.log === named);
  return {
    text: named ? withoutNames(said, own, { ...briefing, log }) : text,
    briefing: { ...briefing, log },
    chosen: log && log.id !== thread ? { id: log.id, over: thread } : null,
    only: named !== null && saysOneName(own) && saysNothingElse(said, own.find(({ sure }) => sure) ?? own[0]),
    note: noteOf(log, current, named),
  };
}

/** "and for the orders in order-to-cash?": of several words for it at most one is its name. */
const saysOneName = (mentions: readonly LogMention[]): boolean =>
  mentions.filter(({ sure }) => sure).length === 1 || mentions.length <= 1;

/** The words have switched the log before, and nobody has chosen another since. */
function switchedBefore(briefing: Briefing, { log }: PlannerState): LogBriefing | null {
  if (log === null || log.over !== (briefing.log?.id ?? null)) return null;
  return briefing.logs.find(({ id }) => id === log.id) ?? null;
}

/** A common word ("loans") is a log's name where no log is chosen, or where the chosen one knows no such thing. */
function counts(mention: LogMention, said: Utterance, current: LogBriefing | null): boolean {
  if (mention.sure || current === null) return true;
  const token = said.tokens[mention.from]!;
  const { entries } = lexiconOf(said.language);
  const isCase = entries.get(token.stem)?.some(({ value }) => value === "case") ?? false;
  const own = logMentions(token.text, said.language, [current]).length > 0;
  return isCase && !own && !vocabularyIndex(current, said.language).byStem.has(token.stem);
}

/** "a copy called "helpdesk clean"": a part of a quotation names another thing than the log. */
const isInLongerName = (mention: LogMention, { quotes }: Utterance): boolean =>
  quotes.some((quote) => inside(mention, quote) && mention.end - mention.start < quote.end - quote.start - 2);

/** The one that is surely named; else the only one that may be. */
function onlyLog(mentions: readonly LogMention[]): LogBriefing | null {
  const sure = new Set(mentions.filter((mention) => mention.sure).map(({ log }) => log));
  const all = new Set(mentions.map(({ log }) => log));
  const meant = sure.size > 0 ? sure : all;
  return meant.size === 1 ? [...meant][0]! : null;
}

/** "the first one", after "which log do you mean?". */
function answered(said: Utterance, briefing: Briefing, { asked }: PlannerState): LogBriefing | null {
  if (asked === null || !saysNothingElse(said)) return null;
  const place = linksOf(read(said.text, said.language, { ...briefing, log: null }), "ordinal")[0]?.position;
  if (place === undefined) return null;
  const id = asked.logs.at(place > 0 ? place - 1 : place);
  return briefing.logs.find((log) => log.id === id) ?? null;
}

/** Where no log is chosen: the only one with a name or a step that the text speaks of. */
function onlyOneThatHas(said: Utterance, briefing: Briefing): LogBriefing | null {
  const having = briefing.logs.filter((log) => speaksOf(said, briefing, log));
  return having.length === 1 ? having[0]! : null;
}

function speaksOf(said: Utterance, briefing: Briefing, log: LogBriefing): boolean {
  const index = vocabularyIndex(log, said.language);
  const { entries } = lexiconOf(said.language);
  const noun = said.tokens.some(
    ({ stem }) => index.byStem.has(stem) && entries.get(stem)?.some(({ value }) => value === "case"),
  );
  const links = linksOf(read(said.text, said.language, { ...briefing, log }), "thing");
  const lexicon = lexiconOf(said.language);
  const ofAnyLog = (link: Span): boolean =>
    said.tokens.filter((token) => inside(token, link)).every((token) => isLogWord(token, lexicon));
  return noun || links.some((link) => link.thing.kind === "activity" && link.score > 0.9 && !ofAnyLog(link));
}

const filler: readonly Concept[] = ["log", "process"];

/** Besides the name there are only words that lead to it: "and in helpdesk?", "use the loan log please". */
function saysNothingElse(said: Utterance, mention?: LogMention): boolean {
  const { functionStems } = lexiconOf(said.language);
  const goesOn = mention !== undefined && startsOver(said);
  const choosing = new Set(
    senses(said.tokens, said.language).flatMap((sense) => (goesOn ? casesOr(leading) : leading)(sense)),
  );
  const idle = (token: Token, at: number): boolean =>
    functionStems.has(token.stem) ||
    choosing.has(at) ||
    Object.hasOwn(said.language.numbers.ordinals, token.lower) ||
    (mention !== undefined && mention.from <= at && at < mention.to);
  const questions = phrases(said.language.questions);
  const asks = said.tokens.some(({ lower }) => questions.includes(lower));
  return said.tokens.every(idle) && (!asks || startsOver(said));
}

/** "what about loan?" goes on; "what is in loan?" asks. */
const startsOver = (said: Utterance): boolean =>
  senses(said.tokens, said.language).some(
    ({ meaning, from }) => from === 0 && meaning.kind === "move" && meaning.value === "addition",
  );

/** "and for the tickets in helpdesk?": the noun for its cases, too. */
const casesOr =
  (others: typeof leading): typeof leading =>
  (sense) =>
    sense.meaning.kind === "concept" && sense.meaning.value === "case"
      ? Array.from({ length: sense.to - sense.from }, (_, at) => sense.from + at)
      : others(sense);

function leading({ meaning, from, to }: ReturnType<typeof senses>[number]): number[] {
  const idle =
    (meaning.kind === "concept" && filler.includes(meaning.value)) ||
    (meaning.kind === "role" && meaning.value === "choosing") ||
    (meaning.kind === "move" && ["assent", "addition", "correction"].includes(meaning.value));
  return idle ? Array.from({ length: to - from }, (_, at) => from + at) : [];
}

/** Sure names go from the text; where nothing would be left to ask, only the name itself does. */
function withoutNames(said: Utterance, mentions: readonly LogMention[], briefing: Briefing): string {
  return [...mentions]
    .filter(({ sure }) => sure)
    .sort((left, right) => right.start - left.start)
    .reduce((text, mention) => {
      const shorter = withoutMention(text, said.language, mention);
      return asksSomething(shorter, said.language, briefing)
        ? shorter
        : withoutName(text, said.language, mention);
    }, said.text);
}

const colourless: readonly Concept[] = ["case", "list", "process", "log", "count"];
function asksSomething(text: string, language: Language, briefing: Briefing): boolean {
  const reading = read(text, language, briefing);
  return (
    [...reading.concepts].some((concept) => !colourless.includes(concept)) ||
    linksOf(reading, "metric").length > 0 ||
    linksOf(reading, "thing").length > 0
  );
}

function noteOf(
  log: LogBriefing | null,
  current: LogBriefing | null,
  named: LogBriefing | null,
): Message | null {
  if (!log || log === current) return null;
  if (!named)
    return { text: "Read in the log {log}, the only one that has this.", values: { log: log.name } };
  return current
    ? { text: "Switched from {before} to {log}.", values: { before: current.name, log: log.name } }
    : null;
}
