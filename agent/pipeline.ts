/**
 * The whole pipeline in one call: mine → rules → integrate → optimise → monitor → show. A plan template over tools by
 * name; it knows none of them. A part without data is null with the reason, never a made-up figure.
 */
import { and, eq } from "drizzle-orm";
import { connectors, kpis } from "../db/schema/index.ts";
import { MillwrightError, toProblem } from "../errors.ts";
import type { Person, ToolContext, ToolResult, View } from "../tools/define.ts";
import { isWrite, type ReadTool } from "../tools/define.ts";
import type { Gate } from "./approvals/gate.ts";
import { findLog } from "./briefing.ts";
import { NotFoundError } from "./errors.ts";
import { parseInput, toolFor } from "./graph/check-plan.ts";
import { toolContext } from "./graph/context.ts";
import { executeRead } from "./graph/read.ts";
import { integrate } from "./integration.ts";
import type { AgentServiceOptions, Limits } from "./options.ts";
import { type DraftedRule, kpiInput, type RunKpi, readKpis, wordsOf } from "./pipeline-inputs.ts";
import type { AgentService, RunRequest, RunResult } from "./service.ts";
import { resolveSpeaker } from "./speaker.ts";

export interface PipelineServices {
  readonly options: AgentServiceOptions;
  readonly limits: Limits;
  readonly gate: Gate;
  report(error: unknown, where: string): void;
}

/** What a step came to: its result, or why there is none. */
type Outcome<Data> = { readonly result: ToolResult<Data> } | { readonly reason: string };

/** Runs reads of one run by name. */
export interface Steps {
  readonly context: ToolContext;
  read<Data>(tool: string, input: unknown): Promise<Outcome<Data>>;
}

export function createPipeline(services: PipelineServices): Pick<AgentService, "run"> {
  return {
    async run(request) {
      const { options } = services;
      const person = await resolveSpeaker(options.database, request.tenant, request.person);
      const { id: log } = await findLog(options.database, request.tenant, request.log);
      const system = await systemOf(services, request, person);
      const steps = stepsOf(services, request, person, log);
      const mined = await steps.read<object>("mining.discover", { log });
      const waits = await steps.read<object>("mining.bottlenecks", { log });
      const rules = await draftRules(steps, log, request.context);
      const optimized = await steps.read<object>("optimization.optimize", { log });
      const { alerts, views } = await monitor(services, steps, request, log);
      const shown = [mined, waits, ...rules.outcomes, optimized].flatMap(viewsOf);
      return {
        model: modelOf(mined, waits),
        rules: rules.rules,
        integration: await integrate(services, steps.context, rules.rules, system),
        optimized: dataOf(optimized),
        alerts,
        visualization: [...shown, ...views],
      } satisfies RunResult;
    },
  };
}

function stepsOf(services: PipelineServices, request: RunRequest, person: Person | null, log: string): Steps {
  const { options, limits } = services;
  const make = (): ToolContext =>
    toolContext(options, {
      tenant: request.tenant,
      person,
      thread: null,
      log,
      now: request.now ?? options.clock(),
      zone: request.zone ?? "UTC",
      signal: AbortSignal.timeout(limits.turnMilliseconds),
    });
  return {
    context: make(),
    async read<Data>(name: string, input: unknown): Promise<Outcome<Data>> {
      try {
        const tool = toolFor(options.registry, name, person);
        if (isWrite(tool)) throw new TypeError(`${name} is not a read`);
        const parsed = parseInput(tool, input);
        return { result: (await executeRead(options, tool as ReadTool, parsed, make())) as ToolResult<Data> };
      } catch (error) {
        if (!(error instanceof MillwrightError)) services.report(error, `run ${name}`);
        return { reason: toProblem(error).detail };
      }
    },
  };
}

const viewsOf = (outcome: Outcome<unknown>): readonly View[] =>
  "result" in outcome ? outcome.result.views : [];

const dataOf = (outcome: Outcome<object>): object =>
  "result" in outcome ? { ...outcome.result.data, facts: outcome.result.facts } : { reason: outcome.reason };

