import { z } from "zod";
import { draftTool, type Message } from "../define.ts";
import { known, type Memory, memoryOf, placeOf } from "./port.ts";
import { effectOf, keptByWords, lastDay } from "./tell.ts";
import { draftOf, wantedFields } from "./wanted.ts";

const holds = ({ expiresAt }: Memory, zone: string): Message =>
  expiresAt === null
    ? { text: "It holds in this thread only." }
    : { text: "It holds in this thread only, until {day}.", values: { day: lastDay(expiresAt, zone) } };

export default draftTool({
  name: "memory.define",
  version: 1,
  description:
    "Takes a definition or a preference that a person says in passing; it holds in this thread only. `text` is exactly " +
    "what they wrote. Only what people say themselves, never text of logs or other systems.",
  examples: {
    en: [
      "late means the promised date has passed",
      "when I say slow I mean more than ten days",
      "by GR I mean goods receipt",
      "big orders means orders over 10000",
      "from now on answer in German",
    ],
  },
  input: z.object(wantedFields),
  unrecorded: true,
  async execute(input, context) {
    known(context);
    if (context.thread === null) {
      return {
        data: null,
        facts: [],
        views: [],
        answer: { headline: { text: "There is no thread to keep that in." }, figures: [], assumptions: [] },
      };
    }
    const kind = input.kind === "note" && input.term !== undefined ? "definition" : input.kind;
    const draft = await draftOf({ ...input, kind }, context);
    const { memory, replaced, likened } = await memoryOf(context).keep(placeOf(context), {
      ...draft,
      scope: "thread",
    });
    const effect = effectOf(memory);
    return {
      data: { id: memory.id, term: memory.term, meaning: memory.meaning },
      facts: [],
      views: [],
      answer: {
        headline: { text: 'In this thread, from now on: "{text}".', values: { text: memory.text } },
        figures: [],
        notes: [
          ...(effect === null ? [] : [effect]),
          ...(replaced === null || replaced === memory.text
            ? []
            : [{ text: 'Until now it was: "{text}".', values: { text: replaced } }]),
        ],
        assumptions: [holds(memory, context.zone), ...(likened ? [] : [keptByWords])],
        next: {
          label: {
            text: 'To keep it for other threads too, say: "{example}"',
            values: { example: "remember that" },
          },
          ask: "remember that",
        },
      },
    };
  },
});
