/** The command line in this process, and what it would have written to a terminal. */
import { engines } from "../../channels/cli/engines.ts";
import { runCommandLine } from "../../channels/cli/run.ts";
import type { Target } from "./target.ts";

/** It talks to the server that holds the data folder, as any second command does. */
export async function printed(target: Target, words: readonly string[]): Promise<string> {
  let text = "";
  const write = async (more: string): Promise<void> => {
    text += more;
  };
  await runCommandLine([...words, "--data", target.data], {
    terminal: { columns: 100, color: false, out: write, error: write },
    environment: {},
    engines,
    signal: new AbortController().signal,
  });
  return text;
}
