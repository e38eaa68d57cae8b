import { MillwrightError } from "../../errors.ts";

export class ProposalNotFoundError extends MillwrightError {
  constructor(id: string) {
    super("proposal-not-found", 404, `There is no proposal ${id}.`, {
      value: id,
      remedy: "List the proposals that wait.",
    });
  }
}

/** Not the approver's role, the requester, or nobody that is known. */
export class DecisionNotAllowedError extends MillwrightError {
  constructor(person: string | null, proposal: string, reason: string, expected: string) {
    super("not-allowed", 403, `${person ?? "Nobody"} may not decide proposal ${proposal}: ${reason}.`, {
      value: proposal,
      expected,
      remedy: "Ask one of its approvers.",
    });
  }
}

export class DigestMismatchError extends MillwrightError {
  constructor(proposal: string, given: string, actual: string) {
    super("digest-mismatch", 409, `Proposal ${proposal} asks for something else than what was decided on.`, {
      value: given,
      expected: actual,
      remedy: "Read the proposal as it is now and decide on that.",
    });
  }
}

export class ProposalExpiredError extends MillwrightError {
  constructor(proposal: string, expired: string) {
    super("proposal-expired", 410, `Proposal ${proposal} lapsed at ${expired}.`, {
      value: proposal,
      remedy: "Ask for it again.",
    });
  }
}

export class ProposalSupersededError extends MillwrightError {
  readonly by: string | null;
  constructor(proposal: string, by: string | null) {
    const instead = by === null ? "It was withdrawn." : `Proposal ${by} stands in its place.`;
    super("proposal-superseded", 409, `Proposal ${proposal} no longer stands. ${instead}`, {
      value: proposal,
      remedy: by === null ? "Ask for it again." : `Decide on proposal ${by}.`,
    });
    this.by = by;
  }
}

export class AlreadyDecidedError extends MillwrightError {
  constructor(proposal: string, by: string, verdict: string, at: string) {
    super("already-decided", 409, `Proposal ${proposal} was decided already: ${verdict} by ${by} at ${at}.`, {
      value: proposal,
      remedy: "Nothing is left to decide.",
    });
  }
}

export interface Rejection {
  readonly proposal: string;
  /** The name of who rejected it. */
  readonly by: string;
  readonly reason: string | null;
  readonly at: Date;
  /** The day from which on the same may be asked for again. */
  readonly until: string;
}

/** The same write was rejected on the same evidence, not long ago. */
export class ProposalRejectedBeforeError extends MillwrightError {
  readonly rejection: Rejection;
  constructor(rejection: Rejection) {
    const { proposal, by, reason, at, until } = rejection;
    const why = reason === null ? "no reason was given" : `the reason: “${reason}”`;
    super(
      "proposal-rejected-before",
      409,
      `${by} rejected the same on ${at.toISOString().slice(0, 10)}, ${why}.`,
      {
        value: proposal,
        expected: `another change, other evidence, or a day from ${until} on`,
        remedy: `It comes back on ${until}, or as soon as the evidence changes. Talk to ${by}, or ask for something else.`,
      },
    );
    this.rejection = rejection;
  }
}

/** A write that cannot be proposed (or executed) as it was asked for. */
export class ProposalInputError extends MillwrightError {
  constructor(tool: string, problem: string) {
    super("proposal-input", 422, `The input of ${tool} does not fit: ${problem}`, {
      value: tool,
      expected: "an input that fits the tool's schema",
    });
  }
}

/** What was approved cannot be carried out as it was approved. */
export class ExecutionRefusedError extends MillwrightError {
  constructor(proposal: string, reason: string) {
    super("execution-refused", 409, `Proposal ${proposal} was not executed: ${reason}.`, {
      value: proposal,
      remedy: "Ask for it again.",
    });
  }
}

/** Nobody knows whether the effect is there; a person has to look. */
export class OutcomeUnknownError extends MillwrightError {
  constructor(proposal: string, reason: string) {
    super("outcome-unknown", 502, `Whether proposal ${proposal} took effect is not known: ${reason}.`, {
      value: proposal,
      remedy: "Look in the target system; the reconciliation asks it again.",
    });
  }
}
