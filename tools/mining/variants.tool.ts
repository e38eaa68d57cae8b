import { z } from "zod";
import {
  type Fact,
  type Message,
  type OpenLog,
  readTool,
  type ToolContext,
  type ToolResult,
} from "../define.ts";
import { calendar, filters, limit, log, share } from "../inputs.ts";
import { variantsToCover } from "./core/process-map.ts";
import { caseSpans } from "./core/throughput.ts";
import { namesOf, type Variants, variants } from "./core/variants.ts";
import { figure, pathsInSql, selectLarge, structureInSql } from "./in-sql.ts";
import { assumptions, type Selection, select } from "./selection.ts";
import { where } from "./sql.ts";

const Input = z.object({
  log,
  filters,
  limit: limit.default(10),
  cover: share.optional(),
  order: z
    .enum(["rarest", "frequency", "slowest"])
    .default("frequency")
    .meta({ slot: "order", description: "Most frequent, rarest or slowest first" }),
  calendar: calendar.optional(),
});
type Input = z.infer<typeof Input>;

interface Path {
  readonly activities: readonly string[];
  readonly cases: number;
  readonly share: number;
  /** Mean seconds; null without times. */
  readonly mean: number | null;
}

interface Data {
  readonly variants: number;
  readonly paths: readonly Path[];
  /** How many of the most frequent variants cover the share asked for. */
  readonly toCover: number | null;
}

export default readTool<Input, Data>({
  name: "mining.variants",
  version: 1,
  description:
    "The paths (trace variants) that cases take: the most frequent, rarest or slowest ones with their number of cases and mean " +
    "cycle time, and how many variants it takes to cover a share of the cases.",
  examples: {
    en: [
      "what are the most common paths?",
      "show the top 5 variants",
      "how many variants are there?",
      "how many different ways do cases go?",
      "what is the happy path?",
      "which variants cover 80% of the cases?",
      "which paths are the slowest?",
      "how do most orders flow?",
      "what share of cases takes the standard route?",
      "list the rare paths",
    ],
  },
  computes: true,
  input: Input,
  execute,
  inSql,
});

/** Of a log too large for memory; the table has as many paths as were asked for. */
async function inSql(input: Input, context: ToolContext, open: OpenLog): Promise<ToolResult<Data>> {
  const selection = await selectLarge(context, open, input.filters, input.calendar);
  const [count, , top] = await structureInSql(selection);
  const paths = await pathsInSql(selection, input.order, input.limit);
  const rows = selection.cases.value;
  const covering =
    input.cover === undefined
      ? []
      : [
          await figure(selection, {
            unit: "variants",
            label: `Paths that cover ${Math.round(input.cover * 100)} % of the cases`,
            sql: coverSql(selection.condition, input.cover),
            rows,
          }),
        ];
  const facts = [count, top, ...covering];
  return {
    data: { variants: count.value, paths, toCover: covering[0]?.value ?? null },
    facts: [...facts, selection.cases],
    views: [
      {
        ...pathsView(paths, [...new Set(paths.flatMap((path) => path.activities))], input),
        total: count.value,
      },
    ],
    answer: {
      headline: headline(input, facts),
      figures: facts,
      assumptions: selection.assumptions,
      next: { label: { text: "See them as one process map" }, ask: "show me the process" },
    },
  };
}

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const found = variants(selection.log);
  const paths = describe(selection, found);
  const shown = ordered[input.order](paths);
  const toCover = input.cover === undefined ? null : variantsToCover(found.counts, input.cover);
  const facts = pathFacts(selection, found, input.cover, toCover);
  const given = assumptions(context, selection, input.filters);
  return {
    data: { variants: paths.length, paths: shown.slice(0, input.limit), toCover },
    facts: [...facts, ...given.facts],
    views: [pathsView(shown, found.activities, input)],
    answer: {
      headline: headline(input, facts),
      figures: facts,
      assumptions: given.lines,
      next: {
        label: { text: "See them as one process map" },
        ask: "show me the process",
      },
    },
  };
}

