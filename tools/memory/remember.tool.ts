import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { events } from "../../db/schema/index.ts";
import { draftTool, type Message, type ToolContext, type ToolResult } from "../define.ts";
import { type Kept, known, type Memory, type MemoryDraft, memoryOf, placeOf } from "./port.ts";
import { dataOf, effectOf, keptByWords, lastDay, tableOf, toldOf } from "./tell.ts";
import { draftOf, expiryOf, wantedFields } from "./wanted.ts";

const input = z.object({
  ...wantedFields,
  text: wantedFields.text
    .optional()
    .describe("Exactly as the person wrote it; absent for what was said last here"),
  instead: z
    .boolean()
    .optional()
    .describe("In place of the note that they had remembered in this thread last"),
});
type Input = z.infer<typeof input>;

export default draftTool({
  name: "memory.remember",
  version: 1,
  description:
    "Keeps something for the person who asks, for all their threads: a definition, a preference, a pinned KPI, a note. " +
    "Without `text` it keeps what they defined in this thread, else their last question. Only when they ask to " +
    "remember it, and only their own words: never text of logs or other systems. It changes nothing for anybody else.",
  examples: {
    en: [
      "remember that",
      "remember that late means the promised date has passed",
      "please keep in mind that month end is always busy",
      "make a note: the invoices of March were imported twice",
      "remember this for next time",
    ],
  },
  input,
  unrecorded: true,
  async execute(own, context) {
    known(context);
    const drafts =
      own.text === undefined ? await saidLast(own, context) : [await given(own, own.text, context)];
    const kept: Kept[] = [];
    const before = own.instead === true ? await lastNote(context) : null;
    for (const draft of drafts) kept.push(await memoryOf(context).keep(placeOf(context), draft));
    await withdrawHere(drafts, context);
    if (before === null) return answerOf(kept, context.zone);
    await memoryOf(context).forget(placeOf(context), [before.id]);
    return answerOf(
      kept.map((one) => ({ ...one, replaced: before.text })),
      context.zone,
    );
  },
});

/** What the person said otherwise in this thread before no longer comes first here. */
async function withdrawHere(drafts: readonly MemoryDraft[], context: ToolContext): Promise<void> {
  const here = await memoryOf(context).list(placeOf(context));
  const said = here.filter(
    ({ scope, createdBy, kind, term, log, text }) =>
      scope === "thread" &&
      createdBy === context.person?.id &&
      term !== null &&
      drafts.some(
        (draft) =>
          draft.kind === kind && termOf(draft) === term && (draft.log ?? null) === log && draft.text !== text,
      ),
  );
  await memoryOf(context).forget(
    placeOf(context),
    said.map(({ id }) => id),
  );
}

const termOf = ({ term }: MemoryDraft): string | null => term?.toLowerCase().trim() ?? null;

/** The person's note that came out of this thread last. */
async function lastNote(context: ToolContext): Promise<Memory | null> {
  const notes = await memoryOf(context).list(placeOf(context), ["note"]);
  const theirs = notes.filter(({ scope, thread }) => scope === "person" && thread === context.thread);
  return theirs.toSorted((left, right) => right.updatedAt.getTime() - left.updatedAt.getTime())[0] ?? null;
}

async function given(own: Input, text: string, context: ToolContext): Promise<MemoryDraft> {
  const kind = own.kind === "note" && own.term !== undefined ? "definition" : own.kind;
  const draft = await draftOf({ ...own, text, kind }, context);
  return { ...draft, scope: "person" };
}

/** What the person defined in this thread; else what they asked last. */
async function saidLast(own: Input, context: ToolContext): Promise<MemoryDraft[]> {
  const here = await memoryOf(context).list(placeOf(context));
  const theirs = here.filter(
    ({ scope, createdBy }) => scope === "thread" && createdBy === context.person?.id,
  );
  const expiresAt = expiryOf(own, context);
  if (theirs.length > 0)
    return theirs.map(({ kind, term, text, meaning, log, expiresAt: own }) => ({
      scope: "person",
      kind,
      term,
      text,
      meaning,
      log,
      expiresAt: expiresAt ?? own,
    }));
  const question = await lastQuestion(context);
  return question === null ? [] : [{ scope: "person", kind: "note", text: question, expiresAt }];
}

const Said = z.object({ text: z.string() });

/** The person's message before this one. */
async function lastQuestion({ database, tenant, thread, person }: ToolContext): Promise<string | null> {
  const rows = await database
    .select({ data: events.data })
    .from(events)
    .where(
      and(
        eq(events.tenant, tenant),
        eq(events.thread, thread ?? ""),
        eq(events.type, "message"),
        eq(events.person, person?.id ?? ""),
      ),
    )
    .orderBy(desc(events.seq))
    .limit(2);
  return rows[1] === undefined ? null : Said.parse(rows[1].data).text;
}

const holds = ({ expiresAt }: Memory, zone: string): Message =>
  expiresAt === null
    ? { text: "For you alone, in all your threads, until you say: forget that." }
    : {
        text: "For you alone, in all your threads, until {day}; then I forget it by myself.",
        values: { day: lastDay(expiresAt, zone) },
      };

function answerOf(kept: readonly Kept[], zone: string): ToolResult<unknown> {
  const data = kept.map(({ memory }) => dataOf(memory));
  const none: Message = { text: "There is nothing here yet that I could remember. Say what it is." };
  const [first] = kept;
  if (first === undefined)
    return { data, facts: [], views: [], answer: { headline: none, figures: [], assumptions: [] } };
  const replaced = kept.flatMap((one): Message[] =>
    one.replaced === null || one.replaced === one.memory.text
      ? []
      : [{ text: 'It replaces: "{text}".', values: { text: one.replaced } }],
  );
  const effects = kept.flatMap(({ memory }) => effectOf(memory) ?? []);
  return {
    data,
    facts: [],
    views:
      kept.length > 1
        ? [
            tableOf(
              "Remembered",
              kept.map(({ memory }) => memory),
            ),
          ]
        : [],
    answer: {
      headline: { text: 'I will remember: "{text}".', values: { text: first.memory.text } },
      figures: [],
      notes: [...kept.slice(1).map(({ memory }) => toldOf(memory, zone)), ...effects, ...replaced],
      assumptions: [
        holds(first.memory, zone),
        ...(kept.every(({ likened }) => likened) ? [] : [keptByWords]),
      ],
      next: {
        label: {
          text: 'To see all of it, ask: "{example}"',
          values: { example: "what do you remember about me?" },
        },
        ask: "what do you remember about me?",
      },
    },
  };
}
