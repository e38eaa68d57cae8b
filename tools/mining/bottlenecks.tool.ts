import { z } from "zod";
import {
  type Answer,
  type Fact,
  type Message,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { activity, calendar, filters, log, threshold } from "../inputs.ts";
import { type Bottleneck, bottlenecks, DEFAULT_THRESHOLD } from "./core/bottlenecks.ts";
import { timedSteps } from "./core/business-steps.ts";
import { directlyFollows, type Edge } from "./core/directly-follows.ts";
import { type HandOvers, handOvers } from "./core/performance/handovers.ts";
import { type RemovedWaiting, removedWaiting } from "./core/performance/removed-waiting.ts";
import { type WaitingByTeam, waitingByTeam } from "./core/performance/team-waiting.ts";
import { processMap } from "./core/process-map.ts";
import { steps } from "./core/steps.ts";
import { type ActivityTimes, activityTimes, stepTimes } from "./core/waiting-and-service.ts";
import { NoTimesError, UnknownActivityError } from "./errors.ts";
import { quoteName } from "./quote-name.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { text, where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  threshold: threshold.default(DEFAULT_THRESHOLD),
  activity: activity.optional(),
  calendar: calendar.optional(),
});
type Input = z.infer<typeof Input>;

interface Data {
  /** Seconds; worst first. Empty without start times. */
  readonly bottlenecks: readonly Bottleneck[];
  readonly hasStarts: boolean;
  /** What a case would be shorter by without the waiting before each activity, seconds on average; most first. */
  readonly removed: readonly (Omit<RemovedWaiting, "activity"> & { readonly activity: string })[];
}

type Removed = Data["removed"][number];

