/** What the nodes of the graph share: the service's options and the live side of each run. */
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { Fact, Person } from "../../tools/define.ts";
import type { Gate } from "../approvals/gate.ts";
import type { Briefing } from "../model/provider.ts";
import type { Limits, ServiceOptions } from "../options.ts";
import type { Pace } from "../plans/pace.ts";
import type { Body } from "../threads/events.ts";
import type { Recorder } from "../threads/recorder.ts";
import type { TurnRequest } from "./state.ts";

/** A turn while this process runs it; what must survive the process is in the state. */
export interface LiveTurn {
  readonly request: TurnRequest;
  readonly person: Person | null;
  readonly signal: AbortSignal;
  readonly recorder: Recorder;
  readonly briefing: Briefing;
  /** Earlier questions and replies of the thread, oldest first; figures of replies are `{{factId}}` holes. */
  readonly history: readonly { readonly from: "person" | "agent"; readonly text: string }[];
  /** Facts of earlier replies, which this one may refer to. */
  readonly earlierFacts: readonly Fact[];
  /** How long the turn has worked. */
  readonly pace: Pace;
  /** Events of this turn that were recorded before a restart: `type:callId`. */
  readonly recorded: ReadonlySet<string>;
}

export interface GraphServices {
  readonly options: ServiceOptions;
  readonly limits: Limits;
  readonly gate: Gate;
  /** The live side of the run that a node is called for. */
  turnOf(config: LangGraphRunnableConfig): LiveTurn;
  /** Executes what is approved and records what became of a proposal; once, however often it is called. */
  settle(tenant: string, proposal: string): Promise<void>;
  report(error: unknown, where: string): void;
}

/** Records an event of a call unless it stands in the thread from before a restart. */
export async function recordCall(turn: LiveTurn, call: string, body: Body): Promise<void> {
  if (!turn.recorded.has(`${body.type}:${call}`)) await turn.recorder.record(body);
}
