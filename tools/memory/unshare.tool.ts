import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { type ToolContext, writeTool } from "../define.ts";
import { known, type Memory, memoryOf, placeOf } from "./port.ts";
import { ownerOf } from "./tell.ts";

const input = z.object({ id: z.string().describe("Of what a team or everybody shares") });
type Input = z.infer<typeof input>;

class NotSharedError extends MillwrightError {
  constructor(id: string) {
    super("not-shared", 404, `Nothing that is shared with you has the id ${id}`, {
      value: id,
      remedy: 'Ask "what do you remember about me?" for the ids.',
    });
  }
}

/** @throws NotSharedError */
async function sharedOf({ id }: Input, context: ToolContext): Promise<Memory> {
  known(context);
  const all = await memoryOf(context).list(placeOf(context));
  const found = all.find((memory) => memory.id === id && ["team", "tenant"].includes(memory.scope));
  if (found === undefined) throw new NotSharedError(id);
  return found;
}

export default writeTool<Input>({
  name: "memory.unshare",
  version: 1,
  description:
    "Takes back a definition, preference or note that a team or everybody shares. It changes other people's answers, so " +
    "it is proposed and somebody else decides.",
  examples: {
    en: ["stop sharing the definition of late", "take back the shared definition of big order"],
  },
  input,
  risk: "write",
  async preview(own, context) {
    const memory = await sharedOf(own, context);
    return {
      action: "Take it back",
      summary: `No longer for ${ownerOf(memory)}: "${memory.text}"`,
      changes: [{ what: memory.term ?? memory.kind, before: memory.text, after: null }],
      affected: { count: 1, unit: memory.kind, examples: [] },
      undo: { possible: false, how: "Share it anew: a proposal of its own." },
      risks: ["Answers that used it change."],
      why: "It is no longer wanted.",
      facts: [],
    };
  },
  async execute(own, context) {
    const memory = await sharedOf(own, context);
    await memoryOf(context).withdraw(placeOf(context), memory.id);
    return {
      summary: `No longer shared: "${memory.text}"`,
      references: [{ system: "millwright", id: memory.id }],
    };
  },
});
