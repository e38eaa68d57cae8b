import { english } from "./en.ts";
import type { Language } from "./language.ts";

/** The languages the planner speaks; the first is the fallback. */
export const languages: readonly Language[] = [english];

export const languageOf = (code: string | null | undefined): Language =>
  languages.find((language) => language.code === code) ?? languages[0]!;
