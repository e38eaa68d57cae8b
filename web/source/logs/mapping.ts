/** The mapping of a log's columns: what each role was read from, and why. */

export const roles = [
  { role: "case", label: "Case", required: true },
  { role: "activity", label: "Activity", required: true },
  { role: "timestamp", label: "Completed at", required: true },
  { role: "start", label: "Started at", required: false },
  { role: "resource", label: "Resource", required: false },
  { role: "lifecycle", label: "Lifecycle", required: false },
  { role: "instance", label: "Instance", required: false },
] as const;
export type Role = (typeof roles)[number]["role"];

export interface MappedRole {
  readonly role: Role;
  readonly label: string;
  readonly required: boolean;
  /** Null where the log has no such column. */
  readonly column: string | null;
  readonly reason: string | null;
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Reads the mapping as the server has it; members that are not roles are read by `settingsOf`. */
export function mappedRoles(mapping: unknown): readonly MappedRole[] {
  const given = (mapping ?? {}) as Record<string, unknown>;
  const reasons = (given["reasons"] ?? {}) as Record<string, unknown>;
  return roles.map(({ role, label, required }) => ({
    role,
    label,
    required,
    column: textOf(given[role]),
    reason: textOf(reasons[role]),
  }));
}

export interface ObjectTypeChoice {
  readonly type: string;
  readonly cases: number;
  readonly events: number;
  readonly convergence: number;
  /** Null where it is not known: it is counted for the chosen type only. */
  readonly divergence: number | null;
  readonly deficiency: number;
}

export interface ObjectTypes {
  readonly chosen: string;
  /** Why, where nobody chose it. */
  readonly reason: string | null;
  readonly choices: readonly ObjectTypeChoice[];
}

/** Of an object-centric log: by which type of objects it is read, and by which it could be. Null of every other. */
export function objectTypesOf(mapping: unknown): ObjectTypes | null {
  const { objectType, objectTypes, reasons } = (mapping ?? {}) as Record<string, unknown>;
  const chosen = textOf(objectType);
  if (chosen === null || !Array.isArray(objectTypes)) return null;
  const choices = (objectTypes as Record<string, unknown>[]).map((one) => ({
    type: String(one["type"]),
    cases: Number(one["cases"]),
    events: Number(one["events"]),
    convergence: Number(one["convergence"]),
    divergence: typeof one["divergence"] === "number" ? one["divergence"] : null,
    deficiency: Number(one["deficiency"]),
  }));
  return { chosen, reason: textOf(((reasons ?? {}) as Record<string, unknown>)["objectType"]), choices };
}

/** How the file was read: separator, date format, encoding, time zone. */
export function settingsOf(mapping: unknown): readonly { readonly label: string; readonly value: string }[] {
  const given = (mapping ?? {}) as Record<string, unknown>;
  const separators: Readonly<Record<string, string>> = {
    "\t": "tab",
    ";": "semicolon",
    ",": "comma",
    "|": "bar",
  };
  const separator = textOf(given["separator"]);
  const known = [
    { label: "Objects that are the cases", value: textOf(given["objectType"]) },
    { label: "Separator", value: separator === null ? null : (separators[separator] ?? separator) },
    { label: "Date format", value: textOf(given["dateFormat"]) },
    { label: "Encoding", value: textOf(given["encoding"]) },
    { label: "Time zone", value: textOf(given["zone"]) },
  ];
  return known.flatMap(({ label, value }) => (value === null ? [] : [{ label, value }]));
}

/** Columns of a text file by its first line, to choose from; none for other formats. */
export async function columnsOf(file: File): Promise<readonly string[]> {
  if (!/\.(csv|tsv|txt)$/i.test(file.name)) return [];
  const head = await file.slice(0, 65_536).text();
  return headerColumns(head.split(/\r?\n/, 1)[0] ?? "");
}

/** Splits a header line at its most frequent separator outside quotes. */
export function headerColumns(line: string): readonly string[] {
  const bare = line.replace(/^\uFEFF/, "");
  const outside = bare.replaceAll(/"(?:[^"]|"")*"/g, "");
  const count = (separator: string) => outside.split(separator).length;
  const separator = [";", "\t", ",", "|"].reduce((a, b) => (count(b) > count(a) ? b : a));
  const escaped = separator === "|" ? "\\|" : separator;
  const cells = bare.match(new RegExp(`(?:"(?:[^"]|"")*"|[^${escaped}"])+`, "g")) ?? [];
  return cells
    .map((cell) => cell.trim().replace(/^"|"$/g, "").replaceAll('""', '"'))
    .filter((cell) => cell !== "");
}

const findings: Readonly<Record<string, string>> = {
  duplicate: "Rows that stand there twice",
  missing: "Empty cells where a value is needed",
  order: "Events out of order",
  tie: "Events of a case at the same instant",
  zone: "Times without a time zone",
  "day-month": "Dates that could be read day first or month first",
  epoch: "Times at the epoch, 1 January 1970",
  "single-event": "Cases with one event only",
  "near-name": "Activities with almost the same name",
  "na-text": "Cells that say “n/a” or the like",
  "no-start": "No start times, so waiting cannot be told from working",
  negative: "Ends before its start",
  outlier: "Unusually long or short",
};
export const describeFinding = (kind: string): string => findings[kind] ?? kind;
