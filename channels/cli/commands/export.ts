import { type Command, type CommandContext, type Exported, type ExportRequest, text } from "../command.ts";
import { UsageError } from "../errors.ts";
import { isFile } from "../files.ts";
import { createLogResolver } from "../logs.ts";
import { withProgress } from "../terminal.ts";
import { mappingOption } from "./mine.ts";

export const exportLog: Command = {
  name: "export",
  summary:
    "Writes a log as a file of another format. A file needs no database; a stored log is named. Nothing is overwritten without --force.",
  takes: "LOG --to FILE [options]",
  arity: [1, 1],
  options: {
    to: {
      type: "string",
      value: "FILE",
      description: "The file to be made; with the ending .gz it is packed",
    },
    format: {
      type: "string",
      value: "FORMAT",
      description:
        "xes, csv, spreadsheet (a CSV none of whose cells runs as a formula), jsonl, parquet, ocel, ocel-xml or ocel-sqlite; by the file's ending when absent",
    },
    force: { type: "boolean", description: "Replace a file that is there" },
    map: {
      type: "string",
      value: "ROLE=COLUMN,…",
      description: "Columns by role, of a file; guessed when absent",
    },
    "object-type": {
      type: "string",
      value: "TYPE",
      description: "Of an object-centric file: the objects that are the cases",
    },
    as: { type: "string", value: "PERSON", description: "Who asks, for a stored log" },
  },
  async run({ globals, positionals, options }, context) {
    const [log = ""] = positionals;
    const { terminal, engines, signal } = context;
    const mapping = mappingOption(options);
    const [target, format] = [text(options["to"]), text(options["format"])];
    if (target === undefined) throw new UsageError("export needs --to FILE.", "export");
    const base: ExportRequest = {
      target,
      force: options["force"] === true,
      signal,
      ...(format === undefined ? {} : { format }),
      ...(mapping === undefined ? {} : { mapping }),
      ...(globals.zone === undefined ? {} : { zone: globals.zone }),
    };
    const written = (await isFile(log))
      ? await withProgress(terminal, (onProgress) => engines.exportFile(log, { ...base, onProgress }))
      : await exportStored(log, base, text(options["as"]), context);
    const line = `${written.file}: ${written.bytes} bytes of ${written.format}\n`;
    await terminal.out(globals.json ? `${JSON.stringify(written)}\n` : line);
    return 0;
  },
};

async function exportStored(
  name: string,
  request: ExportRequest,
  as: string | undefined,
  context: CommandContext,
): Promise<Exported> {
  const { engines, signal } = context;
  const connection = await context.connect();
  const person = await connection.person(as);
  const log = await createLogResolver(connection, { zone: request.zone }, context).resolve(name, person);
  return engines.exportStored(request, (path, format) =>
    connection.exportLog({ person, log, format, path, signal }),
  );
}
