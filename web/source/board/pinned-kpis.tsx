import { ArrowDownRight, ArrowRight, ArrowUpRight, MessageSquare } from "lucide-react";
import { problemFrom } from "../api.ts";
import { EvidenceMark } from "../evidence/evidence-mark.tsx";
import { formatInstant, formatNumber, formatShare, formatValue, writeValue } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { useLogs, useMeasuredKpi } from "../queries.ts";
import { followLink } from "../router.ts";
import { Skeleton } from "../ui/page.tsx";
import { AsTable } from "../views/as-table.tsx";
import { KpiStatus, stripeOf } from "./kpi-status.tsx";
import { describeMetric, type Kpi, readKpi } from "./monitor.ts";
import {
  asTable,
  changeIn,
  conversationAbout,
  type Measured,
  mostPeriods,
  readMeasured,
  wholeIn,
} from "./pinned.ts";
import { SparkLine } from "./spark-line.tsx";

/** What the person pinned, before everything else: the figure, what it is of, where it goes, and the way to ask about it. */
export function PinnedKpis({ kpis, first }: { readonly kpis: readonly Kpi[]; readonly first: number }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {kpis.map((kpi, index) => (
        <PinnedTile key={`${kpi.name} ${kpi.log}`} kpi={kpi} number={first + index} />
      ))}
    </ul>
  );
}

function PinnedTile({ kpi, number }: { readonly kpi: Kpi; readonly number: number }) {
  const { data, error } = useMeasuredKpi(kpi.name, kpi.log);
  const measured = data === undefined ? null : readMeasured(data);
  const { breached } = readKpi({ ...kpi, value: measured?.value ?? kpi.value, breached: undefined });
  const status = { limit: measured === null ? null : kpi.limit, breached };
  return (
    <li
      className={`flex min-w-0 flex-col rounded-lg border border-l-4 border-line bg-surface px-4 py-3 ${stripeOf(status)}`}
    >
      <h3 className="flex items-start justify-between gap-2">
        <span className="min-w-0 font-medium break-words">{kpi.name}</span>
        <KpiStatus {...status} />
      </h3>
      {error ? (
        <p className="mt-2 text-muted">{problemFrom(error).detail}</p>
      ) : measured !== null ? (
        <Figure kpi={kpi} measured={measured} number={number} />
      ) : (
        <div className="mt-2">
          <Skeleton lines={2} label={`Measuring ${kpi.name}`} />
        </div>
      )}
      <p className="mt-auto pt-2">
        <a
          href={conversationAbout(kpi.name, kpi.log)}
          onClick={followLink}
          className="inline-flex min-h-6 items-center gap-1.5 text-accent underline"
        >
          <MessageSquare className="size-4 shrink-0" aria-hidden />
          Ask about it<span className="sr-only">: {kpi.name}</span>
        </a>
      </p>
    </li>
  );
}

function Figure({
  kpi,
  measured,
  number,
}: {
  readonly kpi: Kpi;
  readonly measured: Measured;
  readonly number: number;
}) {
  const locale = useLocale();
  const { value, unit } =
    measured.value === null ? { value: "–", unit: "" } : writeValue(measured.value, measured.unit, locale);
  const periods = measured.periods.slice(-mostPeriods);
  return (
    <>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="flex flex-wrap items-baseline gap-x-1.5">
          <span className="text-display font-semibold tracking-tight">{value}</span>
          <span className="text-muted">{unit}</span>
          {measured.fact !== null && <EvidenceMark fact={measured.fact} number={number} label={kpi.name} />}
        </p>
        <SparkLine periods={wholeIn(periods)} unit={measured.unit} name={kpi.name} />
      </div>
      <LastChange measured={measured} />
      <p className="mt-1 text-caption text-muted">
        <Definition kpi={kpi} measured={measured} />
      </p>
      {periods.length > 1 && (
        <div className="mt-2 text-caption">
          <AsTable name="By week as a table" view={asTable(kpi.name, measured, periods)} />
        </div>
      )}
    </>
  );
}

/** In words beside the arrow, and in no colour: whether more is better, nobody has said. */
function LastChange({ measured }: { readonly measured: Measured }) {
  const locale = useLocale();
  const change = changeIn(measured.periods);
  if (change === null) return null;
  const { now, before, share } = change;
  const Arrow = now > before ? ArrowUpRight : now < before ? ArrowDownRight : ArrowRight;
  const than =
    now === before
      ? "as much as in the one before"
      : share === null || measured.unit === "share"
        ? `after ${formatValue(before, measured.unit, locale)} in the one before`
        : `${formatShare(Math.abs(share), locale)} ${now > before ? "more" : "less"} than in the one before`;
  return (
    <p className="mt-1 flex items-start gap-1">
      <Arrow className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
      <span>
        {formatValue(now, measured.unit, locale)} in the last whole week, {than}
      </span>
    </p>
  );
}

/** What is measured, and over which time: the whole log. */
function Definition({ kpi, measured }: { readonly kpi: Kpi; readonly measured: Measured }) {
  const locale = useLocale();
  const { data: logs = [] } = useLogs();
  const log = logs.find(({ id, name }) => id === kpi.log || name === kpi.log);
  const pieces = [
    [describeMetric(kpi.metric), measured.statistic].filter((piece) => piece !== "").join(", "),
    ...(measured.limit === null ? [] : [`limit ${formatValue(measured.limit, measured.unit, locale)}`]),
    ...(kpi.log === null ? [] : [log?.name ?? kpi.log]),
    ...(log?.first && log.last
      ? [`${formatInstant(log.first, locale, "date")} to ${formatInstant(log.last, locale, "date")}`]
      : []),
    ...(measured.n === null ? [] : [`n = ${formatNumber(measured.n, locale)}`]),
  ];
  return pieces.join(", ");
}
