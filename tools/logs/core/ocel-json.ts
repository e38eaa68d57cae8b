/** OCEL 2.0 as JSON, in and out. */
import { clip, LogFileError } from "./errors.ts";
import { isoInstant } from "./instants.ts";
import {
  checkOcel,
  type ObjectCentricLog,
  OCEL_TYPES,
  type OcelAttributeType,
  type OcelTimes,
  type OcelType,
  type OcelValue,
  wrongOcel,
} from "./ocel.ts";
import { mayHoldUnstorable, storable } from "./storable-text.ts";
import { type TextSink, writeRows } from "./text-sink.ts";

type Json = Readonly<Record<string, unknown>>;

export function ocelOfJson(text: string, times: OcelTimes): ObjectCentricLog {
  const root = parsed(text);
  return checkOcel({
    eventTypes: listOf(root, "eventTypes", "").map((type, at) => typeOf(type, `eventTypes[${at}]`)),
    objectTypes: listOf(root, "objectTypes", "").map((type, at) => typeOf(type, `objectTypes[${at}]`)),
    events: listOf(root, "events", "").map((event, at) => {
      const place = `events[${at}]`;
      return {
        id: textOf(event, "id", place),
        type: textOf(event, "type", place),
        time: times.read(event["time"], `${place}.time`),
        attributes: listOf(event, "attributes", place).flatMap((attribute, index) => {
          const value = givenValue(attribute, `${place}.attributes[${index}]`);
          return value === null
            ? []
            : [{ name: textOf(attribute, "name", `${place}.attributes[${index}]`), value }];
        }),
        relations: relationsOf(event, place),
      };
    }),
    objects: listOf(root, "objects", "").map((object, at) => {
      const place = `objects[${at}]`;
      return {
        id: textOf(object, "id", place),
        type: textOf(object, "type", place),
        attributes: listOf(object, "attributes", place).flatMap((attribute, index) => {
          const where = `${place}.attributes[${index}]`;
          const value = givenValue(attribute, where);
          const time = times.read(attribute["time"], `${where}.time`);
          return value === null ? [] : [{ name: textOf(attribute, "name", where), time, value }];
        }),
        relations: relationsOf(object, place),
      };
    }),
  });
}

function parsed(text: string): Json {
  let root: unknown;
  try {
    const read: unknown = JSON.parse(text);
    root = mayHoldUnstorable(text) ? storable(read) : read;
  } catch (cause) {
    const message = (cause as Error).message;
    const position = /position (\d+)/.exec(message)?.[1];
    const line = text.slice(0, Number(position ?? text.length)).split("\n").length;
    const cut = position === undefined || Number(position) >= text.length;
    throw new LogFileError(
      cut ? "log-truncated" : "log-syntax",
      `not JSON: ${clip(message)}`,
      {
        line,
        expected: "OCEL 2.0 as JSON",
        remedy: cut ? "The file is cut off: get it again." : "Correct the file.",
      },
      { cause },
    );
  }
  if (typeof root === "object" && root !== null && !Array.isArray(root)) return root as Json;
  throw wrongOcel("the file", "it is no JSON object", "eventTypes, objectTypes, events and objects");
}

function listOf(owner: Json, key: string, place: string): Json[] {
  const list = owner[key];
  const where = place === "" ? key : `${place}.${key}`;
  if (list === undefined && place !== "") return [];
  if (!Array.isArray(list))
    throw wrongOcel(where, list === undefined ? "it is missing" : "it is no list", "a list of objects");
  const wrong = list.findIndex((item) => typeof item !== "object" || item === null || Array.isArray(item));
  if (wrong >= 0) throw wrongOcel(`${where}[${wrong}]`, "it is no JSON object", "a JSON object");
  return list as Json[];
}

function textOf(owner: Json, key: string, place: string): string {
  const text = owner[key];
  if (typeof text === "string") return text;
  throw wrongOcel(`${place}.${key}`, text === undefined ? "it is missing" : "it is no text", "a text");
}

function givenValue({ value }: Json, place: string): OcelValue | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw wrongOcel(`${place}.value`, "it is a list or an object", "a text, a number, true or false");
}

function typeOf(type: Json, place: string): OcelType {
  return {
    name: textOf(type, "name", place),
    attributes: listOf(type, "attributes", place).map((attribute, at) => ({
      name: textOf(attribute, "name", `${place}.attributes[${at}]`),
      type: attributeType(attribute["type"], `${place}.attributes[${at}].type`),
    })),
  };
}

export function attributeType(type: unknown, place: string, line?: number): OcelAttributeType {
  const found = OCEL_TYPES.find((known) => known === type);
  if (found) return found;
  throw wrongOcel(place, `"${clip(String(type))}" is no type`, OCEL_TYPES.join(", "), line);
}

const relationsOf = (owner: Json, place: string) =>
  listOf(owner, "relationships", place).map((relation, at) => ({
    object: textOf(relation, "objectId", `${place}.relationships[${at}]`),
    qualifier: textOf(relation, "qualifier", `${place}.relationships[${at}]`),
  }));

/** Instants in UTC. */
export async function writeOcelJson(log: ObjectCentricLog, sink: TextSink): Promise<void> {
  const { eventTypes, objectTypes, events, objects } = log;
  await sink(
    `{"objectTypes":${JSON.stringify(objectTypes)},\n"eventTypes":${JSON.stringify(eventTypes)},\n"objects":[`,
  );
  const relationships = (relations: ObjectCentricLog["events"][number]["relations"]) =>
    relations.map(({ object, qualifier }) => ({ objectId: object, qualifier }));
  const parted = (at: number, item: unknown) => `${at === 0 ? "\n" : ",\n"}${JSON.stringify(item)}`;
  await writeRows(objects.length, sink, (at) => {
    const { id, type, attributes, relations } = objects[at] as (typeof objects)[number];
    const timed = attributes.map(({ name, time, value }) => ({ name, time: isoInstant(time), value }));
    return parted(at, { id, type, attributes: timed, relationships: relationships(relations) });
  });
  await sink('],\n"events":[');
  await writeRows(events.length, sink, (at) => {
    const { id, type, time, attributes, relations } = events[at] as (typeof events)[number];
    return parted(at, {
      id,
      type,
      time: isoInstant(time),
      attributes,
      relationships: relationships(relations),
    });
  });
  await sink("]}\n");
}
