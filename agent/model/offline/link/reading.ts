/** A text as the planner reads it: words, senses, and links to the log at hand. */
import type { Briefing } from "../../provider.ts";
import type { Concept, MoveName } from "../languages/language.ts";
import type { Role, Sense } from "../text/lexicon.ts";
import type { Token, Utterance } from "../text/utterance.ts";
import type { Link, LinkOf } from "./links.ts";
import type { VocabularyIndex } from "./vocabulary/index.ts";

export interface Reading extends Utterance {
  readonly senses: readonly Sense[];
  readonly links: readonly Link[];
  readonly concepts: ReadonlySet<Concept>;
  readonly moves: ReadonlySet<MoveName>;
  readonly index: VocabularyIndex | null;
  /** What was pasted behind the words. */
  readonly document: string | null;
  /** Stems of misspelt words by token, as they were taken. */
  readonly spellings: ReadonlyMap<number, string>;
}

export type ReadingContext = Pick<Briefing, "now" | "zone" | "log" | "logs" | "proposals" | "kpis">;

export const linksOf = <Kind extends Link["kind"]>(reading: Reading, kind: Kind): LinkOf<Kind>[] =>
  reading.links.filter((link): link is LinkOf<Kind> => link.kind === kind);

export const hasRole = (reading: Reading, role: Role): boolean =>
  reading.senses.some(({ meaning }) => meaning.kind === "role" && meaning.value === role);

export const rolesAt = (reading: Reading, role: Role): Sense[] =>
  reading.senses.filter(({ meaning }) => meaning.kind === "role" && meaning.value === role);

/** Tokens between the end of one span and the start of another. */
export const tokensBetween = (reading: Reading, end: number, start: number): Token[] =>
  reading.tokens.filter((token) => token.start >= end && token.end <= start);
