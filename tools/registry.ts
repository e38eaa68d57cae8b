/** The tools there are, by name. The agent sees tools only through a registry. */
import { MillwrightError } from "../errors.ts";
import { isWrite, type Person, type Tool } from "./define.ts";

export interface Registry {
  list(): readonly Tool[];
  find(name: string): Tool | null;
  /** What this person may ask for; without a name, reads and drafts that no role is needed for. */
  forPerson(person: Person | null): readonly Tool[];
}

export class ToolNameError extends MillwrightError {
  constructor(message: string, name: string, expected: string) {
    super("tool-name", 500, message, { value: name, expected, remedy: "Rename the tool or its file." });
  }
}

const wellFormed = /^[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Throws `ToolNameError` when two tools share a name or a name is not `<folder>.<file>`. */
export function createRegistry(tools: readonly Tool[]): Registry {
  const byName = new Map<string, Tool>();
  for (const tool of tools) {
    if (!wellFormed.test(tool.name)) {
      throw new ToolNameError(`"${tool.name}" is not a tool's name`, tool.name, "<folder>.<file>");
    }
    if (byName.has(tool.name)) {
      throw new ToolNameError(`Two tools are called "${tool.name}"`, tool.name, "one tool a name");
    }
    byName.set(tool.name, tool);
  }
  const sorted = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    list: () => sorted,
    find: (name) => byName.get(name) ?? null,
    forPerson: (person) => sorted.filter((tool) => mayAskFor(tool, person)),
  };
}

/** Whether a person may ask for a tool (deciding on what it proposes is another matter). */
export function mayAskFor(tool: Tool, person: Person | null): boolean {
  if (person === null) {
    return !isWrite(tool) && (tool.roles === undefined || tool.roles.includes("viewer"));
  }
  const roles = tool.roles;
  if (roles !== undefined) return person.roles.some((role) => roles.includes(role));
  return !isWrite(tool) || person.roles.some((role) => role !== "viewer");
}

/** Checks that the tool of a file is called after its folder and file; `tools/index.ts` is made of these. */
export function named<Declared extends Tool>(name: string, tool: Declared): Declared {
  if (tool.name === name) return tool;
  throw new ToolNameError(
    `The tool in tools/${name.replace(".", "/")}.tool.ts calls itself "${tool.name}"`,
    tool.name,
    name,
  );
}
