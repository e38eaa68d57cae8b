/** What stands in the way of an honest answer: names the log does not have, times it does not cover, abilities not built. */
import type { Message } from "../../../tools/define.ts";
import type { Briefing } from "../provider.ts";
import { countedNoun } from "./frame/amount-filters.ts";
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import type { Ranked } from "./frame/rank.ts";
import { type IndexedTool, toolIndex } from "./frame/tool-index.ts";
import type { Concept } from "./languages/language.ts";
import { departmentNames, moneyNames } from "./languages/log-words.ts";
import { confidenceIn, sureFrom } from "./learned/confidence.ts";
import { committedModel } from "./learned/model.ts";
import { comparatorAt } from "./link/comparing.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "./link/reading.ts";
import { nearest } from "./link/vocabulary.ts";
import type { Situation, Spoken } from "./spoken.ts";
import { stateOf } from "./state.ts";
import { lexiconOf, phrases } from "./text/lexicon.ts";
import { overlap, type Span, type Token } from "./text/utterance.ts";
import { isPostposition, phraseAt, says, wordingBefore, wordings } from "./text/wording.ts";
import { unheldFigure } from "./unheld-figure.ts";
import { unknownFigure, unknownObject, unknownSpending } from "./unknown-object.ts";

const line = (text: string, values?: Message["values"]): Message => (values ? { text, values } : { text });
const cannot = (headline: Message, notes: readonly Message[] = [], ask?: string): Spoken => ({
  say: "cannot",
  confidence: 0.85,
  said: ask
    ? { headline, notes, next: { label: line("Ask instead: {example}", { example: ask }), ask } }
    : { headline, notes },
});
const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

const noAttribute = (name: string, briefing: Briefing): Spoken =>
  cannot(line('This log has no attribute "{name}".', { name }), columns(briefing), "what is in this log?");

/** The first thing that makes the best frame dishonest to answer; null when nothing does. */
export function obstacle(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  return (
    noLogHas(reading, best, briefing) ??
    missingAbility(reading, best, briefing) ??
    evalsStayInside(reading) ??
    noLog(best, briefing) ??
    outsideTheLog(reading, best, briefing) ??
    lateWithoutLimit(reading, best) ??
    noAmounts(reading, best, briefing) ??
    noSuchFigure(reading, best, briefing) ??
    unknownCount(reading, best, briefing) ??
    unwatchable(reading, best) ??
    unknownName(reading, best, briefing) ??
    unknownGrouping(reading, best, briefing)
  );
}

/** "what is our NPS?": a quantity that no log has of itself. */
function noLogHas(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const name = briefing.log ? unheldFigure(reading, best) : null;
  if (name === null) return null;
  return noAttribute(name, briefing);
}

/** A question about a log where none is there, or none of several is chosen. */
function noLog(best: Ranked | undefined, briefing: Briefing): Spoken | null {
  if (briefing.log || !best) return null;
  const field = fieldsOf(best.tool).find(({ slot }) => slot === "log");
  if (!field || field.across || field.name in best.filling.input) return null;
  if (briefing.logs.length === 0) {
    return cannot(line("There is no event log here yet. Upload a CSV or XES file, and ask again."));
  }
  const offered = briefing.logs.slice(0, 8);
  return {
    say: "clarify",
    confidence: 0.8,
    said: {
      headline: line("Which log do you mean: {names}?", { names: list(offered.map(({ name }) => name)) }),
      readings: offered.map(({ name }) => ({ label: name, ask: name, result: "" })),
      asked: { text: briefing.text, logs: offered.map(({ id }) => id) },
    },
  };
}

/** Ideas that need a tool of their own, and what they are called. */
const abilities: Readonly<Partial<Record<Concept, string>>> = {
  predict: "predict single cases",
  evaluate: "run or report evaluations",
  memory: "recall earlier conversations",
  delegate: "delegate approvals",
  credential: "manage credentials",
  backup: "make or restore backups",
  "personal-data": "export or erase a person's data",
  handover: "show handovers between people or departments",
  export: "export files",
  "model-file": "export models",
  conformance: "compare with a reference model",
  standing: "set up standing approvals",
  contradict: "check rules against each other",
  spending: "report what a language model has cost",
};

