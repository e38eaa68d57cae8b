/** What the database's triggers and constraints say when they refuse (db/migrations: MW403, MW409, MW410, MW423). */

/** The SQLSTATE of an error or of what caused it; null when it did not come from the database. */
export function sqlState(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && /^[0-9A-Z]{5}$/.test(at.code)) return at.code;
  }
  return null;
}

const uniqueViolation = "23505";

/** True for a refusal by the gate itself, or for a second decision of one person. */
export function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return state === uniqueViolation || (state?.startsWith("MW") ?? false);
}
