/** From a wish to remember, define, forget or share to the calls that do it. */
import type { Briefing, Remembered } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { memoryWords } from "../languages/memory-words.ts";
import { read } from "../link/read.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import type { Plan } from "../plan.ts";
import type { Spoken } from "../spoken.ts";
import { type PlannerState, stateOf } from "../state.ts";
import { phrases } from "../text/lexicon.ts";
import { fold } from "../text/stem.ts";
import { unspokenLanguage } from "../text/unspoken.ts";
import { wordCount } from "../text/wording.ts";
import { calls, direct, said, type Turn } from "../turn.ts";
import { isLateness } from "./definitions.ts";
import { lastingWishIn } from "./expiry.ts";
import { any } from "./phrase-pattern.ts";
import { type PinWish, pinWishIn } from "./pins.ts";
import { type Statement, type Wish, wishTools } from "./wish.ts";
import { zoneWishIn } from "./zone-wish.ts";

type Input = Readonly<Record<string, unknown>>;

/** Null where nothing of the kind is meant; the text is read in full only where it may be. */
export function remembering(language: Language, briefing: Briefing): Plan | null {
  const { text } = briefing;
  const unspoken = unspokenLanguage(text)?.code;
  const likely = [language.code, unspoken, briefing.language].flatMap((code) => code ?? []);
  const languages = [...likely, ...Object.keys(memoryWords)];
  const turnOf = (spoken: Language): Turn => ({
    reading: read(text, spoken, briefing),
    briefing,
    state: stateOf(briefing.state),
  });
  const pin = pinWishIn(text, languages, memoryWords);
  if (pin !== null && pinsNothing(pin.wish, briefing))
    return said(turnOf(languageOf(pin.code)), nothingToPin(briefing));
  const pinned = pin === null ? null : pinning(pin.wish, briefing, stateOf(briefing.state));
  if (pin !== null && pinned !== null)
    return calls(turnOf(languageOf(pin.code)), [direct(pinned, text)], { act: false });
  const zone = zoneWishIn(text, languages, memoryWords);
  if (zone !== null) {
    const input = { text, kind: "preference", term: "zone", meaning: { zone: zone.zone } };
    return calls(turnOf(languageOf(zone.code)), [direct({ tool: "memory.define", input }, text)], {
      act: false,
    });
  }
  const corrected = withoutCorrection(text, languages);
  const found = lastingWishIn(corrected, languages, briefing);
  if (found === null) {
    const kept = afterKeeping(briefing) ? aboutKept(turnOf(language), languages) : null;
    if (kept !== null) return kept;
    return corrected === text ? null : correctedNote(corrected, turnOf(language));
  }
  const turn = turnOf(language);
  // "save this conversation as a test case" keeps a case of an evaluation, and no note.
  if (found.wish.kind === "remember" && turn.reading.concepts.has("evaluate")) return null;
  const call = until(callOf(found.wish, turn, corrected !== text), found.until);
  if (call === null || !briefing.tools.some(({ name }) => name === call.tool)) return null;
  return calls(turn, [direct(call, turn.reading.text)], { act: false });
}

type Call = { readonly tool: string; readonly input: Input };

const until = (call: Call | null, end: Date | null): Call | null =>
  call === null || end === null ? call : { ...call, input: { ...call.input, until: end.toISOString() } };

/** @param corrects it begins with a word like "no" */
function callOf(wish: Wish, turn: Turn, corrects: boolean): Call | null {
  switch (wish.kind) {
    case "list":
      return { tool: "memory.list", input: {} };
    case "recall":
      return { tool: "memory.recall", input: { words: wish.words } };
    case "remember":
      return { tool: "memory.remember", input: wish.what === null ? {} : statement(wish.what, turn) };
    case "define":
      return asCorrection(defining(wish.what, turn), turn, corrects);
    case "forget":
      return forgetting(wish.what, turn);
    case "share":
      return sharing(wish, turn);
  }
}

/** What was just remembered, put right, is remembered in its place; elsewhere it holds in the thread. */
const asCorrection = (call: Call | null, { state }: Turn, corrects: boolean): Call | null =>
  call !== null && corrects && keptJust(state) ? { ...call, tool: "memory.remember" } : call;

