import { useRef, useState } from "react";
import type { ProposalCard } from "../../../channels/contract.ts";
import { useDecide, usePerson, type Verdict } from "../queries.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { approveLabel, mayDecide } from "./states.ts";

/** Approve and reject, equal in size; both are dead from the first click until the server has answered. */
export function Decision({ card }: { readonly card: ProposalCard }) {
  const person = usePerson();
  const decide = useDecide();
  const send = useOnce(decide.isPending || decide.isSuccess, decide.mutate);
  const [rejecting, setRejecting] = useState(false);
  const { may, why } = mayDecide(card, person);
  const busy = decide.isPending || decide.isSuccess;
  return (
    <div
      className={
        may
          ? "sticky bottom-0 -mx-4 -mb-4 space-y-3 rounded-b-lg border-t border-line bg-surface p-4"
          : "space-y-3"
      }
    >
      {decide.error && <ProblemNote error={decide.error} />}
      {decide.data?.already && <p role="status">You had decided this before; nothing was done again.</p>}
      {may && !decide.isSuccess && (
        <div className="grid grid-cols-2 gap-3">
          <Button
            look="primary"
            disabled={busy}
            aria-busy={decide.isPending}
            onClick={() => send({ proposal: card, verdict: "approve" })}
          >
            {decide.isPending && decide.variables.verdict === "approve" ? "Working …" : approveLabel(card)}
          </Button>
          <Button disabled={busy} aria-expanded={rejecting} onClick={() => setRejecting(!rejecting)}>
            Reject
          </Button>
        </div>
      )}
      {may && rejecting && !decide.isSuccess && (
        <Rejection busy={busy} onReject={(reason) => send({ proposal: card, verdict: "reject", reason })} />
      )}
      {!may && card.state === "pending" && <p className="text-muted">{why}</p>}
    </div>
  );
}

/** The second click of a double click comes before the screen knows of the first: it is dropped here. */
function useOnce(busy: boolean, mutate: (verdict: Verdict) => void): (verdict: Verdict) => void {
  const sent = useRef(false);
  if (!busy) sent.current = false;
  return (verdict) => {
    if (sent.current) return;
    sent.current = true;
    mutate(verdict);
  };
}

function Rejection({
  busy,
  onReject,
}: {
  readonly busy: boolean;
  readonly onReject: (reason: string) => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim());
      }}
    >
      <label className="block">
        <span className="text-muted">Why? (the person who asked will read it)</span>
        <textarea
          value={reason}
          rows={2}
          // biome-ignore lint/a11y/noAutofocus: it appears because the person asked to reject
          autoFocus
          onChange={(event) => setReason(event.target.value)}
          className="mt-1 block w-full rounded-lg border border-control bg-surface px-3 py-2"
        />
      </label>
      <Button type="submit" disabled={busy}>
        Reject it
      </Button>
    </form>
  );
}
