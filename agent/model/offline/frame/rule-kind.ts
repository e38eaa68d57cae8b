/** Which rule is meant of one step or two: the order, an answer to the first, always or never. */
import type { LinkOf } from "../link/links.ts";
import type { Reading } from "../link/reading.ts";
import { phrases } from "../text/lexicon.ts";
import { says, wordings } from "../text/wording.ts";
import { exclusionOf } from "./exclusions.ts";
import { hasSlot } from "./fields.ts";
import { surest } from "./name-slots.ts";
import { type Filled, freeOf, type SlotContext, things } from "./slot-context.ts";
import { orderOf, type StepOrder } from "./step-order.ts";

interface Said {
  readonly kind: "before" | "follow" | "within" | "never" | "always";
  readonly steps: readonly LinkOf<"thing">[];
}

/** Null where the words name no step, or more than two, or say nothing of a rule. */
export function ruleSaid(context: SlotContext): Said | null {
  const { reading } = context;
  const named = surest(things(context, "activity"));
  const all = named.filter(
    ({ thing }, at) => named.findIndex(({ thing: { name } }) => name === thing.name) === at,
  );
  const steps = limitsTime(context) ? twoSurest(all) : all;
  const [first, second] = steps;
  if (first === undefined || steps.length > 2) return null;
  if (limitsTime(context))
    return { kind: "within", steps: second === undefined ? [first] : inTurn(reading, first, second) };
  if (second === undefined) return alone(reading, first);
  const order = orderOf(reading, first, second);
  if (order === null) return without(reading, first, second);
  const { from, to } = order;
  if (answers(reading, order)) return { kind: "follow", steps: [from, to] };
  return { kind: "before", steps: against(reading, order) ? [to, from] : [from, to] };
}

/** A limit to a time is one between two steps; words that may name others besides are part of what is said of them. */
const twoSurest = (named: readonly LinkOf<"thing">[]): readonly LinkOf<"thing">[] => {
  const kept = named.toSorted((left, right) => right.score - left.score).slice(0, 2);
  return named.filter((link) => kept.includes(link));
};

/** "B within 3 days after A", "wysyłka do 2 dni od płatności": the one that the time runs from comes first. */
function inTurn(reading: Reading, first: LinkOf<"thing">, second: LinkOf<"thing">): Said["steps"] {
  const order = orderOf(reading, first, second);
  if (order !== null) return [order.from, order.to];
  const { time, postpositions } = reading.language;
  const before = reading.tokens.findLast(({ end }) => end <= second.start)?.lower ?? "";
  const runsFrom = postpositions === undefined && [time.since, time.of].flatMap(phrases).includes(before);
  return runsFrom ? [second, first] : [first, second];
}

export const fillRuleKind = (context: SlotContext): Filled | null => {
  if (limitsTime(context)) return { value: "within", links: [] };
  const said = ruleSaid(context);
  return said ? { value: said.kind, links: [] } : null;
};

/** "do we always send the offer within 3 days?": how long it may take is the rule; that it happens goes without saying. */
const limitsTime = (context: SlotContext): boolean =>
  hasSlot(context.tool, "threshold") && freeOf(context, "duration").length > 0;

/** "is it ever shipped before it is checked?": the rule is that it is checked before. */
const against = (reading: Reading, { said, from, to }: StepOrder): boolean =>
  said !== "followed" &&
  (says(reading, "ever") || negated(reading, said === "before" ? from : to)) &&
  !says(reading, "always");

/** "never ship before …", "no order is shipped before …": the word stands before the step. */
const negated = (reading: Reading, step: LinkOf<"thing">): boolean =>
  exclusionOf(reading, step) === "negated";

/** "every A is followed by B", "after every A there is a B". */
const answers = (reading: Reading, { said, from, to }: StepOrder): boolean =>
  said === "followed" || (said === "after" && from.start < to.start && says(reading, "always"));

/** "is B ever done without A?": no B without A before it. */
function without(reading: Reading, first: LinkOf<"thing">, second: LinkOf<"thing">): Said | null {
  const lacks = (step: LinkOf<"thing">): boolean => exclusionOf(reading, step) === "lacking";
  if (lacks(second)) return { kind: "before", steps: [second, first] };
  return lacks(first) ? { kind: "before", steps: [first, second] } : null;
}

/** "does every order have a check?", "never a return", "is there any without a check?". */
function alone(reading: Reading, step: LinkOf<"thing">): Said | null {
  const exclusion = exclusionOf(reading, step);
  if (exclusion === "lacking") return { kind: "always", steps: [step] };
  if (exclusion === "negated" || wordings(reading, "never").some(({ end }) => end <= step.start))
    return { kind: "never", steps: [step] };
  return says(reading, "always") ? { kind: "always", steps: [step] } : null;
}
