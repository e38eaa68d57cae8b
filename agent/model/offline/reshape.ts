/** "simplify it", "drop the region": the drafted rule with a condition less, tried on the cases again. */
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import { hasRole, linksOf, type Reading } from "./link/reading.ts";
import type { Plan } from "./plan.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { tokenise } from "./text/utterance.ts";
import { wordCount } from "./text/wording.ts";
import { calls, direct, said, type Turn } from "./turn.ts";

/** Where "and" joins two conditions, not inside a quoted name. */
const joints = /\s+and\s+(?=(?:[^"`]*["`][^"`]*["`])*[^"`]*$)/iu;

interface Drafted {
  readonly conditions: readonly string[];
  readonly action: string;
}

export function reshaped(turn: Turn): Plan | null {
  const { reading } = turn;
  const simpler = reading.concepts.has("simplify");
  const less = reading.concepts.has("skip") || hasRole(reading, "exclude");
  if ((!simpler && !less) || wordCount(reading) > 6 || linksOf(reading, "window").length > 0) return null;
  if (reading.concepts.has("what-if")) return null;
  // "retire cette règle": the whole rule, and no condition of it.
  if (!simpler && reading.concepts.has("rule") && linksOf(reading, "thing").length === 0) return null;
  const drafted = lastDrafted(turn);
  if (!drafted) return simpler || lastWasRules(turn) ? nothingDrafted(turn) : null;
  const named = namesOf(reading);
  if (!simpler && named.length === 0) return null;
  const kept = simpler
    ? drafted.conditions.slice(0, -1)
    : drafted.conditions.filter(leavesOut(named, reading));
  if (drafted.conditions.length === 1) return oneCondition(turn, drafted);
  if (kept.length === drafted.conditions.length) return simpler ? null : notInRule(turn, named, drafted);
  return kept.length === 0 ? oneCondition(turn, drafted) : triedAgain(turn, kept, drafted.action);
}

const lastWasRules = ({ state, briefing }: Turn): boolean =>
  briefing.tools.some((tool) => tool.name === state.frames[0]?.tool && hasSlot(tool, "rule-words"));

/** The rule that the last result suggested to publish. */
function lastDrafted({ state }: Turn): Drafted | null {
  const { condition, action } = state.suggests[0]?.input ?? {};
  if (typeof condition !== "string" || typeof action !== "string" || /\bor\b/iu.test(condition)) return null;
  return { conditions: condition.split(joints), action };
}

/** Stems of the words that mean nothing but a name. */
function namesOf(reading: Reading): string[] {
  const { parts, functionStems } = lexiconOf(reading.language);
  const linked = linksOf(reading, "thing");
  return reading.tokens
    .filter(
      ({ stem, start, end }) =>
        linked.some((link) => link.start <= start && end <= link.end) ||
        (!parts.has(stem) && !functionStems.has(stem)),
    )
    .map(({ stem }) => stem);
}

const leavesOut =
  (named: readonly string[], { language }: Reading) =>
  (condition: string): boolean =>
    !tokenise(condition, language).some(({ stem }) => named.includes(stem));

function triedAgain(turn: Turn, conditions: readonly string[], action: string): Plan | null {
  const tool = turn.briefing.tools.find((known) => {
    const names = fieldsOf(known).map(({ name }) => name);
    return known.risk === "read" && names.includes("condition") && names.includes("action");
  });
  if (!tool) return null;
  const input = { condition: conditions.join(" and "), action };
  return calls(turn, [direct({ tool: tool.name, input }, turn.reading.text)], { act: false });
}

const nothingDrafted = (turn: Turn): Plan =>
  said(turn, {
    say: "cannot",
    confidence: 0.85,
    said: {
      headline: { text: "There is no drafted rule here to simplify." },
      next: {
        label: { text: "Ask instead: {example}", values: { example: "suggest rules" } },
        ask: "suggest rules",
      },
    },
  });

const oneCondition = (turn: Turn, { conditions, action }: Drafted): Plan =>
  said(turn, {
    say: "answer",
    confidence: 0.85,
    said: {
      headline: {
        text: "The rule has one condition only, so nothing can be left out: if {condition}, then {action}.",
        values: { condition: conditions.join(" and "), action },
      },
    },
  });

const notInRule = (turn: Turn, named: readonly string[], { conditions, action }: Drafted): Plan =>
  said(turn, {
    say: "answer",
    confidence: 0.85,
    said: {
      headline: {
        text: "The rule does not look at {name}: if {condition}, then {action}.",
        values: { name: named.join(" "), condition: conditions.join(" and "), action },
      },
    },
  });
