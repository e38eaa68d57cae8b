import { Ban, Check, Circle, CircleStop, LoaderCircle, Square, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { PlanStep } from "../../../channels/contract.ts";
import { formatShare } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import type { PlanContents } from "./messages.ts";

/** A plan's steps: while it runs with how far it is and a way to stop it, afterwards with what was done and what was not. */
export function PlanCard({
  plan,
  running,
  onStop,
}: {
  readonly plan: PlanContents;
  readonly running: boolean;
  readonly onStop: () => void;
}) {
  const done = plan.steps.filter(({ state }) => state === "done").length;
  return (
    <section aria-label="Plan" data-plan className="space-y-3 rounded-lg border border-line bg-surface p-4">
      <header className="flex items-center justify-between gap-3">
        <h2 className="font-semibold">{running ? "Plan" : "What was done"}</h2>
        <p className="text-caption text-muted tabular-nums">
          {done} of {plan.steps.length} done
        </p>
      </header>
      <ol className="space-y-2">
        {plan.steps.map((step, index) => (
          <Step
            key={step.id}
            step={step}
            number={index + 1}
            progress={plan.progress.get(step.id)}
            running={running}
          />
        ))}
      </ol>
      {plan.steered.map(({ words, said }) => (
        <p key={`${words} ${said}`} className="border-l-2 border-accent pl-3 text-muted">
          “{words}”: {said}
        </p>
      ))}
      {running && (
        <Button onClick={onStop} icon={<Square className="size-3.5" aria-hidden />}>
          Stop
        </Button>
      )}
    </section>
  );
}

const icons: Readonly<Record<PlanStep["state"], ReactNode>> = {
  waiting: <Circle className="size-4 text-muted" aria-label="waiting" />,
  running: (
    <LoaderCircle
      className="size-4 animate-spin text-accent motion-reduce:animate-none"
      aria-label="running"
    />
  ),
  done: <Check className="size-4 text-good" aria-label="done" />,
  failed: <TriangleAlert className="size-4 text-breach" aria-label="failed" />,
  skipped: <Ban className="size-4 text-muted" aria-label="left out" />,
  stopped: <CircleStop className="size-4 text-waiting" aria-label="stopped" />,
};

function Step({
  step,
  number,
  progress,
  running,
}: {
  readonly step: PlanStep;
  readonly number: number;
  readonly progress: { readonly message: string; readonly share: number | null } | undefined;
  readonly running: boolean;
}) {
  const locale = useLocale();
  const isNow = step.state === "running";
  const detail = step.note ?? (isNow && progress ? progress.message : running ? step.why : null);
  return (
    <li className="flex gap-3" data-state={step.state} aria-current={isNow ? "step" : undefined}>
      <span className="mt-0.5 shrink-0">{icons[step.state]}</span>
      <div className="min-w-0 flex-1">
        <p className={isNow ? "font-medium" : step.state === "waiting" ? "text-muted" : ""}>
          <span className="tabular-nums">{number}.</span> {step.title}
        </p>
        {detail !== null && <p className="text-caption text-muted">{detail}</p>}
      </div>
      {isNow && progress?.share != null && (
        <span className="text-caption text-muted tabular-nums">{formatShare(progress.share, locale)}</span>
      )}
    </li>
  );
}
