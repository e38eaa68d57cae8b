/** Reads from a text that something is to be remembered, defined, forgotten, shared or shown. Pure. */
import { type MemoryWords, memoryWords } from "../languages/memory-words.ts";
import { fold } from "../text/stem.ts";
import { isOwner, withoutAside, withoutDuration, withoutOwner } from "./asides.ts";
import { any, gap, spaceless } from "./phrase-pattern.ts";

export type Wish =
  /** Null: what was said last. */
  | { readonly kind: "remember"; readonly what: Statement | null }
  | { readonly kind: "define"; readonly what: Statement }
  | { readonly kind: "forget"; readonly what: "all" | "last" | Forgotten }
  | { readonly kind: "share"; readonly with: "team" | "tenant"; readonly words: string }
  | { readonly kind: "recall"; readonly words: string }
  | { readonly kind: "list" };

export interface Forgotten {
  readonly words: string;
  /** It is called a definition, a note or a preference of the person's: nothing else can be meant. */
  readonly kept?: true;
}

/** Tools that only a wish calls: a question is never taken for one, however like it is. */
export const wishTools: ReadonlySet<string> = new Set(["memory.define", "memory.remember", "memory.forget"]);

/** In the person's words, with what could be told apart in them. */
export interface Statement {
  readonly text: string;
  readonly term?: string;
  readonly meaning?: string;
  /** BCP 47: the language that replies are wanted in. */
  readonly language?: string;
  /** It begins like something that is always wanted. */
  readonly always?: boolean;
}

/** The first language that finds a wish in it; the text's own language should come first. */
export function wishIn(text: string, languages: readonly string[]): Wish | null {
  const folded = fold(text.toLowerCase());
  for (const code of new Set(languages)) {
    const words = memoryWords[code];
    if (
      words === undefined ||
      !wordingsOf(code, words).some((wording) => wording.every((word) => folded.includes(word)))
    )
      continue;
    const wish = wishOf(withoutAside(text.trim(), code), compiled(code, words));
    if (wish !== null) return wish;
  }
  return null;
}

const wordings = new Map<string, readonly (readonly string[])[]>();

/** The words of all phrases of which a wish has at least one: by them, most texts are told to be none. */
function wordingsOf(code: string, words: MemoryWords): readonly (readonly string[])[] {
  let found = wordings.get(code);
  if (found === undefined) {
    const { list, recall, remember, rememberAfter, forget, define, share, always, answerIn } = words;
    const erase = words.erase ?? [];
    const phrases = [list, recall, remember, rememberAfter, forget, erase, share, always, answerIn].flat();
    const called = (words.names ?? []).map(([between, after]) => after || between);
    const meant = (words.means ?? []).map(([, after]) => after);
    found = [...phrases, ...meant, ...define.map(([, between]) => between), ...called].map(wordsOf);
    wordings.set(code, found);
  }
  return found;
}

