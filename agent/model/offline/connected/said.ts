/** What a text says that operations are known by: doings, things, systems, names of operations, ids. */
import type { ConnectedSystem } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import { anyThing, operationNouns, systemWords, thereWords } from "../languages/operation-nouns.ts";
import { gateWords } from "../languages/operation-parameters.ts";
import { type Act, acts, operationVerbs } from "../languages/operation-verbs.ts";
import { lexiconOf, stems } from "../text/lexicon.ts";
import { spansOf } from "../text/patterns.ts";
import { inside, overlap, type Span, type Utterance } from "../text/utterance.ts";
import { apart, type IndexedOperation, kindOf, operationsOf } from "./operations.ts";

export interface NounSaid extends Span {
  readonly kind: string;
}

export interface Said {
  readonly words: Utterance;
  readonly acts: readonly (Span & { readonly act: Act })[];
  readonly nouns: readonly NounSaid[];
  /** Kinds of things, and roots of all words. */
  readonly keys: ReadonlySet<string>;
  /** Something of another system, of no kind ("the record"). */
  readonly anything: readonly Span[];
  readonly systems: readonly ConnectedSystem[];
  readonly systemSpans: readonly Span[];
  /** Operations by their own names. */
  readonly named: readonly IndexedOperation[];
  readonly namedSpans: readonly Span[];
  readonly there: boolean;
  readonly ids: readonly (Span & { readonly id: string })[];
  /** What is said about approvals. */
  readonly gate: readonly Span[];
}

const particle = /⋯(\(\?:[^)]*\)|\p{L}+)/gu;
/** "leg⋯an": the particle further on in the clause. */
export const withParticles = (source: string): string =>
  source.replace(particle, (_, word: string) => `(?=[^.!?]{0,160}\\s${word}(?![\\p{L}\\p{N}]))`);

const outside = (spans: readonly Span[], others: readonly Span[]): Span[] =>
  spans.filter((span) => !others.some((other) => overlap(span, other)));

/** The language's own words, and the English ones that are said among them. */
function spansIn(words: Utterance, source: Readonly<Record<string, string | undefined>>): Span[] {
  const own = source[words.language.code] ?? "";
  const borrowed = words.language.code === "en" ? "" : (source["en"] ?? "");
  const found = own === "" ? [] : spansOf(words, withParticles(own));
  const english = { ...words, language: languageOf("en") };
  return borrowed === "" || found.length > 0
    ? found
    : spansOf(english, withParticles(borrowed)).filter((span) => !isGrammar(words, span));
}

/** "comment" is no comment in French. */
const isGrammar = ({ tokens, language }: Utterance, span: Span): boolean =>
  tokens.some((token) => inside(span, token) && lexiconOf(language).functionStems.has(token.stem));

export function saidIn(words: Utterance, systems: readonly ConnectedSystem[]): Said {
  const operations = systems.flatMap(operationsOf);
  const quoted = words.quotes;
  const namedAt = namesOf(words, operations);
  const namedSpans = namedAt.map(({ span }) => span);
  const free = (spans: readonly Span[]): Span[] => outside(spans, [...quoted, ...namedSpans]);
  const doings = actsIn(words, free);
  // "issue a payout" is no issue.
  const creating = doings.filter(({ act }) => act === "create");
  const nouns = Object.entries(operationNouns).flatMap(([kind, source]) =>
    free(spansIn(words, source))
      .filter((span) => !creating.some((doing) => inside(span, doing)))
      .map((span) => ({ ...span, kind })),
  );
  const found = systemsIn(words, systems, nouns);
  const things = nouns.filter((noun) => !found.spans.some((span) => inside(noun, span)));
  return {
    words,
    acts: doings,
    nouns: things,
    keys: new Set([...nouns.map(({ kind }) => kind), ...rootsOf(words)]),
    anything: free(spansIn(words, anyThing)),
    systems: found.systems,
    systemSpans: found.spans,
    named: namedAt.map(({ operation }) => operation),
    namedSpans,
    there: free(spansIn(words, thereWords)).length > 0,
    ids: idsIn(words).filter((id) => free([id]).length > 0),
    gate: gateIn(words).filter((span) => free([span]).length > 0),
  };
}

function actsIn(words: Utterance, free: (spans: readonly Span[]) => Span[]): Said["acts"] {
  const own = operationVerbs[words.language.code] ?? {};
  const of = (verbs: Readonly<Partial<Record<Act, string>>>, said: Utterance) =>
    acts.flatMap((act) => {
      const source = verbs[act];
      return source === undefined
        ? []
        : free(spansOf(said, withParticles(source))).map((span) => ({ ...span, act }));
    });
  const found = of(own, words).filter((span) => !isNoun(words, span));
  const english = { ...words, language: languageOf("en") };
  return found.length > 0 ? found : of(operationVerbs["en"] ?? {}, english);
}

