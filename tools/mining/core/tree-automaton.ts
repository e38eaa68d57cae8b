import { MillwrightError } from "../../../errors.ts";
import { activitiesOf, type ProcessTree } from "./process-tree.ts";

export class AmbiguousModelError extends MillwrightError {
  constructor(readings: number) {
    super(
      "ambiguous-model",
      422,
      `The model reads one trace in more than ${readings} ways at once; its precision is not computed.`,
      { remedy: "Discover a model with more noise filtered out." },
    );
  }
}

/** A deterministic automaton over a process tree's language, made state by state as it is walked. */
export interface TreeAutomaton {
  readonly initial: number;
  /** The state after `activity`, or `DEAD` where the model does not allow it. */
  step(state: number, activity: number): number;
  /** Whether the trace may end here. */
  accepts(state: number): boolean;
  /** Activity codes that the model allows next. */
  enabled(state: number): readonly number[];
}

export const DEAD = 0;
const DONE = 1;
const MOST_READINGS = 4096;

type Term =
  | { readonly kind: "dead" | "done" }
  | { readonly kind: "activity"; readonly activity: number }
  | { readonly kind: "then"; readonly first: number; readonly second: number }
  | { readonly kind: "either" | "both" | "turns"; readonly parts: readonly number[] }
  | { readonly kind: "loop"; readonly body: number; readonly redo: number };

/**
 * Brzozowski's derivatives (JACM 11, 1964), extended to interleaving: a state is the term for what may still come.
 * Terms are hash-consed, so equal futures are one state and each step is computed once. Exact for silent steps, loops
 * and repeated labels: nothing is searched, no token is lost. Activities without a code get negative ones, each its own.
 */
export function treeAutomaton(tree: ProcessTree, codeOf: ReadonlyMap<string, number>): TreeAutomaton {
  const terms = new TermTable();
  const codes = new Map(codeOf);
  for (const name of activitiesOf(tree)) if (!codes.has(name)) codes.set(name, -1 - codes.size);
  const initial = build(terms, tree, codes);
  return {
    initial,
    step: (state, activity) => terms.derive(state, activity),
    accepts: (state) => terms.nullable(state),
    enabled: (state) => terms.first(state),
  };
}

function build(terms: TermTable, tree: ProcessTree, codeOf: ReadonlyMap<string, number>): number {
  const inner = (child: ProcessTree) => build(terms, child, codeOf);
  switch (tree.kind) {
    case "silent":
      return DONE;
    case "activity":
      return terms.activity(codeOf.get(tree.name)!);
    case "sequence":
      return tree.children.map(inner).reduceRight((rest, child) => terms.followedBy(child, rest), DONE);
    case "exclusive":
      return terms.either(tree.children.map(inner));
    case "parallel":
      return terms.both(tree.children.map(inner));
    case "interleaved":
      return terms.turns(tree.children.map(inner));
    case "loop":
      return terms.loop(inner(tree.body), inner(tree.redo));
  }
}

class TermTable {
  readonly #terms: Term[] = [{ kind: "dead" }, { kind: "done" }];
  readonly #ids = new Map<string, number>();
  readonly #nullable: (boolean | undefined)[] = [false, true];
  readonly #first: (readonly number[] | undefined)[] = [[], []];
  readonly #derived: Map<number, number>[] = [new Map(), new Map()];