function describe({ log, timed }: Selection, found: Variants): Path[] {
  const spans = caseSpans(timed);
  const total = new Float64Array(found.counts.length);
  found.variantOf.forEach((v, c) => {
    if (v >= 0 && spans !== null) total[v]! += (spans.last[c]! - spans.first[c]!) / 1e6;
  });
  return found.counts.map((cases, v) => ({
    activities: namesOf(found, v),
    cases,
    share: cases / log.cases,
    mean: spans === null ? null : total[v]! / cases,
  }));
}

/** Rare paths say little about time: only those that at least one case in a hundred takes come first. */
function slowestFirst(paths: readonly Path[]): Path[] {
  const rank = ({ share: own }: Path) => (own >= 0.01 ? 1 : 0);
  return [...paths].sort((a, b) => rank(b) - rank(a) || (b.mean ?? 0) - (a.mean ?? 0));
}

const ordered: Readonly<Record<Input["order"], (paths: readonly Path[]) => readonly Path[]>> = {
  rarest: (paths) => paths.toReversed(),
  frequency: (paths) => paths,
  slowest: slowestFirst,
};

/** Number of variants, the most common one's share, and how many cover the share asked for. */
function pathFacts(
  selection: Selection,
  found: Variants,
  cover: number | undefined,
  toCover: number | null,
): Fact[] {
  const grouped = `(select variant, count(*) as n from cases${where(selection.condition)} group by variant)`;
  const rows = selection.log.cases;
  const facts = [
    selection.fact({
      value: found.counts.length,
      unit: "variants",
      label: "Different paths",
      sql: `select count(*) from ${grouped}`,
      rows,
    }),
    selection.fact({
      value: found.counts[0]! / rows,
      unit: "share",
      label: "Share of cases on the most common path",
      sql: `select max(n) / sum(n) from ${grouped}`,
      rows,
    }),
  ];
  if (cover === undefined || toCover === null) return facts;
  return [
    ...facts,
    selection.fact({
      value: toCover,
      unit: "variants",
      label: `Paths that cover ${Math.round(cover * 100)} % of the cases`,
      sql: coverSql(selection.condition, cover),
      rows,
    }),
  ];
}

/** How many of the most common paths it takes. */
function coverSql(condition: string | null, share: number): string {
  const grouped = `(select variant, count(*) as n from cases${where(condition)} group by variant)`;
  const running = `select n, sum(n) over (order by n desc, variant rows unbounded preceding) - n as before, sum(n) over () as total from ${grouped}`;
  return `select greatest(1, count(*)) from (${running}) where before < ${share} * total`;
}

function headline({ cover, order }: Input, facts: readonly Fact[]): Message {
  const [count, top, covering] = facts;
  if (covering !== undefined && cover !== undefined) {
    return {
      text: "{covering} cover {cover} of the cases; there are {count} in all.",
      values: { covering, count: count!, cover: { quantity: cover, unit: "share" } },
    };
  }
  const values = { count: count!, top: top! };
  return { text: headlines[order], values };
}

const headlines: Readonly<Record<Input["order"], string>> = {
  rarest: "Cases take {count}; the table lists the rarest first, the most common one has {top} of the cases.",
  frequency: "Cases take {count}; the most common one has {top} of them.",
  slowest:
    "Cases take {count}; the table lists the slowest first, the most common one has {top} of the cases.",
};

const titles: Readonly<Record<Input["order"], string>> = {
  rarest: "Rarest paths",
  frequency: "Most common paths",
  slowest: "Slowest paths",
};

function pathsView(paths: readonly Path[], activities: readonly string[], { limit: most, order }: Input) {
  const codes = new Map(activities.map((name, code) => [name, code]));
  return {
    kind: "variants" as const,
    title: titles[order],
    activities,
    variants: paths.slice(0, most).map(({ activities: path, cases, share: own, mean }) => ({
      path: path.map((name) => codes.get(name)!),
      cases,
      share: own,
      seconds: mean,
    })),
    total: paths.length,
  };
}
