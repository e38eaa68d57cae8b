/** What something is called that the planner has no list of: a watch, a published rule. The tool says when there is none. */
import type { Briefing } from "../../provider.ts";
import type { Concept } from "../languages/language.ts";
import type { Link } from "../link/links.ts";
import { linksOf, type Reading, rolesAt } from "../link/reading.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";

export interface Called {
  readonly name: string;
  readonly links: readonly Link[];
}

/** In quotation marks, an identifier, a KPI by its name or its measure, or the word beside the word for the kind. */
export function called(reading: Reading, { kpis }: Pick<Briefing, "kpis">): Called | null {
  const quote = reading.quotes[0];
  if (quote) return { name: reading.text.slice(quote.start, quote.end), links: [] };
  const identifier = /(?<![\p{L}\p{N}-])[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+(?![\p{L}\p{N}-])/u.exec(
    reading.text,
  );
  if (identifier) return { name: identifier[0], links: [] };
  const kpi = linksOf(reading, "kpi")[0];
  if (kpi) return { name: kpi.name, links: [kpi] };
  const measure = linksOf(reading, "metric")[0];
  if (measure) {
    const name = kpis.find(({ metric }) => metric === measure.metric)?.name;
    return { name: name ?? reading.text.slice(measure.start, measure.end), links: [measure] };
  }
  return beside(reading);
}

const kinds: ReadonlySet<Concept> = new Set(["rule", "watch"]);

/** As many words of the grammar stand between the word for the kind and the name ("la regla de los recordatorios"). */
const linking = 2;

/** "the escalation rule", "rule 7", "la règle d'escalade". */
function beside(reading: Reading): Called | null {
  const { functionStems } = lexiconOf(reading.language);
  for (const { meaning, from, to } of reading.senses) {
    if (meaning.kind !== "concept" || !kinds.has(meaning.value)) continue;
    // "take that rule back": it is pointed at, and what follows is no name of it.
    if (rolesAt(reading, "pronoun").some((pronoun) => pronoun.to === from)) continue;
    const following = reading.tokens.slice(to).findIndex(({ stem }) => !functionStems.has(stem));
    const near = [
      reading.tokens[from - 1],
      following <= linking ? reading.tokens[to + following] : undefined,
    ];
    const name = near.find(
      (token) => token && !functionStems.has(token.stem) && !isOther(reading, token.start),
    );
    if (name) return { name: name.text, links: [] };
  }
  return null;
}

/** The word asks for something ("stop", "withdraw") rather than naming it, or is the particle of a verb ("zieh … zurück"). */
const isOther = (reading: Reading, start: number): boolean =>
  phrases(reading.language.separable ?? "").includes(
    reading.tokens.find((token) => token.start === start)?.lower ?? "",
  ) ||
  reading.senses.some(
    (sense) =>
      sense.start === start &&
      sense.meaning.kind === "concept" &&
      (sense.meaning.value === "stop" || sense.meaning.value === "undo" || kinds.has(sense.meaning.value)),
  );
