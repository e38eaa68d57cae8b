import { z } from "zod";
import { readTool } from "../define.ts";

const tool = readTool({
  name: "logs.list",
  version: 1,
  description: "Lists the event logs there are, with cases, events and the time they span.",
  examples: {
    en: [
      "which logs are there?",
      "what data do you have?",
      "list the logs",
      "show me all processes",
      "what can I ask about?",
    ],
    de: ["welche Logs gibt es?", "welche Daten hast du?"],
    fr: ["quels journaux y a-t-il ?"],
    es: ["¿qué registros hay?"],
  },
  input: z.object({}),
  async execute(_input, context) {
    const all = await context.logs.list();
    const count = context.fact({
      value: all.length,
      unit: "logs",
      label: "event logs that are stored",
      call: { tool: "logs.list", input: {} },
      rows: all.length,
    });
    const [first] = all;
    return {
      data: { logs: all },
      facts: [count],
      views: [
        {
          kind: "table",
          title: "Logs",
          columns: [
            { key: "name", label: "Log", kind: "text" },
            { key: "cases", label: "Cases", kind: "number", unit: "cases" },
            { key: "events", label: "Events", kind: "number", unit: "events" },
            { key: "first", label: "First", kind: "time" },
            { key: "last", label: "Last", kind: "time" },
          ],
          rows: all.map(({ name, cases, events, first: from, last }) => ({
            name,
            cases,
            events,
            first: from,
            last,
          })),
        },
      ],
      answer: {
        headline: first
          ? {
              text: "There are {count}: {names}.",
              values: { count, names: all.map((log) => log.name).join(", ") },
            }
          : { text: "There is no log yet: {count}.", values: { count } },
        figures: [count],
        assumptions: [],
        ...(first
          ? {
              next: {
                label: { text: "Look into {log}", values: { log: first.name } },
                ask: `profile ${first.name}`,
              },
            }
          : {}),
      },
    };
  },
});

export default tool;
