import { ShieldAlert, Undo2, UserCheck, Users } from "lucide-react";
import type { ProposalCard } from "../../../channels/contract.ts";
import { describeMetric } from "../board/monitor.ts";
import { FactLine } from "../evidence/fact-line.tsx";
import { formatFromNow, formatInstant, formatMoney, formatNumber, formatValue } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { useProposal } from "../queries.ts";
import { Detail, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { Tag } from "../ui/tag.tsx";
import { DiffView } from "../views/diff-view.tsx";
import { Decision } from "./decision.tsx";
import { Receipt } from "./receipt.tsx";
import { describeRisk, describeState } from "./states.ts";
import { Undo } from "./undo.tsx";

/** A proposal in full, as it stands now. */
export function ProposalFull({ id, known }: { readonly id: string; readonly known?: ProposalCard }) {
  const { data, error, refetch } = useProposal(id, known);
  if (data) return <Card card={data} />;
  if (error) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  return <Skeleton lines={6} label="Loading the proposal" />;
}

const stripes = {
  breach: "border-l-breach",
  waiting: "border-l-waiting",
  machine: "border-l-machine",
  good: "border-l-good",
  plain: "border-l-control",
} as const;

function Card({ card }: { readonly card: ProposalCard }) {
  const { preview } = card;
  const risk = describeRisk(card);
  const state = describeState(card.state);
  return (
    <article
      aria-label={`Proposal: ${card.summary}`}
      className={`space-y-4 rounded-lg border border-l-4 border-line bg-surface p-4 ${stripes[risk.tone]}`}
    >
      <p className="flex flex-wrap gap-2">
        <Tag tone={risk.tone} icon={<ShieldAlert className="size-3.5" aria-hidden />}>
          {risk.word}
        </Tag>
        <Tag tone={state.tone}>{state.word}</Tag>
      </p>
      <h2 className="text-body font-semibold">{preview.summary}</h2>
      {card.state !== "pending" && <Receipt card={card} />}
      <Undo card={card} />
      {preview.why !== "" && (
        <Part title="Why">
          <p className="whitespace-pre-line">{preview.why}</p>
          {preview.facts.length > 0 && (
            <ul className="mt-2 space-y-1">
              {preview.facts.map((fact, index) => (
                <FactLine key={fact.id} fact={fact} number={index + 1} />
              ))}
            </ul>
          )}
        </Part>
      )}
      {preview.changes.length > 0 && (
        <Part title="What changes">
          <DiffView changes={preview.changes} />
        </Part>
      )}
      <Reach card={card} />
      {preview.risks.length > 0 && (
        <Part title="Risks">
          <ul className="list-disc space-y-1 pl-5">
            {preview.risks.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Part>
      )}
      <Decision card={card} />
    </article>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-caption font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}

/** Blast radius, money, undo, who asked, who decides and until when. */
function Reach({ card }: { readonly card: ProposalCard }) {
  const locale = useLocale();
  const { affected, money, undo, promise } = card.preview;
  const examples = affected.examples.slice(0, 5).join(", ");
  return (
    <dl className="divide-y divide-line border-y border-line">
      <Detail label="Affects">
        <span className="inline-flex items-center gap-1.5 font-medium">
          <Users className="size-4 text-muted" aria-hidden />
          {formatNumber(affected.count, locale)} {affected.unit}
        </span>
        {examples !== "" && <span className="block text-caption text-muted">for example {examples}</span>}
      </Detail>
      {money && <Detail label="Money">{formatMoney(money.amount, money.currency, locale)}</Detail>}
      {promise && <PromiseDetail promise={promise} />}
      <Detail label="Undo">
        <span className="inline-flex items-start gap-1.5">
          <Undo2
            className={`mt-0.5 size-4 shrink-0 ${undo.possible ? "text-good" : "text-breach"}`}
            aria-hidden
          />
          <span>
            {undo.possible ? "Possible" : "Not possible"}
            {undo.how !== "" && `: ${undo.how}`}
          </span>
        </span>
      </Detail>
      <Detail label="Asked for by">{card.requester}</Detail>
      <Detail label="Decided by">
        <span className="inline-flex items-center gap-1.5">
          <UserCheck className="size-4 text-muted" aria-hidden />
          {card.approvers.join(", ")}
        </span>
        {card.policy !== "" && <span className="block text-caption text-muted">{card.policy}</span>}
      </Detail>
      <Detail label="Until">
        {formatInstant(card.expires, locale)}{" "}
        <span className="text-muted">({formatFromNow(card.expires, Date.now(), locale)})</span>
      </Detail>
      <Detail label="Digest">
        <code className="font-mono text-caption text-muted">{card.digest.slice(0, 16)}</code>
      </Detail>
    </dl>
  );
}

/** What is promised and will be measured on later cases. */
function PromiseDetail({ promise }: { readonly promise: NonNullable<ProposalCard["preview"]["promise"]> }) {
  const locale = useLocale();
  const written = (value: number) => formatValue(value, promise.unit, locale);
  const what = [describeMetric(promise.metric), promise.activity]
    .filter((piece) => piece !== undefined)
    .join(", ");
  return (
    <Detail label="Promise">
      {what}: {written(promise.before)} → {written(promise.expected)}
      <span className="block text-caption text-muted">
        between {written(promise.low)} and {written(promise.high)}; judged after{" "}
        {formatNumber(promise.minimumCases, locale)} later cases
      </span>
    </Detail>
  );
}
