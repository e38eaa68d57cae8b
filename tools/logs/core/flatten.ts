/** An object-centric log read by one type of objects: each of them is a case with the events that are related to it. */
import { clip, LogFileError } from "./errors.ts";
import type { Column, ColumnMapping, LogColumns, TextColumn } from "./event-log.ts";
import type { Flattening, Loss, ObjectTypeChoice } from "./flattening.ts";
import { type LogFormat, type LogOrigin, originOf } from "./log-origin.ts";
import type { ObjectCentricLog, OcelEvent, OcelObject } from "./ocel.ts";
import { nameWeight } from "./role-names.ts";
import { asTextColumn, ValueColumn } from "./value-columns.ts";

export interface FlattenOptions {
  readonly format: LogFormat;
  /** Chosen when absent: the type with the most events, and of those the one with the fewest events of several objects. */
  readonly objectType?: string;
  readonly zone: string;
  readonly attributes: boolean;
}

export interface FlattenedLog {
  readonly columns: LogColumns;
  readonly mapping: ColumnMapping;
  readonly flattening: Flattening;
}

/** The name of the column that holds an event's own id, and of those that hold the other objects of a type. */
export const EVENT_ID = "ocel:event";
export const objectsColumn = (type: string): string => `ocel:objects:${type}`;

export function flatten(log: ObjectCentricLog, options: FlattenOptions): FlattenedLog {
  const typeOf = new Map(log.objects.map(({ id, type }) => [id, type]));
  const choices = objectTypeChoices(log, typeOf);
  const [objectType, reason] = chosenType(choices, log.events.length, options.objectType);
  const rows = rowsOf(log, typeOf, objectType);
  if (rows.length === 0) {
    throw new LogFileError("log-empty", `no event is related to an object of type "${clip(objectType)}"`, {
      value: clip(objectType),
      expected: log.objectTypes.map(({ name }) => name).join(", "),
      remedy: "Choose another type with --object-type.",
    });
  }
  const flattening = lossesOf(log, rows, typeOf, objectType);
  const resource = options.attributes ? resourceOf(log) : null;
  const columns = columnsOf(log, rows, typeOf, { ...options, objectType, resource });
  const mapping: ColumnMapping = {
    case: objectType,
    activity: "event type",
    timestamp: "time",
    ...(resource === null ? {} : { resource }),
    objectType,
    objectTypes: choices.map((choice) =>
      choice.type === objectType ? { ...choice, divergence: flattening.divergence.count } : choice,
    ),
    zone: options.zone,
    reasons: {
      ...(reason === null ? {} : { objectType: reason }),
      case: `one case for each object of type "${objectType}"`,
    },
  };
  return {
    columns: {
      ...columns,
      origin: { ...originOf(options.format), flattening, ...restOf(log, rows, columns, options) },
    },
    mapping,
    flattening,
  };
}

/** It is unpacked whenever the log is opened. */
const MOST_KEPT = 250_000;

/** What is to come back when the log is written as OCEL again; nothing where that is too much. */
function restOf(
  log: ObjectCentricLog,
  rows: readonly Row[],
  { attributes }: LogColumns,
  options: FlattenOptions,
): Pick<LogOrigin, "ocel"> {
  const { eventTypes, objectTypes, objects } = log;
  const relations = log.events.reduce((sum, event) => sum + event.relations.length, 0);
  const size = relations + log.events.length + objects.length;
  if (!options.attributes || size > MOST_KEPT) return {};
  const inCases = new Set(rows.map(({ event }) => event));
  const ofEvents = new Set(log.events.flatMap((event) => event.attributes.map(({ name }) => name)));
  return {
    ocel: {
      eventTypes,
      objectTypes,
      objects,
      relations: new Map(log.events.map((event) => [event.id, event.relations])),
      events: log.events.filter((event) => !inCases.has(event)),
      objectColumns: [...attributes.keys()].filter(
        (name) => name !== EVENT_ID && !name.startsWith(objectsColumn("")) && !ofEvents.has(name),
      ),
    },
  };
}

interface Row {
  readonly event: OcelEvent;
  readonly object: string;
}

/** One row for each event and object of the type, in the order of the file. */
function rowsOf(log: ObjectCentricLog, typeOf: ReadonlyMap<string, string>, objectType: string): Row[] {
  return log.events.flatMap((event) =>
    objectsOf(event, typeOf, objectType).map((object) => ({ event, object })),
  );
}

