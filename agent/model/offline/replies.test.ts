/** What tools answer, said in other languages: no English words are left but names of the log and of methods. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MillwrightError } from "../../../errors.ts";
import { type MiningWorld, worldOfCsv } from "../../../tests/fixtures/mining-context.ts";
import type { ReadTool, ToolContext, ToolResult, View } from "../../../tools/define.ts";
import { csvLines } from "../../../tools/logs/samples/generate.ts";
import { Speaker, tellAnswer } from "./say.ts";
import { translateView } from "./translate-view.ts";

/** Tools by their files, and what they are asked; some cannot answer, and say so. */
const asked: readonly (readonly [string, object])[] = [
  ["kpi/query", { metric: "cycle_time" }],
  ["kpi/query", { metric: "throughput", statistic: "count" }],
  ["kpi/query", { metric: "cycle_time", statistic: "count" }],
  ["kpi/query", { metric: "rework", statistic: "sum" }],
  ["kpi/query", { metric: "rework" }],
  ["kpi/query", { metric: "time_to", activities: ["Approve order"] }],
  ["kpi/list", {}],
  ["kpi/promise-check", {}],
  ["logs/profile", {}],
  ["logs/quality", {}],
  ["logs/impute", {}],
  ["mining/activities", {}],
  ["mining/between", { activities: ["Credit check", "Approve order"] }],
  ["mining/between", { activities: ["Approve order", "Credit check"] }],
  ["mining/bottlenecks", {}],
  ["mining/clusters", {}],
  ["mining/conformance", {}],
  ["mining/deviating", {}],
  ["mining/drift", {}],
  ["mining/four-eyes", {}],
  ["mining/organization", {}],
  ["mining/rework", {}],
  ["mining/root-cause", {}],
  ["mining/root-cause", { metric: "waiting_time", activity: "Credit check" }],
  ["mining/rules-check", {}],
  ["mining/variants", {}],
  ["mining/waiting-hours", {}],
  ["mining/waiting-kinds", {}],
  ["mining/workload", {}],
  ["rules/simulate", { rule: "perhaps" }],
];

const filters: readonly object[] = [
  { kind: "activity", activities: ["Receive order", "Credit check"], mode: "all" },
  { kind: "activity", activities: ["Credit check"], mode: "none" },
  { kind: "attribute", attribute: "country", comparator: "not-in", value: ["Germany", "France"] },
  { kind: "window", from: "2025-01-01T00:00:00Z", to: null, by: "started" },
  { kind: "window", from: null, to: "2027-01-01T00:00:00Z", by: "intersecting" },
  { kind: "duration", comparator: "<=", seconds: 14 * 86_400 },
  { kind: "top-variants", unit: "share", most: 0.8 },
  { kind: "endpoint", at: "start", activities: ["Receive order"] },
  { kind: "follows", from: "Receive order", to: "Credit check", how: "directly" },
  { kind: "follows", from: "Receive order", to: "Credit check", how: "eventually", mode: "never" },
  {
    kind: "follows",
    from: "Receive order",
    to: "Ship order",
    how: "eventually",
    comparator: ">",
    seconds: 60,
  },
  { kind: "waiting", activity: "Credit check", comparator: ">", seconds: 3600 },
  { kind: "open" },
  { kind: "sample", unit: "cases", size: 50 },
];

/** Each kind of filter, what groups, and reads of what is not there. */
const narrowed: readonly (readonly [string, object])[] = [
  ...filters.map((filter) => ["kpi/query", { metric: "cycle_time", filters: [filter] }] as const),
  ["kpi/query", { metric: "cycle_time", period: "month" }],
  ["kpi/query", { metric: "waiting_time", statistic: "share", activity: "Credit check" }],
  ["mining/constraints", {}],
  ["mining/dotted-chart", {}],
  ["mining/discover", {}],
  ["mining/waiting-kinds", {}],
  ["approvals/explain", { proposal: "p1" }],
  ["audit/trace", {}],
  ["connectors/read", { connector: "x", operation: "y" }],
];

/** English words that these languages do not have and no name of the log has. */
const english =
  /(?<![\p{L}{])(?:the|of|with|before|from|is|was|measured|finished|cases|when|has|have|by|they|which|that|not|waited|each|least)(?![\p{L}}])/u;

/** A database that holds nothing: every query of it ends in no rows. */
const emptyDatabase = (): ToolContext["database"] => {
  const query: object = new Proxy(() => query, {
    get: (_, name) => (name === "then" ? (resolve: (rows: readonly []) => void) => resolve([]) : query),
    apply: () => query,
  });
  return query as ToolContext["database"];
};

const headings = (view: View): string[] => [
  "title" in view ? view.title : "",
  ...(view.kind === "table" ? view.columns.map(({ label }) => label) : []),
  ...(view.kind === "series" ? view.series.map(({ name }) => name) : []),
];

const said = ({ answer, facts, views }: ToolResult<unknown>, speaker: Speaker, code: string): string[] => [
  ...tellAnswer(answer, speaker).lines,
  tellAnswer(answer, speaker).parts.next?.label ?? "",
  ...facts.map((fact) => speaker.label(fact)),
  ...views.flatMap((view) => headings(translateView(view, code))),
];

describe("what a person reads in another language", () => {
  let world: MiningWorld;
  beforeAll(async () => {
    world = await worldOfCsv([...csvLines("order-to-cash", { cases: 150 })].join("\n"));
  }, 60_000);
  afterAll(() => world.close());

  async function linesOf(path: string, input: object, code: string): Promise<string[]> {
    const file = new URL(`../../../tools/${path}.tool.ts`, import.meta.url).href;
    const tool = ((await import(/* @vite-ignore */ file)) as { default: ReadTool }).default;
    const speaker = new Speaker(code);
    const context = { ...world.context, database: emptyDatabase() };
    try {
      return said(await tool.execute(tool.input.parse(input), context), speaker, code);
    } catch (error) {
      if (!(error instanceof MillwrightError)) throw error;
      return [speaker.whole(error.message), speaker.whole(error.details.remedy ?? "")];
    }
  }

  it.each(asked.flatMap(([path, input]) => ["fr", "pl", "ja"].map((code) => [code, path, input] as const)))(
    "has no English words in %s: %s %j",
    async (code, path, input) => {
      const lines = await linesOf(path, input, code);
      expect(lines.join("").length).toBeGreaterThan(5);
      expect(lines.filter((line) => english.test(line ?? ""))).toEqual([]);
    },
    60_000,
  );

  const left =
    /(?<![\p{L}{])(?:the|with|by|are|cases|steps|from|not|for|has|have|which|that|and|or|every|before|after|there|eventually|never|followed)(?![\p{L}}])/iu;

  it.each(
    narrowed.flatMap(([path, input]) =>
      ["de", "es", "fr", "it", "ja", "nl", "pl", "pt", "zh"].map((code) => [code, path, input] as const),
    ),
  )(
    "leaves no English words of filters, groups and problems in %s: %s %j",
    async (code, path, input) => {
      const lines = await linesOf(path, input, code);
      expect(lines.filter((line) => left.test(line ?? ""))).toEqual([]);
    },
    60_000,
  );
});
