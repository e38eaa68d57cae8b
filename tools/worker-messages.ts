/** What the pool and its threads say to each other. */
import type { ErrorRecord } from "../errors.ts";

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
