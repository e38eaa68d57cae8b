/** What a person sets for this browser: theme, and the language of numbers and dates. Kept in local storage. */
import { useSyncExternalStore } from "react";
import { browserLocale } from "./locale.ts";

export const themes = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

export interface Preferences {
  readonly theme: Theme;
  /** BCP 47; null follows the browser. */
  readonly locale: string | null;
}

const key = "millwright.preferences";
const defaults: Preferences = { theme: "system", locale: null };
const listeners = new Set<() => void>();

/** Reads what was stored; anything that is not a preference of ours counts as not set. */
export function parsePreferences(stored: string | null): Preferences {
  if (stored === null) return defaults;
  try {
    const { theme, locale } = JSON.parse(stored) as Partial<Record<keyof Preferences, unknown>>;
    return {
      theme: themes.find((known) => known === theme) ?? defaults.theme,
      locale: typeof locale === "string" && isLocale(locale) ? locale : null,
    };
  } catch {
    return defaults;
  }
}

function isLocale(text: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf([text]).length > 0;
  } catch {
    return false;
  }
}

let current = parsePreferences(window.localStorage.getItem(key));

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  window.localStorage.setItem(key, JSON.stringify(current));
  applyTheme();
  for (const listener of listeners) listener();
}

/** Puts the theme on the page; `system` leaves the choice to the browser. */
export function applyTheme(): void {
  const root = document.documentElement;
  if (current.theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = current.theme;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);

/** The locale that numbers and dates are written in. */
export function useLocale(): string {
  return usePreferences().locale ?? browserLocale(window.navigator.language);
}
