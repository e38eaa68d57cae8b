import { Check, LoaderCircle, Square } from "lucide-react";
import { formatShare } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { describeTool, type Step } from "./messages.ts";

/** What is being done, how far it is, and a way to stop it; stands where the answer will be. */
export function ProgressSteps({
  steps,
  understood,
  onStop,
}: {
  readonly steps: readonly Step[];
  readonly understood: string | null;
  readonly onStop: () => void;
}) {
  return (
    <div className="space-y-3 rounded-lg border border-line bg-surface p-4">
      {understood !== null && <p className="text-muted">Understood as: {understood}</p>}
      <ul className="space-y-2">
        {steps.length === 0 && <Line label="Reading the question" share={null} done={false} />}
        {steps.map((step) => (
          <Line
            key={step.id}
            label={step.message ?? describeTool(step.tool)}
            share={step.share}
            done={step.done}
          />
        ))}
      </ul>
      <Button onClick={onStop} icon={<Square className="size-3.5" aria-hidden />}>
        Stop
      </Button>
    </div>
  );
}

function Line({
  label,
  share,
  done,
}: {
  readonly label: string;
  readonly share: number | null;
  readonly done: boolean;
}) {
  const locale = useLocale();
  return (
    <li className="space-y-1.5">
      <p className="flex items-center gap-2">
        {done ? (
          <Check className="size-4 shrink-0 text-good" aria-label="done" />
        ) : (
          <LoaderCircle className="size-4 shrink-0 animate-spin text-muted" aria-label="running" />
        )}
        <span className="min-w-0 flex-1">{label}</span>
        {share !== null && !done && <span className="text-muted">{formatShare(share, locale)}</span>}
      </p>
      {share !== null && !done && (
        <progress
          value={share}
          max={1}
          aria-label={label}
          className="block h-1 w-full appearance-none overflow-hidden rounded bg-raised [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-raised [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </li>
  );
}
