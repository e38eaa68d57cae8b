/** Steps that the log does not know. */
import type { Briefing } from "../../provider.ts";
import { hasSlot } from "../frame/fields.ts";
import type { Ranked } from "../frame/rank.ts";
import type { Thing } from "../link/links.ts";
import { linksOf, type Reading, rolesAt, tokensBetween } from "../link/reading.ts";
import { nearest } from "../link/vocabulary/nearest.ts";
import type { Spoken } from "../spoken.ts";
import { entryOf } from "../text/entry.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { overlap } from "../text/utterance.ts";
import { phraseAt, wordings } from "../text/wording.ts";
import { unknownObject } from "../unknown-object.ts";
import { line, list } from "./telling.ts";

/** A name in quotation marks, with a capital after "for" and the like, or of what a figure is asked of, that the log does not have. */
export function unknownName(reading: Reading, best: Ranked | undefined, briefing: Briefing): Spoken | null {
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
  return noSuchName(name, reading, briefing, kinds);
}

/** The log has no such name: which of the nearest is meant? Null where it has no names at all. */
export function noSuchName(
  name: string,
  reading: Reading,
  briefing: Briefing,
  kinds: readonly Thing["kind"][],
): Spoken | null {
  if (!reading.index) return null;
  const near = [
    ...new Set([...akinTo(name, reading), ...nearest(name, reading.index, kinds).map((thing) => thing.name)]),
  ].slice(0, 3);
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

/** Ways for a case to come to much the same end, or to go on: one may be asked for where the log has another. */
const families: readonly (readonly string[])[] = [
  ["cancel", "reject", "decline", "abort", "void", "deny", "refuse", "withdraw", "revoke"],
  ["ship", "deliver", "dispatch", "send"],
  ["close", "resolve", "complete", "finish", "solve"],
  ["approve", "accept", "authorise", "authorize", "release", "confirm"],
];

/** Steps of the log whose verb is of the same family as the word's English one. */
function akinTo(name: string, { language, index }: Reading): string[] {
  const english = language.code === "en" ? name : (entryOf(language.business, name.toLowerCase()) ?? "");
  const family = families.find((verbs) => verbs.some((verb) => english.toLowerCase().startsWith(verb)));
  const steps = [
    ...new Set(index?.entries.flatMap(({ thing }) => (thing.kind === "activity" ? [thing.name] : []))),
  ];
  return family ? steps.filter((step) => family.some((verb) => step.toLowerCase().startsWith(verb))) : [];
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