/** Objects of a type that an event is related to, each once however many qualifiers there are. */
const objectsOf = (event: OcelEvent, typeOf: ReadonlyMap<string, string>, type: string): string[] => [
  ...new Set(event.relations.map(({ object }) => object).filter((object) => typeOf.get(object) === type)),
];

/** Every declared type with its counts, in one pass over the relations. */
function objectTypeChoices(
  log: ObjectCentricLog,
  typeOf: ReadonlyMap<string, string>,
): readonly ObjectTypeChoice[] {
  const counts = new Map(
    log.objectTypes.map(({ name }) => [name, { cases: new Set<string>(), events: 0, convergence: 0 }]),
  );
  for (const { relations } of log.events) {
    const ofEvent = new Map<string, number>();
    for (const object of new Set(relations.map((relation) => relation.object))) {
      const type = typeOf.get(object) ?? "";
      ofEvent.set(type, (ofEvent.get(type) ?? 0) + 1);
      counts.get(type)?.cases.add(object);
    }
    for (const [type, objects] of ofEvent) {
      const count = counts.get(type);
      if (count === undefined) continue;
      count.events++;
      if (objects > 1) count.convergence++;
    }
  }
  return Array.from(counts, ([type, { cases, events, convergence }]) => ({
    type,
    cases: cases.size,
    events,
    convergence,
    deficiency: log.events.length - events,
  }));
}

function chosenType(
  choices: readonly ObjectTypeChoice[],
  events: number,
  wanted: string | undefined,
): readonly [string, string | null] {
  const names = choices.map(({ type }) => type);
  if (wanted !== undefined) {
    const found =
      names.find((name) => name === wanted) ??
      names.find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return [found, null];
    throw new LogFileError(
      "log-mapping",
      `there is no object type "${clip(wanted)}"; there are: ${names.join(", ")}`,
      {
        value: clip(wanted),
        expected: names.join(", "),
        remedy: "Name one of them with --object-type.",
      },
    );
  }
  const [best, ...others] = choices.toSorted((a, b) => b.events - a.events || a.convergence - b.convergence);
  if (!best)
    throw new LogFileError("log-mapping", "the log declares no object type", {
      remedy: "Export it again as OCEL 2.0.",
    });
  const rest = others.map(({ type }) => type).join(", ") || "none";
  return [best.type, `it has the most events (${best.events} of ${events}); others: ${rest}`];
}

const EXAMPLES = 3;

function loss(lost: readonly string[]): Loss {
  return { count: lost.length, examples: lost.slice(0, EXAMPLES) };
}

function lossesOf(
  log: ObjectCentricLog,
  rows: readonly Row[],
  typeOf: ReadonlyMap<string, string>,
  objectType: string,
): Flattening {
  const converging: string[] = [];
  const deficient: string[] = [];
  for (const event of log.events) {
    const objects = objectsOf(event, typeOf, objectType);
    if (objects.length > 1) converging.push(`${event.type} (${event.id}): ${objects.join(", ")}`);
    else if (objects.length === 0) deficient.push(`${event.type} (${event.id})`);
  }
  return {
    objectType,
    convergence: loss(converging),
    divergence: loss(diverging(rows, typeOf, objectType)),
    deficiency: loss(deficient),
  };
}

/** Activities of a case that happen more than once for different objects of another type. */
function diverging(rows: readonly Row[], typeOf: ReadonlyMap<string, string>, objectType: string): string[] {
  const seen = new Map<string, { place: string; others: Set<string>; several: boolean }>();
  for (const { event, object } of rows) {
    const others = event.relations
      .map((relation) => relation.object)
      .filter((other) => typeOf.get(other) !== objectType)
      .sort();
    const key = JSON.stringify([object, event.type]);
    const text = JSON.stringify([...new Set(others)]);
    const known = seen.get(key);
    if (!known)
      seen.set(key, { place: `${event.type} of ${object}`, others: new Set([text]), several: false });
    else if (known.others.size > 0 && !known.others.has(text)) {
      known.others.add(text);
      known.several = true;
    }
  }
  return [...seen.values()]
    .filter(({ several }) => several)
    .map(({ place, others }) => `${place}: ${others.size} different groups of other objects`);
}

