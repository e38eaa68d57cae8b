import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { watches } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { type ToolContext, writeTool } from "../define.ts";
import { listWatches, type WatchRow } from "./kpi-store.ts";

const input = z.object({
  watch: z.string().meta({ slot: "called", description: "A watch's id or the name of its KPI" }),
});
type Input = z.infer<typeof input>;

export class UnknownWatchError extends MillwrightError {
  constructor(watch: string, known: readonly string[]) {
    super("unknown-watch", 404, `Nothing called "${watch}" is watched.`, {
      value: watch,
      expected: known.length === 0 ? "a watch; there is none" : `one of: ${known.join(", ")}`,
      remedy: "Ask for the list of KPIs.",
    });
  }
}

async function findWatch({ watch }: Input, context: ToolContext): Promise<WatchRow> {
  const rows = (await listWatches(context.database, context.tenant)).filter(({ kind }) => kind === "limit");
  const active = rows.filter((row) => row.active);
  const found =
    rows.find(({ id }) => id === watch) ??
    active.find(({ kpi }) => kpi?.toLowerCase() === watch.toLowerCase());
  if (found === undefined)
    throw new UnknownWatchError(
      watch,
      active.map(({ kpi, id }) => kpi ?? id),
    );
  return found;
}

export default writeTool<Input>({
  name: "kpi.unwatch",
  version: 1,
  risk: "write",
  description: "Stops watching a KPI: no more alerts from it. A proposal.",
  examples: {
    en: [
      "stop watching the cycle time",
      "no more alerts for waiting time",
      "remove the watch on lead time",
      "turn off the SLA alert",
      "unwatch the error rate",
      "stop the monitoring of rework",
      "drop the alert on throughput",
      "end the watch",
    ],
  },
  input,
  async preview(own, context) {
    const row = await findWatch(own, context);
    const name = row.kpi ?? row.id;
    const words = `Stop watching ${name}.`;
    return {
      action: "Stop watching",
      summary: words,
      changes: [{ what: `Watch: ${name}`, before: row.active ? "active" : "stopped", after: "stopped" }],
      affected: { count: 1, unit: "watches", examples: [name] },
      undo: { possible: true, how: "Propose the watch again." },
      risks: ["Breaches of this limit will not be noticed."],
      why: "Alerts that were raised stay in their threads.",
      facts: [],
    };
  },
  async execute(own, context) {
    const row = await findWatch(own, context);
    await context.database
      .update(watches)
      .set({ active: false, state: "stopped" })
      .where(and(eq(watches.tenant, context.tenant), eq(watches.id, row.id)));
    return {
      summary: `${row.kpi ?? row.id} is not watched any more.`,
      references: [{ system: "millwright", id: row.id }],
    };
  },
  async reconcile(own, context) {
    const row = await findWatch(own, context);
    if (row.active) return { state: "not-done" };
    return {
      state: "done",
      receipt: { summary: "It is not watched any more.", references: [{ system: "millwright", id: row.id }] },
    };
  },
});
