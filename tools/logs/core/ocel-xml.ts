/** OCEL 2.0 as XML, in and out. */
import { isoInstant } from "./instants.ts";
import {
  checkOcel,
  type ObjectCentricLog,
  type OcelAttributeType,
  type OcelEvent,
  type OcelObject,
  type OcelRelation,
  type OcelTimes,
  type OcelType,
  typedValue,
  wrongOcel,
} from "./ocel.ts";
import { attributeType } from "./ocel-json.ts";
import { type TextSink, writeRows } from "./text-sink.ts";
import { escaped } from "./write-xes.ts";
import { readXml, type XmlHandler } from "./xml-elements.ts";

export function ocelOfXml(document: string, times: OcelTimes): ObjectCentricLog {
  const reading = new Reading(times);
  readXml(document, reading);
  return checkOcel(reading.log);
}

type Attributes = Readonly<Record<string, string>>;
type Owner = OcelEvent | OcelObject;
type Writable<List> = List extends readonly (infer Item)[] ? Item[] : never;

class Reading implements XmlHandler {
  readonly log = {
    eventTypes: [] as OcelType[],
    objectTypes: [] as OcelType[],
    events: [] as OcelEvent[],
    objects: [] as OcelObject[],
  };
  readonly #times: OcelTimes;
  readonly #path: string[] = [];
  #type: OcelType | null = null;
  #owner: Owner | null = null;
  #attribute: { name: string; time: number } | null = null;
  /** Types of attributes by kind, type and name. */
  readonly #declared = new Map<string, OcelAttributeType>();

  constructor(times: OcelTimes) {
    this.#times = times;
  }

  open(name: string, attributes: Attributes, line: number): void {
    const depth = this.#path.push(name);
    if (depth === 1 && name !== "log")
      throw wrongOcel(`<${name}>`, "the root element is not <log>", "<log>", line);
    if (depth === 3) this.#openEntity(name, attributes, line);
    else if (name === "attribute" && depth === 5) this.#openAttribute(attributes, line);
    else if (depth === 5 && /^(relationship|relobj|object)$/.test(name)) this.#relation(attributes, line);
  }

  #openEntity(name: string, attributes: Attributes, line: number): void {
    const need = (key: string) => required(attributes, key, `<${name}>`, line);
    if (name === "event-type" || name === "object-type") {
      this.#type = { name: need("name"), attributes: [] };
      (name === "event-type" ? this.log.eventTypes : this.log.objectTypes).push(this.#type);
    } else if (name === "event") {
      const time = this.#times.read(need("time"), `event "${need("id")}"`, line);
      const event = { id: need("id"), type: need("type"), time, attributes: [], relations: [] };
      this.log.events.push(event);
      this.#owner = event;
    } else if (name === "object") {
      const object = { id: need("id"), type: need("type"), attributes: [], relations: [] };
      this.log.objects.push(object);
      this.#owner = object;
    }
  }

  #openAttribute(attributes: Attributes, line: number): void {
    const name = required(attributes, "name", "<attribute>", line);
    if (this.#type) {
      const type = attributeType(attributes["type"], `attribute "${name}"`, line);
      (this.#type.attributes as Writable<OcelType["attributes"]>).push({ name, type });
      this.#declared.set(JSON.stringify([this.#path[1], this.#type.name, name]), type);
    } else if (this.#owner) {
      const timed = this.#path[1] === "objects";
      const time = timed ? this.#times.read(attributes["time"], `attribute "${name}"`, line) : Number.NaN;
      this.#attribute = { name, time };
    }
  }

  #relation(attributes: Attributes, line: number): void {
    if (!this.#owner) return;
    const object = required(attributes, "object-id", "<relationship>", line);
    const qualifier = attributes["qualifier"] ?? "";
    (this.#owner.relations as OcelRelation[]).push({ object, qualifier });
  }

  close(name: string, text: string): void {
    const depth = this.#path.length;
    if (depth === 5 && this.#attribute && this.#owner) this.#keep(this.#owner, this.#attribute, text);
    if (depth === 3) this.#type = this.#owner = null;
    if (name === "attribute") this.#attribute = null;
    this.#path.pop();
  }

  #keep(owner: Owner, { name, time }: { name: string; time: number }, text: string): void {
    const types = this.#path[1] === "objects" ? "object-types" : "event-types";
    const value = typedValue(text, this.#declared.get(JSON.stringify([types, owner.type, name])));
    const entry = Number.isNaN(time) ? { name, value } : { name, time, value };
    (owner.attributes as unknown[]).push(entry);
  }
}

function required(attributes: Attributes, key: string, place: string, line: number): string {
  const value = attributes[key];
  if (value !== undefined) return value;
  throw wrongOcel(place, `it has no ${key}`, `${key}="…"`, line);
}

/** Text between tags: line ends as references, for readers turn them into others. */
const text = (value: unknown): string => escaped(String(value)).replaceAll("&quot;", '"');

export async function writeOcelXml(log: ObjectCentricLog, sink: TextSink): Promise<void> {
  const { eventTypes, objectTypes, events, objects } = log;
  await sink('<?xml version="1.0" encoding="UTF-8"?>\n<log>\n');
  await sink(
    `<object-types>${objectTypes.map((type) => typeText("object-type", type)).join("")}</object-types>\n`,
  );
  await sink(
    `<event-types>${eventTypes.map((type) => typeText("event-type", type)).join("")}</event-types>\n<objects>\n`,
  );
  await writeRows(objects.length, sink, (at) => {
    const { id, type, attributes, relations } = objects[at] as OcelObject;
    const values = attributes.map(
      ({ name, time, value }) =>
        `<attribute name="${escaped(name)}" time="${isoInstant(time)}">${text(value)}</attribute>`,
    );
    return `<object id="${escaped(id)}" type="${escaped(type)}">${inner(values, relations)}</object>\n`;
  });
  await sink("</objects>\n<events>\n");
  await writeRows(events.length, sink, (at) => {
    const { id, type, time, attributes, relations } = events[at] as OcelEvent;
    const values = attributes.map(
      ({ name, value }) => `<attribute name="${escaped(name)}">${text(value)}</attribute>`,
    );
    return `<event id="${escaped(id)}" type="${escaped(type)}" time="${isoInstant(time)}">${inner(values, relations)}</event>\n`;
  });
  await sink("</events>\n</log>\n");
}

const typeText = (element: string, { name, attributes }: OcelType): string =>
  `<${element} name="${escaped(name)}"><attributes>${attributes
    .map((attribute) => `<attribute name="${escaped(attribute.name)}" type="${attribute.type}"/>`)
    .join("")}</attributes></${element}>`;

const inner = (values: readonly string[], relations: readonly OcelRelation[]): string =>
  `<attributes>${values.join("")}</attributes><objects>${relations
    .map(
      ({ object, qualifier }) =>
        `<relationship object-id="${escaped(object)}" qualifier="${escaped(qualifier)}"/>`,
    )
    .join("")}</objects>`;
