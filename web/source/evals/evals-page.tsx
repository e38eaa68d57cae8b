import { useState } from "react";
import { formatInstant } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { useEvalRun, usePerson, useRunEvals } from "../queries.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Page, Section, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { Failures } from "./failures.tsx";
import { type EvalRun, tierNames } from "./run.ts";
import { Scorecard } from "./scorecard.tsx";

const mayRun: readonly string[] = ["evaluator", "admin", "analyst"];

/** How good the agent is: the last run of the evals, its scorecard and what did not hold. */
export default function EvalsPage() {
  const { data, error, refetch } = useEvalRun();
  const run = useRunEvals();
  const person = usePerson();
  const allowed = person?.roles.some((role) => mayRun.includes(role)) === true;
  return (
    <Page
      title="Evals"
      lead="Cases run offline against the same agent, in worlds of their own. Tiers are never mixed; what was not run has no score."
      wide
      actions={
        allowed && (
          <Button look="primary" disabled={run.isPending} onClick={() => run.mutate("golden-paths")}>
            {run.isPending ? "Running the golden paths …" : "Run the golden paths"}
          </Button>
        )
      }
    >
      {run.error && <ProblemNote error={run.error} onRetry={() => run.mutate("golden-paths")} />}
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton lines={6} label="Loading the last run" />}
      {data === null && (
        <Empty title="No run is kept here yet">
          Run the golden paths, or ask for it: “run the evals”. On the command line, npx millwright eval runs
          all suites.
        </Empty>
      )}
      {data && <LastRun run={data} />}
    </Page>
  );
}

function LastRun({ run }: { readonly run: EvalRun }) {
  const ran = run.cards.filter(({ cases, notRun }) => cases > notRun);
  const [tier, setTier] = useState(ran[0]?.tier ?? "built-in");
  const locale = useLocale();
  return (
    <>
      <p className="mb-4 text-muted">
        {run.suites.join(", ")}, run on {formatInstant(run.completedAt, locale)}
        {run.commit && ` at commit ${run.commit.slice(0, 12)}`}
      </p>
      <ul className="mb-6 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {run.cards.map((card) => (
          <li key={card.tier}>
            <button
              type="button"
              aria-pressed={tier === card.tier}
              disabled={card.cases === card.notRun}
              onClick={() => setTier(card.tier)}
              className="w-full rounded-lg border border-line bg-surface px-4 py-3 text-left enabled:hover:border-accent aria-pressed:border-accent"
            >
              <TierTile card={card} />
            </button>
          </li>
        ))}
      </ul>
      <Scorecard key={tier} run={run} tier={tier} />
      <Section title="What did not hold">
        <Failures run={run} tier={tier} />
      </Section>
    </>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(share > 0.995 && share < 1 ? 1 : 0)} %`;

function TierTile({ card }: { readonly card: EvalRun["cards"][number] }) {
  const { passAt1, passHatK, k, notRun, cases, reasons, falselySure, flaky } = card;
  const name = tierNames[card.tier] ?? card.tier;
  if (cases === notRun) {
    return (
      <>
        <span className="block font-medium">{name}</span>
        <span className="block text-title font-semibold">not run</span>
        <span className="block text-caption text-muted">{Object.keys(reasons).join("; ")}</span>
      </>
    );
  }
  return (
    <>
      <span className="block font-medium">{name}</span>
      <span className="block text-display font-semibold tracking-tight">{percent(passAt1.share)}</span>
      <span className="block text-caption text-muted">
        {Math.round(passAt1.passed * 10) / 10} of {passAt1.of} cases; 95 % interval {percent(passAt1.low)} to{" "}
        {percent(passAt1.high)}
      </span>
      <span className="block text-caption text-muted">
        falsely sure {percent(falselySure.share)}
        {k > 1 && `; pass^${k} ${percent(passHatK.share)}; ${flaky.length} flaky`}
        {notRun > 0 && `; ${notRun} not run`}
      </span>
    </>
  );
}
