/** Sample logs whose causes and bottlenecks are known. The same options give the same bytes. */
import { helpdesk } from "./helpdesk.ts";
import { loan } from "./loan.ts";
import { orderToCash } from "./order-to-cash.ts";
import type { Attribute, SampleName, SampleProcess, SampleTruth } from "./process.ts";
import { Random } from "./random.ts";
import { type DoneTask, nextWorkingTime, type SimulatedCase, simulate } from "./simulation.ts";

export type { SampleName, SampleTruth } from "./process.ts";

export interface SampleLog {
  readonly name: SampleName;
  readonly csv: string;
  readonly truth: SampleTruth;
}

export interface SampleOptions {
  readonly seed?: number;
  readonly cases?: number;
  /** When the first case may arrive; 2 March 2026 by default. */
  readonly from?: Date;
}

export interface NextEventsOptions extends SampleOptions {
  /** Number of the first new case; after those of the sample by default. */
  readonly firstCase?: number;
  /** With the effect of the improvement (`SampleTruth.improvement`). */
  readonly improved?: boolean;
}

const PROCESSES: Readonly<Record<SampleName, SampleProcess>> = {
  "order-to-cash": orderToCash,
  helpdesk,
  loan,
};
export const sampleNames = Object.keys(PROCESSES) as SampleName[];
const FROM = new Date("2026-03-02T00:00:00Z");
const DAY = 86_400_000;

interface SampleCase extends SimulatedCase {
  readonly id: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export function generateSample(name: SampleName, options: SampleOptions = {}): SampleLog {
  return { name, csv: [...csvLines(name, options)].join(""), truth: PROCESSES[name].truth };
}

/** Cases that arrive later, as records for `appendEvents`, in order of completion. */
export function nextEvents(name: SampleName, options: NextEventsOptions = {}): Record<string, Attribute>[] {
  const process = PROCESSES[name];
  const cases = simulateCases(process, { seed: 2, ...options });
  return inOrder(cases).map(([each, task]) => ({ ...record(each, task), ...each.attributes }));
}

/** A line at a time: the header, then one per event in order of completion. */
export function* csvLines(name: SampleName, options: SampleOptions = {}): Generator<string> {
  const process = PROCESSES[name];
  yield `${["case_id", "activity", "start_time", "end_time", "resource", ...process.attributes].join(",")}\n`;
  for (const [each, task] of inOrder(simulateCases(process, options))) {
    const tail = process.attributes.map((attribute) => cell(each.attributes[attribute] as Attribute));
    yield `${[...Object.values(record(each, task)).map(cell), ...tail].join(",")}\n`;
  }
}

/** The same log as XES, a trace at a time. */
export function* xesLines(name: SampleName, options: SampleOptions = {}): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2023" xmlns="http://www.xes-standard.org/">\n';
  for (const each of simulateCases(PROCESSES[name], options)) {
    const own = Object.entries(each.attributes).map(([key, value]) => xesAttribute(key, value));
    yield `<trace>${xesAttribute("concept:name", each.id)}${own.join("")}\n`;
    for (const task of each.done) yield xesEvent(task);
    yield "</trace>\n";
  }
  yield "</log>\n";
}

/** How many cases give about so many events; exact to the last case. */
export function casesForEvents(name: SampleName, events: number): number {
  const trial = simulateCases(PROCESSES[name], { cases: 500 });
  const mean = trial.reduce((sum, each) => sum + each.done.length, 0) / trial.length;
  return Math.ceil(events / mean);
}

function simulateCases(process: SampleProcess, options: NextEventsOptions): SampleCase[] {
  const random = new Random(options.seed ?? 1);
  const count = options.cases ?? process.cases;
  const from = (options.from ?? FROM).getTime();
  const first = options.firstCase ?? (options.improved === undefined ? 1 : process.cases + 1);
  const improved = options.improved ?? false;
  const gap = (process.days * DAY) / process.cases;
  const cases: SampleCase[] = [];
  for (let at = 0, arrival = from; at < count; at++) {
    arrival = intoTheDay(arrival + Math.round(random.exponential(gap * 0.93) / 1000) * 1000);
    const own = new Random(Math.floor(random.next() * 4_294_967_296));
    const attributes = process.describe(own, arrival);
    const id = `${process.casePrefix}${String(first + at).padStart(5, "0")}`;
    cases.push({ id, attributes, arrival, flow: process.flow(own, attributes, improved), done: [] });
  }
  simulate(cases, process.workers(improved));
  return cases;
}

/** Customers write between six and ten at night, on any day but Sunday. */
const intoTheDay = (at: number): number =>
  nextWorkingTime({ name: "", teams: [], hours: [6, 22], days: [1, 2, 3, 4, 5, 6] }, at);

function inOrder(cases: readonly SampleCase[]): [SampleCase, DoneTask][] {
  const all = cases.flatMap((each) => each.done.map((task) => [each, task] as [SampleCase, DoneTask]));
  return all.sort(
    ([a, x], [b, y]) => x.end - y.end || x.start - y.start || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

const iso = (instant: number): string => new Date(instant).toISOString().replace(".000Z", "Z");

const record = ({ id }: SampleCase, { activity, start, end, resource }: DoneTask) => ({
  case_id: id,
  activity,
  start_time: iso(start),
  end_time: iso(end),
  resource,
});

const cell = (value: Attribute): string => {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function xesAttribute(key: string, value: Attribute): string {
  const tag =
    typeof value === "boolean"
      ? "boolean"
      : typeof value === "string"
        ? "string"
        : Number.isInteger(value)
          ? "int"
          : "float";
  return `<${tag} key="${escapeXml(key)}" value="${escapeXml(String(value))}"/>`;
}

const xesEvent = ({ activity, start, end, resource }: DoneTask): string =>
  `<event>${xesAttribute("concept:name", activity)}${xesAttribute("org:resource", resource)}` +
  `<date key="start_timestamp" value="${iso(start)}"/><date key="time:timestamp" value="${iso(end)}"/></event>\n`;
