/** What the agent says of itself to the tools that report on it. */

/** Who must agree to what a tool would change. */
export interface PolicyOfTool {
  readonly tool: string;
  readonly risk: string;
  readonly policy: string;
  readonly role: string;
  readonly quorum: number;
  readonly hours: number;
  readonly words: string;
}

/** What language models may use: millionths of a US dollar, tokens; null for no limit. */
export interface BudgetOfModel {
  readonly micros: number | null;
  readonly tokens: number | null;
  /** "10 USD, 20,000,000 tokens" */
  readonly text: string;
}

export interface AgentPort {
  readonly planner: string;
  /** Day of the price table by which costs were counted. */
  readonly pricesAsOf: string;
  /** Of a turn, of a person's day, of everybody's day. Days are UTC's. */
  readonly budgets: Readonly<Record<"turn" | "person" | "tenant", BudgetOfModel>>;
  readonly embedder: string;
  /** Traces go to a collector as well. */
  readonly exportsTraces: boolean;
  readonly policies: readonly PolicyOfTool[];
}

declare module "../define.ts" {
  interface ToolServices {
    readonly agent?: AgentPort;
  }
}
