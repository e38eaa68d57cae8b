import { Command, Plus } from "lucide-react";
import { isWaiting, mayDecide } from "../approvals/states.ts";
import { usePerson, useProposals, useThreads } from "../queries.ts";
import { followLink, usePlace } from "../router.ts";
import { type Destination, destinations, isAt } from "./destinations.ts";

/** How many proposals wait for this person. */
export function useWaitingCount(): number {
  const person = usePerson();
  const { data = [] } = useProposals();
  return data.filter((card) => isWaiting(card) && mayDecide(card, person).may).length;
}

/** Left on wide screens: pages, then the threads. Icons only where there is less room. */
export function Rail({ onPalette }: { readonly onPalette: () => void }) {
  const { pieces } = usePlace();
  const waiting = useWaitingCount();
  const person = usePerson();
  return (
    <nav
      aria-label="Main"
      className="hidden w-15 shrink-0 flex-col border-r border-line bg-surface px-2 py-3 md:flex xl:w-60"
    >
      <a
        href="/"
        onClick={followLink}
        className="mb-3 flex items-center gap-2.5 px-2 py-1"
        aria-label="Millwright, new conversation"
      >
        <img src="/mark.svg" alt="" className="size-7" />
        <span className="hidden text-body font-semibold tracking-tight xl:block">Millwright</span>
      </a>
      <ul className="space-y-0.5">
        {destinations.map((destination) => (
          <li key={destination.path}>
            <RailLink
              destination={destination}
              here={isAt(destination, pieces)}
              count={destination.path === "/approvals" ? waiting : 0}
            />
          </li>
        ))}
      </ul>
      <Threads open={pieces[0] === "threads" ? (pieces[1] ?? null) : null} />
      <div className="mt-auto space-y-1 pt-2">
        <button
          type="button"
          onClick={onPalette}
          className="flex h-9 w-full items-center gap-3 rounded-lg px-2.5 text-muted hover:bg-raised hover:text-text"
        >
          <Command className="size-5 shrink-0" aria-hidden />
          <span className="sr-only flex-1 text-left xl:not-sr-only">Go to anything</span>
          <kbd className="hidden font-sans text-caption xl:block">⌘K</kbd>
        </button>
        {person && (
          <p className="hidden truncate px-2.5 text-caption text-muted xl:block">
            {person.name}, {person.roles.join(", ")}
          </p>
        )}
      </div>
    </nav>
  );
}

function RailLink({
  destination,
  here,
  count,
}: {
  readonly destination: Destination;
  readonly here: boolean;
  readonly count: number;
}) {
  const Icon = destination.icon;
  return (
    <a
      href={destination.path}
      onClick={followLink}
      aria-current={here ? "page" : undefined}
      title={destination.label}
      className={`relative flex h-9 items-center gap-3 rounded-lg px-2.5 ${here ? "bg-accent-soft font-medium text-accent" : "text-muted hover:bg-raised hover:text-text"}`}
    >
      <Icon className="size-5 shrink-0" aria-hidden />
      <span className="sr-only flex-1 xl:not-sr-only">{destination.label}</span>
      {count > 0 && <Count count={count} />}
    </a>
  );
}

function Count({ count }: { readonly count: number }) {
  return (
    <span className="absolute -top-0.5 -right-0.5 min-w-5 rounded-full bg-machine px-1 text-center text-caption leading-5 font-semibold text-on-accent xl:static">
      {count}
      <span className="sr-only"> waiting</span>
    </span>
  );
}

function Threads({ open }: { readonly open: string | null }) {
  const { data = [] } = useThreads();
  return (
    <section aria-label="Conversations" className="mt-5 hidden min-h-0 flex-col xl:flex">
      <div className="flex items-center justify-between px-2.5">
        <h2 className="text-caption font-medium text-muted">Conversations</h2>
        <a
          href="/"
          onClick={followLink}
          aria-label="New conversation"
          title="New conversation"
          className="grid size-7 place-items-center rounded-md text-muted hover:bg-raised hover:text-text"
        >
          <Plus className="size-4" aria-hidden />
        </a>
      </div>
      <ul className="mt-1 min-h-0 space-y-0.5 overflow-y-auto">
        {data.slice(0, 40).map((thread) => (
          <li key={thread.id}>
            <a
              href={`/threads/${encodeURIComponent(thread.id)}`}
              onClick={followLink}
              aria-current={thread.id === open ? "page" : undefined}
              className={`block truncate rounded-lg px-2.5 py-1.5 ${thread.id === open ? "bg-raised font-medium" : "text-muted hover:bg-raised hover:text-text"}`}
            >
              {thread.title || "Conversation"}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The rail of phones. */
export function BottomBar({ onMore }: { readonly onMore: () => void }) {
  const { pieces } = usePlace();
  const waiting = useWaitingCount();
  const item = "relative flex min-w-0 flex-1 flex-col items-center gap-0.5 py-2 text-caption";
  return (
    <nav
      aria-label="Main"
      className="flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {destinations
        .filter((destination) => destination.first)
        .map((destination) => {
          const here = isAt(destination, pieces);
          const Icon = destination.icon;
          return (
            <a
              key={destination.path}
              href={destination.path}
              onClick={followLink}
              aria-current={here ? "page" : undefined}
              className={`${item} ${here ? "font-medium text-accent" : "text-muted"}`}
            >
              <span className="relative">
                <Icon className="size-5" aria-hidden />
                {destination.path === "/approvals" && waiting > 0 && (
                  <span className="absolute -top-1.5 left-3 min-w-4 rounded-full bg-machine px-1 text-center text-[0.6875rem] leading-4 font-semibold text-on-accent">
                    {waiting}
                    <span className="sr-only"> waiting</span>
                  </span>
                )}
              </span>
              {destination.label}
            </a>
          );
        })}
      <button type="button" onClick={onMore} className={`${item} text-muted`}>
        <Command className="size-5" aria-hidden />
        More
      </button>
    </nav>
  );
}