/** The mined model with its BPMN and its bottlenecks. */
function modelOf(mined: Outcome<object>, waits: Outcome<object>): object {
  if (!("result" in mined)) return { reason: mined.reason };
  const diagram = mined.result.views.find((view) => view.kind === "bpmn");
  return {
    ...mined.result.data,
    bpmn: diagram?.kind === "bpmn" ? diagram.xml : null,
    ...("result" in waits ? waits.result.data : { bottlenecks: null, reason: waits.reason }),
    facts: mined.result.facts,
  };
}

/** Rules from the person's own words, then from the log; the same rule once. */
async function draftRules(
  steps: Steps,
  log: string,
  context: unknown,
): Promise<{ rules: RunResult["rules"]; outcomes: readonly Outcome<unknown>[] }> {
  const inputs = [...wordsOf(context).map((words) => ({ log, words })), { log }];
  const outcomes: Outcome<readonly DraftedRule[]>[] = [];
  for (const input of inputs) outcomes.push(await steps.read<readonly DraftedRule[]>("rules.draft", input));
  const drafted = outcomes.flatMap((outcome) => ("result" in outcome ? outcome.result.data : []));
  const unique = new Map(drafted.map((rule) => [`${rule.condition}\n${rule.action}`, rule]));
  const rules = [...unique.values()].map(({ condition, action, confidence, coverage }) => ({
    condition,
    action,
    confidence,
    coverage,
  }));
  return { rules, outcomes };
}

/** The KPIs of the request, else those of the tenant that are about this log or any. */
async function kpisFor(
  services: PipelineServices,
  request: RunRequest,
  log: string,
): Promise<readonly RunKpi[]> {
  const { name } = await findLog(services.options.database, request.tenant, log);
  const about = (kpi: RunKpi): boolean => kpi.log == null || kpi.log === name || kpi.log === log;
  if (request.kpis !== undefined) return readKpis(request.kpis).filter(about);
  const rows = await services.options.database.select().from(kpis).where(eq(kpis.tenant, request.tenant));
  return readKpis(rows).filter(about);
}

interface KpiData {
  readonly value: number;
  readonly statistic: string;
  readonly n: number;
  readonly limit: number | null;
  readonly breaches: number | null;
}

/** Every KPI once: those over their limit are alerts, those that cannot be measured say why. */
async function monitor(
  services: PipelineServices,
  steps: Steps,
  request: RunRequest,
  log: string,
): Promise<{ alerts: unknown[]; views: readonly View[] }> {
  const alerts: unknown[] = [];
  const views: View[] = [];
  for (const kpi of await kpisFor(services, request, log)) {
    const { name, metric, activity, limit, deadline } = kpi;
    const about = {
      kpi: name,
      metric,
      activity: activity ?? null,
      limit: limit ?? null,
      deadline: deadline ?? null,
    };
    const outcome = await steps.read<KpiData>("kpi.query", kpiInput(kpi, log));
    if (!("result" in outcome)) {
      alerts.push({ ...about, state: "unknown", reason: outcome.reason });
      continue;
    }
    const { value, statistic, n, breaches } = outcome.result.data;
    views.push(...outcome.result.views);
    if (breaches === null || breaches === 0) continue;
    const facts = outcome.result.facts.slice(0, 3);
    alerts.push({ ...about, state: "breach", statistic, value, n, breaches, facts });
  }
  return { alerts, views };
}

/** The id of the system the rules' actions go to: an imported one, or a file's that the caller may import. */
async function systemOf(
  { options }: PipelineServices,
  { tenant, api }: RunRequest,
  person: Person | null,
): Promise<string | null> {
  if (api === undefined) return null;
  const [known] = await options.database
    .select({ id: connectors.id })
    .from(connectors)
    .where(and(eq(connectors.tenant, tenant), eq(connectors.id, api)));
  if (known !== undefined) return known.id;
  if (options.importSpecification === undefined || !/[\\/]/.test(api))
    throw new NotFoundError("imported specification", api);
  return (await options.importSpecification({ tenant, person, path: api })).id;
}
