/** What a protocol of hosted models must do: one attempt at one message. Prompting, retries and reading are shared. */
import type { BaseMessage } from "@langchain/core/messages";
import type { DeclaredTool } from "./hosted-tools.ts";
import type { AbsenceReason } from "./offline/absence.ts";
import type { WireUsage } from "./usage.ts";

export interface Prompt {
  /** The same for every turn and tenant, so that servers may cache it together with the tools. */
  readonly instructions: string;
  /** What is so in this turn. */
  readonly briefing: string;
  /** Without system messages; the person's messages never stand next to each other. */
  readonly messages: readonly BaseMessage[];
  readonly tools: readonly DeclaredTool[];
}

export interface WireCall {
  readonly id: string;
  readonly name: string;
  /** The input's JSON exactly as it came. */
  readonly json: string;
}

export type Block = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface WireReply {
  /** Text and thinking in their order, as the server wants them back. */
  readonly blocks: readonly Block[];
  readonly calls: readonly WireCall[];
  readonly stop: "done" | "refused" | "cut-off" | "context-full";
  /** In the protocol's own words. */
  readonly stopReason: string;
}

/** What an attempt has used so far; written while it runs, so that a broken one is counted too. */
export interface Meter {
  usage: WireUsage;
  /** The server does not count: the usage is estimated by length. */
  estimated: boolean;
}

export interface Attempt {
  readonly prompt: Prompt;
  readonly signal: AbortSignal | undefined;
  readonly meter: Meter;
}

export interface Failure {
  /** Says nothing of the request. */
  readonly reason: AbsenceReason;
  readonly retry: boolean;
  /** What the server asks for, where it does. */
  readonly afterMilliseconds: number | null;
  /** The thread no longer fits into the model. */
  readonly contextFull?: boolean;
}

export interface Wire {
  readonly model: string;
  /** Tokens a message may have, thinking included. */
  readonly maxTokens: number;
  /** A whole message, or an error. Rejects when the stream ends before the message did. */
  attempt(attempt: Attempt): Promise<WireReply>;
  /** Null for errors that are neither the server's nor the connection's. */
  failureOf(error: unknown): Failure | null;
}

/** A stream that ended before the message did. */
export class DroppedStreamError extends Error {
  constructor(options?: ErrorOptions) {
    super("The stream ended before the message did", options);
    this.name = "DroppedStreamError";
  }
}

/** A server that took a request and says nothing more. */
export class SilentServerError extends Error {
  constructor(milliseconds: number) {
    super(`The server has said nothing for ${milliseconds} ms`);
    this.name = "SilentServerError";
  }
}

/** Failures that look the same in every protocol; null for others. */
export function connectionFailure(error: unknown): Failure | null {
  const failure = (reason: AbsenceReason): Failure => ({ reason, retry: true, afterMilliseconds: null });
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof SilentServerError) return failure("timeout");
    if (cause instanceof DroppedStreamError) return failure("connection");
  }
  const broken = error instanceof TypeError && /terminated|fetch failed|network/i.test(error.message);
  return broken ? failure("connection") : null;
}

/** What a server asks to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date. */
export function retryAfter(headers: Headers | undefined, now: Date): number | null {
  const milliseconds = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds;
  const told = headers?.get("retry-after")?.trim();
  if (!told) return null;
  const seconds = Number(told);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null;
  const at = Date.parse(told);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
