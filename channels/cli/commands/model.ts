import { writeFile } from "node:fs/promises";
import { type Command, type ModelOptions, text } from "../command.ts";
import { FileUnreadableError, UsageError } from "../errors.ts";

const formats = ["bpmn", "pnml", "ptml", "tree", "dot", "svg"] as const;
const algorithms = [
  "best",
  "inductive",
  "inductive-graph",
  "inductive-lifecycle",
  "directly-follows",
  "split",
  "heuristics",
  "alpha",
] as const;
const pictures = ["map", "bpmn", "net"] as const;

export const model: Command = {
  name: "model",
  summary: "The model of a log, or of a model file, in any format. Stores nothing.",
  takes: "FILE [options]",
  arity: [1, 1],
  options: {
    format: { type: "string", value: formats.join("|"), description: "Told by --to's ending when absent" },
    to: { type: "string", value: "FILE", description: "Where to write; printed when absent" },
    picture: {
      type: "string",
      value: pictures.join("|"),
      description: "What an SVG or DOT file shows; `map` only of a log",
    },
    shown: { type: "string", value: "SHARE", description: "Of a log: the share of cases to keep, 0 to 1" },
    algorithm: {
      type: "string",
      value: "NAME",
      description: `Of a log: ${algorithms.join(", ")}`,
    },
    noise: { type: "string", value: "SHARE", description: "Of a log: the algorithm's own filter, 0 to 1" },
    process: { type: "string", value: "NAME", description: "Of a BPMN file with several: which" },
    lifecycle: {
      type: "string",
      value: "all|complete",
      description: "`complete` drops all other rows first",
    },
  },
  async run({ globals, positionals, options }, { terminal, engines, signal }) {
    const to = text(options["to"]);
    const given = modelOptions(options, to, globals.zone);
    const made = await engines.model(positionals[0] ?? "", { ...given, signal });
    if (to !== undefined) await write(to, made.text);
    const { text: content, ...about } = made;
    if (globals.json) {
      const answer = {
        format: given.format,
        ...about,
        ...(to === undefined ? { text: content } : { file: to }),
      };
      await terminal.out(`${JSON.stringify(answer)}\n`);
      return 0;
    }
    if (to === undefined) await terminal.out(content);
    const said = [...about.notes, ...soundnessLine(about.soundness)];
    for (const note of said) await terminal.error(`${note}\n`);
    return 0;
  },
};

function soundnessLine(found: { verdict: string; explanation?: string } | null): string[] {
  if (found?.verdict === "unsound") return [`The model is not sound: ${found.explanation ?? ""}`];
  return found?.verdict === "undecided" ? ["Whether the model is sound was not decided."] : [];
}

function modelOptions(
  options: Readonly<Record<string, string | boolean | undefined>>,
  to: string | undefined,
  zone: string | undefined,
): ModelOptions {
  const format = choice(options["format"], "format", formats) ?? formatOf(to);
  const picture = choice(options["picture"], "picture", pictures);
  const lifecycle = choice(options["lifecycle"], "lifecycle", ["all", "complete"] as const);
  const process = text(options["process"]);
  const shown = shareOf(text(options["shown"]));
  const algorithm = choice(options["algorithm"], "algorithm", algorithms);
  const noise = noiseOf(text(options["noise"]));
  if (picture !== undefined && format !== "svg" && format !== "dot") {
    throw new UsageError("--picture is for svg and dot.", "model");
  }
  return {
    format,
    ...(picture === undefined ? {} : { picture }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
    ...(process === undefined ? {} : { process }),
    ...(shown === undefined ? {} : { shown }),
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(noise === undefined ? {} : { noise }),
    ...(zone === undefined ? {} : { zone }),
  };
}

function formatOf(to: string | undefined): ModelOptions["format"] {
  const ending =
    to === undefined ? "bpmn" : /\.([a-z]+)$/i.exec(to.replace(/\.txt$/i, ""))?.[1]?.toLowerCase();
  const found = formats.find((format) => format === ending);
  if (found) return found;
  throw new UsageError(`Which format is ${to}? Say --format ${formats.join("|")}.`, "model");
}

function shareOf(words: string | undefined): number | undefined {
  if (words === undefined) return undefined;
  const share = Number(words);
  if (share > 0 && share <= 1) return share;
  throw new UsageError("--shown is a share above 0 and up to 1.", "model");
}

function noiseOf(words: string | undefined): number | undefined {
  if (words === undefined) return undefined;
  const noise = Number(words);
  if (words.trim() !== "" && noise >= 0 && noise <= 1) return noise;
  throw new UsageError("--noise is a share from 0 to 1.", "model");
}

function choice<Value extends string>(
  given: string | boolean | undefined,
  name: string,
  values: readonly Value[],
): Value | undefined {
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (!found) throw new UsageError(`--${name} is one of ${values.join(", ")}.`, "model");
  return found;
}

async function write(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    throw new FileUnreadableError(file, error);
  }
}
