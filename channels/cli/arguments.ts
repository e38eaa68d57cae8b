/** From words on the command line to an invocation, and usage texts. */
import { parseArgs } from "node:util";
import type { Command, Globals, Invocation, OptionSpec } from "./command.ts";
import { UsageError } from "./errors.ts";
import { padEnd } from "./terminal.ts";

export const globalOptions: Readonly<Record<string, OptionSpec>> = {
  json: { type: "boolean", description: "Print JSON; errors as one RFC 9457 object" },
  data: { type: "string", value: "DIR", description: "Data folder (MILLWRIGHT_DATA; ./.millwright)" },
  tz: {
    type: "string",
    value: "ZONE",
    description: "Time zone of times and words without one; UTC by default",
  },
  help: { type: "boolean", description: "Show this" },
};

export interface SplitArguments {
  /** `ledger verify` is one name; null when there is none. */
  readonly command: string | null;
  readonly rest: readonly string[];
}

/** Finds the command; global options may stand before it. */
export function splitArguments(words: readonly string[], names: readonly string[]): SplitArguments {
  let index = 0;
  while (index < words.length && words[index]?.startsWith("-")) {
    index += words[index] === "--data" || words[index] === "--tz" ? 2 : 1;
  }
  const pair = words.slice(index, index + 2).join(" ");
  const length = names.includes(pair) ? 2 : 1;
  const command = words.slice(index, index + length).join(" ");
  const rest = [...words.slice(0, index), ...words.slice(index + length)];
  return { command: command === "" ? null : command, rest };
}

/** Whether the words ask for JSON, before anything else about them is known to be right. */
export const wantsJson = (words: readonly string[]): boolean => {
  const end = words.indexOf("--");
  return words.slice(0, end < 0 ? undefined : end).includes("--json");
};

/** Throws UsageError for unknown options, missing values and a wrong number of arguments. */
export function parseInvocation(
  command: Command,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Invocation | "help" {
  const { values, positionals } = parsed(command, words);
  if (values["help"] === true) return "help";
  const [least, most] = command.arity;
  if (positionals.length < least)
    throw new UsageError(`${command.name} needs ${command.takes}.`, command.name);
  if (positionals.length > most) {
    throw new UsageError(
      `“${positionals[most]}” is one argument too many for ${command.name}.`,
      command.name,
    );
  }
  return { globals: globalsOf(values, environment, command), positionals, options: values };
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parsed(command: Command, words: readonly string[]): { values: Values; positionals: string[] } {
  const specs = { ...globalOptions, ...command.options };
  const options = Object.fromEntries(Object.entries(specs).map(([name, { type }]) => [name, { type }]));
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = "Bad use"] = (error as Error).message.split(". ");
    throw new UsageError(`${sentence.replace(/\.$/, "")}.`, command.name);
  }
}

function globalsOf(values: Values, environment: NodeJS.ProcessEnv, command: Command): Globals {
  const zone = typeof values["tz"] === "string" ? values["tz"] : undefined;
  if (zone !== undefined && !isZone(zone))
    throw new UsageError(`“${zone}” is not a time zone.`, command.name);
  const data = typeof values["data"] === "string" ? values["data"] : environment["MILLWRIGHT_DATA"];
  return { json: values["json"] === true, data: data || ".millwright", zone };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The instant of `--now`; undefined when it was not given. */
export function instantOption(value: string | boolean | undefined, command: string): Date | undefined {
  if (typeof value !== "string") return undefined;
  const instant = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value);
  if (Number.isNaN(instant.getTime())) throw new UsageError(`“${value}” is not a time (ISO 8601).`, command);
  return instant;
}

/** The offset that `--now` itself carries ("+02:00"), which words about time are meant in without `--tz`. */
export function offsetOf(value: string | boolean | undefined): string | undefined {
  const found = typeof value === "string" ? /T.*([+-]\d{2}):?(\d{2})$/.exec(value) : null;
  return found ? `${found[1]}:${found[2]}` : undefined;
}

export function usageOf(command: Command): string {
  const lines = [`Usage: millwright ${command.name} ${command.takes}`.trimEnd(), "", command.summary, ""];
  return `${[...lines, ...optionLines({ ...command.options, ...globalOptions })].join("\n")}\n`;
}

export function optionLines(options: Readonly<Record<string, OptionSpec>>): string[] {
  const named = Object.entries(options).map(([name, { value, description }]) => {
    return [`  --${name}${value ? ` ${value}` : ""}`, description] as const;
  });
  const width = Math.max(...named.map(([name]) => name.length)) + 2;
  return named.map(([name, description]) => padEnd(name, width) + description);
}
