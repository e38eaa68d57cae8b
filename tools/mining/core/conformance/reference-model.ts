import { bpmnToNet, labelKnownTo } from "../models/bpmn-to-net.ts";
import { ModelFileError } from "../models/errors.ts";
import { readPnml } from "../models/pnml.ts";
import { readPtml } from "../models/ptml.ts";
import { readBpmn } from "../models/read-bpmn.ts";
import { parseTree } from "../models/tree-text.ts";
import { readXml } from "../models/xml.ts";
import { type PetriNet, toPetriNet } from "../petri-net.ts";

export type ModelFormat = "bpmn" | "pnml" | "ptml" | "tree";

/** A model that a log is held against. */
export interface ReferenceModel {
  readonly format: ModelFormat;
  readonly net: PetriNet;
  /** What of the document the net does not carry, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads a BPMN, PNML or PTML document or a process tree in the literature's notation; which one is told from the content.
 * BPMN events and sub-processes count as steps where the log has activities of their names.
 */
export function readReferenceModel(document: string, activities: Iterable<string> = []): ReferenceModel {
  const format = formatOf(document);
  switch (format) {
    case "bpmn": {
      const { model: graph, notes } = readBpmn(document);
      const { model: net, notes: more } = bpmnToNet(graph, { labelOf: labelKnownTo(new Set(activities)) });
      return { format, net, notes: [...notes, ...more] };
    }
    case "pnml": {
      const { model: net, notes } = readPnml(document);
      return { format, net, notes };
    }
    case "ptml": {
      const { model: tree, notes } = readPtml(document);
      return { format, net: toPetriNet(tree), notes };
    }
    case "tree": {
      const { model: tree, notes } = parseTree(document);
      return { format, net: toPetriNet(tree), notes };
    }
  }
}

/** By the name of the document's first element. */
function formatOf(document: string): ModelFormat {
  if (
    !document
      .trimStart()
      .replace(/^\uFEFF/, "")
      .startsWith("<")
  )
    return "tree";
  const { name } = readXml(document);
  if (name === "definitions") return "bpmn";
  if (name === "pnml" || name === "ptml") return name;
  throw new ModelFileError(`A <${name}> document is no process model.`, {
    value: name,
    expected: "BPMN 2.0 (definitions), PNML (pnml) or PTML (ptml)",
    remedy: "Export the model in one of these formats.",
  });
}