export default readTool<Input, Data>({
  name: "mining.bottlenecks",
  version: 1,
  description:
    "Where cases wait: activities whose mean waiting time (start minus the latest completion before it) exceeds a " +
    "threshold, worst first, with their share of all waiting. Waiting is kept apart from working time.",
  examples: {
    en: [
      "where do we wait?",
      "what are the bottlenecks?",
      "which step takes the longest to get started?",
      "where is time lost?",
      "which step holds us up?",
      "where do cases get stuck?",
      "how long do we wait before approval?",
      "show steps that wait more than 4 hours",
      "what slows the process down?",
      "which activity has the longest queue?",
      "where is the biggest delay?",
      "what is eating up our time?",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  if (selection.log.completed === null) throw new NoTimesError(selection.open.name);
  const { activities } = selection.log;
  if (input.activity !== undefined && !activities.includes(input.activity)) {
    throw new UnknownActivityError(input.activity, activities);
  }
  const { steps: instances, times: own } = timedSteps(selection.log, selection.calendar);
  if (!instances.hasStarts) return withoutStarts(input, context, selection);
  const times = activityTimes(instances, own, activities.length);
  const ranked = bottlenecks(activities, times, -1);
  const worst = ranked.filter(({ waiting }) => waiting.mean > input.threshold);
  const given = assumptions(context, selection, input.filters);
  const subject =
    ranked.find((row) => row.activity === input.activity) ?? (input.activity ? undefined : ranked[0]);
  const facts = subject === undefined ? [] : waitingFacts(selection, subject);
  const removed = removedOf(selection);
  const worth = worthOf(input, context, selection, removed, subject);
  return {
    data: { bottlenecks: worst, hasStarts: true, removed },
    facts: [...facts, ...worth.facts, ...given.facts],
    views: [
      ...views(selection, times, ranked, worst),
      ...teamTable(waitingByTeam(selection.log, instances, own)),
      removedTable(removed),
      ...handOverTable(selection),
    ],
    answer: {
      headline: headline(input, subject, facts, worst.length > 0),
      figures: facts,
      assumptions: [
        ...given.lines,
        { text: "threshold {threshold}", values: { threshold: { quantity: input.threshold, unit: "s" } } },
      ],
      notes: worth.notes,
      ...(subject === undefined ? {} : { next: why(subject.activity) }),
    },
  };
}

/** Mean waiting, share of all waiting, and how many waits they rest on. */
function waitingFacts(selection: Selection, { activity, waiting, share, steps: n }: Bottleneck): Fact[] {
  const { condition } = selection;
  const own = where(`activity = ${text(activity)}`, condition);
  const rows = n;
  const all = `select sum(waiting_s) filter (where activity = ${text(activity)}) / sum(waiting_s) from steps`;
  return [
    selection.fact({
      value: waiting.mean,
      unit: "s",
      label: `Mean waiting before ${activity}`,
      sql: `select avg(waiting_s) from steps${own}`,
      rows,
    }),
    selection.fact({
      value: share,
      unit: "share",
      label: `Share of all waiting that is before ${activity}`,
      sql: `${all}${where(condition)}`,
      rows,
    }),
    selection.fact({
      value: n,
      unit: "waits",
      label: `Times that ${activity} was waited for`,
      sql: `select count(waiting_s) from steps${own}`,
      rows,
    }),
  ];
}

function removedOf({ timed }: Selection): Removed[] {
  const found = steps(timed);
  return removedWaiting(found, stepTimes(found), timed.cases, timed.activities.length).map((row) => ({
    ...row,
    activity: timed.activities[row.activity]!,
  }));
}

/**
 * What removing the waiting would give, of the step spoken of and of the one where it gives most. No SELECT finds a longest
 * path: the call makes the figures again.
 */
function worthOf(
  input: Input,
  context: ToolContext,
  selection: Selection,
  removed: readonly Removed[],
  subject: Bottleneck | undefined,
): { readonly facts: Fact[]; readonly notes: Message[] } {
  const call = { tool: "mining.bottlenecks", input: { ...input, log: selection.open.id } };
  const about = [...new Set([removed.find(({ activity: name }) => name === subject?.activity), removed[0]])];
  const told = about.flatMap((row) => {
    if (row === undefined || row.removed === 0 || Number.isNaN(row.low)) return [];
    const label = `Cycle time saved a case without the waiting before ${row.activity}`;
    const fact = (value: number, name: string) =>
      context.fact({ value, unit: "s", label: name, call, rows: selection.log.cases });
    const saved = fact(row.removed, label);
    const low = fact(row.low, `${label}, lower end of the 95 % interval`);
    const high = fact(row.high, `${label}, upper end of the 95 % interval`);
    const values = { activity: row.activity, saved, low, high };
    return [{ facts: [saved, low, high], message: { text: WORTH[row === about[0] ? 0 : 1], values } }];
  });
  return { facts: told.flatMap(({ facts }) => facts), notes: told.map(({ message }) => message) };
}

const WORTH = [
  "Without the waiting before {activity} a case would take {saved} less on average ({low} to {high}), counting only what nothing else passes beside.",
  "Most would be won before {activity}: {saved} a case ({low} to {high}).",
] as const;

const removedTable = (removed: readonly Removed[]): View => ({
  kind: "table",
  title: "What shorter waiting would give, a case",
  columns: [
    { key: "activity", label: "Waiting before", kind: "text" },
    { key: "waiting", label: "Waiting", unit: "s", kind: "number" },
    { key: "removed", label: "Saved without it", unit: "s", kind: "number" },
    { key: "low", label: "95 % from", unit: "s", kind: "number" },
    { key: "high", label: "to", unit: "s", kind: "number" },
    { key: "halved", label: "Saved with half of it", unit: "s", kind: "number" },
    { key: "cases", label: "Cases shorter", kind: "number" },
  ],
  rows: removed.map((row) => ({
    ...row,
    low: Number.isNaN(row.low) ? null : row.low,
    high: Number.isNaN(row.high) ? null : row.high,
  })),
});

/** Whose queues cases stand in, where the log says which team did a step. */
const teamTable = (found: WaitingByTeam | null): View[] =>
  found === null
    ? []
    : [
        {
          kind: "table",
          title: `Waiting by ${found.attribute}`,
          columns: [
            { key: "team", label: "Waiting for", kind: "text" },
            { key: "mean", label: "Mean waiting", unit: "s", kind: "number" },
            { key: "median", label: "Median waiting", unit: "s", kind: "number" },
            { key: "p95", label: "95 % wait at most", unit: "s", kind: "number" },
            { key: "share", label: "Share of this waiting", unit: "share", kind: "number" },
            { key: "working", label: "Mean working", unit: "s", kind: "number" },
            { key: "n", label: "Waits", kind: "number" },
          ],
          rows: found.teams.slice(0, MOST_TEAMS).map(({ team, waiting, service, share, waits }) => ({
            team,
            ...waiting,
            share,
            working: service?.mean ?? null,
            n: waits,
          })),
          total: found.teams.length,
        },
      ];

const MOST_TEAMS = 50;

/** Waiting where somebody else takes over beside waiting where the same goes on: between persons, and teams where there are. */
function handOverTable({ timed }: Selection): View[] {
  const found = [handOvers(timed, "person"), handOvers(timed, "team")].filter((each) => each !== null);
  return found.filter(({ other }) => other.n > 0).map((each) => handOverView(timed.activities, each));
}

const handOverView = (activities: readonly string[], { between, pairs }: HandOvers): View => ({
  kind: "table",
  title: `Waiting at hand-overs between ${between === null ? "persons" : `values of ${between}`}`,
  columns: [
    { key: "from", label: "From", kind: "text" },
    { key: "to", label: "To", kind: "text" },
    { key: "n", label: "Handed over", kind: "number" },
    { key: "mean", label: "Mean waiting then", unit: "s", kind: "number" },
    { key: "m", label: "The same goes on", kind: "number" },
    { key: "same", label: "Mean waiting then", unit: "s", kind: "number" },
    { key: "low", label: "Difference, 95 % from", unit: "s", kind: "number" },
    { key: "high", label: "to", unit: "s", kind: "number" },
    { key: "differs", label: "Beyond chance", kind: "text" },
  ],
  rows: pairs.slice(0, 50).map(({ from, to, same, other, difference, differs }) => ({
    from: activities[from]!,
    to: activities[to]!,
    n: other.n,
    mean: other.n === 0 ? null : other.mean,
    m: same.n,
    same: same.n === 0 ? null : same.mean,
    low: difference?.low ?? null,
    high: difference?.high ?? null,
    differs: difference === null ? null : differs ? "yes" : "no",
  })),
  total: pairs.length,
});

function headline(
  input: Input,
  subject: Bottleneck | undefined,
  facts: readonly Fact[],
  any: boolean,
): Message {
  if (subject === undefined) {
    return {
      text: "Nothing is known about waiting before {activity}.",
      values: { activity: input.activity ?? "" },
    };
  }
  const values = { activity: subject.activity, mean: facts[0]!, share: facts[1]! };
  if (input.activity !== undefined) {
    return { text: "Cases wait {mean} on average before {activity}: {share} of all waiting.", values };
  }
  return any
    ? { text: "Cases wait longest before {activity}: {mean} on average, {share} of all waiting.", values }
    : {
        text: "No step waits more than {threshold} on average; the longest wait is before {activity}, {mean}.",
        values: { ...values, threshold: { quantity: input.threshold, unit: "s" } },
      };
}

const why = (activity: string): NonNullable<Answer["next"]> => ({
  label: { text: "What do the cases that wait for {activity} have in common?", values: { activity } },
  ask: `why do we wait before ${quoteName(activity)}?`,
});

function views(
  { timed: log }: Selection,
  times: readonly ActivityTimes[],
  ranked: readonly Bottleneck[],
  worst: readonly Bottleneck[],
): View[] {
  const service = new Map(log.activities.map((name, code) => [name, times[code]!.service]));
  return [
    { kind: "process-map", title: "Where cases wait", ...processMap(log, times, worst) },
    {
      kind: "table",
      title: "Waiting and working by activity",
      columns: [
        { key: "activity", label: "Activity", kind: "text" },
        { key: "mean", label: "Mean waiting", unit: "s", kind: "number" },
        { key: "median", label: "Median waiting", unit: "s", kind: "number" },
        { key: "p95", label: "95 % wait at most", unit: "s", kind: "number" },
        { key: "share", label: "Share of all waiting", unit: "share", kind: "number" },
        { key: "working", label: "Mean working", unit: "s", kind: "number" },
        { key: "n", label: "Waits", kind: "number" },
      ],
      rows: ranked.map(({ activity, waiting, share, steps: n }) => ({
        activity,
        ...waiting,
        share: Number.isNaN(share) ? 0 : share,
        working: service.get(activity)?.mean ?? null,
        n,
      })),
    },
  ];
}

/** Without starts, waiting cannot be told from working: what there is instead are the times between completions. */
function withoutStarts(input: Input, context: ToolContext, selection: Selection): ToolResult<Data> {
  const { timed: log, open } = selection;
  const edges = directlyFollows(log).edges.filter(
    ({ seconds, to }) => seconds !== null && (input.activity === undefined || to === input.activity),
  );
  const total = ({ count, seconds }: Edge) => count * seconds!.mean;
  const slowest = [...edges].sort((a, b) => total(b) - total(a));
  const given = assumptions(context, selection, input.filters);
  const worst = slowest[0];
  const facts = worst === undefined ? [] : [edgeFact(selection, worst)];
  return {
    data: { bottlenecks: [], hasStarts: false, removed: [] },
    facts: [...facts, ...given.facts],
    views: [
      edgeTable(slowest),
      { kind: "process-map", title: "Times from completion to completion", ...processMap(log, null, []) },
    ],
    answer: {
      headline: {
        text:
          worst === undefined
            ? "{log} has no start times and no two steps in a row, so there are no waits to show."
            : "{log} has no start times, so waiting cannot be told from working; most time passes between {from} and {to}: {mean} on average.",
        values: {
          log: open.name,
          ...(worst === undefined ? {} : { from: worst.from, to: worst.to, mean: facts[0]! }),
        },
      },
      figures: facts,
      assumptions: given.lines,
      notes: [{ text: "Map a start column, or start and complete rows, to see waiting and working apart." }],
    },
  };
}

function edgeFact(selection: Selection, { from, to, count, seconds }: Edge): Fact {
  const own = where(`from_activity = ${text(from)}`, `to_activity = ${text(to)}`, selection.condition);
  return selection.fact({
    value: seconds!.mean,
    unit: "s",
    label: `Mean time from ${from} to ${to}, completion to completion`,
    sql: `select avg(seconds) from edges${own}`,
    rows: count,
  });
}

const edgeTable = (edges: readonly Edge[]): View => ({
  kind: "table",
  title: "Time from completion to completion",
  columns: [
    { key: "from", label: "From", kind: "text" },
    { key: "to", label: "To", kind: "text" },
    { key: "count", label: "Times", kind: "number" },
    { key: "mean", label: "Mean", unit: "s", kind: "number" },
    { key: "median", label: "Median", unit: "s", kind: "number" },
    { key: "p95", label: "95 % within", unit: "s", kind: "number" },
  ],
  rows: edges.slice(0, 50).map(({ from, to, count, seconds }) => ({ from, to, count, ...seconds! })),
  total: edges.length,
});
