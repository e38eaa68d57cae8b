import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activity, filters, log } from "../inputs.ts";
import { instantToLocal } from "../logs/core/zones.ts";
import { askedCases } from "./core/performance/asked-cases.ts";
import { describeAvailability } from "./core/performance/availability.ts";
import { type WaitingByKind, waitingByKind } from "./core/performance/waiting-by-activity.ts";
import {
  type WaitingCauses,
  type WaitingKind,
  waitingCauses,
  waitingKinds,
} from "./core/performance/waiting-causes.ts";
import { NoStartsError, NoTimesError, UnknownActivityError } from "./errors.ts";
import { quoteName } from "./quote-name.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { text, where } from "./sql.ts";

const Input = z.object({ log, filters, activity: activity.optional() });
type Input = z.infer<typeof Input>;

interface Data {
  /** Seconds of waiting in all and by kind, and the same by activity, most waiting first. */
  readonly total: number;
  readonly kinds: Readonly<Record<WaitingKind, number>>;
  readonly activities: readonly {
    readonly activity: string;
    readonly total: number;
    readonly kinds: Readonly<Record<WaitingKind, number>>;
  }[];
  /** Activities that are done in batches. */
  readonly batched: readonly { readonly activity: string; readonly batches: number; readonly size: number }[];
}

/** A smaller share of all waiting is not told as a finding; the table has it. */
const SMALLEST_SHARE = 0.05;

const NAMES: Readonly<Record<WaitingKind, string>> = {
  batching: "Gathering a batch",
  contention: "Behind earlier work",
  prioritisation: "Overtaken by later work",
  unavailability: "Off duty",
  extraneous: "Held up from outside",
  unattributed: "Nobody recorded",
};

const SENTENCES: Readonly<Record<WaitingKind, string>> = {
  batching: "{share} of the waiting {where} passes until the others of a batch are there",
  contention: "{share} of the waiting {where} passes while the people who do it work on what came before",
  prioritisation: "{share} of the waiting {where} passes while the people who do it work on what came later",
  unavailability: "{share} of the waiting {where} passes while the people who do it are off duty",
  extraneous:
    "{share} of the waiting {where} passes while the people who do it are there and free: something outside the log holds it up",
  unattributed: "{share} of the waiting {where} is before steps for which nobody is recorded",
};

