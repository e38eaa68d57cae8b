/**
 * Small changes of a process tree, for a search through its neighbours: the mutations of evolutionary tree mining (Buijs,
 * van Dongen & van der Aalst, "On the role of fitness, precision, generalization and simplicity in process discovery",
 * 2012) without chance: every place, every change.
 */
import {
  childrenOf,
  exclusive,
  interleaved,
  loop,
  type ProcessTree,
  parallel,
  sequence,
  silent,
} from "../process-tree.ts";

/** All trees that are one change away, those nearest the root first. */
export function treeMoves(tree: ProcessTree): ProcessTree[] {
  const children = childrenOf(tree);
  const below = children.flatMap((child, i) =>
    treeMoves(child).map((moved) => withChildren(tree, children.with(i, moved))),
  );
  return [...movesHere(tree), ...below];
}

function withChildren(tree: ProcessTree, children: readonly ProcessTree[]): ProcessTree {
  switch (tree.kind) {
    case "sequence":
      return sequence(children);
    case "exclusive":
      return exclusive(children);
    case "parallel":
      return parallel(children);
    case "interleaved":
      return interleaved(children);
    case "loop":
      return loop(children[0]!, children[1]!);
    default:
      return tree;
  }
}

function movesHere(tree: ProcessTree): ProcessTree[] {
  switch (tree.kind) {
    case "silent":
      return [];
    case "activity":
      return [silent, exclusive([silent, tree])];
    case "sequence":
      return sequenceMoves(tree.children);
    case "exclusive":
      return tree.children.map((_, i) => exclusive(without(tree.children, i)));
    case "parallel":
      return parallelMoves(tree.children);
    case "interleaved":
      return tree.children.map((child, i) => sequence([child, interleaved(without(tree.children, i))]));
    case "loop":
      return loopMoves(tree.body, tree.redo);
  }
}

/** Neighbours become alternatives. */
function sequenceMoves(children: readonly ProcessTree[]): ProcessTree[] {
  return children
    .slice(1)
    .map((next, i) =>
      sequence([...children.slice(0, i), exclusive([children[i]!, next]), ...children.slice(i + 2)]),
    );
}

/** A branch comes first or last; two branches get an order, or become alternatives. */
function parallelMoves(children: readonly ProcessTree[]): ProcessTree[] {
  const single = children.flatMap((child, i) => {
    const rest = parallel(without(children, i));
    return [sequence([child, rest]), sequence([rest, child])];
  });
  const pairs = children.flatMap((a, i) =>
    children.flatMap((b, j) => {
      if (i === j) return [];
      const rest = children.filter((_, k) => k !== i && k !== j);
      const ordered = children.length > 2 ? [parallel([sequence([a, b]), ...rest])] : [];
      return i < j ? [...ordered, parallel([exclusive([a, b]), ...rest])] : ordered;
    }),
  );
  return [...single, ...pairs];
}

/** No repetition; and for a choice that repeats, its alternatives in order, each optional and repeated by itself. */
function loopMoves(body: ProcessTree, redo: ProcessTree): ProcessTree[] {
  if (redo.kind !== "silent") return [body, loop(body, silent), sequence([body, redo])];
  if (body.kind !== "exclusive") return [body];
  const own = body.children.map((child) => exclusive([silent, loop(child, silent)]));
  return [body, sequence(own), parallel(own)];
}

const without = <Item>(items: readonly Item[], i: number): Item[] => items.filter((_, j) => j !== i);
