/** A follow-up that is only a number. */
import type { Tool } from "../../../../tools/define.ts";
import { fieldsOf } from "../frame/fields.ts";
import type { Filling } from "../frame/filling.ts";
import type { Ranked } from "../frame/rank.ts";
import type { Link } from "../link/links.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import { filtersOf, type Input } from "./carried.ts";
import { requests } from "./ellipsis.ts";
import { ranked } from "./placed.ts";

/** From long to short, in seconds. */
const units = [604_800, 86_400, 3_600, 60, 1] as const;

/** The unit that a length of time was most likely said in: 7.5 days, 36 hours. */
const unitOf = (seconds: number): number =>
  units.find((unit) => seconds >= unit && Number.isInteger((seconds / unit) * 2)) ?? 1;

const comparesAmounts = (last: Input): boolean =>
  filtersOf(last).some((filter) => filter.kind === "attribute" && typeof filter.value === "number");

/** "and two?", "and 80?", "and more than 10?": only a number, which takes the place of the share or of the count that was spoken of. */
export function anotherFigure(reading: Reading, tool: Tool, last: Input): Ranked | null {
  const [number, ...more] = linksOf(reading, "number");
  const figure = number?.value ?? numberWord(reading);
  if (figure === null || more.length > 0 || figure <= 0 || wordsBeside(reading, ["addition"]) > 1)
    return null;
  const others = reading.links.some(({ kind }) => kind !== "number" && kind !== "comparator");
  if (others || requests(reading).length > 0) return null;
  for (const { name, slot } of fieldsOf(tool)) {
    const before = last[name];
    if (slot === "share" && typeof before === "number") {
      const share = figure > 1 ? figure / 100 : figure;
      return share > 1 ? null : ranked(reading, tool, filledBy(number), { ...last, [name]: share });
    }
    if (slot === "threshold" && typeof before === "number" && !comparesAmounts(last))
      return ranked(reading, tool, filledBy(number), { ...last, [name]: figure * unitOf(before) });
    const change = before as Readonly<Record<string, unknown>> | undefined;
    if (slot === "change" && typeof change?.["count"] === "number" && Number.isInteger(figure))
      return ranked(reading, tool, filledBy(number), { ...last, [name]: { ...change, count: figure } });
  }
  return null;
}

/** "two": the only word for a number in the text; null where there is none or several. */
function numberWord({ tokens, language }: Reading): number | null {
  const said = tokens.filter(({ lower }) => Object.hasOwn(language.numbers.values, lower));
  return said.length === 1 ? language.numbers.values[said[0]!.lower]! : null;
}

const filledBy = (link: Link | undefined): Filling => ({
  input: {},
  used: new Set(link ? [link] : []),
  missing: [],
  variants: [],
  assumed: [],
  contrast: false,
  grouped: false,
  measured: false,
  paired: false,
  ruled: false,
  rule: false,
  also: [],
});
