/** Fills the fields of a tool from a reading. */
import type { Tool } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import type { Link } from "../link/links.ts";
import type { Reading } from "../link/reading.ts";
import { alsoAsked, asksFigure, compares, conditional, isOrdered } from "./asked-besides.ts";
import { withStepsCounted } from "./counted-steps.ts";
import { type Field, fieldsOf, hasSlot } from "./fields.ts";
import { figureLeftOpen } from "./figure-left-open.ts";
import { fillField } from "./fillers.ts";
import type { Filling } from "./filling.ts";
import { filtersIn } from "./filters.ts";
import { measured } from "./measure.ts";
import { endsOfTime } from "./name-slots.ts";
import { orderAsked } from "./order-slots.ts";
import { namesTwoSides } from "./sides.ts";
import type { SlotContext } from "./slot-context.ts";

export function fill(tool: Tool, reading: Reading, briefing: Briefing): Filling {
  const fields = fieldsOf(tool);
  const filters =
    hasSlot(tool, "filters") || hasSlot(tool, "selection-a")
      ? filtersIn(reading, {
          casesHere: hasSlot(tool, "log"),
          vocabulary: briefing.log?.vocabulary ?? null,
          durationsElsewhere: hasSlot(tool, "threshold") || hasSlot(tool, "hours"),
          activitiesHere: !fields.some(
            ({ slot }) => slot === "activity" || slot === "activities" || slot === "change",
          ),
          pathsElsewhere: hasSlot(tool, "activities") && !hasSlot(tool, "activity"),
          changesElsewhere: hasSlot(tool, "change"),
          moneyElsewhere: hasSlot(tool, "money"),
          openHere: hasSlot(tool, "measure") || (hasSlot(tool, "order") && hasSlot(tool, "limit")),
        })
      : [];
  const taken = new Set(filters.flatMap(({ links }) => links));
  const measure = hasSlot(tool, "measure") ? measured(reading, taken) : null;
  const free = reading.links.filter((link) => !taken.has(link) && !measure?.links.includes(link));
  const context = { reading, briefing, tool, filters, free, measure };
  const input: Record<string, unknown> = {};
  const used = new Set<Link>();
  const variants: { readonly input: Record<string, unknown>; readonly label: string }[] = [];
  const missing: Field[] = [];
  const spoken = fields.find(({ slot }) => slot === "rule-words");
  const asRule = spoken ? fillField(context, spoken) : null;
  for (const field of fields) {
    if (asRule && field !== spoken && field.slot !== "log") continue;
    const filled = field === spoken ? asRule : fillField(without(context, field, used), field);
    if (!filled) {
      if (field.required) missing.push(field);
      continue;
    }
    input[field.name] = filled.value;
    for (const link of filled.links) used.add(link);
    for (const other of filled.alternatives ?? []) {
      const same = variants.find(({ label }) => label === other.label);
      if (same) same.input[field.name] = other.value;
      else variants.push({ input: { [field.name]: other.value }, label: other.label });
    }
  }
  const open = figureLeftOpen(context, fields, input);
  if (open) {
    Object.assign(input, open.input);
    variants.push(...open.variants);
  }
  const whole = withStepsCounted(fields, input);
  return {
    input: whole,
    used,
    missing,
    variants: variants.map((variant) => ({
      ...variant,
      input: withStepsCounted(fields, { ...input, ...variant.input }),
    })),
    assumed: asRule ? [] : assumedIn(context),
    contrast: fields.some(({ slot }) => slot === "selection-a") && namesTwoSides(context),
    grouped: fields.some(({ slot, name }) => slot === "attribute" && name in whole),
    paired: fields.some(
      ({ slot, required, name }) => slot === "activities" && required && name in whole && endsOfTime(context),
    ),
    measured:
      asksFigure(reading) &&
      fields.some(({ slot, name }) => (slot === "metric" || slot === "measure") && name in whole),
    ruled: asRule !== null && isOrdered(reading) && conditional(reading) && compares(reading),
    rule: asRule !== null,
    ...(open ? { label: open.label } : {}),
    also: alsoAsked(context, fields, whole),
  };
}

/** Attributes that were not named. */
function assumedIn(context: SlotContext): readonly string[] {
  const { filters, measure } = context;
  const order = orderAsked(context);
  return [
    ...new Set([
      ...filters.flatMap(({ assumed }) => (assumed ? [assumed] : [])),
      ...(measure?.assumed ? [measure.attribute] : []),
      ...(order?.assumed && order.by ? [order.by] : []),
    ]),
  ];
}

/** An amount fills one field: where two ask for money, the first takes it. */
function without(context: SlotContext, { slot }: Field, used: ReadonlySet<Link>): SlotContext {
  const once = slot === "money" || slot === "hours" || slot === "share" || slot === "limit";
  return once ? { ...context, free: context.free.filter((link) => !used.has(link)) } : context;
}