/** People are told apart by their work, not by an organisation chart that the log does not have. */
function unknownDepartments(reading: Reading, briefing: Briefing): Spoken | null {
  if (!reading.concepts.has("handover") || !says(reading, "departments")) return null;
  const known = briefing.log?.vocabulary.attributes.some(({ name }) => departmentNames.test(name));
  if (known) return null;
  const ability = line("I cannot {ability} yet.", { ability: "show handovers between departments" });
  return cannot(ability, columns(briefing), "show handovers between roles");
}

/** A tool that is this likely can, whatever single words say. */
const surelyCan = 0.7;

function missingAbility(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const departments = unknownDepartments(reading, briefing);
  if (departments !== null) return departments;
  if (best && best.likelihood >= surelyCan) return null;
  const { tools } = toolIndex(briefing.tools, reading.language);
  for (const [concept, ability] of Object.entries(abilities)) {
    if (!reading.concepts.has(concept as Concept)) continue;
    if (tools.some((tool) => speaksOf(tool, concept) || isSaidFor(tool, concept, best))) continue;
    const notes = concept === "handover" ? columns(briefing) : [];
    return cannot(line("I cannot {ability} yet.", { ability }), notes, "what can you do?");
  }
  return null;
}

/** No words let an evaluation reach a connected system. */
function evalsStayInside({ concepts }: Reading): Spoken | null {
  if (!concepts.has("evaluate") || !concepts.has("connector")) return null;
  const never = line(
    "Evals run in worlds of their own, against simulators: they never call a connected system.",
  );
  return cannot(never, [], "run the evals");
}

/** "What is the rate of …?", where nothing of what follows was understood: all of all cases would be no answer. */
export function shareOfAll(best: Ranked | undefined): boolean {
  if (!best) return false;
  const { input } = best.filling;
  const { filters = [] } = input;
  const narrowed = ["kpi", "threshold", "deadline", "groupBy", "period", "measure", "activity", "activities"];
  return (
    input["statistic"] === "share" &&
    hasSlot(best.tool, "metric") &&
    ["throughput", "cycle_time", undefined].includes(input["metric"] as string | undefined) &&
    Array.isArray(filters) &&
    filters.length === 0 &&
    narrowed.every((name) => !(name in input))
  );
}

/** More than one of its examples is about it: a single one may only mention it. */
export const speaksOf = ({ examples }: IndexedTool, concept: string): boolean =>
  examples.filter(({ features }) => features.has(`concept:${concept}`)).length > 1;

/** A read's examples say nearly all that was said, the idea too: "is the invoice always approved before payment?". */
const isSaidFor = ({ tool, profile }: IndexedTool, concept: string, best: Ranked | undefined): boolean =>
  tool === best?.tool && tool.risk === "read" && best.coverage > 0.9 && profile.has(`concept:${concept}`);

/** The attributes there are, for a question about one that is not. */
function columns(briefing: Briefing): Message[] {
  const names = briefing.log?.vocabulary.attributes.map(({ name }) => name).slice(0, 8) ?? [];
  return names.length > 0 ? [line("The log has these attributes: {names}.", { names: list(names) })] : [];
}

/** What makes a case late. */
const limits = ["kpi", "threshold", "deadline"];

/** "How many orders are late?" where nothing says when one is: a count of all would be no answer. */
function lateWithoutLimit({ concepts }: Reading, best: Ranked | undefined): Spoken | null {
  if (!best || !concepts.has("late")) return null;
  const takes = fieldsOf(best.tool).map(({ name }) => name);
  const { input } = best.filling;
  if (!limits.every((name) => takes.includes(name)) || limits.some((name) => name in input)) return null;
  if (input["statistic"] !== "count" && input["statistic"] !== "share") return null;
  const headline = line("I need one thing more for that: {what}.", { what: "limit" });
  const example = "how long do cases take?";
  return {
    say: "clarify",
    confidence: 0.8,
    said: { headline, next: { label: line("Ask instead: {example}", { example }), ask: example } },
  };
}

