import type { Change } from "../../../channels/contract.ts";
import { formatNumber } from "../format.ts";
import { useLocale } from "../preferences.ts";

/** Before and after, line by line. */
export function DiffView({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <dl className="divide-y divide-line rounded-lg border border-line">
      {changes.map((change) => (
        <div key={change.what} className="px-3 py-2">
          <dt className="text-caption text-muted">{change.what}</dt>
          <dd className="mt-0.5 space-y-0.5">
            <Side sign="−" word="before" value={change.before} tone="text-breach" />
            <Side sign="+" word="after" value={change.after} tone="text-good" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Side({
  sign,
  word,
  value,
  tone,
}: {
  readonly sign: string;
  readonly word: string;
  readonly value: Change["before"];
  readonly tone: string;
}) {
  const locale = useLocale();
  const text =
    value === null ? "nothing" : typeof value === "number" ? formatNumber(value, locale) : String(value);
  return (
    <p className="flex gap-2">
      <span aria-hidden className={`w-3 shrink-0 text-center font-semibold ${tone}`}>
        {sign}
      </span>
      <span className="sr-only">{word}: </span>
      <span className={`min-w-0 whitespace-pre-wrap ${value === null ? "text-muted" : ""}`}>{text}</span>
    </p>
  );
}
