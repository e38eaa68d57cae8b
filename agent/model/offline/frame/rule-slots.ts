/** The rule that a text speaks of, as the tools read it. */
import { leadsQuestion } from "../link/grammar-words.ts";
import { stateOf } from "../state.ts";
import { wordings } from "../text/wording.ts";
import { compares, conditional, isOrdered } from "./asked-besides.ts";
import type { Field } from "./fields.ts";
import { formalRule } from "./rule-words.ts";
import type { Filled, SlotContext } from "./slot-context.ts";

/** The rule that is said; where none is, and none is to be drafted, the one that this thread drafted last. */
export function fillRuleWords(context: SlotContext, field: Field): Filled | null {
  return ruleInWords(context) ?? draftedBefore(context, field);
}

function draftedBefore({ tool, briefing }: SlotContext, { name }: Field): Filled | null {
  if (tool.risk === "draft") return null;
  const drafted = stateOf(briefing.state).frames.find(({ input }) => typeof input[name] === "string");
  return drafted === undefined ? null : { value: drafted.input[name], links: [] };
}

/** The person's own words, when they say a condition or an action. */
function ruleInWords(context: SlotContext): Filled | null {
  const { reading, briefing } = context;
  const formal = formalRule(reading, briefing);
  const question = reading.senses.some((sense) => leadsQuestion(sense, reading.language));
  const ofRule = reading.concepts.has("rule") || reading.concepts.has("simulate");
  const ordered = isOrdered(reading) || (conditional(reading) && compares(reading));
  if (formal !== null && (ofRule || (ordered && !question))) return { value: formal, links: reading.links };
  const opens = wordings(reading, "whenever")[0]?.from === 0 && reading.concepts.has("act");
  if (question && !opens) return null;
  if (!ordered) return null;
  return { value: reading.text, links: reading.links };
}