/** "What's the average for Hamburg?": nobody said of what, and it is not plain from elsewhere. */
export function statisticOfNothing(
  reading: Reading,
  best: Ranked | undefined,
  briefing: Briefing,
): Spoken | null {
  if (!best || stateOf(briefing.state).frames.length > 0) return null;
  const fields = fieldsOf(best.tool);
  const metric = fields.find(({ slot, required }) => slot === "metric" && !required);
  const { input } = best.filling;
  const measured = fields.some(
    ({ slot, name }) =>
      ["metric", "measure", "kpi", "activity", "threshold"].includes(slot ?? "") && name in input,
  );
  const statistic = input[fields.find(({ slot }) => slot === "statistic")?.name ?? ""];
  if (!metric || measured || !amountStatistics.has(String(statistic))) return null;
  if (confidenceIn(best.likelihood, reading.language.code, committedModel()) >= sureFrom) return null;
  const headline = line("I need one thing more for that: {what}.", { what: metric.description });
  const example = "how long do cases take?";
  return {
    say: "clarify",
    confidence: 0.8,
    said: { headline, next: { label: line("For example: {example}", { example }), ask: example } },
  };
}

/** "Sum of the invoice amounts" in a log without amounts: the sum of something else would be no answer. */
function noAmounts(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const field = best && fieldsOf(best.tool).find(({ slot }) => slot === "measure");
  if (!field || !briefing.log || field.name in best.filling.input) return null;
  const summed = linksOf(reading, "statistic").some(({ statistic }) => amountStatistics.has(statistic));
  const ofMetric = ["metric", "kpi", "threshold"].some((name) => name in best.filling.input);
  if (!summed || ofMetric || !speaksOfAmounts(reading)) return null;
  const headline = line("The log has no such amounts to add up or average.");
  return cannot(headline, columns(briefing), "how long do cases take?");
}

/** "orders with more than 3 items": the log does not say how many, and all orders would be no answer. */
function unknownCount(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  if (!best || !briefing.log || !hasSlot(best.tool, "filters") || hasSlot(best.tool, "rule-words"))
    return null;
  for (const link of linksOf(reading, "number")) {
    const noun = comparatorAt(reading, link) === null ? null : countedNoun(reading, link);
    if (noun === null || best.filling.used.has(link)) continue;
    return noAttribute(noun.text, briefing);
  }
  return null;
}

/** "alert me if more than 10 % of orders are rejected": watches hold times and amounts, and would hold another limit. */
function unwatchable(reading: Reading, best: Ranked | undefined): Spoken | null {
  if (!best || best.tool.risk === "read" || !hasSlot(best.tool, "threshold") || !hasSlot(best.tool, "metric"))
    return null;
  const { input, used } = best.filling;
  const limits = reading.links.filter(
    (link) =>
      (link.kind === "share" || link.kind === "number") &&
      !used.has(link) &&
      comparatorAt(reading, link) !== null,
  );
  if (limits.length === 0 || "threshold" in input) return null;
  return cannot(line("I cannot {ability} yet.", { ability: "watch counts and shares of cases" }));
}

const amountStatistics: ReadonlySet<string> = new Set(["mean", "median", "p90", "p95", "min", "max", "sum"]);

/** "what was the NPS in June?" */
function noSuchFigure(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  if (!best || !briefing.log || !hasSlot(best.tool, "metric") || hasSlot(best.tool, "words")) return null;
  const name = unknownSpending(reading) ?? unknownFigure(reading, best);
  if (name === null) return null;
  return noAttribute(name, briefing);
}

/** Money, or a word that columns of money are called by. */
export const speaksOfAmounts = (reading: Reading): boolean => {
  const statistics = linksOf(reading, "statistic");
  return (
    reading.concepts.has("money") ||
    reading.tokens.some(
      (token) => moneyNames.test(token.lower) && !statistics.some((other) => overlap(other, token)),
    )
  );
};

/** A window that lies wholly before the log's first or after its last event. */
function outsideTheLog(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const { log } = briefing;
  if (!log?.first || !log.last || (best && !hasSlot(best.tool, "log"))) return null;
  for (const { window } of linksOf(reading, "window")) {
    const before = window.to !== null && Date.parse(window.to) <= Date.parse(log.first);
    const after = window.from !== null && Date.parse(window.from) > Date.parse(log.last);
    if (!before && !after) continue;
    const write = new Intl.DateTimeFormat(reading.language.code === "en" ? "en-GB" : reading.language.code, {
      dateStyle: "long",
      timeZone: briefing.zone,
    });
    const [first, last] = [write.format(Date.parse(log.first)), write.format(Date.parse(log.last))];
    return cannot(
      line("There is nothing in this log for {window}: it runs from {first} to {last}.", {
        window: window.label.replace(/\s*\([^)]*\)$/u, ""),
        first,
        last,
      }),
      [],
      "how long do cases take?",
    );
  }
  return null;
}

