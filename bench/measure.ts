import { spawn } from "node:child_process";

export interface Run {
  /** From starting the process to its end, seconds. */
  readonly seconds: number;
  /** Processor time of all its threads, seconds: less moved by what else the machine does. */
  readonly processor: number;
  /** Largest resident set, MiB. */
  readonly memory: number;
  /** The JSON object that it printed, after whatever greeting. */
  readonly output: Readonly<Record<string, unknown>>;
}

/** Runs one whole process under GNU time, which reports what it used. */
export async function measure(command: readonly string[]): Promise<Run> {
  const begun = performance.now();
  const child = spawn("/usr/bin/time", ["-f", "used %M %U %S", ...command], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, report, code] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    }),
  ]);
  const seconds = (performance.now() - begun) / 1000;
  const used = /^used (\d+) ([\d.]+) ([\d.]+)$/m.exec(report);
  if (code !== 0 || used === null) throw new Error(`${command.join(" ")} ended with ${code}: ${report}`);
  return {
    seconds,
    processor: Number(used[2]) + Number(used[3]),
    memory: Number(used[1]) / 1024,
    output: JSON.parse(output.slice(output.indexOf("{"))),
  };
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += chunk;
  return text;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
