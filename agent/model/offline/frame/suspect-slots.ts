/** "does the order value influence the lead time?": what is asked about as a cause. */
import { type Filled, type SlotContext, things } from "./slot-context.ts";

/** Attributes of cases that are named and no filter; what changes from step to step is no cause of a whole case. */
export function fillSuspects(context: SlotContext): Filled | null {
  const ofCases = new Set(
    (context.briefing.log?.vocabulary.attributes ?? []).flatMap(({ name, of }) =>
      of === "case" ? [name] : [],
    ),
  );
  const found = things(context, "attribute").filter(({ thing }) => ofCases.has(thing.name));
  const names = [...new Set(found.map(({ thing }) => thing.name))];
  return names.length === 0 ? null : { value: names, links: found };
}
