import { z } from "zod";
import { type Fact, readTool, type ToolContext, type ToolResult, type View } from "../define.ts";
import { calendar, filters, log } from "../inputs.ts";
import { workedSql } from "../logs/core/business-sql.ts";
import { type Handovers, handovers, workingTogether, workload } from "./core/discovery/handover.ts";
import { type ResourceRoles, resourceRoles } from "./core/discovery/resource-roles.ts";
import { isoInstant } from "./core/instants.ts";
import { NoResourcesError } from "./errors.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { where } from "./sql.ts";

const Input = z.object({ log, filters, calendar: calendar.optional() });
type Input = z.infer<typeof Input>;

interface Data {
  readonly people: number;
  readonly roles: readonly { readonly name: string; readonly people: number; readonly events: number }[];
  readonly handovers: readonly {
    readonly from: string;
    readonly to: string;
    readonly count: number;
    readonly cases: number;
    readonly seconds: number | null;
  }[];
}

export default readTool<Input, Data>({
  name: "mining.organization",
  version: 1,
  description:
    "How people share the work: roles found from what people do (named by their work, never by a person), handovers between " +
    "roles with counts and times, which roles work together on a case, and each role's workload by week.",
  examples: {
    en: [
      "show the handover of work",
      "how is work handed over between people?",
      "show handovers between roles",
      "which roles are there in the organisation?",
      "discover the roles from what people do",
      "organisational mining",
      "show the social network",
      "which roles work together?",
      "how often does work change hands?",
      "mine the organisation",
      "who hands over to whom?",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const found = resourceRoles(selection.log);
  if (found === null) throw new NoResourcesError(selection.open.name);
  const passed = handovers(selection.timed, found.roleOf);
  const facts = organizationFacts(selection, found, passed);
  const given = assumptions(context, selection, input.filters);
  return {
    data: dataOf(found, passed),
    facts: [...facts, ...given.facts],
    views: views(selection, found, passed),
    answer: {
      headline: {
        text: "{people} work on {log}; from one step to the next the work changes hands in {changed} of all steps.",
        values: { people: facts[0]!, log: selection.open.name, changed: facts[1]! },
      },
      figures: facts.slice(0, 3),
      assumptions: given.lines,
      notes: [
        {
          text:
            found.silhouette === null
              ? "What people do does not fall into clear roles: everybody counts as one."
              : "People fall into {roles} by what they do; a role is named after its work, and no person is named.",
          values: { roles: { quantity: found.roles.length, unit: "roles" } },
        },
      ],
      next: { label: { text: "See where cases wait" }, ask: "where do we wait?" },
    },
  };
}

function dataOf({ people, roles }: ResourceRoles, { between }: Handovers): Data {
  return {
    people,
    roles: roles.map(({ name, people: own, events }) => ({ name, people: own, events })),
    handovers: between.map(({ from, to, ...rest }) => ({
      from: roles[from]!.name,
      to: roles[to]!.name,
      ...rest,
    })),
  };
}

/** Number of people, share of steps that change hands, and the mean time of those. */
function organizationFacts(selection: Selection, { people }: ResourceRoles, passed: Handovers): Fact[] {
  const { log, condition } = selection;
  const elapsed =
    selection.calendar === null ? "epoch_us(completed - earlier)" : workedSql("earlier", "completed");
  const neighbours = `(select resource, before, ${elapsed} / 1e6 as seconds from (select resource, lag(resource) over w as before, lag(completed) over w as earlier, completed from events${where(condition)} window w as (partition by case_id order by position)))`;
  const known = "resource is not null and before is not null";
  const facts = [
    selection.fact({
      value: people,
      unit: "people",
      label: "People who did something",
      sql: `select count(distinct resource) from events${where(condition)}`,
      rows: log.events,
    }),
    selection.fact({
      value: passed.neighbours === 0 ? 0 : passed.changed / passed.neighbours,
      unit: "share",
      label: "Steps after which the work changes hands",
      sql: `select coalesce(avg((resource <> before)::integer), 0) from ${neighbours} where ${known}`,
      rows: passed.neighbours,
    }),
  ];
  if (passed.secondsChanged === null) return facts;
  const changed = selection.fact({
    value: passed.secondsChanged,
    unit: "s",
    label: "Mean time from completion to completion where the work changes hands",
    sql: `select avg(seconds) from ${neighbours} where ${known} and resource <> before`,
    rows: passed.changed,
  });
  return [...facts, changed];
}

function views({ log }: Selection, found: ResourceRoles, passed: Handovers): View[] {
  return [
    roleTable(found),
    handoverTable(found, passed),
    togetherTable(found, workingTogether(log, found.roleOf)),
    ...workloadView(found, workload(log, found.roleOf)),
  ];
}

function roleTable({ roles }: ResourceRoles): View {
  return {
    kind: "table",
    title: "Roles",
    columns: [
      { key: "role", label: "Role, by what it does", kind: "text" },
      { key: "people", label: "People", kind: "number" },
      { key: "events", label: "Events", kind: "number" },
      { key: "work", label: "Its work", kind: "text" },
    ],
    rows: roles.map(({ name, people, events, activities }) => ({
      role: name,
      people,
      events,
      work: activities
        .slice(0, 5)
        .map((activity) => `${activity.name} ${Math.round(activity.share * 100)} %`)
        .join(", "),
    })),
  };
}

function handoverTable({ roles }: ResourceRoles, { between }: Handovers): View {
  return {
    kind: "table",
    title: "Handovers between roles",
    columns: [
      { key: "from", label: "From", kind: "text" },
      { key: "to", label: "To", kind: "text" },
      { key: "count", label: "Handovers", kind: "number" },
      { key: "cases", label: "Cases", kind: "number" },
      { key: "seconds", label: "Mean time", unit: "s", kind: "number" },
    ],
    rows: between.map(({ from, to, count, cases, seconds }) => ({
      from: roles[from]!.name,
      to: roles[to]!.name,
      count,
      cases,
      seconds,
    })),
  };
}

function togetherTable({ roles }: ResourceRoles, together: Float64Array): View {
  const rows = roles.flatMap((a, i) =>
    roles.slice(i).map((b, j) => ({
      a: a.name,
      b: i === i + j ? "another of the same role" : b.name,
      cases: together[i * roles.length + i + j]!,
    })),
  );
  return {
    kind: "table",
    title: "Working together on a case",
    columns: [
      { key: "a", label: "Role", kind: "text" },
      { key: "b", label: "With", kind: "text" },
      { key: "cases", label: "Cases", kind: "number" },
    ],
    rows: rows.filter(({ cases }) => cases > 0).sort((x, y) => y.cases - x.cases),
  };
}

function workloadView({ roles }: ResourceRoles, weeks: ReturnType<typeof workload>): View[] {
  if (weeks.length < 2) return [];
  return [
    {
      kind: "series",
      title: "Workload by week",
      unit: "events",
      x: "time",
      series: roles.map(({ name }, role) => ({
        name,
        points: weeks.map(({ week, events }) => [isoInstant(week), events[role]!] as const),
      })),
    },
  ];
}
