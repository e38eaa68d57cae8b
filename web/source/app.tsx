import { generateId } from "ai";
import { lazy, Suspense, useRef, useState } from "react";
import { Conversation } from "./chat/conversation.tsx";
import { useSession } from "./queries.ts";
import { navigate, openPanel, usePlace } from "./router.ts";
import { useShortcuts } from "./shell/keys.ts";
import { Panel, useWide } from "./shell/panel.tsx";
import { BottomBar, Rail } from "./shell/rail.tsx";
import { SignIn } from "./shell/sign-in.tsx";
import { Button } from "./ui/button.tsx";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { Empty, Page, Skeleton } from "./ui/page.tsx";
import { ProblemNote } from "./ui/problem-note.tsx";

const LogsPage = lazy(() => import("./logs/logs-page.tsx"));
const ProcessPage = lazy(() => import("./process/process-page.tsx"));
const ApprovalsPage = lazy(() => import("./approvals/approvals-page.tsx"));
const BoardPage = lazy(() => import("./board/board-page.tsx"));
const LedgerPage = lazy(() => import("./ledger/ledger-page.tsx"));
const MemoryPage = lazy(() => import("./memory/memory-page.tsx"));
const EvalsPage = lazy(() => import("./evals/evals-page.tsx"));
const SettingsPage = lazy(() => import("./settings/settings-page.tsx"));
const Palette = lazy(() => import("./shell/palette.tsx"));
const ShortcutList = lazy(() => import("./shell/shortcut-list.tsx"));

export function App() {
  const { data: session, error, refetch } = useSession();
  if (error) {
    return (
      <main className="mx-auto max-w-lg p-6">
        <h1 className="mb-4 text-title font-semibold">Millwright</h1>
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  if (!session) {
    return (
      <main className="mx-auto max-w-md p-10">
        <h1 className="sr-only">Millwright</h1>
        <Skeleton lines={4} />
      </main>
    );
  }
  if (!session.person) return <SignIn how={session.signIn} />;
  return <Shell key={session.person.id} />;
}

type Overlay = "palette" | "help" | null;

function Shell() {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const wide = useWide();
  useShortcuts({
    palette: () => setOverlay("palette"),
    help: () => setOverlay("help"),
    close: () => openPanel(null),
  });
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <div className="flex min-h-0 flex-1">
        <Rail onPalette={() => setOverlay("palette")} />
        <main
          id="main"
          tabIndex={-1}
          className={`flex min-h-0 min-w-0 flex-col outline-none ${wide ? "lg:w-[26rem] lg:shrink-0" : "flex-1"}`}
        >
          <ErrorBoundary>
            <Content />
          </ErrorBoundary>
        </main>
        <ErrorBoundary>
          <Panel />
        </ErrorBoundary>
      </div>
      <BottomBar onMore={() => setOverlay("palette")} />
      <Suspense fallback={null}>
        {overlay === "palette" && <Palette onClose={() => setOverlay(null)} />}
        {overlay === "help" && <ShortcutList onClose={() => setOverlay(null)} />}
      </Suspense>
    </div>
  );
}

function Content() {
  const { pieces } = usePlace();
  const [room = "", id = null] = pieces;
  const draft = useDraftThread(room, id);
  if (room === "" || (room === "threads" && id !== null)) {
    const thread = room === "" ? draft : (id ?? draft);
    return <Conversation key={thread} thread={thread} isNew={thread === draft} />;
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Suspense
        fallback={
          <Page title=" ">
            <Skeleton lines={5} />
          </Page>
        }
      >
        <Room room={room} id={id} />
      </Suspense>
    </div>
  );
}

/**
 * A new conversation's id is made before its first message, and stays while that message turns the address into the
 * thread's. The next visit to the first screen gets another.
 */
function useDraftThread(room: string, id: string | null): string {
  const draft = useRef(generateId());
  const used = useRef(false);
  if (room === "threads" && id === draft.current) used.current = true;
  else if (used.current) {
    draft.current = generateId();
    used.current = false;
  }
  return draft.current;
}

function Room({ room, id }: { readonly room: string; readonly id: string | null }) {
  switch (room) {
    case "logs":
      return <LogsPage id={id} />;
    case "process":
      return <ProcessPage id={id} />;
    case "approvals":
      return <ApprovalsPage id={id} />;
    case "board":
      return <BoardPage />;
    case "ledger":
      return <LedgerPage />;
    case "memory":
      return <MemoryPage />;
    case "evals":
      return <EvalsPage />;
    case "settings":
      return <SettingsPage />;
    default:
      return (
        <Page title="Not here">
          <Empty title="There is no such page">
            <Button onClick={() => navigate("/")}>Ask something instead</Button>
          </Empty>
        </Page>
      );
  }
}
