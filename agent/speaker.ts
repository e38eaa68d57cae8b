/** Who speaks, as the people's table knows them; the roles a caller brings along count for nothing. */
import type { Database } from "../db/client.ts";
import { personById } from "../db/queries/people.ts";
import type { Person } from "../tools/define.ts";
import { NotAllowedError } from "./errors.ts";
import type { Speaker } from "./service.ts";

/** The person with their present roles, or null for a viewer without a name. Throws for people nobody knows. */
export async function resolveSpeaker(
  database: Database,
  tenant: string,
  speaker: Speaker,
): Promise<Person | null> {
  if (speaker === null) return null;
  const person = speaker.tenant === tenant ? await personById(database, tenant, speaker.id) : null;
  if (person === null) {
    throw new NotAllowedError(`Nobody here is known as "${speaker.id}"`, "a person of this tenant");
  }
  return person;
}

/** A person with a name. Throws `NotAllowedError` for a viewer without one. */
export async function requirePerson(
  database: Database,
  tenant: string,
  speaker: Speaker,
  what: string,
): Promise<Person> {
  const person = await resolveSpeaker(database, tenant, speaker);
  if (person === null) throw new NotAllowedError(`Only a known person may ${what}`, "a signed-in person");
  return person;
}

/** Whoever asked for a turn stops it, and so does an administrator. Throws `NotAllowedError` for others. */
export function checkMayStop(person: Person | null, asked: string | null): void {
  const isOwn = (person?.id ?? null) === asked;
  if (!isOwn && person?.roles.includes("admin") !== true)
    throw new NotAllowedError(`Only ${asked ?? "who asked"} or an administrator may stop this`, "admin");
}
