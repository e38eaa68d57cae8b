/** A log of cases as an object-centric one: each case is an object, each event is related to its own. */
import { cellText } from "./column-builders.ts";
import type { Column } from "./event-log.ts";
import { EVENT_ID, objectsColumn } from "./flatten.ts";
import {
  caseFields,
  caseNames,
  eventFields,
  type Field,
  placeOf,
  roleFields,
  textOf,
  type WrittenLog,
} from "./log-fields.ts";
import type { OcelRest } from "./log-origin.ts";
import {
  type ObjectCentricLog,
  type OcelAttributeType,
  type OcelEvent,
  type OcelObject,
  type OcelRelation,
  type OcelType,
  type OcelValue,
  typedValue,
} from "./ocel.ts";

/**
 * Events that were duplicated when an object-centric log was flattened become one again, related to all their objects;
 * what flattening lost (events of no case, qualifiers) comes back where the log's origin has it. An event without a time cannot be written:
 * it takes that of the event before it in its case, or 1970.
 */
export function ocelOfLog(log: WrittenLog): ObjectCentricLog {
  const { columns, mapping } = log;
  const rest = columns.origin?.ocel ?? null;
  const caseType = mapping.objectType ?? "case";
  const ids = objectIds(log);
  const fields = [
    ...roleFields(log, (role) => mapping[role as "start"] ?? role).filter(
      ({ role }) => role !== "activity" && role !== "timestamp",
    ),
    ...eventFields(log),
  ];
  const related = fields.flatMap((field) => {
    const type = /^ocel:objects:([\s\S]*)$/.exec(field.path[0] ?? "")?.[1];
    return type === undefined || objectsColumn(type) !== field.path[0] ? [] : [{ field, type }];
  });
  const own = fields.filter(
    (field) =>
      field.path[0] !== EVENT_ID &&
      !related.some((one) => one.field === field) &&
      !(field.role === null && rest?.objectColumns.includes(field.path.join("."))),
  );
  const idField = fields.find((field) => field.path[0] === EVENT_ID) ?? null;
  const events = new Map<string, OcelEvent>();
  const others = new Map<string, OcelObject>();
  const times = timesOf(log);
  for (let row = 0; row < columns.rows; row++) {
    const code = columns.case.codes[row] as number;
    const given = idField && textOf(idField, row, code);
    const id = given ?? freeId(`e${row + 1}`, (taken) => events.has(taken) || rest?.relations.has(taken));
    const known = events.get(id);
    if (known && rest?.relations.has(id)) continue;
    if (known) {
      (known.relations as OcelRelation[]).push({ object: ids[code] as string, qualifier: caseType });
      continue;
    }
    const relations: OcelRelation[] = [{ object: ids[code] as string, qualifier: caseType }];
    for (const { field, type } of related)
      for (const object of (textOf(field, row, code) ?? "").split(", ").filter(Boolean)) {
        if (!others.has(object)) others.set(object, { id: object, type, attributes: [], relations: [] });
        relations.push({ object, qualifier: type });
      }
    const type = cellText(columns.activity, row) ?? "";
    const event = { id, type, time: times[row] as number, attributes: valuesOf(own, row, code), relations };
    events.set(id, rest ? asItWas(event, rest) : event);
  }
  const cases = ids.map(
    (id, code): OcelObject => ({
      id,
      type: caseType,
      attributes: valuesOf(caseFields(log), 0, code).map((attribute) => ({ ...attribute, time: 0 })),
      relations: [],
    }),
  );
  const known = new Set(ids);
  const objects = [...cases, ...[...others.values()].filter(({ id }) => !known.has(id))];
  const flat: ObjectCentricLog = {
    events: [...events.values()],
    objects,
    eventTypes: typesOf(events.values(), own),
    objectTypes: typesOf(objects, caseFields(log)),
  };
  return rest ? withRest(flat, rest) : flat;
}

