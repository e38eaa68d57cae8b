/** What people told Millwright to keep, for one turn; and the questions it keeps itself, to be found again. */
import type { Memory, MemoryStore, Place } from "../memory/memory.ts";
import type { Definition, Remembered } from "./model/provider.ts";

const mostNotes = 5;

/** Notes are looked for by the message's words; everything else holds whatever is asked. */
export async function rememberedFor(
  memory: MemoryStore,
  place: Place,
  about: { readonly text: string; readonly log: string | null },
): Promise<Remembered> {
  const all = (await memory.list(place)).filter(({ log }) => log === null || log === about.log);
  const notes = all.filter(({ kind }) => kind === "note");
  const near =
    notes.length <= mostNotes
      ? notes
      : (await memory.recall(place, about.text, { kinds: ["note"], limit: mostNotes })).memories;
  return {
    definitions: definitionsOf(all),
    preferences: preferencesOf(all),
    notes: near.map(({ id, text }) => ({ id, text })),
    pinned: all.flatMap(({ kind, meaning }) => (kind === "pinned-kpi" ? (meaning.kpi ?? []) : [])),
  };
}

/** The first of a term is its nearest owner's; one for this log comes before one for all. */
function definitionsOf(all: readonly Memory[]): Definition[] {
  const byTerm = new Map<string, Definition>();
  const ordered = all.filter(({ kind }) => kind === "definition");
  for (const { id, term, text, scope, kind, meaning, log } of ordered) {
    const before = term === null ? undefined : byTerm.get(term);
    if (term === null || (before !== undefined && !(before.scope === scope && before.log === null))) continue;
    const { phrase, deadline, seconds } = meaning;
    byTerm.set(term, {
      id,
      term,
      text,
      scope,
      kind,
      log,
      ...(phrase === undefined ? {} : { phrase }),
      ...(deadline === undefined ? {} : { deadline }),
      ...(seconds === undefined ? {} : { seconds }),
    });
  }
  return [...byTerm.values()];
}

function preferencesOf(all: readonly Memory[]): Remembered["preferences"] {
  const wished = all.filter(({ kind }) => kind === "preference");
  const language = wished.find(({ meaning }) => meaning.language !== undefined)?.meaning.language;
  const calendar = wished.find(({ meaning }) => meaning.calendar !== undefined)?.meaning.calendar;
  return { ...(language === undefined ? {} : { language }), ...(calendar === undefined ? {} : { calendar }) };
}

/**
 * The zone that a person's words about time are meant in: what this thread was told, else what the channel says where
 * somebody gave it on purpose (the command line's `--tz`, HTTP's `zone`), else what is remembered, else the channel's.
 */
export async function zoneFor(
  memory: MemoryStore,
  place: Place,
  { channel, zone }: { readonly channel: string; readonly zone?: string | undefined },
): Promise<string> {
  const wished = (await memory.list(place, ["preference"])).filter(
    ({ meaning }) => meaning.zone !== undefined,
  );
  const [nearest] = wished;
  const given = channel === "cli" || channel === "http" ? zone : undefined;
  if (nearest?.scope === "thread") return nearest.meaning.zone!;
  return given ?? nearest?.meaning.zone ?? zone ?? "UTC";
}

/** How long a question can be found again. */
const answersLast = 180 * 86_400_000;

/** Keeps a question that was answered from data: the person's words and where the reply is, nothing of the reply. */
export async function rememberQuestion(
  memory: MemoryStore,
  turn: {
    tenant: string;
    thread: string;
    turn: string;
    person: string | null;
    text: string;
    language: string;
  },
  now: Date,
): Promise<void> {
  await memory.keep(
    { tenant: turn.tenant, person: turn.person, thread: turn.thread },
    {
      scope: "thread",
      kind: "answer",
      text: turn.text.slice(0, 2_000),
      turn: turn.turn,
      language: turn.language,
      expiresAt: new Date(now.getTime() + answersLast),
    },
  );
}

/** Keeps what was decided on a proposal: its summary and the reason, as the thread that asked for it may be read. */
export async function rememberDecision(
  memory: MemoryStore,
  proposal: {
    tenant: string;
    thread: string | null;
    id: string;
    requester: string;
    summary: string;
    reason: string | null;
  },
): Promise<void> {
  const { tenant, thread, id, requester, summary, reason } = proposal;
  const text = reason === null ? summary : `${summary} (${reason})`;
  await memory.keep(
    { tenant, person: requester, thread },
    {
      scope: thread === null ? "tenant" : "thread",
      kind: "decision",
      text: text.slice(0, 2_000),
      meaning: { proposal: id },
    },
  );
}
