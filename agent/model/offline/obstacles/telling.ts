/** How it is told that something is not there. */
import type { Message } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import type { IndexedTool } from "../frame/tool-index.ts";
import type { Spoken } from "../spoken.ts";

export const line = (text: string, values?: Message["values"]): Message =>
  values ? { text, values } : { text };

export const cannot = (headline: Message, notes: readonly Message[] = [], ask?: string): Spoken => ({
  say: "cannot",
  confidence: 0.85,
  said: ask
    ? { headline, notes, next: { label: line("Ask instead: {example}", { example: ask }), ask } }
    : { headline, notes },
});

export const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

export const noAttribute = (name: string, briefing: Briefing): Spoken =>
  cannot(line('This log has no attribute "{name}".', { name }), columns(briefing), "what is in this log?");

/** More than one of its examples is about it: a single one may only mention it. */
export const speaksOf = ({ examples }: IndexedTool, concept: string): boolean =>
  examples.filter(({ features }) => features.has(`concept:${concept}`)).length > 1;

/** The attributes there are, for a question about one that is not. */
export function columns(briefing: Briefing): Message[] {
  const names = briefing.log?.vocabulary.attributes.map(({ name }) => name).slice(0, 8) ?? [];
  return names.length > 0 ? [line("The log has these attributes: {names}.", { names: list(names) })] : [];
}

/** What makes a case late. */
export const limits = ["kpi", "threshold", "deadline"];

export const amountStatistics: ReadonlySet<string> = new Set([
  "mean",
  "median",
  "p90",
  "p95",
  "min",
  "max",
  "sum",
]);
