import { type Command, text } from "../command.ts";

export const stop: Command = {
  name: "stop",
  summary:
    "Stop what runs in a thread. What was done and what was not stands in the thread; nothing is undone.",
  takes: "THREAD [options]",
  arity: [1, 1],
  options: {
    as: { type: "string", value: "PERSON", description: "Who stops it" },
  },
  async run({ options, positionals }, context) {
    const connection = await context.connect();
    const person = await connection.person(text(options["as"]));
    await connection.service.stop({ person, tenant: connection.tenant, thread: positionals[0] ?? "" });
    return 0;
  },
};
