/**
 * The tool by which a hosted model says its plan for a large request. It is no tool of the product and does nothing: people are
 * shown the steps, and which of them is done, code tells by the calls that ran.
 */
import { z } from "zod";
import { isShown, type PlannedStep, type RunPlan, shownFrom } from "../plans/plan.ts";
import type { DeclaredTool } from "./hosted-tools.ts";
import type { Briefing } from "./provider.ts";

export const planTool = "plan";

/** More steps than any plan may have are refused; the limit itself is the monitor's. */
const mostSteps = 20;

const Plan = z.object({
  language: z.string().min(2),
  steps: z
    .array(
      z.object({
        title: z.string().trim().min(1).max(120),
        tool: z.string(),
        why: z.string().trim().min(1).max(200).optional(),
      }),
    )
    .min(shownFrom)
    .max(mostSteps),
});

export const declarePlan: DeclaredTool = {
  name: planTool,
  description:
    "Shows the person your plan before you carry it out. Use it once, first, for a request that takes three calls or more, together " +
    "with the calls of its first steps. It changes nothing, and a step is done only by calling its tool.",
  schema: {
    type: "object",
    properties: {
      language: { type: "string", description: "BCP 47 code of the person's language" },
      steps: {
        type: "array",
        minItems: shownFrom,
        maxItems: mostSteps,
        description: "In the order in which you will take them, one for each call",
        items: {
          type: "object",
          properties: {
            title: {
              type: "string",
              description: "What the step does, in the person's words and language, without figures",
            },
            tool: { type: "string", description: "The name of the tool that it calls" },
            why: { type: "string", description: "What it is for, where that is not plain" },
          },
          required: ["title", "tool"],
        },
      },
    },
    required: ["language", "steps"],
  },
};

export interface SaidPlan {
  readonly language: string;
  readonly steps: readonly PlannedStep[];
  /** Its calls belong to its steps by their tools. */
  readonly byTool: true;
}

const figures = (text: string): readonly string[] => text.match(/\p{N}+(?:[.,]\p{N}+)*/gu) ?? [];

/**
 * @param input as it came; the names of tools as they are on the wire or in the product
 * @param unwire a tool's name on the wire → in the product
 */
export function readPlan(
  input: unknown,
  { tools, text }: Briefing,
  unwire: (name: string) => string,
): SaidPlan | { readonly problem: string } {
  const parsed = Plan.safeParse(input);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  const { language, steps } = parsed.data;
  const known = new Set(tools.map(({ name }) => name));
  const said = new Set(figures(text));
  const planned = steps.map(({ title, tool, why = null }, at) => ({
    id: `step-${at + 1}`,
    tool: unwire(tool),
    title,
    why,
  }));
  const foreign = planned.find(({ tool }) => !known.has(tool));
  if (foreign !== undefined)
    return { problem: `There is no tool "${foreign.tool}" that this person may ask for.` };
  const invented = planned.find(({ title, why }) =>
    figures(`${title} ${why ?? ""}`).some((figure) => !said.has(figure)),
  );
  if (invented !== undefined)
    return { problem: `"${invented.title}" has a figure that the person did not say. Titles have none.` };
  return { language, steps: planned, byTool: true };
}

/** What a model is told of a plan that it said alone. */
export const planStands = JSON.stringify({ plan: "It is shown. Now call the tools of its first steps." });

/** How far the plan is, for the model that goes on with it; null where it said none. */
export function progressNote(plan: RunPlan | undefined): string | null {
  if (plan?.byTool !== true || !isShown(plan)) return null;
  const lines = plan.steps.map(
    ({ title, state, note }) => `- ${title}: ${state}${note === null ? "" : ` (${note})`}`,
  );
  return `(Your plan as code keeps it:\n${lines.join("\n")}\nWhat is skipped or stopped stays undone. Go on with what is waiting, or hand in your reply.)`;
}