  #intern(key: string, term: Term): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#terms.push(term) - 1;
    this.#ids.set(key, id);
    this.#derived.push(new Map());
    return id;
  }

  activity(activity: number): number {
    return this.#intern(`a${activity}`, { kind: "activity", activity });
  }

  followedBy(first: number, second: number): number {
    if (first === DEAD || second === DEAD) return DEAD;
    if (first === DONE) return second;
    if (second === DONE) return first;
    const term = this.#terms[first]!;
    if (term.kind === "then") return this.followedBy(term.first, this.followedBy(term.second, second));
    return this.#intern(`t${first},${second}`, { kind: "then", first, second });
  }

  both(parts: readonly number[]): number {
    if (parts.includes(DEAD)) return DEAD;
    const flat = parts.flatMap((part) => this.#partsOf(part, "both")).filter((part) => part !== DONE);
    if (flat.length < 2) return flat[0] ?? DONE;
    flat.sort((a, b) => a - b);
    return this.#intern(`b${flat.join(",")}`, { kind: "both", parts: flat });
  }

  /** Parts in any order, each as a whole; not flat, since what takes turns inside a part is not interrupted. */
  turns(parts: readonly number[]): number {
    if (parts.includes(DEAD)) return DEAD;
    const left = parts.filter((part) => part !== DONE).sort((a, b) => a - b);
    if (left.length < 2) return left[0] ?? DONE;
    return this.#intern(`i${left.join(",")}`, { kind: "turns", parts: left });
  }

  either(parts: readonly number[]): number {
    const distinct = new Set(parts.flatMap((part) => this.#partsOf(part, "either")));
    distinct.delete(DEAD);
    const kept = [...distinct].filter((part) => !this.#isCovered(part, distinct)).sort((a, b) => a - b);
    if (kept.length > MOST_READINGS) throw new AmbiguousModelError(MOST_READINGS);
    if (kept.length < 2) return kept[0] ?? DEAD;
    return this.#intern(`e${kept.join(",")}`, { kind: "either", parts: kept });
  }

  loop(body: number, redo: number): number {
    return this.#intern(`l${body},${redo}`, { kind: "loop", body, redo });
  }

  #partsOf(id: number, kind: "either" | "both"): readonly number[] {
    const term = this.#terms[id]!;
    return term.kind === kind && "parts" in term ? term.parts : [id];
  }

  /**
   * Whether another reading allows all that this one allows: the same future, after a set of branches that has this
   * one's and otherwise only ones that may stay empty. Keeps loops over optional branches from doubling at each round.
   */
  #isCovered(id: number, others: ReadonlySet<number>): boolean {
    const own = this.#branches(id);
    for (const other of others) {
      if (other === id) continue;
      const theirs = this.#branches(other);
      if (theirs.rest !== own.rest || theirs.branches.length <= own.branches.length) continue;
      const missing = [...theirs.branches];
      const all = own.branches.every((branch) => {
        const at = missing.indexOf(branch);
        if (at >= 0) missing.splice(at, 1);
        return at >= 0;
      });
      if (all && missing.every((branch) => this.nullable(branch))) return true;
    }
    return false;
  }

  #branches(id: number): { readonly branches: readonly number[]; readonly rest: number } {
    const term = this.#terms[id]!;
    if (term.kind === "then") return { branches: this.#partsOf(term.first, "both"), rest: term.second };
    if (id === DONE) return { branches: [], rest: DONE };
    return { branches: this.#partsOf(id, "both"), rest: DONE };
  }

  nullable(id: number): boolean {
    let known = this.#nullable[id];
    if (known === undefined) {
      known = this.#computeNullable(this.#terms[id]!);
      this.#nullable[id] = known;
    }
    return known;
  }

  #computeNullable(term: Term): boolean {
    switch (term.kind) {
      case "done":
        return true;
      case "dead":
      case "activity":
        return false;
      case "then":
        return this.nullable(term.first) && this.nullable(term.second);
      case "both":
      case "turns":
        return term.parts.every((part) => this.nullable(part));
      case "either":
        return term.parts.some((part) => this.nullable(part));
      case "loop":
        return this.nullable(term.body);
    }
  }

  first(id: number): readonly number[] {
    let known = this.#first[id];
    if (known === undefined) {
      known = [...new Set(this.#computeFirst(this.#terms[id]!))];
      this.#first[id] = known;
    }
    return known;
  }

  #computeFirst(term: Term): readonly number[] {
    switch (term.kind) {
      case "done":
      case "dead":
        return [];
      case "activity":
        return [term.activity];
      case "then":
        return this.#firstOfPair(term.first, term.second);
      case "loop":
        return this.#firstOfPair(term.body, term.redo);
      default:
        return term.parts.flatMap((part) => this.first(part));
    }
  }

  #firstOfPair(first: number, second: number): readonly number[] {
    return this.nullable(first) ? [...this.first(first), ...this.first(second)] : this.first(first);
  }

  derive(id: number, activity: number): number {
    const derived = this.#derived[id]!;
    let known = derived.get(activity);
    if (known === undefined) {
      known = this.first(id).includes(activity) ? this.#computeDerivative(id, activity) : DEAD;
      derived.set(activity, known);
    }
    return known;
  }

  #computeDerivative(id: number, activity: number): number {
    const term = this.#terms[id]!;
    switch (term.kind) {
      case "done":
      case "dead":
        return DEAD;
      case "activity":
        return DONE;
      case "either":
        return this.either(term.parts.map((part) => this.derive(part, activity)));
      case "both":
        return this.either(
          term.parts.map((part, i) => this.both(term.parts.with(i, this.derive(part, activity)))),
        );
      case "turns":
        return this.either(
          term.parts.map((part, i) =>
            this.followedBy(this.derive(part, activity), this.turns(term.parts.toSpliced(i, 1))),
          ),
        );
      case "then": {
        const inFirst = this.followedBy(this.derive(term.first, activity), term.second);
        if (!this.nullable(term.first)) return inFirst;
        return this.either([inFirst, this.derive(term.second, activity)]);
      }
      case "loop": {
        const again = this.either([DONE, this.followedBy(term.redo, id)]);
        const inBody = this.followedBy(this.derive(term.body, activity), again);
        if (!this.nullable(term.body)) return inBody;
        return this.either([inBody, this.followedBy(this.derive(term.redo, activity), id)]);
      }
    }
  }
}
