/** The tools' declarations as hosted models take them, and the tool by which such a model hands in its reply. */
import { z } from "zod";
import { isWrite, type Tool } from "../../tools/define.ts";
import { CalendarChoice, FilterSchema } from "../../tools/inputs.ts";
import { declarePlan } from "./hosted-plan.ts";
import type { Briefing, FinalParts } from "./provider.ts";
import { readResult } from "./result-data.ts";
import { strictSchema, withoutNulls } from "./strict.ts";

/** Tool names on the wire have no dots. */
export const wireName = (name: string): string => name.replace(".", "__");

export const answerTool = "answer";

const Answer = z.object({
  language: z.string().min(2).describe("BCP 47 code of the language you reply in: the person's"),
  text: z.string().min(1).describe("The whole reply in Markdown; figures only as {{factId}}"),
  headline: z.string().describe("The reply's first sentence on its own; figures only as {{factId}}"),
  figures: z.array(z.string()).max(3).default([]).describe("Ids of the at most three facts that matter most"),
  assumptions: z.string().default("").describe("One line: window, time zone, filter, how many cases"),
  notes: z.array(z.string()).default([]),
  next: z
    .object({ label: z.string(), ask: z.string().describe("What the person would say to have it done") })
    .nullable()
    .default(null),
  clarification: z
    .object({
      question: z.string(),
      readings: z.array(z.object({ label: z.string(), ask: z.string(), result: z.string() })).min(2),
    })
    .nullable()
    .default(null)
    .describe("Only when the readings of the question give different results"),
  supersedes: z
    .array(z.string())
    .default([])
    .describe(
      "Ids of waiting proposals that this message of the person changes or withdraws. Never for questions.",
    ),
  quoted: z
    .array(z.string())
    .default([])
    .describe('Settings of your calls that stand in the text as numbers, exactly as written there ("2 h")'),
});

type JsonSchema = Record<string, unknown>;

/** The largest number that JSON.parse keeps whole: zod says it of every integer, and it tells a model nothing. */
const safe = Number.MAX_SAFE_INTEGER;

/**
 * Fields that many tools share and whose schemas are long: each tool says only what stands there, the instructions have
 * the schema once (`sharedSchemas`). Every input is checked against the whole schema all the same.
 */
const shared: Readonly<Record<string, JsonSchema>> = {
  filters: {
    type: "array",
    items: { type: "object", properties: { kind: { type: "string" } }, required: ["kind"] },
    description: "Which cases: Filters",
  },
  "selection-a": {
    type: "object",
    properties: { label: { type: "string" }, filters: { type: "array", items: { type: "object" } } },
    required: ["label", "filters"],
    description: "The population or period in question: a label and Filters",
  },
  "selection-b": {
    type: "object",
    properties: { label: { type: "string" }, filters: { type: "array", items: { type: "object" } } },
    required: ["label", "filters"],
    description: "What it is compared with: a label and Filters",
  },
  calendar: {
    type: ["string", "object"],
    description: "Count in business time: a calendar's name, `business hours`, or a Calendar",
  },
};

/** Whether only a placeholder is left. */
function shorten(schema: JsonSchema): boolean {
  const slot = schema["slot"];
  const replaced = typeof slot === "string" ? shared[slot] : undefined;
  delete schema["slot"];
  delete schema["across"];
  for (const bound of ["maximum", "minimum"])
    if (Math.abs(Number(schema[bound])) === safe) delete schema[bound];
  // The expression of a date is long, and its format says the same; the input is checked against both.
  if (schema["format"] !== undefined) delete schema["pattern"];
  if (replaced === undefined) return false;
  for (const key of Object.keys(schema)) delete schema[key];
  Object.assign(schema, replaced);
  return true;
}

function jsonSchemaOf(schema: z.ZodType, change: (schema: JsonSchema) => void): JsonSchema {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => change(jsonSchema as JsonSchema),
  }) as JsonSchema;
  return json;
}

/** The schemas that tools' inputs refer to by name, for the instructions. */
export function sharedSchemas(): string {
  const plain = (schema: JsonSchema): void => {
    for (const key of ["slot", "across", "default", "pattern"]) delete schema[key];
  };
  const filter = JSON.stringify(jsonSchemaOf(FilterSchema, plain));
  const calendar = JSON.stringify(jsonSchemaOf(CalendarChoice, plain));
  return `Where a tool's input takes Filters, each is one of this JSON Schema; several are joined by "and":\n${filter}\n\nA Calendar:\n${calendar}`;
}

/** JSON Schema of a tool's input; what is not an object at its top is wrapped, for the API wants objects. */
function inputSchema(schema: z.ZodType): { schema: JsonSchema; wrapped: boolean; whole: boolean } {
  let whole = true;
  const json = jsonSchemaOf(schema, (part) => {
    if (shorten(part)) whole = false;
  });
  if (json["type"] === "object") return { schema: json, wrapped: false, whole };
  return {
    whole,
    schema: { type: "object", properties: { input: json }, required: ["input"] },
    wrapped: true,
  };
}

function describe(tool: Tool): string {
  const examples = tool.examples.en.slice(0, 3).map((example) => `"${example}"`);
  const gated = isWrite(tool) ? " Calling it only proposes; an approver decides." : "";
  const asked = examples.length === 0 ? "" : ` Asked for like: ${examples.join(", ")}.`;
  return `${tool.description}${gated}${asked}`;
}

/** A tool as it stands on the wire, whatever the protocol. */
export interface DeclaredTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly schema: JsonSchema;
  /** The same in its strict form, where the server is to hold the model to it (strict.ts). */
  readonly strict?: JsonSchema;
}

export interface HostedTools {
  /** The tools of a turn, the one for the reply last. */
  readonly declared: readonly DeclaredTool[];
  /** From the wire back to the tool's name and input. */
  unwire(name: string, input: unknown): { readonly name: string; readonly input: unknown };
}

/** Rules and workflows: what a model writes there is a document that has to have its form. */
const isStructured = ({ name, risk }: Tool): boolean =>
  risk !== "read" && /^(?:rules|workflows)\./u.test(name);

export function hostedTools(tools: readonly Tool[]): HostedTools {
  const byWire = new Map(tools.map((tool) => [wireName(tool.name), { tool, ...inputSchema(tool.input) }]));
  const declared: DeclaredTool[] = [...byWire].map(([name, { tool, schema, whole }]) => {
    const strict = isStructured(tool) && whole ? strictSchema(schema) : null;
    return { name, description: describe(tool), schema, ...(strict === null ? {} : { strict }) };
  });
  // A plan is made of calls: without tools there is none.
  declared.push(readResult, ...(tools.length > 0 ? [declarePlan] : []), {
    name: answerTool,
    description:
      "Hands in your reply to the person. Use it once, alone, when you have found out what you need.",
    schema: inputSchema(Answer).schema,
  });
  return {
    declared,
    unwire(name, input) {
      const known = byWire.get(name);
      if (known === undefined) return { name, input };
      const { tool, schema, wrapped } = known;
      const given = isStructured(tool) ? withoutNulls(input, schema) : input;
      const inner = wrapped ? (given as { input?: unknown } | null)?.input : given;
      return { name: tool.name, input: inner };
    },
  };
}

/** A handed-in reply; `null` with the reasons when it does not fit. */
export function readAnswer(
  input: unknown,
  briefing: Briefing,
): { readonly text: string; readonly parts: FinalParts } | { readonly problem: string } {
  const parsed = Answer.safeParse(input);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { text, ...parts } = parsed.data;
  return { text, parts: { ...parts, state: briefing.state } };
}
