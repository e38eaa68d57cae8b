/**
 * What is approved must stand in the input that the digest covers: the log that a thread means may be another one by the
 * time somebody decides.
 */
import { z } from "zod";
import type { ToolContext, WriteTool } from "../../tools/define.ts";

/** The input with the log named that is meant where it names none; all other inputs as they are. */
export async function withItsLog(tool: WriteTool, input: unknown, { logs }: ToolContext): Promise<unknown> {
  if (!takesLog(tool) || typeof input !== "object" || input === null) return input;
  if ("log" in input && input.log !== undefined) return input;
  const { name } = await logs.open();
  return { ...input, log: name };
}

function takesLog({ input }: WriteTool): boolean {
  if (!(input instanceof z.ZodObject)) return false;
  const field = input.shape["log"];
  return field instanceof z.ZodType && field.meta()?.["slot"] === "log";
}
