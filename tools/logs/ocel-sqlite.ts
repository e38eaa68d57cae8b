/** OCEL 2.0 as an SQLite database, in and out. */
import { DatabaseSync } from "node:sqlite";
import { MillwrightError } from "../../errors.ts";
import { clip, LogFileError } from "./core/errors.ts";
import { isoInstant } from "./core/instants.ts";
import {
  checkOcel,
  type ObjectCentricLog,
  type OcelAttributeType,
  type OcelEvent,
  type OcelObject,
  type OcelRelation,
  type OcelTimes,
  type OcelType,
  type OcelValue,
  typedValue,
  wrongOcel,
} from "./core/ocel.ts";

const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;
type Row = Readonly<Record<string, unknown>>;

export function readOcelSqlite(path: string, times: OcelTimes): ObjectCentricLog {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true });
    return checkOcel(new Reading(database, times).log());
  } catch (error) {
    if (error instanceof LogFileError) throw error;
    throw new LogFileError(
      "log-format",
      `the SQLite database cannot be read: ${(error as Error).message}`,
      { expected: "OCEL 2.0 in SQLite", remedy: "Get the file again." },
      { cause: error },
    );
  } finally {
    database?.close();
  }
}

class Reading {
  readonly #database: DatabaseSync;
  readonly #times: OcelTimes;

  constructor(database: DatabaseSync, times: OcelTimes) {
    this.#database = database;
    this.#times = times;
    const tables = new Set(
      this.#rows("select name from sqlite_master where type in ('table', 'view')").map((row) =>
        String(row["name"]),
      ),
    );
    for (const table of [
      "event",
      "object",
      "event_map_type",
      "object_map_type",
      "event_object",
      "object_object",
    ])
      if (!tables.has(table))
        throw wrongOcel("the database", `it has no table "${table}"`, "the tables of OCEL 2.0");
  }

  #rows(sql: string): Row[] {
    const statement = this.#database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all() as Row[];
  }

  log(): ObjectCentricLog {
    const eventTypes = this.#types("event");
    const objectTypes = this.#types("object");
    const events = new Map<string, OcelEvent>();
    const objects = new Map<string, OcelObject>();
    for (const row of this.#rows("select ocel_id, ocel_type from object"))
      objects.set(String(row["ocel_id"]), {
        id: String(row["ocel_id"]),
        type: String(row["ocel_type"]),
        attributes: [],
        relations: [],
      });
    for (const { type, table } of eventTypes) this.#readEvents(type, table, events);
    for (const { type, table } of objectTypes) this.#readObjects(type, table, objects);
    const ordered = this.#rows("select ocel_id, ocel_type from event").map((row) => {
      const event = events.get(String(row["ocel_id"]));
      if (event) return event;
      throw wrongOcel(
        `event "${row["ocel_id"]}"`,
        "the table of its type has no row for it",
        "a row with its time",
      );
    });
    this.#relate("event_object", "ocel_event_id", "ocel_object_id", events);
    this.#relate("object_object", "ocel_source_id", "ocel_target_id", objects);
    return {
      eventTypes: eventTypes.map(({ type }) => type),
      objectTypes: objectTypes.map(({ type }) => type),
      events: ordered,
      objects: [...objects.values()],
    };
  }

  #types(kind: "event" | "object"): { type: OcelType; table: string }[] {
    return this.#rows(`select ocel_type, ocel_type_map from ${kind}_map_type`).map((row) => {
      const table = `${kind}_${row["ocel_type_map"]}`;
      const columns = this.#rows(
        `select name, type from pragma_table_info('${table.replaceAll("'", "''")}')`,
      );
      if (columns.length === 0)
        throw wrongOcel(
          `${kind} type "${row["ocel_type"]}"`,
          `there is no table "${table}"`,
          "a table for each type",
        );
      const attributes = columns
        .filter((column) => !/^ocel_(id|time|changed_field)$/.test(String(column["name"])))
        .map((column) => ({ name: String(column["name"]), type: typeOfSql(String(column["type"])) }));
      return { type: { name: String(row["ocel_type"]), attributes }, table };
    });
  }

  #readEvents(type: OcelType, table: string, events: Map<string, OcelEvent>): void {
    for (const row of this.#rows(`select * from ${name(table)}`)) {
      const id = String(row["ocel_id"]);
      const attributes = type.attributes.flatMap((attribute) => {
        const value = givenValue(row[attribute.name], attribute.type);
        return value === null ? [] : [{ name: attribute.name, value }];
      });
      const time = this.#times.read(row["ocel_time"], `event "${id}"`);
      events.set(id, { id, type: type.name, time, attributes, relations: [] });
    }
  }

  /** A row without a changed field gives every value it has, else that field's. */
  #readObjects(type: OcelType, table: string, objects: Map<string, OcelObject>): void {
    for (const row of this.#rows(`select * from ${name(table)}`)) {
      const object = objects.get(String(row["ocel_id"]));
      if (!object)
        throw wrongOcel(
          `object "${row["ocel_id"]}"`,
          "the table of objects does not have it",
          "a row for each object",
        );
      const changed = row["ocel_changed_field"];
      const fields = type.attributes.filter(
        (attribute) => changed === null || changed === undefined || attribute.name === changed,
      );
      for (const attribute of fields) {
        const value = givenValue(row[attribute.name], attribute.type);
        if (value === null) continue;
        const time = this.#times.read(row["ocel_time"], `object "${object.id}"`);
        (object.attributes as { name: string; time: number; value: OcelValue }[]).push({
          name: attribute.name,
          time,
          value,
        });
      }
    }
  }

  #relate(
    table: string,
    from: string,
    to: string,
    owners: ReadonlyMap<string, OcelEvent | OcelObject>,
  ): void {
    for (const row of this.#rows(`select ${from} as source, ${to} as target, ocel_qualifier from ${table}`)) {
      const owner = owners.get(String(row["source"]));
      if (!owner) throw wrongOcel(`table ${table}`, `there is no "${row["source"]}"`, "ids that are there");
      const qualifier = String(row["ocel_qualifier"] ?? "");
      (owner.relations as OcelRelation[]).push({ object: String(row["target"]), qualifier });
    }
  }
}

