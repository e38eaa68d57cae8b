/** Operations of connected systems by what their names say: words of another's, which are compared and order nothing. */
import type { ConnectedOperation, ConnectedSystem } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import { operationNouns } from "../languages/operation-nouns.ts";
import { type Act, acts, wordsOfActs } from "../languages/operation-verbs.ts";
import { lexiconOf, stems } from "../text/lexicon.ts";

export interface IndexedOperation {
  readonly system: ConnectedSystem;
  readonly operation: ConnectedOperation;
  /** By its name: `refundOrder` refunds. */
  readonly acts: ReadonlySet<Act>;
  /** By its method: POST on a collection creates. */
  readonly byMethod: Act | null;
  /** What its path ends in: `/tickets/{id}/comments` is about comments. */
  readonly objects: readonly string[];
  /** All things in its name and at the end of its path. */
  readonly nouns: readonly string[];
  /** Things that its parameters name, and those that its path leads through. */
  readonly givenNouns: readonly string[];
  /** Roots of all its words. */
  readonly stems: ReadonlySet<string>;
}

/** "listTickets" has two words, "short_description" too. */
export const apart = (name: string): string =>
  name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();

const english = languageOf("en");
const kinds = Object.entries(operationNouns).map(
  ([kind, { en = "" }]) => [kind, new RegExp(`^(?:${en})$`, "iu")] as const,
);
const actOf = new Map(acts.flatMap((act) => wordsOfActs[act].split(" ").map((word) => [word, act] as const)));

/** The kind of a thing by an English word for it; null where there is none. */
export const kindOf = (word: string): string | null =>
  kinds.find(([, pattern]) => pattern.test(word))?.[0] ?? null;

/** Kinds of things, and roots of words that stand for none of them. */
function nounsOf(words: string): string[] {
  const { functionStems } = lexiconOf(english);
  const list = words.split(" ").filter((word) => word !== "");
  return list.flatMap((word, at): string[] => {
    const pair = kindOf(`${word} ${list[at + 1] ?? ""}`);
    const kind = pair ?? kindOf(word);
    if (kind !== null) return [kind];
    if (actOf.has(word) || /^(?:\d+|v\d+|api|by|ids?|all|number|key)$/u.test(word)) return [];
    return stems(word, english).flatMap((stem) => (functionStems.has(stem) ? [] : [`=${stem}`]));
  });
}

const methods: Readonly<Record<string, Act>> = {
  get: "read",
  head: "read",
  post: "create",
  put: "update",
  patch: "update",
  delete: "delete",
};

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");
const isHole = (segment: string): boolean => segment.startsWith("{");

/** The last words of a path that are no doing: "/tickets/{id}/close" ends in tickets. */
function objectsOf(path: string): readonly string[] {
  const named = segmentsOf(path).filter((segment) => !isHole(segment));
  const last = named.findLast((segment) => nounsOf(apart(segment)).length > 0);
  return last === undefined ? [] : nounsOf(apart(last));
}

/** `get_/tickets`: the importer's own name, where the specification has none. */
const isNamed = ({ id, method }: ConnectedOperation): boolean => !id.startsWith(`${method}_`);

function actsOf(operation: ConnectedOperation): Set<Act> {
  const last = segmentsOf(operation.path).at(-1) ?? "";
  const named = isNamed(operation) ? apart(operation.id) : "";
  const doing = isHole(last) || kindOf(apart(last)) !== null ? "" : apart(last);
  return new Set(`${named} ${doing}`.split(" ").flatMap((word) => actOf.get(word) ?? []));
}

function methodActOf({ method, path }: ConnectedOperation): Act | null {
  const last = segmentsOf(path).at(-1) ?? "";
  const act = methods[method] ?? null;
  if (act !== "create") return act;
  return isHole(last) || (kindOf(apart(last)) === null && actOf.has(apart(last))) ? null : act;
}

const compiled = new WeakMap<ConnectedSystem, readonly IndexedOperation[]>();

export function operationsOf(system: ConnectedSystem): readonly IndexedOperation[] {
  let found = compiled.get(system);
  if (!found) {
    found = system.operations.map((operation) => indexed(system, operation));
    compiled.set(system, found);
  }
  return found;
}

function indexed(system: ConnectedSystem, operation: ConnectedOperation): IndexedOperation {
  const objects = objectsOf(operation.path);
  const named = isNamed(operation) ? nounsOf(apart(operation.id)) : [];
  const parents = segmentsOf(operation.path).filter((segment) => !isHole(segment));
  const given = [...operation.parameters.map(({ name }) => name), ...parents].flatMap((name) =>
    nounsOf(apart(name)),
  );
  const words = `${apart(operation.id)} ${apart(operation.path)} ${apart(operation.summary)}`;
  return {
    system,
    operation,
    acts: actsOf(operation),
    byMethod: methodActOf(operation),
    objects,
    nouns: [...new Set([...objects, ...named])],
    givenNouns: [...new Set(given)].filter((noun) => !noun.startsWith("=") && !objects.includes(noun)),
    stems: new Set(stems(words, english)),
  };
}
