import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { readTool, type ToolContext, type ToolResult } from "../define.ts";
import { filters, log } from "../inputs.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import type { Feature, SeparatingFeature } from "./core/separating-features.ts";
import { variants } from "./core/variants.ts";
import { explainSeparation } from "./explain-separation.ts";
import type { CaseMeasure } from "./measures.ts";
import { select } from "./selection.ts";
import { where } from "./sql.ts";

/** Every case takes a path of its own, or all the same: there is no main path to leave. */
class NoMainPathError extends MillwrightError {
  constructor(log: string, all: boolean) {
    const why = all
      ? `Every case of ${log} takes one of the main paths.`
      : `No path of ${log} is taken by 5 % of its cases.`;
    super("no-main-path", 422, why, {
      expected: "some cases on paths that at least 5 % of the cases take, and some off them",
      remedy: "Check the cases against a model or rules instead.",
    });
  }
}

const Input = z.object({ log, filters });
type Input = z.infer<typeof Input>;

interface Data {
  /** Share of cases off the main paths. */
  readonly deviating: number;
  readonly features: readonly SeparatingFeature[];
}

/** A main path is one that at least this share of the cases take. */
const MAIN = 0.05;

export default readTool<Input, Data>({
  name: "mining.deviating",
  version: 1,
  description:
    "What cases that deviate from the main paths have in common: attributes, teams and times of begin that go with deviating, with " +
    "effect size, interval, correction for many comparisons and a held-out check. Association only.",
  examples: {
    en: [
      "what do deviating cases have in common?",
      "which attributes go with deviating?",
      "what goes with deviation?",
      "what do the deviating ones share?",
      "why do cases deviate?",
      "why do some cases deviate from the main paths?",
      "are deviations tied to an attribute?",
      "what separates deviating from conforming cases?",
      "deviating against conforming",
      "in which group are deviations more frequent?",
    ],
  },
  input: Input,
  computes: true,
  execute,
});

async function execute(input: Input, context: ToolContext): Promise<ToolResult<Data>> {
  const selection = await select(context, input);
  const off = offMainPaths(selection.log);
  const deviating = off.reduce((sum, own) => sum + own, 0) / off.length;
  if (deviating === 0 || deviating === 1) throw new NoMainPathError(selection.open.name, deviating === 0);
  const found = explainSeparation(context, selection, input.filters, DEVIATION, isPath);
  const fact = selection.fact({
    value: deviating,
    unit: "share",
    label: "Share of cases off the main paths",
    sql: `select avg(value) from ${deviationSql(selection.condition)}`,
    rows: selection.log.cases,
  });
  return {
    ...found,
    data: { deviating, features: found.data },
    facts: [...found.facts, fact],
    answer: {
      ...found.answer,
      assumptions: [
        ...found.answer.assumptions,
        {
          text: "main paths are those that at least 5 % of the cases take; {share} are off them",
          values: { share: fact },
        },
      ],
    },
  };
}

/** 1 for cases whose path fewer than 5 % of the cases take. */
function offMainPaths(log: EventLog): Float64Array {
  const { counts, variantOf } = variants(log);
  return Float64Array.from(variantOf, (variant) =>
    variant >= 0 && counts[variant]! >= MAIN * log.cases ? 0 : 1,
  );
}

const DEVIATION: CaseMeasure = {
  name: "share off the main paths",
  unit: "share",
  values: offMainPaths,
  sql: deviationSql,
};

function deviationSql(condition: string | null): string {
  return (
    `(select case_id, case when variant in (select variant from cases${where(condition)} group by variant ` +
    `having count(*) >= ${MAIN} * (select count(*) from cases${where(condition)})) then 0.0 else 1.0 end as value ` +
    `from cases${where(condition)})`
  );
}

/** Steps make the path: they would say again that it is another one. */
const isPath = ({ kind }: Feature): boolean => kind === "happens" || kind === "repeats" || kind === "follows";
