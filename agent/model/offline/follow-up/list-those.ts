/** "show me those", "which ones are they?", after a figure: the cases that it was about. */

import { rank } from "../frame/rank.ts";
import { languageOf } from "../languages/index.ts";
import type { Concept } from "../languages/language.ts";
import { read } from "../link/read.ts";
import { hasRole, type Reading } from "../link/reading.ts";
import type { Plan } from "../plan.ts";
import { isEncliticOf } from "../text/enclitic.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { inside } from "../text/utterance.ts";
import { wordCount, wordings } from "../text/wording.ts";
import { calls, direct, type Turn } from "../turn.ts";
import { casesMeant } from "./cases-meant.ts";

/** A question for single cases; its tool lists them. */
const listing = "list the slowest cases";

/** Longer texts ask for something of their own. */
const longest = 7;

const ofLists: readonly Concept[] = ["case", "list"];

/** Null where the text says more, or where nothing told the cases of the last answer apart. */
export function listThose(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  const last = state.frames[0];
  if (!last || wordCount(reading) > longest || !onlyPoints(reading)) return null;
  const filters = casesMeant(last.input);
  const tool = rank(read(listing, languageOf("en"), briefing), briefing)[0]?.tool;
  if (filters.length === 0 || !tool || tool.name === last.tool) return null;
  return calls(turn, [direct({ tool: tool.name, input: { filters } }, reading.text)], { act: false });
}

/** A word that points or asks which, words for a list of cases, and nothing else. */
function onlyPoints(reading: Reading): boolean {
  const { senses, tokens, links, language } = reading;
  const which = wordings(reading, "which");
  const lists = senses.some(({ meaning }) => meaning.kind === "concept" && meaning.value === "list");
  if (isEncliticOf(reading, language.concepts.list ?? "")) return links.length === 0;
  const points = hasRole(reading, "pronoun");
  if (links.length > 0 || !(points ? lists || which.length > 0 : which.length > 0)) return false;
  const { functionStems } = lexiconOf(language);
  const own = senses.filter(
    ({ meaning }) =>
      meaning.kind === "role" ||
      (meaning.kind === "move" && meaning.value === "addition") ||
      (meaning.kind === "concept" && ofLists.includes(meaning.value)),
  );
  const others = senses.some(({ meaning }) => meaning.kind === "concept" && !ofLists.includes(meaning.value));
  return (
    !others &&
    tokens.every(
      (token) => functionStems.has(token.stem) || [...own, ...which].some((span) => inside(token, span)),
    )
  );
}
