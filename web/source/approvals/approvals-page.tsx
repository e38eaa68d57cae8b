import { useState } from "react";
import { useProposals } from "../queries.ts";
import { navigate } from "../router.ts";
import { useListKeys } from "../shell/keys.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Page, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { ProposalBrief } from "./proposal-brief.tsx";
import { ProposalFull } from "./proposal-card.tsx";
import { byRisk, isWaiting } from "./states.ts";

/** What waits for a decision, riskiest first; what was decided stands behind a switch. */
export default function ApprovalsPage({ id }: { readonly id: string | null }) {
  const { data, error, refetch } = useProposals();
  const [decided, setDecided] = useState(false);
  const list = useListKeys();
  if (id !== null) return <OnePage id={id} />;
  const cards = byRisk((data ?? []).filter((card) => isWaiting(card) !== decided));
  return (
    <Page
      title="Approvals"
      lead="Nothing changes in another system until the right person has decided here. Riskiest first."
      actions={
        <Button aria-pressed={decided} onClick={() => setDecided(!decided)}>
          {decided ? "Show what waits" : "Show what was decided"}
        </Button>
      }
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton lines={4} label="Loading proposals" />
      ) : cards.length === 0 ? (
        <Empty title={decided ? "Nothing has been decided yet" : "Nothing needs you"}>
          Proposals come from conversations: ask what could be better, then ask for the fix.
        </Empty>
      ) : (
        <ul ref={list} className="space-y-3">
          {cards.map((card) => (
            <li key={card.id}>
              <ProposalBrief
                proposal={card}
                onOpen={() => navigate(`/approvals/${encodeURIComponent(card.id)}`)}
              />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function OnePage({ id }: { readonly id: string }) {
  return (
    <Page title="Proposal" actions={<Button onClick={() => navigate("/approvals")}>All approvals</Button>}>
      <div className="max-w-2xl">
        <ProposalFull id={id} />
      </div>
    </Page>
  );
}
