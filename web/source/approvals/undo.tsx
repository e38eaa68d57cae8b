import { Undo2 } from "lucide-react";
import type { ProposalCard } from "../../../channels/contract.ts";
import { usePerson, useUndo } from "../queries.ts";
import { navigate } from "../router.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";

/** Taking back is a change too: the button makes a proposal, and somebody decides on it. */
export function Undo({ card }: { readonly card: ProposalCard }) {
  const undo = useUndo();
  const person = usePerson();
  if (card.state !== "executed" || !card.preview.undo.possible || !person) return null;
  const propose = () =>
    undo.mutate(card.id, { onSuccess: (back) => navigate(`/approvals/${encodeURIComponent(back.id)}`) });
  return (
    <div className="space-y-2">
      <Button onClick={propose} disabled={undo.isPending} icon={<Undo2 className="size-4" aria-hidden />}>
        Propose to undo it
      </Button>
      {undo.error && <ProblemNote error={undo.error} onRetry={propose} />}
    </div>
  );
}
