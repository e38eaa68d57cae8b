/** What may be said at once instead of calling a tool, and the pieces it is made of. */
import type { Message } from "../../../tools/define.ts";
import type { Briefing } from "../provider.ts";
import type { Concept } from "./languages/language.ts";
import type { Reading } from "./link/reading.ts";
import type { Said, SayKind } from "./plan.ts";
import type { PlannerState } from "./state.ts";

export interface Spoken {
  readonly say: SayKind;
  readonly said: Said;
  readonly confidence: number;
  readonly supersedes?: readonly string[];
}

export interface Situation {
  readonly reading: Reading;
  readonly briefing: Briefing;
  readonly state: PlannerState;
}

export const any = (reading: Reading, ...wanted: Concept[]): boolean =>
  wanted.some((concept) => reading.concepts.has(concept));
export const asks = (example: string, text = "For example: {example}"): NonNullable<Said["next"]> => ({
  label: { text, values: { example } },
  ask: example,
});
export const line = (text: string, values?: Message["values"]): Message =>
  values ? { text, values } : { text };

export const refusal = (headline: Message, notes: readonly Message[], example: string): Spoken => ({
  say: "refuse",
  said: { headline, notes, next: asks(example, "Ask instead: {example}") },
  confidence: 0.95,
});
