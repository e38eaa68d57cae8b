/** Slots for the order of a list of cases. */
import { caseOrder, type FoundOrder } from "./case-order.ts";
import { type Field, hasSlot } from "./fields.ts";
import type { Filled, Filler, SlotContext } from "./slot-context.ts";

/** Only a tool that can put cases in an order by a figure is asked for one. */
export const orderAsked = ({
  reading,
  briefing,
  tool,
}: Pick<SlotContext, "reading" | "briefing" | "tool">): FoundOrder | null =>
  hasSlot(tool, "order-attribute") ? caseOrder(reading, briefing.log?.vocabulary ?? null) : null;

export const fillOrder: Filler = (context, field) => {
  const asked = orderAsked(context);
  return asked && !asked.lacking && field.choices.includes(asked.order)
    ? { value: asked.order, links: asked.links }
    : null;
};

export const fillOrderAttribute: Filler = (context) => {
  const asked = orderAsked(context);
  return asked?.by
    ? {
        value: asked.by,
        links: asked.links,
        alternatives: asked.others.map((name) => ({ value: name, label: name })),
      }
    : null;
};

/** "the most expensive order". */
export const onlyOne = (context: SlotContext): Filled | null =>
  orderAsked(context)?.one ? { value: 1, links: [] } : null;

/** By a figure only where it is known by which. */
export const wordable = (field: Field): Field =>
  field.slot === "order"
    ? { ...field, choices: field.choices.filter((choice) => choice !== "highest" && choice !== "lowest") }
    : field;
