import { z } from "zod";
import { draftTool, type Message } from "../define.ts";
import { shareSaid } from "./core/said-words.ts";
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
    "Forgets what was remembered for the person who asks: one by its id or term, the one that has some words, the " +
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
    const chosen = choose(own, theirs);
    const gone = own.all ? theirs : await memory.forget(place, chosen.ids);
    if (own.all) await memory.erase(place.tenant, person.id);
    return {
      data: gone.map(({ id }) => ({ id })),
      facts: [],
      views: gone.length > 1 ? [tableOf("Forgotten", gone)] : [],
      answer: {
        headline: headline(own, gone, chosen.between),
        figures: [],
        notes: [
          ...gone.slice(1, 6).map((memory) => toldOf(memory, context.zone)),
          ...(gone.length === 0 && theirs.length > 0 && chosen.between.length === 0
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

interface Chosen {
  readonly ids: readonly string[];
  /** Fits as well as one another: nothing is forgotten before it is said which. */
  readonly between: readonly Memory[];
}
const these = (memories: readonly Memory[]): Chosen => ({ ids: memories.map(({ id }) => id), between: [] });

/** One by its id; a term in all its scopes; what has the words; the latest of all. */
function choose(own: Input, theirs: readonly Memory[]): Chosen {
  if (own.all) return these([]);
  if (own.id !== undefined) return { ids: [own.id], between: [] };
  const term = own.term?.toLowerCase().trim();
  const named = theirs.filter((memory) => memory.term !== null && memory.term === term);
  if (named.length > 0) return these(named);
  const about = own.words ?? (own.kind === undefined ? own.term : undefined);
  if (own.kind !== undefined && about === undefined) return these([]);
  if (about !== undefined) return withWords(about, theirs);
  const [latest] = [...theirs].sort((left, right) => right.updatedAt.getTime() - left.updatedAt.getTime());
  return these(theirs.filter((memory) => memory === latest || sameThing(memory, latest)));
}

/** Likeness finds things again, but it takes nothing away: what goes has at least half of the words. */
function withWords(about: string, theirs: readonly Memory[]): Chosen {
  const shares = new Map(theirs.map((memory) => [memory, shareSaid(about, textOf(memory))]));
  const most = Math.max(0.5, ...shares.values());
  const fitting = theirs.filter((memory) => shares.get(memory) === most);
  const isOne = fitting.every((memory) => memory.text === fitting[0]?.text || sameThing(memory, fitting[0]));
  return isOne ? these(fitting) : { ids: [], between: fitting };
}

const textOf = ({ term, text }: Memory): string => `${term ?? ""} ${text}`;

/** Said in a thread and remembered from there: one thing in two places. */
const sameThing = (memory: Memory, other: Memory | undefined): boolean =>
  other !== undefined && memory.kind === other.kind && memory.term !== null && memory.term === other.term;

const listed = (memories: readonly Memory[]): string =>
  memories
    .slice(0, 8)
    .map(({ text }) => `"${text}"`)
    .join(", ");

function headline(own: Input, gone: readonly Memory[], between: readonly Memory[]): Message {
  if (own.all && gone.length > 0) return { text: "Everything that I remembered about you is gone." };
  if (between.length > 0)
    return {
      text: "Nothing is forgotten yet: which of these is it? {list}",
      values: { list: listed(between) },
    };
  const [first] = gone;
  return first === undefined
    ? { text: "There is nothing of yours like that to forget." }
    : { text: 'Forgotten: "{text}".', values: { text: first.text } };
}
