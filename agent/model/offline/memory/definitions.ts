/** What people said that words mean, put to use: in the text before it is read, in the slots, in the assumptions. */
import type { Message } from "../../../../tools/define.ts";
import type { Filter } from "../../../../tools/inputs.ts";
import type { Briefing, Definition } from "../../provider.ts";
import { hasSlot } from "../frame/fields.ts";
import { languageOf } from "../languages/index.ts";
import { read } from "../link/read.ts";
import type { Reading } from "../link/reading.ts";
import type { Frame, Plan } from "../plan.ts";
import { fold } from "../text/stem.ts";

const nowhere = { now: new Date(0), zone: "UTC", log: null, logs: [], proposals: [], kpis: [] };

/** Whether a term is one for lateness ("late", "overdue", "SLA"), in its language or English. */
export function isLateness(term: string, language: string): boolean {
  return [language, "en"].some((code) => {
    const { concepts } = read(term, languageOf(code), nowhere);
    return concepts.has("late") || concepts.has("sla");
  });
}

/** The definition that lateness in a text is measured by; null where it says no such thing, or nothing was defined. */
export function latenessDefinition(reading: Reading, briefing: Briefing): Definition | null {
  if (!reading.concepts.has("late") && !reading.concepts.has("sla")) return null;
  const found = briefing.remembered?.definitions.find(
    (definition) =>
      (definition.deadline !== undefined || definition.seconds !== undefined) &&
      isLateness(definition.term, reading.language.code),
  );
  return found ?? null;
}

/** Where a term stands in a text, whole, with the endings of a plural. */
function termPattern(term: string): RegExp {
  const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(term);
  const stem = term.replace(/s$/u, "").split(" ").map(RegExp.escape).join("\\s+");
  return spaceless
    ? new RegExp(stem, "giu")
    : new RegExp(`(?<![\\p{L}\\p{N}])${stem}(?:s|es|en|e|n)?(?![\\p{L}\\p{N}])`, "giu");
}

/** The text with its terms in the words that stand for them, and the definitions that were used. */
export function withMeanings(
  text: string,
  definitions: readonly Definition[],
  language: string,
): { readonly text: string; readonly used: readonly Definition[] } {
  const used: Definition[] = [];
  let expanded = text;
  for (const definition of definitions) {
    const { term, phrase, seconds, deadline } = definition;
    if (phrase === undefined || seconds !== undefined || deadline !== undefined) continue;
    if (isLateness(term, language)) continue;
    const replaced = replaceTerm(expanded, term, phrase);
    if (replaced === expanded) continue;
    expanded = replaced;
    used.push(definition);
  }
  return { text: expanded, used };
}

/** Somebody said what the words mean, alone or beside others ("big" in "big order"). */
export const isDefined = (words: string, { remembered }: Pick<Briefing, "remembered">): boolean =>
  (remembered?.definitions ?? []).some(({ term }) => termPattern(words).test(fold(term)));

function replaceTerm(text: string, term: string, phrase: string): string {
  const folded = fold(text);
  // Folding that changes lengths (ligatures, ideographic forms) would cut in the wrong places.
  const searched = folded.length === text.length ? folded : text;
  const found = [...searched.matchAll(termPattern(term))];
  return found.reduceRight(
    (sofar, match) => sofar.slice(0, match.index) + phrase + sofar.slice(match.index + match[0].length),
    text,
  );
}

/**
 * Terms that stand for a length of time select cases where they say which ("slow orders", "how many orders are slow?"), not
 * where they are what is asked about ("why are orders slow?"). Lateness has slots of its own.
 */
function selecting(text: string, briefing: Briefing, language: string): Definition[] {
  const timed = (briefing.remembered?.definitions ?? []).filter(
    ({ term, seconds }) => seconds !== undefined && !isLateness(term, language),
  );
  const said = timed.flatMap((definition) => {
    const match = termPattern(definition.term).exec(fold(text));
    return match === null ? [] : [{ definition, end: match.index + match[0].length }];
  });
  if (said.length === 0) return [];
  const reading = read(text, languageOf(language), briefing);
  const counted = reading.concepts.has("count");
  return said.flatMap(({ definition, end }) => (counted || casesAt(reading, end) ? [definition] : []));
}

/** A word for cases begins here. */
const casesAt = (reading: Reading, end: number): boolean =>
  reading.senses.some(
    ({ meaning, start }) =>
      meaning.kind === "concept" && meaning.value === "case" && start >= end && start <= end + 1,
  );

/** The plan with the filters that terms stand for, saying under its assumptions which definitions it went by. */
export function withDefinitions(
  plan: Plan,
  text: string,
  briefing: Briefing,
  expanded: readonly Definition[],
): Plan {
  if (plan.kind === "say" || briefing.remembered === undefined) return plan;
  const selected = selecting(text, briefing, plan.language);
  const frames = plan.frames.map((frame) => {
    if (frame.tool.startsWith("memory.")) return frame;
    const filters = hasFilters(frame, briefing) ? selected.map(asFilter) : [];
    const input =
      filters.length === 0
        ? frame.input
        : {
            ...frame.input,
            filters: [...((frame.input["filters"] as Filter[] | undefined) ?? []), ...filters],
          };
    const used = [
      ...expanded,
      ...(filters.length > 0 ? selected : []),
      ...briefing.remembered!.definitions.filter((definition) => measures(definition, input, plan.language)),
    ];
    return { ...frame, input, assumptions: [...frame.assumptions, ...used.map(asAssumption)] };
  });
  return { ...plan, frames };
}

const hasFilters = (frame: Frame, briefing: Briefing): boolean =>
  briefing.tools.some((tool) => tool.name === frame.tool && hasSlot(tool, "filters"));

const asFilter = ({ seconds }: Definition): Filter => ({
  kind: "duration",
  comparator: ">",
  seconds: seconds ?? 0,
});

/** Lateness is measured in this call as it was defined. */
const measures = (definition: Definition, input: Frame["input"], language: string): boolean =>
  isLateness(definition.term, language) &&
  ((definition.deadline !== undefined && input["deadline"] === definition.deadline) ||
    (definition.seconds !== undefined && input["threshold"] === definition.seconds));

const whose: Readonly<Record<Definition["scope"], string>> = {
  thread: '"{term}" as you defined it here: "{text}"',
  person: '"{term}" as you asked me to remember: "{text}"',
  team: '"{term}" as your team defines it: "{text}"',
  tenant: '"{term}" as it is defined for everybody: "{text}"',
};

const asAssumption = ({ term, text, scope }: Definition): Message => ({
  text: whose[scope],
  values: { term, text },
});