const keptJust = ({ frames }: PlannerState): boolean => frames[0]?.tool === "memory.remember";

/** "no, it was the invoices of April" after a note was kept: the note anew. */
function correctedNote(text: string, turn: Turn): Plan | null {
  const words = turn.reading.tokens.length;
  const asks =
    /[?？]\s*$/u.test(text) ||
    turn.reading.senses.some(
      ({ meaning, from }) => from <= 1 && meaning.kind === "role" && meaning.value === "question",
    );
  if (!keptJust(turn.state) || asks || words < 4) return null;
  const kind = (turn.state.frames[0]?.input["kind"] as string | undefined) ?? "note";
  if (kind !== "note") return null;
  return calls(turn, [direct({ tool: "memory.remember", input: { text, kind, instead: true } }, text)], {
    act: false,
  });
}

/** Without a word like "no," or "actually," that puts right what was said before. */
function withoutCorrection(text: string, languages: readonly string[]): string {
  for (const code of new Set(languages.slice(0, 3))) {
    const words = phrases(languageOf(code).moves.correction);
    const rest = text.replace(new RegExp(`^(?:${any(words)}[\\s,;:.!、，–-]+)+`, "iu"), "");
    if (rest !== text && rest !== "" && /[,;:.!、，–-]/u.test(text.slice(0, text.length - rest.length)))
      return rest;
  }
  return text;
}

/** "pin this" after what was no KPI. */
const pinsNothing = (wish: PinWish, briefing: Briefing): boolean =>
  wish.kind === "pin" && wish.words === null && lastKpi(briefing, stateOf(briefing.state)) === null;

const nothingToPin = ({ kpis }: Briefing): Spoken => ({
  say: "clarify",
  confidence: 0.9,
  said: {
    headline: { text: "What was asked last is no KPI. Which one is to be pinned?" },
    notes:
      kpis.length === 0
        ? []
        : [{ text: "KPIs: {names}", values: { names: kpis.map(({ name }) => name).join(", ") } }],
  },
});

/** The call that pins, unpins or shows what is pinned, or finds what was decided. */
function pinning(wish: PinWish, briefing: Briefing, state: PlannerState): Call | null {
  switch (wish.kind) {
    case "pinned":
      return { tool: "memory.list", input: { kind: "pinned-kpi" } };
    case "decided":
      return {
        tool: "memory.recall",
        input: { words: aboutWhat(wish.words, briefing, state), kind: "decision" },
      };
    case "pin": {
      const kpi = wish.words === null ? lastKpi(briefing, state) : kpiNamed(wish.words, briefing);
      if (kpi === null && wish.words !== null && briefing.kpis.length === 0) return null;
      return {
        tool: "memory.remember",
        input: {
          kind: "pinned-kpi",
          text: kpi ?? wish.words ?? briefing.text,
          meaning: kpi === null ? {} : { kpi },
        },
      };
    }
    case "unpin": {
      const kpi = wish.words === null ? lastKpi(briefing, state) : kpiNamed(wish.words, briefing);
      return { tool: "memory.forget", input: { term: kpi ?? wish.words ?? "", kind: "pinned-kpi" } };
    }
  }
}

function kpiNamed(words: string, { kpis }: Briefing): string | null {
  const said = termOf(words);
  const exact = kpis.find(({ name }) => termOf(name) === said);
  const within = kpis.filter(({ name }) => said.includes(termOf(name)) || termOf(name).includes(said));
  return exact?.name ?? (within.length === 1 ? within[0]!.name : null);
}

const termOf = (text: string): string => fold(text.toLowerCase()).trim();

/** The KPI that the last answer was about: by name, or the only one that measures the same. */
function lastKpi({ kpis }: Briefing, { frames }: PlannerState): string | null {
  const { input = {} } = frames[0] ?? {};
  if (typeof input["kpi"] === "string") return input["kpi"];
  const same = kpis.filter(
    ({ metric, activity }) =>
      metric === input["metric"] &&
      JSON.stringify(activity ?? null) === JSON.stringify(input["activity"] ?? null),
  );
  return same.length === 1 ? same[0]!.name : null;
}

