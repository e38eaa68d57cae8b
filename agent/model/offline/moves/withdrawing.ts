/** Taking back what this thread proposed. */
import { wordsBeside } from "../link/words-beside.ts";
import { any, line, type Situation, type Spoken } from "../spoken.ts";
import { asksBeside, endsAsking } from "./deciding.ts";

/** "never mind": proposals that this thread made are taken back. */
export function withdrawing({ reading, briefing, state }: Situation): Spoken | null {
  if (!reading.moves.has("withdraw") || wordsBeside(reading, ["withdraw", "addition", "correction"]) > 2)
    return null;
  if (endsAsking(reading) || asksBeside(reading, ["withdraw"])) return null;
  // "posso annullarlo dopo?" asks whether it can be, and takes nothing back.
  if (/[?？]\s*$/u.test(reading.text)) return null;
  const own = briefing.proposals.filter(
    (proposal) =>
      proposal.state === "pending" &&
      state.proposals.includes(proposal.id) &&
      proposal.requester === (briefing.person?.id ?? ""),
  );
  if (own.length === 0 && state.proposals.length > 0 && any(reading, "undo", "rule", "watch")) return null;
  if (own.length === 0) {
    return {
      say: "answer",
      confidence: 0.8,
      said: { headline: line("Nothing of yours is waiting here, so there is nothing to withdraw.") },
    };
  }
  return {
    say: "answer",
    confidence: 0.9,
    supersedes: own.map(({ id }) => id),
    said: {
      headline: line("Withdrawn. Nothing has been done."),
      notes: own.map((proposal) =>
        line("{proposal}: {summary}", { proposal: proposal.id, summary: proposal.summary }),
      ),
    },
  };
}
