import { z } from "zod";
import {
  type Fact,
  type Message,
  type PromisedEffect,
  readTool,
  type ToolContext,
  type ToolResult,
  type View,
} from "../define.ts";
import { filters, log } from "../inputs.ts";
import { assumptionsOf } from "../kpi/core/assumptions.ts";
import { NotMeasurableError } from "../kpi/core/metrics.ts";
import { type Selection, selectCases, spanOf } from "../kpi/core/selection.ts";
import { parseCondition } from "../rules/core/parse-condition.ts";
import { checkCondition, schemaOf } from "../rules/core/schema.ts";
import { seededRandom } from "../rules/core/statistics.ts";
import { meanCycleTime, meanCycleTimeSql, promiseOf } from "./core/cycle-time.ts";
import { type Effect, effectOf, replayError } from "./core/effect.ts";
import { type ReplayModel, replayModel } from "./core/replay-model.ts";
import { replay } from "./core/simulate.ts";
import { type Change, changedReplay } from "./core/what-if.ts";
import { proposeWork, type Suggestion, suggestRule, suggestSkip } from "./propose-work.ts";

const ChangeInput = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("skip"),
      activity: z.string(),
      when: z.string().optional().describe("Only in cases that meet it: order_value < 500"),
    }),
    z.object({ kind: z.literal("add-resource"), activity: z.string(), count: z.int().positive().default(1) }),
    z.object({
      kind: z.literal("faster"),
      activity: z.string(),
      factor: z.number().min(0).max(1).default(0.5).describe("Part of the service time that remains"),
    }),
  ])
  .meta({ slot: "change", description: "What is different" });
const input = z.object({ log, filters, change: ChangeInput });
type Input = z.infer<typeof input>;

interface WhatIf {
  readonly change: Input["change"];
  readonly affected: number;
  readonly steps: number;
  readonly all: Effect;
  readonly ofAffected: Effect | null;
  readonly replayError: number;
}

function changeOf(own: Input, selection: Selection): Change {
  const { change } = own;
  if (change.kind !== "skip") return change;
  if (change.when === undefined) return { ...change, when: null };
  const when = parseCondition(change.when);
  checkCondition(when, schemaOf(selection.log));
  return { ...change, when };
}

/** Without starts there is no service time to shorten and nobody to see queueing for. */
function requireStarts(model: ReplayModel, change: Change): void {
  if (model.log.completed === null) {
    throw new NotMeasurableError("What if", "the log has no times", "Import the log with its time column.");
  }
  if (change.kind !== "skip" && !model.hasStarts) {
    throw new NotMeasurableError(
      "What if",
      "the log has no start times, so work and waiting cannot be told apart",
      "Ask what if the activity is skipped, or import a start column.",
    );
  }
}

const phrases: Readonly<Record<Change["kind"], string>> = {
  skip: "Without {activity}{when}",
  "add-resource": "With {count} more for {activity}",
  faster: "With {activity} faster",
};

function describe(own: Input): { text: string; values: Record<string, string> } {
  const { change } = own;
  const when = change.kind === "skip" && change.when !== undefined ? ` where ${change.when}` : "";
  const count = change.kind === "add-resource" ? String(change.count) : "";
  return { text: phrases[change.kind], values: { activity: change.activity, when, count } };
}

interface Figures {
  readonly before: Fact;
  readonly after: Fact;
  /** How much shorter or longer, with its interval on the same side. */
  readonly by: Fact;
  readonly low: Fact;
  readonly high: Fact;
  readonly affected: Fact;
}

function figuresOf(own: Input, context: ToolContext, selection: Selection, data: WhatIf): Figures {
  const mean = meanCycleTime(selection.log);
  const { interval } = data.all;
  const isLess = data.all.difference < 0;
  const call = { tool: "optimization.what-if", input: own };
  const computed = (value: number, unit: string, label: string): Fact =>
    context.fact({ value, unit, label, rows: mean.n, call });
  return {
    before: context.fact({
      value: mean.value,
      unit: "s",
      label: "mean cycle time, as it was",
      rows: mean.n,
      log: selection.id,
      sql: meanCycleTimeSql(selection.casesSql),
    }),
    after: computed(mean.value + data.all.difference, "s", "mean cycle time of the same cases, changed"),
    by: computed(Math.abs(data.all.difference), "s", isLess ? "shorter by" : "longer by"),
    low: computed(isLess ? -interval.high : interval.low, "s", "its 95 % interval: from"),
    high: computed(isLess ? -interval.low : interval.high, "s", "its 95 % interval: to"),
    affected: computed(data.affected, "cases", "cases in which something is different"),
  };
}

function effectTable(data: WhatIf): View {
  const row = (who: string, effect: Effect) => ({
    who,
    cases: effect.cases,
    before: effect.meanBefore,
    after: effect.meanAfter,
    difference: effect.difference,
    low: effect.interval.low,
    high: effect.interval.high,
    slower: effect.slower,
  });
  return {
    kind: "table",
    title: "Effect on the real cases (mean cycle time)",
    columns: [
      { key: "who", label: "who", kind: "text" },
      { key: "cases", label: "cases", kind: "number" },
      { key: "before", label: "replayed as it was", unit: "s", kind: "number" },
      { key: "after", label: "changed", unit: "s", kind: "number" },
      { key: "difference", label: "difference", unit: "s", kind: "number" },
      { key: "low", label: "from", unit: "s", kind: "number" },
      { key: "high", label: "to", unit: "s", kind: "number" },
      { key: "slower", label: "would take longer", unit: "cases", kind: "number" },
    ],
    rows: [
      row("all cases", data.all),
      ...(data.ofAffected === null ? [] : [row("affected cases", data.ofAffected)]),
    ],
  };
}

