import {
  activityLeaf,
  exclusive,
  interleaved,
  loop,
  MOST_TURNS,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "../process-tree.ts";
import { ModelFileError } from "./errors.ts";
import type { ReadModel } from "./read-model.ts";

const TOKEN = /\s*(?:'((?:[^'\\]|\\.)*)'|(->|→|<>|↔|X|×|\+|∧|\*|⟲|↺|tau|τ|\(|\)|,))/y;

/** Deeper trees are refused: nobody writes them, and they would exhaust the stack. */
const DEEPEST = 500;

/**
 * Reads the notation of `printTree` and of the literature: `->( 'a', X( tau, 'b' ) )`, operators as `->`, `X`, `+`, `<>`, `*` or
 * as `→`, `×`, `∧`, `↔`, `↺`. In a name, a backslash stands before a quote and before a backslash. A loop's third child is what
 * follows the last body.
 */
export function parseTree(text: string): ReadModel<ProcessTree> {
  return { model: new TreeParser(text).read(), notes: [] };
}

class TreeParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ProcessTree {
    const tree = this.#tree();
    if (this.#text.slice(this.#at).trim() !== "") this.#fail("the end");
    return tree;
  }

  #tree(): ProcessTree {
    const token = this.#next("a name in quotes, tau, ->, X, +, <> or *");
    if (token.name !== null) return activityLeaf(token.name);
    if (token.symbol === "tau" || token.symbol === "τ") return silent;
    if ("(),".includes(token.symbol)) this.#fail("a name in quotes, tau, ->, X, +, <> or *");
    return this.#operator(token.symbol, this.#children());
  }

  #children(): ProcessTree[] {
    if (++this.#depth > DEEPEST) this.#fail(`at most ${DEEPEST} levels`);
    this.#expect("(");
    const children = [this.#tree()];
    for (;;) {
      const { symbol } = this.#next("a comma or a bracket that closes");
      if (symbol === ")") break;
      if (symbol !== ",") this.#fail("a comma or a bracket that closes");
      children.push(this.#tree());
    }
    this.#depth--;
    return children;
  }

  #operator(symbol: string, children: readonly ProcessTree[]): ProcessTree {
    if (symbol === "->" || symbol === "→") return sequence(children);
    if (symbol === "X" || symbol === "×") return exclusive(children);
    if (symbol === "+" || symbol === "∧") return parallel(children);
    if (symbol === "<>" || symbol === "↔") {
      if (children.length > MOST_TURNS) this.#fail(`at most ${MOST_TURNS} interleaved children`);
      return interleaved(children);
    }
    if (children.length > 3) this.#fail("a loop with at most three children");
    return sequence([loop(children[0]!, children[1] ?? silent), children[2] ?? silent]);
  }

  #expect(symbol: string): void {
    if (this.#next(symbol).symbol !== symbol) this.#fail(symbol);
  }

  #next(expected: string): { readonly name: string | null; readonly symbol: string } {
    TOKEN.lastIndex = this.#at;
    const found = TOKEN.exec(this.#text);
    if (found === null) this.#fail(expected);
    this.#at = TOKEN.lastIndex;
    const name = found![1]?.replace(/\\(.)/gs, "$1") ?? null;
    return { name, symbol: found![2] ?? "" };
  }

  #fail(expected: string): never {
    const line = this.#text.slice(0, this.#at).split("\n").length;
    const near = this.#text.slice(this.#at, this.#at + 20).trim();
    throw new ModelFileError(
      near === "" ? "The process tree ends too early." : `The process tree cannot be read at “${near}”.`,
      { line, value: near, expected },
    );
  }
}
