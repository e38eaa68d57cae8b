/** What a case is asked in: an agent over a database of its own, and what can be seen of it from outside. */
import type { AgentService } from "../agent/service.ts";
import type { Case } from "./case.ts";
import type { Judgement } from "./live/judgement.ts";
import type { Door, Handed } from "./parity.ts";

export interface World {
  readonly service: AgentService;
  readonly tenant: string;
  /** The clock that words are meant by. */
  readonly now: Date;
  /** What the scripted model says from now on; without one, the planner of the tier answers. */
  script(steps: Case["script"]): void;
  /** Executions that the ledger holds. */
  effects(): Promise<number>;
  /** A digest of everything that is kept, but for conversations. */
  state(): Promise<string>;
  /** Millionths of a US dollar that the thread's model calls cost. */
  cost(thread: string): Promise<number>;
  /** Makes a twin of a pending proposal, of a digest of its own, whose time is over. */
  lapse(proposal: string): Promise<{ readonly id: string; readonly digest: string }>;
  /** Says the same in a new thread through a channel of the running server. */
  through(door: Door, asked: { readonly text: string; readonly person: string }): Promise<Handed>;
  /** A model's opinion of the replies; absent where none is configured. */
  judge?(note: string, transcript: readonly Exchange[]): Promise<Judgement>;
  close(): Promise<void>;
}

/** Worlds by name: each prepared once, and copied. */
export interface Worlds {
  open(name: string): Promise<World>;
}

/** Of a reply, what a report shows. */
export interface Exchange {
  readonly say: string;
  readonly person: string;
  readonly reply: string;
  readonly calls: readonly { readonly tool: string; readonly input: unknown }[];
  readonly proposals: readonly string[];
  readonly facts: readonly { readonly label: string; readonly value: number; readonly unit: string }[];
  /** Whether it asked back, and whether it was expected to (null: either). */
  readonly asked: boolean;
  readonly shouldAsk: boolean | null;
  readonly milliseconds: number;
}
