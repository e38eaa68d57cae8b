/** Pieces of the SQL that facts carry, over the relations of a log (db/logs/log-store.ts). */

/** A text literal. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A column's name. */
export const column = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Conditions joined with "and"; `where …` or nothing. */
export function where(...conditions: readonly (string | null)[]): string {
  const given = conditions.filter((condition) => condition !== null && condition !== "");
  return given.length === 0 ? "" : ` where ${given.join(" and ")}`;
}
