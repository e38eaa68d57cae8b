/** An object-centric event log (OCEL 2.0): events of many objects, objects of many types, and how they hang together. */
import { clip, LogFileError } from "./errors.ts";
import { InstantParser } from "./instants.ts";

/** Of type `time`: the text as it was written. */
export type OcelValue = string | number | boolean;

export interface OcelRelation {
  /** Of the other object. */
  readonly object: string;
  readonly qualifier: string;
}

export interface OcelEvent {
  readonly id: string;
  readonly type: string;
  /** Microseconds since 1970. */
  readonly time: number;
  readonly attributes: readonly { readonly name: string; readonly value: OcelValue }[];
  readonly relations: readonly OcelRelation[];
}

export interface OcelObject {
  readonly id: string;
  readonly type: string;
  /** Each value with the instant from which on it holds, in microseconds since 1970. */
  readonly attributes: readonly { readonly name: string; readonly time: number; readonly value: OcelValue }[];
  readonly relations: readonly OcelRelation[];
}

export const OCEL_TYPES = ["string", "time", "integer", "float", "boolean"] as const;
export type OcelAttributeType = (typeof OCEL_TYPES)[number];

export interface OcelType {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly type: OcelAttributeType }[];
}

export interface ObjectCentricLog {
  readonly eventTypes: readonly OcelType[];
  readonly objectTypes: readonly OcelType[];
  readonly events: readonly OcelEvent[];
  readonly objects: readonly OcelObject[];
}

/** Something in an OCEL file that is not as OCEL 2.0 has it. `place` says where: an id, a path, a table. */
export const wrongOcel = (place: string, what: string, expected: string, line?: number): LogFileError =>
  new LogFileError("log-syntax", `${place}: ${what}`, {
    ...(line === undefined ? {} : { line }),
    expected,
    remedy: "Correct the file, or export it again as OCEL 2.0.",
  });

/** Throws where ids repeat, types are not declared, or a relation leads to no object. */
export function checkOcel(log: ObjectCentricLog): ObjectCentricLog {
  if (log.events.length === 0)
    throw new LogFileError("log-empty", "the log has no events", { remedy: "Choose a log with events." });
  const objects = checkAll("object", log.objects, log.objectTypes);
  checkAll("event", log.events, log.eventTypes);
  for (const [kind, list] of [
    ["event", log.events],
    ["object", log.objects],
  ] as const) {
    for (const { id, relations } of list) {
      const lost = relations.find(({ object }) => !objects.has(object));
      if (lost)
        throw wrongOcel(
          `${kind} "${clip(id)}"`,
          `it is related to "${clip(lost.object)}", and there is no such object`,
          "the id of an object of the log",
        );
    }
  }
  return log;
}

function checkAll(
  kind: "event" | "object",
  list: readonly { readonly id: string; readonly type: string }[],
  types: readonly OcelType[],
): Set<string> {
  const declared = new Set(types.map(({ name }) => name));
  const ids = new Set<string>();
  for (const { id, type } of list) {
    if (ids.has(id)) throw wrongOcel(`${kind} "${clip(id)}"`, "its id is there twice", "ids of their own");
    if (!declared.has(type))
      throw wrongOcel(
        `${kind} "${clip(id)}"`,
        `its type "${clip(type)}" is not declared`,
        [...declared].slice(0, 20).join(", "),
      );
    ids.add(id);
  }
  return ids;
}

/** Reads the instants of an OCEL file; those without a zone are counted. */
export class OcelTimes {
  readonly #parser = new InstantParser("ymd");
  readonly #toInstant: (local: number) => number;
  local = 0;

  constructor(toInstant: (local: number) => number) {
    this.#toInstant = toInstant;
  }

  read(text: unknown, place: string, line?: number): number {
    const value = typeof text === "string" ? this.#parser.text(text) : Number.NaN;
    if (Number.isNaN(value))
      throw wrongOcel(
        place,
        text === undefined ? "it has no time" : `"${clip(String(text))}" is not a time`,
        "ISO 8601, such as 2024-03-01T09:30:00Z",
        line,
      );
    if (this.#parser.zoned) return value;
    this.local++;
    return this.#toInstant(value);
  }
}

/** The value of an attribute whose file has texts only. A text that is not of its type stays a text. */
export function typedValue(text: string, type: OcelAttributeType | undefined): OcelValue {
  if (type === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  const number = Number(text);
  if (type === "integer" && /^[+-]?\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  return type === "float" && text.trim() !== "" && Number.isFinite(number) ? number : text;
}
