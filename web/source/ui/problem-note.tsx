import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { problemFrom } from "../api.ts";
import { Button } from "./button.tsx";

const whereOf = (problem: ReturnType<typeof problemFrom>): string =>
  [
    problem.file,
    problem.line === undefined ? null : `line ${problem.line}`,
    problem.column === undefined ? null : `column ${problem.column}`,
  ]
    .filter((piece) => piece !== null && piece !== undefined)
    .join(", ");

/** What went wrong, where, and what to do next. */
export function ProblemNote({
  error,
  onRetry,
  children,
}: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly children?: ReactNode;
}) {
  const problem = problemFrom(error);
  const where = whereOf(problem);
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-breach bg-breach-soft p-3 text-dense">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-breach" aria-hidden />
      <div className="min-w-0 space-y-1">
        <p className="font-medium">{problem.detail}</p>
        {where !== "" && <p className="text-muted">{where}</p>}
        {problem.expected !== undefined && <p className="text-muted">Expected: {problem.expected}</p>}
        {problem.remedy !== undefined && <p>{problem.remedy}</p>}
        {children}
        {onRetry && (
          <Button onClick={onRetry} className="mt-2">
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
