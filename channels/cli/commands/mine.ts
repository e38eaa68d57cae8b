import { writeFile } from "node:fs/promises";
import { MillwrightError } from "../../../errors.ts";
import { type Command, type MineOptions, text } from "../command.ts";
import { FileUnreadableError, UsageError } from "../errors.ts";
import { readJson } from "../files.ts";
import { drawMine } from "../render/mine.ts";
import { withProgress } from "../terminal.ts";

const roles = ["case", "activity", "timestamp", "start", "resource", "lifecycle", "instance"] as const;

export const mine: Command = {
  name: "mine",
  summary: "Counts, edges, times, bottlenecks, quality findings and a model of a log. Stores nothing.",
  takes: "LOG [options]",
  arity: [1, 1],
  options: {
    map: {
      type: "string",
      value: "ROLE=COLUMN,…",
      description: `Columns by role: ${roles.join(", ")}; guessed when absent`,
    },
    lifecycle: {
      type: "string",
      value: "all|complete",
      description: "`complete` drops all other rows first",
    },
    classifier: {
      type: "string",
      value: "name|name+lifecycle|NAME",
      description:
        "What an activity is; `name+lifecycle` adds +TRANSITION; NAME is one of the XES file's own",
    },
    "object-type": {
      type: "string",
      value: "TYPE",
      description: "Of an object-centric log: the objects that are the cases",
    },
    calendar: {
      type: "string",
      value: "FILE",
      description: "Count every duration in the working hours of this calendar (JSON)",
    },
    bpmn: { type: "string", value: "FILE", description: "Write the model as BPMN 2.0" },
    "no-model": { type: "boolean", description: "Leave the model out" },
  },
  async run({ globals, positionals, options }, { terminal, engines, signal }) {
    const file = positionals[0] ?? "";
    const calendar = text(options["calendar"]);
    const request = {
      ...mineOptions(options, globals.zone),
      ...(calendar === undefined ? {} : { calendar: await readJson(calendar) }),
      signal,
    };
    const result = await withProgress(terminal, (onProgress) =>
      engines.mine(file, { ...request, onProgress }).catch(throwUsage),
    );
    const bpmn = text(options["bpmn"]);
    if (bpmn !== undefined && result.model) await writeModel(bpmn, result.model.bpmn);
    await terminal.out(globals.json ? `${JSON.stringify(result)}\n` : drawMine(result, terminal));
    return 0;
  },
};

function mineOptions(
  options: Readonly<Record<string, string | boolean | undefined>>,
  zone: string | undefined,
): MineOptions {
  const lifecycle = choice(options["lifecycle"], "lifecycle", ["all", "complete"] as const);
  const classifier = text(options["classifier"]);
  const mapping = mappingOption(options);
  const bpmn = text(options["bpmn"]);
  if (bpmn !== undefined && options["no-model"] === true) {
    throw new UsageError("--bpmn needs the model that --no-model leaves out.", "mine");
  }
  return {
    model: options["no-model"] !== true,
    ...(mapping === undefined ? {} : { mapping }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
    ...(classifier === undefined ? {} : { classifier }),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** `--map` and `--object-type`. */
export function mappingOption(
  options: Readonly<Record<string, string | boolean | undefined>>,
): Record<string, string | null> | undefined {
  const [words, objectType] = [text(options["map"]), text(options["object-type"])];
  if (words === undefined && objectType === undefined) return undefined;
  return {
    ...(words === undefined ? {} : parseMapping(words)),
    ...(objectType === undefined ? {} : { objectType }),
  };
}

/** A classifier that the log does not have is bad use, though only the log can tell. */
function throwUsage(error: unknown): never {
  if (error instanceof MillwrightError && error.code === "log-classifier")
    throw new UsageError(`${error.message}.`, "mine");
  throw error;
}

/** `case=Order, No.,activity=Step`: a comma ends a column's name only where a role follows. */
export function parseMapping(words: string): Record<string, string | null> {
  const mapping: Record<string, string | null> = {};
  for (const part of words.split(new RegExp(`,(?=\\s*(?:${roles.join("|")})=)`))) {
    const [role = "", ...rest] = part.split("=");
    const column = rest.join("=");
    if (!roles.some((known) => known === role.trim()) || column === "") {
      throw new UsageError(`“${part}” is not ROLE=COLUMN; roles are ${roles.join(", ")}.`, "mine");
    }
    mapping[role.trim()] = column === "none" ? null : column;
  }
  return mapping;
}

function choice<Value extends string>(
  given: string | boolean | undefined,
  name: string,
  values: readonly Value[],
): Value | undefined {
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (!found) throw new UsageError(`--${name} is one of ${values.join(", ")}.`, "mine");
  return found;
}

async function writeModel(file: string, xml: string): Promise<void> {
  try {
    await writeFile(file, xml);
  } catch (error) {
    throw new FileUnreadableError(file, error);
  }
}