/** The event attribute whose name says who did it. */
function resourceOf(log: ObjectCentricLog): string | null {
  const names = new Set(log.eventTypes.flatMap(({ attributes }) => attributes.map(({ name }) => name)));
  const weighed = [...names].map((name) => ({ name, weight: nameWeight("resource", name) }));
  const best = weighed.reduce((a, b) => (b.weight > a.weight ? b : a), { name: "", weight: 79 });
  return best.name === "" ? null : best.name;
}

interface Settings extends FlattenOptions {
  readonly objectType: string;
  readonly resource: string | null;
}

function columnsOf(
  log: ObjectCentricLog,
  rows: readonly Row[],
  typeOf: ReadonlyMap<string, string>,
  { objectType, attributes: wanted, resource }: Settings,
): LogColumns {
  const [cases, activities] = [new ValueColumn(), new ValueColumn()];
  const table = new Table();
  const completed = new Float64Array(rows.length);
  rows.forEach(({ event, object }, row) => {
    cases.set(row, object);
    activities.set(row, event.type);
    completed[row] = event.time;
    if (!wanted) return;
    table.set(EVENT_ID, row, event.id);
    for (const { name, value } of event.attributes) table.set(name, row, value);
    for (const type of log.objectTypes) {
      const others = type.name === objectType ? [] : objectsOf(event, typeOf, type.name);
      if (others.length > 0) table.set(objectsColumn(type.name), row, others.join(", "));
    }
  });
  const caseColumn = cases.finish(rows.length) as TextColumn;
  const attributes = table.finish(rows.length);
  const byObject = new Map(log.objects.map((object) => [object.id, object]));
  const ofObjects = wanted ? objectAttributes(caseColumn, rows, byObject) : null;
  const changing = Array.from(ofObjects?.changing ?? [], ([name, column]): [string, Column] => [
    attributes.has(name) || name === resource ? `${objectType}.${name}` : name,
    column,
  ]);
  const resourceColumn = resource === null ? undefined : attributes.get(resource);
  if (resource !== null) attributes.delete(resource);
  return {
    rows: rows.length,
    case: caseColumn,
    activity: activities.finish(rows.length) as TextColumn,
    completed,
    started: null,
    resource: resourceColumn ? asTextColumn(resourceColumn, rows.length) : null,
    lifecycle: null,
    instance: null,
    attributes: new Map([...attributes, ...changing]),
    caseAttributes: ofObjects?.constant ?? new Map(),
  };
}

/** Columns that come up as values do. */
class Table {
  readonly #columns = new Map<string, ValueColumn>();

  set(name: string, row: number, value: string | number | boolean): void {
    const column = this.#columns.get(name) ?? new ValueColumn();
    this.#columns.set(name, column);
    column.set(row, value);
  }

  finish(rows: number): Map<string, Column> {
    return new Map(Array.from(this.#columns, ([name, column]) => [name, column.finish(rows)]));
  }
}

/**
 * Attributes of the objects that are cases. One that keeps its value in each of them is an attribute of the case; one that
 * changes in any is an attribute of events: the value that held when the event happened.
 */
function objectAttributes(
  cases: TextColumn,
  rows: readonly Row[],
  byObject: ReadonlyMap<string, OcelObject>,
) {
  const objects = cases.dictionary.map((id) => byObject.get(id) as OcelObject);
  const changingNames = new Set<string>();
  const constants = new Table();
  objects.forEach((object, at) => {
    const first = new Map<string, unknown>();
    for (const { name, value } of object.attributes) {
      if (first.has(name) && first.get(name) !== value) changingNames.add(name);
      first.set(name, value);
      constants.set(name, at, value);
    }
  });
  const changing = new Table();
  rows.forEach(({ event, object }, row) => {
    for (const name of changingNames) {
      const value = valueAt(byObject.get(object) as OcelObject, name, event.time);
      if (value !== null) changing.set(name, row, value);
    }
  });
  const constant = constants.finish(objects.length);
  for (const name of changingNames) constant.delete(name);
  return { constant, changing: changing.finish(rows.length) };
}

/** The latest value that holds at an instant; null before the first. */
function valueAt({ attributes }: OcelObject, name: string, time: number) {
  let best: OcelObject["attributes"][number] | null = null;
  for (const entry of attributes)
    if (entry.name === name && entry.time <= time && (best === null || entry.time >= best.time)) best = entry;
  return best?.value ?? null;
}
