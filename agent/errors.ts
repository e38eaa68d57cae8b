import { MillwrightError } from "../errors.ts";

/** Something that is not there, or that belongs to somebody else: the two look the same from outside. */
const longestName = 120;
const clip = (name: string): string => (name.length > longestName ? `${name.slice(0, longestName)}…` : name);

export class NotFoundError extends MillwrightError {
  constructor(what: string, id: string) {
    super("not-found", 404, `There is no ${what} "${clip(id)}"`, {
      value: clip(id),
      remedy: `Name a ${what} you may see.`,
    });
  }
}

export class NotAllowedError extends MillwrightError {
  constructor(message: string, expected: string) {
    super("not-allowed", 403, message, { expected, remedy: "Ask somebody with that role." });
  }
}

export class ThreadBusyError extends MillwrightError {
  constructor(thread: string) {
    super("thread-busy", 409, `The thread "${thread}" is still being answered`, {
      value: thread,
      remedy: "Wait for the reply, or stop it first.",
    });
  }
}

/** A turn that has its reply, problem or stop takes no further events. */
export class TurnEndedError extends MillwrightError {
  constructor(turn: string) {
    super("turn-ended", 409, `The turn "${turn}" has ended already`, { value: turn });
  }
}

export class EmptyMessageError extends MillwrightError {
  constructor() {
    super("empty-message", 400, "The message has no text", { remedy: "Say what you would like to know." });
  }
}

export class MessageTooLongError extends MillwrightError {
  constructor(length: number, limit: number) {
    super("message-too-long", 413, `The message has ${length} characters; at most ${limit} are read`, {
      expected: `at most ${limit} characters`,
      remedy: "Upload long material as a file.",
    });
  }
}

export class TurnLimitError extends MillwrightError {
  constructor(what: string, limit: number | string) {
    super("turn-limit", 422, `The answer needed more ${what} than a turn may use (${limit})`, {
      expected: `at most ${limit} ${what}`,
      remedy: "Ask for one thing at a time.",
    });
  }
}

/** A tool's input does not fit its schema. */
export class ToolInputError extends MillwrightError {
  constructor(tool: string, problems: string) {
    super("tool-input", 400, `The input of ${tool} does not fit: ${problems}`, {
      value: tool,
      expected: "an input that fits the tool's schema",
      remedy: "See the tool's input schema and try again.",
    });
  }
}

/** A reply was held back; the doubts go to the server's log, not to the person. */
export class UnverifiedReplyError extends MillwrightError {
  constructor(turn: string, doubts: readonly string[]) {
    super("unverified-reply", 500, `A reply of turn ${turn} was held back: ${doubts.join(" ")}`, {
      value: turn,
    });
  }
}

/** Something that was handed to `run` is not in the shape it has to be. */
export class RunInputError extends MillwrightError {
  constructor(what: string, problem: string) {
    super("run-input", 400, `${what} cannot be read: ${problem}`, {
      value: what,
      expected: "the shape the contract gives",
    });
  }
}

/** The turn ended in a problem; `ask` throws it. */
export class TurnProblemError extends MillwrightError {
  readonly problem: unknown;
  constructor(problem: { title?: string; detail?: string; status?: number; type?: string }) {
    const code = problem.type?.replace(/^urn:millwright:/, "") ?? "turn-problem";
    super(code, problem.status ?? 500, problem.detail ?? problem.title ?? "The turn failed");
    this.problem = problem;
  }
}
