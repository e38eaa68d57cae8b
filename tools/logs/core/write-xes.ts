/** A log as XES (IEEE 1849-2023): a trace a case, nested attributes and lists, and the header the file came with. */
import { cellText } from "./column-builders.ts";
import type { Column } from "./event-log.ts";
import {
  caseFields,
  caseNames,
  eventFields,
  type Field,
  placeOf,
  roleFields,
  typeOf,
  type WrittenLog,
} from "./log-fields.ts";
import type { OriginRole, XesAttribute, XesHeader } from "./log-origin.ts";
import { type TextSink, writeRows } from "./text-sink.ts";

export async function writeXes(log: WrittenLog, sink: TextSink): Promise<void> {
  const own = log.columns.origin?.format === "xes";
  const keys = (role: OriginRole) =>
    own ? (log.mapping[role as "start"] ?? STANDARD[role]) : STANDARD[role];
  const path = (field: Field): Field => (own ? field : { ...field, path: [plainKey(field)] });
  const events = treeOf([...roleFields(log, keys), ...eventFields(log).map(path)]);
  const traces = treeOf([nameField(log, keys), ...caseFields(log).map(path)]);
  const { order, start } = rowsByCase(log.columns.case.codes, log.columns.case.dictionary.length);
  await sink(header(log, events, traces));
  await writeRows(start.length - 1, sink, (code) => {
    const rows = order.subarray(start[code], start[code + 1]);
    let text = `<trace>${write(traces, code, code)}`;
    for (const row of rows) text += `\n<event>${write(events, row, code)}</event>`;
    return `${text}\n</trace>\n`;
  });
  await sink("</log>\n");
}

const STANDARD: Readonly<Record<OriginRole, string>> = {
  case: "concept:name",
  activity: "concept:name",
  timestamp: "time:timestamp",
  start: "start_timestamp",
  resource: "org:resource",
  lifecycle: "lifecycle:transition",
  instance: "concept:instance",
};

/** `case:amount` of a table is the attribute `amount` of a trace. */
const plainKey = ({ path, ofCase, origin }: Field): string =>
  ofCase && !(origin?.ofEvents ?? false) ? path.join(".").replace(/^case:/, "") : path.join(".");

function nameField(log: WrittenLog, keys: (role: OriginRole) => string): Field {
  const names = caseNames(log);
  const dictionary = names.map((name) => name ?? "");
  const codes = Uint32Array.from(names, (name, code) => (name === null ? 0xffffffff : code));
  const origin = log.columns.origin?.roles.case ?? null;
  return {
    role: "case",
    path: [keys("case")],
    column: { kind: "text", codes, dictionary },
    origin,
    ofCase: true,
  };
}

/** Rows of each case, in the order of the file. */
function rowsByCase(codes: Uint32Array, cases: number) {
  const start = new Uint32Array(cases + 1);
  for (const code of codes) start[code + 1]!++;
  for (let code = 0; code < cases; code++) start[code + 1]! += start[code] as number;
  const next = start.slice();
  const order = new Uint32Array(codes.length);
  codes.forEach((code, row) => {
    order[next[code]!++] = row;
  });
  return { order, start };
}

interface Node {
  readonly key: string;
  field: Field | null;
  /** Element name of a value whose type the file did not give. */
  element: string;
  readonly children: Node[];
}

/** Attributes by the steps of their paths. Of two with one path the first is kept under it. */
function treeOf(fields: readonly Field[]): Node[] {
  const roots: Node[] = [];
  for (const field of fields) {
    let level = roots;
    let node: Node | undefined;
    for (const key of field.path) {
      node = level.find((candidate) => candidate.key === key);
      if (!node) {
        node = { key, field: null, element: "string", children: [] };
        level.push(node);
      }
      level = node.children;
    }
    if (!node) continue;
    const target = node.field ? { ...node, key: `${node.key} (2)`, children: [] } : node;
    if (target !== node) roots.push(target);
    target.field = field;
    target.element = elementOf(field.column);
  }
  return roots;
}

function elementOf(column: Column): string {
  if (column.kind === "time") return "date";
  if (column.kind === "boolean") return "boolean";
  if (column.kind === "text") return "string";
  return column.values.every((value) => Number.isNaN(value) || Number.isSafeInteger(value)) ? "int" : "float";
}

function write(nodes: readonly Node[], row: number, ownCase: number): string {
  let text = "";
  for (const node of nodes) {
    const inner = node.children.length > 0 ? write(node.children, row, ownCase) : "";
    const { field } = node;
    const place = field ? placeOf(field, row, ownCase) : -1;
    const value = field && place >= 0 ? cellText(field.column, place) : null;
    if (value === null && inner === "") continue;
    const type = (field && typeOf(field, row, ownCase)) ?? node.element;
    if (value !== null && (type === "list" || type === "container"))
      text += structure(node.key, type, value, inner);
    else text += element(type === "json" ? "string" : type, node.key, value, inner);
  }
  return text;
}

