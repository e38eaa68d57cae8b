import type { ProposalCard } from "../../contract.ts";
import { type Command, text } from "../command.ts";
import { drawSheet } from "../render/table.ts";
import { painter, type Terminal } from "../terminal.ts";

export const proposals: Command = {
  name: "proposals",
  summary: "Proposals and their states.",
  takes: "[options]",
  arity: [0, 0],
  options: {
    state: { type: "string", value: "STATE", description: "Only those in this state, for example pending" },
    as: { type: "string", value: "PERSON", description: "Who looks" },
  },
  async run({ globals, options }, context) {
    const connection = await context.connect();
    const person = await connection.person(text(options["as"]));
    const state = text(options["state"]);
    const request = { person, tenant: connection.tenant, ...(state === undefined ? {} : { state }) };
    const found = await connection.service.proposals(request);
    await context.terminal.out(
      globals.json ? `${JSON.stringify(found.map(summaryOf))}\n` : draw(found, context.terminal),
    );
    return 0;
  },
};

function summaryOf({ id, state, tool, summary, digest, requester, approvers, expires }: ProposalCard) {
  return { id, state, tool, summary, digest, requester, approvers, expires };
}

function draw(found: readonly ProposalCard[], terminal: Terminal): string {
  if (found.length === 0) return "No proposals.\n";
  const rows = found.map(({ id, state, tool, requester, approvers, summary }) => {
    return [id, state, tool, requester, approvers.join(", "), summary];
  });
  const header = ["Id", "State", "Tool", "Asked by", "Decided by", "What"];
  return `${drawSheet({ header, rows, right: header.map(() => false) }, terminal.columns, painter(terminal.color))}\n`;
}
