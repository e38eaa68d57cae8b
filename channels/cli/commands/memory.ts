/** `memory list|recall|forget`: what is remembered for a person, found again and forgotten. */
import { MillwrightError } from "../../../errors.ts";
import { type Command, type CommandContext, type OptionSpec, text } from "../command.ts";
import { UsageError } from "../errors.ts";
import { drawSheet } from "../render/table.ts";
import { painter, type Terminal } from "../terminal.ts";

const as: OptionSpec = { type: "string", value: "PERSON", description: "Whose memory" };
const kind: OptionSpec = { type: "string", value: "KIND", description: "Only of this kind" };
const kinds = ["definition", "preference", "pinned-kpi", "note"];

/** As many characters of an id as are shown, and are enough to name one. */
const shortId = 8;

interface Kept {
  readonly id: string;
  readonly kind: string;
  readonly scope: string;
  readonly term: string | null;
  readonly text: string;
  readonly expires: string | null;
}

export const memoryList: Command = {
  name: "memory list",
  summary: "What is remembered for a person: their own, their teams' and everybody's.",
  takes: "[options]",
  arity: [0, 0],
  options: { kind, as },
  async run({ globals, options }, context) {
    const wanted = kindOf(options["kind"], kinds, "memory list");
    const kept = (await call(context, options["as"], "memory.list", wanted)) as readonly Kept[];
    await show(context, globals.json, kept, draw(kept, context.terminal, "Nothing is remembered."));
    return 0;
  },
};

export const memoryRecall: Command = {
  name: "memory recall",
  summary: "Finds what was remembered, asked or decided before, by words and likeness; the nearest first.",
  takes: "WORDS [options]",
  arity: [1, 1],
  options: { kind, as },
  async run({ globals, positionals: [words = ""], options }, context) {
    const wanted = kindOf(options["kind"], ["answer", "decision", "note", "definition"], "memory recall");
    const asked = { words, ...wanted };
    const { data, assumptions } = await result(context, options["as"], "memory.recall", asked);
    const found = data as readonly Kept[];
    await show(context, globals.json, found, draw(found, context.terminal, "Nothing like it is remembered."));
    await context.terminal.error(assumptions.map(({ text: said }) => `${said}\n`).join(""));
    return 0;
  },
};

export const memoryForget: Command = {
  name: "memory forget",
  summary: "Forgets a memory by its id, a definition by its term, or everything of the person.",
  takes: "[ID|TERM] [options]",
  arity: [0, 1],
  options: { all: { type: "boolean", description: "Everything that is remembered about the person" }, as },
  async run({ globals, positionals: [which], options }, context) {
    const all = options["all"] === true;
    if (all === (which !== undefined))
      throw new UsageError("Say what to forget: an id, a term, or --all.", "memory forget");
    const listed = (await call(context, options["as"], "memory.list", {})) as readonly Kept[];
    const own = listed.filter(({ scope }) => scope === "person");
    const input = all ? { all } : chosen(which ?? "", own);
    const named = all || "id" in input || own.some(({ term }) => term === which?.toLowerCase().trim());
    const gone = named
      ? ((await call(context, options["as"], "memory.forget", input)) as readonly Kept[])
      : [];
    const line =
      gone.length === 0 ? "There is nothing of yours like that to forget.\n" : `Forgotten: ${gone.length}\n`;
    await show(context, globals.json, gone, line);
    return 0;
  },
};

/**
 * A whole id, the beginning of one, or a term. Nothing is guessed: what may mean several is refused.
 * @throws AmbiguousMemoryError
 */
function chosen(which: string, own: readonly Kept[]): { id: string } | { term: string } {
  if (own.some(({ id }) => id === which)) return { id: which };
  const begin = which.length < shortId ? [] : own.filter(({ id }) => id.startsWith(which));
  const termed = own.filter(({ term }) => term === which.toLowerCase().trim());
  if (begin.length > 1 || (begin.length === 1 && termed.length > 0))
    throw new AmbiguousMemoryError(which, [...new Set([...begin, ...termed])]);
  return begin[0] === undefined ? { term: which } : { id: begin[0].id };
}

class AmbiguousMemoryError extends MillwrightError {
  constructor(which: string, candidates: readonly Kept[]) {
    const named = candidates.map(({ id, text: what }) => `${id} (“${what}”)`).join(", ");
    super("ambiguous-memory", 409, `“${which}” may mean any of ${candidates.length}: ${named}`, {
      value: which,
      remedy: "Nothing is forgotten yet: say one of these ids.",
    });
  }
}

/** @throws UsageError */
function kindOf(given: unknown, known: readonly string[], command: string): { kind?: string } {
  const name = text(given as string | undefined);
  if (name === undefined) return {};
  if (!known.includes(name)) throw new UsageError(`--kind takes ${known.join(", ")}.`, command);
  return { kind: name };
}

async function call(context: CommandContext, who: unknown, tool: string, input: object): Promise<unknown> {
  return (await result(context, who, tool, input)).data;
}

async function result(context: CommandContext, who: unknown, tool: string, input: object) {
  const connection = await context.connect();
  const person = await connection.person(text(who as string | undefined));
  const called = await connection.service.call({ person, tenant: connection.tenant, tool, input });
  if (called.kind !== "result") return { data: [], assumptions: [] };
  return { data: called.data, assumptions: called.answer.assumptions };
}

const show = (context: CommandContext, json: boolean, data: unknown, shown: string): Promise<void> =>
  context.terminal.out(json ? `${JSON.stringify(data)}\n` : shown);

function draw(kept: readonly Kept[], terminal: Terminal, none: string): string {
  if (kept.length === 0) return `${none}\n`;
  const header = ["Id", "Kind", "For", "What", "Until"];
  const rows = kept.map((one) => [
    one.id.slice(0, shortId),
    one.kind,
    one.scope,
    one.text,
    one.expires?.slice(0, 10) ?? "",
  ]);
  return `${drawSheet({ header, rows, right: header.map(() => false) }, terminal.columns, painter(terminal.color))}\n`;
}
