/**
 * What every channel is: something that starts, stops, and can show every kind of view. Helpers that all of them need
 * to show a reply stand here too, so that no channel imports another.
 */
import type { Fact, Mark, Reply, View } from "./contract.ts";

export interface Channel {
  readonly name: string;
  /** Begins to take messages. */
  start(): Promise<void>;
  /** Takes no more messages and waits for those under way. */
  stop(): Promise<void>;
}

export type ViewKind = View["kind"];
export type ViewOf<Kind extends ViewKind> = Extract<View, { kind: Kind }>;

/** One function a view kind: a kind that a channel cannot show does not compile. */
export type Renderers<Output> = { readonly [Kind in ViewKind]: (view: ViewOf<Kind>) => Output };

/** Applies the renderer of the view's kind. */
export function renderView<Output>(renderers: Renderers<Output>, view: View): Output {
  const render = renderers[view.kind] as (view: View) => Output;
  return render(view);
}

/** A fact in the order in which the reply mentions it, with the number of its evidence mark. */
export interface NumberedFact {
  readonly number: number;
  readonly fact: Fact;
  /** The figure as the reply writes it. */
  readonly shown: string;
}

/** The facts that the text marks, numbered from 1 by their first mention. */
export function numberedFacts(reply: Pick<Reply, "reply" | "marks" | "facts">): readonly NumberedFact[] {
  const byId = new Map(reply.facts.map((fact) => [fact.id, fact]));
  const numbered = new Map<string, NumberedFact>();
  for (const { fact: id, start, end } of [...reply.marks].sort((a, b) => a.start - b.start)) {
    const fact = byId.get(id);
    if (!fact || numbered.has(id)) continue;
    numbered.set(id, { number: numbered.size + 1, fact, shown: reply.reply.slice(start, end) });
  }
  return [...numbered.values()];
}

/**
 * The text cut at its evidence marks: `draw` gets each piece of plain text with the mark that ends it, or null for the
 * last piece. Offsets are UTF-16; marks that overlap an earlier one are skipped.
 */
export function withMarks(
  text: string,
  marks: readonly Mark[],
  draw: (piece: string, mark: Mark | null) => string,
): string {
  let from = 0;
  let drawn = "";
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < from || mark.end > text.length) continue;
    drawn += draw(text.slice(from, mark.end), mark);
    from = mark.end;
  }
  return drawn + draw(text.slice(from), null);
}

/** Seconds as replies write them: below a minute, an hour, two days, then days. 93600 → "26 h". */
export function formatSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 60) return `${rounded(seconds)} s`;
  if (size < 3_600) return `${rounded(seconds / 60)} min`;
  if (size < 172_800) return `${rounded(seconds / 3_600)} h`;
  return `${rounded(seconds / 86_400)} days`;
}

/** A value with its unit as people read it: shares as percent, seconds in a fitting unit, money with its code. */
export function formatValue(value: number, unit: string): string {
  if (unit === "s") return formatSeconds(value);
  if (unit === "share") return `${rounded(value * 100)}%`;
  if (unit === "%") return `${rounded(value)}%`;
  return unit === "" ? rounded(value) : `${rounded(value)} ${unit}`;
}

/** One decimal from 1 on, three below; thousands separated. */
function rounded(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) >= 1 ? 1 : 3 });
}
