import { ChevronRight, FileDiff } from "lucide-react";
import type { ProposalCard } from "../../../channels/contract.ts";
import { formatNumber } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { useProposal } from "../queries.ts";
import { openPanel } from "../router.ts";
import { Tag } from "../ui/tag.tsx";
import { describeRisk, describeState } from "./states.ts";

/** A proposal in the conversation or in a list: one sentence, risk, state; opens the whole of it. */
export function ProposalBrief({
  proposal,
  onOpen,
}: {
  readonly proposal: ProposalCard;
  readonly onOpen?: () => void;
}) {
  const locale = useLocale();
  const { data: card = proposal } = useProposal(proposal.id, proposal);
  const risk = describeRisk(card);
  const state = describeState(card.state);
  return (
    <button
      type="button"
      data-proposal={card.id}
      onClick={onOpen ?? (() => openPanel(`proposal/${card.id}`))}
      className="flex w-full items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3 text-left transition-colors duration-100 hover:border-control hover:bg-raised"
    >
      <FileDiff className="mt-0.5 size-5 shrink-0 text-machine" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{card.summary}</span>
        <span className="mt-1.5 flex flex-wrap items-center gap-2 text-caption text-muted">
          <Tag tone={state.tone}>{state.word}</Tag>
          <Tag tone={risk.tone}>{risk.word}</Tag>
          <span>
            {formatNumber(card.preview.affected.count, locale)} {card.preview.affected.unit}, asked for by{" "}
            {card.requester}
          </span>
        </span>
      </span>
      <ChevronRight className="mt-0.5 size-5 shrink-0 text-muted" aria-hidden />
    </button>
  );
}
