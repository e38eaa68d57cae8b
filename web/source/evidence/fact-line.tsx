import type { Fact } from "../../../channels/contract.ts";
import { formatValue } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { EvidenceMark } from "./evidence-mark.tsx";

/** A figure in a list of evidence: value, what it is, its mark. */
export function FactLine({ fact, number }: { readonly fact: Fact; readonly number: number }) {
  return (
    <li className="flex items-baseline gap-2">
      <span className="font-semibold whitespace-nowrap">
        {formatValue(fact.value, fact.unit, useLocale())}
      </span>
      <span className="min-w-0 text-muted">{fact.label}</span>
      <EvidenceMark fact={fact.id} number={number} label={fact.label} />
    </li>
  );
}
