/**
 * What the learned ranker sees of an utterance. Ideas, figures and kinds of links are the same in every language; words,
 * pairs and letters are a language's own. Names, numbers and windows are only seen as what they are.
 */
import { languageOf } from "../languages/index.ts";
import { againstTheRest } from "../link/comparing.ts";
import type { Link } from "../link/links.ts";
import { moneyWords } from "../link/money-words.ts";
import type { Reading } from "../link/reading.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { stem } from "../text/stem.ts";
import { overlap } from "../text/utterance.ts";
import { hash } from "./block.ts";

/** Signal → weight; of length 1 as a whole. */
export type Signals = ReadonlyMap<string, number>;

/** Which signals are taken: all, or only what every language has. */
export type View = "all" | "neutral";

const masked: ReadonlySet<Link["kind"]> = new Set([
  "thing",
  "window",
  "hours",
  "number",
  "money",
  "duration",
  "share",
  "period",
  "log",
  "kpi",
  "proposal",
]);

/** Letters of words fall into this many buckets. */
const letterBuckets = 2048;
const weights = {
  idea: 1,
  pairOfIdeas: 0.45,
  word: 0.9,
  functionWord: 0.45,
  pair: 0.55,
  letters: 0.16,
  characters: 0.3,
};

/** The language that a signal is of; "" where every language has it. */
export const languageOfSignal = (name: string): string => /^([a-z]{2})[:#]/u.exec(name)?.[1] ?? "";

export function signalsOf(reading: Reading, view: View = "all"): Signals {
  const found = new Map<string, number>();
  const add = (name: string, weight: number): void => {
    found.set(name, Math.max(weight, found.get(name) ?? 0));
  };
  const neutral = ideasOf(reading);
  for (const idea of neutral) add(idea, weights.idea);
  for (const [at, one] of neutral.entries())
    for (const other of neutral.slice(at + 1)) add(`${one}&${other}`, weights.pairOfIdeas);
  if (view === "all") addWords(reading, add);
  return unit(found);
}

/** Concepts, figures, options, roles and kinds of links, sorted. */
function ideasOf(reading: Reading): string[] {
  const ideas = new Set<string>();
  for (const concept of reading.concepts) ideas.add(`concept:${concept}`);
  for (const { meaning, from } of reading.senses) {
    if (meaning.kind === "option") ideas.add(`option:${meaning.value}`);
    if (meaning.kind === "role" && spokenRoles.has(meaning.value)) ideas.add(`role:${meaning.value}`);
    if (meaning.kind === "role" && meaning.value === "question" && from === 0) ideas.add("asks");
  }
  const counts = new Map<string, number>();
  for (const link of reading.links) {
    for (const name of namesOf(link)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) ideas.add(count > 1 && name.startsWith("thing:") ? `${name}s` : name);
  if (againstTheRest(reading)) ideas.add("against-the-rest");
  for (const idea of amountsIn(reading)) ideas.add(idea);
  return [...ideas].sort();
}

/** A column of numbers is named, or money is spoken of where a column holds it. */
function amountsIn(reading: Reading): string[] {
  const { links, index } = reading;
  if (index === null) return [];
  const named = links.some(
    (link) => link.kind === "thing" && link.thing.kind === "attribute" && index.numbers.has(link.thing.name),
  );
  const money = index.money.length > 0 && moneyWords(reading).length > 0;
  return [...(named ? ["thing:number"] : []), ...(money ? ["column:money"] : [])];
}

const spokenRoles: ReadonlySet<string> = new Set([
  "group-by",
  "versus",
  "exclude",
  "having",
  "superlative",
  "rest",
]);

function namesOf(link: Link): string[] {
  switch (link.kind) {
    case "metric":
      return [`metric:${link.metric}`];
    case "statistic":
      return [`statistic:${link.statistic}`];
    case "thing":
      return [`thing:${link.thing.kind}`];
    default:
      return [`link:${link.kind}`];
  }
}

function addWords(reading: Reading, add: (name: string, weight: number) => void): void {
  const { functionStems } = lexiconOf(reading.language);
  const { code } = reading.language;
  const hidden = reading.links.filter(({ kind }) => masked.has(kind));
  let before = "^";
  let open = false;
  for (const token of reading.tokens) {
    const link = hidden.find((each) => overlap(each, token));
    if (link && open) continue;
    open = link !== undefined;
    const word = link ? `<${link.kind}>` : token.stem;
    add(`${code}:${before} ${word}`, weights.pair);
    before = word;
    if (link) continue;
    const isFunction = functionStems.has(word);
    add(`${code}:${word}`, isFunction ? weights.functionWord : weights.word);
    if (!isFunction) for (const piece of pieces(token.lower)) add(`${code}#${piece}`, weights.letters);
  }
  add(`${code}:${before} $`, weights.pair);
  for (const word of borrowed(reading)) add(`en:${word}`, weights.word);
  if (reading.language.script) addCharacters(reading, hidden, add);
}

/** Stems of English words in a sentence of another language ("quel est le p95 du cycle time ?"). */
function borrowed({ language, tokens, links }: Reading): string[] {
  if (language.code === "en") return [];
  const english = languageOf("en");
  const own = lexiconOf(language);
  const known = lexiconOf(english).parts;
  const named = links.filter(({ kind }) => masked.has(kind));
  return tokens
    .filter(
      (token) =>
        token.lower.length > 2 &&
        !own.parts.has(token.stem) &&
        !own.functionStems.has(token.stem) &&
        !named.some((link) => overlap(link, token)),
    )
    .map(({ lower }) => stem(lower, english))
    .filter((word) => known.has(word));
}

/** Where words are not set apart, pairs and triples of characters, whatever the words are taken to be. */
function addCharacters(
  { text, language: { code } }: Reading,
  hidden: readonly Link[],
  add: (name: string, weight: number) => void,
): void {
  const seen = hidden.reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`,
    text,
  );
  for (const run of seen.toLowerCase().split(/[^\p{L}ー々]+/u)) {
    for (let size = 2; size <= 3; size++)
      for (let at = 0; at + size <= run.length; at++)
        add(`${code}:~${run.slice(at, at + size)}`, weights.characters);
  }
}

/** Buckets of a word's 3- to 5-letter pieces. */
function pieces(word: string): number[] {
  const framed = ` ${word} `;
  const buckets: number[] = [];
  for (let size = 3; size <= 5; size++) {
    for (let at = 0; at + size <= framed.length; at++)
      buckets.push(hash(framed.slice(at, at + size)) % letterBuckets);
  }
  return buckets;
}

function unit(signals: ReadonlyMap<string, number>): Signals {
  const length = Math.hypot(...signals.values()) || 1;
  return new Map([...signals].map(([name, weight]) => [name, weight / length]));
}
