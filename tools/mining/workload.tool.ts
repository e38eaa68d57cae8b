import { z } from "zod";
import {
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { filters, log } from "../inputs.ts";
import { instantToLocal } from "../logs/core/zones.ts";
import { isoInstant } from "./core/instants.ts";
import { type LittlesLaw, type Workload, workload } from "./core/performance/workload.ts";
import { NoTimesError } from "./errors.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { where } from "./sql.ts";

const Input = z.object({ log, filters });
type Input = z.infer<typeof Input>;

interface Data {
  /** Over the middle eight tenths of the log: L, λ (a second) and W (seconds) of Little's law. */
  readonly little: Omit<LittlesLaw, "from" | "to"> | null;
  /** Steps waiting before each activity, on average and at most. */
  readonly queues: readonly { readonly activity: string; readonly mean: number; readonly most: number }[];
  /** Share of the on-duty time worked, over the whole log; null where nobody or no start is recorded. */
  readonly utilisation: number | null;
}

export default readTool<Input, Data>({
  name: "mining.workload",
  version: 1,
  description:
    "How much work there is over time: cases in progress, arrival and completion rates, queue lengths, utilisation of people in their " +
    "working hours, and whether the process is in a steady state (Little's law) or work piles up.",
  examples: {
    en: [
      "how much work is in progress?",
      "how long are the queues over time?",
      "utilisation of the staff",
      "what is the utilisation?",
      "show utilisation over time",
      "arrivals and completions over time",
      "arrival rate and completion rate",
      "is work piling up?",
      "work in progress over time",
      "how large is the backlog?",
      "show the backlog over time",
      "does Little's law hold?",
    ],
  },
  input: Input,
  computes: true,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const local = instantToLocal(context.zone);
  const found = workload(selection.log, selection.open.log, local);
  if (found === null) throw new NoTimesError(selection.open.name);
  const facts = found.little === null ? null : littleFacts(selection, found.little);
  const busy = utilisationFact(input, context, selection, found);
  const given = assumptions(context, selection, input.filters);
  const { activities } = selection.log;
  return {
    data: {
      little: found.little,
      queues: found.queues.map(({ activity, ...queue }) => ({ activity: activities[activity]!, ...queue })),
      utilisation: busy?.value ?? null,
    },
    facts: [...(facts?.all ?? []), ...(busy === null ? [] : [busy]), ...given.facts],
    views: views(found, activities, local),
    answer: {
      headline: headline(found.little, facts),
      figures: facts === null ? [] : [facts.inProgress, facts.begun, facts.ended],
      assumptions: [
        ...given.lines,
        ...(facts === null
          ? []
          : [
              {
                text: "over the middle eight tenths of the log's time, until the last case begins; dates in {zone}",
                values: { zone: context.zone },
              },
            ]),
      ],
      notes: [...(facts === null ? [] : [littleNote(facts)]), ...(busy === null ? [] : [busyNote(busy)])],
      next: { label: { text: "What is the waiting made of?" }, ask: "what is the waiting made of?" },
    },
  };
}

interface LittleFacts {
  readonly inProgress: Fact;
  readonly begun: Fact;
  readonly ended: Fact;
  readonly expected: Fact;
  readonly all: readonly Fact[];
}

function littleFacts(
  selection: Selection,
  { from, to, inProgress, rate, seconds, begun, ended }: LittlesLaw,
): LittleFacts {
  const rows = selection.log.cases;
  const all = where(selection.condition);
  const days = (to - from) / 86_400_000_000;
  const begunThere = where(
    `epoch_us(first_event) >= ${from}`,
    `epoch_us(first_event) < ${to}`,
    selection.condition,
  );
  const endedThere = where(
    `epoch_us(last_event) >= ${from}`,
    `epoch_us(last_event) < ${to}`,
    selection.condition,
  );
  const present = `greatest(0, least(epoch_us(last_event), ${to}) - greatest(epoch_us(first_event), ${from}))`;
  const fact = (value: number, label: string, sql: string) =>
    selection.fact({ value, unit: "cases", label, sql, rows });
  const facts = {
    inProgress: fact(
      inProgress,
      "Cases in progress, on average",
      `select sum(${present}) / ${to - from}.0 from cases${all}`,
    ),
    begun: fact(begun / days, "Cases that begin a day", `select count(*) / ${days} from cases${begunThere}`),
    ended: fact(ended / days, "Cases that end a day", `select count(*) / ${days} from cases${endedThere}`),
    expected: fact(
      rate * seconds,
      "Cases that begin a second times their mean cycle time",
      `select count(*) / ${(to - from) / 1e6} * avg(duration_s) from cases${begunThere}`,
    ),
  };
  return { ...facts, all: Object.values(facts) };
}

function headline(little: LittlesLaw | null, facts: LittleFacts | null): Message {
  if (little === null || facts === null)
    return { text: "All of it happens at one instant: there is no load over time." };
  const { inProgress, begun, ended } = facts;
  return {
    text: `On average {inProgress} are in progress; {begun} begin and {ended} end a day${TRENDS[little.trend]}`,
    values: { inProgress, begun, ended },
  };
}

const TRENDS: Readonly<Record<LittlesLaw["trend"], string>> = {
  0: ", no fewer and no more beyond chance.",
  1: ": more begin than end beyond chance, so work piles up.",
  [-1]: ": more end than begin beyond chance, so the backlog shrinks.",
};

const littleNote = ({ inProgress, expected }: LittleFacts): Message => ({
  text: "Little's law as a check: arrival rate times cycle time gives {expected} in progress, {inProgress} are counted.",
  values: { inProgress, expected },
});

/** Calendars are estimated: the call makes it again. */
function utilisationFact(
  input: Input,
  context: ToolContext,
  selection: Selection,
  { utilisation }: Workload,
): Fact | null {
  const known = utilisation?.filter((share) => !Number.isNaN(share)) ?? new Float64Array(0);
  if (known.length === 0) return null;
  return context.fact({
    value: known.reduce((sum, share) => sum + share, 0) / known.length,
    unit: "share",
    label:
      "Share of their working hours in which people work on steps of the log, mean over the stretches shown",
    call: { tool: "mining.workload", input: { ...input, log: selection.open.id } },
    rows: selection.open.log.events,
  });
}

const busyNote = (busy: Fact): Message => ({
  text: "People work on steps of the log in {busy} of their working hours, as estimated from when they were seen working; what the log does not show is not counted.",
  values: { busy },
});

function views(found: Workload, activities: readonly string[], local: (instant: number) => number): View[] {
  const date = (bucket: number) => isoInstant(local(found.from + bucket * found.width)).slice(0, 10);
  const line = (name: string, values: Float64Array) => ({
    name,
    points: Array.from(
      values,
      (value, bucket) => [date(bucket), Number.isNaN(value) ? null : value] as const,
    ),
  });
  const days = Math.round(found.width / 86_400_000_000);
  const every = days === 1 ? "a day" : days === 7 ? "a week" : "in four weeks";
  const waiting = found.queue === null ? [] : [line("Steps waiting", found.queue)];
  return [
    {
      kind: "series",
      title: "Cases in progress and steps waiting, on average",
      unit: "cases",
      x: "time",
      series: [line("Cases in progress", found.inProgress), ...waiting],
    },
    {
      kind: "series",
      title: `Cases that begin and end ${every}`,
      unit: "cases",
      x: "time",
      series: [line("Begin", found.arrivals), line("End", found.completions)],
    },
    ...utilisationView(found, line),
    ...queueTable(found, activities),
  ];
}

const utilisationView = (
  { utilisation }: Workload,
  line: (
    name: string,
    values: Float64Array,
  ) => { name: string; points: (readonly [string, number | null])[] },
): View[] =>
  utilisation === null
    ? []
    : [
        {
          kind: "series",
          title: "Utilisation in working hours",
          unit: "share",
          x: "time",
          series: [line("Utilisation", utilisation)],
        },
      ];

const queueTable = ({ queues }: Workload, activities: readonly string[]): View[] =>
  queues.length === 0
    ? []
    : [
        {
          kind: "table",
          title: "Queues before each step",
          columns: [
            { key: "activity", label: "Activity", kind: "text" },
            { key: "mean", label: "Waiting, on average", kind: "number" },
            { key: "most", label: "At most", kind: "number" },
          ],
          rows: queues.map(({ activity, mean, most }) => ({ activity: activities[activity]!, mean, most })),
        },
      ];
