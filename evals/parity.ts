/** Whether every channel hands out the same facts for the same words. */
import type { Reply } from "../agent/service.ts";
import type { World } from "./world.ts";

export const doors = ["http", "web", "slack", "cli"] as const;
export type Door = (typeof doors)[number];

/** What somebody at a door was given. */
export interface Handed {
  /** In the order they were handed out. */
  readonly facts: readonly { readonly id: string; readonly value: number | null }[];
  /** A message with figures has room for the answer's own only, as Slack's. */
  readonly figuresOnly: boolean;
  readonly text: string;
}

/** @returns what differs from the reply that the service itself gave, in words */
export async function disparities(
  world: World,
  through: readonly Door[],
  { text, person, reply }: { readonly text: string; readonly person: string; readonly reply: Reply },
): Promise<string[]> {
  const different: string[] = [];
  for (const door of through) {
    const handed = await world.through(door, { text, person });
    const problem = handed.figuresOnly ? figuresDiffer(handed, reply) : factsDiffer(handed, reply);
    if (problem !== null) different.push(`${door}: ${problem}`);
  }
  return different;
}

function factsDiffer({ facts, text }: Handed, reply: Reply): string | null {
  const own = reply.facts.map(({ id, value }) => ({ id, value }));
  if (JSON.stringify(facts) !== JSON.stringify(own))
    return `the facts are ${inWords(facts)} instead of ${inWords(own)}`;
  return text === reply.reply ? null : `the words are "${text.slice(0, 200)}"`;
}

function figuresDiffer({ facts }: Handed, { facts: own, answer }: Reply): string | null {
  const given = facts.map(({ id }) => id);
  const strange = given.filter((id) => !own.some((fact) => fact.id === id));
  const missing = (answer?.figures ?? []).filter((id) => !given.includes(id));
  if (strange.length > 0) return `facts that the reply has not: ${strange.join(", ")}`;
  return missing.length > 0 ? `figures that are not there: ${missing.join(", ")}` : null;
}

const inWords = (facts: Handed["facts"]): string =>
  facts.map(({ id, value }) => `${id} = ${value}`).join(", ") || "none";
