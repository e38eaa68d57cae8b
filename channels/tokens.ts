/** API tokens: for oneself; for others by an administrator. */
import { count } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { issueToken } from "../db/queries/people.ts";
import { tokens } from "../db/schema/index.ts";
import { MillwrightError } from "../errors.ts";
import type { Person } from "./contract.ts";

export class TokenOfAnotherError extends MillwrightError {
  constructor(owner: string) {
    super("token-of-another", 403, `Only an administrator makes a token for somebody else (${owner}).`, {
      value: owner,
      expected: "role admin",
    });
  }
}

/** Makes a token of `owner`. It is shown this once; only its hash is kept. */
export function issueTokenFor(
  database: Database,
  caller: Person,
  owner: string,
  label: string,
): Promise<string> {
  if (caller.id !== owner && !caller.roles.includes("admin")) throw new TokenOfAnotherError(owner);
  return issueToken(database, { tenant: caller.tenant, person: owner, label });
}

/** On a database where nobody has a token yet: the administrator's, so that there is a way in. Null afterwards. */
export async function firstToken(
  database: Database,
  tenant: string,
  administrator: string,
): Promise<string | null> {
  const [row] = await database.select({ count: count() }).from(tokens);
  if (row === undefined || row.count > 0) return null;
  return issueToken(database, { tenant, person: administrator, label: "first start" });
}
