/** Reads from a text that a KPI is to be pinned, unpinned or shown, and whether it asks for earlier decisions. Pure. */
import { type PinWords, pinWords } from "../languages/pin-words.ts";
import { any, gap, spaceless } from "./phrase-pattern.ts";

export type PinWish =
  /** Null: what was asked last. */
  | { readonly kind: "pin" | "unpin"; readonly words: string | null }
  | { readonly kind: "pinned" }
  | { readonly kind: "decided"; readonly words: string };

interface Grammar {
  readonly pin: readonly RegExp[];
  readonly unpin: readonly RegExp[];
  readonly it: RegExp;
  readonly kpi: RegExp;
  readonly pinned: RegExp;
  readonly decided: RegExp;
}

const end = "[\\s.!?。！？]*$";
const grammars = new Map<string, Grammar>();

function grammarOf(code: string, words: PinWords, please: string): Grammar {
  const made = grammars.get(code);
  if (made !== undefined) return made;
  const regex = (source: string): RegExp => new RegExp(source, "iu");
  const around = ([before, after]: readonly [string, string]): RegExp =>
    regex(
      `^${please}${before === "" ? "" : any([before]) + gap}(?<what>[^\\n]{1,80}?)${after === "" ? "" : gap + any([after])}${gap}${please}${end}`,
    );
  const anywhere = spaceless.test(words.decided[0] ?? "");
  const grammar = {
    pin: words.pin.map(around),
    unpin: words.unpin.map(around),
    it: regex(`^${any(words.it)}$`),
    kpi: regex(`^(?:${any(words.kpi)}${gap})+`),
    pinned: regex(`^[¿¡\\s]*${please}${any(words.pinned)}${end}`),
    decided: regex(anywhere ? any(words.decided) : `^[¿¡\\s]*${please}${any(words.decided)}`),
  };
  grammars.set(code, grammar);
  return grammar;
}

/** @param pleases polite words of each language, before and after a wish */
export function pinWishIn(
  text: string,
  languages: readonly string[],
  pleases: Readonly<Record<string, { readonly please: readonly string[] }>>,
): { readonly wish: PinWish; readonly code: string } | null {
  for (const code of new Set(languages)) {
    const words = pinWords[code];
    const polite = pleases[code]?.please;
    if (words === undefined || polite === undefined) continue;
    const wish = wishOf(text.trim(), grammarOf(code, words, `(?:${any(polite)}${gap})*`));
    if (wish !== null) return { wish, code };
  }
  return null;
}

function wishOf(text: string, grammar: Grammar): PinWish | null {
  if (grammar.pinned.test(text)) return { kind: "pinned" };
  if (grammar.decided.test(text)) return { kind: "decided", words: text };
  if (/[?？]\s*$/u.test(text)) return null;
  for (const kind of ["unpin", "pin"] as const) {
    for (const pattern of grammar[kind]) {
      const what = pattern
        .exec(text)
        ?.groups?.["what"]?.replace(/["'“”„«»「」]/gu, "")
        .trim();
      if (what === undefined) continue;
      const named = what.replace(grammar.kpi, "").trim();
      return { kind, words: named === "" || grammar.it.test(what) ? null : named };
    }
  }
  return null;
}
