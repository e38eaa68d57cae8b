/**
 * The filters of a thread as a stack: "what filters are on?", "undo the last filter", "drop the country filter", "clear
 * the filters". Each filter that a follow-up adds is one step; taking one back asks the last question again without it.
 */
import type { Filter } from "../../../tools/inputs.ts";
import type { Briefing } from "../provider.ts";
import { filtersOf, type Input, sameFilters } from "./follow-up/carried.ts";
import { requests } from "./follow-up/ellipsis.ts";
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import type { Ranked } from "./frame/rank.ts";
import { fill } from "./frame/slots.ts";
import { languageOf } from "./languages/index.ts";
import { leadsQuestion } from "./link/grammar-words.ts";
import { read } from "./link/read.ts";
import { linksOf, type Reading, rolesAt } from "./link/reading.ts";
import type { Plan } from "./plan.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { inside, type Span, type Token, utterance } from "./text/utterance.ts";
import { says, saysExactly, wordCount, wordings } from "./text/wording.ts";
import { calls, direct, said, type Turn } from "./turn.ts";

/** Longer texts ask for something of their own. */
const LONGEST = 9;
/** Looking changes nothing: more may be said. */
const LONGEST_LOOK = 16;

export function filterStack(turn: Turn): Plan | null {
  const { reading, state } = turn;
  if (saysAll(turn)) return again(turn, [], "push");
  const filters = filtersOf(state.frames[0]?.input ?? {});
  // "take that off again", where filters are all that can be meant.
  if (filters.length > 0 && state.proposals.length === 0 && removesThat(reading))
    return again(turn, state.filterHistory.at(-1) ?? filters.slice(0, -1), "pop");
  if (!saysExactly(reading, "filters") || wordCount(reading) > LONGEST_LOOK) return null;
  if (wordCount(reading) > LONGEST) return looks(reading) ? shown(turn, filters) : null;
  const undoes = says(reading, "filter-undoes");
  const clears = says(reading, "filter-clears");
  const alone = wordCount(reading) <= 2 && !says(reading, "filter-removes");
  if ((says(reading, "filter-shows") || alone) && !undoes && !clears) return shown(turn, filters);
  if (!undoes && !clears && !says(reading, "filter-removes")) return null;
  if (filters.length === 0) return noFilter(turn);
  const named = namedFilters(turn, filters);
  if (named.length > 0)
    return again(
      turn,
      filters.filter((filter) => !named.includes(filter)),
      "push",
    );
  if (undoes || says(reading, "latest")) {
    const before = state.filterHistory.at(-1);
    return again(turn, before ?? filters.slice(0, -1), "pop");
  }
  if (clears) return again(turn, [], "push");
  if (!removesOnly(reading)) return null;
  return filters.length === 1 ? again(turn, [], "push") : again(turn, filters.slice(0, -1), "pop");
}

/** "remind me which filters are on now and how many cases each leaves". */
const looks = (reading: Reading): boolean =>
  says(reading, "filter-shows") &&
  !(["filter-undoes", "filter-clears", "filter-removes"] as const).some((list) => says(reading, list));

/** A word that takes away, one that points, and nothing else. */
function removesThat(reading: Reading): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const removing = wordings(reading, "filter-removes");
  return (
    removing.length > 0 &&
    rolesAt(reading, "pronoun").length > 0 &&
    reading.tokens.every(
      (token) => functionStems.has(token.stem) || removing.some((word) => inside(token, word)),
    )
  );
}

/** "take the filter off again": nothing is said but that. */
function removesOnly(reading: Reading): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const own: readonly Span[] = [
    ...(["filters", "filter-removes", "latest"] as const).flatMap((list) => wordings(reading, list)),
    ...reading.senses.filter(({ meaning }) => meaning.kind === "move"),
  ];
  return reading.tokens.every(
    (token) => functionStems.has(token.stem) || own.some((span) => inside(token, span)),
  );
}

/** "take the Germany filter off, and show it by channel": what follows is asked with the filters that are left. */
export function filtersThen(turn: Turn, further: (turn: Turn) => Plan): Plan | null {
  const { reading, briefing, state } = turn;
  if (!saysExactly(reading, "filters") || state.frames.length === 0) return null;
  const joints = rolesAt(reading, "conjunction").filter(
    ({ start, from, to }) => from > 0 && to < reading.tokens.length && !isQuoted(reading, start),
  );
  for (const { start, end } of joints) {
    const [ahead, rest] = [reading.text.slice(0, start), reading.text.slice(end)];
    const first = filterStack(turnOf(turn, ahead.replace(/[\s,;]+$/u, "")));
    const [frame] = first?.kind === "calls" ? first.frames : [];
    if (first?.kind !== "calls" || frame === undefined || frame.tool !== state.frames[0]!.tool) continue;
    const frames = [{ tool: frame.tool, input: { ...frame.input } }];
    const filterHistory = (first.filterHistory ?? []).map((filters) => [...filters]);
    const plan = further({ ...turnOf(turn, rest.trim()), state: { ...state, frames, filterHistory } });
    if (plan.kind === "calls") return { ...plan, filterHistory };
  }
  return null;

  function turnOf(whole: Turn, text: string): Turn {
    const here = { ...briefing, text };
    return { ...whole, briefing: here, reading: read(text, reading.language, here) };
  }
}

