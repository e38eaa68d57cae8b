import { z } from "zod";
import { type Message, readTool, type ToolContext, type ToolResult, type View } from "../define.ts";
import { filters, log, share } from "../inputs.ts";
import {
  FILE_TYPES,
  type ModelFormat,
  PICTURES,
  type ProcessModel,
  writeModel,
} from "./core/models/process-model.ts";
import type { ReadModel } from "./core/models/read-model.ts";
import { firstVariants, mostCommonCases, processMap, variantsToCover } from "./core/process-map.ts";
import { variants } from "./core/variants.ts";
import { minedModel } from "./mined-model.ts";
import { assumptions, type Selection, select } from "./selection.ts";

const Input = z.object({
  log,
  filters,
  shown: share.default(1),
  /** Formats stand before what they can be formats of: "the BPMN as SVG" is an SVG. */
  format: z
    .enum(["svg", "dot", "pnml", "ptml", "tree", "bpmn"])
    .default("bpmn")
    .meta({ description: "The file's format; `tree` is a process tree as text" }),
  picture: z
    .enum(PICTURES)
    .optional()
    .meta({ description: "What an SVG or DOT file shows: the process map, the BPMN or the Petri net" }),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly file: string;
  readonly type: string;
  readonly text: string;
  /** What the file does not say as the model does. */
  readonly notes: readonly string[];
}

/** How long the discovery may take, milliseconds. */
const MODEL_TIME = 30_000;

export default readTool<Input, Data>({
  name: "mining.export-model",
  version: 1,
  description:
    "The mined model as a file for other programs: BPMN 2.0 with its layout, PNML (Petri net, for ProM and PM4Py), PTML or text " +
    "(process tree), DOT (Graphviz), or an SVG picture of the map, the BPMN or the net. `shown` leaves out rare paths.",
  examples: {
    en: [
      "export the model as PNML",
      "export the BPMN model",
      "export the process tree as PTML",
      "save the model as DOT for Graphviz",
      "export the process map as SVG",
      "download the model",
      "download the BPMN as SVG",
      "PNML for ProM",
      "a model file for PM4Py",
      "export the Petri net",
      "export the process tree",
      "export it as BPMN",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const { model, notes } = modelOf(selection, input, context);
  const stem = selection.open.name.replace(/\.(csv|tsv|xes|json|jsonl|parquet|gz)$/i, "");
  const written = writeModel(model, input.format, stem, input.picture);
  const { ending, type } = FILE_TYPES[input.format];
  const file = `${stem}.${ending}`;
  const given = assumptions(context, selection, input.filters);
  return {
    data: { file, type, text: written.text, notes: [...notes, ...written.notes] },
    facts: given.facts,
    views: [viewOf(file, input.format, written.text)],
    answer: {
      headline: {
        text: "The model of {log} is in the file {file}.",
        values: { log: selection.open.name, file },
      },
      figures: [],
      assumptions: given.lines,
      notes: notesOf([...notes, ...written.notes], selection, input),
      next: { label: { text: "See how good the model is" }, ask: "how good is the model?" },
    },
  };
}

/** A picture of the map is one of what followed what; every other file holds the model that was discovered. */
function modelOf(selection: Selection, input: Input, context: ToolContext): ReadModel<ProcessModel> {
  if (input.picture === "map" && (input.format === "svg" || input.format === "dot")) {
    return {
      model: { kind: "map", map: processMap(mostCommonCases(selection.log, input.shown), null, []) },
      notes: [],
    };
  }
  context.progress("Discovering the model");
  const all = variants(selection.log);
  const found = firstVariants(all, variantsToCover(all.counts, input.shown));
  const end = performance.now() + MODEL_TIME;
  const deadline = () => context.signal.aborted || performance.now() > end;
  const model = minedModel(found, input.format, deadline);
  context.signal.throwIfAborted();
  return model;
}

const viewOf = (file: string, format: ModelFormat, text: string): View =>
  format === "bpmn"
    ? { kind: "bpmn", title: file, xml: text, marks: [], fitness: null, precision: null }
    : { kind: "text", title: file, text };

function notesOf(notes: readonly string[], { open }: Selection, { format, picture }: Input): Message[] {
  const query = `format=${format}${picture === undefined ? "" : `&picture=${picture}`}`;
  return [
    ...notes.map((note) => ({ text: "{note}", values: { note } })),
    {
      text: "It can be downloaded from {path}.",
      values: { path: `/v1/logs/${encodeURIComponent(open.id)}/model?${query}` },
    },
  ];
}
