import { Maximize2, Minimize2, X } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { ProposalFull } from "../approvals/proposal-card.tsx";
import { navigate, openPanel, usePlace } from "../router.ts";
import { IconButton } from "../ui/button.tsx";
import { Empty, Skeleton } from "../ui/page.tsx";
import { useMedia } from "../ui/use-media.ts";
import { useOpenView } from "../views/open-views.ts";
import { titleOf, ViewBody } from "../views/view.tsx";

const Sheet = lazy(() => import("./sheet.tsx"));
const EvidencePanel = lazy(() => import("../evidence/evidence-panel.tsx"));

interface Opened {
  readonly title: string;
  readonly body: ReactNode;
}

/** What the address says stands beside the page; null for nothing. */
function useOpened(): Opened | null {
  const what = usePlace().search.get("panel") ?? "";
  const slash = what.indexOf("/");
  const [kind, rest] = [what.slice(0, slash), what.slice(slash + 1)];
  const view = useOpenView(rest);
  if (kind === "fact") return { title: "Evidence", body: <EvidencePanel key={rest} id={rest} /> };
  if (kind === "proposal") return { title: "Proposal", body: <ProposalFull key={rest} id={rest} /> };
  if (kind !== "view") return null;
  return view
    ? { title: titleOf(view), body: <ViewBody view={view} large /> }
    : { title: "Not open", body: <Empty title="This is not in the conversation any more" /> };
}

/** The one panel: right of the page, or a sheet on a phone. It can become the page with the page beside it. */
export function Panel() {
  const opened = useOpened();
  const besides = useMedia("(min-width: 1024px)");
  if (!opened) return null;
  const body = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has only a keyboard must be able to scroll it
    <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto">
      <div className="p-4 lg:p-5">
        <Suspense fallback={<Skeleton lines={6} />}>{opened.body}</Suspense>
      </div>
    </div>
  );
  if (besides) return <Beside title={opened.title}>{body}</Beside>;
  return (
    <Suspense fallback={null}>
      <Sheet title={opened.title}>{body}</Sheet>
    </Suspense>
  );
}

/** Whether the panel is the page and the page its companion. */
export const useWide = (): boolean => {
  const { search } = usePlace();
  return search.has("panel") && search.get("wide") === "1";
};

function Beside({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const wide = useWide();
  const toggle = () => {
    const url = new URL(window.location.href);
    if (wide) url.searchParams.delete("wide");
    else url.searchParams.set("wide", "1");
    navigate(url.pathname + url.search, { replace: true });
  };
  return (
    <aside
      aria-label={title}
      className={`flex min-h-0 flex-col border-l border-line bg-page ${wide ? "min-w-0 flex-1" : "w-[27rem] shrink-0 2xl:w-[34rem]"}`}
    >
      <header className="flex items-center gap-1 border-b border-line bg-surface py-1.5 pr-2 pl-5">
        <h2 className="min-w-0 flex-1 truncate font-semibold">{title}</h2>
        <IconButton label={wide ? "Make smaller" : "Make larger"} onClick={toggle}>
          {wide ? <Minimize2 className="size-4" /> : <Maximize2 className="size-4" />}
        </IconButton>
        <IconButton label="Close" onClick={() => openPanel(null)}>
          <X className="size-4" />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
