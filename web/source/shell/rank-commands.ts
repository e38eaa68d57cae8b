export interface Command {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  readonly run: () => void;
}

/** Commands that contain every typed word; those whose label begins with the text come first. */
export function rankCommands(commands: readonly Command[], query: string): readonly Command[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return commands;
  const words = wanted.split(/\s+/);
  const matches = (command: Command) => {
    const text = `${command.label} ${command.group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const begins = (command: Command) => (command.label.toLowerCase().startsWith(wanted) ? 0 : 1);
  return commands.filter(matches).sort((a, b) => begins(a) - begins(b));
}