function element(name: string, key: string, value: string | null, inner: string): string {
  const tag = `<${name} key="${escaped(key)}"${value === null ? "" : ` value="${escaped(value)}"`}`;
  return inner === "" ? `${tag}/>` : `${tag}>${inner}</${name}>`;
}

/** The JSON text of a list or container (`structureText`) as elements again. */
function structure(key: string, type: string, text: string, inner: string): string {
  const parsed = JSON.parse(text) as Omit<XesAttribute, "key" | "type">;
  return attribute({ ...parsed, key, type }, inner);
}

function attribute({ key, type, value, attributes = [], values }: XesAttribute, more = ""): string {
  const listed = values ? `<values>${values.map((child) => attribute(child)).join("")}</values>` : "";
  const inner = attributes.map((child) => attribute(child)).join("") + listed + more;
  const name = /^[A-Za-z_][\w.-]*$/.test(type) ? type : "string";
  return element(name, key, value ?? null, inner);
}

const EXTENSIONS: readonly XesHeader["extensions"][number][] = [
  { name: "Concept", prefix: "concept", uri: "http://www.xes-standard.org/concept.xesext" },
  { name: "Time", prefix: "time", uri: "http://www.xes-standard.org/time.xesext" },
  { name: "Organizational", prefix: "org", uri: "http://www.xes-standard.org/org.xesext" },
  { name: "Lifecycle", prefix: "lifecycle", uri: "http://www.xes-standard.org/lifecycle.xesext" },
  { name: "Cost", prefix: "cost", uri: "http://www.xes-standard.org/cost.xesext" },
  { name: "ID", prefix: "identity", uri: "http://www.xes-standard.org/identity.xesext" },
];

/** The header of a log that comes from another format. */
function newHeader(log: WrittenLog, events: readonly Node[], traces: readonly Node[]): XesHeader {
  const keys = [...events, ...traces].map(({ key }) => key);
  const transitions = log.columns.lifecycle !== null;
  return {
    extensions: EXTENSIONS.filter(({ prefix }) => keys.some((key) => key.startsWith(`${prefix}:`))),
    globals: [
      { scope: "trace", attributes: everywhere(traces) },
      { scope: "event", attributes: everywhere(events) },
    ].filter(({ attributes }) => attributes.length > 0),
    classifiers: [
      { name: "Activity", keys: "concept:name" },
      ...(transitions
        ? [{ name: "Activity and transition", keys: "concept:name lifecycle:transition" }]
        : []),
    ],
    attributes: [{ key: "concept:name", type: "string", value: log.name }],
  };
}

const DEFAULTS: Readonly<Record<string, string>> = {
  date: "1970-01-01T00:00:00Z",
  int: "0",
  float: "0",
  boolean: "false",
};

/** Attributes that no trace (or event) lacks, with what the standard wants: a value for those that would. */
function everywhere(nodes: readonly Node[]): XesAttribute[] {
  return nodes
    .filter(({ field }) => field && !field.origin?.presence && isFull(field.column))
    .map(({ key, element: type }) => ({ key, type, value: DEFAULTS[type] ?? "UNKNOWN" }));
}

const isFull = (column: Column): boolean =>
  column.kind === "text"
    ? !column.codes.includes(0xffffffff)
    : column.kind === "boolean"
      ? !column.values.includes(2)
      : !column.values.some((value) => Number.isNaN(value));

function header(log: WrittenLog, events: readonly Node[], traces: readonly Node[]): string {
  const { version, features, extensions, globals, classifiers, attributes } =
    log.columns.origin?.xes ?? newHeader(log, events, traces);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<log xes.version="${escaped(version ?? "1849-2023")}" xes.features="${escaped(features ?? "nested-attributes")}" xmlns="http://www.xes-standard.org/">`,
    ...extensions.map(
      ({ name, prefix, uri }) =>
        `<extension name="${escaped(name)}" prefix="${escaped(prefix)}" uri="${escaped(uri)}"/>`,
    ),
    ...globals.map(
      (global) =>
        `<global scope="${escaped(global.scope)}">${global.attributes.map((one) => attribute(one)).join("")}</global>`,
    ),
    ...classifiers.map(({ name, keys, scope }) => {
      const where = scope === undefined ? "" : ` scope="${escaped(scope)}"`;
      return `<classifier name="${escaped(name)}"${where} keys="${escaped(keys)}"/>`;
    }),
    ...attributes.map((one) => attribute(one)),
  ];
  return `${lines.join("\n")}\n`;
}

const SPECIAL = /[&<>"\t\n\r]/;
/** All but XML 1.0 § 2.2, Char */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Text as an attribute's value. Characters that XML cannot hold become U+FFFD. */
export function escaped(text: string): string {
  const possible = text.replace(IMPOSSIBLE, "\ufffd");
  return SPECIAL.test(possible)
    ? possible.replace(/[&<>"\t\n\r]/g, (sign) => REFERENCES[sign] ?? sign)
    : possible;
}