/** "something like this" is the proposal that waits, else what was asked last. */
function aboutWhat(
  words: string,
  { proposals }: Briefing,
  { frames, proposals: made }: PlannerState,
): string {
  if (!likeThis.test(words)) return words;
  const open = proposals.find(({ id }) => made.includes(id));
  const { tool = "", input = {} } = frames[0] ?? {};
  const told = open?.summary ?? `${tool.replaceAll(/[.-]/gu, " ")} ${strings(input).join(" ")}`.trim();
  return told === "" ? words : told;
}

const likeThis =
  /\b(?:this|that|it|so etwas|sowas|darüber|das|cela|ça|ceci|eso|esto|algo así|isso|isto|algo assim|questo|ciò|simile|dit|dat|zoiets|tego|to|czymś takim)\b|このよう|同じよう|类似|这样|这个/iu;

const strings = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(strings)
      : [];

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
  const zone = zoneWishIn(text, [reading.language.code, ...Object.keys(memoryWords)], memoryWords)?.zone;
  if (zone !== undefined) return { text, kind: "preference", term: "zone", meaning: { zone } };
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
  // "forget it again after all", right after something was kept: whatever small words stand beside it.
  if (what === "last" || (fresh && what.kept !== true && !names(reading) && reading.moves.has("withdraw"))) {
    const waits = briefing.proposals.some(
      ({ id, state: is }) => is === "pending" && state.proposals.includes(id),
    );
    return !fresh && (waits || reading.moves.has("withdraw")) ? null : { tool: "memory.forget", input: {} };
  }
  const { remembered } = briefing;
  const words = fold(what.words.toLowerCase());
  const term = remembered?.definitions.find((definition) => definition.term === words)?.term;
  if (term !== undefined) return { tool: "memory.forget", input: { term } };
  return what.kept === true || isRemembered(words, remembered)
    ? { tool: "memory.forget", input: { words: what.words } }
    : null;
}

const afterKeeping = ({ state }: Briefing): boolean => keeping.has(stateOf(state).frames[0]?.tool ?? "");
const keeping: ReadonlySet<string> = new Set(["memory.define", "memory.remember"]);

/** A name, a window or a figure: more is meant than what was said last. */
const names = ({ links }: Reading): boolean => links.length > 0;

/** More words ask for something of their own. */
const mostAboutKept = 9;

/** "vergiss das wieder", "compártelo con todos": about what was kept in the turn before, with whatever is joined to the verb. */
function aboutKept(turn: Turn, languages: readonly string[]): Plan | null {
  const { reading, briefing, state } = turn;
  if (/[?？]\s*$/u.test(reading.text) || names(reading) || wordCount(reading) > mostAboutKept) return null;
  const waits = briefing.proposals.some(
    ({ id, state: is }) => is === "pending" && state.proposals.includes(id),
  );
  const call =
    reading.moves.has("withdraw") && !waits
      ? { tool: "memory.forget", input: {} }
      : sharingKept(turn, languages.slice(0, 1));
  if (call === null || !briefing.tools.some(({ name }) => name === call.tool)) return null;
  return calls(turn, [direct(call, reading.text)], { act: false });
}

/** A verb for sharing, with whatever is joined to it ("compártelo"), and who it is for. */
function sharingKept(turn: Turn, [code = "en"]: readonly string[]): Call | null {
  const words = memoryWords[code];
  if (words === undefined) return null;
  const said = fold(turn.reading.text.toLowerCase());
  const stems = words.share.map((verb) => fold(verb.toLowerCase())).filter((verb) => verb.length > 4);
  const shares = stems.some((verb) => new RegExp(`(?<!\\p{L})${verb.slice(0, -1)}`, "u").test(said));
  const has = (list: readonly string[]): boolean => new RegExp(any(list), "iu").test(turn.reading.text);
  if (!shares) return null;
  if (has(words.team)) return sharing({ kind: "share", with: "team", words: said }, turn);
  return has(words.everybody) ? sharing({ kind: "share", with: "tenant", words: said }, turn) : null;
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

/** "share it with everybody", right after something was defined. */
const justRemembered = ({ state }: Briefing): boolean => wishTools.has(stateOf(state).frames[0]?.tool ?? "");

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
  const chosen = named ?? (/defini/u.test(said) || justRemembered(briefing) ? own[0] : undefined);
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
