import type { BpmnGraph } from "../bpmn-graph.ts";
import { type BpmnModel, treeToBpmn } from "../bpmn-model.ts";
import { type PetriNet, toPetriNet } from "../petri-net.ts";
import type { ProcessMap } from "../process-map.ts";
import { type ProcessTree, printTree } from "../process-tree.ts";
import { bpmnToNet } from "./bpmn-to-net.ts";
import { bpmnDot, mapDot, netDot, treeDot } from "./dot.ts";
import { drawBpmn } from "./draw-bpmn.ts";
import { bpmnSvg, mapSvg, netSvg } from "./draw-svg.ts";
import { ModelFileError, NotConvertibleError } from "./errors.ts";
import { netToBpmn } from "./net-to-bpmn.ts";
import { netToTree } from "./net-to-tree.ts";
import { readPnml, writePnml } from "./pnml.ts";
import { readPtml, writePtml } from "./ptml.ts";
import { type BpmnOptions, readBpmn } from "./read-bpmn.ts";
import type { ReadModel } from "./read-model.ts";
import { parseTree } from "./tree-text.ts";
import { writeBpmn } from "./write-bpmn.ts";
import { readXml } from "./xml.ts";

/** A model of a process in any of its forms. */
export type ProcessModel =
  | { readonly kind: "tree"; readonly tree: ProcessTree }
  | { readonly kind: "net"; readonly net: PetriNet }
  | { readonly kind: "bpmn"; readonly graph: BpmnGraph }
  | { readonly kind: "map"; readonly map: ProcessMap };

export const MODEL_FORMATS = ["bpmn", "pnml", "ptml", "tree", "dot", "svg"] as const;
export type ModelFormat = (typeof MODEL_FORMATS)[number];

/** What a picture of a model shows: the model in the form that it has, or another. */
export const PICTURES = ["map", "bpmn", "net"] as const;
export type Picture = (typeof PICTURES)[number];

export const FILE_TYPES: Readonly<Record<ModelFormat, { readonly ending: string; readonly type: string }>> = {
  bpmn: { ending: "bpmn", type: "application/xml" },
  pnml: { ending: "pnml", type: "application/xml" },
  ptml: { ending: "ptml", type: "application/xml" },
  tree: { ending: "tree.txt", type: "text/plain; charset=utf-8" },
  dot: { ending: "dot", type: "text/vnd.graphviz; charset=utf-8" },
  svg: { ending: "svg", type: "image/svg+xml" },
};

/**
 * Reads a model file of any format, told by its content: BPMN 2.0, PNML, PTML, or a process tree as text. Errors carry the
 * file's name.
 */
export function readModel(
  bytes: Uint8Array,
  file: string,
  options: BpmnOptions = {},
): ReadModel<ProcessModel> {
  try {
    return readAny(bytes, options);
  } catch (error) {
    throw error instanceof ModelFileError ? error.of(file) : error;
  }
}

function readAny(bytes: Uint8Array, options: BpmnOptions): ReadModel<ProcessModel> {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 1000)).replaceAll("\0", "");
  if (!/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*</.test(start)) {
    const { model, notes } = parseTree(new TextDecoder().decode(bytes));
    return { model: { kind: "tree", tree: model }, notes };
  }
  const { name, line } = readXml(bytes);
  if (name === "definitions") {
    const { model, notes } = readBpmn(bytes, options);
    return { model: { kind: "bpmn", graph: model }, notes };
  }
  if (name === "pnml") {
    const { model, notes } = readPnml(bytes);
    return { model: { kind: "net", net: model }, notes };
  }
  if (name === "ptml" || name === "processTree") {
    const { model, notes } = readPtml(bytes);
    return { model: { kind: "tree", tree: model }, notes };
  }
  throw new ModelFileError(`This is no model of a process: its root is <${name}>.`, {
    line,
    value: name,
    expected: "BPMN 2.0, PNML, PTML, or a process tree as text",
  });
}

/** The Petri net of a model; what conformance checking works on. */
export function asNet(model: ProcessModel): ReadModel<PetriNet> {
  if (model.kind === "net") return { model: model.net, notes: [] };
  if (model.kind === "tree") return { model: toPetriNet(model.tree), notes: [] };
  if (model.kind === "bpmn") return bpmnToNet(model.graph);
  throw new NotConvertibleError(
    "A process map is a picture of what followed what, not a model that can be replayed.",
  );
}

/** A model as BPMN with its drawing. */
export function asBpmn(model: ProcessModel): ReadModel<BpmnModel> {
  if (model.kind === "tree") return { model: treeToBpmn(model.tree), notes: [] };
  const { model: graph, notes } =
    model.kind === "bpmn" ? { model: model.graph, notes: [] } : viaNet(model, netToBpmn);
  return { model: { graph, drawing: drawBpmn(graph) }, notes };
}

function asTree(model: ProcessModel): ReadModel<ProcessTree> {
  if (model.kind === "tree") return { model: model.tree, notes: [] };
  return viaNet(model, (net) => ({ model: netToTree(net), notes: [] }));
}

function viaNet<Other>(model: ProcessModel, convert: (net: PetriNet) => ReadModel<Other>): ReadModel<Other> {
  const net = asNet(model);
  const converted = convert(net.model);
  return { model: converted.model, notes: [...net.notes, ...converted.notes] };
}

/** A model as the text of a file. */
export interface WrittenModel {
  readonly text: string;
  /** What the file does not say as the model does, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Writes a model in a format, converting it where it must; refuses with a reason where that cannot be. Pictures (`dot`,
 * `svg`) show the model as it is, a tree as BPMN, unless `picture` asks for another form. The same model gives the same bytes.
 */
export function writeModel(
  model: ProcessModel,
  format: ModelFormat,
  name: string,
  picture?: Picture,
): WrittenModel {
  switch (format) {
    case "bpmn":
      return written(asBpmn(model), ({ graph, drawing }) => writeBpmn(graph, drawing, name));
    case "pnml":
      return written(asNet(model), (net) => writePnml(net, name));
    case "ptml":
      return written(asTree(model), (tree) => writePtml(tree, name));
    case "tree":
      return written(asTree(model), (tree) => `${printTree(tree)}\n`);
    case "dot":
      return dot(model, name, picture);
    case "svg":
      return svg(model, name, picture);
  }
}

const written = <Form>({ model, notes }: ReadModel<Form>, write: (form: Form) => string): WrittenModel => ({
  text: write(model),
  notes,
});

function dot(model: ProcessModel, name: string, picture: Picture | undefined): WrittenModel {
  if (model.kind === "map") return { text: mapDot(model.map, name), notes: [] };
  if (picture === undefined && model.kind === "tree") return { text: treeDot(model.tree, name), notes: [] };
  if ((picture ?? model.kind) === "net") return written(asNet(model), (net) => netDot(net, name));
  return written(asBpmn(model), ({ graph }) => bpmnDot(graph, name));
}

function svg(model: ProcessModel, name: string, picture: Picture | undefined): WrittenModel {
  if (model.kind === "map") return { text: mapSvg(model.map, name), notes: [] };
  if ((picture ?? model.kind) === "net") return written(asNet(model), (net) => netSvg(net, name));
  return written(asBpmn(model), ({ graph, drawing }) => bpmnSvg(graph, drawing, name));
}
