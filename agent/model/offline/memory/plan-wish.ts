/** From a wish to remember, define, forget or share to the calls that do it. */
import type { Briefing, Remembered } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { memoryWords } from "../languages/memory-words.ts";
import { linksOf, read } from "../link/reading.ts";
import type { Plan } from "../plan.ts";
import { stateOf } from "../state.ts";
import { phrases } from "../text/lexicon.ts";
import { fold } from "../text/stem.ts";
import { unspokenLanguage } from "../text/unspoken.ts";
import { calls, direct, type Turn } from "../turn.ts";
import { isLateness } from "./definitions.ts";
import { lastingWishIn } from "./expiry.ts";
import type { Statement, Wish } from "./wish.ts";

type Input = Readonly<Record<string, unknown>>;

/** Null where nothing of the kind is meant; the text is read in full only where it may be. */
export function remembering(language: Language, briefing: Briefing): Plan | null {
  const { text } = briefing;
  const unspoken = unspokenLanguage(text)?.code;
  const likely = [language.code, unspoken, briefing.language].flatMap((code) => code ?? []);
  const languages = [...likely, ...Object.keys(memoryWords)];
  const found = lastingWishIn(text, languages, briefing);
  if (found === null) return null;
  const reading = read(text, language, briefing);
  const turn: Turn = { reading, briefing, state: stateOf(briefing.state) };
  const call = until(callOf(found.wish, turn), found.until);
  if (call === null || !briefing.tools.some(({ name }) => name === call.tool)) return null;
  return calls(turn, [direct(call, reading.text)], { act: false });
}

type Call = { readonly tool: string; readonly input: Input };

const until = (call: Call | null, end: Date | null): Call | null =>
  call === null || end === null ? call : { ...call, input: { ...call.input, until: end.toISOString() } };

function callOf(wish: Wish, turn: Turn): { tool: string; input: Input } | null {
  switch (wish.kind) {
    case "list":
      return { tool: "memory.list", input: {} };
    case "recall":
      return { tool: "memory.recall", input: { words: wish.words } };
    case "remember":
      return { tool: "memory.remember", input: wish.what === null ? {} : statement(wish.what, turn) };
    case "define":
      return defining(wish.what, turn);
    case "forget":
      return forgetting(wish.what, turn);
    case "share":
      return sharing(wish, turn);
  }
}

/** What begins like a condition or a question defines nothing, and a rule is no preference. */
function defining(what: Statement, turn: Turn): { tool: string; input: Input } | null {
  const { reading } = turn;
  const conditional = phrases(reading.language.conditions).includes(reading.tokens[0]?.lower ?? "");
  const asks =
    conditional ||
    reading.senses.some(
      ({ meaning, from }) => from === 0 && meaning.kind === "role" && meaning.value === "question",
    );
  if (what.term !== undefined && (!asks || /^(?:when|if)\b/iu.test(what.text)))
    return { tool: "memory.define", input: statement(what, turn) };
  const input = statement(what, turn);
  const structured = Object.keys((input["meaning"] as object | undefined) ?? {}).length > 0;
  return structured && input["kind"] === "preference" ? { tool: "memory.define", input } : null;
}

function statement(what: Statement, turn: Turn): Input {
  const { text, term, meaning } = what;
  if (term !== undefined && meaning !== undefined)
    return { text, kind: "definition", term, meaning: measureOf(term, meaning, turn) };
  if (what.language !== undefined)
    return { text, kind: "preference", term: "language", meaning: { language: what.language } };
  const { briefing, reading } = turn;
  const own = read(text, reading.language, briefing);
  if (what.always === true && own.concepts.has("calendar"))
    return { text, kind: "preference", term: "calendar", meaning: { calendar: "business hours" } };
  const kpi = linksOf(own, "kpi")[0]?.name;
  if (kpi !== undefined && own.tokens.length <= 6)
    return { text, kind: "pinned-kpi", term: kpi, meaning: { kpi } };
  return { text, kind: what.always === true ? "preference" : "note" };
}

/** What late is measured by, where the words name a date of the case or a length of time; else the words themselves. */
function measureOf(term: string, meaning: string, { briefing, reading }: Turn): Input {
  const said = read(meaning, reading.language, briefing);
  const attributes = briefing.log?.vocabulary.attributes ?? [];
  const times = new Set(attributes.flatMap(({ kind, name }) => (kind === "time" ? [name] : [])));
  const late = isLateness(term, reading.language.code);
  const date = linksOf(said, "thing").find(
    ({ thing }) => thing.kind === "attribute" && times.has(thing.name),
  );
  if (late && date !== undefined) return { phrase: meaning, deadline: date.thing.name };
  const duration = linksOf(said, "duration")[0];
  const only = linksOf(said, "thing").length === 0;
  return duration !== undefined && only
    ? { phrase: meaning, seconds: duration.seconds }
    : { phrase: meaning };
}

function forgetting(
  what: Extract<Wish, { kind: "forget" }>["what"],
  { briefing, reading, state }: Turn,
): { tool: string; input: Input } | null {
  if (what === "all") return { tool: "memory.forget", input: { all: true } };
  const fresh = state.frames[0]?.tool.startsWith("memory.") === true;
  if (what === "last") {
    const waits = briefing.proposals.some(
      ({ id, state: is }) => is === "pending" && state.proposals.includes(id),
    );
    return !fresh && (waits || reading.moves.has("withdraw")) ? null : { tool: "memory.forget", input: {} };
  }
  const { remembered } = briefing;
  const words = fold(what.words.toLowerCase());
  const term = remembered?.definitions.find((definition) => definition.term === words)?.term;
  if (term !== undefined) return { tool: "memory.forget", input: { term } };
  return isRemembered(words, remembered) ? { tool: "memory.forget", input: { words: what.words } } : null;
}

/** Something that is kept has most of the words, so that it is about this and not about a filter. */
function isRemembered(words: string, remembered: Remembered | undefined): boolean {
  const wanted = words.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3);
  const texts = [...(remembered?.notes ?? []), ...(remembered?.definitions ?? [])].map(({ text }) =>
    fold(text.toLowerCase()),
  );
  return (
    wanted.length > 0 &&
    texts.some((text) => wanted.filter((word) => text.includes(word)).length * 2 >= wanted.length)
  );
}

/** The definition that is named, else the latest of the thread or the person. */
function sharing(
  { with: audience, words }: Extract<Wish, { kind: "share" }>,
  { briefing }: Turn,
): { tool: string; input: Input } | null {
  const said = fold(words.toLowerCase());
  const own = (briefing.remembered?.definitions ?? []).filter(
    ({ scope }) => scope === "thread" || scope === "person",
  );
  const named = own.find(({ term }) => said.includes(term));
  const chosen = named ?? (/defini/u.test(said) ? own[0] : undefined);
  if (chosen === undefined) return null;
  const { term, text, phrase, deadline, seconds, log } = chosen;
  return {
    tool: "memory.share",
    input: {
      with: audience,
      kind: "definition",
      term,
      text,
      meaning: {
        ...(phrase === undefined ? {} : { phrase }),
        ...(deadline === undefined ? {} : { deadline }),
        ...(seconds === undefined ? {} : { seconds }),
      },
      ...(log === null ? {} : { log }),
    },
  };
}

/** The language that replies are wanted in, where it is spoken here. */
export function wantedLanguage(remembered: Remembered | undefined): string | null {
  const code = remembered?.preferences.language;
  return code !== undefined && languageOf(code).code === code ? code : null;
}
