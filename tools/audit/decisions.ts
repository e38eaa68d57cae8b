/** What can be decided and done, as people say it and as the ledger's entries are called. */
export const decisions = [
  "approved",
  "rejected",
  "decided",
  "withdrawn",
  "executed",
  "failed",
  "alerted",
  "proposed",
  "expired",
] as const;
export type Decision = (typeof decisions)[number];

export const decisionKinds: Readonly<Record<Decision, readonly string[]>> = {
  approved: ["decision-approve"],
  rejected: ["decision-reject"],
  decided: ["decision-approve", "decision-reject"],
  withdrawn: ["proposal-superseded"],
  executed: ["execution-executed"],
  failed: ["execution-failed", "execution-in-doubt"],
  alerted: ["alert-raised"],
  proposed: ["proposal-created"],
  expired: ["proposal-expired"],
};

/** The word for an entry. */
export const didWords: Readonly<Record<string, string>> = {
  "decision-approve": "approved",
  "decision-reject": "rejected",
  "proposal-superseded": "withdrawn",
  "proposal-created": "proposed",
  "proposal-expired": "expired",
  "execution-started": "begun",
  "execution-executed": "executed",
  "execution-failed": "failed",
  "execution-in-doubt": "left in doubt",
  "alert-raised": "alerted",
};
