import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeColumns, encodeColumns } from "../../db/logs/columns-file.ts";
import { mergeColumns } from "../../db/logs/merge-columns.ts";
import { describeWithShared, shared } from "../../tests/fixtures/needs.ts";
import { withUniqueNames } from "./core/attribute-names.ts";
import { promoteCaseAttributes } from "./core/case-attributes.ts";
import type { LogFileError } from "./core/errors.ts";
import type { LogColumns } from "./core/event-log.ts";
import { flatten } from "./core/flatten.ts";
import { isoInstant } from "./core/instants.ts";
import { originOf } from "./core/log-origin.ts";
import type { ObjectCentricLog, OcelValue } from "./core/ocel.ts";
import { ocelOfLog } from "./core/ocel-of-log.ts";
import { exportLogFile } from "./export-file.ts";
import { writeLogFile, writeOcelFile } from "./export-log.ts";
import { readLogFile } from "./read-log.ts";
import { readOcelFile } from "./read-ocel.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ocel-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const next = (ending: string) => join(folder, `${++files}${ending}`);

const read = async (path: string): Promise<ObjectCentricLog> => {
  const found = await readOcelFile(path);
  if (!found) throw new Error("this is no object-centric log");
  return found.log;
};

const tally = (texts: Iterable<string>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
};

describeWithShared("the OCEL 2.0 example", () => {
  it("has the figures that are known, in JSON; an hour later in XML, which has no zones", async () => {
    const truth = JSON.parse(await readFile(shared("truth/ocel20_example.json"), "utf8"));
    const log = await read(shared("logs/ocel20_example.jsonocel"));
    const typeOf = new Map(log.objects.map(({ id, type }) => [id, type]));
    const relations = log.events.flatMap((event) => event.relations);
    const times = log.events.map(({ time }) => time);
    expect({
      events: log.events.length,
      objects: log.objects.length,
      event_types: tally(log.events.map(({ type }) => type)),
      object_types: tally(log.objects.map(({ type }) => type)),
      event_object_relations: relations.length,
      object_object_relations: log.objects.flatMap((object) => object.relations).length,
      event_object_relations_by_object_type: tally(relations.map(({ object }) => typeOf.get(object) ?? "")),
      qualifiers: tally(relations.map(({ qualifier }) => qualifier)),
      object_attribute_values: log.objects.flatMap(({ attributes }) => attributes).length,
      event_attribute_values: log.events.flatMap(({ attributes }) => attributes).length,
    }).toEqual({
      events: truth.events,
      objects: truth.objects,
      event_types: truth.event_types,
      object_types: truth.object_types,
      event_object_relations: truth.event_object_relations,
      object_object_relations: truth.object_object_relations,
      event_object_relations_by_object_type: truth.event_object_relations_by_object_type,
      qualifiers: truth.qualifiers,
      object_attribute_values: truth.object_attribute_values,
      event_attribute_values: truth.event_attribute_values,
    });
    expect(isoInstant(Math.min(...times)).slice(0, 19)).toBe(truth.first_timestamp.slice(0, 19));
    expect(isoInstant(Math.max(...times)).slice(0, 19)).toBe(truth.last_timestamp.slice(0, 19));
    const xml = await readOcelFile(shared("logs/ocel20_example.xmlocel"), "Etc/GMT-1");
    expect(xml?.log.events).toEqual(log.events);
    expect(xml?.local).toBeGreaterThan(0);
  });

  it("is read by a type of objects, and says what is lost", async () => {
    const path = shared("logs/ocel20_example.jsonocel");
    const invoices = await readLogFile(path, { mapping: { objectType: "invoice" } });
    expect(invoices.mapping).toMatchObject({
      case: "Invoice",
      objectType: "Invoice",
      activity: "event type",
    });
    expect(invoices.columns.case.dictionary).toEqual(["R1", "R2", "R3"]);
    const { events } = await read(path);
    const pairs = events.flatMap(({ id, relations }) => relations.map(({ object }) => `${id} ${object}`));
    expect(invoices.columns.rows).toBe(new Set(pairs.filter((pair) => / R\d$/.test(pair))).size);
    expect([...invoices.columns.attributes.keys()]).toContain("is_blocked");
    expect(invoices.flattening?.deficiency.count).toBeGreaterThan(0);
    const chosen = await readLogFile(path);
    expect(chosen.mapping.reasons?.["objectType"]).toMatch(/most events/);
    await expect(readLogFile(path, { mapping: { objectType: "Order" } })).rejects.toThrow(
      /no object type "Order"; there are: Invoice, Payment/,
    );
  });
});

