/** Checks all calls of a plan before any of them runs. */
import { isDeepStrictEqual } from "node:util";
import type { AIMessage } from "@langchain/core/messages";
import { z } from "zod";
import type { Person, Tool } from "../../tools/define.ts";
import type { CalendarChoice } from "../../tools/inputs.ts";
import { mayAskFor, type Registry } from "../../tools/registry.ts";
import { NotAllowedError, NotFoundError, ToolInputError } from "../errors.ts";
import type { CheckedCall } from "./state.ts";

export interface BadCall {
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
  readonly error: NotFoundError | NotAllowedError | ToolInputError;
}

export interface CheckedPlan {
  readonly good: readonly CheckedCall[];
  readonly bad: readonly BadCall[];
}

/** The tool of a name. Throws when there is none or the person may not ask for it. */
export function toolFor(registry: Registry, name: string, person: Person | null): Tool {
  const tool = registry.find(name);
  if (tool === null) throw new NotFoundError("tool", name);
  if (!mayAskFor(tool, person)) {
    const who = person === null ? "Somebody without a name" : `${person.name} (${person.roles.join(", ")})`;
    throw new NotAllowedError(`${who} may not ask for ${name}`, tool.roles?.join(" or ") ?? "a known person");
  }
  return tool;
}

/** The parsed input. Throws `ToolInputError` naming every field that does not fit. */
export function parseInput(tool: Tool, input: unknown): unknown {
  const parsed = tool.input.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ToolInputError(tool.name, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, " "));
}

const isExpected = (error: unknown): error is BadCall["error"] =>
  error instanceof NotFoundError || error instanceof NotAllowedError || error instanceof ToolInputError;

/** Whether a tool can count in business time. */
export const takesCalendar = (tool: Pick<Tool, "input">): boolean =>
  tool.input instanceof z.ZodObject && "calendar" in tool.input.shape;

/** The input with further filters, where its tool takes any. */
export function withFilters(tool: Pick<Tool, "input">, input: unknown, filters: readonly unknown[]): unknown {
  if (!(tool.input instanceof z.ZodObject && "filters" in tool.input.shape)) return input;
  const given = (input as { readonly filters?: readonly unknown[] }).filters ?? [];
  const further = filters.filter((filter) => !given.some((other) => isDeepStrictEqual(other, filter)));
  return { ...(input as object), filters: [...given, ...further] };
}

const withoutSpaces = (text: string): string => text.replace(/\s+/g, "");

/**
 * What a model read somewhere cannot connect a system or name a secret: such inputs come from a person.
 * Throws `ToolInputError` naming the field.
 */
function refuseForeign(tool: Tool, input: Readonly<Record<string, unknown>>, message: string): void {
  const given = (name: string): boolean => input[name] !== undefined && input[name] !== null;
  const secret = tool.notFromModels?.find(given);
  if (secret !== undefined)
    throw new ToolInputError(tool.name, `${secret} is only taken from a call by name, never from a model`);
  const said = withoutSpaces(message);
  const foreign = tool.fromTheMessage?.find(
    (name) => given(name) && !said.includes(withoutSpaces(String(input[name]))),
  );
  if (foreign !== undefined)
    throw new ToolInputError(tool.name, `${foreign} is not in the person's own message`);
}

/**
 * Sorts a plan's calls into those that may run and those that may not, with the reason. A `calendar` that came with the
 * message goes to every call that can count by it.
 *
 * @param text what the person said
 */
export function checkPlan(
  message: AIMessage,
  registry: Registry,
  person: Person | null,
  text: string,
  calendar?: CalendarChoice,
): CheckedPlan {
  const good: CheckedCall[] = [];
  const bad: BadCall[] = [];
  for (const [index, call] of (message.tool_calls ?? []).entries()) {
    const id = call.id ?? `call-${index}`;
    try {
      const tool = toolFor(registry, call.name, person);
      refuseForeign(tool, call.args, text);
      const counted = calendar !== undefined && takesCalendar(tool) ? { calendar } : {};
      good.push({ id, tool: call.name, input: parseInput(tool, { ...call.args, ...counted }) });
    } catch (error) {
      if (!isExpected(error)) throw error;
      bad.push({ id, tool: call.name, input: call.args, error });
    }
  }
  for (const [index, call] of (message.invalid_tool_calls ?? []).entries()) {
    const tool = call.name ?? "unknown";
    const error = new ToolInputError(tool, `not valid JSON: ${(call.args ?? "").slice(0, 200)}`);
    bad.push({ id: call.id ?? `invalid-${index}`, tool, input: call.args ?? null, error });
  }
  return { good, bad };
}
