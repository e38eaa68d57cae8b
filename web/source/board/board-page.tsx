import { BellRing } from "lucide-react";
import { EvidenceMark } from "../evidence/evidence-mark.tsx";
import { formatInstant, formatValue, writeValue } from "../format.ts";
import { useLocale } from "../preferences.ts";
import { useKpiValues, useMonitor, usePinned } from "../queries.ts";
import { followLink } from "../router.ts";
import { Empty, Page, Section, Skeleton } from "../ui/page.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { KpiStatus, stripeOf } from "./kpi-status.tsx";
import {
  type AlertItem,
  describeMetric,
  type Kpi,
  type PromiseItem,
  readAlert,
  readKpi,
  readPromise,
  withValues,
} from "./monitor.ts";
import { pinnedNames } from "./pinned.ts";
import { PinnedKpis } from "./pinned-kpis.tsx";

/**
 * What is pinned, KPIs against their limits, alerts, and what became of what was promised; asks again every five seconds.
 */
export default function BoardPage() {
  const { data, error, refetch } = useMonitor();
  const { data: remembered } = usePinned();
  const { data: values } = useKpiValues();
  const kpis = withValues(data?.kpis ?? [], values?.data).map(readKpi);
  const pinned = pinnedNames(remembered?.data).flatMap((name) => kpis.filter((kpi) => kpi.name === name));
  const others = kpis.filter((kpi) => !pinned.includes(kpi));
  return (
    <Page
      title="Board"
      lead="How the processes stand now, what has breached, and whether promises came true."
    >
      {error ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton lines={5} label="Loading the figures" />
      ) : (
        <>
          {pinned.length > 0 && (
            <Section title="Pinned by you">
              <PinnedKpis kpis={pinned} first={1} />
            </Section>
          )}
          {(others.length > 0 || pinned.length === 0) && (
            <Section title={pinned.length > 0 ? "Other KPIs" : "KPIs"}>
              <Kpis kpis={others} first={pinned.length + 1} />
            </Section>
          )}
          <Section title="Alerts">
            <Alerts alerts={data.alerts.map(readAlert)} />
          </Section>
          <Section title="Promises">
            <Promises promises={data.promises.map(readPromise)} />
          </Section>
        </>
      )}
    </Page>
  );
}

function Kpis({ kpis, first }: { readonly kpis: readonly Kpi[]; readonly first: number }) {
  if (kpis.length === 0)
    return <Empty title="No KPIs yet">Ask for one: “watch the cycle time, at most 3 days”.</Empty>;
  return (
    <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      {kpis.map((kpi, index) => (
        <KpiTile key={`${kpi.name} ${kpi.log}`} kpi={kpi} number={first + index} />
      ))}
    </ul>
  );
}

function KpiTile({ kpi, number }: { readonly kpi: Kpi; readonly number: number }) {
  const locale = useLocale();
  const { value, unit } =
    kpi.value === null ? { value: "–", unit: "" } : writeValue(kpi.value, kpi.unit, locale);
  return (
    <li className={`rounded-lg border border-l-4 border-line bg-surface px-4 py-3 ${stripeOf(kpi)}`}>
      <p className="flex items-start justify-between gap-2">
        <span className="min-w-0 font-medium">{kpi.name}</span>
        <KpiStatus limit={kpi.value === null ? null : kpi.limit} breached={kpi.breached} />
      </p>
      <p className="mt-2 flex flex-wrap items-baseline gap-x-1.5">
        <span className="text-display font-semibold tracking-tight">{value}</span>
        <span className="text-muted">{unit}</span>
        {kpi.fact !== null && <EvidenceMark fact={kpi.fact} number={number} label={kpi.name} />}
      </p>
      <p className="mt-1 text-caption text-muted">
        {describeMetric(kpi.metric)}
        {kpi.limit !== null && `, limit ${formatValue(kpi.limit, kpi.unit, locale)}`}
        {kpi.log !== null && `, ${kpi.log}`}
      </p>
    </li>
  );
}

function Alerts({ alerts }: { readonly alerts: readonly AlertItem[] }) {
  const locale = useLocale();
  if (alerts.length === 0) return <p className="text-muted">Nothing has breached.</p>;
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {alerts.map((alert) => (
        <li key={alert.key} className="flex gap-3 px-4 py-3">
          <BellRing className="mt-0.5 size-4 shrink-0 text-breach" aria-hidden />
          <div className="min-w-0 flex-1">
            <p className="font-medium">{alert.title}</p>
            <p>{alert.text}</p>
            <p className="text-caption text-muted">
              {alert.at !== null && formatInstant(alert.at, locale)}{" "}
              {alert.thread !== null && (
                <a
                  href={`/threads/${encodeURIComponent(alert.thread)}`}
                  onClick={followLink}
                  className="text-accent underline"
                >
                  in its conversation
                </a>
              )}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

const verdictTone = (verdict: string): Tone =>
  /kept|held|true/.test(verdict) ? "good" : /broken|missed|not/.test(verdict) ? "breach" : "machine";

function Promises({ promises }: { readonly promises: readonly PromiseItem[] }) {
  const locale = useLocale();
  if (promises.length === 0) {
    return (
      <p className="text-muted">Nothing was promised yet; an approved change brings its promise here.</p>
    );
  }
  const written = (value: number | null, unit: string) =>
    value === null ? "–" : formatValue(value, unit, locale);
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {promises.map((item) => (
        <li
          key={item.key}
          className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_repeat(3,auto)_auto]"
        >
          <span className="font-medium">{item.what}</span>
          <Measure label="before" value={written(item.before, item.unit)} />
          <Measure
            label="promised"
            value={`${written(item.expected, item.unit)}${item.low === null ? "" : ` (${written(item.low, item.unit)} to ${written(item.high, item.unit)})`}`}
          />
          <Measure label="measured" value={written(item.measured, item.unit)} />
          <span className="self-center">
            <Tag tone={verdictTone(item.verdict)}>{item.verdict}</Tag>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Measure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <span className="sm:text-right">
      <span className="block text-caption text-muted">{label}</span>
      {value}
    </span>
  );
}
