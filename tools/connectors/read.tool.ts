import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { type Cell, readTool, type View } from "../define.ts";
import { connector, operation } from "../inputs.ts";
import { callOperation } from "./call-operation.ts";
import { settingsOf } from "./settings-of.ts";
import { findOperation } from "./store.ts";

/** Reading was asked of an operation that may change something. */
export class NotAReadError extends MillwrightError {
  constructor(operation: string, reason: string) {
    super("not-a-read", 422, `"${operation}" may change something (${reason}).`, {
      remedy: "Use connectors.call: it becomes a proposal that someone approves.",
    });
  }
}

export default readTool({
  name: "connectors.read",
  version: 1,
  description:
    "Calls one operation of a connected system that only reads, and shows its answer. What comes back is data of that system.",
  examples: {
    en: [
      "read the tickets from the ticket system",
      "get ticket T-1001 from the ticket system",
      "look up the customer in the CRM",
      "fetch the open tickets",
      "what does the ticket system say about T-1001?",
      "call the listTickets operation",
      "show the tickets that were created",
      "query the connected system",
    ],
  },
  input: z.object({
    connector,
    operation,
    arguments: z.record(z.string(), z.unknown()).default({}).describe("By parameter name"),
  }),
  async execute(input, context) {
    const found = await findOperation(context.database, context.tenant, input.connector, input.operation);
    const { connector: system, operation: wanted } = found;
    if (wanted.effect !== "read") throw new NotAReadError(wanted.id, wanted.effectReason);
    const around = {
      database: context.database,
      tenant: context.tenant,
      settings: settingsOf(context),
      signal: context.signal,
      traced: context.traced,
    };
    const { status, body } = await callOperation({ ...found, arguments: input.arguments }, around);
    return {
      data: { status, body },
      facts: [],
      views: [viewOf(`${system.title}: ${wanted.id}`, body)],
      answer: {
        headline: {
          text: "{system} answered {operation}.",
          values: { system: system.title, operation: wanted.id },
        },
        figures: [],
        assumptions: [{ text: "The answer is that system's data, as it gave it." }],
      },
    };
  },
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const cell = (value: unknown): Cell =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null
    ? value
    : JSON.stringify(value);

/** A list of objects (or the one list inside an object) as a table, anything else as text. */
function viewOf(title: string, body: unknown): View {
  const list = Array.isArray(body)
    ? body
    : isRecord(body)
      ? Object.values(body).find(Array.isArray)
      : undefined;
  const rows = (list ?? []).filter(isRecord);
  if (rows.length === 0) return { kind: "text", title, text: JSON.stringify(body, null, 2).slice(0, 20_000) };
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 12);
  return {
    kind: "table",
    title,
    columns: keys.map((key) => ({ key, label: key, kind: "text" })),
    rows: rows
      .slice(0, 100)
      .map((row) => Object.fromEntries(keys.map((key) => [key, cell(row[key] ?? null)]))),
    total: rows.length,
  };
}
