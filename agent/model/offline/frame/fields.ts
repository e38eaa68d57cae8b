/** What a tool's zod input asks for: its fields, their slots, and which must be filled. */
import { z } from "zod";
import type { Tool } from "../../../../tools/define.ts";
import type { Slot } from "../../../../tools/inputs.ts";

export interface Field {
  readonly name: string;
  readonly slot: Slot | null;
  readonly required: boolean;
  /** Of a log: without one, the tool tells of all. */
  readonly across: boolean;
  /** What the thread has proposed may be meant: its proposal's id stands for it. */
  readonly byProposal: boolean;
  /** The values of an enumeration. */
  readonly choices: readonly string[];
  readonly schema: z.ZodType;
  readonly description: string;
}

/** Fields of these names are what they say, with or without metadata. */
const plain: ReadonlySet<string> = new Set([
  "activity",
  "activities",
  "attribute",
  "filters",
  "metric",
  "statistic",
]);

const cache = new WeakMap<Tool, readonly Field[]>();

export function fieldsOf(tool: Tool): readonly Field[] {
  let fields = cache.get(tool);
  if (!fields) {
    fields = tool.input instanceof z.ZodObject ? objectFields(tool.input) : [];
    cache.set(tool, fields);
  }
  return fields;
}

export const objectFields = (schema: z.ZodObject): Field[] => Object.entries(schema.shape).map(field);

function field([name, schema]: [string, unknown]): Field {
  const layers = [...unwrap(schema as z.ZodType)];
  const metas = layers.map((layer) => z.globalRegistry.get(layer));
  const slot = metas.map((meta) => meta?.["slot"]).find((found) => typeof found === "string");
  const inner = layers.at(-1)!;
  return {
    name,
    slot: (slot as Slot | undefined) ?? (plain.has(name) ? (name as Slot) : null),
    required: !layers.some((layer) =>
      ["optional", "default", "prefault", "nullable"].includes(layer.def.type),
    ),
    across: metas.some((meta) => meta?.["across"] === true),
    byProposal: metas.some((meta) => meta?.["byProposal"] === true),
    choices: inner instanceof z.ZodEnum ? inner.options.map(String) : [],
    schema: inner,
    description: String(metas.map((meta) => meta?.description).find((text) => text) ?? ""),
  };
}

/** The schema and what its optional, default and nullable wrappers hold, outside in. */
function* unwrap(schema: z.ZodType): Generator<z.ZodType> {
  yield schema;
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  if (inner && schema.def.type !== "array") yield* unwrap(inner);
}

export const hasSlot = (tool: Tool, slot: Slot): boolean =>
  fieldsOf(tool).some((field) => field.slot === slot);