/** An event of the file with the relations it had there, its values of the types that were declared. */
function asItWas(event: OcelEvent, rest: OcelRest): OcelEvent {
  const relations = rest.relations.get(event.id);
  if (relations === undefined) return event;
  const declared = rest.eventTypes.find(({ name }) => name === event.type)?.attributes ?? [];
  const attributes = event.attributes.map(({ name, value }) => {
    const type = declared.find((attribute) => attribute.name === name)?.type;
    return { name, value: typeof value === "string" ? typedValue(value, type) : value };
  });
  return { ...event, attributes, relations };
}

/** The whole log of the file, in its order, and what was added to it since. */
function withRest(flat: ObjectCentricLog, rest: OcelRest): ObjectCentricLog {
  const byId = new Map([...rest.events, ...flat.events].map((event) => [event.id, event]));
  const ofFile = [...rest.relations.keys()].flatMap((id) => byId.get(id) ?? []);
  const objects = new Set(rest.objects.map(({ id }) => id));
  const added = <Type extends OcelType>(types: readonly Type[], known: readonly OcelType[]) =>
    types.filter(({ name }) => !known.some((type) => type.name === name));
  return {
    events: [...ofFile, ...flat.events.filter(({ id }) => !rest.relations.has(id))],
    objects: [...rest.objects, ...flat.objects.filter(({ id }) => !objects.has(id))],
    eventTypes: [...rest.eventTypes, ...added(flat.eventTypes, rest.eventTypes)],
    objectTypes: [...rest.objectTypes, ...added(flat.objectTypes, rest.objectTypes)],
  };
}

function freeId(wanted: string, isTaken: (id: string) => boolean | undefined): string {
  let id = wanted;
  for (let copy = 2; isTaken(id); copy++) id = `${wanted} (${copy})`;
  return id;
}

/** Ids that are all different: names of cases may repeat. */
function objectIds(log: WrittenLog): string[] {
  const taken = new Set<string>();
  return caseNames(log).map((name, code) => {
    let id = name ?? `case ${code + 1}`;
    for (let copy = 2; taken.has(id); copy++) id = `${name} (${copy})`;
    taken.add(id);
    return id;
  });
}

function timesOf({ columns }: WrittenLog): Float64Array {
  const last = new Float64Array(columns.case.dictionary.length);
  return Float64Array.from({ length: columns.rows }, (_, row) => {
    const code = columns.case.codes[row] as number;
    const given = [columns.completed?.[row], columns.started?.[row]].find(
      (time) => time !== undefined && !Number.isNaN(time),
    );
    last[code] = given ?? (last[code] as number);
    return last[code] as number;
  });
}

function valuesOf(fields: readonly Field[], row: number, code: number): { name: string; value: OcelValue }[] {
  return fields.flatMap((field) => {
    const place = placeOf(field, row, code);
    const value = place < 0 ? null : valueIn(field.column, place);
    return value === null ? [] : [{ name: field.path.join("."), value }];
  });
}

function valueIn(column: Column, place: number): OcelValue | null {
  if (column.kind === "number") {
    const value = column.values[place] as number;
    return Number.isNaN(value) ? null : value;
  }
  if (column.kind === "boolean") return [false, true, null][column.values[place] as number] ?? null;
  return cellText(column, place);
}

const TYPES: Readonly<Record<Column["kind"], OcelAttributeType>> = {
  text: "string",
  number: "float",
  boolean: "boolean",
  time: "time",
};

/** Each type with the attributes that one of its members has. */
function typesOf(members: Iterable<OcelEvent | OcelObject>, fields: readonly Field[]): OcelType[] {
  const kinds = new Map(fields.map(({ path, column }) => [path.join("."), TYPES[column.kind]]));
  const names = new Map<string, Set<string>>();
  for (const { type, attributes } of members) {
    const known = names.get(type) ?? new Set<string>();
    names.set(type, known);
    for (const { name } of attributes) known.add(name);
  }
  return Array.from(names, ([name, attributes]) => ({
    name,
    attributes: Array.from(attributes, (attribute) => ({
      name: attribute,
      type: kinds.get(attribute) ?? "string",
    })),
  }));
}
