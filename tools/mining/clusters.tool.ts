import { z } from "zod";
import { type Fact, readTool, type ToolContext, type ToolResult, type View } from "../define.ts";
import { calendar, filters, limit, log } from "../inputs.ts";
import {
  type CaseClusters,
  type CaseGroup,
  caseClusters,
  type Distinction,
} from "./core/discovery/case-clusters.ts";
import { variants } from "./core/variants.ts";
import { TooFewPathsError } from "./errors.ts";
import { assumptions, type Selection, select } from "./selection.ts";

const Input = z.object({
  log,
  filters,
  likeness: z
    .enum(["activities", "order"])
    .default("activities")
    .meta({ description: "Cases are alike by which activities happen how often, or by their order too" }),
  limit: limit.default(8),
  calendar: calendar.optional(),
});
type Input = z.infer<typeof Input>;

interface Data {
  readonly groups: readonly CaseGroup[];
  readonly silhouette: number;
}

export default readTool<Input, Data>({
  name: "mining.clusters",
  version: 1,
  description:
    "Groups of cases that go alike (trace clustering): how many groups the log falls into, how large each is, what " +
    "distinguishes it from the others, its typical path and mean time. Found from the paths alone.",
  examples: {
    en: [
      "do trace clustering",
      "cluster the cases",
      "cluster the traces",
      "which clusters are there?",
      "segment the log into clusters",
      "find clusters of similar traces",
      "cluster by activity profile",
      "cluster the traces by edit distance",
      "make clusters of what goes alike",
      "describe the clusters",
      "group similar traces into clusters",
    ],
  },
  computes: true,
  input: Input,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const found = caseClusters(selection.timed, { likeness: input.likeness, most: Math.max(2, input.limit) });
  if (found === null) throw new TooFewPathsError(selection.open.name, variants(selection.log).counts.length);
  const { groups, silhouette } = found;
  const facts = groupFacts(input, context, selection, found);
  const given = assumptions(context, selection, input.filters);
  return {
    data: { groups, silhouette },
    facts: [...facts, ...given.facts],
    views: [groupTable(groups)],
    answer: {
      headline: {
        text: "The cases of {log} fall into {groups}; {largest} are in the largest: {what}.",
        values: {
          log: selection.open.name,
          groups: facts[0]!,
          largest: facts[1]!,
          what: described(groups[0]!.distinctions),
        },
      },
      figures: facts.slice(0, 3),
      assumptions: given.lines,
      notes: [
        { text: clarity(silhouette), values: { silhouette: facts[2]! } },
        {
          text: "The groups come from the paths alone; what belongs to a group is not thereby caused by it.",
        },
      ],
      next: { label: { text: "See the paths" }, ask: "what are the most common paths?" },
    },
  };
}

const clarity = (silhouette: number): string => {
  if (silhouette >= 0.5) return "The groups are clearly apart (silhouette {silhouette}).";
  return silhouette >= 0.25
    ? "The groups are apart, with some cases in between (silhouette {silhouette})."
    : "The groups are hardly apart: cases shade into one another (silhouette {silhouette}).";
};

/** A clustering is made again by the same call. */
function groupFacts(input: Input, context: ToolContext, selection: Selection, found: CaseClusters): Fact[] {
  const call = { tool: "mining.clusters", input: { ...input, log: selection.open.id } };
  const rows = selection.log.cases;
  const fact = (value: number, unit: string, label: string) =>
    context.fact({ value, unit, label, call, rows });
  return [
    fact(found.groups.length, "groups", "Groups of cases that go alike"),
    fact(found.groups[0]!.cases, "cases", "Cases in the largest group"),
    fact(found.silhouette, "", "Silhouette: how clearly the groups are apart, from -1 to 1"),
  ];
}

function described(distinctions: readonly Distinction[]): string {
  if (distinctions.length === 0) return "nothing sets it apart by itself";
  return distinctions
    .slice(0, 3)
    .map(({ activity, inside, outside }) => `${inside > outside ? "with" : "without"} ${activity}`)
    .join(", ");
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function groupTable(groups: readonly CaseGroup[]): View {
  return {
    kind: "table",
    title: "Groups of cases",
    columns: [
      { key: "group", label: "#", kind: "number" },
      { key: "what", label: "What sets it apart", kind: "text" },
      { key: "cases", label: "Cases", kind: "number" },
      { key: "variants", label: "Paths", kind: "number" },
      { key: "events", label: "Events a case", kind: "number" },
      { key: "seconds", label: "Mean cycle time", unit: "s", kind: "number" },
      { key: "typical", label: "Typical path", kind: "text" },
    ],
    rows: groups.map(({ distinctions, cases, variants: paths, events, seconds, typical }, i) => ({
      group: i + 1,
      what: distinctions
        .map(({ activity, inside, outside }) => `${activity}: ${percent(inside)} against ${percent(outside)}`)
        .join("; "),
      cases,
      variants: paths,
      events,
      seconds,
      typical: typical.join(" → "),
    })),
  };
}
