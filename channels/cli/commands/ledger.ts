import { type Command, text } from "../command.ts";
import { painter } from "../terminal.ts";

export const ledgerVerify: Command = {
  name: "ledger verify",
  summary:
    "Recomputes the chain of everything that was done, and holds its end against the head kept outside it.",
  takes: "[options]",
  arity: [0, 0],
  options: { as: { type: "string", value: "PERSON", description: "Who looks" } },
  async run({ globals, options }, context) {
    const connection = await context.connect();
    const person = await connection.person(text(options["as"]));
    const { verified } = await connection.service.ledger({
      person,
      tenant: connection.tenant,
      verify: true,
      limit: 1,
    });
    const result = verified ?? { ok: false, entries: 0, problem: "The ledger was not verified." };
    const paint = painter(context.terminal.color);
    const line = result.ok
      ? paint("green", `✓ The ledger's ${result.entries} entries are one unbroken chain.`)
      : paint("red", `✗ The ledger does not hold: ${result.problem}`);
    await context.terminal.out(globals.json ? `${JSON.stringify(result)}\n` : `${line}\n`);
    return result.ok ? 0 : 1;
  },
};
