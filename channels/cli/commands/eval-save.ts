import { writeFile } from "node:fs/promises";
import { MillwrightError } from "../../../errors.ts";
import { type Command, text } from "../command.ts";

class CaseFileExistsError extends MillwrightError {
  constructor(file: string) {
    super("case-file", 409, "There is such a file already.", { file, remedy: "Name another with --to." });
  }
}

export const evalSave: Command = {
  name: "eval save",
  summary: "Draft an eval case out of a thread, scrubbed, in a file that a person reviews.",
  takes: "THREAD [options]",
  arity: [1, 1],
  options: {
    as: { type: "string", value: "PERSON", description: "Whose threads" },
    to: { type: "string", value: "FILE", description: "The file to be made; the case is printed without it" },
  },
  async run({ globals, positionals, options }, { connect, terminal }) {
    const connection = await connect();
    const person = await connection.person(text(options["as"]));
    const { tenant, service } = connection;
    const input = { thread: positionals[0] };
    const result = await service.call({ person, tenant, tool: "evals.save", input });
    const drafted = result.kind === "result" ? result.data : null;
    const file = text(options["to"]);
    if (file === undefined) {
      await terminal.out(`${JSON.stringify(drafted, null, globals.json ? undefined : 2)}\n`);
      return 0;
    }
    await writeNew(file, `${JSON.stringify(drafted, null, 2)}\n`);
    await terminal.out(
      globals.json
        ? `${JSON.stringify({ file })}\n`
        : `${file}: read it, choose the capability, remove “review”, and add it to a suite as one line.\n`,
    );
    return 0;
  },
};

async function writeNew(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content, { flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new CaseFileExistsError(file);
    throw error;
  }
}
