import type { Fact } from "../../../channels/contract.ts";
import { EvidenceMark } from "../evidence/evidence-mark.tsx";
import { writeValue } from "../format.ts";
import { useLocale } from "../preferences.ts";

/** One figure: value large, unit small, what it is, its evidence. */
export function FigureTile({ fact, number }: { readonly fact: Fact; readonly number: number }) {
  const { value, unit } = writeValue(fact.value, fact.unit, useLocale());
  return (
    <li className="flex min-w-0 flex-col rounded-lg border border-line bg-surface px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <span className="text-display font-semibold tracking-tight">{value}</span>
        {unit !== "" && <span className="text-dense text-muted">{unit}</span>}
        <EvidenceMark fact={fact.id} number={number} label={fact.label} />
      </p>
      <p className="mt-1 line-clamp-3 text-caption text-muted">{fact.label}</p>
    </li>
  );
}
