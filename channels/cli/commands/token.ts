import { type Command, text } from "../command.ts";
import { UsageError } from "../errors.ts";

export const token: Command = {
  name: "token",
  summary: "Makes an API token for a person. It is shown once; only its hash is kept.",
  takes: "--as PERSON [options]",
  arity: [0, 0],
  options: {
    as: { type: "string", value: "PERSON", description: "Whose token" },
    label: { type: "string", value: "TEXT", description: "What it is for" },
  },
  async run({ globals, options }, context) {
    const name = text(options["as"]);
    const byToken = Boolean(context.environment["MILLWRIGHT_TOKEN"]);
    if (name === undefined && !byToken) {
      throw new UsageError("Whose token? token needs --as PERSON.", "token");
    }
    const connection = await context.connect();
    // An administrator with a token may name somebody else.
    const person = await connection.person(byToken ? undefined : name);
    if (!person) throw new UsageError("Whose token? token needs --as PERSON.", "token");
    const issued = await connection.issueToken(
      person,
      name ?? person.id,
      text(options["label"]) ?? "command line",
    );
    await context.terminal.out(
      globals.json ? `${JSON.stringify({ person: name ?? person.id, token: issued })}\n` : `${issued}\n`,
    );
    return 0;
  },
};
