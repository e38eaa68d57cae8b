/** What the composition root decides about calls to other systems. */
export interface ConnectorSettings {
  /** `host:port` that may be reached although it is private; nothing else private is. */
  readonly allowedHosts: readonly string[];
  /** Opens a reference (`env:NAME`, `file:/path`); the secret stays in memory and in the one request. */
  readonly openSecret: (reference: string) => Promise<string>;
  /** Milliseconds until an attempt is given up. */
  readonly timeout: number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly now: () => Date;
  /** Ids for rows of `calls`. */
  readonly newId: () => string;
}

declare module "../define.ts" {
  interface ToolServices {
    readonly connectors?: ConnectorSettings;
  }
}
