import { BellRing, CircleStop } from "lucide-react";
import { useEffect } from "react";
import { ProposalBrief } from "../approvals/proposal-brief.tsx";
import { FactLine } from "../evidence/fact-line.tsx";
import { formatInstant } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { rememberViews, viewKey } from "../views/open-views.ts";
import { ViewCard } from "../views/view.tsx";
import { Answer } from "./answer.tsx";
import { type ChatMessage, contentsOf, type MessageContents } from "./messages.ts";
import { PlanCard } from "./plan-card.tsx";
import { ProgressSteps } from "./progress-steps.tsx";

export interface MessageProps {
  readonly message: ChatMessage;
  readonly running: boolean;
  readonly onAsk: (text: string) => void;
  readonly onStop: () => void;
}

export function Message({ message, running, onAsk, onStop }: MessageProps) {
  if (message.role === "user") return <Question message={message} />;
  return <Reaction message={message} running={running} onAsk={onAsk} onStop={onStop} />;
}

function Question({ message }: { readonly message: ChatMessage }) {
  const locale = useLocale();
  const { person, at } = message.metadata ?? {};
  return (
    <li className="flex flex-col items-end gap-1">
      <p className="max-w-[85%] rounded-lg bg-accent-soft px-4 py-2 text-body whitespace-pre-wrap">
        {contentsOf(message).text}
      </p>
      {at !== undefined && (
        <p className="text-caption text-muted">
          {person ?? "viewer"}, {formatInstant(at, locale)}
        </p>
      )}
    </li>
  );
}

function Reaction({ message, running, onAsk, onStop }: MessageProps) {
  const contents = contentsOf(message);
  useEffect(() => rememberViews(message.id, contents.views), [message.id, contents.views]);
  const waits = running && !contents.reply && contents.problem === undefined;
  return (
    <li data-answer={message.id} className="space-y-4">
      {contents.alerts.map((alert) => (
        <Alert key={`${alert.watch} ${alert.text}`} alert={alert} />
      ))}
      {contents.plan && waits && <PlanCard plan={contents.plan} running onStop={onStop} />}
      {waits && contents.text === "" && !contents.plan && (
        <ProgressSteps steps={contents.steps} understood={contents.understood} onStop={onStop} />
      )}
      {contents.reply ? (
        <Answer reply={contents.reply} onAsk={onAsk} />
      ) : (
        contents.text !== "" && <p className="max-w-[72ch] text-body whitespace-pre-line">{contents.text}</p>
      )}
      {contents.views.map((view, index) => (
        <ViewCard key={viewKey(message.id, index)} view={view} place={viewKey(message.id, index)} />
      ))}
      {contents.plan && !waits && <PlanCard plan={contents.plan} running={false} onStop={onStop} />}
      {contents.proposals.map((card) => (
        <ProposalBrief key={card.id} proposal={card} />
      ))}
      <Ending contents={contents} />
    </li>
  );
}

function Ending({ contents }: { readonly contents: MessageContents }) {
  return (
    <>
      {contents.decisions.map((decision) => (
        <p key={`${decision.proposal} ${decision.verdict}`} className="text-caption text-muted">
          {decision.verdict === "approve" ? "Approved" : "Rejected"}
          {decision.reason !== null && decision.reason !== "" && `: “${decision.reason}”`}
        </p>
      ))}
      {contents.problem !== undefined && <ProblemNote error={contents.problem} />}
      {contents.stopped && (
        <p className="flex items-center gap-2 text-muted">
          <CircleStop className="size-4" aria-hidden /> Stopped. Nothing was changed.
        </p>
      )}
    </>
  );
}

function Alert({ alert }: { readonly alert: MessageContents["alerts"][number] }) {
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-breach bg-breach-soft p-3">
      <BellRing className="mt-0.5 size-4 shrink-0 text-breach" aria-hidden />
      <div className="min-w-0 space-y-1">
        <p className="font-semibold">{alert.title}</p>
        <p className="whitespace-pre-line">{alert.text}</p>
        <ul>
          {alert.facts.map((fact, index) => (
            <FactLine key={fact.id} fact={fact} number={index + 1} />
          ))}
        </ul>
      </div>
    </div>
  );
}
