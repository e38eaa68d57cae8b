/** Files that carry a payload: twelve cases of three steps, two days each, in which every second one waits longer. */

import { names } from "./secrets.ts";

/** Where in a log the payload stands. */
export interface Places {
  readonly activity?: string;
  readonly resource?: string;
  readonly value?: string;
  readonly header?: string;
  readonly caseId?: string;
  /** Values of the further columns of each row. */
  readonly pieces?: readonly string[];
}

interface Row {
  readonly case: string;
  readonly activity: string;
  readonly begun: string;
  readonly done: string;
  readonly resource: string;
  readonly value: string;
}

const hour = 3_600_000;
const begin = Date.UTC(2026, 0, 5, 8);

/** Received at once, checked after thirty hours, shipped fifteen hours later: 48 h from the first to the last. */
const steps = [
  [0, 1],
  [31, 32],
  [47, 48],
] as const;

export function rowsOf({ activity, resource, value, caseId }: Places): Row[] {
  return Array.from({ length: 12 }, (_, index) => index).flatMap((index) =>
    steps.map(([from, to], step) => ({
      case: index === 0 && caseId !== undefined ? caseId : `case ${index}`,
      activity: ["Receive", activity ?? "Check", "Ship"][step] ?? "",
      begun: instant(index, from),
      done: instant(index, to),
      resource: step === 1 ? (resource ?? names.worker) : "Jo",
      value: index % 2 === 0 ? (value ?? "yes") : "no",
    })),
  );
}

const instant = (index: number, hours: number): string =>
  new Date(begin + (index * 6 + hours) * hour).toISOString();

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export function csvOf(places: Places): string {
  const { header = "approved", pieces = [] } = places;
  const further = pieces.map((_, index) => `note ${index + 1}`);
  const lines = rowsOf(places).map(({ case: id, activity, begun, done, resource, value }, index) =>
    // The pieces stand beside each other in a row, and one under the other in the rows.
    [
      id,
      activity,
      begun,
      done,
      resource,
      value,
      ...pieces.map((_, at) => pieces[(index + at) % pieces.length]),
    ]
      .map((text) => quoted(text ?? ""))
      .join(","),
  );
  return `${["case", "activity", "start", "end", "resource", header, ...further].map(quoted).join(",")}\n${lines.join("\n")}\n`;
}

export function jsonLinesOf(text: string): string {
  return rowsOf({ activity: text, value: text })
    .map(({ case: id, activity, done, resource, value }) =>
      JSON.stringify({ case: id, activity, timestamp: done, resource, [text.slice(0, 300)]: value }),
    )
    .join("\n");
}

/** XML does not know most control characters; nobody can deliver them in it. */
const holdable = (text: string): string => text.replace(/(?![\t\n\r])\p{Cc}/gu, "");
const escaped = (text: string): string =>
  holdable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");

/** A payload of entities brings its own prolog: what stands before the bar. */
function xmlParts(text: string, isEntity: boolean): { prolog: string; value: string } {
  const [prolog = "", reference] = isEntity ? text.split("|") : [];
  return reference === undefined ? { prolog: "", value: escaped(text) } : { prolog, value: reference };
}

export function xesOf(text: string, isEntity: boolean): string {
  const { prolog, value } = xmlParts(text, isEntity);
  const traces = Array.from({ length: 12 }, (_, index) => {
    const events = steps.map(
      ([from, to], step) => `<event>
<string key="concept:name" value="${["Receive", "Check", "Ship"][step]}"/>
<string key="org:resource" value="${step === 1 ? value : "Jo"}"/>
<date key="time:timestamp" value="${instant(index, step === 0 ? from : to)}"/>
<string key="note" value="${value}"><string key="inner" value="${value}"/></string>
</event>`,
    );
    return `<trace><string key="concept:name" value="case ${index}"/><string key="${isEntity ? "plain" : value}" value="x"/>${events.join("")}</trace>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>${prolog}<log xes.version="1849.2023"><string key="concept:name" value="${value}"/>${traces.join("")}</log>`;
}

export function objectCentricOf(text: string): string {
  const type = "order";
  return JSON.stringify({
    objectTypes: [{ name: type, attributes: [{ name: text, type: "string" }] }],
    eventTypes: ["Receive", text, "Ship"].map((name) => ({ name, attributes: [] })),
    objects: Array.from({ length: 12 }, (_, index) => ({
      id: `order ${index}`,
      type,
      attributes: [{ name: text, time: instant(index, 0), value: text }],
      relationships: [],
    })),
    events: rowsOf({ activity: text }).map(({ case: id, activity, done }, index) => ({
      id: `event ${index}`,
      type: activity,
      time: done,
      attributes: [],
      relationships: [{ objectId: id.replace("case", type), qualifier: text }],
    })),
  });
}

export function bpmnOf(text: string, isEntity: boolean): string {
  const { prolog, value } = xmlParts(text, isEntity);
  const names = ["Receive", "Check", "Ship"];
  const ids = ["start", "t0", "t1", "t2", "end"];
  const flows = ids
    .slice(1)
    .map(
      (id, index) =>
        `<sequenceFlow id="f${index}" name="${value}" sourceRef="${ids[index]}" targetRef="${id}"/>`,
    );
  const tasks = names.map(
    (name, index) => `<task id="t${index}" name="${name}"><documentation>${value}</documentation></task>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>${prolog}<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"><process id="p" name="${value}"><startEvent id="start" name="${value}"/>${tasks.join("")}<endEvent id="end" name="${value}"/>${flows.join("")}</process></definitions>`;
}
