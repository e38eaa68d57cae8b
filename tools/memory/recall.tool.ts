import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { decisions, events, people, proposals } from "../../db/schema/index.ts";
import { type Message, readTool, type ToolContext } from "../define.ts";
import { limit, words } from "../inputs.ts";
import { type Memory, memoryOf, placeOf } from "./port.ts";
import { dataOf, foundByWords, tableOf } from "./tell.ts";

export default readTool({
  name: "memory.recall",
  version: 1,
  description:
    "Finds what was remembered, asked or decided before, by words and likeness: the person's own memories, their team's " +
    "and everybody's, and questions with their answers out of threads that they may read.",
  examples: {
    en: [
      "did I ask about credit checks before?",
      "what did we say about month end?",
      "have we talked about the approval step before?",
      "what do you remember about late orders?",
      "recall what we decided about the rule",
      "when did I last ask how long cases take?",
    ],
  },
  input: z.object({
    words,
    limit: limit.default(5),
    kind: z.enum(["answer", "decision", "note", "definition"]).optional().describe("Only those"),
  }),
  unrecorded: true,
  async execute(input, context) {
    const { memories: found, by } = await memoryOf(context).recall(placeOf(context), input.words, {
      limit: Math.min(input.limit, 20),
      ...(input.kind === undefined ? {} : { kinds: [input.kind] }),
      signal: context.signal,
    });
    const answers = await Promise.all(found.map((memory) => answerTo(memory, context)));
    const decided = await Promise.all(found.map((memory) => decisionOn(memory, context)));
    const [first] = found;
    const then = answers[0] ?? null;
    return {
      data: found.map((memory, at) => ({
        ...dataOf(memory),
        answer: answers[at] ?? null,
        decision: decided[at] ?? null,
      })),
      facts: [],
      views: first === undefined ? [] : [tableOf("What comes nearest", found)],
      answer: {
        headline:
          first === undefined
            ? input.kind === "decision"
              ? { text: "Nothing like that was decided before, as far as you may see." }
              : { text: "I remember nothing about that." }
            : {
                text: 'What comes nearest, of {when}: "{text}".',
                values: { text: first.text, when: dayOf(first, context.zone) },
              },
        figures: [],
        notes: [
          ...(then === null ? [] : [{ text: 'The answer then: "{answer}"', values: { answer: then } }]),
          ...(decided[0] ? toldDecision(decided[0]) : []),
        ],
        assumptions: [
          { text: "Only what you may see; answers are as they were then, and not measured again." },
          ...(by === "words" ? [foundByWords] : []),
        ],
      },
    };
  },
});

interface Decided {
  readonly proposal: string;
  readonly state: string;
  readonly verdict: string;
  readonly people: readonly string[];
  readonly reason: string | null;
}

/** What became of the proposal that a decision was on. */
async function decisionOn({ meaning }: Memory, { database, tenant }: ToolContext): Promise<Decided | null> {
  if (meaning.proposal === undefined) return null;
  const rows = await database
    .select({
      state: proposals.state,
      verdict: decisions.verdict,
      reason: decisions.reason,
      name: people.name,
    })
    .from(proposals)
    .innerJoin(decisions, eq(decisions.proposal, proposals.id))
    .leftJoin(people, and(eq(people.tenant, proposals.tenant), eq(people.id, decisions.person)))
    .where(and(eq(proposals.tenant, tenant), eq(proposals.id, meaning.proposal)))
    .orderBy(desc(decisions.createdAt));
  const [last] = rows;
  if (last === undefined) return null;
  const names = rows.filter(({ verdict }) => verdict === last.verdict).flatMap(({ name }) => name ?? []);
  const { state, verdict, reason } = last;
  return { proposal: meaning.proposal, state, verdict, people: names, reason };
}

function toldDecision({ verdict, people: names, reason, state }: Decided): Message[] {
  const values = { people: names.join(", ") };
  if (verdict !== "approve")
    return reason === null
      ? [{ text: "It was rejected by {people}.", values }]
      : [{ text: 'It was rejected by {people}: "{reason}".', values: { ...values, reason } }];
  const approved = { text: "It was approved by {people}.", values };
  return state === "undone" ? [approved, { text: "It was taken back since." }] : [approved];
}

const dayOf = ({ updatedAt }: Memory, zone: string): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: zone }).format(updatedAt);

const Replied = z.object({ reply: z.object({ reply: z.string() }) });

/** The reply stays in its thread; a memory only says where. */
async function answerTo(memory: Memory, { database, tenant }: ToolContext): Promise<string | null> {
  if (memory.kind !== "answer" || memory.thread === null || memory.turn === null) return null;
  const [row] = await database
    .select({ data: events.data })
    .from(events)
    .where(
      and(
        eq(events.tenant, tenant),
        eq(events.thread, memory.thread),
        eq(events.turn, memory.turn),
        eq(events.type, "reply"),
      ),
    );
  const parsed = Replied.safeParse(row?.data);
  return parsed.success ? (parsed.data.reply.reply.split("\n")[0] ?? null) : null;
}
