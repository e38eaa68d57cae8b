import { CircleCheck, TriangleAlert } from "lucide-react";
import { Tag } from "../ui/tag.tsx";

/** Whether a KPI holds its limit; nothing where it has none. */
export function KpiStatus({
  limit,
  breached,
}: {
  readonly limit: number | null;
  readonly breached: boolean;
}) {
  if (breached)
    return (
      <Tag tone="breach" icon={<TriangleAlert className="size-3.5" aria-hidden />}>
        breached
      </Tag>
    );
  if (limit === null) return null;
  return (
    <Tag tone="good" icon={<CircleCheck className="size-3.5" aria-hidden />}>
      within limit
    </Tag>
  );
}

/** The stripe at a tile's edge that says the same. */
export const stripeOf = ({
  limit,
  breached,
}: {
  readonly limit: number | null;
  readonly breached: boolean;
}): string => (breached ? "border-l-breach" : limit === null ? "border-l-control" : "border-l-good");
