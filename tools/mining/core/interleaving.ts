import { NotConvertibleError } from "./models/errors.ts";
import { childrenOf, exclusive, loop, type ProcessTree, parallel, sequence } from "./process-tree.ts";

/** Of four there are 64 places to put a task: nobody would read that. */
const MOST_SPELLED_OUT = 3;

/**
 * The same language without `interleaved`, which BPMN lacks: every order of up to three children as an alternative, each
 * beginning with the child that comes first.
 * @throws NotConvertibleError where more than three take turns.
 */
export function spelledOut(tree: ProcessTree): ProcessTree {
  switch (tree.kind) {
    case "silent":
    case "activity":
      return tree;
    case "sequence":
      return sequence(tree.children.map(spelledOut));
    case "exclusive":
      return exclusive(tree.children.map(spelledOut));
    case "parallel":
      return parallel(tree.children.map(spelledOut));
    case "interleaved":
      return orders(tree.children.map(spelledOut));
    case "loop":
      return loop(spelledOut(tree.body), spelledOut(tree.redo));
  }
}

function orders(children: readonly ProcessTree[]): ProcessTree {
  if (children.length > MOST_SPELLED_OUT) throw new NotConvertibleError(...TOO_MANY(children.length));
  if (children.length === 1) return children[0]!;
  return exclusive(children.map((child, i) => sequence([child, orders(children.toSpliced(i, 1))])));
}

const TOO_MANY = (turns: number) =>
  [
    `${turns} branches of the model take turns in any order; BPMN would need a task for each place in each order.`,
    {
      expected: `at most ${MOST_SPELLED_OUT} that take turns`,
      remedy: "Write the model as PNML, PTML or a process tree.",
    },
  ] as const;

/** Whether something in the tree takes turns. */
export const hasTurns = (tree: ProcessTree): boolean =>
  tree.kind === "interleaved" || childrenOf(tree).some(hasTurns);
