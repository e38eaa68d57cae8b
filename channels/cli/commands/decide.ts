import type { DecideResult } from "../../contract.ts";
import { type Command, type CommandContext, type Invocation, text } from "../command.ts";
import { UsageError } from "../errors.ts";
import { proposalText } from "../render/views.ts";
import { painter, plain, type Terminal } from "../terminal.ts";

const as = { type: "string", value: "PERSON", description: "Who decides" } as const;
const digest = {
  type: "string",
  value: "D",
  description: "The digest you saw; must be the proposal's",
} as const;

export const approve: Command = {
  name: "approve",
  summary: "Approves exactly this input, and executes it before it returns.",
  takes: "ID --as PERSON [options]",
  arity: [1, 1],
  options: {
    as,
    digest,
    reason: { type: "string", value: "TEXT", description: "Why; kept with the decision" },
  },
  run: (invocation, context) => decide("approve", invocation, context),
};

export const reject: Command = {
  name: "reject",
  summary: "Rejects a proposal.",
  takes: "ID --as PERSON [options]",
  arity: [1, 1],
  options: {
    as,
    digest,
    reason: { type: "string", value: "TEXT", description: "Why; kept with the decision" },
  },
  run: (invocation, context) => decide("reject", invocation, context),
};

async function decide(
  verdict: "approve" | "reject",
  { globals, options, positionals }: Invocation,
  context: CommandContext,
): Promise<number> {
  const name = text(options["as"]);
  if (name === undefined && !context.environment["MILLWRIGHT_TOKEN"]) {
    throw new UsageError(`Who decides? ${verdict} needs --as PERSON.`, verdict);
  }
  const connection = await context.connect();
  const seen = text(options["digest"]);
  const reason = text(options["reason"]);
  const result = await connection.service.decide({
    person: await connection.person(name),
    tenant: connection.tenant,
    proposal: positionals[0] ?? "",
    verdict,
    channel: "cli",
    ...(seen === undefined ? {} : { digest: seen }),
    ...(reason === undefined ? {} : { reason }),
  });
  await context.terminal.out(
    globals.json ? `${JSON.stringify(jsonOf(result))}\n` : draw(result, context.terminal),
  );
  return exitCode(verdict, result);
}

/** 0 when the effect is recorded, or more people must decide first; 1 when executing it failed or is in doubt. */
function exitCode(verdict: "approve" | "reject", { proposal }: DecideResult): number {
  if (verdict === "reject") return proposal.state === "rejected" ? 0 : 1;
  return proposal.state === "failed" || proposal.state === "in-doubt" ? 1 : 0;
}

function jsonOf({ proposal, already, decisions }: DecideResult) {
  const { id, state, tool, summary, digest: exact, receipt } = proposal;
  return { id, state, already, tool, summary, digest: exact, receipt: receipt ?? null, decisions };
}

function draw({ proposal, already, decisions }: DecideResult, terminal: Terminal): string {
  const paint = painter(terminal.color);
  const last = decisions.at(-1);
  const receipt = proposal.receipt as { summary?: unknown; references?: unknown } | undefined;
  const references = Array.isArray(receipt?.references) ? receipt.references : [];
  const lines = [
    already && last ? `Already decided by ${last.person} at ${last.at}; nothing was done again.` : "",
    proposalText(proposal, { columns: terminal.columns, paint }),
    typeof receipt?.summary === "string" ? paint("green", `✓ ${plain(receipt.summary)}`) : "",
    ...references.map((reference: { system: string; id: string; url?: string }) => {
      return `  ${plain(`${reference.system} ${reference.id}${reference.url ? ` ${reference.url}` : ""}`)}`;
    }),
  ];
  return `${lines.filter((line) => line !== "").join("\n")}\n`;
}
