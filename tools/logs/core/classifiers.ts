/** What an event's activity is, by a classifier that the XES file declares. */
import { MillwrightError } from "../../../errors.ts";
import { cellText } from "./column-builders.ts";
import type { Column, LogColumns, TextColumn } from "./event-log.ts";
import type { ColumnOrigin } from "./log-origin.ts";
import { ValueColumn } from "./value-columns.ts";

export class UnknownClassifierError extends MillwrightError {
  constructor(name: string, known: readonly string[]) {
    const expected = ["name", "name+lifecycle", ...known].join(", ");
    super("log-classifier", 400, `the log has no classifier "${name}"; there are: ${expected}`, {
      value: name,
      expected,
      remedy: "Name one of these with --classifier.",
    });
  }
}

/** The values of the classifier's keys for each row, joined by "+" (IEEE 1849-2023, 4.1.3). */
export function classified(columns: LogColumns, name: string): TextColumn {
  const classifiers = columns.origin?.xes?.classifiers ?? [];
  const found = classifiers.find((classifier) => classifier.name === name);
  if (!found)
    throw new UnknownClassifierError(
      name,
      classifiers.map((classifier) => classifier.name),
    );
  const byKey = columnsByKey(columns);
  const parts = keysOf(found.keys, new Set(byKey.keys())).map((key) => byKey.get(key) ?? null);
  const values = new ValueColumn();
  for (let row = 0; row < columns.rows; row++) {
    const texts = parts.map((part) => part && textAt(part, row, columns.case.codes[row] as number));
    values.set(row, texts.map((text) => text ?? "").join("+"));
  }
  return values.finish(columns.rows) as TextColumn;
}

/** Keys stand apart by spaces, and in quotes where they have spaces; some writers leave those quotes out. */
export function keysOf(text: string, known: ReadonlySet<string>): string[] {
  const words = text.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const keys: string[] = [];
  for (let at = 0; at < words.length; ) {
    const longest = words.length - at;
    let length = longest;
    while (length > 1 && !known.has(words.slice(at, at + length).join(" "))) length--;
    const word = words.slice(at, at + length).join(" ");
    keys.push(length === 1 ? word.replace(/^(['"])(.*)\1$/, "$2") : word);
    at += length;
  }
  return keys;
}

interface Part {
  readonly column: Column;
  readonly ofCase: boolean;
  readonly presence: Uint8Array | undefined;
}

const textAt = ({ column, ofCase, presence }: Part, row: number, ownCase: number): string | null =>
  presence?.[row] === 0 ? null : cellText(column, ofCase ? ownCase : row);

/** The columns of events by their keys in the file. */
function columnsByKey(columns: LogColumns): Map<string, Part> {
  const { origin } = columns;
  const found = new Map<string, Part>();
  const add = (key: string | undefined, column: Column | null, ofCase = false, presence?: Uint8Array) => {
    if (key !== undefined && column) found.set(key, { column, ofCase, presence });
  };
  for (const [name, column] of columns.caseAttributes) {
    const known = origin?.caseAttributes.get(name);
    if (known?.ofEvents) add(keyOf(known), column, true, known.presence);
  }
  for (const [name, column] of columns.attributes) add(keyOf(origin?.attributes.get(name)) ?? name, column);
  for (const role of ["activity", "resource", "lifecycle", "instance"] as const)
    add(keyOf(origin?.roles[role]), columns[role]);
  add(keyOf(origin?.roles.timestamp), columns.completed && { kind: "time", values: columns.completed });
  add(keyOf(origin?.roles.start), columns.started && { kind: "time", values: columns.started });
  return found;
}

const keyOf = (origin: ColumnOrigin | undefined): string | undefined => origin?.path.join(".");
