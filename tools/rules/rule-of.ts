import { z } from "zod";
import { ruleWords } from "../inputs.ts";
import type { EventLog } from "../logs/core/event-log.ts";
import type { Condition } from "./core/condition.ts";
import { RuleWordsError } from "./core/errors.ts";
import { parseCondition } from "./core/parse-condition.ts";
import { checkCondition, schemaOf } from "./core/schema.ts";
import { attributeValues } from "./core/track-record.ts";
import { ruleFromWords } from "./core/words.ts";

/** A rule as a tool's input: its condition and action, or the person's words for both. */
export const ruleFields = {
  condition: z
    .string()
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
