/** A log as JSON lines: an event a line; numbers and truth values as such, instants as ISO 8601 in UTC. */
import { type Field, rowFields, textOf, typeOf, type WrittenLog } from "./log-fields.ts";
import { type TextSink, writeRows } from "./text-sink.ts";

export async function writeJsonLines(log: WrittenLog, sink: TextSink): Promise<void> {
  const tree = new Branch();
  for (const field of rowFields(log)) tree.grow(field.path, field);
  const { codes } = log.columns.case;
  await writeRows(log.columns.rows, sink, (row) => `${tree.write(row, codes[row] as number) ?? "{}"}\n`);
}

/** Fields by the steps of their paths: a nested object is a branch. */
class Branch {
  readonly #keys = new Map<string, { field: Field | null; below: Branch | null }>();

  grow([key = "", ...rest]: readonly string[], field: Field): void {
    const place = this.#keys.get(key) ?? { field: null, below: null };
    this.#keys.set(key, place);
    if (rest.length === 0) place.field = field;
    else {
      place.below ??= new Branch();
      place.below.grow(rest, field);
    }
  }

  /** Null where nothing of it has a value. A value beside members (`a` and `a.b` of one row) keeps the value. */
  write(row: number, ownCase: number): string | null {
    const members: string[] = [];
    for (const [key, { field, below }] of this.#keys) {
      const value = (field && jsonOf(field, row, ownCase)) ?? below?.write(row, ownCase) ?? null;
      if (value !== null) members.push(`${JSON.stringify(key)}:${value}`);
    }
    return members.length === 0 ? null : `{${members.join(",")}}`;
  }
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function jsonOf(field: Field, row: number, ownCase: number): string | null {
  const text = textOf(field, row, ownCase);
  if (text === null) return null;
  const { kind } = field.column;
  if (kind === "number" || kind === "boolean")
    return NUMBER.test(text) || kind === "boolean" ? text : JSON.stringify(text);
  const type = typeOf(field, row, ownCase);
  const written =
    type === "json" ||
    ((type === "float" || type === "int") && NUMBER.test(text)) ||
    (type === "boolean" && (text === "true" || text === "false"));
  return written ? text : JSON.stringify(text);
}