function typeOfSql(type: string): OcelAttributeType {
  if (/int/i.test(type)) return "integer";
  if (/real|floa|doub|num|dec/i.test(type)) return "float";
  if (/bool/i.test(type)) return "boolean";
  return /time|date/i.test(type) ? "time" : "string";
}

function givenValue(value: unknown, type: OcelAttributeType): OcelValue | null {
  if (value === null || value === undefined) return null;
  if (type === "boolean" && typeof value === "bigint") return value !== 0n;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString() : typedValue(String(value), type);
}

const SQL_TYPE: Readonly<Record<OcelAttributeType, string>> = {
  string: "TEXT",
  time: "TIMESTAMP",
  integer: "INTEGER",
  float: "REAL",
  boolean: "BOOLEAN",
};

/** SQLite has at most 2,000 columns in a table, three of which are the standard's. */
const MOST_ATTRIBUTES = 1997;

/** Names that SQLite cannot tell apart, or that are too many: attributes are columns of tables there. */
export class SqliteNamesError extends MillwrightError {
  constructor(type: string, what: string) {
    super("export-names", 422, `the attributes of "${clip(type)}" cannot be columns in SQLite: ${what}`, {
      value: clip(type),
      expected: `names that differ in more than upper and lower case, other than ocel_id, ocel_time and ocel_changed_field, at most ${MOST_ATTRIBUTES}`,
      remedy: "Write OCEL as JSON or XML, which keep such names, or rename the attributes.",
    });
  }
}

/** `path` must not be there yet. All of it is one transaction. */
export function writeOcelSqlite(log: ObjectCentricLog, path: string, signal?: AbortSignal): void {
  const database = new DatabaseSync(path);
  try {
    database.exec("pragma journal_mode = off; begin");
    new Writing(database, signal).write(log);
    database.exec("commit");
  } finally {
    database.close();
  }
}

class Writing {
  readonly #database: DatabaseSync;
  readonly #signal: AbortSignal | undefined;

  constructor(database: DatabaseSync, signal: AbortSignal | undefined) {
    this.#database = database;
    this.#signal = signal;
  }

