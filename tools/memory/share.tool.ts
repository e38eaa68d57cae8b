import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import { type Preview, type ToolContext, writeTool } from "../define.ts";
import { isSaidIn, longestText, Meaning } from "./core/meaning.ts";
import { known, type Memory, memoryOf, placeOf } from "./port.ts";

const input = z.object({
  with: z.enum(["team", "tenant"]).default("tenant").describe("A team of the person's, or everybody"),
  team: z.string().optional().describe("Which team; the person's only one when absent"),
  kind: z.enum(["definition", "preference", "note"]).default("definition"),
  term: z.string().min(1).max(80).optional(),
  text: z.string().min(1).max(longestText),
  meaning: Meaning.default({}),
  log: z.string().optional().describe("Id of the log it is for"),
});
type Input = z.infer<typeof input>;

class NoTeamError extends MillwrightError {
  constructor(team: string | undefined, teams: readonly string[]) {
    super(
      "no-team",
      422,
      team === undefined ? "It is not clear which team" : `You are not in the team ${team}`,
      {
        expected: teams.length > 0 ? `one of your teams: ${teams.join(", ")}` : "a team that you belong to",
        remedy:
          teams.length > 0
            ? "Name the team."
            : "Share it with everybody, or ask an administrator for a team.",
      },
    );
  }
}

class NotRememberedError extends MillwrightError {
  constructor() {
    super("not-remembered", 422, "Only what you defined or asked me to remember can be shared", {
      remedy: "Say the definition first, then share it.",
    });
  }
}

/** @throws NoTeamError */
async function ownerOf(own: Input, context: ToolContext): Promise<{ team?: string; name: string }> {
  if (own.with === "tenant") return { name: "everybody" };
  const teams = await memoryOf(context).teams(placeOf(context));
  const team = own.team ?? (teams.length === 1 ? teams[0] : undefined);
  if (team === undefined || !teams.includes(team)) throw new NoTeamError(own.team, teams);
  return { team, name: `team ${team}` };
}

/** What it would replace there. */
async function standing(own: Input, team: string | undefined, context: ToolContext): Promise<Memory | null> {
  const all = await memoryOf(context).list(placeOf(context));
  const term = own.term?.toLowerCase().trim() ?? null;
  const same = (memory: Memory): boolean =>
    memory.scope === own.with && memory.owner === (team ?? "") && memory.kind === own.kind;
  return all.find((memory) => same(memory) && term !== null && memory.term === term) ?? null;
}

async function preview(own: Input, context: ToolContext): Promise<Preview> {
  const person = known(context);
  const { team, name } = await ownerOf(own, context);
  const all = await memoryOf(context).list(placeOf(context));
  const theirs = all.filter(({ scope, createdBy }) => createdBy === person.id && scope !== "tenant");
  if (
    !isSaidIn(
      own.text,
      theirs.map(({ text }) => text),
    )
  )
    throw new NotRememberedError();
  const before = await standing(own, team, context);
  return {
    action: "Share it",
    summary: `From now on for ${name}: "${own.text}"`,
    changes: [{ what: own.term ?? own.kind, before: before?.text ?? null, after: own.text }],
    affected: { count: 1, unit: own.kind, examples: own.term === undefined ? [] : [own.term] },
    undo: {
      possible: true,
      how:
        before === null
          ? "Withdraw it: nothing is shared then."
          : "Withdraw it; what stood there before must be shared anew.",
    },
    risks: [`Answers to ${name} that use the words change, unless somebody has a definition of their own.`],
    why: `${person.name} wants ${name} to have the same definition.`,
    facts: [],
  };
}

const Shared = z.object({ id: z.string() });

export default writeTool<Input>({
  name: "memory.share",
  version: 1,
  description:
    "Shares a definition, preference or note of the person's with their team or everybody. It changes other people's " +
    "answers, so it is proposed and somebody else decides.",
  examples: {
    en: [
      "use that definition for the whole team",
      "share my definition of late with everybody",
      "let late mean that for all of us",
    ],
  },
  input,
  risk: "write",
  preview,
  async execute(own, context) {
    const { team, name } = await ownerOf(own, context);
    const draft = {
      scope: own.with,
      kind: own.kind,
      text: own.text,
      meaning: own.meaning,
      term: own.term ?? null,
      log: own.log ?? null,
      ...(team === undefined ? {} : { team }),
    };
    const { memory } = await memoryOf(context).keep(placeOf(context), draft);
    return {
      summary: `Shared with ${name}: "${own.text}"`,
      references: [{ system: "millwright", id: memory.id }],
      data: { id: memory.id },
    };
  },
  undo: (_own, receipt) => ({ tool: "memory.unshare", input: { id: Shared.parse(receipt.data).id } }),
});
