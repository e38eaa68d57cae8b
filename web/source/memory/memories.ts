/** One row of `memory.list`. */
export interface Memory {
  readonly id: string;
  readonly scope: "thread" | "person" | "team" | "tenant";
  readonly owner: string;
  readonly kind: string;
  readonly term: string | null;
  readonly text: string;
  readonly since: string;
  readonly expires: string | null;
}

export const kindNames: Readonly<Record<string, string>> = {
  definition: "Definition",
  preference: "Preference",
  "pinned-kpi": "Pinned KPI",
  note: "Note",
};

export const isOwn = ({ scope }: Memory): boolean => scope === "person";

export function ownerName({ scope, owner }: Memory): string {
  if (scope === "team") return `Team ${owner}`;
  return scope === "tenant" ? "Everybody" : "You";
}
