import { z } from "zod";
import { readTool } from "../define.ts";
import { limit } from "../inputs.ts";
import { failedCalls } from "./store.ts";

export default readTool({
  name: "connectors.failures",
  version: 1,
  description: "Lists attempts to call other systems that failed and wait for review, newest first.",
  examples: {
    en: [
      "which calls failed?",
      "show failed calls",
      "what went wrong with the ticket system?",
      "which connector failed most?",
      "failed API calls for review",
      "did any connector call fail?",
      "list the errors of the connectors",
      "what is in the dead letter list?",
    ],
  },
  input: z.object({ limit: limit.default(50) }),
  async execute(input, context) {
    const rows = await failedCalls(context.database, context.tenant, input.limit);
    const failures = context.fact({
      value: rows.length,
      unit: "attempts",
      label: `failed attempts not reviewed (at most ${input.limit})`,
      rows: rows.length,
      call: { tool: "connectors.failures", input },
    });
    return {
      data: rows,
      facts: [failures],
      views: [
        {
          kind: "table",
          title: "Failed calls",
          columns: [
            { key: "at", label: "at", kind: "time" },
            { key: "connector", label: "connector", kind: "text" },
            { key: "operation", label: "operation", kind: "text" },
            { key: "problem", label: "problem", kind: "text" },
            { key: "attempt", label: "attempt", kind: "number" },
            { key: "proposal", label: "proposal", kind: "text" },
          ],
          rows: rows.map((row) => ({
            at: row.createdAt.toISOString(),
            connector: row.connector,
            operation: row.operation,
            problem: row.problem,
            attempt: row.attempt,
            proposal: row.proposal,
          })),
        },
      ],
      answer: {
        headline:
          rows.length === 0
            ? { text: "No call to another system waits for review." }
            : { text: "{failures} wait for review.", values: { failures } },
        figures: [failures],
        assumptions: [{ text: "Each attempt counts, at most three for a call." }],
      },
    };
  },
});
