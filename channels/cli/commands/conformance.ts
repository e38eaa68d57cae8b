import { type Command, type ConformanceOptions, text } from "../command.ts";
import { UsageError } from "../errors.ts";
import { drawConformance } from "../render/conformance.ts";
import { parseMapping } from "./mine.ts";

export const conformance: Command = {
  name: "conformance",
  summary: "Holds a log against a model: fitness, precision, deviations with what they cost. Stores nothing.",
  takes: "LOG MODEL [options]",
  arity: [2, 2],
  options: {
    map: { type: "string", value: "ROLE=COLUMN,…", description: "Columns by role, as for `mine`" },
    lifecycle: {
      type: "string",
      value: "all|complete",
      description: "`complete` drops all other rows first",
    },
    money: {
      type: "string",
      value: "ATTRIBUTE",
      description: "Case attribute that holds an amount; guessed when absent",
    },
    compare: {
      type: "string",
      value: "MODEL",
      description: "A second model, for how far the two agree",
    },
    time: { type: "string", value: "SECONDS", description: "For the alignments; 60 by default" },
  },
  async run({ globals, positionals, options }, { terminal, engines, signal }) {
    const [log = "", model = ""] = positionals;
    const result = await engines.conformance(log, model, conformanceOptions(options, globals.zone), signal);
    await terminal.out(globals.json ? `${JSON.stringify(result)}\n` : drawConformance(result, terminal));
    return 0;
  },
};

function conformanceOptions(
  options: Readonly<Record<string, string | boolean | undefined>>,
  zone: string | undefined,
): ConformanceOptions {
  const [mapping, lifecycle, money, mined, time] = ["map", "lifecycle", "money", "compare", "time"].map(
    (name) => text(options[name]),
  );
  if (lifecycle !== undefined && lifecycle !== "all" && lifecycle !== "complete") {
    throw new UsageError("--lifecycle is one of all, complete.", "conformance");
  }
  return {
    ...(mapping === undefined ? {} : { mapping: parseMapping(mapping) }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
    ...(money === undefined ? {} : { money }),
    ...(mined === undefined ? {} : { mined }),
    ...(zone === undefined ? {} : { zone }),
    ...(time === undefined ? {} : { milliseconds: milliseconds(time) }),
  };
}

function milliseconds(time: string): number {
  const seconds = Number(time);
  if (!(seconds > 0) || seconds > 86_400) {
    throw new UsageError("--time is a number of seconds, more than 0 and at most a day.", "conformance");
  }
  return seconds * 1000;
}