const order = (id: string, type: string) => ({ id, type, attributes: [], relationships: [] });
const happens = (id: string, type: string, ...objects: string[]) => ({
  id,
  type,
  time: `2024-01-0${id.slice(1)}T00:00:00Z`,
  attributes: [],
  relationships: objects.map((objectId) => ({ objectId, qualifier: "of" })),
});
const tiny = {
  objectTypes: ["order", "item"].map((name) => ({ name, attributes: [] })),
  eventTypes: ["place", "pick", "audit"].map((name) => ({ name, attributes: [] })),
  objects: [order("o1", "order"), order("o2", "order"), order("i1", "item"), order("i2", "item")],
  events: [
    happens("e1", "place", "o1", "o2"),
    happens("e2", "pick", "o1", "i1"),
    happens("e3", "pick", "o1", "i2"),
    happens("e4", "audit", "i1"),
  ],
};

describe("flattening", () => {
  it("counts convergence, divergence and deficiency with examples", async () => {
    const path = next(".json");
    await writeFile(path, JSON.stringify(tiny));
    const { flattening, columns } = await readLogFile(path, { mapping: { objectType: "order" } });
    expect(columns.rows).toBe(4);
    expect(flattening).toEqual({
      objectType: "order",
      convergence: { count: 1, examples: ["place (e1): o1, o2"] },
      divergence: { count: 1, examples: ["pick of o1: 2 different groups of other objects"] },
      deficiency: { count: 1, examples: ["audit (e4)"] },
    });
  });

  it("says of every type what reading by it would lose, and of the chosen one all of it", async () => {
    const path = next(".json");
    await writeFile(path, JSON.stringify(tiny));
    const { mapping } = await readLogFile(path);
    expect(mapping.objectType).toBe("item");
    expect(mapping.objectTypes).toEqual([
      { type: "order", cases: 2, events: 3, convergence: 1, deficiency: 1 },
      { type: "item", cases: 2, events: 3, convergence: 0, divergence: 0, deficiency: 1 },
    ]);
  });

  it("is refused for a log without objects", async () => {
    const path = next(".csv");
    await writeFile(path, "case,activity,time\n1,a,2024-01-01\n");
    await expect(readLogFile(path, { mapping: { objectType: "order" } })).rejects.toMatchObject({
      code: "log-mapping",
      details: { value: "order", expected: "OCEL 2.0 as JSON, XML or SQLite" },
    });
  });

  it("is undone for events that were duplicated, where no more is known than the columns", async () => {
    const [from, to] = [next(".json"), next(".jsonocel")];
    await writeFile(from, JSON.stringify(tiny));
    const flat = await readLogFile(from, { mapping: { objectType: "order" } });
    const columns = { ...flat.columns, origin: originOf("ocel-json") };
    await writeLogFile({ name: "log", ...flat, columns }, "ocel", to);
    const log = await read(to);
    expect(log.events.map(({ id, relations }) => [id, relations.map(({ object }) => object)])).toEqual([
      ["e1", ["o1", "o2"]],
      ["e2", ["o1", "i1"]],
      ["e3", ["o1", "i2"]],
    ]);
    expect(log.objects.map(({ id, type }) => `${type} ${id}`)).toEqual([
      "order o1",
      "order o2",
      "item i1",
      "item i2",
    ]);
  });
});

const wrapped = (inside: string) => `<?xml version="1.0"?>\n<log>\n<objects>${inside}</objects>\n</log>`;

const changed = (change: (log: typeof tiny) => unknown) => JSON.stringify(change(structuredClone(tiny)));

describe("OCEL in SQLite", () => {
  const withAttributes = (...names: string[]) =>
    changed(({ events: [first, ...events], ...log }) => ({
      ...log,
      events: [{ ...first, attributes: names.map((name, at) => ({ name, value: at + 0.5 })) }, ...events],
    }));
  const written = async (json: string) => {
    const [from, to] = [next(".json"), next(".sqlite")];
    await writeFile(from, json);
    await exportLogFile(from, { target: to, force: false });
    return read(to);
  };

  it("has attributes that were not declared, of every kind", async () => {
    const log = await written(
      changed(({ events: [first, ...events], objects: [object, ...objects], ...log }) => ({
        ...log,
        objects: [
          { ...object, attributes: [{ name: "size", value: 3, time: "2024-01-01T00:00:00Z" }] },
          ...objects,
        ],
        events: [
          {
            ...first,
            attributes: [
              ["note", "x"],
              ["open", true],
              ["cost", 2.5],
            ].map(([name, value]) => ({ name, value })),
          },
          ...events,
        ],
      })),
    );
    expect(log.events[0]?.attributes).toEqual([
      { name: "note", value: "x" },
      { name: "open", value: true },
      { name: "cost", value: 2.5 },
    ]);
    expect(log.objects[0]?.attributes).toMatchObject([{ name: "size", value: 3 }]);
  });

  it.each([
    ["differ in case only", ["Amount", "amount"], /"amount" and "Amount" are one/],
    ["are the standard's own", ["OCEL_Time"], /"OCEL_Time" and "ocel_time" are one/],
  ])("has no place for attributes that %s, and says so", async (_, names, says) => {
    await expect(written(withAttributes(...names))).rejects.toMatchObject({
      code: "export-names",
      message: expect.stringMatching(says) as string,
    });
  });

  it("tells letters beyond ASCII apart by case, as SQLite does", async () => {
    const log = await written(withAttributes("Größe", "GRÖSSE", "é", "É"));
    expect(log.events[0]?.attributes.map(({ name }) => name)).toEqual(["Größe", "GRÖSSE", "é", "É"]);
  });
});

