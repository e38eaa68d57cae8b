/**
 * Process trees: block-structured models (Leemans, Fahland & van der Aalst 2013). A tree's language:
 * sequence = children in order, exclusive = one child, parallel = children at the same time, interleaved = children in any
 * order, each as a whole before the next begins, loop = body (redo body)*.
 */
export type ProcessTree =
  | { readonly kind: "activity"; readonly name: string }
  | { readonly kind: "silent" }
  | { readonly kind: BlockKind; readonly children: readonly ProcessTree[] }
  | { readonly kind: "loop"; readonly body: ProcessTree; readonly redo: ProcessTree };

/** Children that may take turns in one block: alignments look at every set of those that had theirs. */
export const MOST_TURNS = 8;

type BlockKind = "sequence" | "exclusive" | "parallel" | "interleaved";

export const silent: ProcessTree = { kind: "silent" };

export const activityLeaf = (name: string): ProcessTree => ({ kind: "activity", name });

/** Children in order; nested sequences are flattened and silent steps left out. */
export function sequence(children: readonly ProcessTree[]): ProcessTree {
  return single(
    "sequence",
    flatten("sequence", children).filter((child) => child.kind !== "silent"),
  );
}

/** Children at the same time; nested parallels are flattened and silent branches left out. */
export function parallel(children: readonly ProcessTree[]): ProcessTree {
  return single(
    "parallel",
    flatten("parallel", children).filter((child) => child.kind !== "silent"),
  );
}

/**
 * Children in any order, each as a whole before the next begins; silent ones are left out. Nested ones stay: what takes turns
 * inside a child is not interrupted by the others.
 */
export function interleaved(children: readonly ProcessTree[]): ProcessTree {
  return single(
    "interleaved",
    children.filter((child) => child.kind !== "silent"),
  );
}

/** One of the children; nested choices are flattened, at most one silent branch stays, and stands first. */
export function exclusive(children: readonly ProcessTree[]): ProcessTree {
  const flat = flatten("exclusive", children);
  const visible = flat.filter((child) => child.kind !== "silent");
  return single("exclusive", flat.length > visible.length ? [silent, ...visible] : visible);
}

/** `body (redo body)*`; a loop around a loop without a redo of its own is one loop. */
export function loop(body: ProcessTree, redo: ProcessTree): ProcessTree {
  if (body.kind === "silent" && redo.kind === "silent") return silent;
  if (body.kind === "loop" && body.redo.kind === "silent" && redo.kind === "silent") return body;
  return { kind: "loop", body, redo };
}

function flatten(kind: ProcessTree["kind"], children: readonly ProcessTree[]): ProcessTree[] {
  return children.flatMap((child) => (child.kind === kind && "children" in child ? child.children : [child]));
}

function single(kind: BlockKind, children: readonly ProcessTree[]): ProcessTree {
  if (children.length === 0) return silent;
  return children.length === 1 ? children[0]! : { kind, children };
}

/** The subtrees of a node: for a loop its body and its redo. */
export function childrenOf(tree: ProcessTree): readonly ProcessTree[] {
  if (tree.kind === "loop") return [tree.body, tree.redo];
  return "children" in tree ? tree.children : [];
}

/** Names of all activities, in the order of the leaves. */
export function activitiesOf(tree: ProcessTree): string[] {
  return tree.kind === "activity" ? [tree.name] : childrenOf(tree).flatMap(activitiesOf);
}

/** Nodes of the tree: operators, activities and silent steps. */
export function sizeOf(tree: ProcessTree): number {
  return childrenOf(tree).reduce((sum, child) => sum + sizeOf(child), 1);
}

const SYMBOLS = { sequence: "->", exclusive: "X", parallel: "+", interleaved: "<>", loop: "*" } as const;

/**
 * The tree in the notation of process-mining literature: `->( 'a', X( tau, 'b' ) )`. Quotes and backslashes in names have a
 * backslash before them.
 */
export function printTree(tree: ProcessTree): string {
  if (tree.kind === "silent") return "tau";
  if (tree.kind === "activity") return `'${tree.name.replace(/[\\']/g, "\\$&")}'`;
  return `${SYMBOLS[tree.kind]}( ${childrenOf(tree).map(printTree).join(", ")} )`;
}
