/** What a format can hold comes back when a log is read, written and read again. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWithShared, shared } from "../../tests/fixtures/needs.ts";
import { isoInstant } from "./core/instants.ts";
import { escaped } from "./core/write-xes.ts";
import { type ExportFormat, writeLogFile } from "./export-log.ts";
import { withDuckDb } from "./parquet.ts";
import { readLogFile } from "./read-log.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "round-trips-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const next = (ending: string) => join(folder, `log [${++files}]${ending}`);

/** The content of a file after it was read and written again. */
async function again(content: string | Buffer, format: ExportFormat, ending: string): Promise<Buffer> {
  const [from, to] = [next(ending), next(ending)];
  await writeFile(from, content);
  const { columns, mapping } = await readLogFile(from);
  await writeLogFile({ name: "log", columns, mapping }, format, to);
  return readFile(to);
}

/** An XML element as [name, attributes, children]: another parser than the product's. */
type Xml = [string, Record<string, string>, Xml[]];

function parseXml(text: string): Xml {
  const root: Xml = ["", {}, []];
  const open = [root];
  for (const [tag] of text.replaceAll(/<!--[\s\S]*?-->/g, "").matchAll(/<(?:[^>"']|"[^"]*"|'[^']*')*>/g)) {
    if (/^<[?!]/.test(tag)) continue;
    if (tag.startsWith("</")) {
      open.pop();
      continue;
    }
    const attributes = Object.fromEntries(
      Array.from(tag.matchAll(/([\w:.]+)\s*=\s*("[^"]*"|'[^']*')/g), ([, name, value]) => [
        name,
        resolved(value as string),
      ]),
    );
    const element: Xml = [/^<([\w:.-]+)/.exec(tag)?.[1] ?? "", attributes, []];
    open.at(-1)?.[2].push(element);
    if (!tag.endsWith("/>")) open.push(element);
  }
  return root[2][0] as Xml;
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const resolved = (quoted: string): string =>
  quoted
    .slice(1, -1)
    .replace(/&(#x?)?(\w+);/g, (_, numeric, name) =>
      numeric ? String.fromCodePoint(Number.parseInt(name, numeric === "#x" ? 16 : 10)) : (NAMED[name] ?? ""),
    );

/** What XES says, whatever the order of attributes and the writing of numbers and times. */
function meaning([name, { key, value, ...attributes }, children]: Xml): unknown {
  const inner = children.map(meaning);
  const ordered = ["values", "log", "trace"].includes(name) ? inner : inner.sort(byText);
  const own = ["log", "trace"].includes(name)
    ? [...inner.filter(isEvent), ...inner.filter((child) => !isEvent(child)).sort(byText)]
    : ordered;
  const { xmlns: _namespace, "openxes.version": _writer, ...said } = attributes;
  // A file that does not say these gets them, for the standard wants them.
  const rest =
    name === "log" ? { "xes.version": "1849-2023", "xes.features": "nested-attributes", ...said } : said;
  return [name, key, value === undefined ? undefined : plain(name, value), rest, own];
}
const isEvent = (child: unknown) => ["event", "trace"].includes((child as [string])[0]);
const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

function plain(type: string, value: string): string {
  if (type === "date") {
    const [, seconds = "", fraction = "", zone = ""] =
      /^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-].*)$/.exec(value) ?? [];
    return `${Date.parse(seconds + zone)}.${fraction.padEnd(6, "0").slice(0, 6)}`;
  }
  return type === "float" && Number.isFinite(Number(value)) ? String(Number(value)) : value;
}

// What XML 1.0 can hold, what our formats' syntax is made of, and names that mean something elsewhere.
const character = fc.oneof(
  fc.constantFrom(..."abZ09 ,;|\"'<>&=.:#\\/[]{}()$€ß日\u{1F600}\t\n"),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 1 })
    .map((text) => text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "x")),
);
const name = fc.oneof(
  fc.array(character, { minLength: 1, maxLength: 8 }).map((parts) => parts.join("")),
  fc.constantFrom(
    "__proto__",
    "case_id",
    "Activity",
    "activity",
    "a.b",
    "a",
    "b",
    "case:a",
    "(case) x",
    "toString",
    "NA",
    "null",
  ),
);

