/** `ask --batch`: a line in, a line out, in the same order, as soon as it is answered. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { MillwrightError } from "../../errors.ts";
import type { Asking, Question } from "./commands/ask.ts";
import { FileFormatError, FileUnreadableError } from "./errors.ts";
import { problemOf } from "./run.ts";
import type { Terminal } from "./terminal.ts";

interface BatchLine extends Question {
  readonly id: unknown;
}

/** 1 when a line failed, else 0; a reply that refuses or asks back is an answer. */
export async function askBatch(file: string, asking: Asking, terminal: Terminal): Promise<number> {
  let failed = false;
  let number = 0;
  for await (const words of linesOf(file)) {
    number += 1;
    if (words.trim() === "") continue;
    const answer = await answerTo(words, number, file, asking);
    failed ||= "problem" in answer;
    await terminal.out(`${JSON.stringify(answer)}\n`);
  }
  return failed ? 1 : 0;
}

async function answerTo(words: string, number: number, file: string, asking: Asking): Promise<object> {
  let id: unknown = null;
  try {
    const { id: given, ...question } = parseLine(words, number, file, (found) => {
      id = found;
    });
    return { id: given, ...(await asking.ask({ ...asking.defaults, ...question })) };
  } catch (error) {
    if (!(error instanceof MillwrightError) && !(error instanceof Error)) throw error;
    return { id, problem: problemOf(error) };
  }
}

function parseLine(words: string, line: number, file: string, onId: (id: unknown) => void): BatchLine {
  const given = parseJson(words, line, file);
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new FileFormatError(file, 'A line is an object {"id","text","log","thread","as"}.', line);
  }
  const fields = given as Record<string, unknown>;
  onId(fields["id"] ?? null);
  const text = fields["text"];
  if (typeof text !== "string" || text.trim() === "")
    throw new FileFormatError(file, "The line has no text.", line);
  return { id: fields["id"] ?? null, text, ...optionalTexts(fields, line, file) };
}

function optionalTexts(fields: Record<string, unknown>, line: number, file: string) {
  const found: Record<string, string> = {};
  for (const name of ["log", "thread", "as"]) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== "string") throw new FileFormatError(file, `${name} is not a text.`, line);
    found[name] = value;
  }
  return found;
}

function parseJson(words: string, line: number, file: string): unknown {
  try {
    return JSON.parse(words.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new FileFormatError(file, `This is not JSON: ${(error as Error).message}.`, line);
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = file === "-" ? process.stdin : createReadStream(file, "utf8");
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw new FileUnreadableError(file, error);
  }
}