function risks({ change }: Input, data: WhatIf): readonly Message[] {
  const values = { activity: change.activity };
  const notes: Message[] = [];
  if (change.kind === "skip") {
    notes.push({
      text: "Risk: what {activity} catches is then not caught; the log cannot say what that costs.",
      values,
    });
  }
  if (change.kind === "add-resource")
    notes.push({
      text: "Risk: whoever is added costs money, and is taken to be as fast as the others.",
      values,
    });
  if (change.kind === "faster")
    notes.push({
      text: "Risk: work that is done faster may be done worse, and come back as rework.",
      values,
    });
  if (data.all.slower > 0) {
    notes.push({
      text: "Some cases would take longer: {slower}.",
      values: { slower: { quantity: data.all.slower, unit: "cases" } },
    });
  }
  return notes;
}

function compute(own: Input, selection: Selection): { data: WhatIf; model: ReplayModel } {
  const change = changeOf(own, selection);
  const model = replayModel(selection.log);
  requireStarts(model, change);
  const changed = changedReplay(model, change);
  const [before, after] = [replay(model), replay(model, changed.change)];
  const data = {
    change: own.change,
    affected: changed.affected.size,
    steps: changed.steps,
    all: effectOf(before, after, seededRandom(1)),
    ofAffected:
      changed.affected.size === 0 ? null : effectOf(before, after, seededRandom(2), changed.affected),
    replayError: replayError(model.table.waiting, before.waiting),
  };
  return { data, model };
}

export default readTool<Input, WhatIf>({
  name: "optimization.what-if",
  version: 1,
  description:
    "What a change would have done to the real cases: skip an activity (in some cases or all), add somebody to it, or make it faster. Effect with a 95 % interval, who is affected, the risk side, the assumptions.",
  examples: {
    en: [
      "what if we skip it under 500?",
      "what if we skip the credit check?",
      "what would happen if we dropped the approval?",
      "would dropping the approval save time?",
      "what if we had one more clerk for the credit check?",
      "what if this step took half as long?",
      "suppose we automate the check for small orders",
      "what if we add two people to packing?",
      "how much would we gain without the second review?",
    ],
  },
  input,
  async execute(own, context): Promise<ToolResult<WhatIf>> {
    const open = await context.logs.open(own.log);
    const selection = selectCases(open, own.filters);
    const { data, model } = compute(own, selection);
    const figures = figuresOf(own, context, selection, data);
    const said = describe(own);
    const isGain = data.all.interval.high < 0;
    const promise = promiseOf(selection.id, meanCycleTime(selection.log), data.all, selection.casesSql);
    const title = said.text.replace(/\{(\w+)\}/g, (_, name: string) => said.values[name] ?? "");
    const work = isGain
      ? await proposeWork(context, title, `${title}, in ${selection.name}.`, promise)
      : null;
    const rule = isGain ? ruleFor(own, selection, model, promise) : null;
    return {
      data,
      facts: Object.values(figures),
      views: [effectTable(data)],
      answer: {
        headline: {
          text: `${said.text}, the mean cycle time of the same cases would be {after} instead of {before}.`,
          values: { ...said.values, after: figures.after, before: figures.before },
        },
        figures: [figures.after, figures.before, figures.affected],
        assumptions: [
          ...assumptionsOf({
            name: selection.name,
            zone: context.zone,
            filters: own.filters,
            ...spanOf(selection.whole),
          }),
          {
            text: "The same cases arrive when they did and are worked on by the same people in the same hours.",
          },
        ],
        notes: [
          {
            text:
              data.all.difference < 0
                ? "That is {by} less a case, with 95 % confidence between {low} and {high}; {affected} are affected."
                : "That is {by} more a case, with 95 % confidence between {low} and {high}; {affected} are affected.",
            values: { by: figures.by, low: figures.low, high: figures.high, affected: figures.affected },
          },
          ...risks(own, data),
        ],
        ...(isGain ? { next: { label: { text: "Propose it" }, ask: "ok do it" } } : {}),
      },
      suggests: [work ?? rule].filter((suggestion) => suggestion !== null),
    };
  },
});

function ruleFor(
  { change }: Input,
  selection: Selection,
  model: ReplayModel,
  promise: PromisedEffect,
): Suggestion {
  if (change.kind === "skip") return suggestSkip(selection.id, change.activity, change.when, promise);
  return suggestRule(selection.id, change.activity, meanWaiting(model, change.activity) ?? 7_200, promise);
}

/** Mean seconds of waiting at an activity; null where it is unknown. */
function meanWaiting({ table, log }: ReplayModel, activity: string): number | null {
  const code = log.activities.indexOf(activity);
  const known = table.waiting.filter(
    (waiting, step) => table.activity[step] === code && !Number.isNaN(waiting),
  );
  return known.length === 0 ? null : known.reduce((sum, own) => sum + own, 0) / known.length;
}