describe("what is not OCEL 2.0", () => {
  it.each([
    ["JSON that is cut off", JSON.stringify(tiny).slice(0, 300), "log-truncated", /not JSON/],
    ["no events", changed((log) => ({ ...log, events: [] })), "log-empty", /no events/],
    [
      "an id that repeats",
      changed((log) => ({ ...log, objects: [...log.objects, log.objects[0]] })),
      "log-syntax",
      /"o1": its id is there twice/,
    ],
    [
      "an unknown type",
      changed((log) => ({ ...log, eventTypes: [] })),
      "log-syntax",
      /event "e1": its type "place" is not declared/,
    ],
    [
      "an unknown object",
      changed((log) => ({ ...log, objects: log.objects.slice(1) })),
      "log-syntax",
      /event "e1": it is related to "o1"/,
    ],
    [
      "no time",
      JSON.stringify(tiny).replace("2024-01-02T00:00:00Z", "soon"),
      "log-syntax",
      /events\[1\].time: "soon" is not a time/,
    ],
    [
      "a list missing",
      changed(({ events, objects, eventTypes }) => ({ events, objects, eventTypes })),
      "log-syntax",
      /objectTypes: it is missing/,
    ],
    ["OCEL 1.0", '{"ocel:global-log": {}}', "log-format", /OCEL 1.0/],
    ["XML with a DOCTYPE", `<!DOCTYPE x><log><objects/></log>`, "log-declaration", /DOCTYPE/],
    ["XML that is cut off", wrapped('<object id="a" type="b">').slice(0, -20), "log-truncated", /line 3/],
    ["XML without an id", wrapped('<object type="b"/>'), "log-syntax", /line 3: <object>: it has no id/],
    ["another database", Buffer.from("SQLite format 3\0and then nothing"), "log-format", /SQLite/],
  ])("is refused: %s", async (_what, content, code, message) => {
    const path = next(".ocel");
    await writeFile(path, content);
    const error = (await readLogFile(path).catch((thrown: unknown) => thrown)) as LogFileError;
    expect(error.code, error.message).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.details.remedy).toBeTruthy();
  });
});

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."abZ09 ,;|\"'<>&=.:#\\/[]{}()$€ß日\u{1F600}\t\n"),
      fc.constantFrom("]]>", "&amp;"),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const named = text.map((given) => given || "x");
const instant = fc.integer({ min: -4e15, max: 8e15 });
const VALUES = {
  string: text,
  time: instant.map(isoInstant),
  integer: fc.integer(),
  float: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  boolean: fc.boolean(),
} as const;
const attributeNames = fc.uniqueArray(named, { maxLength: 3, selector: (name) => name.toLowerCase() });
const types = fc.uniqueArray(
  fc.record({
    name: named,
    attributes: attributeNames.chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record({
            name: fc.constant(name),
            type: fc.constantFrom("string", "time", "integer", "float", "boolean"),
          }),
        ),
      ),
    ),
  }),
  { minLength: 1, maxLength: 3, selector: ({ name }) => name },
);
type Types = typeof types extends fc.Arbitrary<infer List> ? List : never;

const valuesOf = (type: Types[number] | undefined) =>
  fc
    .subarray([...(type?.attributes ?? [])])
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map(({ name, type: kind }) =>
          fc.record({ name: fc.constant(name), value: VALUES[kind] as fc.Arbitrary<OcelValue> }),
        ),
      ),
    );
