import { z } from "zod";
import { metrics } from "../../inputs.ts";

/** `PromisedEffect` of tools/define.ts, as it comes in an input or out of a database. */
export const Promised = z.object({
  log: z.string(),
  metric: z.enum(metrics),
  activity: z.string().optional(),
  unit: z.string(),
  before: z.number(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  minimumCases: z.number(),
  /** With `{since}` where the first instant goes. */
  sql: z.string(),
});
export type Promised = z.infer<typeof Promised>;