/** "vor dem Schließen", "削除された", "解決時間": it tells of a thing, and orders nothing. */
function isNoun({ text, language }: Utterance, { start, end, act }: Said["acts"][number]): boolean {
  const [before, said, behind] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  if (language.capitalisedNouns) return /^\p{Lu}/u.test(said) && /\p{L}/u.test(before);
  if (language.script === null || act === "read") return false;
  if (nominal.test(behind) || /[已被未]$/u.test(before)) return true;
  return language.code === "ja" && !/[てるいり]$/u.test(said) && !verbal.test(behind);
}

const nominal = /^(?:され|した|済|していた|过的|了的|的|时间|时长|率|数|量|中)/u;
const verbal =
  /^(?:$|[。、！!\s"]|[てでしすっんる]|を?お?願い|を?(?:して|する|したい|頼)|た[いく]|ください|せよ)/u;

const rootsOf = ({ tokens, text, quotes }: Utterance): string[] =>
  tokens
    .filter((token) => !quotes.some((quote) => inside(token, quote)))
    .flatMap(({ start, end }) => stems(text.slice(start, end), languageOf("en")).map((stem) => `=${stem}`));

/** An operation's name as it is written, where nobody would say it by chance: plain words name nothing. */
function namesOf(words: Utterance, operations: readonly IndexedOperation[]) {
  const lower = words.text.toLowerCase();
  return operations.flatMap((operation) => {
    const name = operation.operation.id.toLowerCase();
    const isName = /^\S{5,}$/u.test(name) && apart(operation.operation.id).includes(" ");
    const start = isName ? lower.indexOf(name) : -1;
    const span = { start, end: start + name.length };
    return start >= 0 && !/\w/u.test(`${lower[start - 1] ?? ""}${lower[span.end] ?? ""}`)
      ? [{ operation, span }]
      : [];
  });
}

interface SystemsFound {
  readonly systems: readonly ConnectedSystem[];
  readonly spans: readonly Span[];
}

/** By id or title, or by what they keep: "the ticket system" is the one called Tickets. */
function systemsIn(
  words: Utterance,
  systems: readonly ConnectedSystem[],
  nouns: readonly NounSaid[],
): SystemsFound {
  const named = systems.flatMap((system) =>
    namesOfSystem(system).flatMap((name) =>
      outside(spansOf(words, name), words.quotes).map((span) => ({ system, span })),
    ),
  );
  const kept = spansIn(words, systemWords).flatMap((word) =>
    nouns.flatMap((noun) => {
      const joined = joins(words, noun, word);
      const system = joined && systems.find(({ id, title }) => speaksOf(`${id} ${title}`, noun.kind));
      return joined && system ? [{ system, span: joined }] : [];
    }),
  );
  const found = [...named, ...kept];
  return { systems: [...new Set(found.map(({ system }) => system))], spans: found.map(({ span }) => span) };
}

/** Alone, a title that is a plain word for things ("Tickets") names none of the systems. */
const namesOfSystem = ({ id, title }: ConnectedSystem): string[] =>
  [...new Set([id, title, `${title} api`])]
    .filter((name) => name.length > 1 && kindOf(name.toLowerCase()) === null)
    .map((name) => name.split(/\s+/u).map(RegExp.escape).join("\\s+"));

const speaksOf = (name: string, kind: string): boolean =>
  apart(name)
    .split(" ")
    .some((word) => kindOf(word) === kind);

/** "ticket system", "Ticketsystem", "système de tickets": both as one. */
function joins({ text }: Utterance, noun: Span, word: Span): Span | null {
  const [first, second] = noun.start < word.start ? [noun, word] : [word, noun];
  const between = text.slice(Math.min(first.end, second.start), second.start);
  return first !== second && /^(?:[\s'-]|(?:de[ls]?|des|di|dei|do|da|os|os|w|van|z)\s)*$/u.test(between)
    ? { start: first.start, end: Math.max(first.end, second.end) }
    : null;
}

/** "42", "T-1001", "O00512": no decimal fraction, no date. */
const idLike = /(?<![A-Za-z0-9.,:/-])#?(?<id>[A-Za-z]{0,12}[-_]?\d[A-Za-z0-9_-]*)(?![.,:/]?\d|[A-Za-z])/gu;
const idsIn = ({ text }: Utterance): Said["ids"] =>
  [...text.matchAll(idLike)]
    .filter(({ 0: whole }) => !/^\d{4}-\d\d?-\d\d?/u.test(whole))
    .map(({ index, 0: whole, groups }) => ({
      id: groups?.["id"] ?? whole,
      start: index,
      end: index + whole.length,
    }));

/** A single adverb is of the gate where it stands apart: at an end, or behind a comma. */
function gateIn(words: Utterance): Span[] {
  const { text } = words;
  return spansIn(words, gateWords).filter(
    ({ start, end }) =>
      /\s/u.test(text.slice(start, end).trim()) ||
      words.language.script !== null ||
      /(?:^|[,;:.–-])\s*$/u.test(text.slice(0, start)) ||
      /^[\s.!]*$/u.test(text.slice(end)),
  );
}
