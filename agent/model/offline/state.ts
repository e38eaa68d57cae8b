/** What a thread remembers between turns, as plain JSON in `FinalParts.state`. */
import { z } from "zod";
import type { Fact } from "../../../tools/define.ts";
import { FilterSchema } from "../../../tools/inputs.ts";

const Call = z.object({ tool: z.string(), input: z.record(z.string(), z.unknown()) });
const Shown = z.object({
  /** A record is another system's, by its id. */
  kind: z.enum(["activity", "value", "row", "record"]),
  name: z.string(),
  attribute: z.string().optional(),
});

/** A call of a connected system's operation that something is missing for. */
const Pending = z.object({
  /** What was said. */
  text: z.string(),
  /** Operations that may be meant. */
  among: z.array(z.object({ connector: z.string(), operation: z.string() })),
  arguments: z.record(z.string(), z.unknown()),
  /** Parameters that were asked for. */
  wants: z.array(z.string()),
});
export type PendingCall = z.infer<typeof Pending>;

const StateSchema = z.object({
  /** The last turn's calls, the leading one first. */
  frames: z.array(Call).default([]),
  /** The calls about cases that the thread was at, where the last turn asked for something beside ("who approved that?"). */
  earlier: z.array(Call).default([]),
  /** Changes that results suggested and nobody has proposed. */
  suggests: z.array(Call).default([]),
  /** What the last table listed, in its order: "the second one". */
  shown: z.array(Shown).default([]),
  /** Readings that the last clarification offered. */
  readings: z.array(Call.extend({ label: z.string() })).default([]),
  /** The words of the next step that was offered. */
  next: z.string().nullable().default(null),
  /** Proposals that this thread has made. */
  proposals: z.array(z.string()).default([]),
  /** The log that the words switched to, and the thread's log then. */
  log: z.object({ id: z.string(), over: z.string().nullable() }).nullable().default(null),
  /** A question that waits for a log to be named. */
  asked: z
    .object({ text: z.string(), logs: z.array(z.string()) })
    .nullable()
    .default(null),
  /** What was said before something was asked back, with no readings to choose from. */
  open: z.string().nullable().default(null),
  /** A call that waits for what was asked for. */
  call: Pending.nullable().default(null),
  /** The filters before each step of the present line of questions, oldest first; the present ones are the frame's. */
  filterHistory: z.array(z.array(FilterSchema)).default([]),
  /** The last answer's own figures. */
  facts: z.array(z.custom<Fact>()).default([]),
});
export type PlannerState = z.infer<typeof StateSchema>;

/** A state that an older version wrote, or none, is an empty one. */
export function stateOf(kept: Readonly<Record<string, unknown>>): PlannerState {
  const parsed = StateSchema.safeParse(kept);
  return parsed.success ? parsed.data : StateSchema.parse({});
}