/** A name in quotation marks, with a capital after "for" and the like, or of what a figure is asked of, that the log does not have. */
function unknownName(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  const quoted = linksOf(reading, "unknown")[0];
  const aboutCases = best && (hasSlot(best.tool, "activity") || hasSlot(best.tool, "filters"));
  // A length of time is asked of what is named, whatever tool its odd name leads to.
  const timed = quoted !== undefined && reading.concepts.has("duration");
  const step = unknownStep(reading);
  const wanted = best && (aboutCases || timed) && (!hasSlot(best.tool, "rule-words") || step !== null);
  const ruled = best?.filling.rule === true;
  const name = quoted?.text ?? capitalised(reading) ?? unknownObject(reading, best) ?? step;
  if (!name || !wanted || ruled || !reading.index) return null;
  const kinds = name === step ? (["activity"] as const) : (["activity", "value"] as const);
  const near = nearest(name, reading.index, kinds).map((thing) => thing.name);
  if (near.length === 0) return null;
  return {
    say: "clarify",
    confidence: 0.8,
    said: {
      headline: line('This log has no "{name}". The nearest names are {near}. Which one is meant?', {
        name,
        near: list(near),
      }),
      notes: briefing.log
        ? [
            line("Activities: {names}", {
              names: list(briefing.log.vocabulary.activities.slice(0, 12).map((activity) => activity.name)),
            }),
          ]
        : [],
      next: { label: line("For example: {example}", { example: near[0]! }), ask: near[0]! },
    },
  };
}

/** Ideas that the words for a step may have besides. */
const ofSteps: ReadonlySet<string> = new Set(["act", "decide", "completed", "approval"]);

/** "how many tickets got escalated?" in a log that has no such step: a word that steps are called by, said of cases. */
function unknownStep(reading: Reading): string | null {
  const { language, tokens, senses } = reading;
  const said = (["staying", "never", "not-done", "ever"] as const).flatMap((list) => wordings(reading, list));
  const found = tokens.find(
    (token, at) =>
      Object.hasOwn(language.business, token.lower) &&
      !/\b(?:status|state)\b/u.test(language.business[token.lower]!) &&
      said.some(({ to }) => to === at) &&
      !reading.links.some((link) => overlap(link, token)) &&
      senses.every(
        ({ meaning, from, to }) =>
          at < from || at >= to || meaning.kind === "move" || ofSteps.has(String(meaning.value)),
      ),
  );
  return found?.text ?? null;
}

/** Words with a capital inside a sentence that mean nothing here: "for Atlantis". */
function capitalised(reading: Reading): string | null {
  if (reading.language.capitalisedNouns) return null;
  const { functionStems, entries } = lexiconOf(reading.language);
  const { before, after } = reading.language.time;
  const included = rolesAt(reading, "include");
  const introduced = (at: number): boolean =>
    included.some((role) => role.to === at) ||
    [before, after].some((list) => phraseAt(reading.tokens, at - 1, list, reading.language) === 1);
  const found = reading.tokens.find(
    (token, at) =>
      at > 0 &&
      /^\p{Lu}\p{Ll}{2,}/u.test(token.text) &&
      !functionStems.has(token.stem) &&
      !entries.has(token.stem) &&
      !reading.spellings.has(at) &&
      !reading.senses.some(({ from, to }) => from < at && at < to) &&
      (introduced(at) || goesOnWith(reading, at)) &&
      !reading.links.some((link) => overlap(link, token)),
  );
  return found?.text ?? null;
}

/** "from France or Atlantis": in a list with a value that there is. */
const goesOnWith = (reading: Reading, at: number): boolean => {
  const token = reading.tokens[at]!;
  return linksOf(reading, "thing").some(
    ({ thing, end }) =>
      thing.kind === "value" &&
      end <= token.start &&
      tokensBetween(reading, end, token.start).length === 1 &&
      wordings(reading, "also-by").some(({ to }) => to === at),
  );
};