const log: fc.Arbitrary<ObjectCentricLog> = fc
  .tuple(
    types,
    types,
    fc.uniqueArray(named, { minLength: 1, maxLength: 4 }),
    fc.uniqueArray(named, { minLength: 1, maxLength: 4 }),
  )
  .chain(([eventTypes, objectTypes, eventIds, objectIds]) => {
    const relations = fc.array(fc.record({ object: fc.constantFrom(...objectIds), qualifier: text }), {
      maxLength: 3,
    });
    const one = (list: Types) => fc.constantFrom(...list);
    return fc.record({
      eventTypes: fc.constant(eventTypes),
      objectTypes: fc.constant(objectTypes),
      events: fc.tuple(
        ...eventIds.map((id) =>
          one(eventTypes).chain((type) =>
            fc.record({
              id: fc.constant(id),
              type: fc.constant(type.name),
              time: instant,
              attributes: valuesOf(type),
              relations,
            }),
          ),
        ),
      ),
      objects: fc.tuple(
        ...objectIds.map((id) =>
          one(objectTypes).chain((type) =>
            fc.record({
              id: fc.constant(id),
              type: fc.constant(type.name),
              attributes: fc
                .array(fc.tuple(valuesOf(type), instant), { maxLength: 2 })
                .map((changes) =>
                  changes.flatMap(([values, time]) => values.map((value) => ({ ...value, time }))),
                ),
              relations,
            }),
          ),
        ),
      ),
    });
  });

/** Types and values in no order: SQLite keeps none for the changes of an object. */
const inOrder = (given: ObjectCentricLog): ObjectCentricLog => {
  const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  const members = <Member extends { attributes: readonly unknown[]; relations: readonly unknown[] }>(
    list: readonly Member[],
  ) =>
    list.map((member) => ({
      ...member,
      attributes: member.attributes
        .map((one) => {
          const { name, time, value } = one as { name: string; time?: number; value: unknown };
          return { name, ...(time === undefined ? {} : { time }), value };
        })
        .sort(byText),
      relations: [...member.relations].sort(byText),
    })) as unknown as Member[];
  return { ...given, events: members(given.events), objects: members(given.objects) };
};

describe("object-centric logs that are written and read again", () => {
  it.each([
    ["ocel", ".jsonocel"],
    ["ocel-xml", ".xmlocel"],
    ["ocel-sqlite", ".sqlite"],
  ] as const)(
    "are the same as %s",
    async (format, ending) => {
      await fc.assert(
        fc.asyncProperty(log, async (given) => {
          const path = next(ending);
          await writeOcelFile(given, format, path);
          expect(inOrder(await read(path))).toEqual(inOrder(given));
        }),
        { numRuns: format === "ocel-sqlite" ? 40 : 120 },
      );
    },
    60_000,
  );
});

async function jsonLines(event: object): Promise<string> {
  const path = next(".jsonl");
  await writeFile(path, `${JSON.stringify(event)}\n`);
  return path;
}

describe("object-centric logs that are stored", () => {
  const sorted = ({ events, ...rest }: ObjectCentricLog) => ({
    ...rest,
    events: events.map((event) => ({
      ...event,
      attributes: event.attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    })),
  });

  it("keep the file's events beside those that were added since, whatever these are called", async () => {
    const path = next(".json");
    await writeFile(path, JSON.stringify(tiny).replaceAll('"e4"', '"e5"'));
    const { columns, mapping } = await readLogFile(path, { mapping: { objectType: "order" } });
    const close = { case: "o3", activity: "close", time: "2024-02-01T00:00:00Z" };
    const added = (await readLogFile(await jsonLines(close))).columns;
    const merged = mergeColumns([columns, added]) as LogColumns;
    const { events, objects } = ocelOfLog({ name: "log", columns: merged, mapping });
    expect(events.map(({ id, type }) => `${id} ${type}`)).toEqual([
      "e1 place",
      "e2 pick",
      "e3 pick",
      "e5 audit",
      "e5 (2) close",
    ]);
    expect(objects.map(({ id }) => id)).toEqual(["o1", "o2", "i1", "i2", "o3"]);
  });

  it("are written as OCEL again as they were, events of no case and qualifiers too", () => {
    fc.assert(
      fc.property(log, (given) => {
        const typeOf = new Map(given.objects.map(({ id, type }) => [id, type]));
        const related = given.events.flatMap(({ relations }) =>
          relations.map(({ object }) => typeOf.get(object)),
        );
        const objectType = related[0];
        fc.pre(objectType !== undefined);
        const flat = flatten(given, {
          format: "ocel-json",
          zone: "UTC",
          attributes: true,
          objectType: objectType as string,
        });
        const read = withUniqueNames(promoteCaseAttributes(flat.columns));
        const columns = decodeColumns("log", Buffer.concat(encodeColumns(read))) as LogColumns;
        expect(sorted(ocelOfLog({ name: "log", columns, mapping: flat.mapping }))).toEqual(sorted(given));
      }),
      { numRuns: 500 },
    );
  });
});
