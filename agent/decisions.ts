/** Deciding on proposals, and bringing to an end what a crash left between a decision and its record. */
import { tenants } from "../db/schema/index.ts";
import { decide } from "./approvals/decide.ts";
import type { ExecutorPorts } from "./approvals/execute.ts";
import { findProposal, type ProposalRow, toCards } from "./approvals/gate.ts";
import { anchorLedger } from "./approvals/ledger.ts";
import { recover } from "./approvals/recover.ts";
import type { GraphRuns } from "./graph-runs.ts";
import type { ServiceOptions } from "./options.ts";
import { announce, listProposals, settle, unannounced } from "./proposals.ts";
import { rememberDecision } from "./remembered.ts";
import type { AgentService } from "./service.ts";
import { resolveSpeaker } from "./speaker.ts";
import type { Live } from "./threads/live.ts";

export interface DecisionServices {
  readonly options: ServiceOptions;
  readonly ports: ExecutorPorts;
  readonly live: Live;
  readonly runs: GraphRuns;
  continuePlan(key: {
    readonly tenant: string;
    readonly thread: string;
    readonly turn: string;
  }): Promise<void>;
  background(work: Promise<unknown>, where: string): void;
}

export interface Decisions {
  readonly service: Pick<AgentService, "decide" | "proposals">;
  recover(): Promise<void>;
}

export function createDecisions(services: DecisionServices): Decisions {
  const { ports, runs, options } = services;
  const { database } = options;
  /** The run that waits looks at the rows; then what of the plan came after the change begins. */
  const goOn = async ({ tenant, thread, turn }: ProposalRow): Promise<void> => {
    if (turn === null) return;
    await runs.resume(turn);
    if (thread !== null) await services.continuePlan({ tenant, thread, turn });
  };
  return {
    service: {
      async decide(request) {
        const decided = await decide(ports.gate, request);
        const row = await settle(services, request.tenant, request.proposal);
        if (row.state !== "pending" && !decided.already) {
          const reason = request.reason?.trim() || null;
          services.background(rememberDecision(options.memory, { ...row, reason }), "memory");
        }
        if (row.turn !== null) services.background(goOn(row), "resume");
        const [proposal] = await toCards(database, [await findProposal(database, row.tenant, row.id)]);
        return { ...decided, proposal: proposal! };
      },
      async proposals({ person, tenant, state }) {
        await resolveSpeaker(database, tenant, person);
        return listProposals(services, tenant, state);
      },
    },
    async recover() {
      for (const { id: tenant } of await database.select({ id: tenants.id }).from(tenants)) {
        await anchorLedger(ports.gate, tenant);
        await recover(ports, { tenant, alone: options.alone === true });
        const left = await unannounced(database, tenant);
        for (const row of left) await announce(services, row);
        const turns = new Map(left.map((row) => [row.turn, row]));
        for (const row of turns.values()) services.background(goOn(row), "resume");
      }
    },
  };
}
