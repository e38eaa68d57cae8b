/** How memories are shown. */
import type { Message, View } from "../define.ts";
import type { Memory } from "./port.ts";

const whose: Readonly<Record<Memory["scope"], string>> = {
  thread: "this thread",
  person: "you",
  team: "your team",
  tenant: "everybody",
};
export const ownerOf = ({ scope, owner }: Memory): string =>
  scope === "team" ? `team ${owner}` : whose[scope];

/** What it comes to, in a few words. */
export function effectOf({ meaning }: Pick<Memory, "meaning">): Message | null {
  if (meaning.deadline !== undefined)
    return { text: "It is measured as: later than {deadline}.", values: { deadline: meaning.deadline } };
  if (meaning.seconds !== undefined)
    return {
      text: "It is measured as: longer than {limit}.",
      values: { limit: { quantity: meaning.seconds, unit: "s" } },
    };
  if (meaning.phrase !== undefined)
    return { text: 'In questions I read it as "{phrase}".', values: { phrase: meaning.phrase } };
  if (meaning.language !== undefined) return { text: "I reply in that language." };
  if (meaning.calendar !== undefined)
    return { text: "Durations are counted by {calendar}.", values: { calendar: meaning.calendar } };
  if (meaning.zone !== undefined)
    return { text: "Dates and times are meant in {zone}.", values: { zone: meaning.zone } };
  return null;
}

/** The last day on which something holds that is forgotten at an instant, ISO 8601 in the zone. */
export const lastDay = (expiresAt: Date, zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(expiresAt.getTime() - 1);

/** In the person's words, with the day that it holds until. */
export const toldOf = ({ text, expiresAt }: Pick<Memory, "text" | "expiresAt">, zone: string): Message =>
  expiresAt === null
    ? { text: '"{text}"', values: { text } }
    : { text: '"{text}" (until {day})', values: { text, day: lastDay(expiresAt, zone) } };

/** Said while the embedder cannot be used. */
export const foundByWords: Message = {
  text: "Found by words alone: what compares meanings cannot be reached at the moment.",
};
export const keptByWords: Message = {
  text: "Until what compares meanings can be reached again, it is found by its words alone.",
};

export const tableOf = (title: string, memories: readonly Memory[]): View => ({
  kind: "table",
  title,
  columns: [
    { key: "text", label: "what was said", kind: "text" },
    { key: "kind", label: "kind", kind: "text" },
    { key: "whose", label: "for", kind: "text" },
    { key: "since", label: "since", kind: "time" },
    { key: "expires", label: "until", kind: "time" },
    { key: "id", label: "id", kind: "text" },
  ],
  rows: memories.map((memory) => ({
    text: memory.text,
    kind: memory.kind,
    whose: ownerOf(memory),
    since: memory.updatedAt.toISOString(),
    expires: memory.expiresAt?.toISOString() ?? null,
    id: memory.id,
  })),
});

/** For models and programs: what it is, without whose it was. */
export const dataOf = ({
  id,
  scope,
  owner,
  kind,
  term,
  text,
  meaning,
  log,
  updatedAt,
  expiresAt,
}: Memory) => ({
  id,
  scope,
  owner,
  kind,
  term,
  text,
  meaning,
  log,
  since: updatedAt.toISOString(),
  expires: expiresAt?.toISOString() ?? null,
});
