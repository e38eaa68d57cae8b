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
}

/** The facts that the text marks, numbered from 1 by their first mention. */
export function numberedFacts(reply: Pick<Reply, "marks" | "facts">): readonly NumberedFact[] {
  const byId = new Map(reply.facts.map((fact) => [fact.id, fact]));
  const mentioned = [...reply.marks].sort((a, b) => a.start - b.start).map((mark) => mark.fact);
  return [...new Set(mentioned)].flatMap((id, index) => {
    const fact = byId.get(id);
    return fact ? [{ number: index + 1, fact }] : [];
  });
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

const durationUnits = [
  { seconds: 86_400, name: "d" },
  { seconds: 3_600, name: "h" },
  { seconds: 60, name: "min" },
] as const;

/** Seconds in the largest unit that is at least one: 93600 → "1.1 d". */
export function formatSeconds(seconds: number): string {
  const unit = durationUnits.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return unit ? `${trimmed(seconds / unit.seconds)} ${unit.name}` : `${trimmed(seconds)} s`;
}

/** A value with its unit as people read it: shares as percent, seconds in a fitting unit, money with its code. */
export function formatValue(value: number, unit: string): string {
  if (unit === "s") return formatSeconds(value);
  if (unit === "share") return `${trimmed(value * 100)} %`;
  return unit === "" ? trimmed(value) : `${trimmed(value)} ${unit}`;
}

/** At most one decimal below 100, none above, with thousands separated. */
function trimmed(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3;
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}
