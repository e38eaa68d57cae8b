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
import type {
  ObjectCentricLog,
  OcelAttributeType,
  OcelEvent,
  OcelObject,
  OcelRelation,
  OcelType,
  OcelValue,
} from "./ocel.ts";

/**
 * Events that were duplicated when an object-centric log was flattened become one again, related to all their objects;
 * what flattening lost (events of no case, qualifiers) does not come back. An event without a time cannot be written:
 * it takes that of the event before it in its case, or 1970.
 */
export function ocelOfLog(log: WrittenLog): ObjectCentricLog {
  const { columns, mapping } = log;
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
    (field) => field.path[0] !== EVENT_ID && !related.some((one) => one.field === field),
  );
  const idField = fields.find((field) => field.path[0] === EVENT_ID) ?? null;
  const events = new Map<string, OcelEvent>();
  const others = new Map<string, OcelObject>();
  const times = timesOf(log);
  for (let row = 0; row < columns.rows; row++) {
    const code = columns.case.codes[row] as number;
    const id = (idField && textOf(idField, row, code)) ?? `e${row + 1}`;
    const known = events.get(id);
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
    events.set(id, { id, type, time: times[row] as number, attributes: valuesOf(own, row, code), relations });
  }
  const cases = ids.map(
    (id, code): OcelObject => ({
      id,
      type: caseType,
      attributes: valuesOf(caseFields(log), 0, code).map((attribute) => ({ ...attribute, time: 0 })),
      relations: [],
    }),
  );
  const objects = [...cases, ...[...others.values()].filter(({ id }) => !ids.includes(id))];
  return {
    events: [...events.values()],
    objects,
    eventTypes: typesOf(events.values(), own),
    objectTypes: typesOf(objects, caseFields(log)),
  };
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
