/**
 * The clauses of a large request: where its text is cut, and which of the usual steps of an improvement (find where, find
 * why, draft, simulate, propose) a clause is and nothing else.
 */
import type { Concept } from "./languages/language.ts";
import { read } from "./link/read.ts";
import { type Reading, rolesAt } from "./link/reading.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { wordings } from "./text/wording.ts";
import type { Turn } from "./turn.ts";

export type Stage = "import" | "where" | "why" | "draft" | "simulate" | "propose";

/** Concepts that a clause which is a stage and nothing else may hold. */
const plain: ReadonlySet<Concept> = new Set<Concept>([
  "case",
  "process",
  "activity",
  "bottleneck",
  "wait",
  "slow",
  "late",
  "bad",
  "cause",
  "rule",
  "draft",
  "simulate",
  "publish",
  "proposal",
  "approval",
  "affected",
  "import",
  "log",
  "duration",
  "list",
  "completed",
  "act",
  "fix",
  "decide",
]);
const plainMoves: ReadonlySet<string> = new Set(["why", "go-ahead", "addition", "thanks", "assent"]);
const plainLinks: ReadonlySet<string> = new Set([
  "metric",
  "statistic",
  "ordinal",
  "unknown",
  "log",
  "comparator",
  "proposal",
]);

export interface Clause {
  readonly start: number;
  readonly reading: Reading;
}

/** "once it is approved show me the variants": what is asked for, without the decision that it waits for. */
export function withoutDecision({ text, senses }: Reading): string {
  const decision = senses.find(
    ({ meaning }) => meaning.kind === "concept" && ["approval", "decide", "publish"].includes(meaning.value),
  );
  if (decision === undefined) return text;
  const [before, after] = [text.slice(0, decision.start).trim(), text.slice(decision.end).trim()];
  return after.length > 1 && (before.length < after.length || before === "") ? after : before;
}

/** "once it is approved": a decision, and nothing that is asked for. */
export const decides = ({ concepts }: Reading): boolean =>
  concepts.has("approval") || concepts.has("decide") || concepts.has("publish");

/** Cut at sentences, commas and joining words; not inside a quotation. */
export function clausesOf({ reading, briefing }: Turn): Clause[] {
  const { text, quotes } = reading;
  const joints = [
    ...[...text.matchAll(/[.;?!]\s+(?=\S)|[。？！；](?=\S)|[,、，]\s*(?=\S)/gu)].map(
      ({ index, 0: { length } }) => index + length,
    ),
    ...rolesAt(reading, "conjunction").map(({ start }) => start),
  ];
  const cuts = [...new Set(joints)]
    .filter((at) => at > 0 && !quotes.some(({ start, end }) => start < at && at < end))
    .sort((left, right) => left - right);
  const clauses: Clause[] = [];
  let start = 0;
  for (const end of [...cuts, text.length]) {
    const piece = read(text.slice(start, end).replace(/[\s,;.、，。]+$/u, ""), reading.language, briefing);
    if (end < text.length && saysNothing(piece)) continue;
    clauses.push({ start, reading: piece });
    start = end;
  }
  return clauses;
}

/** "show me", "and": words that only lead to what comes after them. */
const saysNothing = (piece: Reading): boolean =>
  [...piece.concepts].every((concept) => concept === "list") &&
  piece.links.length === 0 &&
  isExplained(piece) &&
  piece.moves.size === 0;

export interface StageClause extends Clause {
  readonly stage: Stage;
}

/** The clauses at the end that are stages and nothing else, and the words before them. */
export function peel(
  clauses: readonly Clause[],
  end: number | undefined,
  { reading }: Turn,
): { head: string; tail: StageClause[] } {
  const tail: StageClause[] = [];
  for (const clause of clauses.toReversed()) {
    const stage = stageOf(clause.reading);
    if (stage === null) break;
    tail.unshift({ ...clause, stage });
  }
  const first = tail[0]?.start ?? end ?? reading.text.length;
  const head = reading.text.slice(0, first).replace(/[\s,;.、，。]+$/u, "");
  return { head, tail };
}

/** The stage that a clause is, where it says nothing besides. */
export function stageOf(reading: Reading): Stage | null {
  if (reading.links.some(({ kind }) => !plainLinks.has(kind))) return null;
  if (!isExplained(reading)) return null;
  const { concepts, moves } = reading;
  if (concepts.has("simulate")) return "simulate";
  if (concepts.has("draft") && !moves.has("go-ahead")) return "draft";
  if (moves.has("go-ahead") || concepts.has("publish") || concepts.has("proposal"))
    return forbidsDoing(reading) ? null : "propose";
  if (concepts.has("import")) return "import";
  if (concepts.has("cause") || moves.has("why")) return "why";
  return concepts.has("bottleneck") || concepts.has("wait") ? "where" : null;
}

/** "bez publikacji", "先不要发布", "公開はしないで": what would do it is said not to be done. */
export function forbidsDoing(reading: Reading): boolean {
  const doing = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "concept" && (meaning.value === "publish" || meaning.value === "proposal")) ||
      (meaning.kind === "move" && meaning.value === "go-ahead"),
  );
  const negating = [
    ...rolesAt(reading, "exclude"),
    ...reading.senses.filter(({ meaning }) => meaning.kind === "option" && meaning.value === "skip"),
    ...(["not-done", "lacking", "never"] as const).flatMap((list) => wordings(reading, list)),
  ];
  const follows = reading.language.postpositions !== undefined;
  return doing.some((word) =>
    negating.some(
      (no) =>
        (no.from < word.from && word.from - no.to <= 1) ||
        (follows && no.from >= word.to && no.from - word.to <= 2),
    ),
  );
}

/** Every word is a function word, or belongs to a sense that stages are made of. */
export function isExplained(reading: Reading): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const own = reading.senses.filter(
    ({ meaning }) =>
      meaning.kind === "role" ||
      (meaning.kind === "concept" && plain.has(meaning.value)) ||
      (meaning.kind === "move" && plainMoves.has(meaning.value)),
  );
  return reading.tokens.every(
    (token, at) => functionStems.has(token.stem) || own.some(({ from, to }) => from <= at && at < to),
  );
}

/** The words without what joins them to the clause before. */
export function withoutJoints(reading: Reading): string {
  let from = 0;
  for (const { start, end } of [...rolesAt(reading, "conjunction"), ...additions(reading)].sort(
    (a, b) => a.start - b.start,
  ))
    if (reading.text.slice(from, start).trim() === "") from = end;
  return reading.text
    .slice(from)
    .replace(/^[\s,;.、，。:]+/u, "")
    .trim();
}

const additions = ({ senses }: Reading) =>
  senses.filter(({ meaning }) => meaning.kind === "move" && meaning.value === "addition");
