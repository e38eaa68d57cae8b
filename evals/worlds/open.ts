/** A world: a copy of a prepared data folder, with the agent over it. */
import { createHash } from "node:crypto";
import { cp, rm } from "node:fs/promises";
import { sql } from "drizzle-orm";
import type { ModelProvider } from "../../agent/model/provider.ts";
import { type ScriptedStep, scriptedProvider } from "../../agent/model/scripted.ts";
import { openMillwright } from "../../channels/main.ts";
import type { Millwright } from "../../channels/millwright.ts";
import { digestOfTables } from "../../db/queries/digests.ts";
import { rowsOf } from "../../db/rows.ts";
import { MillwrightError } from "../../errors.ts";
import type { Case } from "../case.ts";
import type { Tier } from "../run.ts";
import { clock } from "../suites.ts";
import type { World } from "../world.ts";
import { openChannels } from "./channels.ts";
import type { Judge } from "./judge.ts";
import { recordedEvals } from "./recorded-evals.ts";

/** Conversations, what is computed for them, and what a process keeps for itself. */
const conversational = [
  "threads",
  "events",
  "model_calls",
  "spans",
  "memory_vectors",
  "facts",
  "analyses",
  "inbox",
  "checkpoints",
  "checkpoint_blobs",
  "checkpoint_writes",
  "checkpoint_migrations",
] as const;

/** Answers are remembered with every turn; they are the conversation's, too. */
const remembered = { memories: sql`kind <> 'answer'` };

export interface OpenWorldOptions {
  /** The prepared data folder; it stays as it is. */
  readonly prepared: string;
  /** The folder to be made. */
  readonly folder: string;
  readonly tier: Tier;
  /** As a running server, whose channels can be spoken through. */
  readonly served: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Has an opinion of replies of the live tier. */
  readonly judge?: Judge;
  /** Gets failures that nobody waits for, and replies that were blocked. */
  readonly report: (error: unknown, where: string) => void;
}

export async function openWorld(options: OpenWorldOptions): Promise<World> {
  await cp(options.prepared, options.folder, { recursive: true });
  return options.served ? openServed(options) : openPlain(options);
}

/** No script stands in for the planner behind a server's channels. */
async function openServed({ folder, environment, report }: OpenWorldOptions): Promise<World> {
  const channels = await openChannels({ data: folder, environment, report });
  return {
    ...seenFromOutside(channels.served.millwright),
    script: () => undefined,
    through: channels.ask,
    async close() {
      await channels.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openPlain(options: OpenWorldOptions): Promise<World> {
  const mind = await minds(options);
  const { ANTHROPIC_API_KEY, MILLWRIGHT_MODEL_URL: _, ...rest } = options.environment;
  // A day's budget would hand the later cases to the built-in planner: a live run has one only where it was set.
  const unlimited = { MILLWRIGHT_BUDGET_PERSON_DAY: "none", MILLWRIGHT_BUDGET_DAY: "none" };
  const millwright = await openMillwright(
    {
      data: options.folder,
      environment: options.tier === "live" ? { ...unlimited, ...rest, ANTHROPIC_API_KEY } : rest,
      now: clock,
      report: options.report,
    },
    mind.replaced,
  );
  const { judge } = options;
  return {
    ...seenFromOutside(millwright),
    ...(judge === undefined ? {} : { judge: (note, transcript) => judge({ note, transcript }, millwright) }),
    script: mind.script,
    through: async (door) => {
      throw new NotServedError(door);
    },
    async close() {
      await millwright.close();
      await rm(options.folder, { recursive: true, force: true });
    },
  };
}

class NotServedError extends MillwrightError {
  constructor(door: string) {
    super("eval-not-served", 422, `This world has no ${door} channel`, {
      remedy: "Give the suite a world.ts with `served: true`.",
    });
  }
}

/** The planner of the tier, and the scripted model instead of it while there is a script. */
async function minds({ tier }: OpenWorldOptions) {
  let scripted: ModelProvider | null = null;
  const script: World["script"] = (steps) => {
    scripted = steps === undefined ? null : scriptedProvider(steps.map(stepOf));
  };
  const services = { evals: recordedEvals };
  if (tier === "live") return { script, replaced: { services } };
  const { builtInProvider } = await import("../../agent/model/offline/provider.ts");
  const builtIn = builtInProvider();
  const provider: ModelProvider = {
    get name() {
      return (scripted ?? builtIn).name;
    },
    model: (briefing) => (scripted ?? builtIn).model(briefing),
  };
  return { script, replaced: { provider, services } };
}

type Step = NonNullable<Case["script"]>[number];

const stepOf =
  ({ text, calls, supersedes }: Step): ScriptedStep =>
  ({ briefing }) => {
    const pending = briefing.proposals.filter(({ state }) => state === "pending").map(({ id }) => id);
    const named = supersedes?.flatMap((id) => (id === "pending" ? pending : [id]));
    return {
      ...(text === undefined ? {} : { text }),
      ...(calls === undefined ? {} : { calls: calls.map(({ tool, input }) => ({ tool, input })) }),
      ...(named === undefined ? {} : { parts: { headline: text ?? "", supersedes: named } }),
    };
  };

function seenFromOutside({
  service,
  tenant,
  database,
}: Millwright): Omit<World, "script" | "through" | "close"> {
  return {
    service,
    tenant,
    now: clock,
    // Only the executor makes effects, and it leaves none of them out of the ledger.
    async effects() {
      const [row] = await rowsOf<{ effects: number }>(
        database,
        sql`select count(*)::int as effects from ledger where kind = 'execution-started'`,
      );
      return row?.effects ?? 0;
    },
    state: () => digestOfTables(database, { except: conversational, only: remembered }),
    async cost(thread) {
      const [row] = await rowsOf<{ micros: number }>(
        database,
        sql`select coalesce(sum(cost_micros), 0)::int as micros from model_calls where thread = ${thread}`,
      );
      return row?.micros ?? 0;
    },
    async lapse(proposal) {
      const id = `lapsed-${proposal}`;
      const digest = createHash("sha256").update(id).digest("hex");
      await database.execute(sql`
        insert into proposals (id, tenant, thread, turn, tool, tool_version, risk, input, digest, summary, preview,
          requester, policy, quorum, approver_role, expires_at, idempotency_key)
        select ${id}, tenant, thread, turn, tool, tool_version, risk, input, ${digest}, summary, preview,
          requester, policy, quorum, approver_role, clock_timestamp(), ${id}
        from proposals where id = ${proposal}`);
      return { id, digest };
    },
  };
}
