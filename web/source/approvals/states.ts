/** How proposals are shown: their states in words, their order, what approving one does. */
import type { ProposalCard, Risk } from "../../../channels/contract.ts";
import type { Tone } from "../ui/tag.tsx";

const states: Readonly<Record<string, { readonly word: string; readonly tone: Tone }>> = {
  pending: { word: "Waits for a decision", tone: "machine" },
  approved: { word: "Approved, not yet done", tone: "waiting" },
  executing: { word: "Being done", tone: "waiting" },
  executed: { word: "Done", tone: "good" },
  failed: { word: "Failed", tone: "breach" },
  "in-doubt": { word: "In doubt: being checked with the system", tone: "breach" },
  rejected: { word: "Rejected", tone: "plain" },
  expired: { word: "Expired", tone: "plain" },
  superseded: { word: "Replaced by a newer one", tone: "plain" },
  undone: { word: "Undone", tone: "plain" },
};

export const describeState = (state: string): { readonly word: string; readonly tone: Tone } =>
  states[state] ?? { word: state, tone: "plain" };

const risks: Readonly<Record<Risk, { readonly word: string; readonly tone: Tone; readonly rank: number }>> = {
  irreversible: { word: "Cannot be undone", tone: "breach", rank: 3 },
  write: { word: "Changes something", tone: "waiting", rank: 2 },
  draft: { word: "Draft", tone: "machine", rank: 1 },
  read: { word: "Only reads", tone: "plain", rank: 0 },
};

/** A write that has no undo is shown as what it is, whatever its declared risk. */
export function describeRisk(card: Pick<ProposalCard, "risk" | "preview">): {
  word: string;
  tone: Tone;
  rank: number;
} {
  return card.risk === "write" && !card.preview.undo.possible ? risks.irreversible : risks[card.risk];
}

const waiting = new Set(["pending", "approved", "executing", "in-doubt"]);
export const isWaiting = (card: Pick<ProposalCard, "state">): boolean => waiting.has(card.state);

/** Riskiest first: cannot be undone, most money, most affected, then what lapses soonest. */
export function byRisk(cards: readonly ProposalCard[]): readonly ProposalCard[] {
  return [...cards].sort(
    (a, b) =>
      describeRisk(b).rank - describeRisk(a).rank ||
      (b.preview.money?.amount ?? 0) - (a.preview.money?.amount ?? 0) ||
      b.preview.affected.count - a.preview.affected.count ||
      a.expires.localeCompare(b.expires),
  );
}

/** What the approve button says: what it does, not that one agrees. */
export const approveLabel = (card: Pick<ProposalCard, "preview">): string => card.preview.action;

/** May this person decide it here? The server decides in the end; this only keeps dead buttons off the screen. */
export function mayDecide(
  card: Pick<ProposalCard, "state" | "requester" | "approvers">,
  person: { readonly id: string; readonly roles: readonly string[] } | null,
): { readonly may: boolean; readonly why: string } {
  if (card.state !== "pending") return { may: false, why: describeState(card.state).word };
  if (!person) return { may: false, why: "Sign in to decide." };
  const named = card.approvers.includes(person.id);
  const byRole = person.roles.some((role) => card.approvers.includes(role));
  if (named || byRole) return { may: true, why: "" };
  if (card.requester === person.id) return { may: false, why: "You asked for it, so somebody else decides." };
  return { may: false, why: `For ${card.approvers.join(", ") || "an approver"} to decide.` };
}
