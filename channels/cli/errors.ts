/** What the command line itself refuses. */
import { MillwrightError } from "../../errors.ts";

/** Bad use: exit code 2. */
export class UsageError extends MillwrightError {
  /** The command whose usage helps; null for the list of commands. */
  readonly command: string | null;
  constructor(message: string, command: string | null = null) {
    super("usage", 400, message, {
      remedy: `See \`millwright ${command === null ? "" : `${command} `}--help\`.`,
    });
    this.command = command;
  }
}

export class UnknownPersonError extends MillwrightError {
  constructor(person: string) {
    super("unknown-person", 403, `Nobody here is called “${person}”.`, {
      value: person,
      remedy: "Name a person with --as; the samples are maya, arun, ana, ben, eli and dev.",
    });
  }
}

export class CredentialNeededError extends MillwrightError {
  constructor() {
    super("credential-needed", 401, "On this database a person is known by a token only.", {
      remedy: "Set MILLWRIGHT_TOKEN; --as without one works on the embedded database.",
    });
  }
}

export class TokenRefusedError extends MillwrightError {
  constructor(detail: string) {
    super("token-refused", 401, detail, { remedy: "Make a new one with `millwright token --as PERSON`." });
  }
}

export class FileUnreadableError extends MillwrightError {
  constructor(file: string, cause: unknown) {
    const reason = cause instanceof Error && "code" in cause ? reasons[String(cause.code)] : undefined;
    super("file-unreadable", 400, reason ?? "The file cannot be read.", { file }, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file.",
  EACCES: "This user may not read the file.",
  EISDIR: "This is a folder; a file is expected.",
};

export class FileFormatError extends MillwrightError {
  constructor(file: string, message: string, line?: number) {
    super("file-format", 400, message, { file, ...(line === undefined ? {} : { line }) });
  }
}

export class ProposalNotFoundError extends MillwrightError {
  constructor(id: string) {
    super("proposal-not-found", 404, `There is no proposal ${id}.`, {
      value: id,
      remedy: "See `millwright proposals`.",
    });
  }
}

export class RemoteError extends MillwrightError {
  constructor(problem: { type?: string; status: number; detail: string } & Record<string, unknown>) {
    const { type, status, detail, title: _title, ...details } = problem;
    super(type?.replace("urn:millwright:", "") ?? "remote", status, detail, details);
  }
}

export class ServerUnreachableError extends MillwrightError {
  constructor(address: string, cause: unknown) {
    super(
      "server-unreachable",
      503,
      `The server at ${address} does not answer.`,
      {
        value: address,
        remedy: "It holds the database's lock. Start it again, or stop its process.",
      },
      { cause },
    );
  }
}

/** A step of the demo did not show what it is there to show. */
export class DemoFailedError extends MillwrightError {
  constructor(what: string) {
    super("demo-failed", 500, `The demo stopped: ${what}.`);
  }
}
