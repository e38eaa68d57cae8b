import { z } from "zod";
import { draftTool, type Message, type ToolContext } from "../define.ts";
import { known, type Memory, memoryOf, placeOf } from "./port.ts";
import { tableOf, toldOf } from "./tell.ts";

const input = z.object({
  id: z.string().optional().describe("Of one memory"),
  term: z.string().optional().describe("What a definition is of"),
  words: z.string().optional().describe("What it is about, in the person's words"),
  kind: z.enum(["definition", "preference", "pinned-kpi", "note"]).optional().describe("Only of this kind"),
  all: z.boolean().default(false).describe("Everything that is remembered about the person"),
});
type Input = z.infer<typeof input>;

export default draftTool({
  name: "memory.forget",
  version: 1,
  description:
    "Forgets what was remembered for the person who asks: one by its id or term, what comes nearest to some words, the " +
    "latest without any of these, or all. Only their own and what they said in this thread; what a team or everybody " +
    "shares goes through memory.unshare.",
  examples: {
    en: [
      "forget that",
      "forget what late means",
      "forget everything you remember about me",
      "forget my definition of big order",
      "stop remembering that",
    ],
  },
  input,
  unrecorded: true,
  async execute(own, context) {
    const person = known(context);
    const memory = memoryOf(context);
    const place = placeOf(context);
    const theirs = (await memory.list(place, own.kind === undefined ? undefined : [own.kind])).filter(
      isTheirs(person.id),
    );
    const chosen = await choose(own, theirs, context);
    const gone = own.all
      ? theirs
      : await memory.forget(
          place,
          chosen.map(({ id }) => id),
        );
    if (own.all) await memory.erase(place.tenant, person.id);
    return {
      data: gone.map(({ id }) => ({ id })),
      facts: [],
      views: gone.length > 1 ? [tableOf("Forgotten", gone)] : [],
      answer: {
        headline: headline(own, gone),
        figures: [],
        notes: [
          ...gone.slice(1, 6).map((memory) => toldOf(memory, context.zone)),
          ...(gone.length === 0 && theirs.length > 0
            ? [{ text: "What I remember: {list}", values: { list: listed(theirs) } }]
            : []),
        ],
        assumptions:
          gone.length === 0 ? [] : [{ text: "What was said stays in the thread where it was said." }],
      },
    };
  },
});

const isTheirs =
  (person: string) =>
  ({ scope, owner, createdBy }: Memory): boolean =>
    (scope === "person" && owner === person) || (scope === "thread" && createdBy === person);

/** A term in all its scopes; what is nearest to words; the latest of all. */
async function choose(
  own: Input,
  theirs: readonly Memory[],
  context: ToolContext,
): Promise<readonly Memory[]> {
  if (own.all) return theirs;
  if (own.id !== undefined) return theirs.filter(({ id }) => id === own.id);
  const term = own.term?.toLowerCase().trim();
  const named = theirs.filter((memory) => memory.term !== null && memory.term === term);
  if (named.length > 0) return named;
  const about = own.words ?? (own.kind === undefined ? own.term : undefined);
  if (own.kind !== undefined && about === undefined) return [];
  if (about !== undefined) {
    const near = await memoryOf(context).recall(placeOf(context), about, { limit: 20 });
    return near.filter(({ id }) => theirs.some((memory) => memory.id === id)).slice(0, 1);
  }
  const [latest] = [...theirs].sort((left, right) => right.updatedAt.getTime() - left.updatedAt.getTime());
  return theirs.filter((memory) => memory === latest || sameWords(memory, latest));
}

/** Said in a thread and remembered from there: one thing in two places. */
const sameWords = (memory: Memory, other: Memory | undefined): boolean =>
  other !== undefined && memory.term !== null && memory.term === other.term;

const listed = (memories: readonly Memory[]): string =>
  memories
    .slice(0, 8)
    .map(({ text }) => `"${text}"`)
    .join(", ");

function headline(own: Input, gone: readonly Memory[]): Message {
  if (own.all && gone.length > 0) return { text: "Everything that I remembered about you is gone." };
  const [first] = gone;
  return first === undefined
    ? { text: "There is nothing of yours like that to forget." }
    : { text: 'Forgotten: "{text}".', values: { text: first.text } };
}
