/** "and only below 200?", after a change that was supposed: the same change, for the cases under that limit. */
import { comparisons } from "./frame/amount-filters.ts";
import { kindMeant, kindsOf } from "./frame/change.ts";
import { conditionOf } from "./frame/change-slots.ts";
import { fieldsOf } from "./frame/fields.ts";
import { ofAttributes } from "./frame/filters.ts";
import type { Concept } from "./languages/language.ts";
import { linksOf } from "./link/reading.ts";
import type { Plan } from "./plan.ts";
import { wordCount } from "./text/wording.ts";
import { calls, direct, type Turn } from "./turn.ts";

/** Longer texts ask for something of their own. */
const longest = 10;

/** Ideas that such a text may speak of. */
const colourless: ReadonlySet<Concept> = new Set(["what-if", "case", "money", "list", "good"]);

export function limitedChange(turn: Turn): Plan | null {
  const { reading, briefing, state } = turn;
  const last = state.frames[0];
  const tool = briefing.tools.find(({ name }) => name === last?.tool);
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "change");
  const change = field && (last?.input[field.name] as Readonly<Record<string, unknown>> | undefined);
  if (!last || !field || !change || wordCount(reading) > longest) return null;
  const kinds = kindsOf(field.schema);
  const kind = kinds.find((known) => change[known.field] === known.name);
  if (!kind || !("when" in kind.schema.shape) || kindMeant(kinds, reading) !== null) return null;
  if (![...reading.concepts].every((concept) => colourless.has(concept))) return null;
  if (linksOf(reading, "thing").some(({ thing }) => thing.kind !== "attribute")) return null;
  const limits = comparisons(reading, ofAttributes(briefing.log?.vocabulary ?? null));
  const when = conditionOf(limits.map(({ filter }) => filter));
  if (when === null) return null;
  const input = { ...last.input, [field.name]: { ...change, when } };
  return calls(turn, [direct({ tool: last.tool, input }, reading.text)], { act: false });
}
