import type { Message, PromisedEffect, ToolContext } from "../define.ts";
import { printDuration } from "../rules/core/condition.ts";
import { normalizeName } from "../rules/core/nearest.ts";

export interface Suggestion {
  readonly tool: string;
  readonly input: unknown;
  readonly why: Message;
}

/** A work item in a connected system, if one takes them; null otherwise. */
export async function proposeWork(
  context: ToolContext,
  title: string,
  description: string,
  promise: PromisedEffect,
): Promise<Suggestion | null> {
  const call = await context.services.workItems?.propose({ title, description, priority: "medium", promise });
  return call == null ? null : { ...call, why: { text: "Put it to work: {title}.", values: { title } } };
}

/** Without such a system: a rule that tells the manager of the cases that wait at the activity meanwhile. */
export function suggestRule(
  log: string,
  activity: string,
  seconds: number,
  promise: PromisedEffect,
): Suggestion {
  const limit = Math.max(3_600, Math.round(seconds / 3_600) * 3_600);
  const condition = `waiting("${activity.replaceAll('"', '""')}") > ${printDuration(limit)}`;
  return {
    tool: "rules.publish",
    input: { log, condition, action: "notify_manager", promise },
    why: { text: "Tell the manager: if {condition}.", values: { condition } },
  };
}

/** A rule that leaves an activity out, always or where a condition holds. */
export function suggestSkip(
  log: string,
  activity: string,
  when: string | undefined,
  promise: PromisedEffect,
): Suggestion {
  const condition = when ?? "elapsed() >= 0s";
  const action = `skip_${normalizeName(activity).replaceAll(" ", "_")}`;
  return {
    tool: "rules.publish",
    input: { log, condition, action, promise },
    why: { text: "Make it a rule: if {condition}, then {action}.", values: { condition, action } },
  };
}