interface Attribute {
  readonly type: string;
  readonly key: string;
  readonly value: string;
  readonly inner: readonly Attribute[];
  readonly values?: readonly Attribute[];
}

const instant = fc.integer({ min: -4e15, max: 8e15 }).map(isoInstant);
const typed = fc.oneof(
  fc.record({ type: fc.constantFrom("string", "id"), value: fc.oneof(name, fc.constant("")) }),
  fc.record({
    type: fc.constant("int"),
    value: fc.oneof(fc.integer().map(String), fc.constant("12345678901234567890")),
  }),
  fc.record({
    type: fc.constant("float"),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => String(value + 0)),
  }),
  fc.record({ type: fc.constant("boolean"), value: fc.constantFrom("true", "false") }),
  fc.record({ type: fc.constant("date"), value: instant }),
);
const distinct = (attributes: readonly Attribute[]): Attribute[] => [
  ...new Map(attributes.map((attribute) => [attribute.key, attribute])).values(),
];
const { attribute } = fc.letrec<{ attribute: Attribute; flat: Attribute; list: Attribute }>((tie) => ({
  attribute: fc.oneof({ depthSize: "small", maxDepth: 3 }, tie("flat"), tie("list")),
  flat: fc
    .tuple(
      name,
      typed,
      fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie("attribute"), { maxLength: 2 })),
    )
    .map(([key, { type, value }, inner]) => ({ key, type, value, inner: distinct(inner) })),
  list: fc
    .tuple(name, fc.array(tie("attribute"), { maxLength: 3 }), fc.constantFrom("list", "container"))
    .map(([key, values, type]) => ({ key, type, value: "", inner: [], values })),
}));

function xmlOf({ type, key, value, inner, values }: Attribute): string {
  const children = inner.map(xmlOf).join("");
  if (!values) return `<${type} key="${escaped(key)}" value="${escaped(value)}">${children}</${type}>`;
  const listed = values.map(xmlOf).join("");
  return `<${type} key="${escaped(key)}">${type === "list" ? `<values>${listed}</values>` : distinct(values).map(xmlOf).join("")}</${type}>`;
}

const STANDARD = [
  "concept:name",
  "time:timestamp",
  "org:resource",
  "lifecycle:transition",
  "concept:instance",
  "start_timestamp",
];
const others = fc
  .array(attribute, { maxLength: 4 })
  .map((list) => distinct(list).filter(({ key }) => !STANDARD.includes(key)));
const event = fc.record({
  activity: name,
  time: fc.option(instant),
  resource: fc.option(name),
  transition: fc.option(fc.constantFrom("start", "complete", "ate_abort", "Suspend")),
  others,
});
const trace = fc.record({
  name: fc.option(fc.oneof(name, fc.constant("twice"))),
  others,
  events: fc.array(event, { maxLength: 4 }),
});
const xesLog = fc
  .record({
    traces: fc.array(trace, { minLength: 1, maxLength: 4 }),
    attributes: fc.array(attribute, { maxLength: 2 }).map(distinct),
  })
  .filter(({ traces }) => traces.some(({ events }) => events.length > 0));

const one = (type: string, key: string, value: string | null) =>
  value === null ? "" : `<${type} key="${key}" value="${escaped(value)}"/>`;
