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

export interface AgentPort {
  readonly planner: string;
  /** Day of the price table by which costs were counted. */
  readonly pricesAsOf: string;
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