const wordsOf = (phrase: string): string[] =>
  fold(phrase.toLowerCase())
    .split(/[\s,'*]+/u)
    .filter((word) => word !== "");

type Grammar = { readonly code: string } & ReturnType<typeof compile>;

const grammars = new Map<string, Grammar>();
function compiled(code: string, words: MemoryWords): Grammar {
  let grammar = grammars.get(code);
  if (grammar === undefined) {
    grammar = { code, ...compile(words) };
    grammars.set(code, grammar);
  }
  return grammar;
}

const end = "[\\s.!。！,;、，]*$";

/** A pattern that is compiled where the words it needs are there. */
interface Lazy {
  readonly words: readonly string[];
  pattern(): RegExp;
}

function lazy(phrases: readonly string[], make: () => RegExp): Lazy {
  let made: RegExp | undefined;
  return { words: phrases.flatMap(wordsOf), pattern: () => (made ??= make()) };
}

function mayFit(text: string): (lazy: Lazy) => boolean {
  const folded = fold(text.toLowerCase());
  return ({ words }) => words.every((word) => folded.includes(word));
}

/** What `*` stands for. */
const fewWords = "(?:\\S+\\s+){0,3}\\S+";

function compile(words: MemoryWords) {
  const regex = (source: string): RegExp => new RegExp(source, "iu");
  const please = `(?:${any(words.please)}${gap})*`;
  const defined = ([before, between]: readonly [string, string]): Lazy =>
    lazy([before, between], () =>
      regex(
        `^${before === "" ? "" : any([before]) + gap}(?<term>[^\\n]{1,60}?)${gap}${any([between])}${gap}(?<meaning>[^\\n]+?)${end}`,
      ),
    );
  const named = ([between, after]: readonly [string, string]): Lazy =>
    lazy([between, after], () =>
      regex(
        `^(?<meaning>[^\\n]+?)${gap}${any([between])}${gap}(?<term>[^\\n]{1,20}?)${after === "" ? "" : gap + any([after])}${end}`,
      ),
    );
  const meant = ([between, after]: readonly [string, string]): Lazy[] =>
    [`[^\\n]*?[「『“"](?<term>[^「」『』“”"\\n]{1,40})[」』”"]`, "(?<term>[^\\n]{1,60}?)"].map((term) =>
      lazy([between, after], () =>
        regex(`^${term}${gap}${any([between])}${gap}(?<meaning>[^\\n]+?)${gap}${any([after])}${end}`),
      ),
    );
  return {
    list: regex(`^${please}${any(words.list)}[\\s?.!。？]*$`),
    recall: regex(`${spaceless.test(words.recall[0] ?? "") ? "" : `^${please}`}${any(words.recall)}`),
    remember: [
      regex(`^(?<rest>.+?)${gap}${please}${any(words.rememberAfter)}${gap}${please}${end}`),
      regex(`^${please}${any(words.remember)}${gap}${please}(?:${any(words.that)}${gap})?(?<rest>.*?)${end}`),
    ],
    forget: [
      regex(`^${please}${any(words.forget)}${gap}(?<rest>.*?)${end}`),
      ...(spaceless.test(words.forget[0] ?? "")
        ? [regex(`^(?<rest>.*?)を?${any(words.forget)}${please}${end}`)]
        : []),
    ],
    erase: words.erase ? regex(`^${please}${any(words.erase)}${gap}(?<rest>.*?)${end}`) : null,
    that: regex(`^${any(words.that)}${gap}`),
    it: regex(`^${any(words.it)}(?:${gap}${any(words.it)})*$`),
    everything: regex(`^${any(words.everything).replaceAll("\\*", fewWords)}$`),
    definitionOf: words.definitionOf.map(([before, after]) =>
      regex(
        `^${before === "" ? "" : any([before]) + gap}(?<term>.{1,60}?)${after === "" ? "" : gap + any([after])}$`,
      ),
    ),
    define: [
      ...(words.means ?? []).flatMap(meant),
      ...words.define.map(defined),
      ...(words.names ?? []).map(named),
    ],
    asks: words.asks ? regex(`${any(words.asks)}[\\s.。]*$`) : null,
    noTerm: words.noTerm ? regex(`${any(words.noTerm)}$`) : null,
    share: regex(
      spaceless.test(words.share[0] ?? "")
        ? `^${please}${any(words.share)}|${any(words.share)}(?:${any(words.please)})?${end}`
        : `^${please}${any(words.share)}`,
    ),
    team: regex(any(words.team)),
    everybody: regex(any(words.everybody)),
    always: regex(`^${please}${any(words.always)}|${any(words.always)}${end}`),
    answerIn: regex(any(words.answerIn).replaceAll("[\\s,]+", "[\\s,]+(?:\\S+[\\s,]+){0,3}?")),
    please: regex(`^${please}`),
  };
}

function wishOf(text: string, grammar: Grammar): Wish | null {
  if (grammar.list.test(text)) return { kind: "list" };
  if (grammar.recall.test(text)) return { kind: "recall", words: text };
  if (/[?？]\s*$/u.test(text)) return null;
  return (
    forgetting(text, grammar) ??
    remembering(text, grammar) ??
    sharing(text, grammar) ??
    passing(text, grammar)
  );
}

function forgetting(text: string, grammar: Grammar): Wish | null {
  const rest = firstMatch(grammar.forget, text)?.["rest"]?.trim();
  if (rest === undefined) return erasing(text, grammar);
  if (rest === "" || grammar.it.test(rest)) return { kind: "forget", what: "last" };
  return forgettingNamed(rest, grammar) ?? { kind: "forget", what: { words: rest } };
}

/** "delete my definition of late": the verb alone may be about anything. */
function erasing(text: string, grammar: Grammar): Wish | null {
  const rest = grammar.erase?.exec(text)?.groups?.["rest"]?.trim();
  return rest === undefined ? null : forgettingNamed(rest, grammar);
}

function forgettingNamed(rest: string, grammar: Grammar): Wish | null {
  if (grammar.everything.test(rest)) return { kind: "forget", what: "all" };
  const term = firstMatch(grammar.definitionOf, rest)?.["term"]?.trim();
  return term === undefined ? null : { kind: "forget", what: { words: term, kept: true } };
}

function remembering(text: string, grammar: Grammar): Wish | null {
  const rest = firstMatch(grammar.remember, text)?.["rest"]?.trim();
  if (rest === undefined) return null;
  const asked = rest.replace(grammar.please, "").trim();
  const lasting = withoutDuration(asked, grammar.code);
  const bare = lasting === asked ? asked : lasting.replace(grammar.that, "");
  if (bare === "" || grammar.it.test(bare)) return { kind: "remember", what: null };
  return { kind: "remember", what: statementOf(bare, grammar) };
}

function sharing(text: string, grammar: Grammar): Wish | null {
  if (!grammar.share.test(text)) return null;
  if (grammar.team.test(text)) return { kind: "share", with: "team", words: text };
  return grammar.everybody.test(text) ? { kind: "share", with: "tenant", words: text } : null;
}

/** A definition, or a wish for a language, said in passing. */
function passing(text: string, grammar: Grammar): Wish | null {
  const what = statementOf(text, grammar);
  if (grammar.asks?.test(text)) return null;
  const tells = what.term !== undefined || what.language !== undefined || what.always === true;
  return tells ? { kind: "define", what } : null;
}

/** "For this thread only: "big loan" means …": what leads to a term in quotation marks is no part of it. */
const lead = /^[^:：\n"“„«「]{1,50}[:：]\s*(?=["“„«「])/u;

/** Longer terms are no terms. */
const mostTermWords = 4;

function statementOf(text: string, grammar: Grammar): Statement {
  const bare = text.replace(grammar.please, "").replace(lead, "");
  const found = firstMatch(
    grammar.define.filter(mayFit(bare)).map(({ pattern }) => pattern()),
    bare,
  );
  const turned = inverted(found) ?? ownersFirst(found, grammar.code);
  const whole = turned?.["term"] ?? termIn(found?.["term"]);
  const term = whole === undefined ? undefined : withoutOwner(whole, grammar.code);
  const meaning = (turned ?? found)?.["meaning"]?.trim();
  const named = term !== undefined && meaning !== undefined && isTerm(term, grammar);
  const language = grammar.answerIn.test(text) ? languageNamed(text) : null;
  return {
    text,
    ...(named ? { term, meaning } : {}),
    ...(language === null ? {} : { language }),
    ...(grammar.always.test(text) ? { always: true } : {}),
  };
}

/** "in diesem Gespräch bedeutet „spät“: nach …": the term in quotation marks, after the verb and before what it means. */
const turnedTerm = /^["'“”„«»‚‘’`]([^"“”„«»‚`]{1,40}?)["'“”«»‘’`]\s*[:,–-]?\s*(\S.*)$/su;

function inverted(found: Record<string, string> | undefined): Record<string, string> | null {
  if (!found || /["“„«`]/u.test(found["term"] ?? "") || !/\s/u.test(found["term"]?.trim() ?? "")) return null;
  const turned = turnedTerm.exec(found["meaning"]?.trim() ?? "");
  return turned ? { term: turned[1]!.trim(), meaning: turned[2]! } : null;
}

/** "bei uns heißt dringend: Priorität hoch": whose word it is stands where the term would. */
function ownersFirst(found: Record<string, string> | undefined, code: string): Record<string, string> | null {
  if (!found || !isOwner(found["term"]?.trim() ?? "", code)) return null;
  const [, term, meaning] =
    /^([^:,\n]{1,40}?)\s*[:,–]\s*(\S.*)$/su.exec(found["meaning"]?.trim() ?? "") ?? [];
  return term !== undefined && meaning !== undefined ? { term, meaning } : null;
}

/** "in our place “slow” means": what stands in quotation marks is the term, where anything does. */
function termIn(words: string | undefined): string | undefined {
  const quoted = words === undefined ? null : /["“”„«「『]([^"“”„«»「」『』]{1,40})["”“»」』]/u.exec(words);
  return (quoted?.[1] ?? words?.replace(/["'“”„«»「」`]/gu, ""))?.trim();
}

const isTerm = (term: string, grammar: Grammar): boolean =>
  term !== "" &&
  term.split(/\s+/u).length <= mostTermWords &&
  !grammar.it.test(term) &&
  !grammar.noTerm?.test(term);

/** The groups of the first pattern that fits. */
function firstMatch(patterns: readonly RegExp[], text: string): Record<string, string> | undefined {
  for (const each of patterns) {
    const groups = each.exec(text)?.groups;
    if (groups !== undefined) return groups;
  }
  return undefined;
}

/** Letters by which a name of a language is known in any of its cases ("niemiecki", "niemiecku"). */
const stemLength = 5;

/** The language that a text names, in any of the languages that are known here. */
export function languageNamed(text: string): string | null {
  const said = fold(text.toLowerCase());
  for (const speaking of Object.keys(memoryWords)) {
    const names = new Intl.DisplayNames([speaking], { type: "language" });
    for (const code of Object.keys(memoryWords)) {
      const name = fold((names.of(code) ?? "").toLowerCase());
      const stem = spaceless.test(name) ? name : name.slice(0, Math.max(stemLength, name.length - 2));
      if (stem.length >= 2 && said.includes(stem)) return code;
    }
  }
  return null;
}
