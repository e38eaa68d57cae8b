/** "again with noise 0.3", "max", "until Send offer instead": a short text that gives an option of the last call another value. */
import type { Tool } from "../../../../tools/define.ts";
import type { Slot } from "../../../../tools/inputs.ts";
import type { Briefing } from "../../provider.ts";
import { fieldsOf } from "../frame/fields.ts";
import type { Filling } from "../frame/filling.ts";
import type { Ranked } from "../frame/rank.ts";
import { fill } from "../frame/slots.ts";
import type { Concept } from "../languages/language.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import type { PlannerState } from "../state.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { inside, overlap, type Span } from "../text/utterance.ts";
import { phraseIn, wordCount } from "../text/wording.ts";
import type { Input } from "./carried.ts";
import { plainly, ranked } from "./placed.ts";

/** Longer texts ask for something of their own. */
const longest = 7;

/** Fields that say how something is worked out or shown, and not about what. */
const options: ReadonlySet<Slot | null> = new Set<Slot | null>([
  "statistic",
  "noise",
  "algorithm",
  "order",
  "limit",
  "share",
  "times",
  "bins",
  "top",
  "money",
  "hours",
  "threshold",
  null,
]);

/** The last call with that option changed; null where the text says anything that is no option of it. */
export function changedOption(reading: Reading, briefing: Briefing, state: PlannerState): Ranked | null {
  const last = state.frames[0];
  const tool = briefing.tools.find(({ name }) => name === last?.tool);
  if (!last || !tool || wordCount(reading) > longest || /[?？]\s*$/u.test(reading.text.trim())) return null;
  const filling = fill(tool, reading, briefing);
  const given = {
    ...optionsIn(tool, filling, last.input),
    ...extreme(tool, reading),
    ...otherEnd(tool, reading, last.input),
  };
  const changes = Object.entries(given).some(([name, value]) => !isSame(value, last.input[name]));
  if (!changes || !saysNothingElse(reading, tool, filling, given)) return null;
  return { ...ranked(reading, tool, filling, { ...last.input, ...given }), likelihood: plainly };
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What the words fill of the tool's options; of those that the call had, or that are named by their own words. */
const optionsIn = (tool: Tool, { input }: Filling, last: Input): Input =>
  Object.fromEntries(
    fieldsOf(tool).flatMap(({ name, slot }) =>
      options.has(slot) && name in input && !(slot === "threshold" && !(name in last))
        ? [[name, input[name]]]
        : [],
    ),
  );

/** "max", "min": where nothing is compared, the largest and the smallest value. */
function extreme(tool: Tool, reading: Reading): Input {
  const field = fieldsOf(tool).find(({ slot }) => slot === "statistic");
  const [comparator, ...more] = linksOf(reading, "comparator");
  const figures = reading.links.some(({ kind }) => kind !== "comparator");
  if (!field || !comparator || more.length > 0 || figures || wordCount(reading) > 2) return {};
  if (comparator.comparator === "<=") return { [field.name]: "max" };
  return comparator.comparator === ">=" ? { [field.name]: "min" } : {};
}

/** "until Send offer instead", "from Triage": another end of the time between two steps. */
function otherEnd(tool: Tool, reading: Reading, last: Input): Input {
  const field = fieldsOf(tool).find(({ slot }) => slot === "activities");
  const before = field && last[field.name];
  const steps = linksOf(reading, "thing");
  const [step] = steps;
  if (!field || !Array.isArray(before) || before.length !== 2 || steps.length !== 1) return {};
  if (step?.thing.kind !== "activity" || before.includes(step.thing.name)) return {};
  const { until, to, since, after, of } = reading.language.time;
  const lead = { start: 0, end: step.start };
  const ends = [until, to].some((list) => phraseIn(reading, list, lead));
  const begins = [since, after, of].some((list) => phraseIn(reading, list, lead));
  if (ends === begins) return {};
  return { [field.name]: ends ? [before[0], step.thing.name] : [step.thing.name, before[1]] };
}

/** Ideas that name an option, or only lead to it. */
const leading: readonly Concept[] = [
  "case",
  "noise",
  "list",
  "budget",
  "calendar",
  "money",
  "count",
  "duration",
  "work",
  "person",
];

/** Every word of content is the option, its name or its value. */
function saysNothingElse(reading: Reading, tool: Tool, filling: Filling, given: Input): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const { until, to, since, after } = reading.language.time;
  const ends = new Set([until, to, since, after].flatMap((list) => phrases(list)));
  const values = new Set(Object.values(given).map((value) => String(value).toLowerCase()));
  const names = new Set(fieldsOf(tool).flatMap(({ name }) => (name in given ? [name.toLowerCase()] : [])));
  const spans: Span[] = [
    ...filling.used,
    ...linksOf(reading, "comparator"),
    ...(Object.values(given).some(Array.isArray) ? linksOf(reading, "thing") : []),
    ...reading.links.filter(({ kind }) => kind === "number" || kind === "share" || kind === "period"),
    ...reading.senses.filter(({ meaning }) => leads(meaning, values)),
  ];
  const linked = reading.links.filter(({ kind }) =>
    ["thing", "window", "log", "kpi", "metric"].includes(kind),
  );
  return (
    linked.every((link) => spans.some((span) => overlap(span, link))) &&
    reading.tokens.every(
      (token) =>
        functionStems.has(token.stem) ||
        ends.has(token.lower) ||
        values.has(token.lower) ||
        names.has(token.lower) ||
        spans.some((span) => inside(token, span) || overlap(span, token)),
    )
  );
}

const leads = (meaning: Reading["senses"][number]["meaning"], values: ReadonlySet<string>): boolean =>
  meaning.kind === "role" ||
  (meaning.kind === "move" && (meaning.value === "addition" || meaning.value === "correction")) ||
  (meaning.kind === "option" && values.has(meaning.value)) ||
  (meaning.kind === "concept" && leading.includes(meaning.value));
