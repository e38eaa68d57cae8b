import { z } from "zod";
import { type Fact, type Message, readTool } from "../define.ts";
import { type Memory, memoryOf, placeOf } from "./port.ts";
import { dataOf, tableOf, toldOf } from "./tell.ts";

const input = z.object({
  kind: z.enum(["definition", "preference", "pinned-kpi", "note"]).optional().describe("Only those"),
});

export default readTool({
  name: "memory.list",
  version: 1,
  description:
    "Everything (or all of one `kind`) that is remembered for the person who asks: definitions, preferences, pinned KPIs and notes, their own, " +
    "this thread's, their team's and everybody's, with since when and until when it holds.",
  examples: {
    en: [
      "what do you remember about me?",
      "what do you know about me?",
      "show what you have remembered",
      "which definitions do you remember?",
      "list my remembered preferences",
      "what did I tell you to remember?",
    ],
  },
  input,
  unrecorded: true,
  async execute(own: z.infer<typeof input>, context) {
    const kinds = own.kind === undefined ? undefined : [own.kind];
    const memories = await memoryOf(context).list(placeOf(context), kinds);
    const count = context.fact({
      value: memories.length,
      unit: "things",
      label: "things remembered",
      rows: memories.length,
      call: { tool: "memory.list", input: own },
    });
    const newest = memories.toSorted((left, right) => right.updatedAt.getTime() - left.updatedAt.getTime());
    const [first] = newest;
    return {
      data: memories.map(dataOf),
      facts: [count],
      views: first === undefined ? [] : [tableOf("What I remember", memories)],
      answer: {
        headline: headline(own.kind, first, count),
        figures: [],
        notes: newest.slice(first?.expiresAt ? 0 : 1, 6).map((memory) => toldOf(memory, context.zone)),
        assumptions: [
          { text: "Your own, this thread's, your team's and everybody's; nobody else sees your own." },
        ],
        ...(first === undefined
          ? {}
          : {
              next: {
                label: {
                  text: 'To take the latest away, say: "{example}"',
                  values: { example: "forget that" },
                },
                ask: "forget that",
              },
            }),
      },
    };
  },
});

function headline(kind: string | undefined, first: Memory | undefined, count: Fact): Message {
  const pins = kind === "pinned-kpi";
  if (first === undefined)
    return pins ? { text: "You have pinned nothing yet." } : { text: "I remember nothing about you." };
  return pins
    ? { text: 'You have pinned {count}; the latest: "{text}".', values: { count, text: first.text } }
    : { text: 'I remember {count} for you; the latest: "{text}".', values: { count, text: first.text } };
}
