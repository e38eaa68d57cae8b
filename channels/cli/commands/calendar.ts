/** `calendar set|list|remove|default`: business calendars of the tenant, and what "business hours" mean on a log. */
import type { Calendar } from "../../contract.ts";
import { type Command, type CommandContext, type OptionSpec, text } from "../command.ts";
import { FileFormatError, UsageError } from "../errors.ts";
import { readJson } from "../files.ts";
import { drawSheet } from "../render/table.ts";
import { painter, type Terminal } from "../terminal.ts";

const as: OptionSpec = {
  type: "string",
  value: "PERSON",
  description: "Who changes it: an analyst or administrator, where the database is not one's own",
};

export const calendarSet: Command = {
  name: "calendar set",
  summary: "Keeps a business calendar under its name; one of that name is replaced.",
  takes: "FILE [options]",
  arity: [1, 1],
  options: {
    name: { type: "string", value: "NAME", description: "Where the file names none, or another" },
    as,
  },
  async run({ globals, positionals, options }, context) {
    const [file = ""] = positionals;
    const definition = await readCalendar(file);
    const name = text(options["name"]) ?? definition.name;
    if (name === undefined) {
      throw new UsageError(`${file} does not name its calendar; say --name NAME.`, "calendar set");
    }
    const connection = await context.connect();
    const person = await connection.person(text(options["as"]));
    const kept = await connection.calendars.set(person, name, definition);
    await say(context, globals.json, kept, `${kept.name}: ${kept.hours}`);
    return 0;
  },
};

/** As it stands in the file; the name must be text where there is one. */
export async function readCalendar(file: string): Promise<{ readonly name?: string }> {
  const given = await readJson(file);
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new FileFormatError(file, "A calendar is a JSON object; docs/definitions.md shows one.");
  }
  if ("name" in given && typeof given.name !== "string") {
    throw new FileFormatError(file, "The calendar's name is not text.");
  }
  return given;
}

export const calendarList: Command = {
  name: "calendar list",
  summary: "The business calendars that are kept.",
  takes: "[options]",
  arity: [0, 0],
  options: { as: { ...as, description: "Who looks" } },
  async run({ globals, options }, context) {
    const connection = await context.connect();
    await connection.person(text(options["as"]));
    const kept = await connection.calendars.list();
    await say(context, globals.json, kept, draw(kept, context.terminal));
    return 0;
  },
};

export const calendarRemove: Command = {
  name: "calendar remove",
  summary: "Removes a business calendar that is no log's own.",
  takes: "NAME [options]",
  arity: [1, 1],
  options: { as },
  async run({ globals, positionals, options }, context) {
    const [name = ""] = positionals;
    const connection = await context.connect();
    await connection.calendars.remove(await connection.person(text(options["as"])), name);
    await say(context, globals.json, { removed: name }, `${name} is removed.`);
    return 0;
  },
};

export const calendarDefault: Command = {
  name: "calendar default",
  summary: "What “business hours” mean on a log: shows it, or chooses it.",
  takes: "LOG [NAME] [options]",
  arity: [1, 2],
  options: {
    none: { type: "boolean", description: "The usual hours again: Monday to Friday, 9 to 17" },
    as,
  },
  async run({ globals, positionals, options }, context) {
    const [log = "", name] = positionals;
    const none = options["none"] === true;
    if (none && name !== undefined) {
      throw new UsageError("Name a calendar or say --none, not both.", "calendar default");
    }
    const { calendars, person } = await context.connect();
    const caller = await person(text(options["as"]));
    const found =
      none || name !== undefined
        ? await calendars.setDefault(caller, log, name ?? null)
        : await calendars.defaultOf(log);
    const words = found.calendar ?? "Monday to Friday, 9 to 17";
    await say(context, globals.json, found, `Business hours of ${log}: ${words}`);
    return 0;
  },
};

const say = ({ terminal }: CommandContext, json: boolean, result: unknown, words: string) =>
  terminal.out(json ? `${JSON.stringify(result)}\n` : `${words}\n`);

function draw(kept: readonly Calendar[], terminal: Terminal): string {
  if (kept.length === 0) return "No calendars.";
  const rows = kept.map(({ name, hours }) => [name, hours]);
  return drawSheet(
    { header: ["Name", "Hours"], rows, right: [false, false] },
    terminal.columns,
    painter(terminal.color),
  );
}