const ofKind =
  /^(?:types?|kinds?|art|arten|typ|typen|typu|typów|tipos?|tip[io]|soort|soorten|nature|genre)$/u;

/** "by department", "between departments": an attribute that the log does not have. */
function unknownGrouping(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
  if (!briefing.log || (best && !hasSlot(best.tool, "log"))) return null;
  const indexed = toolIndex(briefing.tools, reading.language).tools.find(({ tool }) => tool === best?.tool);
  const { functionStems, entries } = lexiconOf(reading.language);
  for (const role of rolesAt(reading, "group-by")) {
    const follows = isPostposition(reading.text.slice(role.start, role.end), reading.language);
    const at = follows ? role.from - 1 : role.to;
    const token = reading.tokens[at];
    if (!token || functionStems.has(token.stem) || isOfPhrase(reading, role.from, at)) continue;
    // "the deviations by type": of what is counted, where there is no choice of an attribute.
    if (best && !hasSlot(best.tool, "attribute") && ofKind.test(token.lower)) continue;
    // "by score band" names a range of what stands beside it.
    if (phraseAt(reading.tokens, at, reading.language.words.bins, reading.language) > 0) continue;
    if (reading.language.script !== null && !divides(best, token)) continue;
    if (best && !hasSlot(best.tool, "attribute") && isOfAll(reading, role)) continue;
    const other = reading.tokens[follows ? role.from : role.to - 1]!;
    if (indexed && (follows ? saysSo(indexed, token, other) : saysSo(indexed, other, token))) continue;
    if (ofClock(reading, at) && best && hasSlot(best.tool, "attribute"))
      return noAttribute(token.lower, briefing);
    const team =
      entries.get(token.stem)?.some(({ kind, value }) => kind === "concept" && value === "team") ?? false;
    const unknown = !entries.has(token.stem) && !reading.spellings.has(at);
    if ((!team && !unknown) || reading.links.some((link) => link.kind !== "unknown" && overlap(link, token)))
      continue;
    return noAttribute(token.lower, briefing);
  }
  return null;
}

/** "per weekday": times of the day and the week are no attribute of cases. */
const ofClock = ({ senses }: Reading, at: number): boolean =>
  senses.some(({ meaning, from }) => from === at && meaning.kind === "concept" && meaning.value === "clock");

/** "na głowie": both words are one phrase that means something else. */
const isOfPhrase = ({ senses }: Reading, one: number, other: number): boolean =>
  senses.some(
    ({ meaning, from, to }) =>
      meaning.kind === "concept" && from <= Math.min(one, other) && Math.max(one, other) < to,
  );

/** "is every question answered?": what is said of all, and no group. */
const isOfAll = (reading: Reading, { start, end }: Span): boolean =>
  phrases(reading.language.words.always).includes(reading.text.slice(start, end).toLowerCase());

/** Where words are not set apart, a single character is seldom a name, and only what tells attributes apart asks for one. */
const divides = (best: Ranked | undefined, { lower }: Token): boolean =>
  lower.length > 1 && (best === undefined || hasSlot(best.tool, "attribute"));

/** "by edit distance": the tool's own examples have it, so it is no attribute. */
const saysSo = ({ profile }: IndexedTool, before: Token, word: Token): boolean =>
  profile.has(`pair:${before.stem} ${word.stem}`);

/** "which supplier delivers late?", where somebody is called Supplier: of a kind that the log does not tell apart. */
export function unknownKind({ reading, briefing }: Situation): Spoken | null {
  const asked = linksOf(reading, "thing").find(
    (link) =>
      link.thing.kind === "value" &&
      !link.alternatives.some(({ kind }) => kind === "attribute") &&
      wordingBefore(reading, "which", link.start)?.from === 0 &&
      !caseAt(reading, link.end),
  );
  if (!asked) return null;
  const name = reading.text.slice(asked.start, asked.end);
  return noAttribute(name, briefing);
}

/** "which Germany orders …": the value tells which cases. */
const caseAt = ({ senses, tokens }: Reading, end: number): boolean => {
  const next = tokens.findIndex(({ start }) => start >= end);
  return senses.some(({ meaning, from }) => from === next && meaning.value === "case");
};
