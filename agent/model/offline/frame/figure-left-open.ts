/** "What is the average for Hamburg?": of the duration, or of one of the log's amounts; all are figured beside each other. */
import type { Slot } from "../../../../tools/inputs.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { stateOf } from "../state.ts";
import { translate } from "../translate.ts";
import type { Field } from "./fields.ts";
import type { SlotContext } from "./slot-context.ts";

type Input = Readonly<Record<string, unknown>>;

interface LeftOpen {
  readonly input: Input;
  readonly label: string;
  readonly variants: readonly { readonly input: Record<string, unknown>; readonly label: string }[];
}

const ofMany: ReadonlySet<unknown> = new Set(["mean", "median", "p90", "p95"]);

/** Null where something says what is measured, or where only one thing can be. */
export function figureLeftOpen(
  { reading, briefing }: SlotContext,
  fields: readonly Field[],
  input: Input,
): LeftOpen | null {
  const nameOf = (slot: Slot): string | undefined => fields.find((field) => field.slot === slot)?.name;
  const [metric, measure, statistic] = [nameOf("metric"), nameOf("measure"), nameOf("statistic")];
  if (metric === undefined || measure === undefined || statistic === undefined) return null;
  const told = [metric, measure, nameOf("activity"), nameOf("threshold"), nameOf("kpi")].some(
    (name) => name !== undefined && name in input,
  );
  const goesOn = stateOf(briefing.state).frames.length > 0;
  const spoken = linksOf(reading, "statistic").length > 0;
  const amounts = [...(reading.index?.numbers ?? [])];
  if (told || goesOn || !spoken || saysTime(reading) || !ofMany.has(input[statistic]) || amounts.length === 0)
    return null;
  return {
    input: { [metric]: "cycle_time" },
    label: translate("cycle time", reading.language.code),
    variants: amounts.slice(0, 2).map((name) => ({
      input: { [metric]: "attribute", [measure]: name },
      label: name,
    })),
  };
}

/** "平均几天", "how many days on average": a unit of time says that a length of time is asked for. */
function saysTime(reading: Reading): boolean {
  const units = Object.keys(reading.language.numbers.durations);
  if (reading.language.script === null)
    return reading.tokens.some(({ lower }) => lower.length > 2 && units.includes(lower));
  const spoken = linksOf(reading, "statistic").map(({ start, end }) => reading.text.slice(start, end));
  return spoken.some((text) => units.some((unit) => !/^\p{ASCII}+$/u.test(unit) && text.endsWith(unit)));
}
