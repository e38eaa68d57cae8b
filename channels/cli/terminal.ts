/** Where the command line writes, and how: colours and width only where a person looks. */
export interface Terminal {
  readonly columns: number;
  readonly color: boolean;
  /** Resolves when the text has been handed to the system: lines of a batch appear as they are answered. */
  out(text: string): Promise<void>;
  error(text: string): Promise<void>;
  /** Shows how far something is on a line of its own, which null removes. Absent where nobody looks. */
  progress?(line: string | null): void;
}

const REFRESH_MILLISECONDS = 100;

/** Shows what `work` reports while it runs, at most ten times a second. */
export async function withProgress<Result>(
  terminal: Terminal,
  work: (report: (message: string, share: number | null) => void) => Promise<Result>,
): Promise<Result> {
  let last = 0;
  try {
    return await work((message, share) => {
      const now = performance.now();
      if (!terminal.progress || now - last < REFRESH_MILLISECONDS) return;
      last = now;
      terminal.progress(share === null ? `${message} …` : `${message} ${Math.floor(share * 100)} %`);
    });
  } finally {
    terminal.progress?.(null);
  }
}

export function processTerminal(environment: NodeJS.ProcessEnv = process.env): Terminal {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on("error", throwUnlessGone);
  return {
    columns: Math.max(40, Math.min(stdout.columns ?? 100, 120)),
    color: stdout.isTTY === true && environment["NO_COLOR"] === undefined && environment["TERM"] !== "dumb",
    out: (text) => write(stdout, text),
    error: (text) => write(stderr, text),
    ...(stderr.isTTY === true
      ? {
          progress: (line: string | null) => {
            stderr.write(
              `\r\u001b[K${line === null ? "" : cut(line, Math.max(20, (stderr.columns ?? 80) - 1))}`,
            );
          },
        }
      : {}),
  };
}

/** A reader that has gone (`| head`) is not an error of ours: the rest is dropped. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error && !isGone(error)) reject(error);
      else resolve();
    });
  });
}

const isGone = (error: Error): boolean => "code" in error && error.code === "EPIPE";

/** The stream tells of a gone reader twice: to whoever wrote, and to everyone. */
function throwUnlessGone(error: Error): void {
  if (!isGone(error)) throw error;
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";
const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

export type Paint = (style: Style, text: string) => string;

export const painter =
  (color: boolean): Paint =>
  (style, text) => {
    const [open, close] = codes[style];
    return color && text !== "" ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  };

/**
 * Text that came from outside (activity names, messages) without the control characters that would steer a terminal:
 * a log must not be able to move the cursor or set the title.
 */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

let segmenter: Intl.Segmenter | null = null;

/** What a person sees as one letter each. Made when it is needed: it costs as much as half a start. */
function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Columns a text takes: East Asian and emoji graphemes take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segmentsOf(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** Cut to a number of columns, with an ellipsis where something is missing. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const { segment } of segmentsOf(text)) {
    const next = wide.test(segment) ? 2 : 1;
    if (width + next > columns - 1) break;
    kept += segment;
    width += next;
  }
  return `${kept.trimEnd()}…`;
}

export const padEnd = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - widthOf(text)));
export const padStart = (text: string, columns: number): string =>
  " ".repeat(Math.max(0, columns - widthOf(text))) + text;

/** Wraps at spaces; continuation lines are indented. */
export function wrap(text: string, columns: number, indent = ""): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, columns, indent))
    .join("\n");
}

function wrapLine(line: string, columns: number, indent: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const candidate = current === "" ? word : `${current} ${word}`;
    if (current.trim() !== "" && widthOf(candidate) > columns) {
      lines.push(current);
      current = indent + word;
    } else current = candidate;
  }
  return [...lines, current].join("\n");
}
