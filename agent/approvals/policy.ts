/** Who must agree to what. Policies are data: the first one that fits a tool is its policy. */
import type { Role, WriteTool } from "../../tools/define.ts";

export interface ApprovalPolicy {
  readonly name: string;
  /** Tools it is for; any where absent. */
  readonly risk?: WriteTool["risk"];
  readonly tools?: readonly string[];
  readonly role: Role;
  /** How many different people must approve. The requester is never one of them. */
  readonly quorum: number;
  /** How long it may wait. */
  readonly hours: number;
  /** What the approver reads: why this came to them. */
  readonly words: string;
}

export const defaultPolicies: readonly ApprovalPolicy[] = [
  {
    name: "irreversible",
    risk: "irreversible",
    role: "approver",
    quorum: 2,
    hours: 72,
    words:
      "It cannot be taken back: two people with the role approver, neither of them the requester, decide within 72 hours.",
  },
  {
    name: "default",
    role: "approver",
    quorum: 1,
    hours: 72,
    words: "One person with the role approver who is not the requester decides within 72 hours.",
  },
];

/** @throws RangeError when no policy fits: a list of policies ends with one for everything. */
export function policyFor(
  tool: Pick<WriteTool, "name" | "risk">,
  policies: readonly ApprovalPolicy[] = defaultPolicies,
): ApprovalPolicy {
  const policy = policies.find(
    ({ risk, tools }) =>
      (risk === undefined || risk === tool.risk) && (tools === undefined || tools.includes(tool.name)),
  );
  if (policy === undefined) throw new RangeError(`No approval policy fits ${tool.name} (${tool.risk})`);
  return policy;
}
