import { z } from "zod";
import { readTool } from "../define.ts";
import { type Connector, ConnectorNotFoundError, listConnectors } from "./store.ts";

const operationRow = (connector: Connector) => (operation: Connector["operations"][number]) => ({
  connector: connector.id,
  operation: operation.id,
  call: `${operation.method.toUpperCase()} ${operation.path}`,
  summary: operation.summary,
  effect: operation.effect,
  reason: operation.effectReason,
});

export default readTool({
  name: "connectors.list",
  version: 1,
  description:
    "Lists the systems that were imported from API specifications and their operations, each with its guessed effect (read, write, irreversible) and the reason. With a connector and words, only the operations that match, with their argument schemas.",
  examples: {
    en: [
      "which systems are connected?",
      "list the connectors",
      "what can you do in the ticket system?",
      "which operations does the tickets API have?",
      "show me the connected APIs",
      "what systems can you write to?",
      "which connectors do we have?",
      "what integrations are set up?",
    ],
  },
  input: z.object({
    connector: z.string().optional().meta({ slot: "connector", description: "Only this connector, by id" }),
    words: z.string().optional().describe("Only operations whose id, path or summary has these words"),
  }),
  async execute({ connector, words }, context) {
    const all = await listConnectors(context.database, context.tenant);
    const chosen = connector === undefined ? all : all.filter(({ id }) => id === connector);
    if (connector !== undefined && chosen.length === 0) {
      throw new ConnectorNotFoundError(
        "connector",
        connector,
        all.map(({ id }) => id),
      );
    }
    const wanted = (words ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const rows = chosen.flatMap((entry) => entry.operations.map(operationRow(entry)));
    const matching = rows.filter((row) =>
      wanted.every((word) => `${row.operation} ${row.call} ${row.summary}`.toLowerCase().includes(word)),
    );
    const shown = matching.slice(0, 200);
    const count = (value: number, unit: string, label: string) =>
      context.fact({
        value,
        unit,
        label,
        rows: value,
        call: { tool: "connectors.list", input: { connector, words } },
      });
    const systems = count(chosen.length, "systems", "connected systems");
    const operations = count(matching.length, "operations", "operations of connected systems");
    return {
      data: {
        connectors: chosen.map(({ id, title, baseUrl }) => ({ id, title, baseUrl })),
        operations: shown,
        schemas: schemasOf(chosen, shown),
      },
      facts: [systems, operations],
      views: [
        {
          kind: "table",
          title: "Operations",
          columns: ["connector", "operation", "call", "summary", "effect", "reason"].map((key) => ({
            key,
            label: key,
            kind: "text" as const,
          })),
          rows: shown,
          total: matching.length,
        },
      ],
      answer:
        chosen.length === 0
          ? {
              headline: { text: "No system is connected yet." },
              figures: [],
              assumptions: [{ text: "An administrator imports an OpenAPI file to connect one." }],
            }
          : {
              headline: { text: "{systems} connected, with {operations}.", values: { systems, operations } },
              figures: [systems, operations],
              assumptions: [
                {
                  text: "What changes something is only done after an approval; effects are guessed from the specification, in doubt the more careful way.",
                },
              ],
            },
    };
  },
});

/** Argument schemas of few operations; of many they would only be in the way. */
function schemasOf(
  connectors: readonly Connector[],
  shown: readonly { connector: string; operation: string }[],
) {
  if (shown.length > 5) return [];
  return shown.map(({ connector, operation }) => ({
    connector,
    operation,
    parameters:
      connectors.find(({ id }) => id === connector)?.operations.find(({ id }) => id === operation)
        ?.parameters ?? [],
  }));
}
