import { Maximize2 } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import type { View } from "../../../channels/contract.ts";
import { ProposalBrief } from "../approvals/proposal-brief.tsx";
import { openPanel } from "../router.ts";
import { IconButton } from "../ui/button.tsx";
import { ErrorBoundary } from "../ui/error-boundary.tsx";
import { Skeleton } from "../ui/page.tsx";
import { DiffView } from "./diff-view.tsx";
import { FormView } from "./form-view.tsx";
import { TableView } from "./table-view.tsx";

const ProcessMap = lazy(() => import("../map/process-map.tsx"));
const SeriesView = lazy(() => import("./series-view.tsx"));
const BpmnView = lazy(() => import("./bpmn-view.tsx"));
const VariantsView = lazy(() => import("./variants-view.tsx"));
const DottedChartView = lazy(() => import("./dotted-chart-view.tsx"));
const HeatMapView = lazy(() => import("./heat-map-view.tsx"));

export const titleOf = (view: View): string =>
  view.kind === "proposal" ? view.proposal.summary : view.title;

/** Any view, without its title. */
export function ViewBody({
  view,
  large = false,
}: {
  readonly view: View;
  readonly large?: boolean;
}): ReactNode {
  switch (view.kind) {
    case "text":
      return <p className="max-w-[72ch] whitespace-pre-wrap">{view.text}</p>;
    case "table":
      return <TableView view={view} />;
    case "series":
      return <SeriesView view={view} />;
    case "process-map":
      return <ProcessMap view={view} large={large} />;
    case "bpmn":
      return <BpmnView view={view} large={large} />;
    case "variants":
      return <VariantsView view={view} />;
    case "dotted-chart":
      return <DottedChartView view={view} large={large} />;
    case "heat-map":
      return <HeatMapView view={view} />;
    case "diff":
      return <DiffView changes={view.changes} />;
    case "proposal":
      return <ProposalBrief proposal={view.proposal} />;
    case "form":
      return <FormView fields={view.fields} />;
  }
}

const canGrow = new Set<View["kind"]>([
  "table",
  "process-map",
  "bpmn",
  "series",
  "variants",
  "dotted-chart",
  "heat-map",
]);

/** A view in the conversation: its title, itself, and a way to open it beside. */
export function ViewCard({ view, place }: { readonly view: View; readonly place: string }) {
  return (
    <article aria-label={titleOf(view)} className="rounded-lg border border-line bg-surface">
      <header className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-4">
        <h2 className="min-w-0 flex-1 py-2 text-dense font-semibold">{titleOf(view)}</h2>
        {canGrow.has(view.kind) && (
          <IconButton label={`Open “${titleOf(view)}” beside`} onClick={() => openPanel(`view/${place}`)}>
            <Maximize2 className="size-4" />
          </IconButton>
        )}
      </header>
      <div className="p-4">
        <ErrorBoundary>
          <Suspense fallback={<Skeleton lines={4} label={`Loading ${titleOf(view)}`} />}>
            <ViewBody view={view} />
          </Suspense>
        </ErrorBoundary>
      </div>
    </article>
  );
}
