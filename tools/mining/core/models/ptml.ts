import {
  activityLeaf,
  childrenOf,
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
import { childrenNamed, escapeXml, Ids, readXml, type XmlElement } from "./xml.ts";

const OPERATORS = new Set(["sequence", "xor", "and", "or", "xorLoop", "def", "defLoop", "interleaving"]);
const LEAVES = new Set(["manualTask", "automaticTask"]);

/**
 * Reads a process tree in PTML, the format of ProM and PM4Py: nodes, and edges from parent to child in the children's order.
 * A loop's third child (what follows the last body) becomes the next step of a sequence. The operator
 * `or`, which our trees do not have, is refused. The tree is normalised: nested operators of one kind are one.
 */
export function readPtml(document: string | Uint8Array): ReadModel<ProcessTree> {
  const root = readXml(document);
  const element = root.name === "processTree" ? root : childrenNamed(root, "processTree")[0];
  if (element === undefined) {
    throw new ModelFileError("This is not a PTML document: there is no <processTree>.", {
      line: root.line,
      value: root.name,
      expected: "<ptml><processTree root=…>…</processTree></ptml>",
    });
  }
  return { model: new PtmlReader(element).read(), notes: [] };
}

class PtmlReader {
  readonly #element: XmlElement;
  readonly #nodes = new Map<string, XmlElement>();
  readonly #children = new Map<string, string[]>();
  readonly #visited = new Set<string>();

  constructor(element: XmlElement) {
    this.#element = element;
    const ids = new Ids();
    for (const child of element.children) {
      if (child.name !== "parentsNode") this.#nodes.set(ids.take(child), child);
    }
    for (const edge of childrenNamed(element, "parentsNode")) this.#edge(edge);
  }

  read(): ProcessTree {
    const root = this.#element.attributes.get("root") ?? "";
    if (!this.#nodes.has(root)) {
      throw new ModelFileError(`The root “${root}” does not exist.`, {
        line: this.#element.line,
        value: root,
        expected: "the id of a node",
      });
    }
    return this.#tree(root);
  }

  #edge(edge: XmlElement): void {
    const [source, target] = ["sourceId", "targetId"].map((side) => edge.attributes.get(side) ?? "");
    for (const id of [source!, target!]) {
      if (this.#nodes.has(id)) continue;
      throw new ModelFileError(`The node “${id}” of a <parentsNode> does not exist.`, {
        line: edge.line,
        value: id,
      });
    }
    this.#children.set(source!, [...(this.#children.get(source!) ?? []), target!]);
  }

  #tree(id: string): ProcessTree {
    const element = this.#nodes.get(id)!;
    if (this.#visited.has(id)) {
      throw new ModelFileError(`The node “${id}” has two parents.`, { line: element.line, value: id });
    }
    this.#visited.add(id);
    if (LEAVES.has(element.name)) return leaf(element);
    const children = (this.#children.get(id) ?? []).map((child) => this.#tree(child));
    return operator(element, children);
  }
}

const leaf = (element: XmlElement): ProcessTree =>
  element.name === "automaticTask" ? silent : activityLeaf(element.attributes.get("name") ?? "");

function operator(element: XmlElement, children: readonly ProcessTree[]): ProcessTree {
  if (children.length === 0 && OPERATORS.has(element.name)) {
    throw new ModelFileError(`The operator “${element.attributes.get("id")}” has no children.`, {
      line: element.line,
    });
  }
  if (element.name === "sequence") return sequence(children);
  if (element.name === "xor" || element.name === "def") return exclusive(children);
  if (element.name === "and") return parallel(children);
  if (element.name === "interleaving" && children.length <= MOST_TURNS) return interleaved(children);
  if ((element.name === "xorLoop" || element.name === "defLoop") && children.length <= 3) {
    return sequence([loop(children[0]!, children[1] ?? silent), children[2] ?? silent]);
  }
  throw new ModelFileError(`The node “${element.attributes.get("id") ?? ""}” is a <${element.name}>.`, {
    line: element.line,
    value: element.name,
    expected: `sequence, xor, and, interleaving of at most ${MOST_TURNS}, xorLoop of at most three, manualTask or automaticTask`,
  });
}

const ELEMENTS = {
  sequence: "sequence",
  exclusive: "xor",
  parallel: "and",
  interleaved: "interleaving",
  loop: "xorLoop",
} as const;

/** The tree in PTML. Loops get the silent third child that ProM expects. The same tree gives the same bytes. */
export function writePtml(tree: ProcessTree, name = "Process"): string {
  const nodes: string[] = [];
  const edges: string[] = [];
  const add = (node: ProcessTree): string => {
    const id = `n${nodes.length}`;
    const at = nodes.push("") - 1;
    if (node.kind === "silent") nodes[at] = `<automaticTask id="${id}" name="tau" />`;
    else if (node.kind === "activity") nodes[at] = `<manualTask id="${id}" name="${escapeXml(node.name)}" />`;
    else nodes[at] = `<${ELEMENTS[node.kind]} id="${id}" name="" />`;
    const children = node.kind === "loop" ? [...childrenOf(node), silent] : childrenOf(node);
    for (const child of children) {
      const childId = add(child);
      edges.push(`<parentsNode id="e${edges.length}" sourceId="${id}" targetId="${childId}" />`);
    }
    return id;
  };
  const root = add(tree);
  return `<?xml version="1.0" encoding="UTF-8"?>
<ptml>
  <processTree id="tree" name="${escapeXml(name)}" root="${root}">
${[...nodes, ...edges].map((line) => `    ${line}`).join("\n")}
  </processTree>
</ptml>
`;
}
