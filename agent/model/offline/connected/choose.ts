/** Which operation of a connected system is meant. */
import type { ConnectedParameter } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Act } from "../languages/operation-verbs.ts";
import { stems } from "../text/lexicon.ts";
import { apart, type IndexedOperation } from "./operations.ts";
import { isIdLike, mentionsOf } from "./parameters.ts";
import type { Said } from "./said.ts";

export interface Candidate {
  readonly of: IndexedOperation;
  readonly score: number;
}

/** What was spoken of in the thread: "it", "there". */
export interface SpokenOf {
  readonly objects: readonly string[];
  readonly connector: string | null;
}

/** Doings that any kind of thing may be the object of: alone they tell nothing. */
const plain: ReadonlySet<Act> = new Set(["create", "read", "update", "delete"]);
export const isPlain = (act: Act): boolean => plain.has(act);

/** What an update sets, where no operation of its own does it. */
const stateOfAct: Readonly<Partial<Record<Act, readonly string[]>>> = {
  close: ["closed", "close", "resolved", "solved", "done", "completed", "complete"],
  reopen: ["open", "reopened", "opened"],
  cancel: ["cancelled", "canceled"],
  approve: ["approved"],
  reject: ["rejected", "declined"],
  archive: ["archived"],
  enable: ["active", "enabled"],
  disable: ["inactive", "disabled", "blocked", "suspended"],
  start: ["in_progress", "in progress", "started"],
};

export const stateFor = (act: Act, { values }: ConnectedParameter): string | undefined =>
  values.find((value) => stateOfAct[act]?.includes(value.toLowerCase()));

/** How surely the doing is the operation's; null where it is another. */
function doing(act: Act, { acts, byMethod, operation }: IndexedOperation): number | null {
  if (acts.has(act)) return plain.has(act) ? 3 : 3.5;
  if (byMethod === act) return acts.size === 0 || act !== "create" ? 2.5 : 2;
  if (byMethod !== "update") return null;
  if (operation.parameters.some((parameter) => stateFor(act, parameter) !== undefined)) return 2.2;
  const assigns = act === "assign" && operation.parameters.some(({ name }) => /assign|owner/iu.test(name));
  return assigns ? 2.2 : null;
}

/** Those that fit what was said, best first. */
export function candidates(
  said: Said,
  all: readonly IndexedOperation[],
  spokenOf: SpokenOf,
): readonly Candidate[] {
  if (said.named.length > 0) return said.named.map((of) => ({ of, score: 10 + idsFit(said, of) }));
  const here = said.systems.length > 0 ? all.filter(({ system }) => said.systems.includes(system)) : all;
  return here
    .flatMap((of) => {
      const score = scoreOf(said, of, spokenOf);
      return score === null ? [] : [{ of, score }];
    })
    .sort((left, right) => right.score - left.score);
}

function scoreOf(said: Said, of: IndexedOperation, spokenOf: SpokenOf): number | null {
  const doings = said.acts.flatMap(({ act }) => {
    const sure = doing(act, of);
    return sure === null ? [] : [{ act, sure }];
  });
  const best = doings.toSorted((left, right) => right.sure - left.sure)[0];
  if (!best) return null;
  const about = things(said, of, spokenOf, plain.has(best.act) || !of.acts.has(best.act));
  const there = spokenOf.connector === of.system.id && said.there ? 0.5 : 0;
  return about === null ? null : best.sure + about + idsFit(said, of) + there;
}

/** How well the things fit; null where what was said is about others. */
function things(said: Said, of: IndexedOperation, spokenOf: SpokenOf, isPlain: boolean): number | null {
  const has = (noun: string): boolean => said.keys.has(noun);
  const objects = of.objects.filter(has).length;
  const others = of.nouns.filter((noun) => has(noun) && !of.objects.includes(noun)).length;
  const given = of.givenNouns.filter(has).length;
  const pointed = said.nouns.length === 0 && of.objects.some((noun) => spokenOf.objects.includes(noun));
  const anything = said.anything.length > 0 && said.nouns.length === 0 && said.systems.length > 0;
  const isSpecific = !isPlain && (others + given > 0 || said.nouns.length === 0);
  const object = of.objects.length === 0 ? others > 0 : objects > 0;
  const bare = said.nouns.length === 0 && said.ids.length > 0;
  if (!object && !pointed && !anything && !isSpecific && !bare) return null;
  const foreign = said.nouns.filter(({ kind }) => ![...of.nouns, ...of.givenNouns].includes(kind)).length;
  const parameters = bare
    ? of.operation.parameters.filter((one) => mentionsOf(said.words, one).length > 0).length
    : 0;
  const unsaid = of.nouns.filter((noun) => !has(noun)).length;
  const shared = [...of.stems].filter((stem) => said.keys.has(`=${stem}`)).length;
  return (
    2 * Math.min(1, objects) +
    others +
    0.5 * given +
    parameters -
    0.7 * unsaid -
    0.5 * foreign +
    Math.min(0.9, 0.3 * shared)
  );
}

/** An id is for an operation that takes one; without one, what needs it is less likely meant. */
function idsFit(said: Said, { operation }: IndexedOperation): number {
  const takes = operation.parameters.filter((parameter) => isIdLike(parameter, operation));
  const needs = takes.some(({ required }) => required);
  if (said.ids.length === 0) return needs ? -0.7 : 0;
  if (takes.length === 0) return operation.effect === "read" ? -1 : 0;
  return takes.some((parameter) => leadsId(said, parameter)) ? 1.3 : 0.7;
}

/** "repo 42": the word before the id is the parameter's. */
function leadsId({ ids, words }: Said, { name }: ConnectedParameter): boolean {
  const own = stems(apart(name), languageOf("en"));
  return ids.some(({ start }) => {
    const before = words.tokens.findLast(({ end }) => end <= start);
    return before !== undefined && stems(before.text, languageOf("en")).some((stem) => own.includes(stem));
  });
}

/** Nearer than this, two fit equally. */
const margin = 0.5;

export const equallyFit = ([first, ...rest]: readonly Candidate[]): readonly Candidate[] =>
  first ? [first, ...rest.filter(({ score }) => first.score - score < margin)] : [];