const isQuoted = ({ quotes }: Reading, at: number): boolean =>
  quotes.some(({ start, end }) => start <= at && at < end);

/** "ok, maintenant tous": nothing but a word for all of the cases, after some of them. */
function saysAll({ reading, state }: Turn): boolean {
  if (filtersOf(state.frames[0]?.input ?? {}).length === 0 || wordCount(reading) > LONGEST) return false;
  const all = [...wordings(reading, "filter-clears"), ...wordings(reading, "always")];
  const { functionStems } = lexiconOf(reading.language);
  const idle = ({ stem, start, end }: Token): boolean =>
    functionStems.has(stem) ||
    all.some((word) => word.start <= start && end <= word.end) ||
    reading.senses.some(
      (sense) =>
        sense.start <= start &&
        end <= sense.end &&
        ((sense.meaning.kind === "concept" && sense.meaning.value === "case") ||
          (sense.meaning.kind === "move" && leading.has(sense.meaning.value))),
    );
  const asks =
    reading.senses.some((sense) => leadsQuestion(sense, reading.language)) ||
    reading.senses.some(({ meaning }) => meaning.kind === "role" && meaning.value === "exclude");
  return all.length > 0 && !asks && reading.links.length === 0 && reading.tokens.every(idle);
}
const leading: ReadonlySet<string> = new Set(["addition", "assent", "correction", "thanks"]);

/** Filters about something that the text names: an attribute, a value, a step, or their kind. */
function namedFilters({ reading }: Turn, filters: readonly Filter[]): Filter[] {
  const things = linksOf(reading, "thing").flatMap(({ thing, alternatives }) => [thing, ...alternatives]);
  return filters.filter((filter) => {
    const text = JSON.stringify(filter);
    if (says(reading, "filter-time") && filter.kind === "window") return true;
    return things.some((thing) =>
      thing.kind === "attribute"
        ? filter.kind === "attribute" && filter.attribute === thing.name
        : text.includes(JSON.stringify(thing.name)),
    );
  });
}

/** The last question with other filters. */
function again(turn: Turn, filters: readonly Filter[], step: "push" | "pop"): Plan | null {
  const { state, reading, briefing } = turn;
  const last = state.frames[0];
  const tool = briefing.tools.find(({ name }) => name === last?.tool);
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "filters");
  if (!last || !field) return null;
  const input: Input = { ...last.input, [field.name]: [...filters] };
  const plan = calls(turn, [direct({ tool: last.tool, input }, reading.text)], { act: false });
  const before = state.filterHistory;
  const history = step === "pop" ? before.slice(0, -1) : [...before, [...filtersOf(last.input)]];
  return plan.kind === "calls" ? { ...plan, filterHistory: history } : plan;
}

const speaksOfFilters = (example: string): boolean =>
  saysExactly(utterance(example, languageOf("en")), "filters");

/** The tool whose examples speak of filters. */
const filterTool = ({ tools }: Briefing) =>
  tools.find(
    (known) =>
      known.risk === "read" &&
      hasSlot(known, "filters") &&
      known.examples.en.filter(speaksOfFilters).length > 2,
  );

/** "only orders from Germany", which asks for nothing else: the cases are narrowed down, and what is asked next is about them. */
export function narrowed({ reading, briefing }: Turn): Ranked | null {
  const tool = filterTool(briefing);
  const opens = reading.senses.some(
    ({ meaning, from }) => from === 0 && meaning.kind === "role" && meaning.value === "include",
  );
  const asks =
    requests(reading).length > 0 ||
    reading.concepts.has("list") ||
    linksOf(reading, "metric").length + linksOf(reading, "statistic").length > 0 ||
    reading.senses.some((sense) => leadsQuestion(sense, reading.language));
  if (!tool || !opens || asks || wordCount(reading) > LONGEST) return null;
  const filling = fill(tool, reading, briefing);
  const filters = filtersOf(filling.input);
  const ofCases =
    filters.length > 0 && filters.every(({ kind }) => kind === "attribute" || kind === "window");
  return ofCases ? { tool, filling, coverage: 1, likelihood: 0.9 } : null;
}

/** How each filter narrows the cases down. */
function shown(turn: Turn, filters: readonly Filter[]): Plan {
  const { briefing, reading, state } = turn;
  const tool = filterTool(briefing);
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "filters");
  if (!tool || !field) return noFilter(turn);
  const plan = calls(
    turn,
    [direct({ tool: tool.name, input: { [field.name]: [...filters] } }, reading.text)],
    {
      act: false,
    },
  );
  return plan.kind === "calls" ? { ...plan, filterHistory: state.filterHistory, isLook: true } : plan;
}

const noFilter = (turn: Turn): Plan =>
  said(turn, {
    say: "answer",
    confidence: 0.9,
    said: {
      headline: { text: "No filter is on: all cases are looked at." },
      next: {
        label: { text: 'To set one, say for example: "{example}"', values: { example: "only last month" } },
        ask: "only last month",
      },
    },
  });

/** What the thread remembers of its filters after a turn that went on with the last call. */
export function historyAfter(turn: Turn, next: Input): readonly (readonly Filter[])[] {
  const before = filtersOf(turn.state.frames[0]?.input ?? {});
  return sameFilters(before, filtersOf(next))
    ? turn.state.filterHistory
    : [...turn.state.filterHistory, before];
}
