/** Views that the conversation has shown, so that the panel can show one of them by its address. */
import { useSyncExternalStore } from "react";
import type { View } from "../../../channels/contract.ts";

const views = new Map<string, View>();
const listeners = new Set<() => void>();

export const viewKey = (turn: string, index: number): string => `${turn}/${index}`;

export function rememberViews(turn: string, shown: readonly View[]): void {
  let changed = false;
  shown.forEach((view, index) => {
    const key = viewKey(turn, index);
    if (views.get(key) === view) return;
    views.set(key, view);
    changed = true;
  });
  if (changed) for (const listener of listeners) listener();
}

export function useOpenView(key: string): View | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => views.get(key),
  );
}
