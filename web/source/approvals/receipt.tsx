import { CircleCheck, CircleX, Clock } from "lucide-react";
import type { ProposalCard } from "../../../channels/contract.ts";
import { readReceipt } from "./receipt-data.ts";
import { describeState } from "./states.ts";

const icons = { good: CircleCheck, breach: CircleX, waiting: Clock, machine: Clock, plain: CircleX } as const;
const tones = {
  good: "bg-good-soft text-good",
  breach: "bg-breach-soft text-breach",
  waiting: "bg-waiting-soft text-waiting",
  machine: "bg-machine-soft text-machine",
  plain: "bg-raised text-muted",
} as const;

/** What became of a decided proposal, with the other system's own ids. */
export function Receipt({ card }: { readonly card: ProposalCard }) {
  const { word, tone } = describeState(card.state);
  const { summary, references } = readReceipt(card.receipt);
  const Icon = icons[tone];
  return (
    <div role="status" data-receipt={card.state} className={`flex gap-3 rounded-lg p-3 ${tones[tone]}`}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 space-y-1">
        <p className="font-medium">{word}</p>
        {summary !== null && <p className="text-text">{summary}</p>}
        {references.map((reference) => (
          <p key={`${reference.system} ${reference.id}`} className="text-text">
            {reference.system} <code className="font-mono">{reference.id}</code>
          </p>
        ))}
      </div>
    </div>
  );
}
