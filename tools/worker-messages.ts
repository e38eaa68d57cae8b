/** What the pool and its threads say to each other, and how errors cross between them. */
import { type ErrorDetails, MillwrightError } from "../errors.ts";

export type ToWorker =
  | {
      readonly kind: "run";
      readonly job: number;
      readonly module: string;
      readonly name: string;
      readonly input: unknown;
      readonly flag: Int32Array;
    }
  | { readonly kind: "cancel"; readonly job: number }
  | { readonly kind: "answer"; readonly job: number; readonly call: number; readonly output: unknown }
  | { readonly kind: "refusal"; readonly job: number; readonly call: number; readonly error: ErrorRecord };

export type FromWorker =
  | { readonly kind: "done"; readonly job: number; readonly output: unknown }
  | { readonly kind: "failed"; readonly job: number; readonly error: ErrorRecord }
  | { readonly kind: "progress"; readonly job: number; readonly message: string; readonly share?: number }
  | {
      readonly kind: "call";
      readonly job: number;
      readonly call: number;
      readonly name: string;
      readonly input: unknown;
    };

/** An error as plain values: structured clones forget classes and their fields. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** What makes it an error that a person may see. */
  readonly told?: { readonly code: string; readonly status: number; readonly details: ErrorDetails };
}

export function serialised(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  const record = { name, message, ...(stack === undefined ? {} : { stack }) };
  if (!(error instanceof MillwrightError)) return record;
  return { ...record, told: { code: error.code, status: error.status, details: error.details } };
}

/** The error again: under its name, with its code, status and details. */
export function revived({ name, message, stack, told }: ErrorRecord): Error {
  const error = told
    ? new MillwrightError(told.code, told.status, message, told.details)
    : new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
