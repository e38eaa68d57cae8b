/** What tells one of several offered readings from the others: words of its label, what they mean, what its input has. */
import type { Briefing } from "../../provider.ts";
import { read } from "../link/read.ts";
import type { Reading } from "../link/reading.ts";
import type { PlannerState } from "../state.ts";
import { isSlip } from "../text/distance.ts";
import { lexiconOf } from "../text/lexicon.ts";
import type { Span } from "../text/utterance.ts";

export type Offered = PlannerState["readings"][number];

/** A word or an idea, and where a text has it. */
interface Sign extends Span {
  readonly sign: string;
}

/** What is said in a text, as it may be held against what was offered. */
export function signsIn(reading: Reading): Sign[] {
  const { functionStems } = lexiconOf(reading.language);
  const words = reading.tokens
    .filter(({ stem }) => !functionStems.has(stem))
    .map(({ stem, start, end }) => ({ sign: `word:${stem}`, start, end }));
  const ideas = reading.senses.flatMap(({ meaning, start, end }) =>
    meaning.kind === "concept" ? [{ sign: `idea:${meaning.value}`, start, end }] : [],
  );
  const named = reading.links.flatMap((link): Sign[] => {
    const { start, end } = link;
    if (link.kind === "metric") return [{ sign: `is:${link.metric}`, start, end }];
    if (link.kind === "statistic") return [{ sign: `is:${link.statistic}`, start, end }];
    if (link.kind !== "thing") return [];
    return [link.thing, ...link.alternatives].map(({ name }) => ({ sign: `is:${name}`, start, end }));
  });
  return [...words, ...ideas, ...named];
}

/** "the time", "the waiting": what is measured, by the idea alone. */
const ideasOf: Readonly<Record<string, string>> = {
  cycle_time: "idea:duration",
  waiting_time: "idea:wait",
  working_time: "idea:work",
  rework: "idea:rework",
};

/** The texts that stand anywhere in an input, and their ideas. */
function leaves(value: unknown): string[] {
  if (typeof value === "string") return [`is:${value}`, ideasOf[value] ?? `is:${value}`];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** The signs of each that no other has. */
export function ownSigns(
  offered: readonly Offered[],
  reading: Reading,
  briefing: Briefing,
): readonly ReadonlySet<string>[] {
  const all = offered.map(({ label, input }) => {
    const words = read(label.replaceAll(/[_-]/gu, " "), reading.language, briefing);
    return new Set([...signsIn(words).map(({ sign }) => sign), ...leaves(input)]);
  });
  return all.map(
    (own, at) =>
      new Set([...own].filter((sign) => !all.some((other, place) => place !== at && other.has(sign)))),
  );
}

/** Where the text has a sign, or a word that is one but for a slip of the hand. */
export const signsOf = (said: readonly Sign[], own: ReadonlySet<string>): Sign[] =>
  said.filter(({ sign }) => own.has(sign) || (sign.startsWith("word:") && isMisspelt(sign, own)));

const isMisspelt = (sign: string, own: ReadonlySet<string>): boolean =>
  [...own].some((other) => other.startsWith("word:") && isSlip(sign.slice(5), other.slice(5)));
