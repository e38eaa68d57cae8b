/** Makes a fact again, as the log is now: by its query, or by the call of the tool that made it. */
import { type Fact, isWrite, type Person, type ReadTool } from "../tools/define.ts";
import { agrees } from "./evidence/verify.ts";
import { toolContext } from "./graph/context.ts";
import type { AgentServiceOptions } from "./options.ts";
import type { AgentService } from "./service.ts";

export type Rerun = Awaited<ReturnType<AgentService["fact"]>>["rerun"];

export interface RerunRequest {
  readonly tenant: string;
  readonly person: Person | null;
  readonly fact: Fact;
  readonly signal: AbortSignal;
}

export async function rerun(options: AgentServiceOptions, request: RerunRequest): Promise<Rerun> {
  const { fact, tenant } = request;
  if (fact.source.kind === "call") return callAgain(options, request, fact.source);
  if (fact.sql === null) return { value: null, agrees: false, columns: [], rows: [] };
  const log = await options.logAccess(tenant, fact.source.log).open(fact.source.log);
  const { columns, rows } = await log.query(fact.sql);
  return { ...compared(rows[0]?.[0], fact), columns, rows: rows.slice(0, 100) };
}

/** The figure of the same name out of the same call; a tool that changes something is never called for it. */
async function callAgain(
  options: AgentServiceOptions,
  { tenant, person, fact, signal }: RerunRequest,
  { tool: name, input, zone = "UTC" }: Extract<Fact["source"], { kind: "call" }>,
): Promise<Rerun> {
  const tool = options.registry.find(name);
  if (tool === null || isWrite(tool)) return { value: null, agrees: false, columns: [], rows: [] };
  const scope = { tenant, person, thread: null, log: null, now: options.clock(), zone, signal };
  const context = toolContext(options, scope);
  const result = await (tool as ReadTool).execute(tool.input.parse(input), context);
  const found = result.facts.find(({ label, unit }) => label === fact.label && unit === fact.unit);
  const again = compared(found?.value, fact);
  return { ...again, columns: [fact.label], rows: again.value === null ? [] : [[again.value]] };
}

function compared(cell: unknown, fact: Fact): Pick<Rerun, "value" | "agrees"> {
  const value = typeof cell === "number" ? cell : null;
  return { value, agrees: value !== null && agrees(value, fact.value) };
}
