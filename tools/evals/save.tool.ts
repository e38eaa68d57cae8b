import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { draftTool, type ToolContext } from "../define.ts";
import { caseOfThread } from "./core/case-of-thread.ts";
import { namesOfPeople, readThread } from "./read-thread.ts";

const Input = z.object({
  thread: z.string().optional().meta({ description: "The thread where this is asked, when absent" }),
});

class NothingToSaveError extends MillwrightError {
  constructor(thread: string | null) {
    super("nothing-to-save", 422, "Nothing has been answered in this thread yet.", {
      ...(thread === null ? {} : { value: thread }),
      remedy: "Ask something first, then save the thread as a case.",
    });
  }
}

export default draftTool({
  name: "evals.save",
  version: 1,
  description:
    "Drafts an eval case out of a thread: what was said, and what came of it as the expectation, with people's names, " +
    "addresses, numbers and secrets taken out. It is shown for review; no suite takes it before a person has read it.",
  examples: {
    en: [
      "save this thread as a case",
      "save this thread as a regression case",
      "make an eval case out of this conversation",
      "turn this chat into a test case",
      "keep this as a test",
      "add this conversation to the evals",
    ],
  },
  input: Input,
  async execute(input, context) {
    const name = input.thread ?? context.thread;
    if (name === null) throw new NothingToSaveError(null);
    const [{ log, turns }, names] = await Promise.all([readThread(context, name), namesOfPeople(context)]);
    if (turns.length === 0) throw new NothingToSaveError(name);
    const draft = caseOfThread({ thread: name, role: roleOf(context), log, turns, names });
    const removed = Object.entries(draft.removed).map(([kind, count]) => `${kind} × ${count}`);
    return {
      data: draft.case,
      facts: [],
      views: [
        { kind: "text", title: "Eval case, to be reviewed", text: JSON.stringify(draft.case, null, 2) },
      ],
      answer: {
        headline: { text: "A case was drafted from this thread; read it before it joins a suite." },
        figures: [],
        assumptions: [
          removed.length > 0
            ? { text: "Taken out: {kinds}.", values: { kinds: removed.join(", ") } }
            : { text: "Nothing had to be taken out." },
        ],
        notes: [
          {
            text: "It goes into evals/suites as one line, once somebody has checked it and removed “review”.",
          },
        ],
      },
    };
  },
});

const roleOf = ({ person }: ToolContext): string =>
  person?.roles.find((role) => role !== "viewer") ?? "manager";