  write({ eventTypes, objectTypes, events, objects }: ObjectCentricLog): void {
    this.#database.exec(`
      create table event_map_type (ocel_type text primary key, ocel_type_map text);
      create table object_map_type (ocel_type text primary key, ocel_type_map text);
      create table event (ocel_id text primary key, ocel_type text references event_map_type (ocel_type));
      create table object (ocel_id text primary key, ocel_type text references object_map_type (ocel_type));
      create table event_object (ocel_event_id text references event (ocel_id), ocel_object_id text references object (ocel_id), ocel_qualifier text);
      create table object_object (ocel_source_id text references object (ocel_id), ocel_target_id text references object (ocel_id), ocel_qualifier text);`);
    const eventTables = this.#tables(
      "event",
      withUndeclared(eventTypes, events),
      "ocel_id text primary key, ocel_time timestamp",
    );
    const objectTables = this.#tables(
      "object",
      withUndeclared(objectTypes, objects),
      "ocel_id text, ocel_time timestamp, ocel_changed_field text",
    );
    const object = this.#database.prepare("insert into object values (?, ?)");
    const event = this.#database.prepare("insert into event values (?, ?)");
    for (const { id, type, attributes } of objects) {
      this.#signal?.throwIfAborted();
      object.run(id, type);
      for (const { name: field, time, value } of attributes)
        this.#insert(objectTables.get(type) ?? "", {
          ocel_id: id,
          ocel_time: isoInstant(time),
          ocel_changed_field: field,
          [field]: value,
        });
    }
    for (const { id, type, time, attributes } of events) {
      this.#signal?.throwIfAborted();
      event.run(id, type);
      const values = Object.fromEntries(attributes.map(({ name: field, value }) => [field, value]));
      this.#insert(eventTables.get(type) ?? "", { ocel_id: id, ocel_time: isoInstant(time), ...values });
    }
    this.#relations("event_object", events);
    this.#relations("object_object", objects);
  }

  /** A table a type, called after it in letters and digits. */
  #tables(kind: "event" | "object", types: readonly OcelType[], columns: string): Map<string, string> {
    const taken = new Set(["event_object", "object_object", "event_map_type", "object_map_type"]);
    const tables = new Map<string, string>();
    for (const type of types) {
      const plain = type.name.replace(/[^\p{L}\d]/gu, "") || "type";
      let own = plain;
      for (let copy = 2; taken.has(`${kind}_${own}`.toLowerCase()); copy++) own = `${plain}${copy}`;
      taken.add(`${kind}_${own}`.toLowerCase());
      tables.set(type.name, `${kind}_${own}`);
      checkNames(type);
      const attributes = type.attributes.map(
        (attribute) => `, ${name(attribute.name)} ${SQL_TYPE[attribute.type]}`,
      );
      this.#database.exec(`create table ${name(`${kind}_${own}`)} (${columns}${attributes.join("")})`);
      this.#database.prepare(`insert into ${kind}_map_type values (?, ?)`).run(type.name, own);
    }
    return tables;
  }

  #insert(table: string, values: Readonly<Record<string, OcelValue>>): void {
    const columns = Object.keys(values);
    const places = columns.map(() => "?").join(", ");
    this.#database
      .prepare(`insert into ${name(table)} (${columns.map(name).join(", ")}) values (${places})`)
      .run(...Object.values(values).map((value) => (typeof value === "boolean" ? Number(value) : value)));
  }

  #relations(table: string, owners: readonly (OcelEvent | OcelObject)[]): void {
    const relate = this.#database.prepare(`insert into ${table} values (?, ?, ?)`);
    for (const { id, relations } of owners)
      for (const { object, qualifier } of relations) relate.run(id, object, qualifier);
  }
}

/** The types with the attributes that their members have without a declaration. */
function withUndeclared(
  types: readonly OcelType[],
  members: readonly (OcelEvent | OcelObject)[],
): OcelType[] {
  const known = new Map(
    types.map(({ name: type, attributes }) => [type, new Map(attributes.map((one) => [one.name, one]))]),
  );
  for (const { type, attributes } of members) {
    const declared = known.get(type);
    for (const { name: field, value } of attributes)
      if (declared && !declared.has(field)) declared.set(field, { name: field, type: typeOfValue(value) });
  }
  return types.map(({ name: type }) => ({ name: type, attributes: [...(known.get(type)?.values() ?? [])] }));
}

const typeOfValue = (value: OcelValue): OcelAttributeType =>
  typeof value === "string" ? "string" : typeof value === "boolean" ? "boolean" : "float";

function checkNames({ name: type, attributes }: OcelType): void {
  if (attributes.length > MOST_ATTRIBUTES) throw new SqliteNamesError(type, `there are ${attributes.length}`);
  const taken = new Map(["ocel_id", "ocel_time", "ocel_changed_field"].map((own) => [own, own]));
  for (const { name: field } of attributes) {
    const folded = asciiLower(field);
    const other = taken.get(folded);
    if (other !== undefined)
      throw new SqliteNamesError(type, `"${clip(field)}" and "${clip(other)}" are one there`);
    if (field.includes("\0")) throw new SqliteNamesError(type, `"${clip(field)}" has a zero byte`);
    taken.set(folded, field);
  }
}

/** SQLite folds the letters of ASCII only. */
const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
