/**
 * The languages the planner speaks. Their profiles are always loaded, since they name the language of a text; all else
 * of a language is loaded when it is first spoken.
 */
import { createRequire } from "node:module";
import { profile as german } from "./de/profile.ts";
import { english } from "./en.ts";
import { profile as spanish } from "./es/profile.ts";
import { profile as french } from "./fr/profile.ts";
import { profile as italian } from "./it/profile.ts";
import { profile as japanese } from "./ja/profile.ts";
import type { Grammar, Language, Profile } from "./language.ts";
import { profile as dutch } from "./nl/profile.ts";
import { profile as polish } from "./pl/profile.ts";
import { profile as portuguese } from "./pt/profile.ts";
import { profile as chinese } from "./zh/profile.ts";

/** The first is the fallback. */
export const profiles: readonly Profile[] = [
  english,
  german,
  spanish,
  french,
  italian,
  japanese,
  dutch,
  polish,
  portuguese,
  chinese,
];

/** ES modules load synchronously by `require`, so a plan needs no promise for a language that is new to the process. */
const load = createRequire(import.meta.url);
const loaded = new Map<string, Language>([[english.code, english]]);

/** The language of a code; the fallback for one that is not spoken. */
export function languageOf(code: string | null | undefined): Language {
  const known = profiles.find((profile) => profile.code === code) ?? english;
  let language = loaded.get(known.code);
  if (!language) {
    language = withSpeech(load(`./${known.code}/grammar.ts`) as { readonly grammar: Grammar });
    loaded.set(known.code, language);
  }
  return language;
}

type Speech = Pick<Language, "examples" | "messages" | "nouns">;

/** Most of a language is what is said in it: loaded with the first word, not with the first that is read. */
function withSpeech({ grammar }: { readonly grammar: Grammar }): Language {
  const part = <Name extends keyof Speech>(name: Name, file: string): { get: () => Speech[Name] } => {
    let found: Speech[Name] | undefined;
    return { get: () => (found ??= (load(`./${grammar.code}/${file}`) as Speech)[name]) };
  };
  const language = Object.defineProperties({ ...grammar } as Grammar & Partial<Speech>, {
    examples: part("examples", "examples.ts"),
    messages: part("messages", "messages.ts"),
    nouns: part("nouns", "messages.ts"),
  });
  return language as Language;
}