const xesText = ({
  traces,
  attributes,
}: typeof xesLog extends fc.Arbitrary<infer Log> ? Log : never): string =>
  `<?xml version="1.0"?><log xes.version="1849-2016" xes.features="nested-attributes">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="event"><string key="concept:name" value="&lt;none&gt;"/></global>
<classifier name="Name &amp; time" keys="'concept:name' time:timestamp"/>
${attributes.map(xmlOf).join("")}
${traces
  .map(
    (one_) =>
      `<trace>${one("string", "concept:name", one_.name)}${one_.others.map(xmlOf).join("")}${one_.events
        .map(
          ({ activity, time, resource, transition, others: more }) =>
            `<event>${one("string", "concept:name", activity)}${one("date", "time:timestamp", time)}${one("string", "org:resource", resource)}${one("string", "lifecycle:transition", transition)}${more.map(xmlOf).join("")}</event>`,
        )
        .join("")}</trace>`,
  )
  .join("\n")}</log>`;

describe("XES that is read and written again", () => {
  it("says the same: all types, nested attributes, lists, header, names that repeat or are missing", async () => {
    await fc.assert(
      fc.asyncProperty(xesLog, async (log) => {
        const text = xesText(log);
        const written = await again(text, "xes", ".xes");
        expect(meaning(parseXml(written.toString()))).toEqual(meaning(parseXml(text)));
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describeWithShared("real XES that is read and written again", () => {
  it("says the same", async () => {
    for (const file of ["running-example.xes", "bpic2013_closed.xes.gz"]) {
      const bytes = await readFile(shared(`logs/${file}`));
      const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString();
      const written = (await again(text, "xes", ".xes")).toString();
      expect(meaning(parseXml(written)), file).toEqual(meaning(parseXml(text)));
    }
  }, 60_000);
});

const cell = fc.oneof(name, fc.constantFrom("", "007", "1.5", "true", "2024-03-01", "=1+1", " x ", "NA"));
/** Names for columns: trimmed, as a header has them, and different in any case. */
const header = (count: number) =>
  fc.uniqueArray(
    name.map((text) => text.trim() || "x"),
    { minLength: count, maxLength: count, selector: (text) => text.toLowerCase() },
  );
const table = fc.integer({ min: 0, max: 3 }).chain((more) =>
  fc.record({
    names: header(more + 3),
    rows: fc.array(
      fc.record({
        case: fc.oneof(name, fc.constant("twice")),
        activity: name,
        time: instant,
        more: fc.array(cell, { minLength: more, maxLength: more }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    separator: fc.constantFrom(",", ";", "\t", "|"),
  }),
);

function parseCsv(text: string, separator: string): string[][] {
  const records: string[][] = [[]];
  const escapedSeparator = separator === "|" ? "\\|" : separator;
  const token = new RegExp(`("(?:[^"]|"")*"|[^${escapedSeparator}\r\n]*)(${escapedSeparator}|\r\n|$)`, "gy");
  for (let at = 0; at < text.length; ) {
    token.lastIndex = at;
    const [whole = "", raw = "", end] = token.exec(text) ?? [];
    records.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === "\r\n") records.push([]);
    at += Math.max(1, whole.length);
  }
  return records.filter((record) => record.length > 1);
}

/** The same value, however numbers, times, truth values and (a finding, `na-text`) nothing are written. */
const value = (text: string): unknown =>
  /^\s*(na|null)?\s*$/i.test(text)
    ? ""
    : /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)
      ? Number(text)
      : /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text))
        ? Date.parse(text)
        : /^(true|false)$/i.test(text)
          ? text.toLowerCase()
          : text;

describe("CSV that is read and written again", () => {
  it("has the same cells, whatever stands in them and whatever parts them", async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ names, rows, separator }) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const records = [names, ...rows.map((row) => [row.case, row.activity, row.time, ...row.more])];
        const text = records.map((record) => `${record.map(quoted).join(separator)}\r\n`).join("");
        const [from, to] = [next(".csv"), next(".csv")];
        await writeFile(from, text);
        const [caseColumn = "", activity = "", timestamp = ""] = names;
        const mapping = {
          case: caseColumn,
          activity,
          timestamp,
          separator,
          start: "none",
          resource: "none",
          lifecycle: "none",
          instance: "none",
        };
        const read = await readLogFile(from, {
          mapping: names.includes("none")
            ? { ...mapping, start: null, resource: null, lifecycle: null, instance: null }
            : mapping,
        });
        await writeLogFile({ name: "log", ...read }, "csv", to);
        const written = parseCsv(await readFile(to, "utf8"), separator);
        expect(written.map((record) => record.map(value))).toEqual(
          parseCsv(text, separator).map((record) => record.map(value)),
        );
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    name,
    fc.constant(""),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    instant,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

/** Times as instants and members in order, for neither is said by JSON. */
const sameJson = (given: unknown): unknown => {
  if (Array.isArray(given)) return given.map(sameJson);
  if (typeof given !== "object" || given === null) return given;
  const members = Object.entries(given).map(([key, member]) => [key, sameJson(member)]);
  return members.sort(byText);
};

describe("JSON lines that are read and written again", () => {
  const line = fc.record({
    id: fc.oneof(name, fc.integer()),
    what: name,
    at: instant,
    more: fc.dictionary(name, json, { maxKeys: 4, noNullPrototype: true }),
    big: fc.option(fc.constant(12345)),
  });
  it("say the same: nested values, lists, mixed types, long numbers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (lines) => {
        const text = lines
          .map((one_) => JSON.stringify(one_).replace(":12345", ":12345678901234567890"))
          .join("\n");
        const [from, to] = [next(".jsonl"), next(".jsonl")];
        await writeFile(from, text);
        const mapping = {
          case: "id",
          activity: "what",
          timestamp: "at",
          start: null,
          resource: null,
          lifecycle: null,
          instance: null,
        };
        const read = await readLogFile(from, { mapping });
        await writeLogFile({ name: "log", ...read }, "jsonl", to);
        const parse = (file: string) =>
          file
            .trim()
            .split("\n")
            .map((written) =>
              sameJson(JSON.parse(written.replace(/:12345678901234567890/, ':"12345678901234567890"'))),
            );
        const withoutNulls = text.replaceAll(',"big":null', "");
        expect(parse(await readFile(to, "utf8"))).toEqual(parse(withoutNulls));
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("Parquet that is read and written again", () => {
  it("has the same columns, types and values", async () => {
    const [from, to] = [next(".parquet"), next(".parquet")];
    const rows = await withDuckDb(async (connection) => {
      await connection.run(`copy (${PARQUET}) to '${from}' (format parquet)`);
      return contentOf(connection, from);
    });
    const read = await readLogFile(from);
    expect(read.mapping).toMatchObject({ case: "case id", activity: "activity", timestamp: "time" });
    await writeLogFile({ name: "log", ...read }, "parquet", to);
    expect(await withDuckDb((connection) => contentOf(connection, to))).toEqual(rows);
  });
});

const PARQUET = `select 'case ' || (i // 3) as "case id", 'step ' || (i % 3) as activity,
  timestamptz '2024-01-01 00:00:00Z' + i * interval '1 hour 3 microseconds' as time,
  if(i % 2 = 0, null, i::tinyint) as small, (i * 1000000007)::bigint * 12345678 as big, i / 7 as share,
  (i * 1.25)::decimal(9, 2) as money, (i * 1.25)::decimal(30, 5) as much, i % 2 = 0 as flag, '' as empty,
  date '2024-01-01' + i::int as day, timestamp_ms '2024-01-01 10:00:00.123' as local,
  time '10:00:00' as clock, {'x': i, 'y': [1, 2]} as nested, [i, null] as list, map {'k"''': i} as map,
  'naïve, "quoted" ' || chr(10) as "odd ""name""" from range(9) rows(i)`;

async function contentOf(connection: DuckDBConnection, file: string) {
  const path = file.replace(/[*?[]/g, "[$&]");
  const described = await connection.runAndReadAll("describe select * from read_parquet($1)", [path]);
  const content = await connection.runAndReadAll("select * from read_parquet($1)", [path]);
  return [
    described.getRowObjects().map((column) => [column["column_name"], column["column_type"]]),
    content.getRowsJson(),
  ];
}
