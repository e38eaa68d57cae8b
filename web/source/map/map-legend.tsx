import { Clock } from "lucide-react";
import { formatDuration } from "../format.ts";
import { useLocale } from "../preferences.ts";
import type { ProcessMapView } from "./graph.ts";
import { rampColour, rampLimits, type Told } from "./ramp.ts";

export const longestOf = (view: ProcessMapView): number =>
  Math.max(0, ...view.edges.map((edge) => edge.seconds ?? 0));

/** What width and colour mean, with the times of each colour. */
export function MapLegend({ view, told }: { readonly view: ProcessMapView; readonly told: Told }) {
  const locale = useLocale();
  const longest = longestOf(view);
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-caption text-muted">
      <span className="flex items-center gap-1.5">
        <svg width="36" height="10" aria-hidden>
          <path d="M0 5h16" stroke="var(--ramp-0)" strokeWidth="1.5" />
          <path d="M20 5h16" stroke="var(--ramp-0)" strokeWidth="7" />
        </svg>
        {told === "frequency" ? "width: how often (logarithmic)" : "width: how long"}
      </span>
      {longest > 0 && (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span>mean time of a step:</span>
          {rampLimits(longest).map((limit, step) => (
            <span key={limit} className="flex items-center gap-1">
              <svg width="14" height="8" aria-hidden>
                <rect width="14" height="8" rx="2" fill={rampColour(step)} />
              </svg>
              {step === 0 ? "less" : `≥ ${formatDuration(limit, locale, "narrow")}`}
            </span>
          ))}
        </span>
      )}
      {view.nodes.some((node) => node.bottleneck) && (
        <span className="flex items-center gap-1 text-waiting">
          <Clock className="size-3.5" aria-hidden /> waits longest here
        </span>
      )}
    </div>
  );
}
