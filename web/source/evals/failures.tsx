import { CopyButton } from "../ui/copy-button.tsx";
import { Empty } from "../ui/page.tsx";
import { Tag } from "../ui/tag.tsx";
import type { EvalRun, FailedCase } from "./run.ts";

/** Each failure with its transcript, the first diverging step, and the line that runs it again. */
export function Failures({ run, tier }: { readonly run: EvalRun; readonly tier: string }) {
  const own = run.failures.filter((failure) => failure.tier === tier);
  return (
    <>
      {own.length === 0 && run.hiddenFailures === 0 && <Empty title="Everything held" />}
      <ul className="space-y-2">
        {own.map((failure) => (
          <li key={failure.id}>
            <Failure failure={failure} />
          </li>
        ))}
      </ul>
      {run.hiddenFailures > 0 && (
        <p className="mt-3 text-muted">
          {run.hiddenFailures} held-out cases did not hold; they are not named, so that nobody tunes for them.
        </p>
      )}
    </>
  );
}

function Failure({ failure }: { readonly failure: FailedCase }) {
  const { id, suite, persona, language, capability, risk, note, problems, transcript, again } = failure;
  const numbered = transcript.map((exchange, index) => ({ turn: index + 1, exchange }));
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-2">
      <summary className="cursor-pointer">
        <span className="font-medium">{id}</span>{" "}
        <span className="text-caption text-muted">
          {[suite, persona, language, capability, risk].join(" · ")}
        </span>
      </summary>
      <p className="mt-2 text-muted">{note}</p>
      <ul className="my-2 list-disc pl-5 text-breach">
        {problems.map(({ turn, problem }) => (
          <li key={`${turn} ${problem}`}>
            turn {turn}: {problem}
          </li>
        ))}
      </ul>
      <ol className="space-y-3">
        {numbered.map(({ turn, exchange }) => (
          <li key={turn} className="border-l-2 border-line pl-3">
            <Exchange exchange={exchange} turn={turn} diverges={failure.diverges} />
          </li>
        ))}
      </ol>
      <p className="mt-3 flex flex-wrap items-center gap-2">
        <code className="rounded-md bg-raised px-2 py-1">{again}</code>
        <CopyButton text={() => again} label="Copy the line that runs it again" />
      </p>
    </details>
  );
}

function Exchange({
  exchange,
  turn,
  diverges,
}: {
  readonly exchange: FailedCase["transcript"][number];
  readonly turn: number;
  readonly diverges: FailedCase["diverges"];
}) {
  const here = diverges?.turn === turn ? diverges.call : null;
  return (
    <>
      <p className="font-medium">
        {exchange.person}: {exchange.say}
      </p>
      <ol className="my-1 space-y-1 text-caption">
        {exchange.calls.map(({ tool, input }, index) => (
          <li key={`${tool} ${JSON.stringify(input)}`} className="flex flex-wrap items-center gap-2">
            <code className="break-all">
              {tool} {JSON.stringify(input)}
            </code>
            {here === index && <Tag tone="breach">first diverging step</Tag>}
          </li>
        ))}
        {here !== null && here >= exchange.calls.length && (
          <li>
            <Tag tone="breach">first diverging step: a call is missing here</Tag>
          </li>
        )}
      </ol>
      <p className="whitespace-pre-wrap text-muted">{exchange.reply}</p>
    </>
  );
}
