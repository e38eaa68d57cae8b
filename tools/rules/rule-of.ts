import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { ruleWords } from "../inputs.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import type { Condition } from "./core/condition.ts";
import { RuleWordsError } from "./core/errors.ts";
import { parseCondition } from "./core/parse-condition.ts";
import { checkCondition, schemaOf } from "./core/schema.ts";
import { attributeValues } from "./core/track-record.ts";
import { ruleFromWords } from "./core/words.ts";

/** A condition that cannot be read does not fit, and says where: whoever wrote it may write it again. */
function readable(condition: string, context: z.RefinementCtx): void {
  try {
    parseCondition(condition);
  } catch (error) {
    if (!(error instanceof MillwrightError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
  }
}

/** A rule as a tool's input: its condition and action, or the person's words for both. */
export const ruleFields = {
  condition: z
    .string()
    .superRefine(readable)
    .optional()
    .describe('For example: order_value > 500 and waiting("Credit check") > 2h'),
  action: z.string().optional().describe("snake_case: escalate, notify_manager"),
  words: ruleWords.optional(),
};

export interface Rule {
  readonly condition: Condition;
  readonly action: string;
}

/** The rule of an input, checked against the log. */
export function ruleOf(
  input: { condition?: string | undefined; action?: string | undefined; words?: string | undefined },
  log: EventLog,
): Rule {
  const schema = schemaOf(log);
  if (input.condition !== undefined) {
    const condition = parseCondition(input.condition);
    checkCondition(condition, schema);
    return { condition, action: input.action ?? "notify_manager" };
  }
  if (input.words === undefined) throw new RuleWordsError("", "condition");
  const { condition, action } = ruleFromWords(input.words, schema, attributeValues(log));
  checkCondition(condition, schema);
  return { condition, action };
}
