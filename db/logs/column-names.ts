/**
 * What the tables of a log call its attributes. A database takes "Amount" and "amount" for one name, and has columns of its
 * own in the relations; a log may have an attribute of any name. So an attribute whose name is taken gets a number, the
 * same in every relation.
 */
/** Columns that the relations, and the tables below them, have of their own. */
export const OWN_COLUMNS = {
  events: [
    "case_id",
    "position",
    "activity",
    "completed",
    "started",
    "resource",
    "lifecycle",
    "instance",
    "row",
  ],
  steps: ["case_id", "activity", "resource", "started", "completed", "service_s", "waiting_s"],
  edges: ["case_id", "from_activity", "to_activity", "completed", "seconds"],
  cases: ["case_id", "first_event", "last_event", "duration_s", "events", "variant"],
} as const;

export type Relation = keyof typeof OWN_COLUMNS;

/** Columns of the tables that the relations are made from. */
const INNER_COLUMNS = ["case_number", "sort_key"];

/**
 * The stored name by the own name, where the two differ. `clean` makes a name one that the store can have. Names that come
 * later change nothing for those before them.
 */
export function storedNames(
  attributes: readonly string[],
  clean: (name: string) => string = (name) => name,
): ReadonlyMap<string, string> {
  const taken = new Set<string>([...Object.values(OWN_COLUMNS).flat(), ...INNER_COLUMNS]);
  const stored = new Map<string, string>();
  for (const name of new Set(attributes)) {
    const free = freeName(clean(name) || "_", taken);
    taken.add(free.toLowerCase());
    if (free !== name) stored.set(name, free);
  }
  return stored;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let copy = 2; taken.has(free.toLowerCase()); copy++) free = `${name} (${copy})`;
  return free;
}