export default readTool<Input, Data>({
  name: "mining.waiting-kinds",
  version: 1,
  description:
    "What waiting is made of: each second of it told apart as gathering a batch, queueing behind earlier work (contention), being " +
    "overtaken by later work (prioritisation), people off duty (unavailability) or held up from outside (extraneous).",
  examples: {
    en: [
      "what is the waiting made of?",
      "what kind of waiting is it?",
      "break the waiting down by kind",
      "is the waiting due to batching or to busy people?",
      "do we wait because people are off duty?",
      "how much waiting is resource contention?",
      "how much of the waiting happens outside working hours?",
      "is work done in batches?",
      "is work taken out of turn?",
      "which waiting is extraneous?",
      "how much waiting is queueing behind other work?",
      "split the waiting time into batching, contention and unavailability",
    ],
  },
  input: Input,
  computes: true,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const { log: all, name } = selection.open;
  if (all.completed === null) throw new NoTimesError(name);
  const code = input.activity === undefined ? null : all.activities.indexOf(input.activity);
  if (code === -1) throw new UnknownActivityError(input.activity!, all.activities);
  const causes = waitingCauses(all, instantToLocal(context.zone));
  if (!causes.waits.steps.hasStarts) throw new NoStartsError(name);
  const found = waitingByKind(causes, askedCases(all, selection.log), code);
  const given = assumptions(context, selection, input.filters);
  const total = totalFact(selection, input, found);
  const hours = calendars(context, selection, input, causes);
  const kinds = material(found).map((kind) => ({
    kind,
    fact: shareFact(context, selection, input, found, kind),
  }));
  return {
    data: dataOf(all.activities, causes, found),
    facts: [total, ...kinds.map(({ fact }) => fact), ...given.facts, ...hours.facts],
    views: found.total === 0 ? [] : [table(all.activities, found), ...batchTable(all.activities, causes)],
    answer: {
      headline: headline(input, total, kinds),
      figures: [total, ...kinds.slice(0, 2).map(({ fact }) => fact)],
      assumptions: [...given.lines, ...hours.lines],
      notes: kinds.slice(1).map(({ kind, fact }) => sentence(input, kind, fact)),
      next: nextStep(input, all.activities, found),
    },
  };
}

/** Kinds that are worth telling, most waiting first. */
const material = ({ total, seconds }: WaitingByKind): WaitingKind[] =>
  waitingKinds
    .filter((kind) => total > 0 && seconds[kind] >= SMALLEST_SHARE * total)
    .sort((a, b) => seconds[b] - seconds[a]);

function totalFact(selection: Selection, { activity: name }: Input, { total, waits }: WaitingByKind): Fact {
  const own = name === undefined ? null : `activity = ${text(name)}`;
  return selection.fact({
    value: total,
    unit: "s",
    label: name === undefined ? "All waiting" : `All waiting before ${name}`,
    sql: `select coalesce(sum(waiting_s), 0) from steps${where(own, selection.condition)}`,
    rows: waits,
  });
}

/** Queues, calendars and batches are beyond one SELECT: the call makes the figure again. */
function shareFact(
  context: ToolContext,
  selection: Selection,
  input: Input,
  { total, seconds, waits }: WaitingByKind,
  kind: WaitingKind,
): Fact {
  const of = input.activity === undefined ? "" : ` before ${input.activity}`;
  return context.fact({
    value: seconds[kind] / total,
    unit: "share",
    label: `Share of all waiting${of}: ${NAMES[kind].toLowerCase()}`,
    call: { tool: "mining.waiting-kinds", input: { ...input, log: selection.open.id } },
    rows: waits,
  });
}

interface Told {
  readonly kind: WaitingKind;
  readonly fact: Fact;
}

function headline(input: Input, total: Fact, kinds: readonly Told[]): Message {
  const first = kinds[0];
  if (first === undefined) {
    return { text: "Nothing waited {where}.", values: { where: whereOf(input) } };
  }
  const { text: words, values } = sentence(input, first.kind, first.fact);
  return { text: `Of {total} waited, ${words}`, values: { ...values, total } };
}

const sentence = (input: Input, kind: WaitingKind, fact: Fact): Message => ({
  text: `${SENTENCES[kind]}.`,
  values: { share: fact, where: whereOf(input) },
});

const whereOf = ({ activity: name }: Input): string =>
  name === undefined ? "in this log" : `before ${name}`;

/** How the calendars were got, and how sure they are. */
function calendars(
  context: ToolContext,
  selection: Selection,
  input: Input,
  { availability, work }: WaitingCauses,
): { readonly lines: readonly Message[]; readonly facts: readonly Fact[] } {
  const people = availability.filter((_, code) => work[code]!.count > 0);
  if (people.length === 0) return { lines: [], facts: [] };
  const own = people.filter(({ from }) => from === "own");
  const seen = own.reduce((sum, { seen: n }) => sum + n, 0);
  const covered = own.reduce((sum, { seen: n, covered: share }) => sum + n * share, 0);
  const call = { tool: "mining.waiting-kinds", input: { ...input, log: selection.open.id } };
  const fact = (label: string, value: number, unit: string, rows: number): Fact =>
    context.fact({ label, value, unit, call, rows });
  const counts = {
    own: fact(
      "Resources whose working hours are estimated from their own work",
      own.length,
      "",
      people.length,
    ),
    all: fact("Working hours estimated", people.length, "resources", people.length),
  };
  const estimated: Message = {
    text: "working hours estimated from when people were seen working, hours in {zone}: {own} of {all} by their own work, the others by everybody's",
    values: { zone: context.zone, ...counts },
  };
  if (own.length === 0) return { lines: [estimated], facts: Object.values(counts) };
  const share = fact("Hours with work that the calendars cover", covered / seen, "share", own.length);
  const hours: Message = {
    text: "most often {hours}; these calendars cover {share} of the hours with work",
    values: { hours: mostFrequent(own.map(describeAvailability)), share },
  };
  return { lines: [estimated, hours], facts: [...Object.values(counts), share] };
}

function mostFrequent(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}

function dataOf(activities: readonly string[], causes: WaitingCauses, found: WaitingByKind): Data {
  return {
    total: found.total,
    kinds: found.seconds,
    activities: found.activities.map(({ activity: code, total, seconds }) => ({
      activity: activities[code]!,
      total,
      kinds: seconds,
    })),
    batched: [...causes.batched.values()].map(({ activity: code, batches, steps }) => ({
      activity: activities[code]!,
      batches,
      size: steps / batches,
    })),
  };
}

const table = (activities: readonly string[], found: WaitingByKind): View => ({
  kind: "table",
  title: "What waiting is made of",
  columns: [
    { key: "activity", label: "Before", kind: "text" },
    { key: "total", label: "Waiting", unit: "s", kind: "number" },
    ...waitingKinds.map((kind) => ({
      key: kind,
      label: NAMES[kind],
      unit: "share",
      kind: "number" as const,
    })),
  ],
  rows: found.activities.map(({ activity: code, total, seconds }) => ({
    activity: activities[code]!,
    total,
    ...Object.fromEntries(waitingKinds.map((kind) => [kind, seconds[kind] / total])),
  })),
});

/** What speaks for batches, where there are any. */
function batchTable(activities: readonly string[], { batched }: WaitingCauses): View[] {
  if (batched.size === 0) return [];
  return [
    {
      kind: "table",
      title: "Done in batches",
      columns: [
        { key: "activity", label: "Activity", kind: "text" },
        { key: "batches", label: "Batches", kind: "number" },
        { key: "size", label: "Mean size", kind: "number" },
        { key: "cleared", label: "Of what waited, taken along", unit: "share", kind: "number" },
        { key: "idle", label: "Free while it gathered", unit: "share", kind: "number" },
      ],
      rows: [...batched.values()].map(({ activity: code, batches, steps, cleared, idle }) => ({
        activity: activities[code]!,
        batches,
        size: steps / batches,
        cleared,
        idle,
      })),
    },
  ];
}

function nextStep({ activity: name }: Input, activities: readonly string[], found: WaitingByKind) {
  const most = found.activities[0];
  if (name !== undefined || most === undefined) {
    return { label: { text: "See where cases wait" }, ask: "where do we wait?" };
  }
  const values = { activity: activities[most.activity]! };
  return {
    label: { text: "What is the waiting before {activity} made of?", values },
    ask: `what is the waiting before ${quoteName(values.activity)} made of?`,
  };
}
