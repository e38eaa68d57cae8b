/** The port through which other rooms suggest work for people in another system, without knowing which. */
import type { PromisedEffect } from "../define.ts";

export interface WorkItem {
  readonly title: string;
  readonly description: string;
  readonly priority: "low" | "medium" | "high";
  /** Only this connector, by id; the first that takes work items when absent. */
  readonly system?: string;
  /** What approving it is expected to do; checked afterwards. */
  readonly promise?: PromisedEffect;
}

export interface WorkItems {
  /** The call that would create it, or null when no imported system takes work items. Nothing happens yet. */
  propose(item: WorkItem): Promise<{ tool: string; input: unknown } | null>;
}

declare module "../define.ts" {
  interface ToolServices {
    readonly workItems?: WorkItems;
  }
}
