/** The address holds what is open: the path says which page, `?panel=` what stands beside it. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const notify = () => {
  for (const listener of listeners) listener();
};
window.addEventListener("popstate", notify);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes to an address of the app; `replace` leaves no step to go back to. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  if (to === window.location.pathname + window.location.search) return;
  window.history[options.replace ? "replaceState" : "pushState"](null, "", to);
  notify();
}

export interface Place {
  readonly path: string;
  /** The path's pieces, decoded: `/threads/t1` → ["threads", "t1"]. */
  readonly pieces: readonly string[];
  readonly search: URLSearchParams;
}

export function placeOf(href: string): Place {
  const url = new URL(href, "http://millwright.invalid");
  const pieces = url.pathname
    .split("/")
    .filter((piece) => piece !== "")
    .map((piece) => decodePiece(piece));
  return { path: url.pathname, pieces, search: url.searchParams };
}

function decodePiece(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

export function usePlace(): Place {
  const href = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search);
  return placeOf(href);
}

/** What the panel shows: `fact/<id>`, `proposal/<id>` or `view/<turn>/<index>`. */
export function openPanel(what: string | null): void {
  navigate(withPanel(window.location.pathname + window.location.search, what));
}

export function withPanel(href: string, what: string | null): string {
  const url = new URL(href, "http://millwright.invalid");
  if (what === null) {
    url.searchParams.delete("panel");
    url.searchParams.delete("wide");
  } else {
    url.searchParams.set("panel", what);
  }
  return url.pathname + url.search;
}

/** Lets a plain click on a link stay in the app; a click with a key held opens what the browser opens. */
export function followLink(event: {
  readonly button: number;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly currentTarget: HTMLAnchorElement;
  preventDefault(): void;
}): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  navigate(event.currentTarget.pathname + event.currentTarget.search);
}
