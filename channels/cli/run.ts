/** One run of the command line: finds the command, runs it, prints what went wrong, says how it ended. */
import { MillwrightError, type Problem, toProblem } from "../../errors.ts";
import {
  globalOptions,
  optionLines,
  parseInvocation,
  splitArguments,
  usageOf,
  wantsJson,
} from "./arguments.ts";
import type { Command, CommandContext, Engines } from "./command.ts";
import type { Connection } from "./connection.ts";
import { UsageError } from "./errors.ts";
import { padEnd, plain, type Terminal } from "./terminal.ts";

/** Commands by name, each loaded when it is used. */
export const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<Command> }>> = {
  mine: {
    summary: "What a log says, without storing it",
    load: async () => (await import("./commands/mine.ts")).mine,
  },
  conformance: {
    summary: "How far a log follows a model, and where it does not",
    load: async () => (await import("./commands/conformance.ts")).conformance,
  },
  model: {
    summary: "The model of a log or of a model file, in any format",
    load: async () => (await import("./commands/model.ts")).model,
  },
  export: {
    summary: "A log as a file of another format",
    load: async () => (await import("./commands/export.ts")).exportLog,
  },
  ask: {
    summary: "Ask the agent, once or in a batch",
    load: async () => (await import("./commands/ask.ts")).ask,
  },
  stop: {
    summary: "Stop what runs in a thread",
    load: async () => (await import("./commands/stop.ts")).stop,
  },
  run: {
    summary: "The whole pipeline over a log",
    load: async () => (await import("./commands/run.ts")).run,
  },
  proposals: {
    summary: "What waits for a decision, and what became of it",
    load: async () => (await import("./commands/proposals.ts")).proposals,
  },
  approve: {
    summary: "Approve a proposal; it is executed before the command ends",
    load: async () => (await import("./commands/decide.ts")).approve,
  },
  reject: { summary: "Reject a proposal", load: async () => (await import("./commands/decide.ts")).reject },
  "calendar set": {
    summary: "Keep a business calendar",
    load: async () => (await import("./commands/calendar.ts")).calendarSet,
  },
  "calendar list": {
    summary: "Business calendars",
    load: async () => (await import("./commands/calendar.ts")).calendarList,
  },
  "calendar remove": {
    summary: "Remove a business calendar",
    load: async () => (await import("./commands/calendar.ts")).calendarRemove,
  },
  "calendar default": {
    summary: "What “business hours” mean on a log",
    load: async () => (await import("./commands/calendar.ts")).calendarDefault,
  },
  "memory list": {
    summary: "What is remembered for a person",
    load: async () => (await import("./commands/memory.ts")).memoryList,
  },
  "memory recall": {
    summary: "Find what was remembered, asked or decided",
    load: async () => (await import("./commands/memory.ts")).memoryRecall,
  },
  "memory forget": {
    summary: "Forget what was remembered",
    load: async () => (await import("./commands/memory.ts")).memoryForget,
  },
  "ledger verify": {
    summary: "Check the chain of everything that was done",
    load: async () => (await import("./commands/ledger.ts")).ledgerVerify,
  },
  serve: { summary: "Start the server", load: async () => (await import("./commands/serve.ts")).serve },
  demo: { summary: "The whole loop, offline", load: async () => (await import("./commands/demo.ts")).demo },
  eval: { summary: "Run eval suites", load: async () => (await import("./commands/eval.ts")).evaluate },
  "eval save": {
    summary: "Draft an eval case out of a thread",
    load: async () => (await import("./commands/eval-save.ts")).evalSave,
  },
  token: { summary: "Make an API token", load: async () => (await import("./commands/token.ts")).token },
};

export interface RunEnvironment {
  readonly terminal: Terminal;
  readonly environment: NodeJS.ProcessEnv;
  readonly engines: Engines;
  readonly signal: AbortSignal;
}

/** Exit codes: 0 done, 1 failed or not allowed, 2 bad use. */
export async function runCommandLine(words: readonly string[], environment: RunEnvironment): Promise<number> {
  try {
    return await dispatch(words, environment);
  } catch (error) {
    await printError(error, wantsJson(words), environment.terminal);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function dispatch(words: readonly string[], environment: RunEnvironment): Promise<number> {
  const { command: name, rest } = splitArguments(words, Object.keys(commands));
  const { terminal } = environment;
  if (name === null && (rest.includes("--help") || rest.includes("-h"))) {
    await terminal.out(overview());
    return 0;
  }
  if (name === null) throw new UsageError("Which command?");
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) throw new UsageError(`There is no command “${name}”.`);
  const command = await entry.load();
  const invocation = parseInvocation(
    command,
    rest.map((word) => (word === "-h" ? "--help" : word)),
    environment.environment,
  );
  if (invocation !== "help") return runCommand(command, invocation, environment);
  await terminal.out(usageOf(command));
  return 0;
}

async function runCommand(
  command: Command,
  invocation: Parameters<Command["run"]>[0],
  environment: RunEnvironment,
): Promise<number> {
  let connection: Promise<Connection> | null = null;
  const context: CommandContext = {
    ...environment,
    connect: () => {
      const { data, zone } = invocation.globals;
      connection ??= environment.engines.connector({ data, zone, environment: environment.environment });
      return connection;
    },
  };
  try {
    return await command.run(invocation, context);
  } finally {
    await closeQuietly(connection);
  }
}

/** Waits for a connection that was opened, and closes it; that it could not be opened was said already. */
async function closeQuietly(connection: Promise<Connection> | null): Promise<void> {
  const opened = await connection?.catch(() => null);
  await opened?.close();
}

export function overview(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${padEnd(name, 18)}${summary}`);
  return [
    "Usage: millwright COMMAND [options]",
    "",
    ...lines,
    "",
    ...optionLines(globalOptions),
    "",
    "millwright COMMAND --help says more.",
    "",
  ].join("\n");
}

async function printError(error: unknown, json: boolean, terminal: Terminal): Promise<void> {
  const problem = problemOf(error);
  if (json) await terminal.error(`${JSON.stringify(problem)}\n`);
  else await terminal.error(`${errorLine(problem)}\n`);
}

/** On a person's own machine an internal error shows what it was: there is no server log to look into. */
export function problemOf(error: unknown): Problem {
  const problem = toProblem(error);
  if (error instanceof MillwrightError || !(error instanceof Error)) return problem;
  return { ...problem, detail: `${error.name}: ${error.message}` };
}

/** `orders.csv:17, column “date”: …`: the file as it was given, line, column or role, what to do. */
export function errorLine({ file, line, column, role, detail, remedy }: Problem): string {
  const place = [
    file === undefined || detail.includes(file) ? null : file,
    line === undefined || new RegExp(`\\b${line}\\b`).test(detail) ? null : `line ${line}`,
    column === undefined || detail.includes(column) ? null : `column “${column}”`,
    role === undefined || detail.includes(role) ? null : `missing ${role}`,
  ].filter((part) => part !== null);
  const said = [place.length > 0 ? `${place.join(", ")}: ${detail}` : detail, remedy]
    .filter((sentence) => sentence !== undefined && sentence !== "")
    .map((sentence) => (/[.!?…]$/.test(sentence ?? "") ? sentence : `${sentence}.`));
  return plain(`millwright: ${said.join(" ")}`).replaceAll("\n", " ");
}
